# SPDX-License-Identifier: Apache-2.0
"""Clean tables of counts into series: the tidy table, one period a row, or one series a row.

What is messy goes through `pratique import` first: here a figure is plain digits or blank, and
anything else stops the reading. Blank, `NA` and `NaN` are missing, never zero.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from pratique.base.moment import Day, day_from_iso
from pratique.base.text import Code, say
from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.layout import IDENTITY, Layout, layout_of, period_from_text
from pratique.exchange.counts.series_rows import blocks, figure_from
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.series.collection import Identity, SeriesSet
from pratique.surveillance.series.rhythm import DAYS, Rhythm
from pratique.surveillance.series.vintages import Vintages, vintages
from pratique.surveillance.series.weeks import period_start

Known = Literal["period", "last"]
_EXTRA = ("population", "expected", "reporting")


def read_counts(
    path: Path,
    *,
    indicator: str = "cases",
    rhythm: Rhythm | None = None,
    known: Known = "period",
) -> Vintages:
    """Return a table of counts as vintages; NotCounts, with the line, if it cannot be read.

    `indicator` is what a table without that column counts. A figure without a day known is taken
    as known when its period ended (`period`: history truncated at each period, which is not the
    same as what was known then) or when the last period ended (`last`).
    """
    layout = layout_of(path, rhythm=rhythm)
    match layout.form:
        case "tidy":
            return _tidy(path, layout, known)
        case "period_rows":
            return _period_rows(path, layout, indicator, known)
        case "series_rows":
            sets = list(stream_counts(path, 1 << 20, indicator=indicator, rhythm=rhythm))
            return _as_vintages(_joined(sets), known)


def stream_counts(
    path: Path,
    series_at_once: int,
    *,
    indicator: str = "cases",
    rhythm: Rhythm | None = None,
) -> Iterator[SeriesSet]:
    """Yield the series of a table with one series a row, at most `series_at_once` at a time.

    Memory is that of one such set. NotCounts if the table is laid out otherwise, a line cannot be
    read, or (only seen within a set) a series stands twice.
    """
    layout = layout_of(path, rhythm=rhythm)
    if layout.form != "series_rows":
        raise NotCounts(say("{file} does not have one series a row", file=path.name))
    slots, first, length = _slots(layout)
    for block in blocks(path, layout, series_at_once):
        counts = block.counts
        if length != counts.shape[1]:
            counts = np.full((len(counts), length), np.nan)
            counts[:, slots] = block.counts
        identities = tuple(_identity(layout.labels, row, indicator) for row in block.labels)
        if len(set(identities)) != len(identities):
            raise NotCounts(say("{file}: a series stands twice", file=path.name))
        yield SeriesSet(
            identities=identities,
            rhythm=layout.rhythm,
            first=first,
            counts=counts,
            population=_population(layout, block.labels, length),
        )


def _slots(layout: Layout) -> tuple[list[int], Day, int]:
    step = DAYS[layout.rhythm]
    slots = [(day - layout.days[0]) // step for day in layout.days]
    return slots, layout.days[0], slots[-1] + 1


def _identity(names: tuple[str, ...], row: tuple[str, ...], indicator: str) -> Identity:
    """Return whose a row is; a column that is no part of an identity is taken as the place."""
    parts = dict.fromkeys(IDENTITY, "")
    for name, text in zip(names, row, strict=True):
        if name in parts:
            parts[name] = text
        elif name not in _EXTRA and not parts["place"]:
            parts["place"] = text
    parts["indicator"] = parts["indicator"] or indicator
    return Identity(*parts.values())


def _population(layout: Layout, rows: list[tuple[str, ...]], length: int) -> Floats | None:
    if "population" not in layout.labels:
        return None
    column = layout.labels.index("population")
    persons = np.array([figure_from(row[column], "population", 0) for row in rows])
    return np.repeat(persons[:, None], length, axis=1)


def _joined(sets: list[SeriesSet]) -> SeriesSet:
    """Return the one set that a table of at most a million series gives."""
    if not sets:
        raise NotCounts(say("there are no series in the table"))
    if len(sets) > 1:
        raise NotCounts(say("there are more than a million series: stream them"))
    return sets[0]


def _as_vintages(one: SeriesSet, known: Known) -> Vintages:
    series, period = (index.ravel() for index in np.indices(one.counts.shape))
    days = one.periods[period]
    beside = {} if one.population is None else {"population": one.population.ravel()}
    return vintages(
        one.identities,
        one.rhythm,
        series=series,
        days=days,
        known=_ends(days, one.rhythm, known),
        values=one.counts.ravel(),
        beside=beside,
    )


def _ends(days: Whole, rhythm: Rhythm, known: Known) -> Whole:
    ends = days + DAYS[rhythm] - 1
    return ends if known == "period" or not ends.size else np.full_like(ends, ends.max())


@dataclass(slots=True)
class _Rows:
    """Rows of a table being read, in long form."""

    identities: dict[Identity, int] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    series: list[int] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    known: list[Day | None] = field(default_factory=list)
    figures: dict[str, list[float]] = field(
        default_factory=lambda: {name: [] for name in ("value", *_EXTRA)}
    )

    def add(
        self, line: int, whose: Identity, day: Day, known: Day | None, figures: dict[str, float]
    ) -> None:
        """Add what a line tells of one series and period."""
        self.lines.append(line)
        self.series.append(self.identities.setdefault(whose, len(self.identities)))
        self.days.append(day)
        self.known.append(known)
        for name, column in self.figures.items():
            column.append(figures.get(name, np.nan))

    def vintages(self, rhythm: Rhythm, known: Known) -> Vintages:
        """Return the rows as vintages."""
        days = np.array(self.days, dtype=np.int64)
        ends = _ends(days, rhythm, known)
        told = [end if k is None else k for k, end in zip(self.known, ends.tolist(), strict=True)]
        self._require_once(np.array([self.series, self.days, told], dtype=np.int64))
        figures = {name: np.array(column) for name, column in self.figures.items()}
        beside = {name: figures[name] for name in _EXTRA if not np.isnan(figures[name]).all()}
        return vintages(
            tuple(self.identities),
            rhythm,
            series=np.array(self.series, dtype=np.int64),
            days=days,
            known=np.array(told, dtype=np.int64),
            values=figures["value"],
            beside=beside,
        )

    def _require_once(self, keys: Whole) -> None:
        """NotCounts if two lines tell the same: one of them would be lost."""
        order = np.lexsort(keys)
        again = (np.diff(keys[:, order], axis=1) == 0).all(axis=0)
        if not again.any():
            return
        at = int(np.argmax(again))
        first, second = sorted(self.lines[order[one]] for one in (at, at + 1))
        raise NotCounts(
            say(
                "line {line}: the same series and period as in line {first}, known on the same day;"
                " what tells them apart belongs into a column that is known here ({names}), and"
                " `pratique import` settles what is told twice",
                line=str(second),
                first=str(first),
                names=", ".join((*IDENTITY, "known")),
            )
        )


def _records(path: Path, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each row after the header; NotCounts if one is ragged."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=layout.separator)
        try:
            next(rows, None)
            for row in rows:
                if not row:
                    continue
                if len(row) != len(layout.header):
                    raise NotCounts(
                        say(
                            "{file}, line {line}: {n} cells where the header has {columns}",
                            file=path.name,
                            line=str(rows.line_num),
                            n=len(row),
                            columns=len(layout.header),
                        )
                    )
                yield rows.line_num, row
        except (csv.Error, UnicodeDecodeError) as fault:
            raise NotCounts(say("{file} is no CSV table", file=path.name)) from fault


def _tidy(path: Path, layout: Layout, known: Known) -> Vintages:
    at = {name: n for n, name in enumerate(layout.header)}
    whose = [at.get(name) for name in IDENTITY]
    extra = [name for name in ("value", *_EXTRA) if name in at]
    rows = _Rows()
    for line, row in _records(path, layout):
        identity = Identity(*("" if n is None else row[n] for n in whose))
        day = _day(row[at["period"]], layout.rhythm, line, alone=True)
        figures = {name: figure_from(row[at[name]], name, line) for name in extra}
        came = row[at["known"]].strip() if layout.knows else ""
        rows.add(line, identity, day, _known_day(came, line), figures)
    return rows.vintages(layout.rhythm, known)


def _period_rows(path: Path, layout: Layout, indicator: str, known: Known) -> Vintages:
    whose = [_identity(("place",), (name,), indicator) for name in layout.labels]
    rows = _Rows()
    for line, row in _records(path, layout):
        day = _day(row[0], layout.rhythm, line)
        for identity, text, name in zip(whose, row[1:], layout.labels, strict=True):
            rows.add(line, identity, day, None, {"value": figure_from(text, name, line)})
    return rows.vintages(layout.rhythm, known)


def _day(text: str, rhythm: Rhythm, line: int, *, alone: bool = False) -> Day:
    """Return the first day of a period; `alone`: no day within a week may stand for the week."""
    try:
        day, beat = period_from_text(text)
    except ValueError as fault:
        raise NotCounts(
            say("line {line}: {period} is no period", line=str(line), period=Code(text))
        ) from fault
    is_within = alone and beat != rhythm and period_start(day, rhythm) != day
    if beat not in (rhythm, "daily") or is_within:
        raise NotCounts(
            say(
                "line {line}: {period} beats otherwise than the rest",
                line=str(line),
                period=Code(text),
            )
        )
    return period_start(day, rhythm)


def _known_day(text: str, line: int) -> Day | None:
    if not text:
        return None
    try:
        return day_from_iso(text)
    except ValueError as fault:
        raise NotCounts(
            say("line {line}: {day} is no day such as 2014-03-17", line=str(line), day=Code(text))
        ) from fault
