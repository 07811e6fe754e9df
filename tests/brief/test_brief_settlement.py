"""The section "Could it be settled?" of a brief, and the way from each of its lines to the sources."""

import re

import pytest
from click.testing import CliRunner

from page_markup import Document, document, text_of
from standoff.brief import material_of, render_material
from standoff.cli.brief import command
from standoff.conflict.answer.answer import answer
from standoff.conflict.answer.case import load_case
from standoff.dossier.dossier import Dossier
from standoff.errors import UsageError
from strait import harbour, shore

CONFLICT = """
name = "The strait of Karv"
status_quo = ["nrl-close"]
[[decision_maker]]
id = "nrl"
name = "Norland"
priorities = [
  {{ id = "nrl.refusal.nrl-reopen", statement = "nrl-close", standing = "stated", evidence = ["{place}"] }},
  {{ id = "nrl.cost.nrl-close", statement = "not sdm-sanction", standing = "assumed" }},
]
[[decision_maker]]
id = "sdm"
name = "{other}"
priorities = [
  {{ id = "sdm.demand.nrl-close", statement = "not nrl-close", standing = "inferred", evidence = ["{place}"] }},
  {{ id = "sdm.threat.sdm-sanction", statement = "sdm-sanction if nrl-close", standing = "stated", evidence = [
    "elsewhere:3-9" ] }},
]
[[option]]
id = "nrl-close"
name = "close the strait"
owner = "Norland"
standing = "stated"
evidence = ["{place}"]
[[option]]
id = "sdm-sanction"
name = "impose sanctions"
owner = "{other}"
"""


@pytest.fixture
def dossier(tmp_path):
    with Dossier.create(tmp_path / "strait.standoff") as made:
        for coding in (harbour(), shore()):
            made.add(coding)
    return tmp_path / "strait.standoff"


def conflict_file(tmp_path, dossier, other="Sudmark"):
    with Dossier.open(dossier) as opened:
        material = material_of(opened)
    stored = material.acts[0]
    report = material.report_by_key[stored.report].report
    place = f"{report.id}:{stored.act.evidence.start}-{stored.act.evidence.end}"
    path = tmp_path / "conflict.toml"
    path.write_text(CONFLICT.format(place=place, other=other), encoding="utf-8")
    return path, material, stored


def page_with(path, material) -> Document:
    return document(render_material(material, answer=answer(load_case(path))))


def test_a_brief_without_a_conflict_has_no_such_section(dossier):
    with Dossier.open(dossier) as opened:
        page = document(render_material(material_of(opened)))
    assert not page.css("section.settlement")


def test_lines_open_the_act_that_they_rest_on(tmp_path, dossier):
    path, material, stored = conflict_file(tmp_path, dossier)
    page = page_with(path, material)
    (section,) = page.css("section.settlement")
    hrefs = {link["href"] for link in section.css("a.e")}
    assert hrefs == {f"#a{stored.key}"}
    ids = {node["id"] for node in page.css("[id]")}
    assert all(link["href"][1:] in ids for link in section.css("a"))


def test_how_a_line_is_known_is_drawn_and_said(tmp_path, dossier):
    path, material, _ = conflict_file(tmp_path, dossier)
    (section,) = page_with(path, material).css("section.settlement")
    wishes = {text_of(item): item["class"] for item in section.css(".wishes li")}
    assert any("s-stated" in names for words, names in wishes.items() if "wants to close" in words)
    assert any("s-inferred" in names for names in wishes.values())
    assert any("s-assumed" in names and "assumed" in words for words, names in wishes.items())


def test_places_that_are_not_in_the_reports_are_counted(tmp_path, dossier):
    path, material, _ = conflict_file(tmp_path, dossier)
    (section,) = page_with(path, material).css("section.settlement")
    assert "1 place that the conflict file names is not in these reports" in text_of(section)


def test_the_table_of_outcomes_tells_today_and_each_outcome(tmp_path, dossier):
    path, material, _ = conflict_file(tmp_path, dossier)
    (table,) = page_with(path, material).css("table.outcomes")
    found = answer(load_case(path))
    rows = {text_of(row.css("th")[0]).split(" ")[0]: row for row in table.css("tbody tr[id]")}
    assert len(rows["close"].css("td")) == 1 + len(found.outcomes)
    assert "done" in text_of(rows["close"].css("td")[0])
    assert [bool(cell.css("use")) for cell in rows["impose"].css("td")[1:]] == [
        bool(outcome.state >> 1 & 1) for outcome in found.outcomes
    ]


def test_hostile_names_in_a_conflict_stay_words(tmp_path, dossier):
    path, material, _ = conflict_file(tmp_path, dossier, other="<script>alert(1)</script>")
    html = render_material(material, answer=answer(load_case(path)))
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_command_answers_a_conflict_file(tmp_path, dossier):
    path, _, _ = conflict_file(tmp_path, dossier)
    out = tmp_path / "brief.html"
    arguments = [str(dossier), "--conflict", str(path), "-o", str(out)]
    assert CliRunner().invoke(command, arguments, catch_exceptions=False).exit_code == 0
    assert re.search(r'<section id="settlement"', out.read_text(encoding="utf-8"))


def test_a_conflict_is_named_or_drafted_not_both(tmp_path, dossier):
    path, _, _ = conflict_file(tmp_path, dossier)
    with pytest.raises(UsageError, match="give one of the two"):
        CliRunner().invoke(
            command, [str(dossier), "--conflict", str(path), "--draft"], catch_exceptions=False
        )


def test_the_conflict_file_is_not_overwritten(tmp_path, dossier):
    path, _, _ = conflict_file(tmp_path, dossier)
    with pytest.raises(UsageError, match="would be overwritten"):
        CliRunner().invoke(
            command, [str(dossier), "--conflict", str(path), "-o", str(path)], catch_exceptions=False
        )
