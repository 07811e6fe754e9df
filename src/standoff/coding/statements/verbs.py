"""Candidates whose cue is a verb, by the construction it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from standoff.coding.statements.candidates import Candidate, candidate
from standoff.coding.statements.phrases import between, clause, noun_phrase, own_subject, source_of
from standoff.coding.statements.surface import repaired
from standoff.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from standoff.coding.statements.lexicon import Cue, Lexicon

FIXED = frozenset({"for", "on", "upon", "to"})
"""Prepositions that belong to the cue ("called for", "appealed to"); "of" and "about" do not."""

ANAPHORA = frozenset({"it", "this", "that", "so", "them", "him", "her", "me", "us", "you", "one", "himself", "itself",
                      "themselves", "herself", "which", "who", "whom", "what"})  # fmt: skip
"""Objects that say nothing: a bare anaphor is no content."""

ASKING = frozenset(
    "ask urge tell order request invite instruct encourage advise press command persuade require warn pressure".split()
)
"""Verbs whose passive has the one asked as its subject: "was urged to leave" says only "to leave"."""

_EMBEDDED = frozenset({"parataxis", "ccomp", "advcl", "dep", "conj", "intj"})


@dataclass(slots=True)
class Frame:
    """A verb with its complements, sorted by function."""

    verb: Token
    subject: Token | None = None
    agent: Token | None = None
    clause: Token | None = None
    infinitive: Token | None = None
    gerund: Token | None = None
    object: Token | None = None
    predicate: Token | None = None
    negation: Token | None = None
    particle: Token | None = None
    passive: bool = False
    finite: bool = False
    prepositions: list[Token] = field(default_factory=list)
    others: list[Token] = field(default_factory=list)


def frame_of(verb: Token) -> Frame:
    """Sort the children of a verb."""
    frame = Frame(verb)
    for child in verb.children:
        dep = child.dep_
        if dep in {"nsubj", "csubj"}:
            frame.subject = child
        elif dep in {"nsubjpass", "auxpass"}:
            frame.passive = True
            frame.subject = child if dep == "nsubjpass" else frame.subject
        elif dep == "agent":
            frame.agent = next((c for c in child.children if c.dep_ == "pobj"), None)
        elif dep == "ccomp":
            if frame.clause is None or frame.clause.i < verb.i:
                frame.clause = child
        elif dep == "xcomp":
            if any(c.dep_ == "aux" and c.lower_ == "to" for c in child.lefts):
                frame.infinitive = child
            elif child.tag_ == "VBG":
                frame.gerund = child
            elif frame.predicate is None:
                frame.predicate = child
        elif dep == "dobj":
            frame.object = child
        elif dep in {"oprd", "acomp"}:
            frame.predicate = child
        elif dep == "neg":
            frame.negation = child
        elif dep == "prt":
            frame.particle = child
        elif dep == "prep" or (dep == "dative" and child.pos_ == "ADP"):
            frame.prepositions.append(child)
        elif dep == "dative" and frame.object is None:
            frame.others.append(child)
        else:
            frame.others.append(child)
            frame.finite = frame.finite or dep == "aux"
    frame.passive = _is_passive(frame)
    return frame


def _is_passive(frame: Frame) -> bool:
    """Tell a passive; a participle at the head of an inverted sentence ("…," added Smith) is a past tense misread."""
    verb = frame.verb
    if frame.passive:
        contracted = any(c.dep_ == "auxpass" and c.lower_ in {"'s", "’s"} for c in verb.lefts)
        return not (contracted and frame.clause is not None and frame.clause.i > verb.i)
    if verb.tag_ != "VBN" or frame.finite or frame.subject is not None:
        return False
    if verb.dep_ == "ROOT":
        return not any(c.pos_ in {"PROPN", "NOUN", "PRON"} and c.dep_ != "pobj" for c in verb.rights)
    return verb.dep_ in {"acl", "advcl", "amod"}


def find(verb: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield the candidate that a verb makes; the most telling construction that the table knows comes first."""
    lemma = verb.lemma_.lower()
    rows = lexicon.constructions("verb", lemma)
    seconds = lexicon.companion(lemma)
    if not rows and not seconds:
        return
    frame = frame_of(verb)
    if seconds:
        phrase = _phrase(frame, seconds)
        if phrase is not None:
            rows = lexicon.constructions("verb", f"{lemma} {phrase.lower_}")
            found = _fixed_phrase(frame, phrase, rows)
            if found is not None:
                yield found
                return
            rows = lexicon.constructions("verb", lemma)
    found = _passive(frame, rows) if frame.passive else _active(frame, rows)
    if found is None:
        found = _embedded(frame, rows) or _beside_quotation(frame, rows)
    if found is not None:
        yield repaired(found, verb) if found.says else found


def _cue(frame: Frame, last: Token | None = None) -> Span:
    verb = frame.verb
    first, end = verb.i, verb.i
    if frame.negation is not None and frame.negation.lower_ in {"not", "never"} and frame.negation.i < verb.i:
        first = frame.negation.i
    if frame.particle is not None and frame.particle.i == verb.i + 1:
        end = frame.particle.i
    if last is not None and last.i == end + 1:
        end = last.i
    return between(verb.doc, first, end)


def _source(frame: Frame) -> Span | None:
    head = frame.agent if frame.passive else source_of(frame.verb) or _inverted(frame)
    return noun_phrase(head) if head is not None else None


def _inverted(frame: Frame) -> Token | None:
    """Return the noun right after a verb that closes a quotation, where the parse sees no subject there."""
    verb = frame.verb
    before = verb.doc[verb.i - 1].text if verb.i else ""
    if before not in {"”", '"', "''", ",", "’", "»"} or verb.i + 1 >= len(verb.doc):
        return None
    for child in verb.rights:
        if (
            child.pos_ in {"PROPN", "NOUN", "PRON"}
            and child.left_edge.i == verb.i + 1
            and child.dep_ != "pobj"
        ):
            return child
    return None


def _subtree(token: Token) -> Span:
    return between(token.doc, token.left_edge.i, token.right_edge.i)


def _from_to(infinitive: Token) -> Span:
    """Return an infinitive clause from its "to" (or the "not" before it) to its end."""
    start = infinitive.i
    for child in infinitive.lefts:
        if child.dep_ in {"aux", "neg"}:
            start = min(start, child.i)
    return between(infinitive.doc, start, infinitive.right_edge.i)


def _complement(preposition: Token) -> Token | None:
    return next((c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}), None)


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.lefts)


def _active(frame: Frame, rows: dict[str, Cue]) -> Candidate | None:
    return _with_clause(frame, rows) or _with_infinitive(frame, rows) or _with_object(frame, rows)


def _with_clause(frame: Frame, rows: dict[str, Cue]) -> Candidate | None:
    head = frame.clause
    if head is None:
        return None
    verb = frame.verb
    if head.pos_ not in {"VERB", "AUX"} and not any(c.dep_ in {"cop", "mark", "aux"} for c in head.children):
        subject = own_subject(head)
        row = rows.get("name")
        if row is not None and subject is not None and head.i > verb.i:
            return candidate(row, _cue(frame), _source(frame), (clause(head),))
    if _has_to(head) and head.i > verb.i:
        row = rows.get("order")
        subject = own_subject(head)
        if row is not None:
            whole = subject is None or subject.dep_ == "nsubjpass"
            content = clause(head) if whole else _from_to(head)
            return candidate(row, _cue(frame), _source(frame), (content,))
    row = rows.get("clause")
    if row is None:
        return None
    cue, source = _cue(frame), _source(frame)
    if head.i < verb.i:
        return candidate(row, cue, source, _around(head, verb), says="quote" in rows)
    return candidate(row, cue, source, (clause(head, reporter=verb),), says="quote" in rows)


def _around(head: Token, verb: Token) -> tuple[Span, ...]:
    """Return a fronted clause, with what follows the cue if the clause goes on after it."""
    doc, block = head.doc, _block(verb)
    first, last = head.left_edge.i, head.right_edge.i
    pieces = []
    if first < block[0]:
        pieces.append(between(doc, first, min(last, block[0] - 1)))
    if last > block[1]:
        pieces.append(between(doc, block[1] + 1, last))
    return tuple(pieces)


def _block(verb: Token) -> tuple[int, int]:
    """Return the first and last token of a cue with its subject and adverbials, the content left out."""
    first = last = verb.i
    for child in verb.children:
        if child.dep_ in {"ccomp", "punct", "cc", "conj"} or (child.dep_ == "advcl" and child.i < verb.i):
            continue
        if child.i < verb.i and not _reaches(child, verb):
            continue
        first, last = min(first, child.left_edge.i), max(last, child.right_edge.i)
    return first, last


def _reaches(child: Token, verb: Token) -> bool:
    """Tell whether no complement clause stands between a child on the left and its verb."""
    return not any(c.dep_ == "ccomp" and child.i < c.i < verb.i for c in verb.lefts)


def _with_infinitive(frame: Frame, rows: dict[str, Cue]) -> Candidate | None:
    verb = frame.verb
    infinitive = frame.infinitive
    row = rows.get("order")
    if row is not None:
        asked = frame.object
        if infinitive is not None and asked is not None:
            return candidate(row, _cue(frame), _source(frame), (_from_to(infinitive),))
        for preposition in frame.prepositions:
            if preposition.lower_ in {"on", "upon", "to", "for", "with"} and preposition.i > verb.i:
                later = infinitive or _later_infinitive(frame, preposition)
                if later is not None and later.i > preposition.i:
                    return candidate(row, _cue(frame, preposition), _source(frame), (_from_to(later),))
        wished = next((c for c in frame.others if c.dep_ == "advcl" and _for_clause(c)), None)
        if wished is not None:
            return candidate(row, _cue(frame, _for_clause(wished)), _source(frame), (_wish(wished),))
        if infinitive is None and asked is not None:
            later = next((c for c in asked.rights if c.dep_ in {"acl", "relcl"} and _has_to(c)), None)
            later = later or next((c for c in frame.others if c.dep_ == "advcl" and _has_to(c)), None)
            if later is not None and asked.i < later.i and asked.ent_type_ != "DATE":
                return candidate(row, _cue(frame), _source(frame), (_from_to(later),))
    row = rows.get("infinitive")
    if row is not None and infinitive is not None and frame.object is None and infinitive.i > verb.i:
        return candidate(row, _cue(frame), _source(frame), (_from_to(infinitive),))
    row = rows.get("gerund")
    if row is not None and frame.gerund is not None and frame.gerund.i > verb.i:
        return candidate(row, _cue(frame), _source(frame), (_subtree(frame.gerund),))
    return None


def _for_clause(verb: Token) -> Token | None:
    """Return the "for" of "for both sides to withdraw", or None."""
    if not _has_to(verb):
        return None
    return next((c for c in verb.lefts if c.dep_ == "mark" and c.lower_ == "for"), None)


def _wish(verb: Token) -> Span:
    """Return what "for X to V" asks: from "to", or all of it where X is not the one asked."""
    subject = own_subject(verb)
    if subject is None or subject.dep_ != "nsubjpass":
        return _from_to(verb)
    return between(verb.doc, subject.left_edge.i, verb.right_edge.i)


def _later_infinitive(frame: Frame, preposition: Token) -> Token | None:
    asked = _complement(preposition)
    pools = [frame.others, list(asked.rights) if asked is not None else []]
    for pool in pools:
        for child in pool:
            if (
                child.dep_ in {"advcl", "acl", "relcl", "xcomp"}
                and _has_to(child)
                and child.i > preposition.i
            ):
                return child
    return None


def _with_object(frame: Frame, rows: dict[str, Cue]) -> Candidate | None:
    verb, thing = frame.verb, frame.object
    cue_of = _cue
    if "as" in rows:
        link = next((p for p in frame.prepositions if p.lower_ == "as" and p.i > verb.i), None)
        if link is not None:
            right = thing is not None and verb.i < thing.i < link.i
            first = thing.left_edge.i if thing is not None and right else link.i + 1
            content = between(verb.doc, min(first, link.right_edge.i), link.right_edge.i)
            return candidate(rows["as"], cue_of(frame), _source(frame), (content,))
    if "name" in rows:
        named = _named(frame)
        if named is not None:
            return candidate(rows["name"], cue_of(frame), _source(frame), (named,))
    for preposition in frame.prepositions:
        if preposition.i < verb.i:
            continue
        complement = _complement(preposition)
        if complement is None:
            continue
        word = preposition.lower_
        row = rows.get(f"object-{word}") if thing is not None else rows.get(word)
        if row is None and thing is not None and thing.i < verb.i:
            row = rows.get(word)
        if row is not None and complement.lower_ not in ANAPHORA:
            last = preposition if word in FIXED and thing is None else None
            return candidate(row, cue_of(frame, last), _source(frame), (_subtree(complement),))
    if thing is not None:
        return _object_preposition(frame, thing, rows) or _plain_object(frame, thing, rows)
    return None


def _object_preposition(frame: Frame, thing: Token, rows: dict[str, Cue]) -> Candidate | None:
    """Take "accused X of Y" where the parse hangs "of Y" to X."""
    for child in thing.rights:
        row = rows.get(f"object-{child.lower_}") if child.dep_ == "prep" else None
        complement = _complement(child) if row is not None else None
        if row is not None and complement is not None:
            return candidate(row, _cue(frame), _source(frame), (_subtree(complement),))
    return None


def _plain_object(frame: Frame, thing: Token, rows: dict[str, Cue]) -> Candidate | None:
    row = rows.get("object")
    if row is None or thing.lower_ in ANAPHORA or thing.i < frame.verb.i:
        return None
    return candidate(row, _cue(frame), _source(frame), (_subtree(thing),), says="quote" in rows)


def _named(frame: Frame) -> Span | None:
    """Return what "call X Y" says: from X to Y where both follow, Y alone where X stands outside."""
    verb, thing, predicate = frame.verb, frame.object, frame.predicate
    doc = verb.doc
    if predicate is not None and predicate.i > verb.i:
        right = thing is not None and verb.i < thing.i < predicate.i
        first = thing.left_edge.i if thing is not None and right else predicate.left_edge.i
        return between(doc, first, predicate.right_edge.i)
    if thing is not None and thing.i > verb.i and verb.dep_ in {"relcl", "pcomp", "ccomp", "csubj", "acl"}:
        return _subtree(thing)
    return None


def _passive(frame: Frame, rows: dict[str, Cue]) -> Candidate | None:
    verb = frame.verb
    subject = frame.subject
    if subject is None and verb.dep_ in {"acl", "relcl"}:
        subject = verb.head
    infinitive = frame.infinitive or (
        frame.clause if frame.clause is not None and _has_to(frame.clause) else None
    )
    row = rows.get("passive-infinitive")
    if row is not None and infinitive is not None and infinitive.i > verb.i:
        pieces = [_from_to(infinitive)]
        said_of = (
            subject is not None and subject.i < verb.i and subject.lower_ not in {"that", "who", "which"}
        )
        if subject is not None and said_of and verb.lemma_ not in ASKING:
            pieces.insert(0, noun_phrase(subject))
        return candidate(row, _cue(frame), _source(frame), tuple(pieces))
    row = rows.get("passive-clause")
    if row is not None and frame.clause is not None:
        if frame.clause.i > verb.i:
            return candidate(row, _cue(frame), _source(frame), (clause(frame.clause),))
        return candidate(row, _cue(frame), _source(frame), _around(frame.clause, verb))
    for preposition in frame.prepositions:
        row = rows.get(f"passive-{preposition.lower_}")
        complement = _complement(preposition)
        if row is not None and complement is not None and preposition.i > verb.i:
            return candidate(row, _cue(frame), _source(frame), (_subtree(complement),))
    row = rows.get("passive-predicate")
    if row is not None and frame.predicate is not None and subject is not None:
        content = (noun_phrase(subject), _subtree(frame.predicate))
        return candidate(row, _cue(frame), _source(frame), content)
    row = rows.get("passive-subject")
    if row is not None and subject is not None and subject.i < verb.i and frame.predicate is None:
        return candidate(row, _cue(frame), _source(frame), (noun_phrase(subject),))
    return None


def _embedded(frame: Frame, rows: dict[str, Cue]) -> Candidate | None:
    """Take a verb of saying that is put into, or after, what is said: "Sales, he said, were great"."""
    verb = frame.verb
    row = rows.get("clause")
    if row is None or verb.dep_ not in _EMBEDDED or frame.object is not None or frame.clause is not None:
        return None
    host = verb.head
    as_clause = any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.lefts)
    if own_subject(verb) is None or host.pos_ not in {"VERB", "AUX", "NOUN", "PROPN", "ADJ"}:
        return None
    if verb.dep_ == "advcl" and not as_clause:
        return None
    if any(c.dep_ in {"mark", "cc"} for c in verb.lefts) and not as_clause:
        return None
    doc = verb.doc
    first, last = verb.left_edge.i, verb.right_edge.i
    start, end = host.left_edge.i, host.right_edge.i
    marks = {",", "—", "–", "-", '"', "”"}
    if not (doc[first].text in marks or (first > start and doc[first - 1].text in marks)) and not as_clause:
        return None
    pieces = []
    if start < first:
        pieces.append(between(doc, start, first - 1))
    if end > last:
        pieces.append(between(doc, last + 1, end))
    return candidate(row, _cue(frame), _source(frame), tuple(pieces), says="quote" in rows)


def _beside_quotation(frame: Frame, rows: dict[str, Cue]) -> Candidate | None:
    """Leave the content to a quotation beside the cue."""
    row = rows.get("quote")
    if row is None or frame.clause is not None:
        return None
    return candidate(row, _cue(frame), _source(frame), (), says=True)


def _phrase(frame: Frame, seconds: frozenset[str]) -> Token | None:
    """Return the second word of a fixed phrase ("make clear") if it follows within a few words."""
    verb = frame.verb
    for token in verb.doc[verb.i + 1 : verb.i + 5]:
        if token.lower_ in seconds:
            return token
    return None


def _fixed_phrase(frame: Frame, second: Token, rows: dict[str, Cue]) -> Candidate | None:
    verb, doc = frame.verb, frame.verb.doc
    close = second.i - verb.i <= 2
    cue = between(doc, verb.i, second.i if close else verb.i)
    heads = [*second.rights, *second.head.rights, *verb.rights]
    row = rows.get("clause")
    if row is not None:
        for child in heads:
            if (
                child.i > second.i
                and child.dep_ in {"ccomp", "csubj", "acl", "advcl"}
                and child.pos_ in {"VERB", "AUX"}
            ):
                return candidate(row, cue, _source(frame), (clause(child),), says=True)
        fronted = frame.clause
        if fronted is not None and fronted.i < verb.i:
            return candidate(row, cue, _source(frame), _around(fronted, verb), says=True)
        embedded = _embedded(frame, rows)
        if embedded is not None:
            return embedded
    row = rows.get("quote")
    return candidate(row, cue, _source(frame), (), says=True) if row is not None else None
