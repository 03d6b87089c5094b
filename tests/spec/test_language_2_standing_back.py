# SPDX-License-Identifier: Apache-2.0
"""The language, 2. Clauses that stand back, statuses that end, what late figures would have done.

Answers 2 and 5 (what has ended is noted, not paid) and "Also": overrides.
"""

from __future__ import annotations

import pytest

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.base.finding import Finding
from pratique.register.acts import Consent, Propose, Report, Vote
from spec.small_accord import CASES, CLUSTER, FUND, THREE, Register, accord, figure

ANY_DAY = "2026-01-02"
OWN = "status in_force per party\n  while: ratified\n"
TELL = "duty tell\n  on: cluster\n  by: that party\n  must: say so\n"
RISE = """
measure level per party: number in 0..100
  from: series level of cholera, daily, by registers
  if missing: hold 400 days
"""


# --- clauses that stand back ----------------------------------------------------------------------

SMALL_AND_GREAT = """
rule small
  when: level > 20
  then: start watch at that party
rule great
  when: level > 60
  then: start alarm at that party
  overrides: small
status watch per party
  lapses: after 2 days
status alarm per party
  lapses: after 2 days
"""


def test_an_overriding_clause_takes_the_others_place_where_it_applies() -> None:
    """Same party, same time: brenia, where it is merely high, is under the lesser rule."""
    register = Register(RISE + SMALL_AND_GREAT)
    register.at(
        ANY_DAY, figure("level", "aldova", ANY_DAY, 80), figure("level", "brenia", ANY_DAY, 30)
    )
    assert [register.holds("watch", row) for row in (0, 1)] == [False, True]
    assert [register.holds("alarm", row) for row in (0, 1)] == [True, False]
    register.at("2026-01-03", figure("level", "aldova", "2026-01-03", 40))
    assert register.holds("watch", 0)


def test_where_it_may_apply_the_other_is_undetermined() -> None:
    """The level that the greater rule reads is unknown: the lesser waits."""
    register = Register(
        RISE.replace("level", "depth").replace("hold 400 days", "unknown")
        + RISE
        + SMALL_AND_GREAT.replace("level > 60", "depth > 60")
    )
    register.at(ANY_DAY, figure("level", "aldova", ANY_DAY, 80))
    assert not register.holds("watch")
    register.at("2026-01-02T06:00:00Z", figure("depth", "aldova", ANY_DAY, 5))
    assert register.holds("watch")


def test_an_overridden_duty_is_released_and_its_debt_ends_without_breach() -> None:
    """While an emergency holds the report is due daily to the hub, not weekly."""
    register = Register(
        RISE
        + "duty weekly\n  when: level > 20\n  by: that party\n  must: report\n"
        + "duty daily\n  when: level > 60\n  by: that party\n  must: report each day\n"
        + "  overrides: weekly\n",
    )
    register.at(ANY_DAY, figure("level", "aldova", ANY_DAY, 30))
    register.at("2026-01-03", figure("level", "aldova", "2026-01-03", 70))
    assert register.times("weekly", "ended") == ["2026-01-03T00:00:00Z"]
    register.at("2026-01-04", figure("level", "aldova", "2026-01-04", 30))
    assert len(register.times("weekly", "raised")) == 2


def test_a_partys_clause_overrides_a_shared_one_where_it_holds_for_any() -> None:
    register = Register(
        RISE
        + "power decide\n  by: any party\n  may: start alert\n"
        + "status alert\n  lapses: after 9 days\n"
        + "duty quiet\n  when: level > 60\n  by: that party\n  must not: decide anything\n"
        + "  overrides: decide\n"
    )
    register.at(
        ANY_DAY, figure("level", "aldova", ANY_DAY, 5), figure("level", "brenia", ANY_DAY, 70)
    )
    assert not register.standing.powers["decide"].is_open[0, 0]
    register.at("2026-01-03", figure("level", "brenia", "2026-01-03", 10))
    assert register.standing.powers["decide"].is_open[0, 0]


def test_a_circle_of_clauses_that_override_one_another_is_found() -> None:
    clauses = SMALL_AND_GREAT.replace(
        "at that party\nrule", "at that party\n  overrides: great\nrule"
    )
    program = compile_accord(read_accord(accord(RISE + clauses)))
    assert isinstance(program, Finding)
    assert program.code == "E605"


def test_a_status_stops_clauses_for_the_party_it_holds_for() -> None:
    """Whether it holds for brenia is not known: nothing is stopped for it."""
    register = Register(
        CLUSTER + TELL + RISE + "status excused per party\n  while: level > 60\n  stops: tell\n"
    )
    register.at(ANY_DAY, figure("level", "aldova", ANY_DAY, 70))
    register.at("2026-01-03", *(Report(measure="cluster", party=p) for p in ("aldova", "brenia")))
    assert [one.party for one in register.changes if one.edge == "raised"] == ["brenia"]


def test_a_status_that_stops_drawing_leaves_nothing_short() -> None:
    register = Register(
        FUND
        + RISE
        + "status suspended per party\n  while: level > 60\n  stops: drawing\n"
        + "rule help\n  when: level > 20\n  then: pay USD 10 from fund to that party\n"
    )
    register.at(
        ANY_DAY, figure("level", "aldova", ANY_DAY, 70), figure("level", "brenia", ANY_DAY, 30)
    )
    assert register.times("help", "used")
    drawn = [
        (one.party, one.edge) for one in register.changes if one.edge in ("committed", "short")
    ]
    assert drawn == [("brenia", "short")]


def test_a_status_that_stops_voting_takes_the_vote_away() -> None:
    """Of three parties one is suspended: two votes of two are all."""
    register = Register(
        RISE
        + "status suspended per party\n  while: level > 60\n  stops: voting\n"
        + "power declare\n  by: any party\n  may: start alert\n"
        + "  decided by: all of parties within 3 days\n  silence: refuses\n"
        + "status alert\n  lapses: after 9 days\n",
        THREE,
    )
    register.at(ANY_DAY, figure("level", "corvia", ANY_DAY, 70))
    register.at("2026-01-03", Propose(power="declare"))
    for hour, party in enumerate(THREE[:2], 1):
        ballot = Vote(power="declare", party=party, ballot="yes")
        register.at(f"2026-01-03T{hour:02}:00:00Z", ballot)
    assert register.holds("alert")


# --- how statuses end -----------------------------------------------------------------------------


def test_a_status_that_lapses_on_a_day_ends_when_it_begins_and_does_not_return() -> None:
    register = Register(
        RISE
        + "status pilot\n  while: any party (level > 20)\n  lapses: on 2026-01-05\n"
        + "status trial\n  lapses: on 2026-01-05\n"
        + "rule begin\n  on: again\n  then: start trial\n"
        + "measure again: event\n  from: acts\n"
    )
    register.at(ANY_DAY, figure("level", "aldova", ANY_DAY, 30), Report(measure="again"))
    assert register.holds("pilot")
    assert register.holds("trial")
    register.at("2026-01-05")
    assert register.times("pilot", "ends") == ["2026-01-05T00:00:00Z"]
    register.at("2026-01-06", figure("level", "aldova", "2026-01-06", 10))
    register.at("2026-01-07", figure("level", "aldova", "2026-01-07", 30), Report(measure="again"))
    assert not register.holds("pilot")
    assert not register.holds("trial")


def test_a_status_winds_down_for_a_time_after_its_end() -> None:
    """It is off for every condition; what was begun under it stays valid (permits ask)."""
    register = Register(
        RISE + "status waiver\n  while: any party (level > 20)\n  winds down: 3 days\n"
    )
    register.at(
        ANY_DAY, figure("level", "aldova", ANY_DAY, 30), figure("level", "brenia", ANY_DAY, 5)
    )
    register.at("2026-01-04T12:00:00Z", figure("level", "aldova", "2026-01-04", 10))
    rows = register.standing.statuses["waiver"]
    assert not register.holds("waiver")
    register.at("2026-01-07T23:00:00Z")
    assert rows.lasting(register.standing.now)[0, 0]
    register.at("2026-01-08")
    assert not rows.lasting(register.standing.now)[0, 0]


@pytest.mark.parametrize(
    ("clause", "finding"),
    [
        ("status s\n  while: any party (level > 1)\n  survives: s\n", "clauses survive `in_force`"),
        ("status s\n  lapses: on 2026-02-30\n", "not a day of the calendar"),
        ("status s\n  lapses: after 3 days\n  stops: nothing\n", "`nothing` is not defined"),
    ],
)
def test_what_a_status_cannot_say_is_found(clause: str, finding: str) -> None:
    found = read_accord(accord(RISE + clause)).findings
    assert any(finding in str(one.sentence) for one in found)


# --- what late figures would have set off ---------------------------------------------------------

HELP = "rule help\n  when: cases > 50\n  then: pay USD 10 from fund to that party\n"


def test_2_what_held_and_has_ended_is_noted_and_not_paid() -> None:
    """On 6 January it becomes known that there were 60 cases on the 3rd, and none since."""
    register = Register(CASES + FUND + HELP)
    for day in ("2026-01-02", "2026-01-04", "2026-01-05", "2026-01-06"):
        register.at(day, figure("cases", "aldova", day, 0))
    register.at("2026-01-06T09:00:00Z", figure("cases", "aldova", "2026-01-03", 60))
    assert register.times("help", "would_have_fired") == ["2026-01-06T09:00:00Z"]
    assert register.times("help", "used") == []
    register.at("2026-01-06T10:00:00Z", figure("cases", "aldova", "2026-01-03", 61))
    assert len(register.times("help", "would_have_fired")) == 1


def test_2_what_still_holds_fires_now_and_is_nothing_missed() -> None:
    """The report of the 3rd still holds on the 5th: it is paid, dated the 5th."""
    register = Register(CASES.replace("unknown", "hold 3 days") + FUND + HELP)
    register.at("2026-01-05T09:00:00Z", figure("cases", "aldova", "2026-01-03", 60))
    assert register.times("help", "used") == ["2026-01-05T09:00:00Z"]
    assert register.times("help", "would_have_fired") == []


def test_2_an_episode_that_was_paid_is_not_missed() -> None:
    """Paid on the 4th; that it began on the 3rd, as is known later, is the same episode."""
    register = Register(CASES + FUND + HELP)
    register.at("2026-01-04", figure("cases", "aldova", "2026-01-04", 60))
    register.at("2026-01-05", figure("cases", "aldova", "2026-01-05", 0))
    register.at("2026-01-06", figure("cases", "aldova", "2026-01-03", 60))
    assert register.times("help", "would_have_fired") == []


def test_2_nobody_is_said_to_have_missed_what_did_not_bind_it() -> None:
    register = Register(CASES + FUND + HELP + OWN, ratified=("brenia",))
    register.at("2026-01-05", Consent(how="ratify", party="aldova"))
    register.at("2026-01-06", figure("cases", "aldova", "2026-01-03", 60))
    assert register.times("help", "would_have_fired") == []


def test_2_a_window_that_was_full_then_counts_as_it_was() -> None:
    """The mean of three days passed 50 on the 4th, as is known when the 3rd is corrected."""
    register = Register(CASES + FUND + HELP.replace("cases > 50", "mean of cases over 3 days > 50"))
    for day, value in (("02", 60), ("03", 0), ("04", 60), ("05", 0), ("06", 0), ("07", 0)):
        date = f"2026-01-{day}"
        register.at(date, figure("cases", "aldova", date, value))
    assert register.times("help", "used") == []
    register.at("2026-01-08", figure("cases", "aldova", "2026-01-03", 60))
    assert register.times("help", "would_have_fired") == ["2026-01-08T00:00:00Z"]
