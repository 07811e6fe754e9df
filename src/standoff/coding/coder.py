"""The coder: a chain of components over the analysis of each report, one coding a report."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import resources

from standoff.coding.component import Component, Draft, check_chain
from standoff.language.analysis import Analysis
from standoff.language.parser import DEFAULT, analyse
from standoff.records import Coding, Report, Span

Chain = Sequence[Component]


def default_chain(*, precise: bool = False, fast: bool = False) -> Chain:
    """Return the components of the coder in order, checked.

    `precise` selects the operating point of high precision (see operating_points.toml); `fast` leaves the encoder
    out and codes by the parse and the tables alone, at their own operating point.
    """
    from standoff.coding.actors import Actors
    from standoff.coding.acts.component import Acts
    from standoff.coding.acts.network import NetworkDetector
    from standoff.coding.encoding import Encoding
    from standoff.coding.statements import Statements
    from standoff.coding.statements.tagger import Tagger, weights
    from standoff.coding.times import Times

    if fast:
        rules: Chain = (Times(), Actors(), Statements(), Acts())
        check_chain(rules)
        return rules
    table = tomllib.loads(resources.files(__package__).joinpath("operating_points.toml").read_text("utf-8"))
    least = table["precise" if precise else "usual"]
    encoding = Encoding()
    chain: Chain = (
        Times(),
        Actors(),
        encoding,
        Statements(Tagger(encoding.network, weights()), floor=least["statement"]),
        Acts(NetworkDetector(encoding.network, least=least["act"]), least=least["act"]),
    )
    check_chain(chain)
    return chain


def code_reports(
    reports: Iterable[Report],
    *,
    chain: Chain | None = None,
    pipeline: str = DEFAULT,
    on_trouble: Callable[[Report, str], None] | None = None,
) -> Iterator[Coding]:
    """Code reports in order, one coding each; nothing is kept between reports.

    Where a component fails on a text, the report keeps the layers of the others, and the failure stands in the coding's
    notes and is told to `on_trouble` (report, sentence).
    """
    components = default_chain() if chain is None else chain
    for analysis in analyse(reports, pipeline=pipeline):
        yield _code(analysis, components, on_trouble)


def _code(analysis: Analysis, chain: Chain, on_trouble: Callable[[Report, str], None] | None) -> Coding:
    draft = Draft(analysis)
    for component in chain:
        try:
            component(draft)
        except Exception as problem:  # one layer of one text never costs the rest
            sentence = (
                f"{analysis.report.id}: the layer {component.name} could not be coded "
                f"({type(problem).__name__}: {problem}); the other layers were."
            )
            draft.notes.append(sentence)
            if on_trouble is not None:
                on_trouble(analysis.report, sentence)
    return Coding(
        analysis.report,
        tuple(draft.times),
        tuple(draft.statements),
        tuple(draft.acts),
        passed_over(draft),
        tuple(draft.notes),
    )


def passed_over(draft: Draft) -> tuple[Span, ...]:
    """Return the sentences, noise left aside, that no statement and no act touches."""
    text = draft.analysis.report.text
    held = sorted(
        [statement.cue for statement in draft.statements]
        + [piece for statement in draft.statements for piece in statement.content]
        + [statement.source for statement in draft.statements if statement.source]
        + [act.evidence for act in draft.acts]
        + [act.trigger for act in draft.acts]
    )
    found: list[Span] = []
    reach, k = -1, 0
    for sentence in draft.analysis.sentences():
        start, end = sentence.start_char, sentence.end_char
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        while k < len(held) and held[k].start < end:
            reach = max(reach, held[k].end)
            k += 1
        if reach <= start < end:
            found.append(Span(start, end))
    return tuple(found)
