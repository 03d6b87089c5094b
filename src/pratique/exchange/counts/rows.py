# SPDX-License-Identifier: Apache-2.0
"""The rows of an import on their way: as given, as read, as written; and why one is not taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pratique.base.moment import Day
from pratique.base.text import Sentence
from pratique.surveillance.series.collection import Identity

Cell = str | int | float
How = Literal["new", "cumulative", "population", "expected", "reporting"]


@dataclass(frozen=True, slots=True)
class Raw:
    """A row, or a cell of a matrix, as given. `header` and `cells` are what quarantine may show.

    `ill` is set where the reader of the file already knows that it cannot be taken.
    """

    file: str
    line: int
    header: tuple[str, ...]
    cells: tuple[Cell, ...]
    ill: Reason | None = None
    changes: tuple[Change, ...] = ()

    def cell(self, column: str) -> Cell:
        """Return a cell; blank if there is no such column, or the row is too short for it."""
        try:
            return self.cells[self.header.index(column)]
        except (ValueError, IndexError):
            return ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is not taken: a public code and a sentence about this very row.

    `aside`: nothing is wrong with the row, but there is nothing in it to count either.
    """

    code: str
    sentence: Sentence
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What was read otherwise than it is written: a public code, the words given, what was read."""

    code: str
    given: str
    read: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A row as read: whose count it is, of which period (its first day), known when, how many."""

    raw: Raw
    whose: Identity
    how: How
    day: Day
    known: Day
    value: int
    beside: tuple[float | None, float | None, float | None] = (None, None, None)
    """Population, expected and reporting sites, where the row itself says them."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Unused:
    """A row that is not taken, and why."""

    raw: Raw
    reason: Reason


@dataclass(frozen=True, slots=True)
class Count:
    """A row of the tidy table; a `value` of None withdraws what was known."""

    whose: Identity
    day: Day
    known: Day
    value: int | None
    beside: tuple[float | None, float | None, float | None] = (None, None, None)


def parted(rows: Sequence[Reading | Unused]) -> tuple[list[Reading], list[Unused]]:
    """Return the rows that are read and those that are not."""
    read = [row for row in rows if isinstance(row, Reading)]
    return read, [row for row in rows if isinstance(row, Unused)]
