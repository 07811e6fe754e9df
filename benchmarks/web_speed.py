"""Time every view of the web app over a dossier, as a reader clicks through it.

usage: web_speed.py DOSSIER [--rounds N] [--browser]

Starts `standoff serve` on the dossier, asks for the overview at once (the first view), then for every kind of view with
filters drawn from what the dossier holds, and prints a line of JSON for each kind: median, 95th percentile and greatest
time in seconds, the greatest processor time (in hundredths; on a machine that does other things as well, the rest is
waiting), and the size of the page. The last line is all clicks together, with the processor time of one on average.
With --browser, the main views are opened in Chromium as well: bytes with style and script, time until they are drawn, and
layout shift.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlencode

from standoff.dossier.dossier import Dossier

FIRST_VIEW, CLICK, WEIGHT = 0.5, 0.3, 400_000
"""What is to be reached: seconds, seconds at the 95th percentile, bytes."""
SEED = 7
NAME = "standoff-name=Ada"
"""The cookie of a reader who has given a name, without which nothing is reviewed."""
TYPES = ("REQUEST", "THREATEN", "AGREE", "SANCTION", "PROTEST")


def clicks(dossier: Path, rounds: int) -> list[tuple[str, str]]:
    """Return (kind of view, address) for so many rounds, in a mixed order that is always the same."""
    draw = random.Random(SEED)
    with Dossier.open(dossier) as opened:
        actors = [row.value for row in opened.facets("actor", 40)]
        issues = [row.value for row in opened.facets("issue", 200)]
        outlets = [row.value for row in opened.facets("outlet", 20)]
        dyads = [row.value for row in opened.facets("dyad", 40)]
        counts = opened.count()
    made = []

    def add(view: str, path: str, /, **parameters: str) -> None:
        query = urlencode({name: value for name, value in parameters.items() if value})
        made.append((view, f"{path}?{query}" if query else path))

    for _ in range(rounds):
        actor, other, issue = draw.choice(actors), draw.choice(actors), draw.choice(issues)
        outlet, dyad = (draw.choice(outlets) if outlets else ""), draw.choice(dyads)
        year = str(draw.randint(2019, 2025))
        word = draw.choice(("sanctions", "troops", "gas", '"written answer"', "ceasefire", "border"))
        add("overview", "/")
        add("timeline", "/timeline")
        add("timeline", "/timeline", actor=actor, since=f"{year}-03", until=f"{year}-06")
        add("timeline", "/timeline", lanes="issue", kind="deeds")
        add("timeline: picture", "/timeline/picture.json", since=f"{year}-01", until=f"{year}-02")
        add("timeline: picture", "/timeline/picture.json", dyad=dyad)
        add("positions", "/positions")
        add("positions", "/positions", actor=actor)
        add("positions", "/positions", issue=issue)
        add("positions: history", "/positions/history", actor=actor, issue=issue)
        add("changes", "/changes")
        add("contradictions", "/contradictions", actor=other)
        add("contradictions", "/contradictions")
        add("network", "/network")
        add("network", "/network", since=year, until=year)
        add("events", "/events")
        add("events", "/events", actor=actor, type="REQUEST")
        add("events", "/events", dyad=dyad, kind="deeds", order="oldest")
        add("events", "/events", issue=issue, outlet=outlet)
        add("events", "/events", search=word, actor=actor)
        add("event", f"/events/{draw.randint(1, max(1, counts['event'] // 2))}")
        add("acts", "/acts", actor=actor, modality="planned")
        add("statements", "/statements", actor=other)
        add("statements", "/statements", search=word)
        add("actors", "/actors")
        add("actor", f"/actors/{actor}")
        add("issues", "/issues")
        add("issue", "/issues/one", issue=issue)
        add("sources", "/sources")
        add("sources", "/sources", outlet=outlet, actor=actor)
        add("search", "/search", search=word)
        add("reader", f"/report/{draw.randint(1, counts['report'])}")
        add("evidence", f"/evidence/a{draw.randint(1, counts['act'])}")
        add("evidence", f"/evidence/s{draw.randint(1, counts['statement'])}")
        add("suggest", "/suggest/actor.json", starts=actor[:1])
        add("twin", "/events.json", actor=actor)
        add("review", "/review", type=draw.choice(TYPES))
        add("review", "/review", actor=actor)
        add("review", "/review")
        add("decisions", "/decisions")
        add("join", "/join", actor=actor)
    first, rest = made[0], made[1:]
    draw.shuffle(rest)
    return [first, *rest]


def used(process: int) -> float:
    """Return the processor seconds that a process has used (Linux), 0 where that cannot be told."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(address: str) -> tuple[float, int, int]:
    """Return seconds, status and bytes of one answer."""
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers={"cookie": NAME})) as answer:
            size = len(answer.read())
            status = answer.status
    except urllib.error.HTTPError as refused:
        size, status = len(refused.read()), refused.code
    return time.perf_counter() - begun, status, size


def told(kind: str, times: list[float], busy: list[float], sizes: list[int]) -> dict[str, object]:
    """Return the figures of one kind."""
    ordered = sorted(times)
    return {
        "view": kind,
        "clicks": len(times),
        "median": round(statistics.median(ordered), 3),
        "p95": round(ordered[max(0, -(-95 * len(ordered) // 100) - 1)], 3),
        "most": round(ordered[-1], 3),
        "processor": round(max(busy), 2),
        "largest": max(sizes),
    }


def in_browser(base: str) -> None:
    """Print bytes, seconds and layout shift of the main views in Chromium."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for path in (
            "/",
            "/timeline",
            "/positions",
            "/events",
            "/network",
            "/contradictions",
            "/actors",
            "/report/1",
        ):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            sizes: list[int] = []
            page.on("response", lambda answer, sizes=sizes: sizes.append(len(answer.body())))
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            measured = page.evaluate(
                """() => new Promise(done => {
                    let shift = 0;
                    new PerformanceObserver(list => list.getEntries().forEach(entry => (shift += entry.value)))
                        .observe({ type: 'layout-shift', buffered: true });
                    const painted = performance.getEntriesByName('first-contentful-paint')[0];
                    setTimeout(() => done([shift, painted ? painted.startTime / 1000 : 0]), 100);
                })"""
            )
            figures = {
                "page": path,
                "bytes": sum(sizes),
                "painted": round(measured[1], 3),
                "shift": measured[0],
            }
            print(json.dumps(figures), flush=True)
            page.close()
        browser.close()


def main() -> None:
    """Serve, click, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--browser", action="store_true")
    options = parser.parse_args()
    asked = clicks(options.dossier, options.rounds)
    begun = time.perf_counter()
    command = [str(Path(sys.executable).with_name("standoff")), "serve", str(options.dossier), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    try:
        base = re.search(r"http://\S+(?=/ )", server.stderr.readline())[0]  # type: ignore[index]
        opened = time.perf_counter() - begun
        first, _, size = ask(base + "/")
        begin = {"opens": round(opened, 3), "first view": round(first, 3), "bytes": size}
        print(json.dumps(begin | {"processor of both": round(used(server.pid), 3)}), flush=True)
        times: dict[str, list[float]] = defaultdict(list)
        spent: dict[str, list[float]] = defaultdict(list)
        sizes: dict[str, list[int]] = defaultdict(list)
        before = used(server.pid)
        for kind, path in asked:
            begun = used(server.pid)
            seconds, status, size = ask(base + path)
            spent[kind].append(used(server.pid) - begun)
            if status not in (200, 404):
                print(json.dumps({"address": path, "status": status}), flush=True)
            times[kind].append(seconds)
            sizes[kind].append(size)
        for kind in sorted(times, key=lambda kind: -max(times[kind])):
            print(json.dumps(told(kind, times[kind], spent[kind], sizes[kind])), flush=True)
        busy = used(server.pid) - before
        everything = [[one for kind in of for one in of[kind]] for of in (times, spent, sizes)]
        figures = told("all clicks", *everything)
        reached = {
            "first view": first <= FIRST_VIEW,
            "clicks": float(str(figures["p95"])) <= CLICK,
            "weight": int(str(figures["largest"])) <= WEIGHT,
        }
        figures["processor on average"] = round(busy / len(asked), 3)
        print(json.dumps(figures | {"reached": reached}), flush=True)
        if options.browser:
            in_browser(base)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
