"""The answer for a terminal: sentences with numbers, and what each number stands for below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from standoff.conflict.answer.answer import Answer
from standoff.conflict.answer.case import Case, Part
from standoff.conflict.answer.phrases import Phrases
from standoff.conflict.answer.sentences import Section, weakest

WIDTH = 100
QUOTES, QUOTE = 2, 220
"""How many quotations are shown for one part, and how many letters of each."""


def answer_text(answer: Answer, more: tuple[Section, ...] = ()) -> str:
    """Write an answer, with further sections (what changed) before it."""
    lines = [answer.conflict.name, "=" * len(answer.conflict.name)]
    numbers: dict[str, int] = {}
    for section in (*more, *answer.sections):
        lines += ["", section.title, "-" * len(section.title)]
        for sentence in section.sentences:
            known = [id for id in sentence.rests_on if id in answer.case.parts]
            for id in known:
                numbers.setdefault(id, len(numbers) + 1)
            notes = f" [{_ranges(numbers[id] for id in known)}]" if known else ""
            standing = weakest(answer.case, tuple(known))
            doubt = " (rests on an assumption)" if standing == "assumed" and section.key != "doubts" else ""
            first = "    " if sentence.detail else "- "
            lines += textwrap.wrap(
                f"{first}{sentence.text}{doubt}{notes}",
                WIDTH,
                subsequent_indent="    " if sentence.detail else "  ",
                break_long_words=False,
                break_on_hyphens=False,
            )
    if answer.omitted:
        lines += ["", "Left out", "--------", *(f"- {sentence}" for sentence in answer.omitted)]
    if numbers:
        lines += ["", "What it rests on", "----------------"]
        for id, number in numbers.items():
            lines += _part(answer.case, answer.case.parts[id], number)
    return "\n".join(lines) + "\n"


def part_words(case: Case, part: Part) -> str:
    """A party, an option or a statement in words."""
    words = Phrases(case.conflict)
    if part.what == "statement" and part.owner is not None:
        statement = next(s for s in case.statements(part.owner) if s.id == part.id)
        return f"{words.does(part.owner, 'wants')} {words.statement(part.owner, statement)}"
    if part.what == "option":
        option = next(k for k in range(case.conflict.option_count) if case.option_id(k) == part.id)
        return f"{words.owner(option)} can {words.deed(option)}"
    return words.party(part.owner) if part.owner is not None else part.id


def _part(case: Case, part: Part, number: int) -> list[str]:
    known = part.standing or "given in the file"
    sure = f", confidence {part.confidence:.2f}" if part.confidence is not None else ""
    found = textwrap.wrap(
        f"[{number}] {part_words(case, part)} ({known}{sure}; {part.id})",
        WIDTH,
        subsequent_indent="    ",
        break_long_words=False,
    )
    for place in part.evidence[:QUOTES]:
        quote = case.quotes.get(place, "")
        quote = quote if len(quote) <= QUOTE else f"{quote[:QUOTE].rsplit(' ', 1)[0]} …"
        found += textwrap.wrap(
            f"{quote} [{place}]".strip(),
            WIDTH,
            initial_indent="      ",
            subsequent_indent="      ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    rest = len(part.evidence) - QUOTES
    if rest > 0:
        found.append(f"      and {rest} more")
    return found


def _ranges(numbers: Iterable[int]) -> str:
    """Write numbers shortly: 1–3, 5."""
    ordered = sorted(set(numbers))
    parts: list[str] = []
    start = previous = ordered[0]
    for number in [*ordered[1:], -1]:
        if number == previous + 1:
            previous = number
            continue
        parts.append(str(start) if start == previous else f"{start}–{previous}")
        start = previous = number
    return ", ".join(parts)
