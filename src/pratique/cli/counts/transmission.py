# SPDX-License-Identifier: Apache-2.0
"""Reproduction number and doubling time of each series of a file, window by window, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pratique.base.text import say
from pratique.chart.signals_page.words import series_label
from pratique.cli.counts.reading import Counts, sets_of
from pratique.cli.counts.sheet import Cell, Column, Sheet, short_labels
from pratique.cli.counts.writing import whose
from pratique.cli.speech import CannotRun
from pratique.exchange.counts.layout import IDENTITY, period_text
from pratique.surveillance.estimates.cori import reproduction
from pratique.surveillance.estimates.growth import growth
from pratique.surveillance.series.collection import SeriesSet
from pratique.surveillance.series.rhythm import DAYS

_LOWER = 11
SHORTEST = 3
"""Growth needs three counts."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The serial interval, in days, the window in periods, and the share of the interval told."""

    mean: float
    std: float
    window: int
    level: float


def estimates(counts: Counts, asked: Interval) -> Sheet:
    """Return the estimates of all windows; CannotRun if the serial interval is too short."""
    step = DAYS[counts.rhythm]
    if asked.mean / step <= 1:
        raise CannotRun(
            say(
                "a serial interval of {mean} days is no longer than one period of {days} days:"
                " give counts by shorter periods",
                mean=asked.mean,
                days=step,
            )
        )
    rows: list[tuple[Cell, ...]] = []
    latest: list[tuple[Any, ...]] = []
    for series in sets_of(counts):
        for place, own in enumerate(_by_series(series, asked, step)):
            identity = series.identities[place]
            full = [(series_label(identity), *whose(identity), *row) for row in own]
            rows += full
            latest += [(identity, *row[1:]) for row in full[-1:]]
    # What grows for certain comes first: by the lower bound.
    latest.sort(key=lambda row: -float(row[_LOWER] or 0))
    return Sheet(_columns(), tuple(rows), short_labels(latest))


def _columns() -> tuple[Column, ...]:
    return (
        Column("series", say("series")),
        *(Column(name, name, told=False) for name in IDENTITY),
        Column("window_from", say("from")),
        Column("window_until", say("until")),
        Column("mean", say("R")),
        Column("lower", say("at least")),
        Column("upper", say("at most")),
        Column("doubling_days", say("doubles in days")),
    )


def _by_series(series: SeriesSet, asked: Interval, step: int) -> Iterator[list[tuple[Cell, ...]]]:
    """Iterate over the windows of each series of which something can be said."""
    length = series.counts.shape[1]
    if length <= asked.window:
        raise CannotRun(
            say(
                "a window of {window} periods needs more than {window}; the counts have {length}",
                window=asked.window,
                length=length,
            )
        )
    tails = (1 - asked.level) / 2
    found = reproduction(
        series.counts,
        mean_si=asked.mean / step,
        std_si=asked.std / step,
        window=asked.window,
        quantiles=(tails, 1 - tails),
    )
    grown = growth(series.counts, window=asked.window) if asked.window >= SHORTEST else None
    names = [period_text(int(day), series.rhythm) for day in series.periods]
    for row in range(len(series.identities)):
        yield [
            (
                names[first],
                names[last],
                float(found.mean[row, place]),
                *map(float, found.quantiles[row, place]),
                _doubling(grown.doubling[row, _of(grown.t_end, last)] * step) if grown else None,
            )
            for place, (first, last) in enumerate(
                zip(found.t_start.tolist(), found.t_end.tolist(), strict=True)
            )
            if np.isfinite(found.mean[row, place])
        ]


def _of(ends: np.ndarray, last: int) -> int:
    return int(np.searchsorted(ends, last))


def _doubling(days: float) -> float | None:
    return float(days) if np.isfinite(days) else None
