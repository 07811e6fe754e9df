"""Make the pictures of the documentation: the brief of the example reports, and every view of the app over them.

Usage: python docs/pictures.py [--brief | --app]

Needs Chromium, Playwright (pip install "standoff[dev]") and, for the printed page of the brief, pdftoppm
(poppler-utils). The views are taken light and dark, as NAME.webp and NAME-dark.webp in docs/pictures/app/.
"""

from __future__ import annotations

import argparse
import base64
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote_plus

from playwright.sync_api import Browser, Page, sync_playwright

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand.hand import Hand

Scheme = Literal["light", "dark"]

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "examples" / "reports"
PICTURES = ROOT / "docs" / "pictures"
STANDOFF = str(Path(sys.executable).with_name("standoff"))
LARGEST = 120_000
"""Bytes that a picture of a view may have; the quality is lowered until it has no more."""
FIRST_OUTCOME = "a[href^='/conflict/outcome?state=']"
"""Stands for the address of the first outcome that the page before it links to: only the engine knows its number."""
WAIT = 60.0
"""Seconds that the conflict's engine may take for a page."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def opened(browser: Browser, brief: Path, width: int, height: int, scheme: Scheme = "light") -> Page:
    """Open the brief in a window of this size."""
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(brief.as_uri())
    return page


def photograph(browser: Browser, brief: Path, folder: Path) -> None:
    """Take every picture of the brief."""
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


def reviewed(folder: Path) -> Path:
    """Return a dossier of the example reports with a drafted conflict beside it, on which two people have begun."""
    dossier = folder / "crisis.standoff"
    subprocess.run([STANDOFF, "add", str(dossier), str(REPORTS)], check=True)
    with Dossier.open(dossier, write=True) as opened:
        anna, ben = Hand(opened, "Anna"), Hand(opened, "Ben")
        waiting = [one.record for one in anna.queue(limit=60) if one.kind == "act"]
        for key in waiting[:5]:
            anna.accept("act", key)
        ben.reject("act", waiting[0])
        ben.accept("act", waiting[1])
        anna.correct("act", waiting[5], {"modality": "conditional"})
        ben.correct("act", waiting[6], {"modality": "planned"}, note="The report speaks of next week.")
    subprocess.run([STANDOFF, "draft", str(dossier), "-o", str(folder / "crisis.conflict.toml")], check=True)
    return dossier


def views_of(dossier: Path) -> dict[str, str]:
    """Return each view of the app, by the name of its picture: its address, with things that this dossier holds."""
    with Dossier.open(dossier) as opened:
        actor = opened.facets("actor", 1)[0].value
        issue = next(row.value for row in opened.facets("issue", 10) if row.value)
        held = max(
            (held for held in opened.page_positions(limit=50, actor=actor).items if held.issue),
            key=lambda held: len(held.entry.acts),
        )
        longest = max(opened.page_reports(limit=50).items, key=lambda stored: len(stored.report.text))
        event = max(opened.page_events(limit=100).items, key=lambda event: len(event.acts))
    return {
        "overview": "/",
        "timeline": "/timeline",
        "timeline-issues": "/timeline?lanes=issue",
        "positions": "/positions",
        "history": f"/positions/history?actor={actor}&issue={quote_plus(held.issue)}",
        "changes": "/changes",
        "contradictions": "/contradictions",
        "network": "/network",
        "events": "/events",
        "event": f"/events/{event.key}",
        "acts": "/acts",
        "statements": "/statements",
        "actors": "/actors",
        "actor": f"/actors/{actor}",
        "issues": "/issues",
        "issue": f"/issues/one?issue={quote_plus(issue)}",
        "sources": "/sources",
        "search": "/search?search=troops",
        "reader": f"/report/{longest.key}",
        "review": "/review",
        "join": f"/join?event={event.key}",
        "join-actors": f"/join?actor={actor}",
        "decisions": "/decisions",
        "conflict": "/conflict",
        "conflict-states": "/conflict/states",
        "conflict-answer": "/conflict/answer",
        "conflict-outcome": FIRST_OUTCOME,
        "add": "/add",
        "me": "/me",
    }


@contextmanager
def served(dossier: Path) -> Iterator[str]:
    """Serve the dossier and give its address."""
    command = [STANDOFF, "serve", str(dossier), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    try:
        found = re.search(r"http://\S+(?=/ )", server.stderr.readline())
        if found is None:
            sys.exit("pictures: the dossier was not served.")
        yield found[0]
    finally:
        server.terminate()
        server.wait()


def shoot(page: Page, name: str) -> None:
    """Write what the window shows as WebP, which Playwright has no word for, at the best quality that is small enough."""
    session = page.context.new_cdp_session(page)
    for quality in (85, 70, 55, 40):
        taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        picture = base64.b64decode(taken["data"])
        if len(picture) <= LARGEST:
            break
    else:
        sys.exit(f"pictures: {name} is larger than {LARGEST} bytes.")
    (PICTURES / "app" / f"{name}.webp").write_bytes(picture)


def settle(page: Page) -> None:
    """Wait until everything is loaded and the engine of the conflict is done."""
    end = time.monotonic() + WAIT
    while page.evaluate("!!document.querySelector('#conflict[data-working]')"):
        if time.monotonic() > end:
            sys.exit(f"pictures: {page.url} is not done after {WAIT:.0f} seconds.")
        page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")


def photograph_app(browser: Browser, base: str, views: dict[str, str]) -> None:
    """Take every view, light and dark, and of some what opens over it or how a phone shows it."""
    schemes: tuple[tuple[Scheme, str], ...] = (("light", ""), ("dark", "-dark"))
    for scheme, ending in schemes:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            base_url=base,
        )
        page = context.new_page()
        page.goto("/me")
        page.fill("input[name=name]", "Anna")
        page.locator("button.main").click()
        page.wait_for_url("**/")
        for name, address in views.items():
            if address == FIRST_OUTCOME:
                address = page.locator(FIRST_OUTCOME).first.get_attribute("href") or address
            answer = page.goto(address)
            if answer is None or not answer.ok:
                sys.exit(f"pictures: {address} does not answer.")
            settle(page)
            shoot(page, name + ending)
        page.goto("/events")
        page.locator("td.refcell a.e").nth(3).click()
        page.locator("dialog.pane .txt").first.wait_for()
        shoot(page, "evidence" + ending)
        page.set_viewport_size({"width": 390, "height": 844})
        for name in ("overview", "review"):
            page.goto(views[name])
            settle(page)
            shoot(page, f"{name}-phone{ending}")
        context.close()


def main() -> None:
    """Write the brief, serve the app, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--brief", action="store_true", help="the pictures of the brief only")
    only.add_argument("--app", action="store_true", help="the pictures of the app only")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or (not options.app and shutil.which("pdftoppm") is None):
        sys.exit("pictures: install Chromium and poppler-utils first.")
    (PICTURES / "app").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        if not options.app:
            brief = Path(place) / "brief.html"
            subprocess.run([STANDOFF, "brief", str(REPORTS), "-o", str(brief)], check=True)
            photograph(browser, brief, Path(place))
        if not options.brief:
            dossier = reviewed(Path(place))
            with served(dossier) as base:
                photograph_app(browser, base, views_of(dossier))
        browser.close()


if __name__ == "__main__":
    main()
