# SPDX-License-Identifier: Apache-2.0
"""The lines of one block in canonical form: fields in their kind's order, indents of two and four.

Groups lines as the reader does. Comments and empty lines go with the line that follows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pratique.accord.clause import Kind
from pratique.accord.form.spacing import Line, line_of, spaced, spaced_header

FIELD = " " * 2
COMMENT = " " * 2
"""What stands between words and the comment on their line."""

_FIELD = re.compile(r"(?P<name>[^:]*?)\s*:(?P<value>.*)\Z", re.DOTALL)
# What every clause may carry stands behind the fields of its kind.
_EVERYWHERE = ("was", "accepted")


@dataclass(frozen=True, slots=True)
class Row:
    """A line with words, and the comments and empty lines above it."""

    line: Line
    above: tuple[Line, ...]


def laid_out(lines: Sequence[str], kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """Return a block's lines in canonical form: as many as there were."""
    rows, rest = _rows(lines)
    written: list[str] = []
    for clause in _clauses(rows):
        written += _clause_lines(clause, kinds)
    for line in rest:
        written += _alone(line, FIELD if line.indent and line.comment else "")
    return tuple(written)


def _rows(lines: Iterable[str]) -> tuple[list[Row], list[Line]]:
    rows: list[Row] = []
    above: list[Line] = []
    for raw in lines:
        line = line_of(raw)
        if line.words:
            rows.append(Row(line, tuple(above)))
            above = []
        else:
            above.append(Line(len(raw) - len(raw.lstrip()), "", line.comment))
    return rows, above


def _clauses(rows: Iterable[Row]) -> Iterator[list[Row]]:
    clause: list[Row] = []
    for row in rows:
        if row.line.indent == 0 and clause:
            yield clause
            clause = []
        clause.append(row)
    if clause:
        yield clause


def _clause_lines(clause: list[Row], kinds: Mapping[str, Kind]) -> Iterator[str]:
    header, fields = clause[0], list(_fields(clause[1:]))
    yield from _written(header, "", spaced_header(header.line.words))
    kind = kinds.get(header.line.words.split(maxsplit=1)[0])
    for field in sorted(fields, key=lambda rows: _place(rows[0], kind)):
        words = _field_words(field[0].line.words)
        yield from _written(field[0], FIELD, words)
        # Further lines stand under the value's beginning.
        under = FIELD + " " * (words.find(":") + 2)
        for row in field[1:]:
            yield from _written(row, under, spaced(row.line.words))


def _fields(rows: Iterable[Row]) -> Iterator[list[Row]]:
    field: list[Row] = []
    for row in rows:
        if field and row.line.indent <= field[0].line.indent:
            yield field
            field = []
        field.append(row)
    if field:
        yield field


def _place(row: Row, kind: Kind | None) -> int:
    match = _FIELD.match(row.line.words)
    name = match["name"] if match else ""
    most = len(kind.fields) if kind else 0
    if name in _EVERYWHERE:
        return most + _EVERYWHERE.index(name)
    spec = kind.field_named(name) if kind else None
    return kind.fields.index(spec) if kind and spec else most + len(_EVERYWHERE)


def _field_words(words: str) -> str:
    match = _FIELD.match(words)
    return f"{match['name']}: {spaced(match['value'])}".rstrip() if match else spaced(words)


def _written(row: Row, indent: str, words: str) -> Iterator[str]:
    for line in row.above:
        yield from _alone(line, indent)
    yield f"{indent}{words}{COMMENT if row.line.comment else ''}{row.line.comment}"


def _alone(line: Line, indent: str) -> Iterator[str]:
    yield f"{indent}{line.comment}" if line.comment else ""
