# SPDX-License-Identifier: Apache-2.0
"""XLSX workbooks, weighed before they are opened: no zip bombs, no XML that defines things.

A formula counts by the result stored beside it, and is refused where there is none.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pratique.base.text import Code, say
from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.mapping import Mapping
from pratique.exchange.counts.rows import Cell, Change, Raw, Reason
from pratique.exchange.counts.sources.delimited import LONGEST_CELL, require_columns

MOST_PARTS = 2_000
MOST_OCTETS = 400_000_000
MOST_RATIO = 200
"""A workbook's XML shrinks ten- to fiftyfold; beyond this it was made to be a bomb."""
_SMALL = 1_000_000
_RANGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_DEFINES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
Merged = dict[tuple[int, int], tuple[int, int]]
"""Each cell inside a merged range (row, column), and its first cell, which holds the value."""


def workbook_rows(path: Path, mapping: Mapping) -> Iterator[Raw]:
    """Yield the rows of a sheet after its header; NotCounts if the workbook is not to be opened."""
    weigh(path)
    import openpyxl  # type: ignore[import-untyped]

    try:
        with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as values:
            sheet = _sheet(values, mapping, path)
            merged, formulas = _beneath(path, str(sheet._worksheet_path).lstrip("/"))
            sheet.reset_dimensions()
            if not formulas:
                yield from _Table(path, mapping, merged).rows(sheet, None)
                return
            with closing(openpyxl.load_workbook(path, read_only=True)) as written:
                other = written[sheet.title]
                other.reset_dimensions()
                yield from _Table(path, mapping, merged).rows(sheet, other)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError) as fault:
        if isinstance(fault, NotCounts):
            raise
        # openpyxl raises these, and expat a SyntaxError, on XML that is no sheet.
        raise NotCounts(say("{file} is no sound workbook", file=path.name)) from fault
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as fault:
        raise NotCounts(say("{file} is no sound workbook", file=path.name)) from fault


def weigh(path: Path) -> None:
    """NotCounts unless a workbook is safe to open: parts, size, ratio, no definitions in XML."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _require_light(parts, path)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as file:
                        if _DEFINES.search(file.read(4096).replace(b"\0", b"")):
                            raise NotCounts(
                                say("{file} defines words in its XML: refused", file=path.name)
                            )
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as fault:
        if isinstance(fault, NotCounts):
            raise
        raise NotCounts(say("{file} is no sound workbook", file=path.name)) from fault
    except (zlib.error, RuntimeError) as fault:
        raise NotCounts(say("{file} is no sound workbook", file=path.name)) from fault


def _require_light(parts: list[zipfile.ZipInfo], path: Path) -> None:
    packed = sum(part.compress_size for part in parts)
    bombs = [
        part
        for part in parts
        if part.file_size > _SMALL and part.file_size > MOST_RATIO * max(1, part.compress_size)
    ]
    is_overlapping = packed > path.stat().st_size
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or total > MOST_OCTETS or bombs or is_overlapping:
        raise NotCounts(
            say(
                "{file} is a zip bomb, or like one: {parts} parts of {octets} octets, packed into"
                " {packed}; it is not opened",
                file=path.name,
                parts=len(parts),
                octets=total,
                packed=packed,
            )
        )


def _sheet(workbook: Any, mapping: Mapping, path: Path) -> Any:
    names = [sheet.title for sheet in workbook.worksheets]
    if mapping.sheet.name and mapping.sheet.name not in names:
        raise NotCounts(
            say(
                "{file} has no sheet {name}; it has {names}",
                file=path.name,
                name=Code(mapping.sheet.name),
                names=tuple(Code(one) for one in names),
            )
        )
    if not names or (len(names) > 1 and not mapping.sheet.name):
        raise NotCounts(
            say(
                "{file} has {n} sheets; say in the mapping: [sheet] name",
                file=path.name,
                n=len(names),
            )
        )
    return workbook[mapping.sheet.name or names[0]]


def _beneath(path: Path, part: str) -> tuple[Merged, bool]:
    """Return the merged cells of a sheet's XML, and whether it holds formulas."""
    merged: Merged = {}
    formulas = False
    with zipfile.ZipFile(path) as archive, archive.open(part) as file:
        tail = b""
        while bite := file.read(1 << 20):
            text = tail + bite
            formulas = formulas or bool(_FORMULA.search(text))
            for found in _RANGE.finditer(text):
                _merge(merged, found, path)
            tail = text[-200:]
    return merged, formulas


def _merge(merged: Merged, found: re.Match[bytes], path: Path) -> None:
    from openpyxl.utils import column_index_from_string  # type: ignore[import-untyped]

    left, top, right, bottom = (word.decode() for word in found.groups())
    columns = range(column_index_from_string(left), column_index_from_string(right) + 1)
    rows = range(int(top), int(bottom) + 1)
    if len(columns) * len(rows) + len(merged) > 1_000_000:
        raise NotCounts(say("{file} merges too many cells", file=path.name))
    first = (rows[0], columns[0]) if rows and columns else (0, 0)
    merged.update({(row, column): first for row in rows for column in columns})
    merged.pop(first, None)


class _Table:
    """A sheet as a table: its header, and its rows with formulas and merged cells told."""

    def __init__(self, path: Path, mapping: Mapping, merged: Merged) -> None:
        self._path = path
        self._mapping = mapping
        self._merged = merged
        self._firsts = set(merged.values())
        self._held: dict[tuple[int, int], Cell] = {}
        self._header: tuple[str, ...] = ()
        self._used: frozenset[int] = frozenset()

    def rows(self, values: Any, written: Any) -> Iterator[Raw]:
        """Yield the rows after the header; `written` is the same sheet with its formulas."""
        beside = written.iter_rows() if written is not None else iter(())
        pairs = zip_longest(values.iter_rows(), beside, fillvalue=())
        for number, (row, other) in enumerate(pairs, 1):
            cells = [_plain(cell.value) for cell in row]
            if number < self._mapping.sheet.header:
                continue
            if number == self._mapping.sheet.header:
                self._begin(cells)
            elif any(cell != "" for cell in cells) or self._is_merged(number):
                yield self._row(number, cells, other)
        if not self._header:
            raise NotCounts(say("{file} is empty", file=Code(self._path.name)))

    def _begin(self, cells: list[Cell]) -> None:
        while cells and str(cells[-1]).strip() == "":
            cells.pop()
        self._header = tuple(" ".join(str(cell).split()) for cell in cells)
        require_columns(self._header, self._mapping, self._path)
        names = set(self._mapping.columns.values())
        is_whole = self._mapping.matrix is not None
        self._used = frozenset(
            n for n, name in enumerate(self._header) if is_whole or name in names
        )

    def _is_merged(self, number: int) -> bool:
        return any((number, n + 1) in self._merged for n in self._used)

    def _row(self, number: int, cells: list[Cell], written: tuple[Any, ...]) -> Raw:
        width = len(self._header)
        changes: list[Change] = []
        ill = None
        if any(cell != "" for cell in cells[width:]):
            n = len(cells)
            ill = Reason(
                "ragged", say("{n} cells where the header has {columns}", n=n, columns=width)
            )
        cells = (cells + [""] * width)[: max(width, len(cells) if ill else 0)]
        for n in sorted(self._used):
            found = self._formula(n, cells, written) or self._merge(number, n, cells)
            if isinstance(found, Reason):
                ill = ill or found
            elif found is not None:
                changes.append(found)
            if (number, n + 1) in self._firsts:
                self._held[number, n + 1] = cells[n]
        if any(len(str(cell)) > LONGEST_CELL for cell in cells):
            ill = ill or Reason("huge", say("a cell is too long to be one"))
        return Raw(self._path.name, number, self._header, tuple(cells), ill, tuple(changes))

    def _formula(
        self, n: int, cells: list[Cell], written: tuple[Any, ...]
    ) -> Reason | Change | None:
        if n >= len(written) or getattr(written[n], "data_type", "") != "f":
            return None
        address = str(written[n].coordinate)
        if cells[n] == "":
            return Reason(
                "formula",
                say("{address} is a formula without a stored result", address=Code(address)),
            )
        return Change("formula", address, str(cells[n]))

    def _merge(self, number: int, n: int, cells: list[Cell]) -> Reason | Change | None:
        first = self._merged.get((number, n + 1))
        if first is None or cells[n] != "":
            return None
        if self._mapping.sheet.merged == "refuse":
            return Reason(
                "merged",
                say(
                    "the cell of {column} is merged with another; the mapping does not say what"
                    " that means",
                    column=Code(self._header[n]),
                ),
            )
        cells[n] = self._held.get(first, "")
        return Change("merged", "", str(cells[n]))


def _plain(value: Any) -> Cell:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float() | str():
            return value
        case datetime():
            return value.date().isoformat() if value.time() == value.min.time() else str(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)
