"""What is written about the conflict: changes of the model, saving, drafting, and questions put to the engine."""

from __future__ import annotations

from standoff.errors import UsageError
from standoff.web.actions import Deed, Done, action
from standoff.web.conflict.switches import at, concept_of, switches_of
from standoff.web.views.conflict import address_back


def edit(deed: Deed) -> Done:
    """Make one change of the model. `do` is "KIND ID" or "move@PLACE ID"; else `kind`, `of`, `place` are fields."""
    from standoff.web.conflict.edits import KINDS, Edit

    named, _, of = deed.text("do").partition(" ")
    kind, _, place = named.partition("@")
    kind, of, place = kind or deed.text("kind"), of or deed.text("of"), place or deed.text("place")
    known = next((name for name in KINDS if name == kind), None)
    if known is None or not (place or "0").isdigit() or len(place) > 4:
        raise UsageError("This is no change of a model: reload the page and try again.")
    change = Edit(known, of, deed.text("to"), int(place or 0), deed.person.name)
    deed.desk.workbench.change(change, deed.text("version"))
    return _back(deed)


def undo(deed: Deed) -> Done:
    """Take the last change back."""
    deed.desk.workbench.undo(deed.text("version"))
    return _back(deed)


def save(deed: Deed) -> Done:
    """Write the changes into the file."""
    deed.desk.workbench.save(deed.text("version"))
    return _back(deed)


def discard(deed: Deed) -> Done:
    """Drop the changes."""
    deed.desk.workbench.discard()
    return _back(deed)


def remake(deed: Deed) -> Done:
    """Make the changes again on what the file holds now."""
    deed.desk.workbench.remake()
    return _back(deed)


def draft(deed: Deed) -> Done:
    """Start drafting the model from the dossier."""
    deed.desk.drafts.begin()
    return _back(deed)


def give(deed: Deed) -> Done:
    """Ask the engine what would have to give."""
    from standoff.web.conflict.questions import Giving

    address = address_back(deed.text("back"))
    sight = deed.desk.workbench.look()
    if sight.case is None or sight.text is None:
        raise UsageError("There is no model to ask about: reload the page.")
    state, by = deed.text("state"), deed.text("by")
    question = Giving(
        sight.text,
        sight.path.name,
        concept_of(address),
        switches_of(address),
        state,
        "statements" if by == "statements" else "ranking",
        deed.text("wanted") == "yes",
    )
    deed.desk.engine.ask(question)
    return Done(str(at(address, "/conflict/outcome", state=state)))


def _back(deed: Deed) -> Done:
    return Done(str(address_back(deed.text("back"))), {"version": deed.desk.workbench.look().digest})


ROUTES = [
    action("/conflict/edit", edit),
    action("/conflict/undo", undo),
    action("/conflict/save", save),
    action("/conflict/discard", discard),
    action("/conflict/remake", remake),
    action("/conflict/draft", draft),
    action("/conflict/give", give),
]
