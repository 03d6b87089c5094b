# SPDX-License-Identifier: Apache-2.0
"""Chapter 3. Duties: debts and their clocks, edges of deadlines, time zones and months.

Answers 10, 11, 12, 14. Of 13 the clock that starts at the recorded act is here; withdrawing or
re-dating what started it comes with corrections of events, and procedures' steps (22) with them.
"""

from __future__ import annotations

from pratique.engine.view import view
from pratique.register.acts import Perform, Report
from spec.small_accord import CASES, CLUSTER, Register, comes_true, figure, january

ALERT = CASES + "status alert per party\n  while: cases > 50\n"
NOTIFY = (
    CLUSTER + "duty notify\n  on: cluster\n  by: that party\n  must: tell the others\n"
    "  within: {}\n"
)
HAPPENED = Report(measure="cluster", party="aldova")
DONE = Perform(by="aldova", duty="notify")


def owed(register: Register, duty: str) -> list[tuple[int, int, bool]]:
    """Return what aldova owes under a duty: raised, due, missed."""
    return view(register.standing)["debts"][duty][0]


def test_10_a_duty_that_follows_a_change_stays_owed_when_the_reason_ends() -> None:
    """`on` raises a debt: the alert is over on day 3, the report is still due, and missed."""
    comes_true(
        ALERT + "duty report\n  on: alert starts\n  by: that party\n  must: publish a report\n"
        "  within: 5 days\n",
        """
  given: cases of aldova = 60 from day 1
         cases of aldova = 3 from day 3
  expect: report owed by aldova on day 5
          not report missed at aldova by day 6
          report missed at aldova on day 7
""",
    )


def test_10_a_duty_that_holds_while_something_lasts_ends_with_it_without_breach() -> None:
    """`when` owes only while the condition holds: it is discharged, not missed."""
    register = Register(
        ALERT + "duty watch\n  when: alert\n  by: that party\n  must: watch the border\n"
        "  within: 5 days\n"
    )
    register.at("2026-01-02", figure("cases", "aldova", "2026-01-02", 60))
    assert len(owed(register, "watch")) == 1
    register.at("2026-01-04", figure("cases", "aldova", "2026-01-04", 3))
    register.at("2026-01-20")
    assert owed(register, "watch") == []
    assert register.times("watch", "ended") == ["2026-01-04T00:00:00Z"]
    assert register.times("watch", "missed") == []


def test_11_each_raising_is_its_own_debt_and_the_oldest_is_discharged_first() -> None:
    """Two clusters, one notice: it serves the first; the second is missed on its own day."""
    comes_true(
        NOTIFY.format("5 days"),
        """
  given: cluster in aldova on day 1
         cluster in aldova on day 3
         notify done by aldova on day 4
  expect: notify owed by aldova on day 8
          not notify missed at aldova by day 8
          notify missed at aldova on day 9
""",
    )


def test_11_a_duty_that_holds_while_something_lasts_is_owed_once_an_episode() -> None:
    """Done once, it is not owed again after a gap in the figures; in a new episode it is."""
    register = Register(
        CASES + "duty watch\n  when: cases > 50\n  by: that party\n  must: watch the border\n"
    )
    for day, value in zip(january(2, 6), (60, "unknown", 60, 3, 60), strict=True):
        register.at(day, figure("cases", "aldova", day, value))
        register.at(f"{day}T12:00:00Z", Perform(by="aldova", duty="watch"))
    assert register.times("watch", "raised") == ["2026-01-02T00:00:00Z", "2026-01-06T00:00:00Z"]
    assert register.times("watch", "done") == ["2026-01-02T12:00:00Z", "2026-01-06T12:00:00Z"]


def test_12_done_at_the_deadline_is_in_time() -> None:
    """Acts of a moment come before its deadlines."""
    register = Register(NOTIFY.format("24 hours"))
    register.at("2026-01-05T10:00:00Z", HAPPENED)
    register.at("2026-01-06T10:00:00Z", DONE)
    register.at("2026-01-09")
    assert register.times("notify", "done") == ["2026-01-06T10:00:00Z"]
    assert register.times("notify", "missed") == []


def test_12_a_second_later_it_was_missed_and_is_done_late() -> None:
    """Missed at its deadline, owed until it is done: once each, and never both of one debt."""
    register = Register(NOTIFY.format("24 hours"))
    register.at("2026-01-05T10:00:00Z", HAPPENED)
    register.at("2026-01-06T10:00:01Z")
    assert [missed for _, _, missed in owed(register, "notify")] == [True]
    register.at("2026-01-08T00:00:00Z", DONE)
    assert owed(register, "notify") == []
    assert register.times("notify", "missed") == ["2026-01-06T10:00:00Z"]
    assert register.times("notify", "done") == ["2026-01-08T00:00:00Z"]


def test_12_a_missed_duty_stays_owed() -> None:
    """Missing it does not end it."""
    comes_true(
        NOTIFY.format("24 hours"),
        """
  given: cluster in aldova on day 1
  expect: notify missed by aldova on day 2
          notify owed by aldova on day 30
""",
    )


def test_13_the_clock_starts_when_the_event_is_recorded() -> None:
    """24 hours run from the act that reports the assessment, to the second."""
    register = Register(NOTIFY.format("24 hours"))
    register.at("2026-01-05T17:23:45Z", HAPPENED)
    register.at("2026-01-09")
    assert register.times("notify", "missed") == ["2026-01-06T17:23:45Z"]


def test_13_a_corrected_figure_moves_no_clock() -> None:
    """Sixty becomes seventy: the debt is the one of the first report."""
    register = Register(
        CASES + "duty tell\n  when: cases > 50\n  by: that party\n  must: tell the others\n"
        "  within: 24 hours\n"
    )
    register.at("2026-01-05T09:00:00Z", figure("cases", "aldova", "2026-01-05", 60))
    register.at("2026-01-05T20:00:00Z", figure("cases", "aldova", "2026-01-05", 70))
    register.at("2026-01-08")
    assert register.times("tell", "raised") == ["2026-01-05T09:00:00Z"]
    assert register.times("tell", "missed") == ["2026-01-06T09:00:00Z"]


def test_14_hours_elapse_and_days_are_of_the_accords_clock() -> None:
    """In the night of 8 March 2026 New York's clocks go forward: 24 hours later it is an hour later
    by the clock; one day ends at that clock's midnight, 04:00 UTC.
    """
    for time, missed in (("24 hours", "2026-03-08T15:00:00Z"), ("1 day", "2026-03-09T04:00:00Z")):
        register = Register(NOTIFY.format(time), clock="America/New_York")
        register.at("2026-03-07T15:00:00Z", HAPPENED)
        register.at("2026-03-12")
        assert register.times("notify", "missed") == [missed]


def test_14_a_period_of_days_ends_at_the_end_of_its_last_day() -> None:
    """Three days from any hour of the 5th run out when the 8th ends."""
    for hour in ("00:00:00", "23:59:59"):
        register = Register(NOTIFY.format("3 days"))
        register.at(f"2026-01-05T{hour}Z", HAPPENED)
        register.at("2026-01-12")
        assert register.times("notify", "missed") == ["2026-01-09T00:00:00Z"]


def test_14_a_month_from_31_january_ends_with_the_last_of_february() -> None:
    """There is no 31 February, and 28 February 2026 is the last."""
    register = Register(NOTIFY.format("1 month"))
    register.at("2026-01-31T12:00:00Z", HAPPENED)
    register.at("2026-03-05")
    assert register.times("notify", "missed") == ["2026-03-01T00:00:00Z"]
