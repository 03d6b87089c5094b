# SPDX-License-Identifier: Apache-2.0
"""How long times are at least and at most, and how often a spell begins in one, on any calendar."""

from __future__ import annotations

from pratique.base.duration import Duration

DAY = 86_400
_MONTHS = {"months": 1, "years": 12}
_DAYS = {"days": 1, "weeks": 7}


def fewest_days(length: Duration) -> int:
    """Return the fewest whole days that a time can be."""
    if length.unit in _MONTHS:
        years, months = divmod(length.count * _MONTHS[length.unit], 12)
        return years * 365 + months * 28
    return length.count * _DAYS.get(length.unit, 0)


def fewest_seconds(length: Duration) -> int:
    """Return how long a period is at least, from its start to its end."""
    return length.seconds if length.elapses else fewest_days(length) * DAY


def most_seconds(length: Duration) -> int:
    """Return how long a period can be: its last day ends with the day."""
    return length.seconds if length.elapses else (length.most_days + 1) * DAY


def times_in(length: Duration, spell: Duration) -> int:
    """Return how many spells surely begin in a time."""
    for units in (_MONTHS, _DAYS):
        if length.unit in units and spell.unit in units:
            return length.count * units[length.unit] // (spell.count * units[spell.unit])
    return fewest_days(length) // spell.most_days


def spells_in(length: Duration, spell: Duration) -> int:
    """Return how many spells can begin in a time, its first and its last moment included."""
    if length.unit in _MONTHS and spell.unit in _MONTHS:
        return length.count * _MONTHS[length.unit] // (spell.count * _MONTHS[spell.unit]) + 1
    return most_seconds(length) // fewest_seconds(spell) + 1
