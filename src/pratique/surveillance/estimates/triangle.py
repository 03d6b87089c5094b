# SPDX-License-Identifier: Apache-2.0
"""The reporting triangle: how many cases of each day were reported how many days later.

It is made of vintages (the day spoken of, the day known, a figure); what is still to come is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pratique.surveillance.arrays import Floats, Truths, Whole


@dataclass(frozen=True, slots=True)
class Triangle:
    """New cases [series, day, delay] by day spoken of and days until known; NaN: not yet known.

    `first` is the first day spoken of and `known` the last day known. `later` cases came after the
    longest delay; `lowered` is by how many the highest figures exceed the last: neither is counted.
    """

    cells: Floats
    first: int
    known: int
    later: float = 0.0
    lowered: float = 0.0


def reporting_triangle(
    spoken: ArrayLike,
    known: ArrayLike,
    values: ArrayLike,
    *,
    longest: int,
    series: ArrayLike | None = None,
    first: int | None = None,
    as_of: int | None = None,
    cumulative: bool = False,
) -> Triangle:
    """Return the triangle of vintages: flat arrays, one entry a figure, days as whole numbers.

    `values` are new cases (several entries of one cell are summed), or if `cumulative` all cases of
    the day spoken of as known on that day (the last entry of a cell counts). Cumulative figures
    that sink later on are lowered to the later figure from the start, since nobody is reported less
    than once. `series` are 0-based. Days run from `first` (that of the earliest figure) to `as_of`
    (the last day known); figures known later are left out, a day without a single cumulative figure
    is NaN, and a case later than `longest` days is counted apart. ValueError if a figure is
    negative or missing, or was known before the day that it speaks of.
    """
    about, heard, given, whose = _entries(spoken, known, values, series)
    end = int(heard.max()) if as_of is None else as_of
    start = int(about.min()) if first is None else first
    kept = (heard <= end) & (about >= start)
    order = np.flatnonzero(kept)[np.argsort(heard[kept], kind="stable")]
    days = end - start + 1
    if days < 1 or longest < 0:
        raise ValueError("the triangle has no day, or its longest delay is negative")
    delays = np.minimum((heard - about)[order], longest + 1)
    told = _cumulative if cumulative else _summed
    shape = int(whose.max()) + 1, days, longest + 2
    full, lowered = told((whose[order], about[order] - start, delays), given[order], shape)
    coming = np.arange(days)[:, None] + np.arange(longest + 1) > days - 1
    later = float(np.nansum(full[..., -1]))
    return Triangle(np.where(coming, np.nan, full[..., :-1]), start, end, later, lowered)


def _entries(
    spoken: ArrayLike, known: ArrayLike, values: ArrayLike, series: ArrayLike | None
) -> tuple[Whole, Whole, Floats, Whole]:
    about, heard = np.asarray(spoken), np.asarray(known)
    given = np.asarray(values, dtype=np.float64)
    whose = np.zeros(about.shape, dtype=np.int64) if series is None else np.asarray(series)
    whole = all(np.issubdtype(part.dtype, np.integer) for part in (about, heard, whose))
    if not whole or {about.shape, heard.shape, whose.shape} != {given.shape} or given.ndim != 1:
        raise ValueError("vintages are flat arrays of one length, with whole days and series")
    if not given.size:
        raise ValueError("there is no figure")
    if not (np.isfinite(given) & (given >= 0)).all() or (whose < 0).any():
        raise ValueError("figures are never negative nor missing; leave a missing one out")
    if (heard < about).any():
        raise ValueError("no figure is known before the day that it speaks of")
    return about.astype(np.int64), heard.astype(np.int64), given, whose.astype(np.int64)


Place = tuple[Whole, Whole, Whole]


def _summed(place: Place, values: Floats, shape: tuple[int, int, int]) -> tuple[Floats, float]:
    cells = np.zeros(shape)
    np.add.at(cells, place, values)
    return cells, 0.0


def _cumulative(place: Place, values: Floats, shape: tuple[int, int, int]) -> tuple[Floats, float]:
    """Return new cases of cumulative figures, and how many were taken back.

    A delay without a figure brings nothing new; its cases stand with the next figure.
    """
    figures = np.full(shape, np.nan)
    figures[place] = values
    silent = np.isnan(figures)
    least = np.minimum.accumulate(np.where(silent, np.inf, figures)[..., ::-1], axis=2)[..., ::-1]
    level = np.maximum.accumulate(np.where(silent, 0.0, least), axis=2)
    told: Truths = ~silent.all(axis=2)
    most = np.where(silent, 0.0, figures).max(axis=2)
    lowered = float((most - level[..., -1])[told].sum())
    new = np.diff(level, axis=2, prepend=0.0)
    return np.where(told[..., None], new, np.nan), lowered
