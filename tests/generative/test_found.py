# SPDX-License-Identifier: Apache-2.0
"""Small cases of what random accords have found, each with what the page says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from generative.accords import document
from generative.happenings import Happening
from generative.intakes import intake_of
from generative.paired import differences, told_by_engine, told_by_oracle
from oracle.interpreter import Came
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.engine.standing import open_standing
from pratique.engine.step import step

DAY = 86_400
BEGINS = 20_513 * DAY
HOUR = 3_600


@dataclass(frozen=True)
class Case:
    """Clauses, what comes at which second after the beginning, and a change that must follow."""

    name: str
    clauses: str
    came: dict[int, Came]
    then: tuple[int, tuple[Any, ...]]
    days: int = 8


def seen(measure: str, value: float, day: int = 0, party: int | None = None) -> Came:
    """Return one figure."""
    return Came(observations=[(measure, party, 20_513 + day, value)])


FIGURE = "measure m: count in 0..6\n  from: acts\n  if missing: "
VOTE = "power p\n  by: hub\n  may: act at will\n  decided by: "

EVENTS = "measure e per party: event\n  from: acts\n"
POOL = "pool f: count\n  from: 9 per party\n  kept by: hub\n"

CASES = (
    Case(
        "a vote of those voting that cannot be carried any more closes at once",
        f"party a, b, c\nbody hub\n{VOTE}2/3 of parties voting within 3 days\n  silence: refuses",
        {0: Came(proposed=[("p", 0)]),
         HOUR: Came(ballots=[("p", 0, 0, "no"), ("p", 0, 1, "no")])},
        (HOUR, ("p", "refused", 0)),
    ),
    Case(
        "a vote of those voting that nobody can undo closes at once",
        f"party a, b, c\nbody hub\n{VOTE}2/3 of parties voting within 3 days\n  silence: abstains",
        {0: Came(proposed=[("p", 0)]),
         HOUR: Came(ballots=[("p", 0, 0, "yes"), ("p", 0, 1, "yes")])},
        (HOUR, ("p", "used", 0)),
    ),
    Case(
        "hours within a time judged by days come full at their hour",
        f"party a, b\nbody hub\n{FIGURE}hold 3 days\n"
        "rule r\n  when: (((m < 5) for 12 hours) in last 36 hours)\n  then: start s\nstatus s",
        {0: seen("m", 2)},
        (12 * HOUR, ("r", "used", 0)),
    ),
    Case(
        "the days that a status lingers count from the last second at which it held",
        f"party a, b\nbody hub\n{FIGURE}unknown\nstatus w\n  while: m >= 3\n  lingers: 1 days",
        {0: seen("m", 5), HOUR: seen("m", 1), DAY: seen("m", 1, 1)},
        (2 * DAY, ("w", "ends", 0)),
    ),
    Case(
        "a status lingers out, though it is unknown by then whether its condition holds",
        f"party a, b\nbody hub\n{FIGURE}unknown\nstatus w\n  while: m >= 3\n  lingers: 2 days",
        {0: seen("m", 5), HOUR: seen("m", 1)},
        (3 * DAY, ("w", "ends", 0)),
    ),
    Case(
        "a status that holds again at the very end of its lingering goes on",
        f"party a, b\nbody hub\n{FIGURE}hold 3 days\nstatus w\n  while: m >= 3\n  lingers: 2 hours",
        {0: seen("m", 5), HOUR: seen("m", 1), 3 * HOUR: seen("m", 5), 4 * HOUR: seen("m", 0)},
        (6 * HOUR, ("w", "ends", 0)),
    ),
    Case(
        "an `every` from a day long past goes on with the spell that begins next",
        "party a, b\nbody hub\nduty d\n  every: 1 weeks from 2026-02-24\n  by: hub\n"
        "  must: act promptly",
        {},
        (2 * DAY, ("d", "raised", 0)),
    ),
    Case(
        "a start and a renewal of what is off in one moment are one start",
        "party a, b\nbody hub\npower p\n  by: hub\n  may: start s\nrule r\n"
        "  when: any party (ratified)\n  then: start s\n"
        "status s\n  lapses: after 3 days\n  renewed by: p",
        {0: Came(ratified=[0], used=[("p", 0)])},
        (4 * DAY, ("s", "ends", 0)),
    ),
    Case(
        "what is assumed stands for each report that a window misses",
        "party a, b\nbody hub\nmeasure m: count in 0..9\n  from: series m, weekly, by who\n"
        "  if missing: assume 3\nstatus w\n  while: sum of m over 2 weeks >= 6",
        {},
        (0, ("w", "starts", 0)),
    ),
    Case(
        "of two uses allowed, the second needs the condition to have been false",
        f"party a, b\nbody hub\n{FIGURE}hold 9 days\nrule r\n  when: m > 3\n  then: start s\n"
        "  at most: 2 times in 3 days\nstatus s",
        {0: seen("m", 5), HOUR: seen("m", 1), 2 * HOUR: seen("m", 5)},
        (2 * HOUR, ("r", "used", 0)),
    ),
    Case(
        "what still holds is used again when no use is in the window any more",
        f"party a, b\nbody hub\n{FIGURE}hold 9 days\nrule r\n  when: m > 3\n  then: start s\n"
        "  at most: 2 times in 3 days\nstatus s",
        {0: seen("m", 5)},
        (3 * DAY, ("r", "used", 0)),
    ),
    Case(
        "what a party has reserved draws nothing for others",
        f"party a, c\nparty b\n  reserves: d\nbody hub\n{EVENTS}{POOL}"
        "duty d\n  on: e\n  by: that party\n  must: act promptly\n  to: a\n"
        "  draws: 3 per recipient from f",
        {HOUR: Came(events=[("e", 0), ("e", 2)])},
        (HOUR, ("short", "f", "d", 0, 3)),
    ),
    Case(
        "what is owed once to each is drawn when the agreement enters into force",
        f"party a, b\nbody hub\n{POOL}status in_force\n  while: all parties (ratified)\n"
        "duty d\n  by: a\n  must: act promptly\n  to: all parties\n"
        "  draws: 3 per recipient from f",
        {HOUR: Came(ratified=[0, 1])},
        (HOUR, ("short", "f", "d", 1, 1)),
    ),
    Case(
        "a hold that is cut is cut by the unit of its pool in each of its runs",
        f"party a, b\nbody hub\n{EVENTS}{POOL}  rounds: down to 2\n"
        "rule r\n  on: e\n  then: hold 4 from f for b until e",
        {0: Came(moves=[("f", "in", 0, 6)]), HOUR: Came(events=[("e", 0), ("e", 1)]),
         2 * HOUR: Came(events=[("e", 1)])},
        (2 * HOUR, ("f", "released", 1)),
    ),
    Case(
        "what another duty's end puts aside does not stir the seconds in which nothing ends",
        "party a, b\nbody hub\nduty d\n  by: hub\n  must: act promptly\n"
        "duty above\n  on: d done\n  by: a\n  must: act promptly\n  overrides: below\n"
        "duty below\n  by: b\n  must: act promptly",
        {HOUR: Came(performed=[("d", 0)])},
        (HOUR, ("above", "raised", 0)),
    ),
    Case(
        "a renewal moves each party's end once, also onto the end that another party had",
        "party a, b\nbody hub\nrule r\n  when: signed\n  then: start s at that party\n"
        "power p\n  by: hub\n  may: start s at all parties\n"
        "status s per party\n  lapses: after 1 days\n  renewed by: p",
        {0: Came(signed=[0]), HOUR: Came(used=[("p", 0)]), DAY: Came(signed=[1]),
         DAY + HOUR: Came(used=[("p", 0)])},
        (3 * DAY, ("s", "ends", 1)),
    ),
    Case(
        "a start that is undone leaves what holds by its own condition",
        "party a, b\nbody hub\nmeasure e: event\n  from: acts\n"
        "status w\n  while: (e in last 2 days)\n  renewed by: p\n  lapses: after 9 days\n"
        "power p\n  by: hub\n  may: start w\n  confirmed by: q within 1 hours\n"
        "power q\n  by: hub\n  may: act at will",
        {0: Came(used=[("p", 0)]), HOUR: Came(events=[("e", None)])},
        (HOUR, ("p", "refused", 0)),
    ),
    Case(
        "what is drawn for a run is asked when the run begins, not when debts moved before",
        "party a, b\nbody hub\npool g: count\n  from: 2 per party\n  kept by: hub\n"
        f"{POOL}duty d\n  when: g done\n  by: all parties\n  must: act promptly\n"
        "  to: all parties\n  draws: 3 per recipient from f\n  overrides: below\n"
        "duty below\n  by: b\n  must: act promptly",
        {HOUR: Came(moves=[("g", "in", 1, 2)])},
        (HOUR, ("short", "f", "d", 1, 1)),
    ),
    Case(
        "of several starts in one moment the one that lasts longest counts",
        "party a, b\nbody hub\nrule r1\n  when: signed of a\n  then: start s for 1 days\n"
        "rule r2\n  when: signed of a\n  then: start s for 3 days\nstatus s",
        {HOUR: Came(signed=[0])},
        (4 * DAY, ("s", "ends", 0)),
    ),
    Case(
        "a use that takes effect counts against opening the same power again at once",
        "party a, b\nbody hub\npower p\n  by: hub\n  may: act at will\n  notice: 12 hours\n"
        "  at most: once in 1 days",
        {after: Came(used=[("p", 0)]) for after in (0, 12 * HOUR, 2 * DAY)},
        (12 * HOUR, ("p", "used", 0)),
    ),
    Case(
        "a status that lapses while its condition is unclear is unclear at once",
        f"party a, b\nbody hub\n{FIGURE}hold 1 days\nstatus w\n  while: m >= 3\n"
        "  lapses: after 2 days\nrule r\n  when: not w\n  then: start s\nstatus s",
        {0: seen("m", 5)},
        (3 * DAY, ("w", "ends", 0)),
    ),
)  # fmt: skip


def program(clauses: str) -> Program:
    """Return the program of a few clauses."""
    accord = read_accord(document("UTC", clauses.splitlines()))
    assert accord.is_sound, [str(finding.sentence) for finding in accord.findings]
    compiled = compile_accord(accord)
    assert isinstance(compiled, Program)
    return compiled


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_engine_and_oracle_agree_on(case: Case) -> None:
    compiled = program(case.clauses)
    came = sorted((BEGINS + after, one) for after, one in case.came.items())
    happening = Happening(BEGINS, BEGINS + case.days * DAY, came)
    oracle = told_by_oracle(compiled, happening)
    after, change = case.then
    assert change in oracle.changes.get(BEGINS + after, [])
    engine = told_by_engine(compiled, [oracle.taken], happening.begins, happening.ends)[0]
    assert differences(engine, oracle) == []


def test_a_figure_of_a_day_not_yet_come_is_refused() -> None:
    compiled = program(f"party a, b\nbody hub\n{FIGURE}hold 3 days\nstatus w\n  while: m >= 3")
    early = seen("m", 5, 1)
    oracle = told_by_oracle(compiled, Happening(BEGINS, BEGINS + DAY, [(BEGINS, early)]))
    engine = told_by_engine(compiled, [oracle.taken], BEGINS, BEGINS + DAY)[0]
    assert differences(engine, oracle) == []
    assert oracle.changes == {}
    standing = open_standing(compiled, BEGINS, 1)
    outcome = step(standing, BEGINS, intake_of(compiled, [early]))
    assert [(act, name, where.tolist()) for act, name, where in outcome.refused] == [
        ("report", "m", [[True]])
    ]


def codes(clauses: str) -> list[str]:
    """Return the codes of what is wrong with a few clauses, read and compiled."""
    accord = read_accord(document("UTC", clauses.splitlines()))
    if not accord.is_sound:
        return [finding.code for finding in accord.findings]
    compiled = compile_accord(accord)
    return [] if isinstance(compiled, Program) else [compiled.code]


EVENT = "party a, b\nmeasure e: event\n  from: acts\n"
RULE = "rule r\n  when: {}\n  then: start s\nstatus s\n"


@pytest.mark.parametrize(
    ("clauses", "found"),
    [
        (f"{EVENT}status w\n  while: ((e in last 1 days) for 2 days)", []),
        (f"{EVENT}status w\n  while: (e or all parties (ratified)) in last 2 days", ["E408"]),
        (f"{EVENT}{RULE.format('not (r used in last 2 days)')}", ["E605"]),
        ("party a\nstatus w\n  while: all parties (ratified)", ["E104"]),
    ],
    ids=["what happened lately may last", "a change is not joined with what lasts",
         "a clause does not read its own change", "one party alone agrees on nothing"],
)  # fmt: skip
def test_texts_that_are_and_are_not_refused(clauses: str, found: list[str]) -> None:
    assert codes(clauses) == found
