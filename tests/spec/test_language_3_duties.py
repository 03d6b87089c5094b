# SPDX-License-Identifier: Apache-2.0
"""Language, chapter 3. Duties: every clock, who owes, late reports, what a raising draws."""

from __future__ import annotations

import pytest

from pratique.accord.model import read_accord
from pratique.base.moment import iso_moment, moment_from_iso
from pratique.engine.acts import intake_of
from pratique.engine.happening import happenings_of
from pratique.engine.step import advance
from pratique.engine.view import view
from pratique.register.acts import Move, Perform, Report
from spec.small_accord import CASES, CLUSTER, TWO, Register, accord, figure

ALERT = CASES + "status alert per party\n  while: cases > 50\n"
HAPPENED = Report(measure="cluster", party="aldova")
DONE = Perform(by="aldova", duty="notify")
NOTIFY = CLUSTER + "duty notify\n  on: cluster\n  by: that party\n  must: tell the others\n"
TEAMS = (
    CLUSTER + "body hub\npool teams: count\n  from: acts\n  kept by: hub\n"
    "status wave per party\n  lapses: after 3 days\n"
    "rule begins\n  on: cluster\n  then: start wave\n"
)


def due(register: Register, duty: str, row: int = 0) -> list[str]:
    """Return when each open debt of a row was raised and is due."""
    found = []
    for raised, ends, _ in view(register.standing)["debts"][duty][row]:
        found.append(f"{iso_moment(raised)} {iso_moment(ends) if ends is not None else 'never'}")
    return found


def found(clauses: str, parties: tuple[str, ...] = TWO) -> list[str]:
    """Return what the reader says of the clauses: code and sentence."""
    read = read_accord(accord(clauses, parties))
    return [f"{one.code} {one.sentence}" for one in read.findings]


# --- clocks ---------------------------------------------------------------------------------------


def test_a_time_counts_from_a_change_where_one_is_named() -> None:
    """Three days of the alert's start, not of the cluster that raises the debt."""
    register = Register(
        ALERT + NOTIFY + "  within: 3 days of alert starts\n",
    )
    register.at("2026-01-02", figure("cases", "aldova", "2026-01-02", 60))
    register.at("2026-01-04T10:00:00Z", HAPPENED)
    assert due(register, "notify") == ["2026-01-04T10:00:00Z 2026-01-06T00:00:00Z"]


def test_a_change_that_has_not_happened_yet_leaves_the_time_to_the_raising() -> None:
    """No alert so far in aldova; brenia's is brenia's."""
    register = Register(ALERT + NOTIFY + "  within: 3 hours of alert starts\n")
    register.at("2026-01-02", figure("cases", "brenia", "2026-01-02", 60))
    register.at("2026-01-04T10:00:00Z", HAPPENED)
    assert due(register, "notify") == ["2026-01-04T10:00:00Z 2026-01-04T13:00:00Z"]


def test_a_change_of_the_same_moment_counts() -> None:
    """What raises the debt may be what its time counts from."""
    register = Register(
        ALERT + "duty report\n  on: alert starts\n  by: that party\n  must: publish\n"
        "  within: 2 days of alert starts\n"
    )
    register.at("2026-01-02", figure("cases", "aldova", "2026-01-02", 60))
    assert due(register, "report") == ["2026-01-02T00:00:00Z 2026-01-05T00:00:00Z"]


def test_what_was_due_before_it_was_raised_is_missed_a_second_later() -> None:
    """The alert began ten days ago; nothing is owed twice, nothing waits for the next stop."""
    register = Register(ALERT + NOTIFY + "  within: 3 days of alert starts\n")
    for day in range(2, 13):
        register.at(f"2026-01-{day:02}", figure("cases", "aldova", f"2026-01-{day:02}", 60))
    register.at("2026-01-12T10:00:00Z", HAPPENED)
    register.at("2026-01-13")
    assert register.times("notify", "missed") == ["2026-01-12T10:00:01Z"]


def test_another_time_holds_where_a_condition_surely_does() -> None:
    """Four hours in an alert, two days otherwise; an unknown number of cases is no alert."""
    clause = ALERT + NOTIFY + "  within: 2 days or 4 hours when cases > 50\n"
    for value, ends in (
        (60, "2026-01-02T16:00:00Z"),
        (3, "2026-01-05T00:00:00Z"),
        ("unknown", "2026-01-05T00:00:00Z"),
    ):
        register = Register(clause)
        register.at(
            "2026-01-02T12:00:00Z", figure("cases", "aldova", "2026-01-02", value), HAPPENED
        )
        assert due(register, "notify") == [f"2026-01-02T12:00:00Z {ends}"]


def test_before_a_day_is_until_that_day_begins() -> None:
    """Done in the last second of the day before is in time; then it is missed."""
    register = Register(NOTIFY + "  before: 2026-01-05\n")
    register.at("2026-01-02T12:00:00Z", HAPPENED)
    assert due(register, "notify") == ["2026-01-02T12:00:00Z 2026-01-05T00:00:00Z"]
    register.at("2026-01-06")
    assert register.times("notify", "missed") == ["2026-01-05T00:00:00Z"]


def test_with_a_time_and_a_day_the_earlier_counts() -> None:
    """Ten days, but before the 5th; raised on the 2nd of February, ten days from then are late."""
    register = Register(NOTIFY + "  within: 10 days\n  before: 2026-01-05\n")
    register.at("2026-01-02T12:00:00Z", HAPPENED)
    assert due(register, "notify") == ["2026-01-02T12:00:00Z 2026-01-05T00:00:00Z"]
    register = Register(NOTIFY + "  within: 10 hours\n  before: 2026-01-05\n")
    register.at("2026-01-02T12:00:00Z", HAPPENED)
    assert due(register, "notify") == ["2026-01-02T12:00:00Z 2026-01-02T22:00:00Z"]


@pytest.mark.parametrize(
    ("clock", "finding"),
    [
        ("within: 2 days of nothing starts", "E202 `nothing` is not defined"),
        ("within: 2 days of alert used", "E400 a status has no `used`"),
        (
            "within: 2 days or 1 day when alert starts",
            "E408 `alert starts` happens at one moment; a condition lasts",
        ),
        ("before: 2026-02-30", "E103 `2026-02-30` is not a day of the calendar"),
        ("before: alert", "E400 `alert` is a status; a term is wanted here"),
    ],
)
def test_a_clock_that_cannot_be_read_is_found(clock: str, finding: str) -> None:
    assert found(f"{ALERT}{NOTIFY}  {clock}\n") == [finding]


# --- late reports ---------------------------------------------------------------------------------


def told(register: Register, when: str, happened: str | None, act: Perform = DONE) -> set[str]:
    """Record an act that had happened at a moment, and return the changes of the moment."""
    moment = moment_from_iso(happened) if happened else None
    intake = intake_of(register.program, [act], [moment])
    outcomes = advance(register.standing, moment_from_iso(when), intake)
    return {one.edge for one in happenings_of(register.standing, outcomes[-1])}


def test_what_was_done_in_time_and_reported_late_is_met() -> None:
    """Missed on the 4th, reported on the 6th as done on the 3rd: met; the review that was called
    when it was missed stays.
    """
    clause = NOTIFY + "  within: 24 hours\n  if missed: start review\nstatus review\n"
    register = Register(clause + "  lapses: after 90 days\n")
    register.at("2026-01-03T10:00:00Z", HAPPENED)
    register.at("2026-01-05")
    assert register.times("notify", "missed") == ["2026-01-04T10:00:00Z"]
    edges = told(register, "2026-01-06T00:00:00Z", "2026-01-03T12:00:00Z")
    assert edges == {"done", "reported_late"}
    assert register.holds("review")
    debts = register.standing.duties["notify"]
    assert not debts.latest_missed.any()
    assert debts.latest_done[0].tolist() == [True, False]


def test_what_was_done_late_is_done_late() -> None:
    """At the deadline is in time, a second later is not, and no moment given is the record's."""
    for happened, edges in (
        ("2026-01-04T10:00:00Z", {"done", "reported_late"}),
        ("2026-01-04T10:00:01Z", {"done"}),
        (None, {"done"}),
    ):
        register = Register(NOTIFY + "  within: 24 hours\n")
        register.at("2026-01-03T10:00:00Z", HAPPENED)
        register.at("2026-01-05")
        assert told(register, "2026-01-06T00:00:00Z", happened) == edges


def test_an_act_discharges_the_debt_that_it_names() -> None:
    """Two clusters: the notice of the second is given; the first stays owed."""
    register = Register(NOTIFY + "  within: 5 days\n")
    register.at("2026-01-03T10:00:00Z", HAPPENED)
    register.at("2026-01-04T10:00:00Z", HAPPENED)
    second = Perform(by="aldova", duty="notify", raised="2026-01-04T10:00:00Z")
    assert told(register, "2026-01-05T00:00:00Z", None, second) == {"done"}
    assert [one[:20] for one in due(register, "notify")] == ["2026-01-03T10:00:00Z"]


# --- who owes -------------------------------------------------------------------------------------

DONORS = "party brenia, corvia\n  in: donors\n"


def grouped(clauses: str) -> Register:
    """Return a register of three parties, of which brenia and corvia are donors."""
    return Register(DONORS + clauses, ("aldova",))


def owing(register: Register, duty: str) -> list[int]:
    """Return the number of open debts in each row."""
    return [len(debts) for debts in view(register.standing)["debts"][duty]]


def test_a_group_owes_each_member_for_itself() -> None:
    register = grouped(CLUSTER + "duty help\n  on: cluster\n  by: donors\n  must: send help\n")
    register.at("2026-01-02", HAPPENED)
    assert owing(register, "help") == [0, 1, 1]


def test_some_of_a_group_owe() -> None:
    register = grouped(
        CASES + CLUSTER + "duty help\n  on: cluster\n  by: donors where (cases < 10)\n"
        "  must: send help\n"
    )
    register.at(
        "2026-01-02",
        figure("cases", "aldova", "2026-01-02", 3),
        figure("cases", "brenia", "2026-01-02", 3),
        figure("cases", "corvia", "2026-01-02", 30),
        HAPPENED,
    )
    assert owing(register, "help") == [0, 1, 0]


def test_people_owe_one_debt_or_one_for_each_party_that_it_is_about() -> None:
    people = "people nurses\n"
    shared = "duty train\n  every: 12 months\n  by: nurses\n  must: train\n"
    register = Register(people + shared)
    assert owing(register, "train") == [1]
    register = Register(
        people + CLUSTER + "duty tend\n  on: cluster\n  by: nurses\n  must: tend the sick\n"
    )
    register.at("2026-01-02", Report(measure="cluster", party="brenia"))
    assert owing(register, "tend") == [0, 1]
    register.at("2026-01-03", Perform(by="nurses", at="brenia", duty="tend"))
    assert owing(register, "tend") == [0, 0]


def test_the_chair_of_a_body_owes_as_the_body_does() -> None:
    register = Register(
        "body council\n" + CLUSTER + "duty convene\n  on: cluster\n  by: chair of council\n"
        "  must: convene the council\n"
    )
    register.at("2026-01-02", HAPPENED)
    assert owing(register, "convene") == [1, 0]


def test_each_partys_own_body_owes_its_own() -> None:
    """`body … per party`: a shared reason binds every party's body; a party's reason its own."""
    body = "body office per party\n"
    register = Register(
        body + "duty report\n  every: 1 month\n  by: office\n  must: report\n  within: 5 days\n"
    )
    assert owing(register, "report") == [1, 1]
    register.at("2026-01-02", Perform(by="office", at="brenia", duty="report"))
    assert owing(register, "report") == [1, 0]
    register = Register(body + CLUSTER + "duty go\n  on: cluster\n  by: office\n  must: go\n")
    register.at("2026-01-02", HAPPENED)
    assert owing(register, "go") == [1, 0]


@pytest.mark.parametrize(
    ("field", "where"),
    [("  to: that party\n", "to"), ("  if missed: open appeal\n", "open")],
)
def test_that_party_needs_a_party_also_through_what_follows(field: str, where: str) -> None:
    """A body owes it to all alike: whose case would be opened, to which party is it owed?"""
    appeal = "procedure appeal\n  opened by: any party\n  step hear: by hub, within 5 days\n"
    duty = "body hub\nduty report\n  every: 1 month\n  by: hub\n  must: report\n" + field
    codes = [one.partition(" ")[0] for one in found(appeal + duty)]
    assert codes == ["E406"], where


# --- what a raising draws -------------------------------------------------------------------------


def stocked(clauses: str) -> Register:
    """Return a register whose pool has ten teams."""
    register = Register(TEAMS + clauses)
    register.at(
        "2026-01-01T06:00:00Z",
        Move(amount=10, kind="contribution", party="aldova", pool="teams"),
    )
    return register


HELP = "duty help\n  on: cluster\n  by: {}\n  to: {}\n  must: send teams\n  draws: {}\n"


def test_a_raising_draws_for_each_recipient() -> None:
    """Two for the party that is hit, however many owe it."""
    register = stocked(HELP.format("each party", "that party", "2 per recipient from teams"))
    register.at("2026-01-02", HAPPENED)
    assert register.available("teams") == 8
    (drawn,) = [one for one in register.changes if one.edge == "committed"]
    assert (drawn.clause, drawn.party, drawn.amount) == ("help", "aldova", 2)


def test_it_draws_for_each_of_several_recipients() -> None:
    """By the hub, to the other parties: three each, of whom there is one."""
    register = stocked(HELP.format("hub", "each party", "3 per recipient from teams"))
    register.at("2026-01-02", HAPPENED)
    assert register.available("teams") == 4


def test_else_it_draws_for_the_debtor() -> None:
    register = stocked(HELP.format("other parties", "that party", "2 from teams"))
    register.at("2026-01-02", HAPPENED)
    (drawn,) = [one for one in register.changes if one.edge == "committed"]
    assert (drawn.party, drawn.amount) == ("brenia", 2)


def test_with_until_it_is_held_and_comes_back() -> None:
    """The wave lasts until the 6th begins: then the teams are free again."""
    register = stocked(
        HELP.format("that party", "that party", "2 per recipient from teams until wave ends")
    )
    register.at("2026-01-02", HAPPENED)
    assert register.available("teams") == 8
    register.at("2026-01-05")
    assert register.available("teams") == 8
    register.at("2026-01-07")
    assert register.available("teams") == 10


def test_a_body_that_owes_draws_as_a_body() -> None:
    register = stocked(HELP.format("hub", "that party", "2 from teams"))
    register.at("2026-01-02", HAPPENED)
    (drawn,) = [one for one in register.changes if one.edge == "committed"]
    assert (drawn.party, drawn.amount) == ("", 2)


def test_in_one_episode_it_draws_once_for_each_that_is_hit() -> None:
    """`when`: brenia's cases rise a day after aldova's; neither draws twice."""
    register = Register(
        CASES + "body hub\npool teams: count\n  from: acts\n  kept by: hub\n"
        "duty help\n  when: cases > 50\n  by: other parties\n  to: that party\n"
        "  must: send teams\n  draws: 2 per recipient from teams\n"
    )
    register.at(
        "2026-01-01T06:00:00Z", Move(amount=10, kind="contribution", party="aldova", pool="teams")
    )
    register.at("2026-01-02", figure("cases", "aldova", "2026-01-02", 60))
    assert register.available("teams") == 8
    register.at(
        "2026-01-03",
        figure("cases", "aldova", "2026-01-03", 60),
        figure("cases", "brenia", "2026-01-03", 60),
    )
    assert register.available("teams") == 6


@pytest.mark.parametrize(
    ("draws", "finding"),
    [
        ("2 from alert", "E400 `alert` is a status; a pool is wanted here"),
        ("USD 2 from teams", "E400 `teams` takes a count; this is an amount in USD"),
        ("2 from teams until nothing ends", "E202 `nothing` is not defined"),
    ],
)
def test_a_draw_that_cannot_be_met_is_found(draws: str, finding: str) -> None:
    clauses = ALERT + TEAMS + HELP.format("that party", "that party", draws)
    assert found(clauses) == [finding]


@pytest.mark.parametrize("trigger", ["when: alert", "on: alert starts"])
def test_what_comes_round_by_the_calendar_takes_no_trigger(trigger: str) -> None:
    """It would never be asked: the calendar alone says when the duty is owed anew."""
    said = found(
        ALERT + f"duty report\n  by: that party\n  must: report\n  {trigger}\n  every: 7 days\n"
    )
    name = trigger.partition(":")[0]
    assert said == [f"E103 `every` and `{name}` stand together"]
