# SPDX-License-Identifier: Apache-2.0
"""Moments and days: one spelling each, and a calendar for each clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base.moment import (
    Clock,
    day_from_iso,
    is_zone,
    iso_day,
    iso_moment,
    moment_from_iso,
)


@given(st.integers(-(10**9), 4 * 10**9))
def test_a_moment_is_read_as_it_is_written(moment: int) -> None:
    assert moment_from_iso(iso_moment(moment)) == moment


@given(st.integers(-20_000, 60_000))
def test_a_day_is_read_as_it_is_written(day: int) -> None:
    assert day_from_iso(iso_day(day)) == day


@pytest.mark.parametrize(
    "text",
    ["2014-07-16", "2014-07-16T06:10:00", "2014-07-16T06:10:00+00:00", "2014-07-16T06:10:00Z\n"],
)
def test_other_spellings_of_a_moment_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a moment"):
        moment_from_iso(text)


@pytest.mark.parametrize("text", ["20140716", "2014-7-16", "2014-02-30", "2014-07-16\n", ""])
def test_other_spellings_of_a_day_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a day|out of range"):
        day_from_iso(text)


@pytest.mark.parametrize("zone", ["UTC", "Africa/Monrovia", "Asia/Kathmandu", "Europe/Paris"])
@given(day=st.integers(0, 25_000))
def test_a_day_starts_in_itself_and_not_before(zone: str, day: int) -> None:
    clock = Clock(zone)
    start = clock.start(day)
    assert clock.day(start) == day
    assert clock.day(start - 1) == day - 1


def test_a_day_can_have_25_hours() -> None:
    clock = Clock("Europe/Paris")
    day = day_from_iso("2014-10-26")
    assert clock.start(day + 1) - clock.start(day) == 25 * 3_600


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("UTC", True),
        ("Africa/Monrovia", True),
        ("Nowhere/Land", False),
        ("../etc", False),
        ("", False),
    ],
)
def test_is_zone(name: str, *, known: bool) -> None:
    assert is_zone(name) is known
