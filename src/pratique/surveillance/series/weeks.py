# SPDX-License-Identifier: Apache-2.0
"""Weeks that have names: of ISO 8601 (from Monday) and of the MMWR (from Sunday).

Either week belongs to the year that holds its fourth day, so a year has 52 or 53 of them.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import ArrayLike

from pratique.base.moment import Day, date_of
from pratique.surveillance.arrays import Whole
from pratique.surveillance.series.rhythm import DAYS, Rhythm

# Day 0, 1970-01-01, was a Thursday: how many days after the first of its week it stands.
_OFFSET: dict[Rhythm, int] = {"daily": 0, "iso_week": 3, "mmwr_week": 4}
_WRITTEN = (
    re.compile(r"(?P<year>\d{4})[-\s]?[Ww](?P<week>\d{1,2})"),
    re.compile(r"[Ww](?:eek|k)?\s?(?P<week>\d{1,2})(?:\s+of\s+|[\s,/-]+)(?P<year>\d{4})"),
    re.compile(r"(?:[Ss]emaine|[Ss])\s?(?P<week>\d{1,2})(?:\s+de\s+|[\s,/-]+)(?P<year>\d{4})"),
    re.compile(r"[Ss]emana\s(?P<week>\d{1,2})(?:\s+de\s+|[\s,/-]+)(?P<year>\d{4})"),
)


def period_starts(days: ArrayLike, rhythm: Rhythm) -> Whole:
    """Return the first day of the period in which each day falls."""
    whole = np.asarray(days, dtype=np.int64)
    return whole - (whole + _OFFSET[rhythm]) % DAYS[rhythm]


def period_start(day: Day, rhythm: Rhythm) -> Day:
    """Return the first day of the period in which a day falls."""
    return day - (day + _OFFSET[rhythm]) % DAYS[rhythm]


def weeks_of(days: ArrayLike, rhythm: Rhythm) -> tuple[Whole, Whole]:
    """Return the year and the number of the week of each day; ValueError if `rhythm` is daily."""
    _require_weeks(rhythm)
    fourth = (period_starts(days, rhythm) + 3).astype("datetime64[D]")
    year = fourth.astype("datetime64[Y]")
    within = (fourth - year.astype("datetime64[D]")).astype(np.int64)
    return year.astype(np.int64) + 1970, within // 7 + 1


def week_of(day: Day, rhythm: Rhythm) -> tuple[int, int]:
    """Return the year and the number of the week of a day; ValueError if `rhythm` is daily."""
    _require_weeks(rhythm)
    fourth = date_of(period_start(day, rhythm) + 3)
    return fourth.year, (fourth.timetuple().tm_yday - 1) // 7 + 1


def week_start(year: int, number: int, rhythm: Rhythm) -> Day:
    """Return the first day of a week; ValueError if that year has no such week."""
    if not 1 <= number <= weeks_in(year, rhythm):
        raise ValueError(f"{year} has no week {number}; it has {weeks_in(year, rhythm)}")
    return _first_week(year, rhythm) + 7 * (number - 1)


def weeks_in(year: int, rhythm: Rhythm) -> int:
    """Return how many weeks a year has, 52 or 53; ValueError if `rhythm` is daily."""
    _require_weeks(rhythm)
    return (_first_week(year + 1, rhythm) - _first_week(year, rhythm)) // 7


def week_name(day: Day, rhythm: Rhythm) -> str:
    """Return the week of a day as `2014-W12`; ValueError if `rhythm` is daily."""
    year, number = week_of(day, rhythm)
    return f"{year}-W{number:02}"


def week_from_text(text: str, rhythm: Rhythm) -> Day:
    """Return the first day of a week written `2014-W12`, `2014W12` or `week 12 of 2014`.

    ValueError if it is written otherwise, or if that year has no such week.
    """
    for form in _WRITTEN:
        if found := form.fullmatch(text.strip()):
            return week_start(int(found["year"]), int(found["week"]), rhythm)
    raise ValueError(f"`{text}` is not a week such as 2014-W12 or week 12 of 2014")


def _first_week(year: int, rhythm: Rhythm) -> Day:
    # The fourth of January is in the first week, whichever day weeks begin on.
    fourth = np.datetime64(f"{year:04}-01-04", "D").astype(np.int64)
    return period_start(int(fourth), rhythm)


def _require_weeks(rhythm: Rhythm) -> None:
    if DAYS[rhythm] != 7:
        raise ValueError(
            f"a {rhythm} series has no weeks; say whether they begin on Monday or Sunday"
        )
