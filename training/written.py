"""Read the reports that we wrote and coded ourselves for training: `python training/written.py [FILE ...]` checks them.

A file in `training/reports/` holds many reports. Each begins with a head line, `=== ID | YYYY-MM-DD | CRISIS`; its text
follows, and after a line `---` one record a line, its fields parted by `|`:

    S source | cue | content | ACTORS
    A TYPE | SOURCE > TARGET | trigger | content | condition | modality | date | place | issue | by=CODES | in=evidence

Records quote the text, so that a reader can check them without counting characters. A phrase that occurs more than once
is the one nearest to the record's content; brackets settle it (`the minister [said] on Friday`). `first … last` stands for
all from `first` to the next `last`, and ` + ` joins the pieces of a content. An empty field or `-` is null. Modality is
`actual` where nothing is said; evidence is the sentence of the trigger where `in=` is missing; `by=` is the attribution.
Codes are parted by commas.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from standoff.records import ACT_TYPES, MODALITIES

REPORTS = Path(__file__).resolve().parent / "reports"
SENTENCE_END = re.compile(r"[.!?][\"”’')]*(?=\s)|\n|\Z")
CODE = re.compile(r"[A-Z][A-Z0-9+]*(?:-(?:OPP|REB|LEG|MIL|CIV|BUS|MIN))?")
QUOTES = '"“”'

Json = dict[str, Any]


class CodingError(ValueError):
    """A record that does not fit its text; the message names the file, the line and what to do."""


def _literal(text: str, phrase: str, near: int | None) -> tuple[int, int]:
    """Find a phrase without ellipsis; brackets mark what is meant, `near` is where to look when it is there often."""
    before, bracket, rest = phrase.partition("[")
    meant, _, after = rest.partition("]") if bracket else (phrase, "", "")
    lead = len(before) if bracket else 0
    whole = before + meant + after if bracket else phrase
    found = [m.start() for m in re.finditer(re.escape(whole), text)]
    if not bracket and len(found) > 1:
        bounded = [
            k
            for k in found
            if not (k and text[k - 1].isalnum() and phrase[0].isalnum())
            and not (text[k + len(phrase) : k + len(phrase) + 1].isalnum() and phrase[-1].isalnum())
        ]
        found = bounded or found
    if not found:
        raise CodingError(f"is not in the text: {phrase!r}; quote it letter by letter")
    if len(found) > 1 and near is None:
        raise CodingError(
            f"occurs {len(found)} times: {phrase!r}; set it in its surroundings with [brackets]"
        )
    start = min(found, key=lambda k: abs(k - near)) if near is not None else found[0]
    return start + lead, start + lead + len(meant)


def span(text: str, phrase: str, near: int | None = None) -> list[int]:
    """Return `[start, end)` of a quoted phrase, in code points."""
    first, ellipsis, last = phrase.partition(" … ")
    if not ellipsis:
        return list(_literal(text, phrase, near))
    start, end = _literal(text, first, near)
    following = text.find(last, end)
    if following < 0:
        raise CodingError(f"does not follow {first!r}: {last!r}")
    return [start, following + len(last)]


def sentence(text: str, at: int) -> list[int]:
    """Return the span of the sentence around a place, without white space at its ends."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        end = match.end()
        if end > at:
            inner = text[start:end]
            return [start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())]
        start = end
    return [start, len(text)]


def place_of(text: str, phrases: list[str]) -> int | None:
    """Return where the first of the phrases that is there just once begins, or None."""
    for phrase in phrases:
        if phrase not in {"", "-"}:
            with contextlib.suppress(CodingError):
                return span(text, phrase)[0]
    return None


def codes(field: str) -> list[str]:
    """Return the actor codes of a field."""
    found = [code.strip() for code in field.split(",") if code.strip() not in {"", "-"}]
    for code in found:
        if not CODE.fullmatch(code):
            raise CodingError(f"{code!r} is no actor code: write capitals, as in the codebook's section 3")
    return found


def form(text: str, content: list[list[int]]) -> str:
    """Tell whether a content stands in quotation marks wholly, in part or not at all."""
    quoted = total = 0
    for start, end in content:
        inside = bool(text.count('"', 0, start) % 2)
        for mark in text[start:end]:
            if mark in QUOTES:
                inside = mark == "“" or (mark == '"' and not inside)
            elif mark.isalnum():
                total += 1
                quoted += inside
    return "direct" if quoted == total else "indirect" if not quoted else "mixed"


def _statement(text: str, fields: list[str]) -> Json:
    source, cue, content, actors = (fields + [""] * 4)[:4]
    if not cue or not content:
        raise CodingError("a statement needs a cue and a content")
    anchor = span(text, cue, place_of(text, [content.split(" + ")[0].strip(), source]))
    pieces = [span(text, piece.strip(), anchor[0]) for piece in content.split(" + ")]
    return {
        "source": None if source in {"", "-"} else span(text, source, anchor[0]),
        "actor": codes(actors),
        "cue": anchor,
        "content": pieces,
        "form": form(text, pieces),
    }


def _act(text: str, fields: list[str]) -> Json:
    named = {k: v for k, _, v in (f.partition("=") for f in fields if f.startswith(("by=", "in=")))}
    fields = [f for f in fields if not f.startswith(("by=", "in="))]
    if len(fields) > 9:
        raise CodingError(f"has {len(fields)} fields where an act has at most nine")
    kind, parties, trigger, content, condition, modality, day, place, issue = (
        "" if f == "-" else f for f in (fields + [""] * 9)[:9]
    )
    modality = modality or "actual"
    if kind not in ACT_TYPES:
        raise CodingError(f"{kind!r} is no act type")
    if modality not in MODALITIES:
        raise CodingError(f"{modality!r} is no modality")
    if not trigger:
        raise CodingError("an act needs a trigger")
    if day and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day):
        raise CodingError(f"{day!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD")
    if place and place not in text:
        raise CodingError(f"the place {place!r} is not in the text")
    source, arrow, target = parties.partition(">")
    if not arrow:
        raise CodingError("parties are written SOURCE > TARGET")
    anchor = span(text, trigger, place_of(text, [named.get("in", ""), content, condition]))
    return {
        "type": kind,
        "source": codes(source),
        "target": codes(target),
        "modality": modality,
        "trigger": anchor,
        "evidence": span(text, named["in"], anchor[0]) if "in" in named else sentence(text, anchor[0]),
        "content": span(text, content, anchor[0]) if content else None,
        "condition": span(text, condition, anchor[0]) if condition else None,
        "attribution": codes(named.get("by", "")),
        "date": day or None,
        "place": place or None,
        "issue": issue,
    }


def _report(head: str, body: str, where: str) -> Json:
    """Make one report in the codebook's form."""
    fields = [f.strip() for f in head.split("|")]
    if len(fields) != 3:
        raise CodingError(f"{where}: a head is `=== ID | YYYY-MM-DD | CRISIS`")
    date.fromisoformat(fields[1])
    text, rule, records = body.partition("\n---\n")
    if not rule:
        raise CodingError(f"{where}: no line `---` between the text and its records")
    text = text.strip("\n") + "\n"
    made: Json = {
        "id": fields[0],
        "licence": "written for this project",
        "published": fields[1],
        "crisis": fields[2],
        "text": text,
        "statements": [],
        "acts": [],
    }
    problems = []
    for line in filter(str.strip, records.splitlines()):
        kind, _, rest = line.strip().partition(" ")
        parts = [part.strip() for part in rest.split("|")]
        try:
            if kind == "S":
                made["statements"].append(_statement(text, parts))
            elif kind == "A":
                made["acts"].append(_act(text, parts))
            else:
                raise CodingError("a record begins with S or A")
        except CodingError as error:
            problems.append(f"{where}, {fields[0]}: {line.strip()[:90]!r} {error}")
    if problems:
        raise CodingError("\n".join(problems))
    return made


def read(path: Path, problems: list[str] | None = None) -> list[Json]:
    """Read the coded reports of one file, in its order.

    Raises:
        CodingError: at the first report that does not fit, unless `problems` is there to take the messages.
    """
    found = []
    for part in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        try:
            found.append(_report(head, body, path.name))
        except (CodingError, ValueError) as error:
            if problems is None:
                raise
            problems.append(str(error))
    return found


def written(folder: Path = REPORTS) -> list[Json]:
    """Read all reports of the folder, in the order of the files' names."""
    return [report for path in sorted(folder.glob("*.txt")) for report in read(path)]


def held_out(report: str) -> bool:
    """Tell whether the encoder never sees a report: one in ten, by its id; the weights of its opinions are fitted on these."""
    return int(hashlib.sha256(report.encode()).hexdigest(), 16) % 10 == 0


def main(paths: list[Path]) -> int:
    """Check files; print what does not fit, then counts."""
    problems: list[str] = []
    seen: set[str] = set()
    for path in paths or sorted(REPORTS.glob("*.txt")):
        reports = read(path, problems)
        problems += [f"{path.name}: the id {r['id']} is there twice" for r in reports if r["id"] in seen]
        seen |= {r["id"] for r in reports}
        words = sum(len(r["text"].split()) for r in reports)
        acts, said = (sum(len(r[kind]) for r in reports) for kind in ("acts", "statements"))
        print(f"{path.name}: {len(reports)} reports, {words} words, {said} statements, {acts} acts")
    print("\n".join(problems))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
