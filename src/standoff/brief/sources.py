"""The sources in full: every paragraph with its records marked, and its records named in the margin."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from standoff.brief.highlights import Highlight, Reference, marked_text
from standoff.brief.lines import Line, act_anchor
from standoff.brief.marks import Mark, mark_of
from standoff.brief.material import Material
from standoff.brief.names import actor_names
from standoff.brief.safety import plain, text_markup, web_address
from standoff.brief.tables import statement_anchor, statement_place
from standoff.brief.wording import FOUND_WORDS, counted, date_words, iso_date, joined, shortened, time_words
from standoff.dossier.views.details import Details
from standoff.records import Region, RegionKind, Report, Span, StoredAct, StoredReport, StoredStatement

_KIND_WORDS: dict[RegionKind, str] = {
    "headline": "headline",
    "byline": "by-line",
    "dateline": "date line",
    "caption": "caption",
    "body": "",
    "noise": "page noise: kept, not coded",
}


@dataclass(frozen=True, slots=True)
class MarginNote:
    """A record named beside the paragraph that tells it; `href` leads to its row."""

    href: str
    number: str
    mark: Mark | None
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: its kind, its text as HTML, the blank characters after it, and its notes.

    `label` says the kind in words; it is empty for body text and where the paragraph before is of the same
    kind.
    """

    kind: str
    label: str
    html: Markup
    gap: Markup
    notes: tuple[MarginNote, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One report, whole."""

    anchor: str
    number: int
    title: str
    id: str
    outlet: str
    author: str
    date: str
    iso: str
    found: str
    url: str | None
    shown_url: str
    copy_of: str
    copy_href: str
    counts: str
    notes: tuple[str, ...]
    blocks: tuple[Block, ...]


def sources_of(material: Material, lines: Mapping[int, Line]) -> tuple[SourceView, ...]:
    """Return every report in the order of the dossier."""
    acts: dict[int, list[StoredAct]] = {}
    statements: dict[int, list[StoredStatement]] = {}
    for act in material.acts:
        acts.setdefault(act.report, []).append(act)
    for statement in material.statements:
        statements.setdefault(statement.report, []).append(statement)
    return tuple(
        source_of(material, lines, stored, acts.get(stored.key, []), statements.get(stored.key, []))
        for stored in material.reports
    )


def report_anchor(key: int) -> str:
    """Return the id of a report in the sources."""
    return f"report-{key}"


def report_name(report: Report) -> str:
    """Return what a report is called on the page: its title, else its first words, else its id."""
    title = plain(report.title)
    if not title:
        headline = next((region.span for region in report.regions if region.kind == "headline"), None)
        title = plain(report.text[headline.start : headline.end]) if headline else ""
    return shortened(title or plain(report.id) or "untitled report", 160)


def source_of(
    material: Material,
    lines: Mapping[int, Line],
    stored: StoredReport,
    acts: Sequence[StoredAct],
    statements: Sequence[StoredStatement],
) -> SourceView:
    """Return one report whole; `lines` holds the lines of the events of its acts, by event key."""
    report = stored.report
    """Return one report; `lines` holds the lines of the events of its acts, by event key."""
    details = material.details.get(stored.key, Details())
    original = material.report_by_key.get(stored.voice) if stored.voice != stored.key else None
    url = web_address(report.url)
    return SourceView(
        anchor=report_anchor(stored.key),
        number=stored.key,
        title=report_name(report),
        id=shortened(plain(report.id), 80),
        outlet=shortened(plain(report.outlet), 80),
        author=shortened(plain(report.author), 80),
        date=date_words(report.published),
        iso=iso_date(report.published),
        found=FOUND_WORDS.get(report.published_how, plain(report.published_how)),
        url=url,
        shown_url=shortened(plain(report.url), 90) if report.url else "",
        copy_of=report_name(original.report) if original else "",
        copy_href=f"#{report_anchor(original.key)}" if original else "",
        counts=(
            f"{counted(len(acts), 'act')}, {counted(len(statements), 'statement')}, "
            f"{counted(len(details.passed_over), 'sentence')} without a record"
        ),
        notes=tuple(shortened(plain(note), 300) for note in details.notes),
        blocks=tuple(_blocks(material, lines, stored, acts, statements)),
    )


def _blocks(
    material: Material,
    lines: Mapping[int, Line],
    stored: StoredReport,
    acts: Sequence[StoredAct],
    statements: Sequence[StoredStatement],
) -> Iterator[Block]:
    report = stored.report
    regions = covering(report)
    starts = [region.span.start for region in regions]
    highlights: list[list[Highlight]] = [[] for _ in regions]
    references: list[list[tuple[Reference, MarginNote]]] = [[] for _ in regions]
    for highlight in _highlights(material, stored.key, acts, statements):
        first = max(0, bisect.bisect_right(starts, highlight.span.start) - 1)
        last = bisect.bisect_left(starts, highlight.span.end)
        for place in range(first, last):
            highlights[place].append(highlight)
    for reference, note in _references(material, lines, acts, statements):
        if regions:
            references[max(0, bisect.bisect_left(starts, reference.at) - 1)].append((reference, note))
    for place, region in enumerate(regions):
        after = starts[place + 1] if place + 1 < len(starts) else len(report.text)
        told = sorted(references[place], key=lambda pair: pair[0].at)
        yield Block(
            region.kind,
            "" if place and regions[place - 1].kind == region.kind else _KIND_WORDS[region.kind],
            marked_text(report.text, region.span, highlights[place], [reference for reference, _ in told]),
            text_markup(report.text[region.span.end : after]),
            tuple(note for _, note in told),
        )


def covering(report: Report) -> list[Region]:
    """Return regions that hold every non-blank character, in order: text outside the report's own counts as
    noise.
    """
    found: list[Region] = []
    at = 0
    for region in sorted(report.regions, key=lambda region: region.span.start):
        start = max(region.span.start, at)
        if start >= region.span.end:
            continue
        found.extend(_rest(report.text, at, start))
        found.append(Region(Span(start, region.span.end), region.kind))
        at = region.span.end
    rest = list(_rest(report.text, at, len(report.text)))
    if not found:
        rest = [Region(region.span, "body") for region in rest]
    found.extend(rest)
    if found and found[0].span.start > 0:
        found[0] = Region(Span(0, found[0].span.end), found[0].kind)
    return found


def _rest(text: str, start: int, end: int) -> Iterator[Region]:
    """Yield the non-blank stretch between two offsets, without the blanks around it."""
    piece = text[start:end]
    if piece.strip():
        lead = len(piece) - len(piece.lstrip())
        yield Region(Span(start + lead, start + len(piece.rstrip())), "noise")


def _highlights(
    material: Material, key: int, acts: Sequence[StoredAct], statements: Sequence[StoredStatement]
) -> Iterator[Highlight]:
    details = material.details.get(key, Details())
    for span in details.passed_over:
        yield Highlight(span, "passed")
    for statement in statements:
        place, told = statement_place(statement.key), statement.statement
        for span in told.content:
            yield Highlight(span, "said", place)
        if told.source:
            yield Highlight(told.source, "speaker", place)
        yield Highlight(told.cue, "cue", place)
    for stored in acts:
        place, act = act_anchor(stored.key), stored.act
        mark = mark_of(act.type, act.modality)
        yield Highlight(act.evidence, "evidence", place, mark.tone)
        if act.content:
            yield Highlight(act.content, "content", place)
        if act.condition:
            yield Highlight(act.condition, "condition", place)
        yield Highlight(act.trigger, "trigger", place, mark.tone, mark.shape)
    for time in details.times:
        yield Highlight(time.span, "time", note=time_words(time.value))


def _references(
    material: Material,
    lines: Mapping[int, Line],
    acts: Sequence[StoredAct],
    statements: Sequence[StoredStatement],
) -> Iterator[tuple[Reference, MarginNote]]:
    for stored in acts:
        line = lines[stored.event]
        mark = mark_of(stored.act.type, stored.act.modality)
        words = f"{line.label}: {line.sentence}"
        yield (
            Reference(
                stored.act.trigger.end,
                act_anchor(stored.key),
                str(stored.key),
                line.anchor,
                f"Act {stored.key}, {mark.words}: {line.sentence}. To its row.",
                mark,
            ),
            MarginNote(f"#{line.anchor}", str(stored.key), mark, words),
        )
    for statement in statements:
        speaker = joined(actor_names(statement.statement.actor)) or "a speaker not named"
        target = statement_anchor(statement.key)
        yield (
            Reference(
                statement.statement.cue.end,
                statement_place(statement.key),
                f"s{statement.key}",
                target,
                f"Statement {statement.key} by {speaker}. To its row.",
            ),
            MarginNote(f"#{target}", f"s{statement.key}", None, f"Statement by {speaker}"),
        )
