"""From bytes to characters: encodings, languages, and what may pass as a report."""

from __future__ import annotations

import pytest

from standoff.errors import ReportError
from standoff.reading.admission import admit
from standoff.reading.encoding import decode
from standoff.reading.english import other_language
from standoff.reading.limits import MAX_TEXT_CHARACTERS

TEXT = "Geneva — the ministers “met” on Friday, and the talks will go on for another week."


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings_are_told_from_the_bytes(codec: str) -> None:
    decoded = decode(TEXT.encode(codec), "report.txt")
    assert decoded.text == TEXT
    assert (decoded.note is None) == codec.startswith("utf-8")


def test_line_ends_are_left_alone() -> None:
    assert decode(b"One.\r\nTwo.\rThree.\n", "report.txt").text == "One.\r\nTwo.\rThree.\n"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary"),
        (bytes(range(1, 32)) * 50, "binary"),
        ("Министр заявил, что переговоры продолжатся. ".encode("koi8-r") * 9, "UTF-8"),
        ("大臣は協議が続くと述べた。".encode("shift_jis") * 9, "UTF-8"),
        (b"\xef\xbb\xbfab\xff", "byte 2"),
        (b"\xff\xfea\x00b", "UTF-16"),
    ],
)
def test_what_is_no_text(data: bytes, word: str) -> None:
    with pytest.raises(ReportError) as caught:
        decode(data, "report.txt")
    assert word in str(caught.value)
    assert str(caught.value).startswith("report.txt: ")


ENGLISH = [
    "Talks end.",
    "Putin, Biden, Macron, Scholz, Zelensky.",
    "MOSKVA Lavrov Kremlin Ryabkov Peskov Duma",
    "The minister said « c'est la vie » and that the talks in Genève would go on in the presence of the press, "
    "as he had promised to the delegates of both sides when they met.",
    "No date set. No deal reached. No troops moved. Ministers silent. Markets calm. Oil up. Rouble down. "
    "Army on alert. "
    "Parliament called back. President due to speak tonight at eight. More soon.",
]
OTHERS = [
    (
        "Le ministre a déclaré vendredi que les pourparlers de Genève allaient se poursuivre et que "
        "la Russie n'avait pas reçu de réponse écrite de la part des États-Unis, selon un "
        "diplomate.",
        "French",
    ),
    (
        "Der Minister sagte am Freitag, dass die Gespräche in Genf fortgesetzt werden und dass "
        "Russland keine schriftliche Antwort von den Vereinigten Staaten erhalten habe, wie es "
        "hieß.",
        "German",
    ),
    (
        "El ministro dijo el viernes que las conversaciones de Ginebra van a seguir y que Rusia no "
        "ha recibido una respuesta por escrito de los Estados Unidos, según fuentes.",
        "Spanish",
    ),
    (
        "Il ministro ha detto venerdì che i colloqui di Ginevra andranno avanti e che la Russia non "
        "ha ricevuto una risposta scritta dagli Stati Uniti, come si è detto dopo.",
        "Italian",
    ),
    (
        "O ministro disse na sexta-feira que as conversações de Genebra vão continuar e que a "
        "Rússia não recebeu uma resposta por escrito dos Estados Unidos, segundo as fontes.",
        "Portuguese",
    ),
    (
        "De minister zei op vrijdag dat de gesprekken in Genève worden voortgezet en dat Rusland "
        "geen schriftelijk antwoord van de Verenigde Staten heeft gekregen, aldus een woordvoerder.",
        "Dutch",
    ),
    (
        "Minister powiedział w piątek, że rozmowy w Genewie będą się toczyć dalej i że Rosja nie "
        "otrzymała na piśmie odpowiedzi od Stanów Zjednoczonych, jak to było obiecane przez ich "
        "rząd.",
        "Polish",
    ),
    (
        "Министр заявил в пятницу, что переговоры в Женеве будут продолжены и письменного ответа нет.",
        "Cyrillic script",
    ),
    (
        "وقال الوزير يوم الجمعة إن المحادثات في جنيف ستستمر وإن روسيا لم تتلق ردا مكتوبا",
        "Arabic script",
    ),
    (
        "部长周五表示日内瓦会谈将继续进行俄罗斯没有收到美国的书面答复双方将在下周再次会面讨论乌克兰问题" * 2,
        "Cjk script",
    ),
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_passes(text: str) -> None:
    assert other_language(text) is None


@pytest.mark.parametrize(("text", "language"), OTHERS)
def test_other_languages_are_named(text: str, language: str) -> None:
    assert other_language(text) == language
    with pytest.raises(ReportError, match="not in English"):
        admit(text, "report.txt")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        (" \n\ufeff\u200b", "empty"),
        ("a" * (MAX_TEXT_CHARACTERS + 1), "1,000,000"),
        ("Talks\x00end", "NUL"),
        ("Talks \ud800 end", "surrogate"),
    ],
)
def test_what_is_no_report(text: str, word: str) -> None:
    with pytest.raises(ReportError, match=word):
        admit(text, "report.txt")
