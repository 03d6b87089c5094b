# SPDX-License-Identifier: Apache-2.0
"""The language, chapter 6. Procedures: files of steps, their clocks, their ends, their permits.

A case stands at one step. An act performs it, or it passes by itself; then the ends say where the
case goes. Day 1 is 1 January 2026.
"""

from __future__ import annotations

import pytest

from pratique.accord.compile import compile_accord
from pratique.accord.method import Gives, Method, Parameter
from pratique.accord.model import read_accord
from pratique.base.finding import Finding
from pratique.base.moment import day_from_iso
from pratique.base.text import say
from pratique.engine.acts import intake_of
from pratique.engine.casework.open_cases import fits_a_case
from pratique.engine.refusal import NotTakenIn
from pratique.engine.standing import open_standing
from pratique.engine.step import advance
from pratique.engine.view import view
from pratique.register.acts import Act, Consent, Move, Open, Perform, Use
from spec.small_accord import Register, accord
from spec.small_procedures import (
    ASKED,
    REQUEST,
    filled,
    opened,
    standing_at,
    step,
)

# --- steps and ends -------------------------------------------------------------------------------


def test_a_case_goes_from_step_to_step_and_closes_after_the_last() -> None:
    register = filled()
    register.at("2026-01-02T09:00:00Z", opened(**ASKED))
    assert standing_at(register) == [(1, "review")]
    register.at("2026-01-03T09:00:00Z", step("request.review", approved=30))
    register.at("2026-01-04T09:00:00Z", step("request.release"))
    assert standing_at(register) == [(1, "receive")]
    register.at("2026-01-05T09:00:00Z", step("request.receive", by="aldova", received=30))
    assert standing_at(register) == []
    assert register.times("request.review", "done") == ["2026-01-03T09:00:00Z"]
    assert register.times("request", "done") == ["2026-01-05T09:00:00Z"]


def test_a_step_sends_what_a_field_says() -> None:
    register = filled()
    register.at("2026-01-02T09:00:00Z", opened(**ASKED))
    register.at("2026-01-03T09:00:00Z", step("request.review", approved=30))
    assert register.available("stock") == 160
    changes = register.at("2026-01-04T09:00:00Z", step("request.release"))
    assert [(one.edge, one.party, one.amount) for one in changes if one.amount] == [
        ("committed", "aldova", 30)
    ]
    assert register.available("stock") == 130


def test_an_end_closes_the_case_and_is_a_change() -> None:
    clauses = REQUEST + (
        "status sorry per party\n  lapses: after 3 days\n"
        "rule regret\n  on: refused of request done\n  then: start sorry at that party\n"
    )
    register = filled(clauses)
    register.at("2026-01-02T09:00:00Z", opened("brenia", **ASKED))
    register.at("2026-01-03T09:00:00Z", step("request.review", approved=0))
    assert register.times("request.refused", "done") == ["2026-01-03T09:00:00Z"]
    assert register.times("request", "done") == ["2026-01-03T09:00:00Z"]
    assert not register.holds("sorry", 0)
    assert register.holds("sorry", 1)


def test_the_clock_of_a_step_counts_from_the_step_that_it_names() -> None:
    register = filled()
    register.at("2026-01-02T09:00:00Z", opened(**ASKED))
    register.at("2026-01-03T09:00:00Z", step("request.review", approved=30))
    register.at("2026-01-20")
    assert register.times("request.release", "missed") == ["2026-01-05T09:00:00Z"]
    register.at("2026-01-21T09:00:00Z", step("request.release"))
    # A missed step stays owed, and is missed once.
    assert register.times("request.release", "done") == ["2026-01-21T09:00:00Z"]
    assert register.times("request.release", "missed") == ["2026-01-05T09:00:00Z"]


def test_what_is_done_at_the_deadline_is_in_time() -> None:
    register = filled()
    register.at("2026-01-02T09:00:00Z", opened(**ASKED))
    register.at("2026-01-05T00:00:00Z", step("request.review", approved=30))
    assert register.times("request.review", "missed") == []


def test_an_end_that_names_a_step_sends_the_case_there() -> None:
    clauses = REQUEST.replace(
        "ends: ", "ends: review at receive when received < approved; refused at release when late; "
    )
    register = filled(clauses)
    register.at("2026-01-02T09:00:00Z", opened(**ASKED))
    register.at("2026-01-03T09:00:00Z", step("request.review", approved=30))
    register.at("2026-01-03T10:00:00Z", step("request.release"))
    register.at("2026-01-04T09:00:00Z", step("request.receive", by="aldova", received=20))
    assert standing_at(register) == [(1, "review")]
    register.at("2026-01-05T09:00:00Z", step("request.review", approved=10))
    # The clock of release runs from when review was last done.
    register.at("2026-01-20")
    assert register.times("request.release", "missed") == ["2026-01-07T09:00:00Z"]
    assert register.times("request.refused", "done") == ["2026-01-07T09:00:00Z"]
    assert standing_at(register) == []


def test_steps_of_one_moment_follow_one_another_whatever_their_order() -> None:
    register = filled()
    acts: list[Act] = [
        step("request.release"),
        step("request.review", approved=5),
        opened(**ASKED),
    ]
    register.at("2026-01-02T09:00:00Z", *acts)
    assert standing_at(register) == [(1, "receive")]


def test_a_loop_goes_round_once_in_a_moment() -> None:
    clauses = (
        "body hub\nprocedure ladder\n  opened by: any party\n"
        "  step first: by hub\n  step second: by hub\n  ends: first at second\n"
    )
    register = Register(clauses)
    acts = [step("ladder.first"), step("ladder.second"), step("ladder.first")]
    register.at("2026-01-02", opened(procedure="ladder"), *acts)
    assert standing_at(register, "ladder") == [(1, "first")]
    assert len(register.times("ladder.first", "done")) == 1


# --- who acts, many, waiting, computed ------------------------------------------------------------


def test_all_the_actors_of_a_step_must_act() -> None:
    clauses = "body hub, panel\nprocedure joint\n  opened by: hub\n  step sign: by hub, panel\n"
    register = Register(clauses)
    register.at("2026-01-02T01:00:00Z", Open(procedure="joint"))
    register.at("2026-01-02T02:00:00Z", step("joint.sign", by="panel"))
    assert register.times("joint", "done") == []
    register.at("2026-01-02T03:00:00Z", step("joint.sign", by="hub"))
    assert register.times("joint", "done") == ["2026-01-02T03:00:00Z"]


TENDER = """
body hub
people supplier
procedure tender
  opened by: hub
  asks: wanted: count
  step offers: by supplier, many, within 10 days, gives offered: count
  step award: by hub, gives chosen: count
  ends: failed at offers when offered < wanted
"""


def test_a_step_of_many_gathers_until_its_time_is_up() -> None:
    register = Register(TENDER)
    register.at("2026-01-01T09:00:00Z", Open(procedure="tender", fields={"wanted": 50}))
    register.at("2026-01-02T09:00:00Z", step("tender.offers", by="supplier", offered=30))
    register.at("2026-01-03T09:00:00Z", step("tender.offers", by="supplier", offered=25))
    assert standing_at(register, "tender") == [(1, "offers")]
    register.at("2026-01-20")
    assert register.times("tender.offers", "done") == ["2026-01-12T00:00:00Z"]
    assert standing_at(register, "tender") == [(1, "award")]
    assert view(register.standing)["cases"]["tender"][0][0]["fields"]["offered"] == 55


def test_a_step_of_many_that_gathers_nothing_is_missed_and_done() -> None:
    register = Register(TENDER)
    register.at("2026-01-01T09:00:00Z", Open(procedure="tender", fields={"wanted": 50}))
    register.at("2026-01-20")
    assert register.times("tender.offers", "missed") == ["2026-01-12T00:00:00Z"]
    assert register.times("tender.offers", "done") == ["2026-01-12T00:00:00Z"]
    # What was never offered is unknown, not zero: the end is not surely met.
    assert standing_at(register, "tender") == [(1, "award")]


def test_a_waiting_step_passes_by_itself() -> None:
    clauses = (
        "body hub\nprocedure pause\n  opened by: hub\n  step cool: wait 3 days\n"
        "  step decide: by hub, within 1 day\n"
    )
    register = Register(clauses)
    register.at("2026-01-02T09:00:00Z", Open(procedure="pause"))
    register.at("2026-01-20")
    assert register.times("pause.cool", "done") == ["2026-01-06T00:00:00Z"]
    assert register.times("pause.cool", "missed") == []
    assert register.times("pause.decide", "missed") == ["2026-01-08T00:00:00Z"]


def test_time_spent_at_a_step_that_does_not_count_stops_the_clock() -> None:
    clauses = (
        "body hub\nprocedure file\n  opened by: any party\n  asks: pages: count\n"
        "  step check: by hub, gives missing: count\n"
        "  step complete: by that party, gives added: count\n"
        "  step decide: by hub, within 48 hours of file, not counting complete\n"
        "  ends: decide at check when missing = 0\n"
    )
    register = Register(clauses)
    register.at("2026-01-02T00:00:00Z", opened(procedure="file", pages=3))
    register.at("2026-01-02T10:00:00Z", step("file.check", missing=2))
    register.at("2026-01-05T10:00:00Z", step("file.complete", by="aldova", added=2))
    register.at("2026-01-20")
    # 48 hours from opening, and the 72 hours that the party took.
    assert register.times("file.decide", "missed") == ["2026-01-07T00:00:00Z"]


def test_a_date_of_the_case_is_a_deadline() -> None:
    clauses = REQUEST.replace("step release: by hub", "step release: by hub, before needed_by")
    register = filled(clauses)
    register.at("2026-01-02T09:00:00Z", opened(quantity=1, needed_by="2026-01-04"))
    register.at("2026-01-03T09:00:00Z", step("request.review", approved=30))
    register.at("2026-01-20")
    assert register.times("request.release", "missed") == ["2026-01-04T00:00:00Z"]


def test_a_step_by_a_method_is_computed_at_once() -> None:
    doubled = Method(
        "doubled",
        say("twice a number"),
        "a test",
        (Parameter("number", say("what is doubled"), "count", per_party=True),),
        Gives("count", like="number"),
        lambda number: number * 2,
    )
    clauses = (
        "body hub\nprocedure score\n  opened by: any party\n  asks: own: count\n"
        "  step rate: by method doubled(own), gives rated: count\n"
        "  step decide: by hub, within 1 day\n  ends: passed at rate when rated > 9\n"
    )
    source = accord(clauses)
    program = compile_accord(read_accord(source, {"doubled": doubled}))
    assert not isinstance(program, Finding)
    standing = open_standing(program, day_from_iso("2026-01-01") * 86_400)
    acts = [opened(procedure="score", own=4), opened("brenia", procedure="score", own=5)]
    [outcome] = advance(standing, standing.begins, intake_of(program, acts))
    assert outcome.edges["score.rate", "done"].tolist() == [[True, True]]
    assert outcome.edges["score.passed", "done"].tolist() == [[False, True]]
    [[case], none] = view(standing)["cases"]["score"]
    assert (case["step"], case["fields"]["rated"], none) == ("decide", 8, [])


def test_a_field_may_name_the_party_that_acts() -> None:
    clauses = (
        "body hub\nprocedure lend\n  opened by: any party\n  asks: lender: party; wanted: count\n"
        "  step answer: by lender, within 6 hours, gives lent: count\n"
    )
    register = Register(clauses, ("aldova", "brenia", "corvia"))
    register.at("2026-01-02T01:00:00Z", opened(procedure="lend", lender="corvia", wanted=3))
    register.at("2026-01-02T02:00:00Z", step("lend.answer", by="brenia", lent=1))
    assert register.times("lend.answer", "done") == []
    register.at("2026-01-02T03:00:00Z", step("lend.answer", by="corvia", lent=1))
    assert register.times("lend.answer", "done") == ["2026-01-02T03:00:00Z"]


def test_a_clock_may_count_from_a_change_and_have_another_time_when_something_holds() -> None:
    clauses = (
        "body hub\nstatus alarm\n  lapses: after 90 days\n"
        "power declare\n  by: hub\n  may: start alarm\n"
        "procedure help\n  opened by: any party\n"
        "  step answer: by hub, within 10 days of alarm starts or 48 hours when alarm\n"
    )
    register = Register(clauses)
    register.at("2026-01-02T00:00:00Z", opened(procedure="help"))
    register.at("2026-01-03T09:00:00Z", Use(power="declare"))
    register.at("2026-01-04T09:00:00Z", opened("brenia", procedure="help"))
    register.at("2026-01-20")
    assert register.times("help.answer", "missed") == [
        "2026-01-05T09:00:00Z",  # 48 hours from when the alarm started
        "2026-01-13T00:00:00Z",  # no alarm yet: ten days from the opening
    ]


def test_a_case_opens_only_where_the_agreement_binds_and_goes_on_where_it_no_longer_does() -> None:
    clauses = REQUEST + "status in_force per party\n  while: ratified\n"
    register = Register(clauses, ("aldova", "brenia"))
    register.at("2026-01-02T09:00:00Z", opened(**ASKED))
    assert standing_at(register) == [(1, "review")]
    register.at("2026-01-02T10:00:00Z", Consent(how="withdraw", party="aldova"))
    register.at("2026-01-02T11:00:00Z", opened(**ASKED))
    assert standing_at(register) == [(1, "review")]
    register.at("2026-01-03T09:00:00Z", step("request.review", approved=0))
    assert standing_at(register) == []


def test_who_may_open_follows_from_the_text() -> None:
    text = REQUEST.replace("opened by: any party", "opened by: poor")
    register = filled(text + "party corvia\n  in: poor\n")
    register.at("2026-01-02T09:00:00Z", opened("corvia", **ASKED))
    assert register.times("request", "opened") == ["2026-01-02T09:00:00Z"]
    with pytest.raises(NotTakenIn, match="`aldova` may not open `request`; this is for"):
        intake_of(register.program, [opened(**ASKED)])


# --- what follows ---------------------------------------------------------------------------------


def test_what_is_missed_has_its_own_consequence_or_that_of_any_step() -> None:
    clauses = REQUEST + (
        "  if missed: start late at that party\n  if missed release: start stuck at that party\n"
        "status late per party\n  lapses: after 30 days\n"
        "status stuck per party\n  lapses: after 30 days\n"
    )
    register = filled(clauses)
    register.at("2026-01-02T09:00:00Z", opened(**ASKED), opened("brenia", **ASKED))
    register.at("2026-01-03T09:00:00Z", Perform(duty="request.review", by="hub", at="brenia",
                                                fields={"approved": 1}))  # fmt: skip
    register.at("2026-01-20")
    assert (register.holds("late", 0), register.holds("stuck", 0)) == (True, False)
    assert (register.holds("late", 1), register.holds("stuck", 1)) == (False, True)


def test_a_procedure_opens_another() -> None:
    clauses = REQUEST + (
        "  at refused: open appeal at that party\n"
        "procedure appeal\n  opened by: any party\n  step hear: by hub, within 3 days\n"
    )
    register = filled(clauses)
    register.at("2026-01-02T09:00:00Z", opened(**ASKED))
    register.at("2026-01-03T09:00:00Z", step("request.review", approved=0))
    assert register.times("appeal", "opened") == ["2026-01-03T09:00:00Z"]
    register.at("2026-01-20")
    assert register.times("appeal.hear", "missed") == ["2026-01-07T00:00:00Z"]


def test_a_hold_is_released_when_its_case_closes() -> None:
    clauses = (
        "body hub\npool beds: count\n  from: 10 of aldova, 10 of brenia\n"
        "procedure stay\n  opened by: any party\n  asks: wanted: count\n"
        "  step admit: by hub, holds wanted from beds for that party\n"
        "  step discharge: by that party\n"
    )
    register = Register(clauses)
    register.at(
        "2026-01-01T01:00:00Z", Move(pool="beds", kind="contribution", party="aldova", amount=10)
    )
    register.at("2026-01-02T09:00:00Z", opened(procedure="stay", wanted=4))
    register.at("2026-01-02T10:00:00Z", step("stay.admit"))
    assert register.available("beds") == 6
    register.at("2026-01-05T10:00:00Z", step("stay.discharge", by="aldova"))
    register.at("2026-01-05T11:00:00Z")
    assert register.available("beds") == 10


# --- acts that fit and acts that do not -----------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (opened(quantity=3), "`needed_by` is asked for, and not given"),
        (opened(quantity=3, needed_by="soon"), "`needed_by` must be a day such as `2014-07-16`"),
        (opened(quantity="3.5", needed_by="2026-01-04"), "`quantity` must be a whole number"),
        (opened(quantity=-1, needed_by="2026-01-04"), "`quantity` cannot be -1"),
        (opened(colour="red", **ASKED), "`colour` is not asked for here"),
        (opened(procedure="tender"), "the accord's text has no procedure `tender`"),
        (step("request.review", by="brenia", approved=1), "`brenia` does not perform"),
        (step("request.revieww", approved=1), "`request` has no step `revieww`"),
    ],
)
def test_an_act_that_the_text_has_no_place_for_is_not_taken_in(act: Act, why: str) -> None:
    with pytest.raises(NotTakenIn) as refused:
        intake_of(filled().program, [act])
    assert why in str(refused.value)


def test_an_act_on_a_case_that_is_not_there_is_refused() -> None:
    register = filled()
    register.at("2026-01-02T09:00:00Z", opened(**ASKED))
    with pytest.raises(NotTakenIn, match="case 1 of `request` stands at `review`, not at `rel"):
        fits_a_case(register.standing, step("request.release", case=1))
    with pytest.raises(NotTakenIn, match="`request` has no open case 2"):
        fits_a_case(register.standing, step("request.review", case=2))
    intake = intake_of(register.program, [step("request.release")])
    [outcome] = advance(register.standing, register.standing.now + 60, intake)
    assert [(what, name) for what, name, _ in outcome.refused] == [("perform", "request.release")]
    assert standing_at(register) == [(1, "review")]


def test_a_case_is_named_by_its_number_else_the_oldest_is_meant() -> None:
    register = filled()
    register.at("2026-01-02T09:00:00Z", opened(**ASKED))
    register.at("2026-01-02T10:00:00Z", opened(**ASKED))
    register.at("2026-01-02T11:00:00Z", step("request.review", case=2, approved=1))
    assert standing_at(register) == [(1, "review"), (2, "release")]
    register.at("2026-01-02T12:00:00Z", step("request.review", approved=1))
    assert standing_at(register) == [(1, "release"), (2, "release")]
