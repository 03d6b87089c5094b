# SPDX-License-Identifier: Apache-2.0
"""Which figure was known when: each observation with the day it speaks of and the day it came.

Rows in long form; a correction is a row that came later, a withdrawal one whose value is NaN.
Nothing is overwritten, so that all can be asked as known on any day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pratique.base.moment import Day
from pratique.surveillance.arrays import Floats, Truths
from pratique.surveillance.series.collection import Identity, SeriesSet
from pratique.surveillance.series.rhythm import DAYS, Rhythm
from pratique.surveillance.series.weeks import period_starts

Small = NDArray[np.int32]
_Numbers = NDArray[np.integer]
_COLUMNS = ("value", "population", "expected", "reporting")


@dataclass(frozen=True, slots=True, eq=False)
class Vintages:
    """Observations of many series, one a row: which series, which period, known when, how many.

    INVARIANT: rows are in the order of series, period, day known, arrival. A `value` of NaN
    withdraws what was known; NaN in `population`, `expected` or `reporting` says nothing of it,
    and what was known of it stays. `first` is the first day of period 0, `length` their number.
    """

    identities: tuple[Identity, ...]
    rhythm: Rhythm
    first: Day
    length: int
    series: Small
    period: Small
    known: Small
    value: Floats
    population: Floats | None = None
    expected: Floats | None = None
    reporting: Floats | None = None

    def __len__(self) -> int:
        return len(self.value)

    def as_known(self, day: Day | None = None) -> SeriesSet:
        """Return the series as they were known at the end of a day; None: at the last.

        All periods stand there, also those of which nothing was known yet.
        """
        known = None if day is None else self.known <= day
        return SeriesSet(
            identities=self.identities,
            rhythm=self.rhythm,
            first=self.first,
            counts=self._latest(self.value, known),
            population=self._told(self.population, known),
            expected=self._told(self.expected, known),
            reporting=self._told(self.reporting, known),
            known=day,
        )

    def of(self, chosen: slice) -> Vintages:
        """Return the vintages of a run of series, without copying a row: a chunk of the whole."""
        start, stop, step = chosen.indices(len(self.identities))
        if step != 1:
            raise ValueError("a chunk of series is a plain run of them")
        rows = slice(*np.searchsorted(self.series, [start, max(start, stop)]).tolist())
        return replace(
            self,
            identities=self.identities[start:stop],
            series=self.series[rows] - np.int32(start),
            period=self.period[rows],
            known=self.known[rows],
            value=self.value[rows],
            population=_cut(self.population, rows),
            expected=_cut(self.expected, rows),
            reporting=_cut(self.reporting, rows),
        )

    def known_days(self) -> tuple[Day, ...]:
        """Return the days on which anything became known, in order."""
        return tuple(np.unique(self.known).tolist())

    def cells(self) -> NDArray[np.int64]:
        """Return, for each row, the number of its cell in [series, period], read row by row."""
        return self.series.astype(np.int64) * self.length + self.period

    def _told(self, column: Floats | None, known: Truths | None) -> Floats | None:
        if column is None:
            return None
        told = ~np.isnan(column)
        return self._latest(column, told if known is None else told & known)

    def _latest(self, column: Floats, chosen: Truths | None) -> Floats:
        cells = self.cells()
        if chosen is not None:
            cells, column = cells[chosen], column[chosen]
        table = np.full(len(self.identities) * self.length, np.nan)
        last = last_of_each(cells)
        table[cells[last]] = column[last]
        return table.reshape(len(self.identities), self.length)


def vintages(
    identities: Sequence[Identity],
    rhythm: Rhythm,
    *,
    series: ArrayLike,
    days: ArrayLike,
    known: ArrayLike,
    values: ArrayLike,
    beside: Mapping[str, ArrayLike] | None = None,
) -> Vintages:
    """Return vintages from rows in any order; of two known on one day the later row holds.

    `series` counts in `identities`; `days` is any day of the period that the row speaks of;
    `beside` may hold columns named population, expected and reporting.
    ValueError if an identity stands twice, columns differ in length, or a figure is negative.
    """
    starts = period_starts(days, rhythm)
    first = int(starts.min()) if starts.size else 0
    period = (starts - first) // DAYS[rhythm]
    columns = {name: _figures(column, name) for name, column in (beside or {}).items()}
    columns["value"] = _figures(values, "value")
    rows, days_known = np.asarray(series, np.int64), np.asarray(known, np.int64)
    _require_columns(rows, period, days_known, columns)
    _require_identities(identities, rows)
    length = int(period.max()) + 1 if period.size else 0
    frame = _Frame(tuple(identities), rhythm, first, length)
    return _ordered(frame, (rows, period, days_known), columns)


def appended(earlier: Vintages, later: Vintages) -> Vintages:
    """Return both together: new rows, series and periods; of rows known on one day `later` holds.

    ValueError if the two beat differently.
    """
    if earlier.rhythm != later.rhythm:
        raise ValueError(f"{earlier.rhythm} and {later.rhythm} series are not put together")
    both = [part for part in (earlier, later) if part.length] or [earlier]
    first = min(part.first for part in both)
    step = DAYS[earlier.rhythm]
    numbers = {one: n for n, one in enumerate(dict.fromkeys(earlier.identities + later.identities))}
    rows = (
        np.concatenate([_renumbered(part, numbers) for part in (earlier, later)]),
        np.concatenate([p.period + (p.first - first) // step for p in (earlier, later)]),
        np.concatenate([earlier.known, later.known]),
    )
    columns = {name: _stacked(earlier, later, name) for name in _COLUMNS}
    length = max((part.first - first) // step + part.length for part in both)
    frame = _Frame(tuple(numbers), earlier.rhythm, first, length)
    return _ordered(frame, rows, {name: c for name, c in columns.items() if c is not None})


def last_of_each(cells: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return where each run of one cell ends, in cells (none negative) that stand in runs."""
    return np.flatnonzero(np.diff(cells, append=-1))


class _Frame(NamedTuple):
    identities: tuple[Identity, ...]
    rhythm: Rhythm
    first: Day
    length: int


def _ordered(
    frame: _Frame, rows: tuple[_Numbers, _Numbers, _Numbers], columns: Mapping[str, Floats]
) -> Vintages:
    series, period, known = (column.astype(np.int32) for column in rows)
    order = _order(series.astype(np.int64) * frame.length + period, known)
    put = {name: column[order] for name, column in columns.items()}
    return Vintages(
        *frame,
        series[order],
        period[order],
        known[order],
        put["value"],
        put.get("population"),
        put.get("expected"),
        put.get("reporting"),
    )


def _order(cells: NDArray[np.int64], known: Small) -> NDArray[np.intp] | slice:
    step = np.diff(cells)
    if ((step > 0) | ((step == 0) & (np.diff(known) >= 0))).all():
        return slice(None)
    return np.lexsort((known, cells))


def _cut(column: Floats | None, rows: slice) -> Floats | None:
    return None if column is None else column[rows]


def _renumbered(part: Vintages, numbers: dict[Identity, int]) -> Small:
    new = np.array([numbers[one] for one in part.identities], dtype=np.int32)
    return new[part.series] if len(new) else part.series


def _stacked(earlier: Vintages, later: Vintages, name: str) -> Floats | None:
    pair: list[Floats | None] = [getattr(earlier, name), getattr(later, name)]
    if pair[0] is None and pair[1] is None:
        return None
    sizes = (len(earlier), len(later))
    return np.concatenate(
        [np.full(n, np.nan) if c is None else c for c, n in zip(pair, sizes, strict=True)]
    )


def _figures(column: ArrayLike, name: str) -> Floats:
    figures = np.asarray(column, dtype=np.float64)
    if name not in _COLUMNS:
        raise ValueError(f"no column beside the counts is called `{name}`")
    if (figures < 0).any() or np.isinf(figures).any():
        raise ValueError(f"`{name}` is never negative nor infinite; what is not known is NaN")
    return figures


def _require_columns(
    rows: _Numbers, period: _Numbers, known: _Numbers, columns: Mapping[str, Floats]
) -> None:
    shapes = {column.shape for column in (period, known, *columns.values())}
    if rows.ndim != 1 or shapes != {rows.shape}:
        raise ValueError("all columns are flat and have one figure a row")


def _require_identities(identities: Sequence[Identity], rows: NDArray[np.int64]) -> None:
    if len(set(identities)) != len(identities):
        raise ValueError("an identity stands twice")
    if rows.size and (rows.min() < 0 or rows.max() >= len(identities)):
        raise ValueError("a row names a series that has no identity")
