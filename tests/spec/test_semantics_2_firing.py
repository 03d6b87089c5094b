# SPDX-License-Identifier: Apache-2.0
"""Chapter 2. Firing: when a rule fires, how often, and what a gap in the figures does to a status.

Answers 4, 5, 9, and what stands under "Also" of statuses. 6 (irregular moments) is held by the
generated tests, which insert empty moments; W901 comes with rehearsals.
"""

from __future__ import annotations

from spec.small_accord import CASES, CLUSTER, Register, comes_true, figure, january

ALERT = "status alert per party\n  lapses: after 300 days\n"
RULE = "rule surge\n  when: cases > 50\n  then: start alert at that party\n"
COUNCIL = "body council\n  seats: 1 per party\n"


def test_4_at_most_once_in_30_days_counts_from_the_use_for_each_party_apart() -> None:
    """Used on day 1, a rule may fire again on day 31; brenia's own 30 days run from day 5."""
    comes_true(
        CASES + ALERT + RULE + "  at most: once in 30 days\n",
        """
  given: cases of aldova = 60 from day 1
         cases of brenia = 60 from day 5
  expect: surge used at aldova on day 1
          surge used at brenia on day 5
          not surge used at aldova on day 30
          surge used at aldova on day 31
          not surge used at brenia on day 34
          surge used at brenia on day 35
""",
    )


def test_4_months_are_counted_by_the_calendar() -> None:
    """Once in a month: used on 1 January, on 1 February and, that being short, on 1 March."""
    comes_true(
        CASES + ALERT + RULE + "  at most: once in 1 month\n",
        """
  given: cases of aldova = 60 from day 1
  expect: surge used at aldova on day 1
          not surge used at aldova on day 31
          surge used at aldova on day 32
          surge used at aldova on day 60
""",
    )


def test_4_a_use_counts_from_when_it_was_recorded_not_from_the_day_spoken_of() -> None:
    """Figures of 1 January, known on the 10th, are used on the 10th: 30 days run from there."""
    register = Register(
        CASES.replace("unknown", "hold 60 days") + ALERT + RULE + "  at most: once in 30 days\n"
    )
    register.at("2026-01-10", figure("cases", "aldova", "2026-01-01", 60))
    register.at("2026-02-20")
    assert register.times("surge", "used") == ["2026-01-10T00:00:00Z", "2026-02-09T00:00:00Z"]


def test_5_a_rule_fires_when_its_condition_becomes_true_and_not_again_while_it_holds() -> None:
    """Sixty cases for ten days are one occasion."""
    register = Register(CASES + ALERT + RULE)
    for day in january(2, 11):
        register.at(day, figure("cases", "aldova", day, 60))
    assert register.times("surge", "used") == ["2026-01-02T00:00:00Z"]


def test_5_true_then_undetermined_then_true_is_one_episode() -> None:
    """A gap arms no rule: only a figure surely below does."""
    register = Register(CASES + ALERT + RULE)
    for day, value in zip(january(2, 6), (60, "unknown", 60, 10, 60), strict=True):
        register.at(day, figure("cases", "aldova", day, value))
    assert register.times("surge", "used") == ["2026-01-02T00:00:00Z", "2026-01-06T00:00:00Z"]


def test_5_a_power_is_open_while_its_condition_holds() -> None:
    """Unlike a rule, a power may be used again and again, and not any more when it is over."""
    comes_true(
        CASES
        + COUNCIL
        + """
power request
  by: council
  when: any party (cases > 50)
  may: ask for teams
""",
        """
  given: cases of aldova = 60 from day 1
         cases of aldova = 0 from day 4
         cases of brenia = 0 from day 1
         council uses request on day 2
         council uses request on day 3
         council uses request on day 4
  expect: request used on day 2
          request used on day 3
          not request used on day 4
""",
    )


def test_9_nothing_lingers_unless_it_is_written() -> None:
    """A status ends when its condition surely ends; there is no hidden delay."""
    comes_true(
        CASES + "status alert per party\n  while: cases > 50\n",
        """
  given: cases of aldova = 60 from day 1
         cases of aldova = 50 from day 3
  expect: alert at aldova on day 2
          not alert at aldova on day 3
""",
    )


def test_9_a_running_status_survives_a_gap_in_the_figures() -> None:
    """Missing data must not end an emergency; the first figure that is surely below does."""
    comes_true(
        CASES + "status alert per party\n  while: cases > 50\n",
        """
  given: cases of aldova = 60 from day 1
         cases of aldova = unknown from day 2
         cases of aldova = 3 from day 9
  expect: alert at aldova on day 8
          not alert at aldova on day 9
""",
    )


def test_9_a_gap_begins_nothing_either() -> None:
    """Before any figure is known a status is not on, and whether it should be is open."""
    comes_true(
        CASES + "status alert per party\n  while: cases > 50\n",
        """
  given: cases of aldova = unknown from day 1
         cases of aldova = 60 from day 4
  expect: alert undetermined at aldova on day 3
          not alert starts at aldova by day 3
          alert starts at aldova on day 4
""",
    )


def test_9_what_lingers_goes_on_for_that_time_after_its_condition_ended() -> None:
    """It last held as day 2 ended: lingering for 3 days, an alert goes on until day 5 ends."""
    comes_true(
        CASES + "status alert per party\n  while: cases > 50\n  lingers: 3 days\n",
        """
  given: cases of aldova = 60 from day 1
         cases of aldova = 3 from day 3
  expect: alert at aldova on day 5
          not alert at aldova on day 6
""",
    )


DECLARED = (
    CLUSTER
    + COUNCIL
    + """
status emergency
  lapses: after 10 days
  renewed by: prolong
power declare
  by: council
  may: start emergency
power prolong
  by: council
  may: start emergency
"""
)


def test_also_a_status_started_while_it_runs_keeps_its_end() -> None:
    """Declared on day 1, and once more on day 6: it lapses ten days after the first declaration."""
    comes_true(
        DECLARED,
        """
  given: council uses declare on day 1
         council uses declare on day 6
  expect: emergency on day 11
          not emergency on day 12
""",
    )


def test_also_unless_it_is_renewed_and_a_renewal_counts_from_the_old_end() -> None:
    """Renewed on day 6, it runs on for ten days from the end of day 11, not from day 6."""
    comes_true(
        DECLARED,
        """
  given: council uses declare on day 1
         council uses prolong on day 6
  expect: emergency on day 21
          not emergency on day 22
""",
    )


def test_also_where_start_and_end_fall_into_one_moment_the_end_wins() -> None:
    """Of two clauses that do opposite things together, the one that ends prevails."""
    comes_true(
        CLUSTER
        + """
status alert per party
  lapses: after 30 days
rule begin
  on: cluster
  then: start alert at that party
rule stop
  on: cluster
  then: end alert at that party
""",
        """
  given: cluster in aldova on day 2
  expect: begin used at aldova on day 2
          stop used at aldova on day 2
          not alert at aldova on day 2
""",
    )


def test_also_a_lapse_ends_a_spell_that_begins_again_only_after_its_condition_was_false() -> None:
    """Above from day 1 on, it lapses after 5 days and stays off until a fall and a rise."""
    comes_true(
        CASES + "status alert per party\n  while: cases > 50\n  lapses: after 5 days\n",
        """
  given: cases of aldova = 60 from day 1
         cases of aldova = 10 from day 10
         cases of aldova = 60 from day 12
  expect: alert at aldova on day 6
          not alert at aldova on day 7
          not alert at aldova on day 9
          alert at aldova on day 12
""",
    )
