from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from dossier_texts import strait_coding

from standoff.dossier.dossier import Dossier

_TAMPERING = {
    "a shifted quote": (
        "DROP TRIGGER act_still_quotes_its_text",
        "UPDATE act SET quote = substr(quote, 2) || 'x' WHERE key = 1",
        "The evidence of act 1",
    ),
    "a trigger beyond the text": (
        "SELECT 1",
        "UPDATE act SET trigger_end = 9999 WHERE key = 2",
        "The trigger of act 2",
    ),
    "another text": (
        "DROP TRIGGER report_text_is_frozen",
        "UPDATE report SET text = replace(text, 'Monday', 'Friday')",
        "not the one that was added",
    ),
    "a lost cue": ("SELECT 1", "DELETE FROM statement_span WHERE role = 'cue'", "has no cue"),
    "a changed span of a statement": (
        "SELECT 1",
        'UPDATE statement_span SET start = start + 1, "end" = "end" + 1 WHERE role = \'source\'',
        "The source of statement 1",
    ),
    "an event without acts": (
        "SELECT 1",
        "UPDATE act SET event = 1 WHERE event = 2",
        "Event 2 has no act",
    ),
    "a dangling pointer": ("SELECT 1", "UPDATE act SET event = 77 WHERE key = 3", "not there"),
    "a lost index": ("SELECT 1", "DELETE FROM evidence_search_docsize WHERE id = 1", "full-text index"),
}


@pytest.mark.parametrize("name", _TAMPERING)
def test_tampering_is_found_out(tmp_path: Path, name: str) -> None:
    path = tmp_path / "d.standoff"
    with Dossier.create(path) as dossier:
        dossier.add(strait_coding())
        assert dossier.check() == ()
    before, change, said = _TAMPERING[name]
    rows = sqlite3.connect(path, isolation_level=None)
    try:
        rows.execute(before)
        rows.execute(change)
    finally:
        rows.close()
    with Dossier.open(path) as dossier:
        assert any(said in sentence for sentence in dossier.check()), dossier.check()
