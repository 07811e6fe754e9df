"""What the desk remembers is as of the state of the file."""

from __future__ import annotations

from pathlib import Path

from standoff.dossier.dossier import Dossier
from standoff.dossier.hand.hand import Hand
from standoff.web.desk import Desk


def test_an_answer_is_worked_out_once_for_each_state_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    Dossier.create(path).close()
    desk = Desk(path)
    asked: list[str] = []

    def answer(name: str) -> int:
        with desk.reading() as dossier:

            def count() -> int:
                asked.append(name)
                return len(asked)

            return desk.remembered(dossier, name, count)

    try:
        assert [answer("one"), answer("one"), answer("two"), answer("one")] == [1, 1, 2, 1]
        with desk.writing() as dossier:
            Hand(dossier, "Anna").annotate("actor", "ARD", "a note")
        assert [answer("one"), answer("one")] == [3, 3]
        for number in range(200):
            answer(str(number))
        assert answer("one") > 3
    finally:
        desk.close()
