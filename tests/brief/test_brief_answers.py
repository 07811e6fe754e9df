from itertools import count

from standoff.brief.answers import answers
from standoff.records import Event

numbers = count(1)


def event(act_type, source, target, issue="transit", date=None, modality="actual"):
    key = next(numbers)
    return Event(
        key,
        act_type,
        source,
        target,
        date,
        None,
        issue,
        modality,
        (key,),
        (1,),
        1,
        date_known=date is not None,
    )


def fate(*events):
    return [answer.fate for answer in answers(events)]


def test_a_refusal_by_the_one_asked_on_the_same_issue_answers():
    assert fate(event("REQUEST", ("NRL",), ("SDM",)), event("REJECT", ("SDM", "EU"), ("NRL",))) == ["refused"]


def test_a_refusal_addressed_to_nobody_named_answers_too():
    assert fate(event("REQUEST", ("NRL",), ("SDM",)), event("REJECT", ("SDM",), ())) == ["refused"]


def test_other_issues_other_refusers_and_other_demanders_do_not_answer():
    demand = event("REQUEST", ("NRL",), ("SDM",))
    assert fate(demand, event("REJECT", ("SDM",), ("NRL",), issue="fishing")) == ["unanswered"]
    assert fate(demand, event("REJECT", ("EU",), ("NRL",))) == ["unanswered"]
    assert fate(demand, event("REJECT", ("SDM",), ("UN",))) == ["unanswered"]
    assert fate(demand, event("REJECT", ("SDM",), ("NRL",), modality="possible")) == ["unanswered"]


def test_what_was_refused_before_it_was_demanded_is_no_answer():
    demand = event("REQUEST", ("NRL",), ("SDM",), date="2031-03-05")
    assert fate(demand, event("REJECT", ("SDM",), ("NRL",), date="2031-03-04")) == ["unanswered"]
    assert fate(demand, event("REJECT", ("SDM",), ("NRL",), date="2031-03")) == ["refused"]
    assert fate(demand, event("REJECT", ("SDM",), ("NRL",), date="2031-03-06")) == ["refused"]


def test_grants_and_mixed_answers_are_told_apart():
    demand = event("REQUEST", ("NRL",), ("SDM",))
    grant, refusal = event("CONCEDE", ("SDM",), ("NRL",)), event("REJECT", ("SDM",), ("NRL",))
    assert fate(demand, grant) == ["granted"]
    assert fate(demand, refusal, grant) == ["refused and granted"]


def test_nobody_refuses_their_own_demand():
    assert fate(event("REQUEST", ("NRL",), ()), event("REJECT", ("NRL",), ())) == ["unanswered"]
    assert fate(event("REQUEST", ("NRL",), ()), event("REJECT", ("SDM",), ())) == ["refused"]


def test_demands_that_are_only_feared_and_demands_without_an_issue_stay_without_an_answer():
    assert fate(event("REQUEST", ("NRL",), ("SDM",), modality="possible")) == []
    assert fate(event("REQUEST", ("NRL",), ("SDM",), ""), event("REJECT", ("SDM",), ("NRL",), "")) == [
        "unanswered"
    ]
