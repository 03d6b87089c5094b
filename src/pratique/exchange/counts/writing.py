# SPDX-License-Identifier: Apache-2.0
"""What an import leaves: the tidy table, the quarantine and the report; whole, or not at all."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import TextIO

from pratique.base.moment import iso_day
from pratique.base.text import render
from pratique.exchange.counts.layout import COLUMNS, period_text
from pratique.exchange.counts.report import Report, report_record
from pratique.exchange.counts.rows import Cell, Count, Unused
from pratique.surveillance.series.rhythm import Rhythm

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_QUARANTINE = ("file", "line", "fate", "reason", "why")


def write_tidy(path: Path, counts: Iterable[Count], rhythm: Rhythm) -> None:
    """Write counts as the tidy table, in one order; OSError if it cannot be written."""
    with _whole(path) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for one in sorted(counts, key=lambda one: (one.whose, one.day, one.known)):
            figures = ["" if n is None else f"{n:.15g}" for n in one.beside]
            value = "" if one.value is None else str(one.value)
            period = period_text(one.day, rhythm)
            table.writerow([*astuple(one.whose), period, iso_day(one.known), value, *figures])


def write_quarantine(path: Path, unused: Sequence[Unused], language: str) -> None:
    """Write the rows not taken: where, why, and the cells as given, harmless in a spreadsheet."""
    columns = list(dict.fromkeys(name for one in unused for name in one.raw.header))
    with _whole(path) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([*_QUARANTINE, *(defused(f"given: {name}") for name in columns)])
        for one in unused:
            cells = dict(zip(one.raw.header, one.raw.cells, strict=False))
            rest = one.raw.cells[len(one.raw.header) :]
            table.writerow(
                defused(cell)
                for cell in (
                    *(one.raw.file, one.raw.line),
                    "set aside" if one.reason.aside else "refused",
                    *(one.reason.code, render(one.reason.sentence, language)),
                    *(cells.get(name, "") for name in columns),
                    *rest,
                )
            )


def write_report(path: Path, report: Report, language: str) -> None:
    """Write a report as JSON."""
    with _whole(path) as file:
        json.dump(report_record(report, language), file, ensure_ascii=False, indent=2)
        file.write("\n")


def defused(cell: Cell) -> str:
    """Return a cell as text that no spreadsheet takes for a formula."""
    text = str(cell).replace("\0", "\\x00").replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.lstrip(" ")[:1] in _FORMULAS and text.strip() else text


@contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    """Give a file that takes its name only once it is written; who may read it, the user says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
