# SPDX-License-Identifier: Apache-2.0
"""Series from a file or a folder of counts, some thousands at a time, as known on a day.

A table with one series a row is streamed; others are read whole and handed on in runs of series.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pratique.base.moment import Day, day_from_iso
from pratique.base.text import Code, say
from pratique.cli.speech import CannotRun
from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.gazetteer import Gazetteer, read_gazetteer
from pratique.exchange.counts.layout import layout_of
from pratique.exchange.counts.tables import read_counts, stream_counts
from pratique.surveillance.series.collection import SeriesSet, chosen
from pratique.surveillance.series.indicators import indicators
from pratique.surveillance.series.rhythm import DAYS, Rhythm
from pratique.surveillance.series.sums import in_weeks
from pratique.surveillance.series.vintages import Vintages

AT_ONCE = 4096
"""Series that are read at once: ten years of weeks of them are 17 million octets."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is to be read: files of one rhythm, what they count, and as known on which day.

    `added`: their days are added up to weeks, which are then the `rhythm` of the series.
    """

    files: tuple[Path, ...]
    indicator: str
    rhythm: Rhythm
    known: Day | None
    knows: bool
    """Whether every file says when each figure became known."""
    added: bool = False

    @property
    def until(self) -> Day | None:
        """The last day that a period may begin on to have ended by the day known."""
        return None if self.known is None else self.known - DAYS[self.rhythm] + 1

    @property
    def names(self) -> tuple[str, ...]:
        """The files' names."""
        return tuple(file.name for file in self.files)


def counts_at(path: Path, *, indicator: str, as_of: str | None, weekly: bool = False) -> Counts:
    """Return the counts at a path, a file or a folder of CSV files; CannotRun if there are none.

    `weekly`: days are added up to weeks of ISO 8601; weeks stay as they are.
    """
    files = tuple(sorted(path.glob("*.csv"))) if path.is_dir() else (path,)
    if not files:
        raise CannotRun(say("there is no CSV file in {folder}", folder=Code(str(path))))
    known = day_asked("--as-of", as_of)
    try:
        layouts = [layout_of(file) for file in files]
    except NotCounts as fault:
        raise CannotRun(fault.sentence) from fault
    rhythms = {layout.rhythm for layout in layouts}
    if len(rhythms) > 1:
        raise CannotRun(
            say(
                "the files in {folder} do not beat alike: some are by days, some by weeks, or weeks"
                " begin on different days",
                folder=Code(str(path)),
            )
        )
    (rhythm,) = rhythms
    knows = all(layout.knows for layout in layouts)
    if weekly and rhythm == "daily":
        return Counts(files, indicator, "iso_week", known, knows, added=True)
    return Counts(files, indicator, rhythm, known, knows)


def day_asked(option: str, text: str | None) -> Day | None:
    """Return the day that an option names, None if it is not given; CannotRun if it is no day."""
    if text is None:
        return None
    try:
        return day_from_iso(text)
    except ValueError as fault:
        raise CannotRun(
            say("{option}: `{words}` is not a day such as 2014-12-31", option=option, words=text)
        ) from fault


def sets_of(counts: Counts) -> Iterator[SeriesSet]:
    """Iterate over all series, so many at once; CannotRun, with the line, if one is ill."""
    for file in counts.files:
        try:
            yield from _sets(file, counts)
        except NotCounts as fault:
            raise CannotRun(fault.sentence) from fault


def vintages_of(counts: Counts) -> Vintages:
    """Return one file's figures with the day each became known; CannotRun if there are several."""
    if len(counts.files) > 1:
        raise CannotRun(say("give one file, not a folder"))
    try:
        return read_counts(counts.files[0], indicator=counts.indicator, rhythm=counts.rhythm)
    except NotCounts as fault:
        raise CannotRun(fault.sentence) from fault


def _sets(file: Path, counts: Counts) -> Iterator[SeriesSet]:
    rhythm: Rhythm = "daily" if counts.added else counts.rhythm
    if layout_of(file).form == "series_rows":
        for one in stream_counts(file, AT_ONCE, indicator=counts.indicator, rhythm=rhythm):
            yield _added(_truncated(one, counts), counts)
        return
    whole = read_counts(file, indicator=counts.indicator, rhythm=rhythm)
    for start in range(0, len(whole.identities), AT_ONCE):
        part = whole.of(slice(start, start + AT_ONCE))
        yield _added(_truncated(part.as_known(counts.known), counts), counts)


def _added(series: SeriesSet, counts: Counts) -> SeriesSet:
    """Return daily series as weeks where that is asked for: the sums of the days that are known.

    Those whose days do not add up, such as beds, are left out.
    """
    if not counts.added:
        return series
    known = indicators()
    rows = [
        row
        for row, one in enumerate(series.identities)
        if one.indicator not in known or known[one.indicator].adds_over_days
    ]
    return in_weeks(chosen(series, rows), counts.rhythm, missing="at_least")


def _truncated(series: SeriesSet, counts: Counts) -> SeriesSet:
    """Return series without the periods that had not ended by the day known."""
    if counts.known is None:
        return series
    until = counts.known - DAYS[series.rhythm] + 1
    keep = slice(int(np.count_nonzero(series.periods <= until)))
    arrays = {
        name: array[:, keep]
        for name in ("counts", "population", "expected", "reporting")
        if (array := getattr(series, name)) is not None
    }
    return replace(series, known=counts.known, **arrays)


def gazetteer_at(path: str | None) -> Gazetteer | None:
    """Return the places of a table, None if none is given; CannotRun if it cannot be read."""
    if path is None:
        return None
    try:
        return read_gazetteer(Path(path))
    except NotCounts as fault:
        raise CannotRun(fault.sentence) from fault
