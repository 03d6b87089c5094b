# SPDX-License-Identifier: Apache-2.0
"""A matrix into single cells: columns that the mapping does not name are values of one field."""

from __future__ import annotations

from collections.abc import Iterator

from pratique.exchange.counts.mapping import Mapping
from pratique.exchange.counts.rows import Raw

ACROSS, CELL = "(column)", "(value)"
"""What the two columns are called in which a matrix's column and cell are told."""


def matrix_cells(rows: Iterator[Raw], mapping: Mapping) -> Iterator[Raw]:
    """Yield a row for each cell of a matrix; an ill row stays one row."""
    assert mapping.matrix is not None
    kept = set(mapping.columns.values())
    apart = kept | set(mapping.matrix.ignore)
    for row in rows:
        if row.ill is not None:
            yield row
            continue
        labels = tuple(name for name in row.header if name in kept)
        told = tuple(row.cell(name) for name in labels)
        header = (*labels, ACROSS, CELL)
        for name, cell in zip(row.header, row.cells, strict=True):
            if name not in apart:
                cells = (*told, name, cell)
                yield Raw(row.file, row.line, header, cells, None, row.changes)
