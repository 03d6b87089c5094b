# SPDX-License-Identifier: Apache-2.0
"""Windows over the reports of one measure: mean, max, min, sum and change, as ranges.

A window ends with the latest report whose level still holds, and takes each report once
(semantics 8); one report missing leaves it unknown.
"""

from __future__ import annotations

import numpy as np

from pratique.base.duration import Duration, day_before
from pratique.base.moment import BEFORE, Day
from pratique.engine.arrays import Bools, Moments, Numbers, Range
from pratique.engine.series import Series


def window_range(series: Series, kind: str, duration: Duration, day: Day) -> Range:
    """Return the range of a window that ends on or before a day."""
    last = series.since[day % series.days]
    ends = last > BEFORE
    opens = _opens(last, duration)
    if kind == "change":
        return _change(series, last, opens, ends, day)
    count, total, least, most = _gathered(series, last, opens, day, duration)
    complete, missing = _complete(series, count, opens, last, ends, duration)
    if kind in ("sum", "mean"):
        return _total(series, kind, (count, total, missing), complete)
    value = np.where(complete, most if kind == "max" else least, np.nan)
    return _or_anything(value, series.measure.low, series.measure.high)


def _opens(last: Moments, duration: Duration) -> Moments:
    # The day before the window's first; the few different last days are asked one by one.
    opens = np.full_like(last, BEFORE)
    for day in np.unique(last):
        if day > BEFORE:
            opens[last == day] = day_before(int(day), duration)
    return opens


def _gathered(
    series: Series, last: Moments, opens: Moments, day: Day, duration: Duration
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    shape = last.shape
    count, total = np.zeros(shape), np.zeros(shape)
    least, most = np.full(shape, np.inf), np.full(shape, -np.inf)
    for back in range(day, day - series.hold - duration.most_days - 1, -1):
        inside = (back <= last) & (back > opens) & series.was_reported(back)
        values = series.reported[back % series.days]
        count += inside
        total += np.where(inside, values, 0.0)
        least = np.where(inside, np.minimum(least, values), least)
        most = np.where(inside, np.maximum(most, values), most)
    return count, total, least, most


def _complete(
    series: Series, count: Numbers, opens: Moments, last: Moments, ends: Bools, duration: Duration
) -> tuple[Bools, Numbers]:
    if series.rhythm:
        wanted = np.maximum(1, (last - opens) // series.rhythm)
        missing = np.maximum(0, np.where(ends, wanted - count, 1))
        return ends & (missing == 0), missing
    reaches = series.first <= opens + 1
    return ends & reaches & (count > 0), np.zeros_like(count)


def _total(
    series: Series, kind: str, parts: tuple[Numbers, Numbers, Numbers], complete: Bools
) -> Range:
    count, total, missing = parts
    if series.assumed is not None and series.rhythm:
        total = total + missing * series.assumed
        count = count + missing
        complete = complete | (count > 0)
    if kind == "sum":
        at_least = series.measure.low >= 0
        lowest = np.where(complete, total, total if at_least else -np.inf)
        return _known_or(complete, total, lowest, np.inf)
    mean = np.where(complete, total / np.maximum(count, 1), np.nan)
    return _or_anything(mean, series.measure.low, series.measure.high)


def _change(series: Series, last: Moments, opens: Moments, ends: Bools, day: Day) -> Range:
    latest = np.where(ends, series.levels[day % series.days], np.nan)
    earlier = np.full(last.shape, np.nan)
    for before in np.unique(opens):
        if before > BEFORE and before > day - series.days:
            levels, _ = series.level(int(before))
            known = series.is_known(int(before))
            earlier = np.where((opens == before) & known, levels, earlier)
    return _or_anything(latest - earlier, -np.inf, np.inf)


def _known_or(known: Bools, value: Numbers, lowest: Numbers, highest: float) -> Range:
    if known.all():
        return value, value
    return lowest, np.where(known, value, highest)


def _or_anything(value: Numbers, low: float, high: float) -> Range:
    unknown = np.isnan(value)
    if not unknown.any():
        return value, value
    return np.where(unknown, low, value), np.where(unknown, high, value)
