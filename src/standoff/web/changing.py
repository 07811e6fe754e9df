"""Changes of positions as lines: what became different, in words, with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standoff.brief.lines import Evidence, evidence_of, telling_words
from standoff.brief.marks import Mark
from standoff.brief.material import Material
from standoff.brief.matrix import position_mark
from standoff.brief.names import actor_name, actor_names
from standoff.brief.wording import POSITION_VERBS, date_words, iso_date, joined, shortened
from standoff.dossier.dossier import Dossier
from standoff.records import Change
from standoff.web.lines import material_of

CHANGE_WORDS: dict[str, str] = {
    "new": "new",
    "repeated": "said again",
    "hardened": "hardened",
    "softened": "softened",
    "dropped": "dropped",
    "contradicted": "contradicted by a deed",
}
LIMIT = 180


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: its kind in words, whose position, on what, and the evidence after and before."""

    kind: str
    words: str
    mark: Mark
    actor: str
    code: str
    verb: str
    targets: str
    quote: str
    issue: str
    date: str
    iso: str
    note: str
    evidence: tuple[Evidence, ...]
    before: tuple[Evidence, ...]


def change_lines(dossier: Dossier, changes: Iterable[Change]) -> list[ChangeLine]:
    """Return each change as a line, in their order."""
    changes = tuple(changes)
    material = changes_material(dossier, changes)
    return [change_line(material, change) for change in changes]


def changes_material(dossier: Dossier, changes: Iterable[Change]) -> Material:
    """Return the acts that changes rest on, with their reports."""
    keys = {
        key for change in changes for key in (*change.acts[:8], *change.before[:8], *change.entry.acts[:8])
    }
    return material_of(dossier, acts=dossier.acts_by_key(keys).values())


def change_line(material: Material, change: Change) -> ChangeLine:
    """Return a change as a line; `material` holds the acts that it rests on."""

    def evidence(keys: Iterable[int]) -> tuple[Evidence, ...]:
        acts = [material.act_by_key[key] for key in keys if key in material.act_by_key]
        return tuple(evidence_of(material, act) for act in acts[:4])

    entry = change.entry
    acts = [material.act_by_key[key] for key in entry.acts if key in material.act_by_key]
    verb, to = POSITION_VERBS[entry.kind]
    targets = joined(actor_names(entry.target))
    return ChangeLine(
        change.kind,
        CHANGE_WORDS[change.kind],
        position_mark(entry, acts),
        actor_name(change.actor),
        change.actor,
        f"{verb} {to}".strip() if targets else verb,
        targets,
        shortened(telling_words(entry.content, acts[-1].quote if acts else ""), LIMIT),
        change.issue,
        date_words(change.date),
        iso_date(change.date),
        change.note,
        evidence(change.acts),
        evidence(change.before),
    )
