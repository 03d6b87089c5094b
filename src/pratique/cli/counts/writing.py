# SPDX-License-Identifier: Apache-2.0
"""Signals and the series behind them as tables, JSON and a page; each file whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pratique.base.moment import iso_day
from pratique.chart.signals_page import Seen, Shown, signals_html
from pratique.cli.counts.gathering import Found, Signal
from pratique.cli.counts.looking import Question
from pratique.cli.counts.presenting import COUNTS, PAGE, SIGNALS, drawn_rows
from pratique.cli.places import replace_whole
from pratique.cli.speech import language, told
from pratique.exchange.counts.layout import IDENTITY, period_text
from pratique.surveillance.series.collection import Identity
from pratique.surveillance.series.rhythm import Rhythm

Cells = Sequence[object]


@dataclass(frozen=True, slots=True)
class Written:
    """The files written."""

    page: Path
    signals: Path
    counts: Path


def written_in(folder: Path) -> Written:
    """Return where the page and the tables of a folder are."""
    return Written(folder / PAGE, folder / SIGNALS, folder / COUNTS)


def write_found(question: Question, found: Found, page: Shown, folder: Path) -> Written:
    """Write page and tables into a folder; CannotRun if it cannot be written."""
    written = written_in(folder)
    # The page names the tables, so it comes last: what it names is there.
    replace_whole(written.signals, signals_csv(found, question.counts.rhythm).encode())
    replace_whole(written.counts, _counts_csv(found, question.counts.rhythm).encode())
    replace_whole(written.page, signals_html(page, language=language()).encode())
    return written


def signals_csv(found: Found, rhythm: Rhythm) -> str:
    """Return every signal as CSV, worst first."""
    heads = (*IDENTITY, "period", "count", "expected_count", "bound", "pvalue", "why")
    return table_csv(heads, (_signal_cells(one, rhythm) for one in found.signals))


def table_csv(heads: Sequence[str], rows: Iterable[Cells]) -> str:
    """Return a table as CSV: figures in full, blank where there is none."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([written(cell) for cell in row] for row in rows)
    return text.getvalue()


def written(cell: object) -> str:
    """Return a cell as a table of figures writes it."""
    match cell:
        case None:
            return ""
        case float():
            if not math.isfinite(cell):
                return ""
            return str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else repr(cell)
        case str():
            # A spreadsheet takes these for the beginning of a formula.
            return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
        case _:
            return str(cell)


def whose(identity: Identity) -> tuple[str, ...]:
    """Return the seven parts of an identity in the tables' order."""
    return (
        identity.indicator,
        identity.disease,
        identity.class_,
        identity.place,
        identity.age,
        identity.sex,
        identity.group,
    )


def _signal_cells(one: Signal, rhythm: Rhythm) -> Cells:
    return (
        *whose(one.identity),
        period_text(one.period, rhythm),
        one.count,
        one.expected,
        one.upper,
        one.pvalue,
        told(one.why),
    )


def _counts_csv(found: Found, rhythm: Rhythm) -> str:
    heads = (*IDENTITY, "period", "value", "expected_count", "bound", "signal")
    return table_csv(heads, _count_rows(found, rhythm))


def _count_rows(found: Found, rhythm: Rhythm) -> Iterator[Cells]:
    for first in drawn_rows(found):
        kept = found.kept[first.row]
        periods = {one.period for one in found.signals if one.row == first.row}
        figures = (kept.counts.tolist(), kept.expected.tolist(), kept.upper.tolist())
        for day, *values in zip(kept.periods, *figures, strict=True):
            signal = "yes" if day in periods else ""
            yield (*whose(kept.identity), period_text(day, rhythm), *values, signal)


def found_record(question: Question, found: Found, together: Sequence[Seen]) -> dict[str, Any]:
    """Return what was found as JSON holds it."""
    rhythm = question.counts.rhythm
    return {
        "detector": question.detector.name,
        "controls": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in question.detector.controlled(question.controls).items()
        },
        "source": question.detector.source,
        "files": list(question.counts.names),
        "as_known_on": None if question.counts.known is None else iso_day(question.counts.known),
        "since": period_text(found.since, rhythm),
        "until": period_text(found.until, rhythm),
        "series": {"given": found.given, "looked": found.looked},
        "left_out": {"muted": found.muted, "few": found.few, "over_budget": found.over_budget},
        "legal_effect": None,
        "signals": [_signal_record(one, rhythm) for one in found.signals],
        "together": [_together_record(one, rhythm) for one in together],
    }


def _together_record(one: Seen, rhythm: Rhythm) -> dict[str, Any]:
    return {
        "what": one.what,
        "places": list(one.places),
        "since": period_text(one.since, rhythm),
        "until": period_text(one.until, rhythm),
        "count": number(one.count),
        "expected": number(one.expected),
        "pvalue": number(one.pvalue),
        "why": told(one.why),
    }


def _signal_record(one: Signal, rhythm: Rhythm) -> dict[str, Any]:
    return {
        **dict(zip(IDENTITY, whose(one.identity), strict=True)),
        "period": period_text(one.period, rhythm),
        "count": number(one.count),
        "expected": number(one.expected),
        "bound": number(one.upper),
        "pvalue": number(one.pvalue),
        "why": told(one.why),
    }


def number(value: float | None) -> int | float | None:
    """Return a figure as JSON holds it: whole where it is whole, null where there is none."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value


def as_json(record: object) -> str:
    """Return a record as JSON text."""
    return json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False)
