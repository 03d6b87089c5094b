# SPDX-License-Identifier: Apache-2.0
"""The oracle on examples worked out by hand from `docs/explanation/one-moment.md`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from generative.accords import document
from oracle.interpreter import Came, Interpreter
from oracle.truth import ANYTHING, all_of, any_of, calculated, compared
from oracle.votes import Count, Tally
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.moment import Moment

DAY, HOUR = 86_400, 3_600
FIRST = 20_513
BEGINS = FIRST * DAY
HEAD = "party a, b, c\nbody hub\nbody council\n  seats: 1 per party\n  quorum: 2 parties\n"
FIGURE = "measure m per party: count in 0..9\n  from: acts\n  if missing: "
EVENT = "measure e per party: event\n  from: acts\n"


def run(
    clauses: str, came: dict[Moment, Came], days: int = 12
) -> tuple[Interpreter, dict[Moment, list[tuple[Any, ...]]]]:
    """Run an accord; return the interpreter, and what changed by seconds since the beginning."""
    accord = read_accord(document("UTC", (HEAD + clauses).splitlines()))
    assert accord.is_sound, [str(finding.sentence) for finding in accord.findings]
    program = compile_accord(accord)
    assert isinstance(program, Program)
    oracle, now, found = Interpreter(program, BEGINS), BEGINS, {}
    while now <= BEGINS + days * DAY:
        lines = [
            line for line in oracle.step(now, came.get(now - BEGINS, Came()))
            if line[0] not in program.measures
        ]  # fmt: skip
        if lines:
            found[now - BEGINS] = lines
        acts = [BEGINS + after for after in came if BEGINS + after > now]
        now = min([oracle.next_stop(now), *acts])
    return oracle, found


def reports(*values: tuple[int, int, float]) -> Came:
    """Return figures: (party, days after the first, value)."""
    return Came(observations=[("m", party, FIRST + day, value) for party, day, value in values])


def test_seven_days_from_midnight_are_met_when_day_eight_begins() -> None:
    clauses = "status s\n  while: (any party (ratified) for 7 days)"
    assert run(clauses, {0: Came(ratified=[0])})[1] == {7 * DAY: [("s", "starts", 0)]}
    assert run(clauses, {HOUR: Came(ratified=[0])})[1] == {8 * DAY: [("s", "starts", 0)]}


def test_a_figure_holds_for_its_days_and_is_then_a_range() -> None:
    clauses = f"{FIGURE}hold 2 days\nstatus s\n  while: sum over parties (m) >= 5"
    oracle, found = run(clauses, {0: reports((0, 0, 3), (1, 0, 2), (2, 0, 0))}, days=4)
    assert found == {0: [("s", "starts", 0)]}
    # Unknown from day 3 on: running, it stays; the time is counted.
    assert oracle.view()["undetermined"] == {"s": [DAY]}


def test_a_sum_suffices_by_its_known_part() -> None:
    clauses = (
        f"{FIGURE}unknown\nrule r\n  when: sum over parties (m) >= 5\n  then: start s\nstatus s"
    )
    assert run(clauses, {HOUR: reports((1, 0, 5))})[1] == {
        HOUR: [("r", "used", 0), ("s", "starts", 0)]
    }


def test_late_reports_are_judged_by_the_days_they_speak_of() -> None:
    clauses = (
        f"{FIGURE}unknown\nrule r\n  when: m > 3 for 3 days\n  then: start s\nstatus s per party"
    )
    late = reports((1, 0, 4), (1, 1, 4), (1, 2, 4), (1, 3, 5))
    assert run(clauses, {3 * DAY: late})[1] == {3 * DAY: [("r", "used", 1), ("s", "starts", 1)]}


def test_a_duty_done_at_its_deadline_is_in_time() -> None:
    clauses = f"{EVENT}duty d\n  on: e\n  by: that party\n  must: act promptly\n  within: 24 hours"
    raised = {HOUR: Came(events=[("e", 1)])}
    met = run(clauses, {**raised, HOUR + DAY: Came(performed=[("d", 1)])})[1]
    assert met == {HOUR: [("d", "raised", 1)], HOUR + DAY: [("d", "done", 1)]}
    late = run(clauses, {**raised, HOUR + DAY + 1: Came(performed=[("d", 1)])})[1]
    assert late[HOUR + DAY] == [("d", "missed", 1)]
    assert late[HOUR + DAY + 1] == [("d", "done", 1)]


def test_a_duty_every_week_is_due_when_the_next_week_begins() -> None:
    clauses = "duty d\n  every: 1 weeks\n  by: hub\n  must: act promptly"
    assert run(clauses, {}, days=8)[1] == {
        0: [("d", "raised", 0)], 7 * DAY: [("d", "missed", 0), ("d", "raised", 0)]
    }  # fmt: skip


def test_silence_consents_at_the_end_of_the_last_day() -> None:
    clauses = (
        "power p\n  by: council\n  may: start s\n  decided by: 2/3 of council within 2 days\n"
        "  silence: consents\nstatus s\n  lapses: after 3 days\n  renewed by: p"
    )
    oracle, found = run(
        clauses, {HOUR: Came(proposed=[("p", 0)]), 4 * DAY: Came(proposed=[("p", 0)])}
    )
    assert found == {
        HOUR: [("p", "opened", 0)], 3 * DAY: [("p", "used", 0), ("s", "starts", 0)],
        4 * DAY: [("p", "opened", 0)],
        7 * DAY: [("p", "used", 0), ("s", "ends", 0), ("s", "starts", 0)],
        11 * DAY: [("s", "ends", 0)],
    }  # fmt: skip
    assert oracle.view()["votes"] == {"p": [None]}


def test_draws_of_one_moment_are_cut_pro_rata() -> None:
    clauses = (
        f"{EVENT}pool f: count\n  from: 4 per party within 2 days\n"
        "rule r\n  on: e\n  then: pay 5 from f to that party within 1 days"
    )
    moves = [("f", "in", 0, 4), ("f", "in", 1, 4)]
    oracle, found = run(clauses, {HOUR: Came(moves=moves, events=[("e", 0), ("e", 2)])})
    assert sorted(found[HOUR]) == sorted([
        ("f", "done", 0), ("f", "done", 1), ("r", "used", 0), ("r", "used", 2),
        ("committed", "f", "r", 0, 4), ("committed", "f", "r", 2, 4),
        ("short", "f", "r", 0, 1), ("short", "f", "r", 2, 1),
    ])  # fmt: skip
    shown: Any = oracle.view()
    assert shown["pools"] == {"f": {"received": 8, "paid": 0, "committed": 8}}
    assert shown["claims"]["f"] == [[], [], [(BEGINS, BEGINS + 3 * DAY, True, 4)], []]
    assert shown["payments"]["f"][2] == [(BEGINS + HOUR, BEGINS + 2 * DAY, True, 4)]


def count(silence: str, *answers: int) -> Count:
    """Return a count of 2/3 of the council: so many yes, no, abstain, silent; a quorum of 2."""
    clauses = (
        "power p\n  by: council\n  may: act at will\n  decided by: 2/3 of council within 2 days\n"
        f"  silence: {silence}"
    )
    power = run(clauses, {})[0].program.powers["p"]
    assert power.vote is not None
    tally = Tally(*(Fraction(answer) for answer in answers))
    return Count(power.vote, silence, [tally], answers[3], answers[1], sum(answers[:3]) >= 2)


@pytest.mark.parametrize(
    ("silence", "answers", "carried"),
    [
        ("consents", (0, 0, 0, 3), True),
        ("consents", (1, 1, 0, 1), False),
        ("refuses", (1, 0, 0, 2), False),
        ("abstains", (2, 0, 0, 1), True),
        ("abstains", (1, 0, 1, 1), False),
    ],
)
def test_votes_are_counted(silence: str, answers: tuple[int, int, int, int], carried: bool) -> None:
    assert count(silence, *answers).is_carried() == carried


def test_votes_are_settled_when_the_rest_cannot_change_them() -> None:
    assert count("abstains", 2, 0, 0, 1).is_settled()
    assert count("abstains", 0, 2, 0, 1).is_settled()
    assert not count("abstains", 1, 1, 0, 1).is_settled()


def test_truth_and_ranges() -> None:
    one, some = (Fraction(1), Fraction(1)), (Fraction(0), Fraction(2))
    assert compared(some, ">", one) is None
    assert compared(some, "<=", (Fraction(2), Fraction(2))) is True
    assert all_of([True, None]) is None
    assert any_of([True, None]) is True
    assert calculated(one, "div", some) == ANYTHING
    assert calculated(some, "mul", ANYTHING) == ANYTHING
    assert calculated((Fraction(0), Fraction(0)), "mul", ANYTHING) == (0, 0)
