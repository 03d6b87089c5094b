# SPDX-License-Identifier: Apache-2.0
"""Durations: hours elapse, days and months are counted on a clock's calendar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base.duration import (
    UNITS,
    Duration,
    day_after,
    day_before,
    held_since,
    leaves_window,
    period_end,
    unit_named,
)
from pratique.base.moment import Clock, day_from_iso, iso_day, iso_moment, moment_from_iso

UTC = Clock()
PARIS = Clock("Europe/Paris")


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2024-01-31", Duration(1, "months"), "2024-02-29"),
        ("2023-01-31", Duration(1, "months"), "2023-02-28"),
        ("2024-02-29", Duration(1, "years"), "2025-02-28"),
        ("2024-12-15", Duration(2, "weeks"), "2024-12-29"),
        ("2024-11-30", Duration(3, "months"), "2025-02-28"),
        ("2024-01-01", Duration(-1, "months"), "2023-12-01"),
    ],
)
def test_day_after(start: str, duration: Duration, end: str) -> None:
    assert iso_day(day_after(day_from_iso(start), duration)) == end


def test_hours_have_no_day_after() -> None:
    with pytest.raises(ValueError, match="not counted on a calendar"):
        day_after(0, Duration(3, "hours"))
    with pytest.raises(ValueError, match="counted on a calendar"):
        _ = Duration(3, "days").seconds


@pytest.mark.parametrize(
    ("clock", "duration", "end"),
    [
        (UTC, Duration(48, "hours"), "2014-07-18T06:10:00Z"),
        (UTC, Duration(90, "minutes"), "2014-07-16T07:40:00Z"),
        (UTC, Duration(2, "days"), "2014-07-19T00:00:00Z"),
        (PARIS, Duration(2, "days"), "2014-07-18T22:00:00Z"),
        (UTC, Duration(1, "months"), "2014-08-17T00:00:00Z"),
    ],
)
def test_days_end_with_the_last_day(clock: Clock, duration: Duration, end: str) -> None:
    start = moment_from_iso("2014-07-16T06:10:00Z")
    assert iso_moment(period_end(clock, start, duration)) == end


@pytest.mark.parametrize(
    ("since", "met"),
    [
        ("2014-07-01T00:00:00Z", "2014-07-08T00:00:00Z"),
        ("2014-07-01T09:00:00Z", "2014-07-09T00:00:00Z"),
    ],
)
def test_seven_days_held_are_whole_days(since: str, met: str) -> None:
    assert iso_moment(held_since(UTC, moment_from_iso(since), Duration(7, "days"))) == met


def test_a_moment_stays_in_the_last_days_until_whole_days_are_over() -> None:
    now = moment_from_iso("2014-07-16T06:10:00Z")
    assert iso_moment(leaves_window(UTC, now, Duration(1, "days"))) == "2014-07-17T00:00:00Z"
    assert iso_moment(leaves_window(UTC, now, Duration(21, "days"))) == "2014-08-06T00:00:00Z"
    assert leaves_window(UTC, now, Duration(2, "hours")) == now + 7_200


def test_units_are_named_in_singular_and_plural() -> None:
    assert [unit_named(unit[:-1]) for unit in UNITS] == list(UNITS)
    assert unit_named("fortnight") is None
    assert [str(Duration(n, "days")) for n in (1, 2)] == ["1 day", "2 days"]


@given(st.integers(-20_000, 40_000), st.integers(0, 500), st.sampled_from(UNITS[2:]))
def test_no_day_lies_further_than_most_days(day: int, count: int, unit: str) -> None:
    duration = Duration(count, unit)
    assert 0 <= day_after(day, duration) - day <= duration.most_days
    assert 0 <= day - day_before(day, duration) <= duration.most_days
