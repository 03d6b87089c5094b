# SPDX-License-Identifier: Apache-2.0
"""Windows over the reports of one measure: mean, max, min, sum and change, as ranges.

A window ends with the latest report whose level still holds, and takes each report once
(semantics 8); one report missing leaves it unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pratique.base.duration import Duration, day_before
from pratique.base.moment import BEFORE, Day
from pratique.engine.arrays import Bools, Moments, Numbers, Range, somewhere
from pratique.engine.conditions.series import Series


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a window lies: after `opens`, up to `last`; `ends` where there is a last report.

    By row, or one value for all rows alike. `openings`: the days in `opens`, latest first.
    """

    last: Any
    opens: Any
    ends: Any
    everywhere: bool
    openings: tuple[Day, ...]


def window_range(series: Series, kind: str, duration: Duration, day: Day) -> Range:
    """Return the range of a window that ends on or before a day."""
    known = series.ranges.get((kind, duration, day))
    if known is None:
        known = series.ranges[kind, duration, day] = _window(series, kind, duration, day)
    return known


def _window(series: Series, kind: str, duration: Duration, day: Day) -> Range:
    last = series.since(day)
    if series.assumed is not None and series.rhythm and kind in ("sum", "mean"):
        # Where no report holds the assumed value stands for each one missing up to the day itself.
        last = np.where(last == BEFORE, day, last)
    extent = _extent(last, duration)
    if kind == "change":
        return _change(series, extent, day)
    count = _counted(series, extent, day)
    complete, missing = _complete(series, count, extent)
    if kind in ("sum", "mean"):
        return _total(series, kind, (count, _summed(series, extent, day), missing), complete)
    value = np.where(complete, _utmost(series, kind, extent, day), np.nan)
    return _or_anything(value, series.measure.low, series.measure.high)


def _extent(last: Moments, duration: Duration) -> Extent:
    latest, earliest = int(last.max()), int(last.min())
    if latest == BEFORE:
        return Extent(BEFORE, BEFORE, False, False, ())
    if earliest == latest:
        opens = day_before(latest, duration)
        return Extent(latest, opens, True, True, (opens,))
    # The day before the window's first; the few different last days are asked one by one.
    opened, openings = np.full_like(last, BEFORE), []
    for day in _different(last, latest):
        openings.append(day_before(day, duration))
        np.copyto(opened, openings[-1], where=last == day)
    return Extent(last, opened, last > BEFORE, earliest > BEFORE, tuple(dict.fromkeys(openings)))


def _different(last: Moments, latest: Day) -> list[Day]:
    # From the latest on, for the last reports of most rows lie close together.
    found = [latest]
    while (earlier := int(np.where(last < found[-1], last, BEFORE).max())) > BEFORE:
        found.append(earlier)
    return found


def _days(extent: Extent, day: Day) -> range:
    return range(day, extent.openings[-1], -1) if extent.openings else range(0)


def _inside(series: Series, extent: Extent, back: Day) -> Bools | None:
    """Return where a day lies in the window and was reported; None: in every row."""
    among = _among(extent, back)
    if series.is_whole(back):
        return among
    return series.was_reported(back) if among is None else series.was_reported(back) & among


def _among(extent: Extent, back: Day) -> Bools | None:
    """Return where a day up to the last report lies in the window; None: in every row."""
    # A row whose last report no longer holds has no window.
    among: Bools | None = None if extent.everywhere else extent.ends
    if back > extent.openings[0]:
        return among
    opened: Bools = extent.opens < back
    return opened if among is None else among & opened


def _counted(series: Series, extent: Extent, day: Day) -> Any:
    """Return how many reports lie in the window, by row, or one number for all rows alike."""
    count: Any = 0
    for back in _days(extent, day):
        inside = _inside(series, extent, back)
        if inside is None:
            count += 1
        else:
            # Whole numbers of 32 bits are added without conversion of what was counted so far.
            count = count + inside.astype(np.int32)
    return count


def _summed(series: Series, extent: Extent, day: Day) -> Numbers:
    total = np.zeros_like(series.reported(day))
    for back in _days(extent, day):
        # What was not reported is kept as 0.
        among = _among(extent, back)
        total += (
            series.reported(back) if among is None else np.where(among, series.reported(back), 0.0)
        )
    return total


def _utmost(series: Series, kind: str, extent: Extent, day: Day) -> Numbers:
    further, none = (np.maximum, -np.inf) if kind == "max" else (np.minimum, np.inf)
    found = np.full_like(series.reported(day), none)
    for back in _days(extent, day):
        inside, reported = _inside(series, extent, back), series.reported(back)
        further(found, reported if inside is None else np.where(inside, reported, none), out=found)
    return found


def _complete(series: Series, count: Any, extent: Extent) -> tuple[Any, Any]:
    """Return where all wanted reports are there, and how many are missing."""
    if series.rhythm:
        span = extent.last - extent.opens
        wanted = np.maximum(1, span if series.rhythm == 1 else span // series.rhythm)
        missing = np.maximum(0, np.where(extent.ends, wanted - count, 1))
        return extent.ends & (missing == 0), missing
    reaches = series.first <= extent.opens + 1
    return extent.ends & reaches & (count > 0), 0


def _total(series: Series, kind: str, parts: tuple[Any, Numbers, Any], complete: Any) -> Range:
    count, total, missing = parts
    if series.assumed is not None and series.rhythm:
        total = total + missing * series.assumed
        count = count + missing
        complete = complete | (count > 0)
    value = total if kind == "sum" else total / np.maximum(count, 1)
    if np.all(complete):
        return value, value
    if kind == "mean":
        return _or_anything(
            np.where(complete, value, np.nan), series.measure.low, series.measure.high
        )
    lowest = total if series.measure.low >= 0 else np.where(complete, total, -np.inf)
    return lowest, np.where(complete, total, np.inf)


def _change(series: Series, extent: Extent, day: Day) -> Range:
    latest = np.where(extent.ends, series.known_level(day), np.nan)
    earlier = np.full_like(latest, np.nan)
    for before in extent.openings:
        if before > day - series.days:
            levels, _ = series.level(before)
            np.copyto(earlier, levels, where=(extent.opens == before) & series.is_known(before))
    return _or_anything(latest - earlier, -np.inf, np.inf)


def _or_anything(value: Numbers, low: float, high: float) -> Range:
    unknown = np.isnan(value)
    if not somewhere(unknown):
        return value, value
    return np.where(unknown, low, value), np.where(unknown, high, value)
