"""Short invented reports and their codings, for the tests of the dossier room."""

from __future__ import annotations

import hashlib
from typing import Any

from standoff.records import Act, Coding, Region, Report, Span, Statement, Time


def report(
    name: str,
    text: str,
    published: str | None = "2031-03-04",
    outlet: str | None = None,
    url: str | None = None,
) -> Report:
    return Report(
        id=name,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        title=text.split("\n")[0][:80],
        published=published,
        published_how="given" if published else "not found",
        outlet=outlet,
        url=url,
        regions=(Region(Span(0, len(text)), "body"),),
    )


def span_of(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote))


def act(text: str, type_: str, who: str, quote: str, **fields: Any) -> Act:
    """An act from a quote; `who` is "RUS>UKR,NATO". Words in `trigger`, `content`, `condition` become spans."""
    source, _, target = who.partition(">")
    spans = {
        name: span_of(text, fields.pop(name))
        for name in ("trigger", "content", "condition")
        if name in fields
    }
    evidence = span_of(text, quote)
    return Act(
        type=type_,
        source=tuple(filter(None, source.split(","))),
        target=tuple(filter(None, target.split(","))),
        modality=fields.pop("modality", "actual"),
        trigger=spans.pop("trigger", Span(evidence.start, evidence.start + 1)),
        evidence=evidence,
        **spans,
        **fields,
    )


def told(
    name: str, text: str, *acts: tuple[Any, ...], published: str | None = "2031-03-04", **about: Any
) -> Coding:
    """A coding of a text; each act is (type, who, quote, fields)."""
    made = [act(text, a[0], a[1], a[2], **(a[3] if len(a) > 3 else {})) for a in acts]
    return Coding(report(name, text, published, **about), acts=tuple(made))


STRAIT = (
    "Two patrol boats of Arden stopped a Velmark tanker in the strait on Monday, killing 3 sailors.\n\n"
    '"We demand that Arden free the ship," the Velmark minister said. Arden would release it if Velmark paid.'
)


def strait_coding() -> Coding:
    """A report with every layer filled."""
    text = STRAIT
    statement = Statement(
        source=span_of(text, "the Velmark minister"),
        actor=("VEL",),
        cue=span_of(text, "said"),
        content=(span_of(text, '"We demand that Arden free the ship,"'),),
        form="direct",
        confidence=0.9,
        rule="quotation",
    )
    return Coding(
        report("strait", text, outlet="Courier", url="https://news.example/strait"),
        times=(Time(span_of(text, "Monday"), "2031-03-03", "2031-03-03", "2031-03-03", "weekday"),),
        statements=(statement,),
        acts=(
            act(
                text,
                "COERCE",
                "ARD>VEL",
                "Two patrol boats of Arden stopped a Velmark tanker in the strait on Monday, killing 3 sailors",
                trigger="stopped",
                date="2031-03-03",
                place="the strait",
                issue="the tanker",
            ),
            act(
                text,
                "REQUEST",
                "VEL>ARD",
                "We demand that Arden free the ship",
                trigger="demand",
                content="Arden free the ship",
                issue="Tanker",
            ),
            act(
                text,
                "AGREE",
                "ARD>VEL",
                "Arden would release it if Velmark paid",
                trigger="release",
                condition="if Velmark paid",
                issue="tanker",
            ),
        ),
        passed_over=(),
        notes=("a note of the coder",),
    )


def distinct(number: int) -> list[Coding]:
    """Distinct reports, each with one act and one statement that no other is like."""
    made = []
    for n in range(number):
        name, what, where = (hashlib.sha256(f"{n}{part}".encode()).hexdigest()[:9] for part in "abc")
        text = f"Minister {name} said that {what} left for {where}."
        content = f"{what} left for {where}"
        made.append(
            Coding(
                report(f"report-{n}", text),
                statements=(
                    Statement(
                        span_of(text, f"Minister {name}"),
                        ("ARD",),
                        span_of(text, "said"),
                        (span_of(text, content),),
                        "indirect",
                    ),
                ),
                acts=(act(text, "MOBILIZE", "ARD>", content),),
            )
        )
    return made
