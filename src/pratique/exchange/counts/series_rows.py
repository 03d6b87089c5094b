# SPDX-License-Identifier: Apache-2.0
"""Tables with one series a row and very many of them: digits read a megabyte at a time by NumPy.

A row that holds anything but plain digits and blanks is read cell by cell instead.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from pratique.base.text import Code, say
from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.layout import Layout
from pratique.surveillance.arrays import Floats

_BITE = 1 << 20
_WIDEST = 9
_MISSING = frozenset({"", "na", "nan", "n/a", "null"})
Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows: the labels that stand before the figures, and the figures, NaN where missing."""

    labels: list[Labels]
    counts: Floats


def blocks(path: Path, layout: Layout, series_at_once: int) -> Iterator[Block]:
    """Yield the rows of a table, at most so many at once; NotCounts, with the line, if ill."""
    if series_at_once < 1:
        raise ValueError("at least one series at once")
    waiting: list[Block] = []
    held = 0
    with path.open("rb") as file:
        file.readline()
        for bitten in _bites(file, layout):
            block = bitten
            while held + len(block.labels) >= series_at_once:
                cut = series_at_once - held
                yield _stacked([*waiting, Block(block.labels[:cut], block.counts[:cut])])
                waiting, held = [], 0
                block = Block(block.labels[cut:], block.counts[cut:])
            if block.labels:
                waiting.append(block)
                held += len(block.labels)
    if waiting:
        yield _stacked(waiting)


def figure_from(text: str, name: str, line: int) -> float:
    """Return a figure written plainly, NaN if missing; NotCounts if it is none or negative."""
    written = text.strip()
    if written.lower() in _MISSING:
        return np.nan
    try:
        if "_" in written:
            raise ValueError
        figure = float(written)
    except ValueError as fault:
        raise NotCounts(
            say(
                "line {line}, column {column}: {text} is no number",
                line=str(line),
                column=Code(name),
                text=Code(text),
            )
        ) from fault
    if figure < 0 or np.isinf(figure):
        raise NotCounts(
            say(
                "line {line}, column {column}: {text} is negative or infinite",
                line=str(line),
                column=Code(name),
                text=Code(text),
            )
        )
    return figure


def _stacked(parts: list[Block]) -> Block:
    if len(parts) == 1:
        return parts[0]
    labels = [row for part in parts for row in part.labels]
    return Block(labels, np.concatenate([part.counts for part in parts]))


def _bites(file: BinaryIO, layout: Layout) -> Iterator[Block]:
    line = 2
    while bite := file.read(_BITE):
        octets = (bite + file.readline()).replace(b"\r\n", b"\n")
        octets += b"" if octets.endswith(b"\n") else b"\n"
        quick = None if b'"' in octets else _quick(octets, layout, line)
        yield quick or _cell_by_cell(octets, layout, line)
        line += octets.count(b"\n")


def _quick(octets: bytes, layout: Layout, line: int) -> Block | None:
    """Return the rows of a bite, or None where they have unlike numbers of cells."""
    letters = np.frombuffer(octets, dtype=np.uint8)
    newline = letters == ord("\n")
    ends = np.flatnonzero(newline | (letters == ord(layout.separator)))
    width = len(layout.header)
    rows = np.count_nonzero(newline)
    if len(ends) != rows * width:
        return None
    table = ends.reshape(rows, width)
    if not newline[table[:, -1]].all():
        return None
    lead = len(layout.labels)
    starts = np.concatenate([[0], ends[:-1] + 1]).reshape(rows, width)
    counts, odd = _digits(letters, starts[:, lead:], table[:, lead:])
    names = _labels(octets, starts[:, :lead], table[:, :lead])
    for row in np.flatnonzero(odd):
        cells = _decoded(octets[starts[row, lead] : table[row, -1]], line + int(row))
        counts[row] = _figures(cells.split(layout.separator), layout, line + int(row))
    return Block(names, counts)


def _digits(
    letters: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the figures between two sets of places, and which rows hold more than digits."""
    widths = ends - starts
    odd = widths.max(axis=1, initial=0) > _WIDEST
    # Units of all cells at once, then tens of those that have tens, and so on: fewer each time.
    last = np.maximum(ends - 1, 0).ravel()
    digits = letters[last] - np.uint8(ord("0"))
    strange = digits > 9
    counts = digits.astype(np.float64)
    cells = np.flatnonzero(widths > 1)
    wide = widths.ravel()
    for place in range(1, min(int(widths.max(initial=0)), _WIDEST)):
        digits = letters[last[cells] - place] - np.uint8(ord("0"))
        strange[cells] |= digits > 9
        counts[cells] += digits * float(10**place)
        cells = cells[wide[cells] > place + 1]
    blank = wide == 0
    counts[blank] = np.nan
    strange &= ~blank
    counts, strange = counts.reshape(widths.shape), strange.reshape(widths.shape)
    return counts, odd | strange.any(axis=1)


def _labels(
    octets: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> list[tuple[str, ...]]:
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return [
        tuple(_decoded(octets[a:b], 0).strip() for a, b in zip(start, end, strict=True))
        for start, end in pairs
    ]


def _figures(cells: list[str], layout: Layout, line: int) -> list[float]:
    names = layout.header[len(layout.labels) :]
    return [figure_from(text, name, line) for text, name in zip(cells, names, strict=True)]


def _cell_by_cell(octets: bytes, layout: Layout, line: int) -> Block:
    lead, width = len(layout.labels), len(layout.header)
    labels: list[Labels] = []
    rows = []
    try:
        for n, row in enumerate(
            csv.reader(_decoded(octets, line).split("\n"), delimiter=layout.separator)
        ):
            if not row:
                continue
            if len(row) != width:
                raise NotCounts(
                    say(
                        "line {line}: {n} cells where the header has {columns}",
                        line=str(line + n),
                        n=len(row),
                        columns=width,
                    )
                )
            labels.append(tuple(cell.strip() for cell in row[:lead]))
            rows.append(_figures(row[lead:], layout, line + n))
    except csv.Error as fault:
        raise NotCounts(say("line {line} is no row of a CSV table", line=str(line))) from fault
    return Block(labels, np.array(rows, dtype=np.float64).reshape(len(rows), width - lead))


def _decoded(octets: bytes, line: int) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise NotCounts(say("line {line} is not UTF-8 text", line=str(line))) from fault
