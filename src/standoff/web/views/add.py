"""Adding reports: dropped files, pasted text, web addresses; and how far the work is."""

from __future__ import annotations

import json
import re

from standoff.dossier.days import days_of
from standoff.errors import UsageError
from standoff.web.actions import Deed, Done, action
from standoff.web.jobs import Job
from standoff.web.view import Ask, NotFound, Shown, View, routes

MOST_URLS = 50
MOST_FIELD = 500


def add(ask: Ask) -> Shown:
    """Show the ways to add reports, and what was added since the program began."""
    jobs = ask.desk.jobs.all()
    return Shown("Add reports", "add.html", {"jobs": jobs}, lambda: [job.as_record() for job in jobs])


def job(ask: Ask) -> Shown:
    """Show how far one job is."""
    found = ask.desk.jobs.get(ask.key())
    if found is None:
        raise NotFound(
            "There is no such job: the program was started anew since. What was added is in the dossier."
        )
    return Shown("Adding reports", "job.html", {"job": found}, lambda: [found.as_record()])


def begin(deed: Deed) -> Done:
    """Start a job with what was given."""
    published = deed.text("published").strip()
    if published and days_of(published) is None:
        raise UsageError(f"{published[:40]!r} is no date: write 2022-01-21, 2022-01 or 2022.")
    files: dict[str, bytes] = {}
    for upload in deed.files("files"):
        name = upload.filename or "report.txt"
        while name in files:
            name = f"again-{name}"
        body = upload.file.read()
        if body:
            files[name] = body
    urls = deed.text("urls").split()
    if len(urls) > MOST_URLS:
        raise UsageError(f"These are {len(urls)} addresses; give at most {MOST_URLS} at once.")
    pasted = deed.text("text").replace("\r\n", "\n")
    if pasted.strip():
        files[_name_of(deed)] = _pasted(deed, pasted, published)
    if not files and not urls:
        raise UsageError("Nothing was given: drop files, paste a text or write a web address.")
    started = deed.desk.jobs.begin(files, urls, published or None)
    return Done(job_path(started), started.as_record())


def job_path(job: Job) -> str:
    """Return the address of a job."""
    return f"/add/{job.number}"


def _name_of(deed: Deed) -> str:
    words = re.findall(r"\w+", deed.text("title") or deed.text("text"))[:6]
    return f"{'-'.join(words).lower()[:60] or 'pasted'}.json"


def _pasted(deed: Deed, text: str, published: str) -> bytes:
    """Return a pasted report as the JSON that is read from files."""
    report = {"text": text}
    for name in ("title", "outlet", "url"):
        value = " ".join(deed.text(name).split())[:MOST_FIELD]
        if value:
            report[name] = value
    if published:
        report["published"] = published
    return json.dumps(report, ensure_ascii=False).encode("utf-8", "replace")


ROUTES = [*routes(View("/add", add), View("/add/{key}", job)), action("/add", begin)]
