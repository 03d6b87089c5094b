# SPDX-License-Identifier: Apache-2.0
"""Moments and days: plain integers, so that they can stand in arrays.

A moment is whole seconds since 1970-01-01T00:00:00Z; a day is whole days since 1970-01-01 on the
calendar of one clock. Nothing here reads the machine's clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Moment = int
Day = int

NEVER: Moment = 2**62
"""Later than any moment: the end of what has no end."""
BEFORE: Moment = -(2**62)
"""Earlier than any moment: the beginning of what has not begun."""

_EPOCH = date(1970, 1, 1)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z")


def moment_from_iso(text: str) -> Moment:
    """Return the moment written as `2014-07-16T06:10:00Z`; ValueError if it is not."""
    if not _MOMENT.match(text):
        raise ValueError(f"`{text}` is not a moment such as 2014-07-16T06:10:00Z")
    return int(datetime.fromisoformat(text).timestamp())


def iso_moment(moment: Moment) -> str:
    """Return the moment in the one form that the register writes, `2014-07-16T06:10:00Z`."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_from_iso(text: str) -> Day:
    """Return the day written as `2014-07-16`; ValueError if it is written otherwise."""
    if not re.match(r"\d{4}-\d{2}-\d{2}\Z", text):
        raise ValueError(f"`{text}` is not a day such as 2014-07-16")
    return (date.fromisoformat(text) - _EPOCH).days


def iso_day(day: Day) -> str:
    """Return the day as `2014-07-16`."""
    return date_of(day).isoformat()


def date_of(day: Day) -> date:
    """Return the calendar date of a day."""
    return _EPOCH + timedelta(days=day)


def day_of(value: date) -> Day:
    """Return the day of a calendar date."""
    return (value - _EPOCH).days


@dataclass(frozen=True, slots=True)
class Clock:
    """The calendar by which an agreement counts its days: a time zone's (semantics 14)."""

    zone: str = "UTC"

    def day(self, moment: Moment) -> Day:
        """Return the day in which a moment falls."""
        if self.zone == "UTC":
            return moment // 86_400
        return day_of(datetime.fromtimestamp(moment, _zone(self.zone)).date())

    def start(self, day: Day) -> Moment:
        """Return the first moment of a day."""
        if self.zone == "UTC":
            return day * 86_400
        return _start(self.zone, day)


def is_zone(name: str) -> bool:
    """Say whether a name is a time zone of the IANA database."""
    try:
        _zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=4096)
def _start(zone: str, day: Day) -> Moment:
    midnight = datetime.combine(date_of(day), time(0), _zone(zone))
    return int(midnight.timestamp())
