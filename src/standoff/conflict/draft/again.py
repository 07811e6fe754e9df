"""Drafting again over a file that a person has edited: a three-way merge by stable ids.

The base is what was drafted last time, kept as digests in `[draft.base]`. What a person has not touched follows the new draft.
What she changed, added, moved or took out stays as she has it; where the new draft says something else there, it is told.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standoff.conflict.draft.identity import under_known_ids
from standoff.conflict.draft.proposal import Proposal
from standoff.conflict.draft.sheet import Block, Entry, Sheet, read_sheet, statements
from standoff.conflict.draft.writing import base_of, digest, sheet_of
from standoff.conflict.problems import ModelProblem
from standoff.conflict.toml_form import read_toml
from standoff.conflict.toml_text import quoted
from standoff.errors import InputError

_STRUCTURE = frozenset({"priorities", "]"})
_SPOKEN = {"decision_maker": "decision maker", "option": "option", "feasibility": "rule", "": "line"}


@dataclass(frozen=True, slots=True)
class Redraft:
    """The text of the merged file, and a sentence for everything that changed or that an edit holds back."""

    text: str
    changes: tuple[str, ...]


def redraft(path: Path, proposal: Proposal) -> Redraft:
    """Merge a new draft into the file at `path`.

    Raises InputError where the file cannot be read, is no valid conflict, or was not drafted by this program.
    """
    try:
        old = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "it is not UTF-8 text"
        raise InputError(f"{path} cannot be read ({reason}): name another file with -o.") from problem
    return merge(old, proposal, str(path))


def merge(old: str, proposal: Proposal, where: str = "conflict.toml") -> Redraft:
    """Return the file with the new draft in it; `where` names it in messages."""
    document = _document(old, where)
    base = document.get("draft", {}).get("base")
    if not isinstance(base, dict):
        raise InputError(
            f"{where} was not drafted by standoff, or its table [draft.base] was taken out: name another file with -o, so that "
            f"it is not overwritten."
        )
    was_model = _reads(old, where)
    proposal = under_known_ids(proposal, document)
    merged = _Merge(read_sheet(old if old.endswith("\n") else old + "\n"), sheet_of(proposal), base, document)
    text = merged.run(proposal)
    if text == old:
        return Redraft(old, ())
    if was_model is None and proposal.is_model and (problem := _reads(text, where)) is not None:
        raise InputError(
            f"{where}: the new draft does not go together with your changes ({problem.problem}); the file was left as it "
            f"is: draft into another file with -o and compare."
        )
    return Redraft(text, tuple(merged.changes))


def _document(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise InputError(
            f"{where} is not valid TOML ({problem}): correct it, or name another file with -o."
        ) from problem


def _reads(text: str, where: str) -> ModelProblem | None:
    try:
        read_toml(text, where)
    except ModelProblem as problem:
        return problem
    return None


class _Merge:
    """One merge: the person's sheet is changed in place."""

    def __init__(self, mine: Sheet, new: Sheet, base: Mapping[str, Any], document: Mapping[str, Any]) -> None:
        self.mine = mine
        self.new = new
        self.base = base
        self.document = document
        self.changes: list[str] = []
        self.mine.blocks = [block for block in mine.blocks if not block.kind.startswith("draft")]
        self._drop_empty_tail()
        fixed = any(block.kind in ("states", "move") for block in mine.blocks) or any(
            entry.label == "ranking" for block in mine.of("decision_maker") for entry in block.entries
        )
        self.touched = {block.id for block in self.mine.of("decision_maker") if self._edited(block)}
        """The decision makers that a person changed, before anything is taken out of them."""
        self.fixed = fixed
        """Whether states are listed by hand, so that options cannot be added or taken out without breaking them."""

    def _drop_empty_tail(self) -> None:
        self.mine.tail = ""

    def run(self, proposal: Proposal) -> str:
        new_options = [block.id for block in self.new.of("option")]
        mine_options = [block.id for block in self.mine.of("option")]
        gone = {id for id in self._drafted("option", mine_options) if id not in mine_options}
        dropped = set() if self.fixed else self._no_longer_drafted(new_options, mine_options)
        self._take_out(dropped)
        unknown = gone | {id for id in new_options if self.fixed and id not in mine_options}
        # The base is what was drafted, not what became of it here: else what a person took out or renamed would count as
        # unknown or as the program's own when drafting once more.
        drafted = copy.deepcopy(self.new)
        self._keep_known(unknown)
        if self.fixed:
            drafted = copy.deepcopy(self.new)
        for block in self.new.blocks:
            self._block(block, unknown)
        self._owners_follow()
        if not self.fixed:
            self._no_longer_playing()
        self._no_longer_excluded()
        self._status_quo(proposal, unknown)
        for id in sorted(gone & set(new_options)):
            self.changes.append(
                f"You took out the option {id}; the reports still speak of it, and it stays out."
            )
        return self.mine.text() + base_of(drafted, proposal)

    # Options that come and go -----------------------------------------------------------------------

    def _drafted(self, kind: str, mine: Sequence[str]) -> set[str]:
        """The ids that the base holds of tables of a kind."""
        keys = {
            key for key, marks in self.base.items()
            if isinstance(marks, dict) and ("owner" in marks) == (kind == "option") and "id" in marks
        }  # fmt: skip
        return keys | (set(mine) & set(self.base))

    def _no_longer_drafted(self, new: Sequence[str], mine: Sequence[str]) -> set[str]:
        """Options that the new draft leaves out and that no edit touches or names."""
        found = set()
        for id in mine:
            if id in new or id not in self.base:
                continue
            block = self.mine.block(id)
            assert block is not None
            if self._edited(block) or self._named_in_edits(id):
                self.changes.append(
                    f"The option {id} is no longer drafted, but your changes rest on it: it stays."
                )
            else:
                found.add(id)
        return found

    def _edited(self, block: Block) -> bool:
        marks = self.base.get(block.id or block.kind, {})
        entries = [entry for entry in block.entries if entry.label not in _STRUCTURE]
        known = {entry.label for entry in entries}
        return any(marks.get(entry.label) != digest(entry.value) for entry in entries) or any(
            label not in known for label in marks
        )

    def _named_in_edits(self, id: str) -> bool:
        """Whether something that a person wrote speaks of an option."""
        for block in self.mine.blocks:
            marks = self.base.get(block.id or block.kind or "conflict", {})
            for entry in block.entries:
                if (
                    entry.label in _STRUCTURE
                    or entry.label == "status_quo"
                    or marks.get(entry.label) == digest(entry.value)
                ):
                    continue
                if (entry.listed or block.kind in ("feasibility", "view")) and _speaks_of(entry.value, id):
                    return True
        return False

    def _take_out(self, ids: set[str]) -> None:
        """Take out options that are no longer drafted, with what is said of them.

        A statement that is still drafted stays: it will say something else, as a threat does whose condition is gone.
        """
        for id in sorted(ids):
            self.changes.append(f"No longer drafted: the option {id}.")
        self.mine.blocks = [
            block for block in self.mine.blocks if block.id not in ids or block.kind != "option"
        ]
        for block in self.mine.of("decision_maker"):
            drafted = next((new for new in self.new.of("decision_maker") if new.id == block.id), None)
            still = {entry.label for entry in drafted.entries} if drafted is not None else set()
            block.entries = [
                entry for entry in block.entries
                if entry.label in still or (
                    not (entry.listed and any(_speaks_of(_formula(entry), id) for id in ids))
                    and not (entry.label.endswith("#") and any(entry.label[:-1].endswith(f".{id}") for id in ids))
                )
            ]  # fmt: skip

    def _no_longer_playing(self) -> None:
        """Take out decision makers that the new draft does not have, unless an edit rests on them.

        One that stays without an option becomes an observer, so that the file stays a conflict.
        """
        playing = {block.id for block in self.new.of("decision_maker")}
        owners = {name for block in self.mine.of("option") for name in _owners(block)}
        for block in self.mine.of("decision_maker"):
            if not block.id or block.id in playing or block.id not in self.base:
                continue
            name = block.find("name")
            owns = name is not None and _text(name) in owners
            if not owns and block.id not in self.touched:
                self.mine.blocks.remove(block)
                self.changes.append(f"No longer drafted: the decision maker {block.id}.")
                continue
            self.changes.append(
                f"The decision maker {block.id} is no longer drafted, but your changes rest on it: it stays."
            )
            if not owns and name is not None and block.find("observer") is None:
                block.entries.insert(
                    block.entries.index(name) + 1,
                    Entry("observer", "observer = true\n", end=len("observer = true")),
                )

    def _no_longer_excluded(self) -> None:
        """Take out the rules that the new draft does not have any more, where nobody changed them."""
        if any(block.kind == "feasibility" for block in self.new.blocks):
            return
        for block in self.mine.of("feasibility"):
            if "feasibility" in self.base and not self._edited(block):
                self.mine.blocks.remove(block)
                self.changes.append("No longer drafted: that options exclude each other.")

    def _keep_known(self, unknown: set[str]) -> None:
        """Leave out of the new draft what speaks of options that the file does not hold."""
        if self.fixed:
            present = {block.id for block in self.mine.of("decision_maker")}
            self.new.blocks = [
                block for block in self.new.blocks if block.kind != "decision_maker" or block.id in present
            ]
        if not unknown:
            return
        self.new.blocks = [
            block for block in self.new.blocks if block.id not in unknown or block.kind != "option"
        ]
        for block in self.new.of("decision_maker"):
            without = {
                entry.label
                for entry in statements(block)
                if any(_speaks_of(_formula(entry), id) for id in unknown)
            }
            block.entries = [entry for entry in block.entries if entry.label.rstrip("#") not in without]
        for block in self.new.of("feasibility"):
            if any(_speaks_of(entry.value, id) for entry in block.entries for id in unknown):
                self.new.blocks.remove(block)

    def _owners_follow(self) -> None:
        """Let options belong to the parties that own them under the names that these have in the end.

        A file names owners by name: one that a person gave a party, or that new evidence gave it, goes for its options too.
        """
        names = {
            block.id: _text(name)
            for block in self.mine.of("decision_maker")
            if (name := block.find("name")) is not None
        }
        parties: dict[str, str] = {
            _text(name): block.id
            for block in self.new.of("decision_maker")
            if (name := block.find("name")) is not None
        }
        parties |= {
            str(party.get("name")): str(party.get("id")) for party in self.document.get("decision_maker", [])
        }
        for block in self.mine.of("option"):
            owner = block.find("owner")
            if owner is None or _text(owner) in names.values():
                continue
            called = names.get(parties.get(_text(owner), ""))
            if called is not None:
                owner.text = f"owner = {quoted(called)}{owner.text[owner.end :]}"
                owner.end = len(f"owner = {quoted(called)}")

    # Tables and their entries -----------------------------------------------------------------------

    def _block(self, new: Block, unknown: set[str]) -> None:
        key = new.id or new.kind or "conflict"
        marks = self.base.get(key, {})
        mine = self._mine(new)
        if mine is None:
            if marks and (new.id or new.kind):
                if new.kind == "decision_maker":
                    self.changes.append(f"You took out the decision maker {new.id}; it stays out.")
                return
            self._insert(new)
            if new.id:
                self.changes.append(f"New {_SPOKEN.get(new.kind, new.kind)}: {self._spoken(new)}.")
            return
        self._plain(mine, new, marks, key)
        if new.kind == "decision_maker":
            self._statements(mine, new, marks)

    def _mine(self, new: Block) -> Block | None:
        if new.id:
            return next((block for block in self.mine.of(new.kind) if block.id == new.id), None)
        return next((block for block in self.mine.blocks if block.kind == new.kind and not block.id), None)

    def _insert(self, new: Block) -> None:
        """Put a new table behind the last one of its kind (and owner)."""
        numbered = list(enumerate(self.mine.blocks))
        same = [
            number for number, block in numbered if block.kind == new.kind and _owner(block) == _owner(new)
        ]
        like = [number for number, block in numbered if block.kind in (new.kind, "decision_maker", "")]
        places = same or like
        self.mine.blocks.insert(places[-1] + 1 if places else len(self.mine.blocks), new)

    def _plain(self, mine: Block, new: Block, marks: Mapping[str, Any], key: str) -> None:
        drafted = {entry.label: entry for entry in new.entries if not _in_list(entry)}
        for entry in [entry for entry in mine.entries if not _in_list(entry)]:
            if entry.label in _STRUCTURE or entry.label == "status_quo":
                continue
            other = drafted.pop(entry.label, None)
            untouched = marks.get(entry.label) == digest(entry.value)
            if other is None:
                if untouched:
                    mine.entries.remove(entry)
                continue
            if untouched:
                if other.value != entry.value:
                    entry.text, entry.end = other.text, other.end
                    self._tell(key, entry.label, other)
            elif entry.label not in marks or marks[entry.label] != digest(other.value):
                self._hold(key, entry, other)
        for label, entry in drafted.items():
            if label in _STRUCTURE or label == "status_quo" or label in marks:
                continue
            at = next((n for n, other in enumerate(mine.entries) if other.label == label.rstrip("#")), None)
            if at is None:
                before = _label_before(new, label)
                at = next((n + 1 for n, other in enumerate(mine.entries) if other.label == before), None)
            if at is None:
                at = next(
                    (n for n, other in enumerate(mine.entries) if other.label == "priorities"),
                    len(mine.entries),
                )
            mine.entries.insert(at, entry)

    def _statements(self, mine: Block, new: Block, marks: Mapping[str, Any]) -> None:
        """Merge a list of priorities: entries by id, order as the person left it or else as drafted."""
        if mine.find("priorities") is None or mine.find("]") is None:
            return
        drafted = {entry.label: entry for entry in new.entries if _in_list(entry)}
        present = [entry for entry in mine.entries if _in_list(entry)]
        known = [entry.label for entry in present if entry.label in marks]
        base_order = [label for label in marks if label in known]
        moved = [label for label in known if not label.endswith("#")] != [
            label for label in base_order if not label.endswith("#")
        ]
        kept: list[Entry] = []
        for entry in present:
            other = drafted.get(entry.label)
            untouched = marks.get(entry.label) == digest(entry.value)
            if other is None:
                if untouched:
                    if not entry.label.endswith("#"):
                        self.changes.append(f"No longer drafted: the priority {entry.label}.")
                    continue
            elif untouched and other.value != entry.value:
                if not entry.label.endswith("#"):
                    self._tell(mine.id, entry.label, other, entry)
                entry = Entry(entry.label, other.text, entry.before, other.end, listed=True)
            elif not untouched and marks.get(entry.label) != digest(other.value):
                self._hold(mine.id, entry, other)
            kept.append(entry)
        have = {entry.label for entry in kept}
        order = [label for label in drafted if label in have or label not in marks]
        fresh = [label for label in order if label not in have]
        for label in fresh:
            if not label.endswith("#"):
                self.changes.append(f"New priority of {mine.id}: {_formula(drafted[label])} ({label}).")
        ordered = _ordered(kept, [drafted[label] for label in order], moved)
        at = mine.entries.index(next(entry for entry in mine.entries if entry.label == "priorities")) + 1
        rest = [entry for entry in mine.entries if not _in_list(entry)]
        mine.entries = [*rest[:at], *ordered, *rest[at:]]

    # Status quo and words ---------------------------------------------------------------------------

    def _status_quo(self, proposal: Proposal, unknown: set[str]) -> None:
        """Take over which options came to be taken or left, apart from those that a person set herself."""
        root = self.mine.blocks[0]
        entry = root.find("status_quo")
        drafted = self.new.blocks[0].find("status_quo")
        if entry is None or drafted is None:
            return
        held = self.document.get("status_quo")
        options = [option.get("id") for option in self.document.get("option", [])]
        if isinstance(held, str) and re.fullmatch(r"[YN]+", held) and len(held) == len(options):
            mine = [id for id, sign in zip(options, held, strict=True) if sign == "Y"]
        elif isinstance(held, list):
            mine = [str(id) for id in held]
        else:
            return
        base = [str(id) for id in self.base.get("status_quo", [])]
        present = {block.id for block in self.mine.of("option")}
        now = [option.option.id for option in proposal.options if option.taken]
        came = [id for id in now if id not in base and id not in unknown and id in present]
        went = {id for id in base if id not in now and id in mine} | {
            id for id in mine if id in self.base and id not in present
        }
        found = [id for id in mine if id not in went] + [id for id in came if id not in mine]
        if found == mine and isinstance(held, list):
            return
        if found == mine and not set(came) | went and present == set(options):
            return
        for id in came:
            self.changes.append(f"Now taken: {id}.")
        for id in sorted(went & present):
            self.changes.append(f"No longer taken: {id}.")
        entry.text = f"status_quo = [{', '.join(quoted(id) for id in found)}]\n"
        entry.end = len(entry.text) - 1

    def _spoken(self, block: Block) -> str:
        name = block.find("name")
        return f"{_text(name)} ({block.id})" if name is not None else block.id

    def _tell(self, key: str, label: str, other: Entry, was: Entry | None = None) -> None:
        if label.endswith("#") or label in ("evidence", "confidence", "note", "standing", "source"):
            return
        if was is not None:
            if _formula(was) != _formula(other):
                self.changes.append(f"Changed: {label} is now {_formula(other)} (was {_formula(was)}).")
            return
        self.changes.append(f"Changed: {key}: {other.value}.")

    def _hold(self, key: str, entry: Entry, other: Entry) -> None:
        """Say what an edit keeps out."""
        if entry.label.endswith("#"):
            return
        if entry.listed:
            self.changes.append(f"You changed {entry.label}; new evidence would make it: {other.value}.")
        else:
            self.changes.append(
                f"You changed {key}: {entry.value}; new evidence would make it: {other.value}."
            )


def _owner(block: Block) -> str:
    owner = block.find("owner")
    return owner.value if owner is not None else ""


def _owners(block: Block) -> list[str]:
    """The names of those who own an option."""
    entries = [entry for entry in block.entries if entry.label in ("owner", "owners")]
    found = [value for entry in entries for value in tomllib.loads(entry.text).values()]
    return [str(name) for value in found for name in (value if isinstance(value, list) else [value])]


def _in_list(entry: Entry) -> bool:
    return entry.listed


def _label_before(block: Block, label: str) -> str:
    before = ""
    for entry in block.entries:
        if entry.label == label:
            break
        before = entry.label
    return before


def _ordered(kept: Sequence[Entry], drafted: Sequence[Entry], moved: bool) -> list[Entry]:
    """Put kept and new statements in one order, each with its comments right above it.

    Where the person did not move anything the drafted order holds, and her own statements stay behind those that they stood
    behind; else hers holds, and what is new comes behind what it is drafted behind.
    """
    comments = {entry.label[:-1]: entry for entry in (*drafted, *kept) if entry.label.endswith("#")}
    mine = [entry for entry in kept if not entry.label.endswith("#")]
    new = [entry for entry in drafted if not entry.label.endswith("#")]
    by_label = {entry.label: entry for entry in mine if entry.label != "="}
    first, second = (mine, new) if moved else ([by_label.get(entry.label, entry) for entry in new], mine)
    result = list(first)
    have = {id(entry) for entry in result}
    labels = {entry.label for entry in result if entry.label != "="}
    previous: Entry | None = None
    for entry in second:
        if id(entry) not in have and entry.label not in labels:
            at = (
                next((n for n, other in enumerate(result) if _same(other, previous)), -1)
                if previous is not None
                else -1
            )
            result.insert(at + 1, entry)
        previous = entry
    found: list[Entry] = []
    for entry in result:
        if entry.label in comments and entry.label != "=":
            found.append(comments[entry.label])
        found.append(entry)
    return found


def _same(one: Entry, other: Entry | None) -> bool:
    return other is not None and (one is other or (one.label == other.label and one.label != "="))


def _formula(entry: Entry) -> str:
    """The statement of an entry of a list."""
    found = tomllib.loads(f"value = {entry.value}")["value"] if not entry.label.endswith("#") else ""
    if isinstance(found, dict):
        return str(found.get("statement", ""))
    return str(found)


def _text(entry: Entry) -> str:
    found = tomllib.loads(entry.text)
    return str(next(iter(found.values())))


def _speaks_of(text: str, id: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(id)}(?![\w-])", text) is not None
