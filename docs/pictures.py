"""Make the pictures of the documentation: write the brief of the example reports and photograph it.

Usage: python docs/pictures.py [DOSSIER]

Needs Chromium, Playwright (pip install "standoff[dev]") and, for the printed page, pdftoppm (poppler-utils). With a
dossier, its brief is photographed instead; the pictures in this folder are always of the example reports.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def opened(browser: Browser, brief: Path, width: int, height: int, scheme: str = "light") -> Page:
    """Open the brief in a window of this size."""
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(brief.as_uri())
    return page


def photograph(browser: Browser, brief: Path, folder: Path) -> None:
    """Take every picture."""
    page = opened(browser, brief, 1280, 1180)
    page.screenshot(path=PICTURES / "brief-glance.png")
    page.locator("#timeline").evaluate("node => node.scrollIntoView()")
    page.screenshot(path=PICTURES / "brief-timeline.png")
    page.locator("#acts").evaluate("node => node.scrollIntoView()")
    page.locator("#deeds-actual tr[id] a.e").first.click()
    page.screenshot(path=PICTURES / "brief-evidence.png")
    page.keyboard.press("Escape")
    page.locator("article").first.evaluate("node => node.scrollIntoView()")
    page.screenshot(path=PICTURES / "brief-source.png")
    opened(browser, brief, 1280, 1180, "dark").screenshot(path=PICTURES / "brief-dark.png")
    phone = opened(browser, brief, 390, 844)
    phone.locator("#glance").evaluate("node => node.scrollIntoView()")
    phone.screenshot(path=PICTURES / "brief-phone.png")
    paper = folder / "brief.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    command = ["pdftoppm", "-r", "110", "-png", "-singlefile", "-f", "1", "-l", "1"]
    subprocess.run([*command, paper, PICTURES / "brief-print"], check=True)


def main() -> None:
    """Write the brief and take the pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or shutil.which("pdftoppm") is None:
        sys.exit("pictures: install Chromium and poppler-utils first.")
    sources = sys.argv[1:] or [str(ROOT / "examples" / "reports")]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        brief = Path(place) / "brief.html"
        command = [str(Path(sys.executable).with_name("standoff")), "brief", *sources, "-o", str(brief)]
        subprocess.run(command, check=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        photograph(browser, brief, Path(place))
        browser.close()


if __name__ == "__main__":
    main()
