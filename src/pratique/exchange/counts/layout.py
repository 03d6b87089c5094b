# SPDX-License-Identifier: Apache-2.0
"""How a clean table of counts is laid out, told by its header; and how periods are written there.

A period is `2014-03-17` (a day), `2014-W12` (a week of ISO 8601) or `2014-MW12` (of the MMWR).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pratique.base.moment import Day, date_of, day_from_iso, iso_day
from pratique.base.text import Code, say
from pratique.exchange.counts.faults import NotCounts
from pratique.surveillance.series.rhythm import DAYS, Rhythm
from pratique.surveillance.series.weeks import period_start, week_from_text, week_name

IDENTITY = ("indicator", "disease", "class", "place", "age", "sex", "group")
COLUMNS = (*IDENTITY, "period", "known", "value", "population", "expected", "reporting")
"""The columns of the tidy table, in their order."""
Form = Literal["tidy", "period_rows", "series_rows"]
_LONGEST_HEADER = 4_000_000


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out. `tidy`: one figure a row; else one period, or one series, a row.

    `labels` are the columns that come before the periods (`series_rows`), or the series' names
    (`period_rows`); `days` the first day of each period of a header; `knows` says whether a column
    tells when a figure became known.
    """

    form: Form
    rhythm: Rhythm
    separator: str
    header: tuple[str, ...]
    labels: tuple[str, ...] = ()
    days: tuple[Day, ...] = ()
    knows: bool = False


def layout_of(path: Path, *, rhythm: Rhythm | None = None) -> Layout:
    """Return how a table is laid out; NotCounts if its header or first row says nothing known."""
    header, first, separator = _two_rows(path)
    names = tuple(name.strip() for name in header)
    lower = tuple(name.lower() for name in names)
    if {"indicator", "period", "value"} <= set(lower):
        beat = _beat_of([first[lower.index("period")]], rhythm, path) if first else "daily"
        knows = "known" in lower
        return Layout("tidy", rhythm or beat, separator, lower, knows=knows)
    periods = [n for n, name in enumerate(names) if _is_period(name)]
    if periods and periods == list(range(periods[0], len(names))):
        written = [names[n] for n in periods]
        beat = _beat_of(written, rhythm, path)
        days = tuple(period_start(period_from_text(one)[0], beat) for one in written)
        _require_rising(days, path)
        return Layout("series_rows", beat, separator, names, lower[: periods[0]], days)
    if first and _is_period(first[0]):
        beat = _beat_of(_first_column(path, separator), rhythm, path)
        return Layout("period_rows", beat, separator, names, names[1:])
    raise NotCounts(
        say(
            "{file} is no table of counts known here: its header has neither the columns"
            " `indicator`, `period` and `value`, nor periods such as 2014-W12, nor is the first"
            " column one; `pratique import` makes a tidy table of it",
            file=path.name,
        )
    )


@lru_cache(maxsize=65536)
def period_from_text(text: str) -> tuple[Day, Rhythm]:
    """Return the first day of a period and how it beats; ValueError if it is written otherwise."""
    written = text.strip()
    if len(written) == 10 and written[4] == "-" and written[7] == "-":
        return day_from_iso(written), "daily"
    if "MW" in written:
        return week_from_text(written.replace("MW", "W", 1), "mmwr_week"), "mmwr_week"
    return week_from_text(written, "iso_week"), "iso_week"


@lru_cache(maxsize=65536)
def period_text(day: Day, rhythm: Rhythm) -> str:
    """Return a period as the tidy table writes it."""
    if rhythm == "daily":
        return iso_day(day)
    name = week_name(day, rhythm)
    return name.replace("W", "MW") if rhythm == "mmwr_week" else name


def _is_period(text: str) -> bool:
    try:
        period_from_text(text)
    except ValueError:
        return False
    return True


def _beat_of(written: Sequence[str], asked: Rhythm | None, path: Path) -> Rhythm:
    """Return the rhythm of periods as written; dates whole weeks apart are taken for weeks."""
    try:
        found = [period_from_text(one) for one in written]
    except ValueError as fault:
        raise NotCounts(
            say("{file}: {fault}", file=path.name, fault=str(fault).replace("`", ""))
        ) from fault
    rhythms = {rhythm for _, rhythm in found}
    if len(rhythms) > 1:
        raise NotCounts(say("{file} mixes days and weeks, or two kinds of week", file=path.name))
    (beat,) = rhythms or {"daily"}
    if beat != "daily" or asked:
        return asked or beat
    days = [day for day, _ in found]
    steps = [later - earlier for earlier, later in pairwise(days)]
    if steps and all(step % DAYS["iso_week"] == 0 for step in steps):
        return "mmwr_week" if date_of(days[0]).isoweekday() == 7 else "iso_week"
    return "daily"


def _require_rising(days: Sequence[Day], path: Path) -> None:
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise NotCounts(
            say("{file}: the periods of the header do not follow one another", file=path.name)
        )


def _two_rows(path: Path) -> tuple[list[str], list[str], str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            top = file.readline(_LONGEST_HEADER)
            separator = max(",;\t", key=top.count)
            next_row = file.readline(_LONGEST_HEADER)
    except OSError as fault:
        why = fault.strerror or ""
        raise NotCounts(
            say("{file} cannot be opened: {fault}", file=str(path), fault=why)
        ) from fault
    except UnicodeDecodeError as fault:
        raise NotCounts(say("{file} is not UTF-8 text", file=str(path))) from fault
    if not top.strip():
        raise NotCounts(say("{file} is empty", file=Code(path.name)))
    try:
        rows = [next(csv.reader([one], delimiter=separator), []) for one in (top, next_row)]
    except csv.Error as fault:
        raise NotCounts(say("{file} is no CSV table", file=path.name)) from fault
    return rows[0], rows[1], separator


def _first_column(path: Path, separator: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=separator)
        next(rows, None)
        try:
            return [row[0] for row in rows if row]
        except (csv.Error, UnicodeDecodeError) as fault:
            raise NotCounts(say("{file} is no CSV table", file=path.name)) from fault
