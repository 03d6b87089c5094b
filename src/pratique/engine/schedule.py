# SPDX-License-Identifier: Apache-2.0
"""Spells that follow one another: `every 12 months`, `per year`, counted from a first day."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pratique.base.duration import Duration, day_after
from pratique.base.moment import BEFORE, Clock, Day, Moment

if TYPE_CHECKING:
    from pratique.engine.standing import Standing


def spell_end(
    standing: Standing, key: str, day: Day | None, every: Duration, now: Moment
) -> Moment | None:
    """Return the end of a spell that begins in the moment under way, or None (see `occurrence`).

    `key`: of what the spells are; the standing keeps when its next one begins.
    """
    first = standing.serial == 1
    if not first and now < standing.spells.get(key, BEFORE):
        return None
    clock, begins = standing.program.clock, standing.begins
    standing.spells[key] = next_occurrence(clock, begins, day, every, now)
    return occurrence(clock, begins, day, every, (standing.now, now), first=first)


def occurrence(
    clock: Clock,
    begins: Moment,
    day: Day | None,
    every: Duration,
    span: tuple[Moment, Moment],
    *,
    first: bool,
) -> Moment | None:
    """Return the end of a spell that begins after the last moment and by now, or None.

    The first spell begins with the register, or on the day given (one that is past gives the count,
    and what had begun before the register is not owed in it); `first` says that the register's
    first moment is being run, which has no last one before it.
    """
    last, now = span
    number = _spells_before(clock, begins, day, every, last)
    opens = _later(clock, begins, day, Duration(every.count * number, every.unit))
    found = None
    while opens <= now:
        number += 1
        following = _later(clock, begins, day, Duration(every.count * number, every.unit))
        if opens >= begins and (opens > last or first):
            found = following
        opens = following
    return found


def next_occurrence(
    clock: Clock, begins: Moment, day: Day | None, every: Duration, after: Moment
) -> Moment:
    """Return the beginning of the next spell after a moment."""
    number = _spells_before(clock, begins, day, every, after)
    opens = _later(clock, begins, day, Duration(every.count * number, every.unit))
    while opens <= after:
        number += 1
        opens = _later(clock, begins, day, Duration(every.count * number, every.unit))
    return opens


def _spells_before(
    clock: Clock, begins: Moment, day: Day | None, every: Duration, moment: Moment
) -> int:
    """Return a number of spells that surely began before a moment; few more did."""
    longest = every.seconds if every.elapses else every.most_days * 86_400
    return max(0, (moment - _beginning(clock, begins, day)) // longest - 1)


def _beginning(clock: Clock, begins: Moment, day: Day | None) -> Moment:
    return begins if day is None else clock.start(day)


# The same few spells are asked for at every moment.
@lru_cache(maxsize=4096)
def _later(clock: Clock, begins: Moment, day: Day | None, elapsed: Duration) -> Moment:
    if not elapsed.count:
        return _beginning(clock, begins, day)
    if elapsed.elapses:
        return _beginning(clock, begins, day) + elapsed.seconds
    return clock.start(day_after(clock.day(begins) if day is None else day, elapsed))
