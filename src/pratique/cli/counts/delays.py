# SPDX-License-Identifier: Apache-2.0
"""Nowcasts of the series of a file whose figures have the day on which each became known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from pratique.base.text import Code, say
from pratique.chart.signals_page.words import series_label
from pratique.cli.counts.reading import Counts, vintages_of
from pratique.cli.counts.sheet import Cell, Column, Sheet, short_labels
from pratique.cli.counts.writing import whose
from pratique.cli.speech import CannotRun
from pratique.exchange.counts.layout import IDENTITY, period_text
from pratique.surveillance.estimates.nowcast import Nowcast, NowcastRefused, nowcast
from pratique.surveillance.estimates.triangle import Triangle, reporting_triangle
from pratique.surveillance.series.rhythm import DAYS
from pratique.surveillance.series.vintages import Vintages


@dataclass(frozen=True, slots=True)
class Delays:
    """The longest delay in periods (None: the longest seen), the window, the interval, the seed."""

    longest: int | None
    window: int | None
    level: float
    seed: int


class _Ages(NamedTuple):
    spoken: np.ndarray
    known: np.ndarray
    values: np.ndarray
    series: np.ndarray


def nowcasts(counts: Counts, asked: Delays) -> tuple[Sheet, int]:
    """Return the nowcasts and the longest delay in periods; CannotRun if there can be none."""
    if not counts.knows:
        raise CannotRun(
            say(
                "{file} does not say when each figure became known: a nowcast needs a column"
                " `known`, with each figure as it stood on that day",
                file=Code(counts.files[0].name),
            )
        )
    given = vintages_of(counts)
    triangle = _triangle(given, counts, asked)
    shares = ((1 - asked.level) / 2, (1 + asked.level) / 2)
    try:
        found = nowcast(
            triangle, np.random.default_rng(asked.seed), window=asked.window, quantiles=shares
        )
    except NowcastRefused as fault:
        raise CannotRun(say("no nowcast: {why}", why=fault.sentence)) from fault
    return _sheet(given, triangle, found), triangle.cells.shape[2] - 1


def _triangle(given: Vintages, counts: Counts, asked: Delays) -> Triangle:
    ages = _ages(given)
    last = int(ages.known.max(initial=0))
    if counts.known is not None:
        last = (counts.known - given.first) // DAYS[given.rhythm]
    told = ages.known <= last
    if not told.any():
        raise CannotRun(say("nothing was known yet by then"))
    delays = (ages.known - ages.spoken)[told]
    longest = asked.longest if asked.longest is not None else int(delays.max())
    return reporting_triangle(
        ages.spoken,
        ages.known,
        ages.values,
        series=ages.series,
        longest=longest,
        first=0,
        as_of=last,
        cumulative=True,
    )


def _ages(given: Vintages) -> _Ages:
    """Return the figures with both days counted in periods from the first; withdrawn ones out."""
    kept = ~np.isnan(given.value)
    known = (given.known.astype(np.int64) - given.first) // DAYS[given.rhythm]
    spoken = given.period.astype(np.int64)
    # What is known before its period begins is a plan or a slip: it counts as known at once.
    return _Ages(
        spoken[kept],
        np.maximum(known, spoken)[kept],
        given.value[kept],
        given.series.astype(np.int64)[kept],
    )


def _sheet(given: Vintages, triangle: Triangle, found: Nowcast) -> Sheet:
    columns = (
        Column("series", say("series")),
        *(Column(name, name, told=False) for name in IDENTITY),
        Column("period", say("period")),
        Column("reported", say("reported")),
        Column("estimate", say("estimate")),
        Column("lower", say("at least")),
        Column("upper", say("at most")),
        Column("share", say("share reported")),
    )
    rows: list[tuple[Cell, ...]] = []
    latest: list[tuple[Any, ...]] = []
    days = found.reported.shape[1]
    fresh = triangle.cells.shape[2] - 1
    for place, identity in enumerate(given.identities[: len(found.reported)]):
        for day in range(days):
            start = given.first + DAYS[given.rhythm] * day
            row: tuple[Cell, ...] = (
                series_label(identity),
                *whose(identity),
                period_text(start, given.rhythm),
                float(found.reported[place, day]),
                float(found.mean[place, day]),
                *map(float, found.quantiles[place, day]),
                float(found.share[place, day]),
            )
            rows.append(row)
            if day >= days - max(fresh, 1):
                latest.append((identity, *row[1:]))
    return Sheet(columns, tuple(rows), short_labels(latest))
