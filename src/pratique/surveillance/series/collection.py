# SPDX-License-Identifier: Apache-2.0
"""Many series of one rhythm, side by side, as arrays; and whose each of them is.

As known on one day: which figures were known when is kept in `vintages.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pratique.base.moment import Day
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.series.rhythm import DAYS, Rhythm


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """Whose a series is. A blank field means "all", not "unknown"; `class_` is the case class."""

    indicator: str
    disease: str = ""
    class_: str = ""
    place: str = ""
    age: str = ""
    sex: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class SeriesSet:
    """Regular series as known on one day; arrays are [series, time].

    `first` is the first day of the first period. `counts` are float64, NaN where nothing is known
    (missing is not zero). `population` is the denominator (persons), NaN where unknown; `expected`
    and `reporting` are the sites that should have reported, and that did; None where there is no
    such figure at all. `known` is the day on which all this was known, None: at the last.
    """

    identities: tuple[Identity, ...]
    rhythm: Rhythm
    first: Day
    counts: Floats
    population: Floats | None = None
    expected: Floats | None = None
    reporting: Floats | None = None
    known: Day | None = None

    @property
    def periods(self) -> Whole:
        """The first day of each period, [time]."""
        return self.first + DAYS[self.rhythm] * np.arange(self.counts.shape[1], dtype=np.int64)


def chosen(series: SeriesSet, rows: Sequence[int] | slice) -> SeriesSet:
    """Return these of the series, in the order given."""
    picked = range(len(series.identities))[rows] if isinstance(rows, slice) else rows
    index: slice | list[int] = rows if isinstance(rows, slice) else list(rows)
    return replace(
        series,
        identities=tuple(series.identities[row] for row in picked),
        counts=series.counts[index],
        population=_cut(series.population, index),
        expected=_cut(series.expected, index),
        reporting=_cut(series.reporting, index),
    )


def matching(series: SeriesSet, **fields: str) -> SeriesSet:
    """Return the series whose identity has these words, such as `place="Kailahun"`."""
    rows = [
        row
        for row, one in enumerate(series.identities)
        if all(getattr(one, name) == word for name, word in fields.items())
    ]
    return chosen(series, rows)


def until(series: SeriesSet, day: Day) -> SeriesSet:
    """Return the series cut after the last period that was over at the end of `day`."""
    step = DAYS[series.rhythm]
    length = min(max(0, (day + 1 - series.first) // step), series.counts.shape[1])
    whole = (slice(None), slice(length))
    return replace(
        series,
        counts=series.counts[whole],
        population=_cut(series.population, whole),
        expected=_cut(series.expected, whole),
        reporting=_cut(series.reporting, whole),
    )


def _cut(table: Floats | None, index: list[int] | slice | tuple[slice, slice]) -> Floats | None:
    return None if table is None else table[index]
