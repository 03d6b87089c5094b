# SPDX-License-Identifier: Apache-2.0
"""Two drafts over one small history: what comes earlier or later, in one only, and who is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.accord.comparison.clauses import former_names
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.moment import day_from_iso, iso_day
from pratique.engine.happening import Happening
from pratique.rehearsal.conduct import conduct_named
from pratique.rehearsal.drafts import Behaviour, Came, Shift, Sum, behaviour
from pratique.rehearsal.history import History, Publication
from pratique.rehearsal.replay import Replay, replay
from spec.small_accord import CASES, FUND, TWO, accord

AID = """
rule aid
  when: cases > 10
  then: pay USD 30 from fund to that party within 5 days
  at most: once in 2 months
"""
LATER, MORE = AID.replace("> 10", "> 20"), AID.replace("USD 30", "USD 40")
RELIEF = AID.replace("rule aid", "rule relief") + "  was: aid\n"
HELP = """
rule help
  when: cases > 10
  then: pay USD 7 from brenia to that party within 5 days
"""
TELL = """
duty tell
  when: any party (cases > 20)
  by: hub
  must: tell everybody
  within: 3 days
"""


@cache
def over_history(clauses: str, parties: tuple[str, ...] = TWO, conduct: str = "deadline") -> Replay:
    """Return the replay of an accord in which aldova has 11 cases on 7 January, 21 on the 17th."""
    program = compile_accord(read_accord(accord(CASES + FUND + clauses, parties)))
    assert isinstance(program, Program), str(program)
    day, start = day_from_iso("2026-01-07"), program.clock.start
    figures = tuple(
        Publication("cases", "aldova", day + after, value, start(day + after), "WHO")
        for after, value in ((0, "11"), (10, "21"), (40, "0"))
    )
    past = History("past", "WHO", start(day_from_iso("2026-01-01")), figures, (), ())
    return replay(program, past, conduct_named(conduct))


def compared(old: str, new: str, conduct: str = "deadline") -> Behaviour:
    there, here = (over_history(one, conduct=conduct) for one in (old, new))
    return behaviour(there, here, former_names(there.program.accord, here.program.accord))


def days(found: Behaviour, clause: str, edge: str) -> list[tuple[str, str, int | None]]:
    """Return old and new days, and how many between them, of the changes of a clause."""
    shifts = [one for one in found.shifts if (one.clause, one.edge) == (clause, edge)]
    return [(day(one.old), day(one.new), one.days) for one in shifts]


def day(came: Came | None) -> str:
    return iso_day(came.day) if came else ""


def amounts(sums: tuple[Sum, ...], what: str) -> list[tuple[str, str, str, int, int, int]]:
    """Return, of what is promised or paid: under what, of whom, in what, old, new, more."""
    return [
        (one.under, one.party, str(one.type), one.old.units, one.new.units, one.more)
        for one in sums
        if one.what == what
    ]


def test_a_draft_against_itself_is_empty() -> None:
    found = compared(AID + TELL + HELP, AID + TELL + HELP)
    assert found == Behaviour((), (), ())
    assert found.is_same


def test_a_higher_threshold_applies_so_many_days_later_and_costs_the_same() -> None:
    found = compared(AID, LATER)
    assert days(found, "aid", "used") == [("2026-01-07", "2026-01-17", 10)]
    assert days(compared(LATER, AID), "aid", "used") == [("2026-01-17", "2026-01-07", -10)]
    (total,) = [one for one in found.totals if one.what == "promised"]
    assert (total.more, total.days, total.new.units) == (0, 10, 3000)
    assert total.new.first is not None
    assert iso_day(total.new.first) == "2026-01-17"
    (paid,) = [one for one in found.totals if one.what == "paid_out"]
    assert (paid.more, paid.days) == (0, 10)


def test_a_larger_amount_is_so_much_more_by_pool_and_by_party() -> None:
    found = compared(AID, MORE)
    assert amounts(found.totals, "promised") == [("fund", "", "money USD", 3000, 4000, 1000)]
    assert amounts(found.shares, "promised") == [("fund", "aldova", "money USD", 3000, 4000, 1000)]
    assert amounts(found.shares, "paid_out") == [("fund", "aldova", "money USD", 3000, 4000, 1000)]
    assert found.shifts == ()
    assert not found.is_same


def test_what_nobody_pays_is_promised_and_not_paid() -> None:
    found = compared("", AID, "silent")
    assert amounts(found.totals, "paid_out") == []
    # Nothing has come in that could be promised.
    assert amounts(found.totals, "promised") == []
    assert days(found, "aid", "used") == [("", "2026-01-07", None)]
    assert [
        one.new.happening.amount for one in found.shifts if one.edge == "short" and one.new
    ] == [3000]


def test_a_clause_that_only_one_draft_has_comes_about_only_in_it() -> None:
    found = compared(AID, AID + TELL)
    assert {one.clause for one in found.shifts} == {"tell"}
    assert days(found, "tell", "raised") == [("", "2026-01-17", None)]
    assert days(compared(AID + TELL, AID), "tell", "done") == [("2026-01-20", "", None)]
    assert found.totals == found.shares == ()


def test_what_parties_owe_one_another_is_counted_by_who_owes_it() -> None:
    found = compared("", HELP)
    assert amounts(found.totals, "owed") == [("help", "", "money USD", 0, 700, 700)]
    assert amounts(found.shares, "owed") == [("help", "brenia", "money USD", 0, 700, 700)]
    assert amounts(found.shares, "settled") == [("help", "brenia", "money USD", 0, 700, 700)]
    assert amounts(compared(HELP, "").shares, "owed") == [
        ("help", "brenia", "money USD", 700, 0, -700)
    ]


def test_what_is_due_to_a_pool_differs_with_its_shares() -> None:
    there = over_history(AID)
    text = accord(CASES + FUND.replace("50% of aldova, 50%", "40% of aldova, 60%") + AID)
    program = compile_accord(read_accord(text))
    assert isinstance(program, Program)
    here = replay(program, there.history, there.conduct)
    found = behaviour(there, here, {})
    assert amounts(found.totals, "due") == []
    assert amounts(found.shares, "due") == [
        ("fund", "aldova", "money USD", 5000, 4000, -1000),
        ("fund", "brenia", "money USD", 5000, 6000, 1000),
    ]
    assert amounts(found.shares, "paid_in") == amounts(found.shares, "due")


def test_a_renamed_clause_is_the_same_clause() -> None:
    assert compared(AID, RELIEF).is_same
    assert compared(RELIEF, AID).is_same
    found = compared(AID, RELIEF.replace("> 10", "> 20"))
    assert days(found, "relief", "used") == [("2026-01-07", "2026-01-17", 10)]
    assert {one.clause for one in compared(AID, RELIEF.replace("  was: aid\n", "")).shifts} == {
        "aid", "relief",
    }  # fmt: skip


def test_a_renamed_pool_keeps_its_book() -> None:
    there = over_history(AID)
    fund = FUND.replace("pool fund", "pool chest") + "  was: fund\n"
    text = accord(CASES + fund + AID.replace("from fund", "from chest"))
    program = compile_accord(read_accord(text))
    assert isinstance(program, Program)
    here = replay(program, there.history, there.conduct)
    former = former_names(there.program.accord, program.accord)
    assert former == {"chest": "fund"}
    assert behaviour(there, here, former).is_same
    assert {one.under for one in behaviour(there, here, {}).totals} == {"fund", "chest"}


def test_the_order_of_the_parties_makes_no_difference() -> None:
    there, here = over_history(AID + HELP), over_history(AID + HELP, ("brenia", "aldova"))
    assert there.program.parties != here.program.parties
    assert behaviour(there, here, {}).is_same


# --- what came about often ------------------------------------------------------------------------


def made(days_: list[int]) -> Replay:
    """Return a replay in which the rule came to apply to aldova on some days, and nothing else."""
    ran = over_history(AID)
    start = ran.program.clock.start
    happenings = tuple(Happening(start(one), "aid", "used", 0) for one in sorted(days_))
    return replace(ran, happenings=happenings, entries=())


def pairs(old: list[int], new: list[int]) -> list[tuple[int | None, int | None]]:
    found = behaviour(made(old), made(new), {}).shifts
    return [(a.old.day if a.old else None, a.new.day if a.new else None) for a in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([1, 31, 61], [31, 61], [(1, None)]),
        ([1, 2, 3], [4, 5, 6], [(1, 4), (2, 5), (3, 6)]),
        ([10, 50], [52], [(10, None), (50, 52)]),
        ([5, 95], [5, 100], [(95, 100)]),
        ([52], [10, 50, 90], [(None, 10), (52, 50), (None, 90)]),
        ([20], [10, 30], [(20, 10), (None, 30)]),
        ([7, 7], [7], [(7, None)]),
        ([], [3], [(None, 3)]),
    ],
)
def test_what_came_about_often_is_matched_by_its_nearest_days(
    old: list[int], new: list[int], expected: list[tuple[int | None, int | None]]
) -> None:
    assert pairs(old, new) == expected


DAYS = st.lists(st.integers(0, 40), max_size=8)


@given(old=DAYS, new=DAYS)
def test_every_day_is_told_once_or_is_the_same_in_both(old: list[int], new: list[int]) -> None:
    found = pairs(old, new)
    there = sorted(one for one, _ in found if one is not None)
    here = sorted(other for _, other in found if other is not None)
    assert len(old) - len(there) == len(new) - len(here) >= 0
    assert sum(one is None or other is None for one, other in found) == abs(len(old) - len(new))
    assert sum(old) - sum(there) == sum(new) - sum(here)
    assert all(one != other for one, other in found)


def backwards(found: Behaviour, names: Mapping[str, str]) -> tuple[set[Shift], set[Sum], set[Sum]]:
    """Return a comparison as it is when the drafts change sides; `names` are those of the old."""
    shifts = {
        replace(one, clause=names.get(one.clause, one.clause), old=one.new, new=one.old)
        for one in found.shifts
    }
    totals, shares = (
        {
            replace(one, under=names.get(one.under, one.under), old=one.new, new=one.old)
            for one in sums
        }
        for sums in (found.totals, found.shares)
    )
    return shifts, totals, shares


@given(old=DAYS, new=DAYS)
def test_changing_sides_turns_days_round(old: list[int], new: list[int]) -> None:
    assert sorted(pairs(new, old), key=str) == sorted(
        ((other, one) for one, other in pairs(old, new)), key=str
    )


DRAFTS = st.sampled_from(
    [""] + [one + other for one in ("", AID, LATER, MORE, RELIEF) for other in ("", HELP, TELL)]
)


@given(old=DRAFTS, new=DRAFTS, conduct=st.sampled_from(["deadline", "prompt", "silent"]))
def test_changing_sides_changes_signs(old: str, new: str, conduct: str) -> None:
    there, back = compared(old, new, conduct), compared(new, old, conduct)
    texts = (over_history(one, conduct=conduct).program.accord for one in (old, new))
    names = former_names(*texts)
    assert backwards(there, names) == (set(back.shifts), set(back.totals), set(back.shares))
    assert sum(one.more for one in there.totals) == -sum(one.more for one in back.totals)
    assert sum(one.days or 0 for one in there.shifts) == -sum(one.days or 0 for one in back.shifts)
    assert there.is_same == back.is_same
