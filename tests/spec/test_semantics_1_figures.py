# SPDX-License-Identifier: Apache-2.0
"""Chapter 1. Figures: the day one speaks of and the day it became known; gaps; windows.

Numbered as the answers in the design of the language: 1, 2, 3, 7, 8. Of 2, "recorded as would have
fired" comes with the report of basis risk; of 3, recovery by a procedure comes with procedures.
"""

from __future__ import annotations

from pratique.register.acts import Move
from spec.small_accord import CASES, FUND, Register, comes_true, figure, january

HELD = CASES.replace("unknown", "hold 14 days")
SURGE = """
rule surge
  when: cases > 50 for 7 days
  then: start alert at that party
status alert per party
  lapses: after 90 days
"""


def test_1_a_figure_belongs_to_the_day_of_which_it_speaks_and_counts_when_it_is_known() -> None:
    """Ten days that become known together are judged day by day; what follows is dated now."""
    register = Register(HELD + SURGE)
    register.at("2026-01-10T09:00:00Z", *(figure("cases", "aldova", d, 60) for d in january(1, 10)))
    assert register.times("surge", "used") == ["2026-01-10T09:00:00Z"]
    assert register.times("alert", "starts") == ["2026-01-10T09:00:00Z"]


def test_1_a_figure_of_a_later_day_does_not_make_up_for_an_earlier_one() -> None:
    """`for` runs over the days spoken of: three days above are not seven, however late known."""
    register = Register(CASES + SURGE)
    register.at("2026-01-10T09:00:00Z", *(figure("cases", "aldova", d, 60) for d in january(8, 10)))
    register.at("2026-01-11")
    assert register.times("surge", "used") == []


def test_2_late_figures_fire_a_rule_once_and_now() -> None:
    """Figures of last week fire a rule now, dated now, once; not on the days they speak of."""
    register = Register(HELD + SURGE)
    late = [figure("cases", "aldova", day, 60) for day in january(1, 8)]
    register.at("2026-01-12T15:00:00Z", *late)
    register.at("2026-01-12T16:00:00Z", *late)
    register.at("2026-01-20")
    assert register.times("surge", "used") == ["2026-01-12T15:00:00Z"]


def test_2_late_figures_of_a_surge_that_is_over_fire_nothing() -> None:
    """A condition that had already ended when it became known is not acted upon."""
    register = Register(HELD + SURGE)
    over = [figure("cases", "aldova", "2026-01-09", 3)]
    register.at("2026-01-12", *(figure("cases", "aldova", day, 60) for day in january(1, 8)), *over)
    register.at("2026-01-20")
    assert register.times("surge", "used") == []


def test_3_a_correction_undoes_nothing_and_holds_from_now_on() -> None:
    """What a rule paid stays paid; a status that lasts while a figure is high ends."""
    register = Register(
        HELD
        + FUND
        + """
rule help
  when: cases > 50
  then: pay USD 10 from fund to that party
  at most: once in 90 days
status alert per party
  while: cases > 50
"""
    )
    register.at("2026-01-02", Move(amount=5000, kind="contribution", party="aldova", pool="fund"))
    register.at("2026-01-05", figure("cases", "aldova", "2026-01-05", 60))
    assert register.available() == 4000
    assert register.holds("alert")
    register.at("2026-01-06", figure("cases", "aldova", "2026-01-05", 10))
    assert register.available() == 4000
    assert not register.holds("alert")
    register.at("2026-01-07", figure("cases", "aldova", "2026-01-05", 60))
    assert register.times("help", "used") == ["2026-01-05T00:00:00Z"]


def test_7_a_day_that_is_not_known_leaves_the_question_open() -> None:
    """`for 4 days` over days 1 to 5 with day 3 missing: neither met nor not met."""
    comes_true(
        CASES + "rule surge\n  when: cases > 50 for 4 days\n  then: call review\n" + REVIEW,
        """
  given: cases of aldova = 60 from day 1
         cases of aldova = unknown from day 3
         cases of aldova = 60 from day 4
  expect: not surge used at aldova by day 7
          surge undetermined at aldova on day 5
          surge used at aldova on day 8
""",
    )


def test_7_a_day_that_is_surely_below_begins_the_count_anew() -> None:
    """With day 3 surely below, day 5 is no open question: the four days have not passed."""
    rule = "rule surge\n  when: cases > 50 for 4 days\n  then: call review\n"
    register = Register(CASES + rule + REVIEW)
    for day, value in zip(january(1, 8), (60, 60, 3, 60, 60, 60, 60, 60), strict=True):
        register.at(f"{day}T12:00:00Z", figure("cases", "aldova", day, value))
        open_question = bool(register.standing.unsettled["surge"][0, 0])
        assert open_question == (day < "2026-01-03")
    assert register.times("surge", "used") == ["2026-01-08T12:00:00Z"]


def test_7_a_figure_presumed_unchanged_bridges_the_gap() -> None:
    """Held values are known until the hold ends."""
    comes_true(
        CASES.replace("unknown", "hold 2 days")
        + "rule surge\n  when: cases > 50 for 4 days\n  then: call review\n"
        + REVIEW,
        """
  given: cases of aldova = 60 from day 1
         cases of aldova = unknown from day 3
         cases of aldova = 60 from day 4
  expect: surge used at aldova on day 5
""",
    )


def test_7_four_days_from_day_1_have_passed_when_day_5_begins() -> None:
    """True for D means that D has passed since it became true."""
    comes_true(
        CASES + "rule surge\n  when: cases > 50 for 4 days\n  then: call review\n" + REVIEW,
        """
  given: cases of aldova = 60 from day 1
  expect: not surge used at aldova by day 4
          surge used at aldova on day 5
""",
    )


def test_8_a_window_takes_each_report_once_and_not_a_held_value() -> None:
    """A report presumed unchanged is a level; it is not counted a second time in a sum."""
    comes_true(
        CASES.replace("unknown", "hold 5 days") + TOTAL.format(least=30),
        """
  given: cases of aldova = 10 from day 1 to day 2
  expect: total used at aldova never
          total undetermined at aldova on day 3
""",
    )


def test_8_a_missing_report_leaves_a_sum_open() -> None:
    """Days 1 and 3 are known, day 2 is not: whether the three sum up to 30 is open."""
    comes_true(
        CASES + TOTAL.format(least=30),
        """
  given: cases of aldova = 10 from day 1
         cases of aldova = unknown from day 2
         cases of aldova = 10 from day 3
  expect: total undetermined at aldova on day 3
          not total used at aldova by day 4
          total used at aldova on day 5
""",
    )


def test_8_unless_a_value_is_assumed_for_what_is_missing() -> None:
    """`assume 15` stands for the missing day: 5, 15 and 12 make 32."""
    comes_true(
        CASES.replace("unknown", "assume 15") + TOTAL.format(least=32),
        """
  given: cases of aldova = 1 from day 1
         cases of aldova = 5 from day 2
         cases of aldova = unknown from day 3
         cases of aldova = 12 from day 4
         cases of brenia = 0 from day 1
  expect: not total used at aldova by day 3
          total used at aldova on day 4
""",
    )


def test_8_a_window_that_reaches_before_the_first_report_is_open() -> None:
    """On day 2 a window of three days reaches to a day of which nothing is known."""
    comes_true(
        CASES + TOTAL.format(least=25),
        """
  given: cases of aldova = 10 from day 1
  expect: total undetermined at aldova on day 2
          not total used at aldova by day 2
          total used at aldova on day 3
""",
    )


REVIEW = """
body council
  seats: 1 per party
power review
  by: council
  may: look into it
  decided by: all of parties within 2 days
  silence: refuses
"""

TOTAL = REVIEW + "rule total\n  when: sum of cases over 3 days >= {least}\n  then: call review\n"
