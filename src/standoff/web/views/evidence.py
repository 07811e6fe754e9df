"""The evidence of one record: its passage in its paragraph, with outlet and date. The pop-up of every view."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from standoff.brief.highlights import mark_markup
from standoff.brief.lines import line_of
from standoff.brief.marks import mark_of
from standoff.brief.material import Material
from standoff.brief.names import actor_names
from standoff.brief.sources import SourceView, source_of
from standoff.brief.tables import statement_view
from standoff.brief.wording import joined
from standoff.records import Event, StoredAct, StoredStatement
from standoff.web.lines import material_of
from standoff.web.records import act_record, statement_record
from standoff.web.view import Ask, NotFound, Shown, View, routes


def evidence(ask: Ask) -> Shown:
    """Show the passage of an act ("a12") or statement ("s7")."""
    place = ask.path["place"]
    found = re.fullmatch(r"([as])(\d{1,15})", place, re.ASCII)
    if not found:
        raise NotFound(f"{place[:40]!r} is no place of evidence: an act is a12, a statement s7.")
    return _act(ask, int(found[2])) if found[1] == "a" else _statement(ask, int(found[2]))


def _act(ask: Ask, key: int) -> Shown:
    stored = ask.dossier.acts_by_key([key]).get(key)
    if stored is None:
        raise NotFound(f"There is no act {key} in this dossier; it may have been corrected since.")
    event = _event(ask, stored)
    material = material_of(ask.dossier, events=[event])
    line = line_of(material, event)
    own = mark_of(stored.act.type, stored.act.modality)
    return _shown(
        material,
        _source(material, stored, line={event.key: line}),
        {
            "place": f"a{key}",
            "report": stored.report,
            "mark": mark_markup(own),
            "heading": own.words,
            "line": line,
            "event": event,
            "on_word": joined(actor_names(stored.act.attribution)),
            "condition": material.text_of(stored, stored.act.condition),
            "stored": stored,
            "statement": None,
        },
        lambda: [act_record(material, stored)],
    )


def _event(ask: Ask, stored: StoredAct) -> Event:
    found = ask.dossier.event_by_key(stored.event)
    if found is None:
        raise NotFound(f"Act {stored.key} is being moved to another event: look again.")
    return found


def _statement(ask: Ask, key: int) -> Shown:
    stored = ask.dossier.statements_by_key([key]).get(key)
    if stored is None:
        raise NotFound(f"There is no statement {key} in this dossier; it may have been corrected since.")
    material = material_of(ask.dossier, statements=[stored])
    speaker = joined(actor_names(stored.statement.actor)) or "a speaker not named"
    return _shown(
        material,
        _source(material, stored, line={}),
        {
            "place": f"s{key}",
            "report": stored.report,
            "mark": "",
            "heading": f"Statement by {speaker}",
            "line": None,
            "event": None,
            "on_word": "",
            "condition": "",
            "stored": stored,
            "statement": statement_view(material, stored),
        },
        lambda: [statement_record(material, stored)],
    )


def _source(material: Material, stored: StoredAct | StoredStatement, line: dict[int, Any]) -> SourceView:
    """Return the report with this record alone marked in it."""
    acts: Sequence[StoredAct] = [stored] if isinstance(stored, StoredAct) else []
    statements: Sequence[StoredStatement] = [stored] if isinstance(stored, StoredStatement) else []
    return source_of(material, line, material.report_by_key[stored.report], acts, statements)


def _shown(material: Material, source: SourceView, values: dict[str, Any], records: Any) -> Shown:
    blocks = [block for block in source.blocks if block.notes] or list(source.blocks[:1])
    at = source.blocks.index(blocks[0]) if blocks else 0
    before = source.blocks[at - 1] if at and source.blocks[at - 1].kind == "headline" else None
    values |= {"source": source, "blocks": blocks, "before": before}
    return Shown(str(values["heading"]), "evidence.html", values, records)


ROUTES = routes(View("/evidence/{place}", evidence))
