"""How much of the model that a careful reader draws does `standoff draft` find, and what does extraction error cost?

Usage: python benchmarks/drafting/score.py [SHARED] [--cache DIR] [--json FILE] [--only NAME ...]

For each reference in this folder: the reports go into a dossier twice, once with their gold records and once as the
program codes their texts; both dossiers are drafted, and both drafts are matched with the reference by the rule of
README.md and solved. SHARED (../shared beside the repository if not given) holds the reports. Our own coding of them
is kept in DIR, as it takes minutes. Pairs are printed, so that a reader can check them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from standoff.coding.interchange import coding_from, record_of
from standoff.conflict.answer.answer import answer, not_answerable
from standoff.conflict.answer.case import Case, load_case
from standoff.conflict.draft.drafting import draft_conflict
from standoff.conflict.draft.writing import written
from standoff.dossier.dossier import Dossier
from standoff.errors import StandoffError
from standoff.records import Coding

HERE = Path(__file__).resolve().parent
STEM, HALF = 5, 0.5
LITTLE = frozenset(
    "a an the of to in on for with from by and or not no its it their them that this be is are will never ever all any "
    "some own into at as than more".split()
)


@dataclass(frozen=True)
class Scores:
    """One draft against its reference; counts with their base, and the verdict of its answer."""

    found: int
    wanted: int
    right: int
    drafted: int
    parties_found: int
    parties_wanted: int
    verdict: str
    matched: tuple[str, ...] = ()
    """The options of the reference that the draft holds, by id."""

    @property
    def recall(self) -> float:
        """The share of the reference's options that were found."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        """The share of the drafted options that stand in the reference."""
        return self.right / self.drafted if self.drafted else 0.0


def words(text: str) -> list[str]:
    """The content words of a short action."""
    return [word for word in re.findall(r"[\w.,'-]*\w", text.lower()) if word not in LITTLE]


def same(reference: dict[str, Any], name: str, codes: Iterable[str]) -> bool:
    """The rule of README.md."""
    if not set(codes) & set(reference["owner"]):
        return False
    drafted = words(name)
    if all(any(word.startswith(stem) for stem in group for word in drafted) for group in reference["words"]):
        return True
    one = {word[:STEM] for word in drafted}
    other = {word[:STEM] for word in words(reference["action"])}
    return bool(one and other) and 2 * len(one & other) / (len(one) + len(other)) >= HALF


def pairs(reference: dict[str, Any], case: Case, notes: dict[str, str]) -> list[tuple[int, int]]:
    """The pairs (drafted option, option of the reference) of the assignment that matches most."""
    drafted, wanted = case.conflict.options, reference["option"]
    if not drafted:
        return []
    gain = np.zeros((len(drafted), len(wanted)))
    for k, option in enumerate(drafted):
        codes = [
            code for owner in option.owners for code in notes[case.conflict.decision_makers[owner]].split()
        ]
        for n, other in enumerate(wanted):
            if same(other, option.name, codes):
                gain[k, n] = 100 if other.get("minor") else 101
    rows, columns = linear_sum_assignment(-gain)
    return [(int(k), int(n)) for k, n in zip(rows, columns, strict=True) if gain[k, n]]


def score(reference: dict[str, Any], path: Path, say: bool) -> Scores:
    """Match one drafted file; print the pairs."""
    wanted = [n for n, option in enumerate(reference["option"]) if not option.get("minor")]
    parties = [party for party in reference["party"] if not party.get("minor")]
    try:
        case = load_case(path)
    except StandoffError as problem:
        print(f"    no model: {problem}")
        return Scores(0, len(wanted), 0, 0, 0, len(parties), "no model")
    notes = {case.conflict.decision_makers[p.owner]: p.note for p in case.parts.values() if p.what == "party"}
    found = pairs(reference, case, notes)
    codes = {code for note in notes.values() for code in note.split()}
    if say:
        told = dict(found)
        for k, option in enumerate(case.conflict.options):
            other = reference["option"][told[k]] if k in told else None
            sign = "=" if other else " "
            mean = f"{other['action']}{' (minor)' if other.get('minor') else ''}" if other else "–"
            print(f"    {sign} {case.conflict.decision_makers[option.owners[0]]}: {option.name}  |  {mean}")
        for n in sorted(set(wanted) - {n for _, n in found}):
            print(
                f"    missed: {'/'.join(reference['option'][n]['owner'][:2])}: {reference['option'][n]['action']}"
            )
    return Scores(
        len({n for _, n in found} & set(wanted)),
        len(wanted),
        len(found),
        len(case.conflict.options),
        sum(bool(codes & set(party["codes"])) for party in parties),
        len(parties),
        verdict(case),
        tuple(sorted(reference["option"][n]["id"] for _, n in found)),
    )


def verdict(case: Case) -> str:
    """What the answer says in short: whether a settlement holds (SEQ), whether things can stay as they are."""
    if not_answerable(case.conflict):
        return "no answer"
    found = answer(case)
    quo = case.conflict.status_quo
    held = len(found.board.outcomes("seq"))
    if not found.settlement.defined:
        settled = "no settlement defined"
    else:
        settled = f"{'settlement' if found.board.settlements('seq') else 'no settlement'}"
    stays = quo is not None and found.board.holds(quo, "seq")
    return f"{settled}, today {'holds' if stays else 'does not hold'}, {held} outcomes"


# Dossiers -----------------------------------------------------------------------------------------


def gold_of(reference: dict[str, Any], shared: Path) -> list[dict[str, Any]]:
    """The objects of the reports in the codebook's form; without records where there is no gold."""
    if reference["source"] == "gold":
        files = {path.stem: path for path in (shared / "gold").glob("*/*.json")}
        return [json.loads(files[id].read_text(encoding="utf-8")) for id in reference["reports"]]
    found = {}
    for line in (shared / "benchmarks" / "crisis_releases.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["id"] in reference["reports"]:
            found[record["id"]] = {**record, "published": record["date"]}
    return [found[id] for id in reference["reports"]]


def own_of(name: str, records: list[dict[str, Any]], cache: Path | None) -> Iterator[Coding]:
    """The same texts as the program codes them, from the cache where they are in it."""
    kept = cache / f"{name}.jsonl" if cache else None
    if kept is not None and kept.exists():
        yield from (coding_from(json.loads(line)) for line in kept.read_text(encoding="utf-8").splitlines())
        return
    from standoff.coding.coder import code_reports
    from standoff.reading.json_objects import report_of

    reports = [report_of(r, where=r["id"], default_id=r["id"], published=None) for r in records]
    codings = list(code_reports(reports))
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(record_of(coding), ensure_ascii=False) for coding in codings)
        kept.write_text("\n".join(lines) + "\n", encoding="utf-8")
    yield from codings


def drafted(codings: Iterable[Coding], folder: Path, name: str) -> Path:
    """Put codings into a dossier, draft it, and write the conflict."""
    with Dossier.create(folder / f"{name}.dossier") as dossier:
        for coding in codings:
            dossier.add(coding)
        proposal = draft_conflict(dossier)
    path = folder / f"{name}.toml"
    path.write_text(written(proposal), encoding="utf-8")
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Score every reference and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=HERE.parents[2] / "shared")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--keep", type=Path, help="Leave the drafted files in this folder.")
    given = parser.parse_args(arguments)
    rows: dict[str, dict[str, Scores]] = {}
    with tempfile.TemporaryDirectory(prefix="drafting-") as place:
        folder = given.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted(HERE.glob("*.toml")):
            if given.only and file.stem not in given.only:
                continue
            reference = tomllib.loads(file.read_text(encoding="utf-8"))
            records = gold_of(reference, given.shared)
            rows[file.stem] = {}
            kinds = {"own coding": own_of(file.stem, records, given.cache)}
            if reference["source"] == "gold":
                kinds = {"gold records": (coding_from(record) for record in records), **kinds}
            for kind, codings in kinds.items():
                print(f"{reference['name']}, {kind}")
                name = f"{file.stem}-{kind.split()[0]}"
                for old in folder.glob(f"{name}.*"):
                    old.unlink()
                rows[file.stem][kind] = score(reference, drafted(codings, folder, name), say=True)
                sys.stdout.flush()
    table(rows)
    if given.json:
        plain = {name: {kind: asdict(s) for kind, s in kinds.items()} for name, kinds in rows.items()}
        given.json.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def table(rows: dict[str, dict[str, Scores]]) -> None:
    """Print recall, precision, parties and verdict of every draft, and the sums."""
    print(f"\n{'reference':22} {'from':13} {'recall':14} {'precision':14} {'parties':8} verdict (SEQ)")
    for name, kinds in rows.items():
        for kind, s in kinds.items():
            print(
                f"{name:22} {kind:13} {s.found:2}/{s.wanted:<2} = {s.recall:.2f}   {s.right:2}/{s.drafted:<2} = "
                f"{s.precision:.2f}   {s.parties_found}/{s.parties_wanted:<6} {s.verdict}"
            )
    for kind in ("gold records", "own coding"):
        every = [kinds[kind] for kinds in rows.values() if kind in kinds]
        if every:
            found, wanted = sum(s.found for s in every), sum(s.wanted for s in every)
            right, total = sum(s.right for s in every), sum(s.drafted for s in every)
            print(
                f"{'all':22} {kind:13} {found}/{wanted} = {found / wanted:.2f}  {right}/{total} = "
                f"{right / max(1, total):.2f}  {sum(s.parties_found for s in every)}/{sum(s.parties_wanted for s in every)}"
            )
    extraction(rows)


def extraction(rows: dict[str, dict[str, Scores]]) -> None:
    """Print what an error of the coder costs: the options and the verdicts of both drafts of each crisis side by side."""
    both = {
        name: (kinds["gold records"], kinds["own coding"]) for name, kinds in rows.items() if len(kinds) > 1
    }
    if not both:
        return
    print(f"\n{'what extraction costs':22} {'options in both':16} {'only gold':10} {'only own':9} verdict")
    turned = 0
    for name, (gold, own) in both.items():
        one, other = set(gold.matched), set(own.matched)
        differs = _short(gold) != _short(own)
        turned += differs
        said = f"{_short(gold)}  ->  {_short(own)}" if differs else f"the same: {_short(gold)}"
        print(f"{name:22} {len(one & other):<16} {len(one - other):<10} {len(other - one):<9} {said}")
    print(f"verdict differs between gold records and own coding in {turned} of {len(both)}")


def _short(scores: Scores) -> str:
    """A verdict without its numbers: settlement or not, today or not."""
    return scores.verdict.rpartition(",")[0] or scores.verdict


if __name__ == "__main__":
    main()
