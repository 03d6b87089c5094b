# SPDX-License-Identifier: Apache-2.0
"""Published figures to counts of each day or week, as known on a day: what a detector reads.

Nothing that became known later is read: a figure corrected tomorrow is what it was today.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pratique.base.moment import Day
from pratique.surveillance.arrays import Floats
from pratique.surveillance.series.collection import Identity, SeriesSet
from pratique.surveillance.series.rhythm import DAYS, Rhythm
from pratique.surveillance.series.vintages import Vintages, vintages
from pratique.surveillance.series.weeks import period_start, period_starts

Places = NDArray[np.intp]
Counting = Literal["new", "cumulative"]
"""What a published figure counts: what is new in its day or week, or all from the beginning on."""


@dataclass(frozen=True, slots=True)
class Published:
    """One figure: of which place, of which day it speaks, on which it became known."""

    place: str
    day: Day
    known: Day
    value: float


@dataclass(frozen=True, slots=True)
class Reported:
    """All figures of one indicator, by place; cumulative ones are kept by the day they speak of."""

    figures: Vintages
    rhythm: Rhythm
    counting: Counting


def reported(
    rows: Iterable[Published], places: Sequence[str], rhythm: Rhythm, *, counting: Counting
) -> Reported:
    """Return figures in the order of `places`; ValueError if one is negative or of another place.

    Of two figures of one place and period that became known on one day the later row holds.
    """
    listed = list(rows)
    numbers = {place: number for number, place in enumerate(places)}
    kept = vintages(
        [Identity("", place=place) for place in places],
        rhythm if counting == "new" else "daily",
        series=[numbers[row.place] for row in listed],
        days=[row.day for row in listed],
        known=[row.known for row in listed],
        values=[row.value for row in listed],
    )
    return Reported(kept, rhythm, counting)


def counts_known(figures: Reported, day: Day) -> SeriesSet:
    """Return what was new in each period, a series a place, as known at the end of a day."""
    known = figures.figures.as_known(day)
    return known if figures.counting == "new" else new_in_periods(known, figures.rhythm)


def new_in_periods(totals: SeriesSet, rhythm: Rhythm) -> SeriesSet:
    """Return what was new in each period, from totals by the day they speak of, as known.

    What is new in a period is the last total that speaks of it less the last of the period before.
    It is not known (NaN) where either period has no total, in the first, where the total fell (that
    is a correction, not a count), and while the period lasts: until a total speaks of its last day
    or, `known` being given, that day is past.
    """
    length = DAYS[rhythm]
    starts = period_starts(totals.periods, rhythm)
    first = period_start(totals.first, rhythm)
    place = (starts - first) // length
    periods = int(place.max(initial=-1)) + 1
    rows, days = np.nonzero(~np.isnan(totals.counts))
    latest = np.full((len(totals.counts), periods), np.nan)
    # Days ascend in each row, so that the last total of a period is the one that stays.
    latest[rows, place[days]] = totals.counts[rows, days]
    new = np.diff(latest, axis=1, prepend=np.nan)
    new[new < 0] = np.nan
    ends = first + length * np.arange(1, periods + 1) - 1
    new[ends > _over_by(totals, rows, days)[:, None]] = np.nan
    return replace(totals, rhythm=rhythm, first=first, counts=new)


def _over_by(totals: SeriesSet, rows: Places, days: Places) -> Floats:
    """Return the last day, of each series, by which a period is over."""
    spoken = np.full(len(totals.counts), -np.inf)
    np.maximum.at(spoken, rows, totals.first + days)
    return spoken if totals.known is None else np.maximum(spoken, totals.known - 1.0)


def together(series: SeriesSet) -> SeriesSet:
    """Return all places as one series: known where all that have ever reported are known."""
    heard = ~np.isnan(series.counts).all(axis=1)
    one = series.counts[heard].sum(axis=0, keepdims=True)
    counts = one if heard.any() else np.full_like(one, np.nan)
    return replace(series, identities=(Identity(""),), counts=counts)
