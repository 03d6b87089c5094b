# SPDX-License-Identifier: Apache-2.0
"""One table, told three ways: to a person on a terminal, as CSV, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import click

from pratique.base.text import Sentence, say
from pratique.chart.signals_page.words import told_apart
from pratique.cli.counts.telling import MOST_ROWS, Row, table_lines, told_figure, width
from pratique.cli.counts.writing import as_json, number, table_csv
from pratique.cli.speech import CannotRun, tell, told

Layout = Literal["text", "csv", "json"]
Cell = str | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for machines, its head for people, and whether a terminal shows it."""

    name: str
    head: Sentence | str
    told: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of figures; `latest` are the rows that a terminal shows (all are in CSV and JSON)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    latest: tuple[tuple[Cell, ...], ...]

    def csv(self) -> str:
        """Return the table as CSV."""
        return table_csv([one.name for one in self.columns], self.rows)

    def records(self) -> list[dict[str, object]]:
        """Return the table as JSON holds it."""
        names = [one.name for one in self.columns]
        return [
            dict(zip(names, (c if isinstance(c, str) else number(c) for c in row), strict=True))
            for row in self.rows
        ]

    def lines(self) -> Iterator[str]:
        """Iterate over the lines that a terminal shows."""
        shown = [place for place, one in enumerate(self.columns) if one.told]
        heads = tuple(told(self.columns[place].head) for place in shown)
        rows: list[Row] = [heads]
        for row in self.latest[:MOST_ROWS]:
            rows.append(tuple(_told(row[place]) for place in shown))
        yield from table_lines(rows, across=width())
        left = len(self.latest) - MOST_ROWS
        if left > 0:
            yield told(say("and {n} more", n=left))


def _told(cell: Cell) -> str:
    return cell if isinstance(cell, str) else told_figure(cell)


def short_labels(rows: Sequence[tuple[Any, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows that begin with an identity with the words in its place that tell it apart."""
    labels = told_apart([row[0] for row in rows])
    return tuple((label, *row[1:]) for label, row in zip(labels, rows, strict=True))


def layout_asked(as_csv: bool, as_json_: bool) -> Layout:
    """Return how a table is to be printed; CannotRun if two ways are asked for."""
    if as_csv and as_json_:
        raise CannotRun(say("choose one of `--csv` and `--json`"))
    return "csv" if as_csv else "json" if as_json_ else "text"


def print_sheet(sheet: Sheet, layout: Layout, *, beside: dict[str, object]) -> None:
    """Print a table; JSON also says what stands `beside` it: how it was made."""
    match layout:
        case "csv":
            click.echo(sheet.csv(), nl=False)
        case "json":
            click.echo(as_json({**beside, "rows": sheet.records()}))
        case _:
            for line in sheet.lines():
                tell(line)
