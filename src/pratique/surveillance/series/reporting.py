# SPDX-License-Identifier: Apache-2.0
"""Who reported, and in time: completeness and timeliness of sites, beside every count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pratique.base.moment import Day
from pratique.surveillance.arrays import Floats
from pratique.surveillance.series.collection import SeriesSet
from pratique.surveillance.series.rhythm import DAYS
from pratique.surveillance.series.vintages import Vintages


def completeness(series: SeriesSet) -> Floats:
    """Return the share of expected sites that reported, [series, time]; NaN where not known."""
    if series.expected is None or series.reporting is None:
        return np.full(series.counts.shape, np.nan)
    return _share(series.reporting, series.expected)


def as_sites(series: SeriesSet) -> SeriesSet:
    """Return series of which each is one site: expected to report always, and did where known.

    Summed over places they say how many sites stand behind each sum.
    """
    reported = (~np.isnan(series.counts)).astype(np.float64)
    return replace(series, expected=np.ones_like(series.counts), reporting=reported)


def timeliness(vintages: Vintages, within: int, *, day: Day | None = None) -> Floats:
    """Return the share of sites known within that many days of a period's end, [series, time].

    A series without figures of sites is one site: 1 if its count was known in time, else 0. NaN
    where that is not decided yet on `day` (None: the last day known), or nobody was expected.
    """
    now = _last_day(vintages) if day is None else day
    asked = vintages.as_known(now)
    ends = asked.periods + DAYS[vintages.rhythm] - 1 + within
    early = _reporting(_known_in_time(vintages, within, now))
    expected = np.ones_like(early) if asked.expected is None else asked.expected
    return np.where(ends <= now, _share(early, expected), np.nan)


def incidence(series: SeriesSet, *, per: float = 100_000) -> Floats:
    """Return counts per so many persons, [series, time]; NaN where the population is not known."""
    if series.population is None:
        return np.full(series.counts.shape, np.nan)
    return _share(series.counts, series.population) * per


def _known_in_time(vintages: Vintages, within: int, now: Day) -> SeriesSet:
    step = DAYS[vintages.rhythm]
    last = vintages.first + (vintages.period.astype(np.int64) + 1) * step - 1 + within
    chosen = vintages.known <= np.minimum(last, now)
    columns = {
        name: column[chosen]
        for name in ("series", "period", "known", "value", "population", "expected", "reporting")
        if (column := getattr(vintages, name)) is not None
    }
    return replace(vintages, **columns).as_known()


def _reporting(series: SeriesSet) -> Floats:
    if series.reporting is None:
        return (~np.isnan(series.counts)).astype(np.float64)
    return np.nan_to_num(series.reporting)


def _last_day(vintages: Vintages) -> Day:
    return int(vintages.known.max()) if len(vintages) else vintages.first


def _share(part: Floats, whole: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole > 0, part / whole, np.nan)
