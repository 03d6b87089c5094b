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
from pratique.engine.arrays import Bools, Moments, Numbers, Range
from pratique.engine.series import Series


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a window lies, by row: after `opens`, up to `last`; `ends` where there is a last report.

    `earliest` and `latest` are the first and the last of `opens` where there is one.
    """

    last: Moments
    opens: Moments
    ends: Bools
    everywhere: bool
    earliest: Day
    latest: Day


def window_range(series: Series, kind: str, duration: Duration, day: Day) -> Range:
    """Return the range of a window that ends on or before a day."""
    extent = _extent(series.since(day), duration)
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
    if earliest == latest:
        everywhere = latest > BEFORE
        before = day_before(latest, duration) if everywhere else BEFORE
        opens, ends = np.full_like(last, before), np.full_like(last, everywhere, dtype=np.bool_)
        return Extent(last, opens, ends, everywhere, before, before)
    ends = last > BEFORE
    # The day before the window's first; the few different last days are asked one by one.
    opens = np.full_like(last, BEFORE)
    found = [day for day in _different(last, latest) if day > BEFORE]
    befores = [day_before(day, duration) for day in found]
    for one, before in zip(found, befores, strict=True):
        np.copyto(opens, before, where=last == one)
    return Extent(last, opens, ends, earliest > BEFORE, min(befores), max(befores))


def _different(last: Moments, latest: Day) -> list[Day]:
    # From the latest on, for the last reports of most rows lie close together.
    found = [latest]
    while (earlier := int(np.max(last, initial=BEFORE, where=last < found[-1]))) > BEFORE:
        found.append(earlier)
    return found


def _days(extent: Extent, day: Day) -> range:
    return range(day, extent.earliest, -1) if extent.earliest > BEFORE else range(0)


def _inside(series: Series, extent: Extent, back: Day) -> Bools | None:
    """Return where a day lies in the window and was reported; None: in every row."""
    inside: Bools | None = None if series.is_whole(back) else series.was_reported(back)
    # A report that no longer holds ends no window.
    if not extent.everywhere:
        inside = extent.ends if inside is None else inside & extent.ends
    if back <= extent.latest:
        opened = extent.opens < back
        inside = opened if inside is None else inside & opened
    return inside


def _counted(series: Series, extent: Extent, day: Day) -> Moments:
    every = 0
    count = np.zeros_like(extent.last, dtype=np.int32)
    for back in _days(extent, day):
        inside = _inside(series, extent, back)
        if inside is None:
            every += 1
        else:
            count += inside
    return np.asarray(count + every)


def _summed(series: Series, extent: Extent, day: Day) -> Numbers:
    total = np.zeros_like(extent.last, dtype=np.float64)
    for back in _days(extent, day):
        # What was not reported is kept as 0: only where the window ends must be looked at.
        if extent.everywhere and back > extent.latest:
            total += series.reported(back)
        else:
            total += np.where(_among(extent, back), series.reported(back), 0.0)
    return total


def _among(extent: Extent, back: Day) -> Bools:
    return extent.ends & (extent.opens < back)


def _utmost(series: Series, kind: str, extent: Extent, day: Day) -> Numbers:
    further, none = (np.maximum, -np.inf) if kind == "max" else (np.minimum, np.inf)
    found = np.full_like(extent.last, none, dtype=np.float64)
    for back in _days(extent, day):
        inside = _inside(series, extent, back)
        reported = series.reported(back)
        further(found, reported if inside is None else np.where(inside, reported, none), out=found)
    return found


def _complete(series: Series, count: Moments, extent: Extent) -> tuple[Bools, Any]:
    """Return where all wanted reports are there, and how many are missing."""
    if series.rhythm:
        spans = extent.last - extent.opens
        wanted = np.maximum(1, spans if series.rhythm == 1 else spans // series.rhythm)
        missing = np.maximum(0, np.where(extent.ends, wanted - count, 1))
        return extent.ends & (missing == 0), missing
    reaches = series.first <= extent.opens + 1
    return extent.ends & reaches & (count > 0), 0


def _total(series: Series, kind: str, parts: tuple[Moments, Numbers, Any], complete: Bools) -> Range:
    count, total, missing = parts
    if series.assumed is not None and series.rhythm:
        total = total + missing * series.assumed
        count = count + missing
        complete = complete | (count > 0)
    if kind == "sum":
        at_least = series.measure.low >= 0
        lowest = total if complete.all() else np.where(complete, total, total if at_least else -np.inf)
        return _known_or(complete, total, lowest, np.inf)
    mean = total / np.maximum(count, 1)
    if complete.all():
        return mean, mean
    return _or_anything(np.where(complete, mean, np.nan), series.measure.low, series.measure.high)


def _change(series: Series, extent: Extent, day: Day) -> Range:
    latest = np.where(extent.ends, series.known_level(day), np.nan)
    earlier = np.full_like(extent.last, np.nan, dtype=np.float64)
    for before in _different(extent.opens, extent.latest):
        if before > BEFORE and before > day - series.days:
            levels, _ = series.level(before)
            known = series.is_known(before)
            np.copyto(earlier, levels, where=(extent.opens == before) & known)
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
