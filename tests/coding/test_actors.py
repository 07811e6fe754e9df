"""The resolution of phrases on reports that were written for these tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from standoff.coding.actors import ActorIndex, Actors, ActorTable
from standoff.coding.component import Draft, check_chain
from standoff.errors import InputError
from standoff.language.analysis import Analysis
from standoff.language.parser import analyse
from standoff.records import Region, Report, Span


def parsed(text: str, published: str | None = "2022-01-21") -> Analysis:
    spans = [Span(*m.span()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    regions = tuple(Region(span, "body") for span in spans)
    return next(analyse([Report("r", text, "", published=published, regions=regions)]))


def index(text: str, published: str | None = "2022-01-21") -> ActorIndex:
    return ActorIndex(parsed(text, published), ActorTable.load())


def codes(text: str, phrase: str, published: str | None = "2022-01-21", nth: int = 0) -> tuple[str, ...]:
    start = [m.start() for m in re.finditer(re.escape(phrase), text)][nth]
    return index(text, published).resolve(Span(start, start + len(phrase))).codes


@pytest.mark.parametrize(
    ("phrase", "on", "expected"),
    [
        ("U.S.", None, ("USA",)),
        ("the Kremlin", None, ("RUS",)),
        ("Côte d’Ivoire", None, ("CIV",)),
        ("Iranian protesters", None, ("IRN-CIV",)),
        ("Syrian rebels", None, ("SYR-REB",)),
        ("the Russian parliament", None, ("RUS-LEG",)),
        ("EU3", None, ("GBR", "FRA", "DEU")),
        ("P5+1", None, ("P5+1",)),
        ("Western capitals", None, ("WEST",)),
        ("Aung San Suu Kyi", "2010-01-01", ("MMR-OPP",)),
        ("Aung San Suu Kyi", "2018-01-01", ("MMR",)),
        ("Viktor Yanukovych", "2004-12-01", ("UKR",)),
        ("Viktor Yanukovych", "2008-12-01", ("UKR-OPP",)),
        ("nobody in particular", None, ()),
        ("", None, ()),
    ],
)
def test_bare_phrases(phrase: str, on: str | None, expected: tuple[str, ...]) -> None:
    assert ActorTable.load().lookup(phrase, on).codes == expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        (
            "Russian Foreign Minister Sergey Lavrov spoke on Friday.",
            "Russian Foreign Minister Sergey Lavrov",
            ("RUS",),
        ),
        ("Officials in Tehran denied it.", "Officials in Tehran", ("IRN",)),
        ("A spokesman for Hamas said the talks had failed.", "A spokesman for Hamas", ("HAMAS",)),
        ("Russia and China vetoed the text.", "Russia and China", ("RUS", "CHN")),
        ("Washington and its allies imposed sanctions.", "Washington and its allies", ("USA",)),
        ("Western capitals were divided.", "Western capitals", ("WEST",)),
        ("British and U.S. officials agreed.", "British and U.S. officials", ("GBR", "USA")),
        ("Analysts said the deal was dead.", "Analysts", ()),
        ("Witnesses said shots were fired in Cairo.", "Witnesses", ()),
        (
            "The opponents of President Lukashenko marched.",
            "The opponents of President Lukashenko",
            ("BLR-OPP",),
        ),
        ("Ukraine's ambassador to Poland complained.", "Ukraine's ambassador to Poland", ("UKR",)),
        (
            "Former U.S. President Bill Clinton flew to Seoul.",
            "Former U.S. President Bill Clinton",
            ("USA-CIV",),
        ),
        ("Many Iranians stayed at home.", "Many Iranians", ("IRN-CIV",)),
        ("A Ukrainian company sued.", "A Ukrainian company", ("UKR-BUS",)),
    ],
)
def test_phrases_by_their_own_words(text: str, phrase: str, expected: tuple[str, ...]) -> None:
    assert codes(text, phrase) == expected


def test_pronoun_points_back_to_who_spoke() -> None:
    text = "Antony Blinken met Sergey Lavrov in Geneva. Blinken said the talks were frank. He added that more would follow."
    assert codes(text, "He") == ("USA",)


def test_feminine_pronoun_passes_over_men() -> None:
    text = "Angela Merkel received Vladimir Putin in Berlin. She spoke of a chance."
    assert codes(text, "She", "2020-01-11") == ("DEU",)


def test_the_two_sides_are_the_parties_just_named() -> None:
    text = "Armenia and Azerbaijan traded fire on Monday. The two sides later met in Brussels."
    assert set(codes(text, "The two sides")) == {"ARM", "AZE"}


def test_two_governments_are_those_of_the_last_sentences_not_the_one_named_most_in_one():
    text = (
        "Washington stands by its treaty, and the United States will help, American officials said. Officials in "
        "Manila fear a blockade. China denies any such plan. The two governments are to meet in Xiamen."
    )
    assert set(codes(text, "The two governments")) == {"CHN", "PHL"}


def test_office_without_nation_is_the_one_named_before() -> None:
    text = "Iranian Foreign Minister Hossein Amir-Abdollahian was in Doha. The foreign minister said a deal was near."
    assert codes(text, "The foreign minister") == ("IRN",)


def test_rebels_are_the_group_that_the_report_names() -> None:
    text = "The FARC released two hostages in Colombia. The rebels had held them for six years."
    assert codes(text, "The rebels", "2008-01-10") == ("FARC",)


def test_unknown_person_is_resolved_by_the_description_elsewhere() -> None:
    text = "Hoskvin wants talks.\nPavel Hoskvin, the deputy foreign minister of Belarus, said so in Minsk."
    assert codes(text, "Hoskvin") == ("BLR",)


def test_first_person_in_a_quotation_is_its_speaker() -> None:
    text = 'North Korea rejected the offer. "We will not give in," Sergei Lavrov said in Moscow.'
    found = index(text).resolve(Span(text.index("We"), text.index("We") + 2))
    assert found.codes == ("RUS",)
    assert found.guess


def test_first_person_with_a_given_speaker() -> None:
    text = "Israel waited. We are ready."
    at = text.index("We")
    assert index(text).resolve(Span(at, at + 2), speaker=("ISR",)).codes == ("ISR",)


def test_capital_after_a_preposition_of_place_is_a_place() -> None:
    kinds = {(m.span.start, m.kind) for m in index("Moscow wants talks in Geneva.").mentions}
    assert kinds == {(0, "name"), (22, "place")}


def test_a_name_that_something_is_against_is_nobody() -> None:
    mentions = index("Anti-American slogans were heard in Tehran.").mentions
    assert {code for m in mentions for code in m.codes} == {"IRN"}


def test_lower_case_us_is_a_pronoun_and_turkey_a_bird() -> None:
    assert not [m for m in index("they gave us turkey for dinner").mentions if m.kind in ("name", "place")]


def test_family_name_means_who_held_office_then() -> None:
    text = "Bush warned Damascus on Tuesday."
    assert codes(text, "Bush", "2005-03-09") == ("USA",)
    assert codes("Kerry met the Saudi king.", "Kerry", "2014-03-09") == ("USA",)


def test_stranger_with_a_ministers_family_name_is_not_the_minister() -> None:
    text = "A blogger, Karim Suleiman, was jailed in Cairo. Suleiman wrote about religion."
    found = index(text, "2007-03-09")
    assert "person Omar Suleiman" not in {m.how for m in found.mentions}


def test_users_file_adds_and_corrects(tmp_path: Path) -> None:
    extra = tmp_path / "actors.csv"
    extra.write_text(
        "name,kind,code,role,from,to,source\n"
        "Free Harbour Front,group,FHF,,,,field notes\n"
        "Kyiv,capital,UKR-X,,,,correction\n",
        "utf-8",
    )
    table = ActorTable.load(extra)
    assert table.lookup("the Free Harbour Front").codes == ("FHF",)
    assert table.lookup("Kyiv").codes == ("UKR-X",)
    assert ActorTable.load().lookup("Kyiv").codes == ("UKR",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,code\nKyiv,UKR\n", "first line"),
        ("name,kind,code,role,from,to,source\nKyiv,town,UKR,,,,\n", ":2: a row needs"),
        ("name,kind,code,role,from,to,source\nKyiv,capital,UKR,,spring,,\n", "'spring' is no date"),
        ("name,kind,code,role,from,to,source\nKyiv,capital,UKR\n", "3 cells instead of 7"),
    ],
)
def test_bad_users_file_is_named_with_its_remedy(tmp_path: Path, content: str, said: str) -> None:
    extra = tmp_path / "actors.csv"
    extra.write_text(content, "utf-8")
    with pytest.raises(InputError, match=said):
        ActorTable.load(extra)


def test_missing_users_file() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        ActorTable.load(Path("/nowhere/actors.csv"))


def test_component_fills_its_layer() -> None:
    component = Actors()
    check_chain([component])
    draft = Draft(parsed("Iran rejected the demand."))
    component(draft)
    assert draft.actors is not None
    assert draft.actors.mentions[0].codes == ("IRN",)


def test_table_is_sound() -> None:
    table = ActorTable.load()
    assert len(table.states) > 190
    for row in table.rows:
        assert row.source, row
        assert row.codes or row.kind == "media", row
        assert not row.since or not row.until or row.since[:4] <= row.until[:4], row
        for code in row.codes:
            assert code == code.upper(), row
            assert " " not in code, row
