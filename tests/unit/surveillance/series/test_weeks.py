# SPDX-License-Identifier: Apache-2.0
"""Weeks have the names that ISO 8601 and the MMWR give them, also where a year has 53."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base.moment import date_of, day_from_iso, iso_day
from pratique.surveillance.series.rhythm import Rhythm
from pratique.surveillance.series.weeks import (
    period_start,
    period_starts,
    week_from_text,
    week_name,
    week_of,
    week_start,
    weeks_in,
    weeks_of,
)

A_CENTURY = np.arange(day_from_iso("1970-01-01"), day_from_iso("2070-01-01"))


def test_iso_weeks_are_those_of_the_standard_library() -> None:
    years, numbers = weeks_of(A_CENTURY, "iso_week")
    calendar = [date_of(int(day)).isocalendar() for day in A_CENTURY]
    assert years.tolist() == [day.year for day in calendar]
    assert numbers.tolist() == [day.week for day in calendar]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        # Published in CDC's calendars of MMWR weeks: first and last day of these years' weeks.
        ("2014-12-28", (2014, 53)),
        ("2015-01-03", (2014, 53)),
        ("2015-01-04", (2015, 1)),
        ("2016-01-02", (2015, 52)),
        ("2016-01-03", (2016, 1)),
        ("2020-12-27", (2020, 53)),
        ("2021-01-02", (2020, 53)),
        ("2021-01-03", (2021, 1)),
    ],
)
def test_mmwr_weeks(day: str, week: tuple[int, int]) -> None:
    assert week_of(day_from_iso(day), "mmwr_week") == week


@pytest.mark.parametrize("rhythm", ["iso_week", "mmwr_week"])
def test_one_day_and_many_agree(rhythm: Rhythm) -> None:
    years, numbers = weeks_of(A_CENTURY[:3000], rhythm)
    found = list(zip(years.tolist(), numbers.tolist(), strict=True))
    assert [week_of(int(day), rhythm) for day in A_CENTURY[:3000]] == found
    starts = period_starts(A_CENTURY[:3000], rhythm)
    assert [period_start(int(day), rhythm) for day in A_CENTURY[:3000]] == starts.tolist()


@pytest.mark.parametrize(("rhythm", "weekday"), [("iso_week", 0), ("mmwr_week", 6)])
def test_a_week_begins_on_its_weekday_and_holds_the_day(rhythm: Rhythm, weekday: int) -> None:
    for day in A_CENTURY[:400].tolist():
        start = period_start(day, rhythm)
        assert date_of(start).weekday() == weekday
        assert start <= day < start + 7


def test_years_of_53_weeks() -> None:
    assert [year for year in range(2000, 2030) if weeks_in(year, "iso_week") == 53] == [
        2004, 2009, 2015, 2020, 2026,
    ]  # fmt: skip
    assert [year for year in range(2000, 2030) if weeks_in(year, "mmwr_week") == 53] == [
        2003, 2008, 2014, 2020, 2025,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["2014-W12", "2014W12", "2014 w12", "week 12 of 2014", "Week 12, 2014", "semaine 12 de 2014"],
)
def test_weeks_as_people_write_them(text: str) -> None:
    assert iso_day(week_from_text(text, "iso_week")) == "2014-03-17"
    assert iso_day(week_from_text(text, "mmwr_week")) == "2014-03-16"


@pytest.mark.parametrize("text", ["2014-12", "12/2014", "2014-W", "W12", "2014-W123", ""])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a week such as"):
        week_from_text(text, "iso_week")


def test_a_week_that_the_year_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="2014 has no week 53; it has 52"):
        week_from_text("2014-W53", "iso_week")
    assert iso_day(week_from_text("2014-W53", "mmwr_week")) == "2014-12-28"


def test_days_have_no_weeks() -> None:
    with pytest.raises(ValueError, match="daily series has no weeks"):
        week_name(0, "daily")


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["iso_week", "mmwr_week"]))
def test_a_week_is_found_again_by_its_name(day: date, rhythm: Rhythm) -> None:
    number = day.toordinal() - date(1970, 1, 1).toordinal()
    start = period_start(number, rhythm)
    assert week_from_text(week_name(number, rhythm), rhythm) == start
    assert week_start(*week_of(number, rhythm), rhythm) == start
