import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page_markup import Document, document, text_of
from standoff.brief import Material, render_material
from standoff.records import Act, Coding, Event, Span, StoredAct, StoredReport, Version
from strait import HARBOUR, SHORE, at, bare_report, dossier_page, harbour, shore


@pytest.fixture
def page(tmp_path) -> str:
    return dossier_page(tmp_path, harbour(), shore())


@pytest.fixture
def parsed(page) -> Document:
    return document(page)


def rows(parsed: Document, table: str) -> list[str]:
    return [text_of(row) for row in parsed.css(f"table.{table} tr[id]")]


def test_the_glance_tells_numbers_with_their_base(parsed):
    figures = [text_of(item) for item in parsed.css(".figures li")]
    assert "1 of 1 demands refused" in figures
    assert "1 of 1 threats tied to a condition" in figures
    assert figures[0].startswith("1 of 1")


def test_the_glance_tells_what_became_of_a_demand(parsed):
    panel = next(p for p in parsed.css(".panel") if p["aria-label"] == "Demanded")
    assert "SDM demands of NRL that Norland reopen the strait of Karv to its tankers" in text_of(panel)
    assert "→ refused by NRL" in text_of(panel)


def test_deeds_and_words_stand_apart_with_their_own_marks(parsed):
    deeds, words = parsed.css("table.acts")
    marks = {use["href"] for use in deeds.css("tr[id] use")}
    assert marks == {"#m-deed", "#m-dashed", "#m-deed-struck"}
    assert {use["href"] for use in words.css("tr[id] use")} == {"#m-words"}
    assert [text_of(head) for head in deeds.css("tr.group")] == [
        "Deeds that happened 1",
        "Deeds only feared or suspected 1",
        "Deeds denied 1",
    ]


def test_a_row_says_on_whose_word_it_rests(parsed):
    denied = next(row for row in rows(parsed, "acts") if "which it denies" in row)
    assert "denied by SDM" in denied
    demand = next(row for row in rows(parsed, "acts") if "demands of" in row)
    assert "the outlet’s" in demand


def test_a_deed_that_one_outlet_tells_itself_does_not_rest_on_a_partys_word(tmp_path):
    alone = document(dossier_page(tmp_path, harbour()))
    assert "on the word of SDM" in next(row for row in rows(alone, "acts") if "frigates" in row)


def test_the_condition_stands_beside_the_threat(parsed):
    threat = next(row for row in rows(parsed, "acts") if "threatens" in row)
    assert "condition if a single warship crossed the line" in threat


def test_statements_are_grouped_by_speaker_and_guesses_are_named(parsed):
    groups = [text_of(head) for head in parsed.css("table.says tr.group")]
    assert groups == ["SDM 2", "NRL 1", "Speakers not named or not resolved 2"]
    guessed = next(row for row in rows(parsed, "says") if "denies" in row)
    assert "guess" in guessed
    assert "nobody named" in next(row for row in rows(parsed, "says") if "fear" in row)


def test_every_link_inside_the_page_has_its_target_and_ids_are_unique(parsed):
    ids = [node["id"] for node in parsed.css("[id]")]
    assert len(ids) == len(set(ids))
    targets = {node["href"][1:] for node in parsed.css("a[href]") if node["href"].startswith("#")}
    assert targets <= set(ids)


def test_every_record_is_reached_from_its_row_and_leads_back_to_it(parsed):
    places = {node["id"]: node["href"][1:] for node in parsed.css("a.ref")}
    assert len(places) == 7 + 5
    for table in ("acts", "says"):
        for row in parsed.css(f"table.{table} tr[id]"):
            for link in row.css("a.e"):
                assert places[link["href"][1:]] == row["id"]


def test_every_cell_of_the_matrix_and_of_the_pairs_opens_evidence(parsed):
    links = parsed.css("a.pos") + parsed.css("a.m")
    assert len(links) >= 6
    places = {node["id"] for node in parsed.css("a.ref")}
    assert {link["href"][1:] for link in links} <= places
    assert all(link["aria-label"] for link in links)


def test_the_sources_hold_the_texts_unchanged(parsed):
    articles = parsed.css("article")
    for article, text in zip(articles, (HARBOUR, SHORE), strict=True):
        assert "".join(part.raw for part in article.css("p.txt, span.gap")) == text


def test_a_record_marks_exactly_its_words(parsed):
    for anchor, words in (("a1", "demanded"), ("a3", "warned"), ("a5", "blockade")):
        marked = [node.raw for node in parsed.css("article span.tr") if anchor in node["data-r"].split()]
        assert marked == [words]


def test_noise_is_labelled_and_passed_over_sentences_are_quieter(parsed):
    noise = parsed.css(".block.noise")
    assert [text_of(block) for block in noise] == ["page noise: kept, not coded Share via"]
    assert [node.raw for node in parsed.css("article span.po")] == ["The weather was calm."]


def test_a_source_says_its_outlet_its_date_and_how_the_date_was_found(parsed):
    about = text_of(parsed.css("article dl")[0])
    assert "Outlet The Northern Ledger" in about
    assert "Date Tue 4 Mar 2031, given with the report" in about
    assert "Note A remark of the coder." in about
    assert "Found in it 6 acts, 4 statements, 1 sentence without a record" in about


def test_a_time_says_what_it_means(parsed):
    times = [(node.raw, node["title"]) for node in parsed.css("article span.ti")]
    assert times == [("Tuesday", "Tue 4 Mar 2031")]


def test_texts_carry_their_own_direction(parsed):
    assert all(node["dir"] == "auto" for node in parsed.css("p.txt"))


def test_the_page_needs_nothing_else(page):
    assert not re.findall(r"<(?:link|img|iframe|object|embed|form|base)\b", page)
    assert not re.findall(r"\ssrc=|url\(|@import|\son\w+=|\sstyle=", page)
    assert set(re.findall(r'href="([^"#][^"]*)"', page)) == {"https://ledger.example/strait"}


def test_the_policy_allows_only_this_style_and_this_script(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert "default-src &#39;none&#39;" in policy or "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 2


def test_an_empty_dossier_says_what_would_fill_it(tmp_path):
    parsed = document(dossier_page(tmp_path))
    empty = [text_of(node) for node in parsed.css(".empty")]
    assert len(empty) >= 13
    assert all("would fill" in line or "are shown here" in line for line in empty)


def test_a_title_can_be_given(tmp_path):
    parsed = document(dossier_page(tmp_path, harbour(), title="The strait <of> Karv"))
    assert text_of(parsed.css("h1")[0]) == "The strait <of> Karv"


def test_the_page_is_the_same_for_the_same_dossier(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert dossier_page(tmp_path / "one", harbour()) == dossier_page(tmp_path / "two", harbour())


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200))
def test_any_text_at_all_is_shown_as_it_is(text):
    stored = StoredReport(1, bare_report(text), "2031-03-05T00:00:00Z", 1)
    parsed = document(render_material(Material((stored,))))
    shown = "".join(part.raw for part in parsed.css("article p.txt, article span.gap"))
    expected = re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
    assert shown == expected or (not text.strip() and shown in ("", expected))


def test_a_report_whose_regions_leave_text_out_is_still_shown_whole():
    text = "One. Two. Three."
    report = replace(
        bare_report(text), regions=(replace(bare_report(text).regions[0], span=at(text, "Two.")),)
    )
    parsed = document(render_material(Material((StoredReport(1, report, "", 1),))))
    assert "".join(part.raw for part in parsed.css("article p.txt, article span.gap")) == text
    assert len(parsed.css(".block.noise")) == 2


def test_agency_copy_says_whose_copy_it_is():
    one, two = (
        StoredReport(key, bare_report("The same text.", id=f"r{key}"), "2031-03-05T00:00:00Z", 1)
        for key in (1, 2)
    )
    parsed = document(render_material(Material((one, two))))
    about = [text_of(node) for node in parsed.css("article dl")]
    assert "both count as one source" not in about[0]
    assert "Copy tells the same text as r1; both count as one source" in about[1]


def test_thirty_reports_stay_a_page_of_reasonable_size(tmp_path):
    text = HARBOUR * 12
    codings = []
    for number in range(30):
        own = f"Report {number}.\n\n{text}"
        base = harbour()
        shifted = []
        for copy in range(5):
            offset = len(own) - len(text) + copy * len(HARBOUR)
            shifted += [
                replace(
                    act,
                    **{
                        name: Span(span.start + offset, span.end + offset)
                        for name in ("trigger", "evidence", "content", "condition")
                        if (span := getattr(act, name))
                    },
                    issue=f"{act.issue} {number} {copy}",
                )
                for act in base.acts
            ]
        codings.append(Coding(bare_report(own, id=f"r{number}"), (), (), tuple(shifted)))
    html = dossier_page(tmp_path, *codings)
    assert html.count("<article ") == 30
    assert len(html.encode()) < 2_500_000


def contested(*versions: Version, modality: str = "denied") -> Document:
    made = bare_report("One tells it. Another tells it otherwise.")
    acts = tuple(
        StoredAct(
            key,
            1,
            1,
            Act("COERCE", ("SDM",), ("NRL",), "actual", Span(4, 9), Span(0, 13), issue="karv"),
            "karv",
            "One tells it.",
        )
        for key in (1, 2)
    )
    event = Event(
        1, "COERCE", ("SDM",), ("NRL",), "2031-03-04", None, "karv", modality, (1, 2), (1,), 3, "One tells it.",
        versions=versions, contested=True,
    )  # fmt: skip
    stored = (StoredReport(1, made, "", 1), StoredReport(2, replace(made, id="b"), "", 2))
    return document(render_material(Material(stored, acts=acts, events=(event,))))


def test_a_contested_event_has_two_marks_joined_and_the_sources_on_each_side():
    parsed = contested(Version("modality", "actual", (1,), 2), Version("modality", "denied", (2,), 1))
    row = parsed.css("table.acts tr[id]")[0]
    assert [use["href"] for use in row.css("span.joined use")] == ["#m-deed", "#m-deed-struck"]
    assert text_of(row.css("span.sides")[0]) == "2:1"
    assert "contested" in text_of(row)
    assert "struck" not in row["class"].split()


def test_every_version_of_a_contested_event_is_told_with_its_evidence():
    parsed = contested(
        Version("date", "2031-03-03", (1,), 1),
        Version("date", "2031-03-04", (2,), 2),
        Version("source", "SDM, EU", (1,), 1),
        modality="actual",
    )
    told = [text_of(item) for item in parsed.css("table.acts .tellings li")]
    assert told == [
        "date Mon 3 Mar 2031 1 source 1",
        "date Tue 4 Mar 2031 2 sources 2",
        "who did it SDM and EU 1 source 1",
    ]
    links = [link["href"] for link in parsed.css("table.acts .tellings a.e")]
    assert links == ["#a1", "#a2", "#a1"]
    panel = next(p for p in parsed.css(".panel") if p["aria-label"].startswith("Contested"))
    assert len(panel.css("li li")) == 3
