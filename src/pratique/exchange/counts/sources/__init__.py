# SPDX-License-Identifier: Apache-2.0
"""The files that counts come in: each reader yields rows as given, and loses none.

A file that cannot be read at all raises NotCounts; a row that cannot is yielded, marked ill.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pratique.base.text import say
from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.mapping import Mapping
from pratique.exchange.counts.rows import Raw
from pratique.exchange.counts.sources.delimited import delimited_rows
from pratique.exchange.counts.sources.dhis2 import dhis2_rows
from pratique.exchange.counts.sources.matrix import matrix_cells

LARGEST_FILE = 2_000_000_000


def rows_of(path: Path, mapping: Mapping) -> Iterator[Raw]:
    """Yield the rows of a file, as its mapping says to read it; NotCounts if it cannot be."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            beginning = file.read(4)
    except OSError as fault:
        why = fault.strerror or ""
        raise NotCounts(
            say("{file} cannot be opened: {fault}", file=str(path), fault=why)
        ) from fault
    if size > LARGEST_FILE:
        raise NotCounts(say("{file} is too large", file=str(path)))
    is_zip = beginning[:2] == b"PK"
    if mapping.format == "dhis2":
        return dhis2_rows(path)
    if mapping.format == "xlsx" or (is_zip and mapping.format in ("linelist", "matrix")):
        from pratique.exchange.counts.sources.workbook import workbook_rows

        rows = workbook_rows(path, mapping)
    elif is_zip:
        raise NotCounts(
            say("{file} is a workbook or an archive; say format `xlsx`", file=path.name)
        )
    else:
        rows = delimited_rows(path, mapping)
    return matrix_cells(rows, mapping) if mapping.matrix else rows
