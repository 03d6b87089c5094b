# SPDX-License-Identifier: Apache-2.0
"""CSV as it comes: any encoding that is declared, ragged rows, quotes never closed, huge cells.

A row is never swallowed by an open quotation mark: that line is refused, and reading goes on.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from pratique.base.text import Code, say
from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.mapping import Mapping
from pratique.exchange.counts.rows import Raw, Reason

LONGEST_LINE = 4_000_000
LONGEST_CELL = 32_767
"""As many characters as a cell of a workbook may hold."""
MOST_LINES = 50
"""How many lines one quoted cell may run over, before the mark is taken for a slip."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t|"


def delimited_rows(path: Path, mapping: Mapping) -> Iterator[Raw]:
    """Yield the rows of a CSV file after its header; NotCounts if that cannot be read."""
    encoding = encoding_of(path, mapping)
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        lines = _Lines(file)
        header, separator = header_of(lines, mapping, path)
        require_columns(header, mapping, path)
        while (line := lines.next()) is not None:
            if line.strip():
                yield _row(line, lines, header, separator, path.name)


def encoding_of(path: Path, mapping: Mapping) -> str:
    """Return the encoding of a file: as its mark says, as declared, UTF-8, or the fallback.

    Without a fallback, rows whose octets are no UTF-8 will be refused one by one.
    """
    with path.open("rb") as file:
        beginning = file.read(4096)
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding
    if mapping.encoding not in ("", "auto"):
        return mapping.encoding
    if beginning[:400].count(0) * 3 > len(beginning[:400]):
        raise NotCounts(
            say(
                "{file} looks like UTF-16 without its mark; say `encoding` in the mapping,"
                " for example `utf-16-le`",
                file=path.name,
            )
        )
    return mapping.fallback if mapping.fallback and not _is_utf8(path) else "utf-8"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while bite := file.read(1 << 20):
                decoder.decode(bite)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


class _Lines:
    """The physical lines of a file, numbered; some may be put back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self.number = 0

    def next(self) -> str | None:
        """Return the next line, cut where it is too long to be one; None at the end."""
        line = self._again.popleft() if self._again else self._read()
        self.number += line is not None
        return line

    def put_back(self, lines: list[str]) -> None:
        """Put lines back, to be read again."""
        self._again.extendleft(reversed(lines))
        self.number -= len(lines)

    def _read(self) -> str | None:
        try:
            line = self._file.readline(LONGEST_LINE)
            rest = line
            while len(rest) == LONGEST_LINE and not rest.endswith(("\n", "\r")):
                rest = self._file.readline(LONGEST_LINE)
        except UnicodeError as fault:
            raise NotCounts(
                say("line {line}: the octets are not of that encoding", line=str(self.number + 1))
            ) from fault
        return line or None


def header_of(lines: _Lines, mapping: Mapping, path: Path) -> tuple[tuple[str, ...], str]:
    """Return the names of the columns, and what parts them."""
    line = lines.next()
    while line is not None and not line.strip():
        line = lines.next()
    if line is None:
        raise NotCounts(say("{file} is empty", file=Code(path.name)))
    separator = mapping.delimiter or max(_SEPARATORS, key=line.count)
    whole = [line]
    while "".join(whole).count('"') % 2 and len(whole) < MOST_LINES:
        more = lines.next()
        if more is None:
            break
        whole.append(more)
    cells = _cells(whole, separator)
    if cells is None or _undecoded("".join(whole)):
        raise NotCounts(say("{file}: the header cannot be read", file=path.name))
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(" ".join(cell.split()) for cell in cells), separator


def require_columns(header: tuple[str, ...], mapping: Mapping, path: Path) -> None:
    """NotCounts unless each column of the mapping stands in the header, once."""
    number = Counter(header)
    wanted = [*mapping.columns.values(), *(one.column for one in mapping.skip)]
    for name in wanted:
        if number[name] == 0:
            raise NotCounts(
                say(
                    "{file} has no column {name}; it has {names}",
                    file=path.name,
                    name=Code(name),
                    names=tuple(Code(one) for one in header[:30]),
                )
            )
        if number[name] > 1:
            raise NotCounts(
                say("{file}: column {name} stands twice", file=path.name, name=Code(name))
            )


def _row(line: str, lines: _Lines, header: tuple[str, ...], separator: str, name: str) -> Raw:
    at = lines.number
    if len(line) >= LONGEST_LINE:
        cut = (line[:LONGEST_CELL],)
        return Raw(name, at, header, cut, Reason("huge", say("the line is too long to be a row")))
    if line.count('"') % 2 == 0:
        return _told(_cells([line], separator, strict=False), line, at, header, name)
    more = _until_closed(line, lines)
    cells = _cells([line, *more], separator) if more is not None else None
    if cells is not None and len(cells) == len(header):
        return _told(cells, line, at, header, name)
    lines.put_back(more or [])
    alone = _cells([line], separator)
    if alone is not None and len(alone) == len(header):
        return _told(alone, line, at, header, name)
    ill = Reason("open_quote", say("a quotation mark is opened and never closed"))
    return Raw(name, at, header, (line.rstrip("\r\n")[:LONGEST_CELL],), ill)


def _until_closed(line: str, lines: _Lines) -> list[str] | None:
    """Return the lines up to the one that closes a quotation mark; None, put back, if none does."""
    more: list[str] = []
    count = line.count('"')
    while count % 2 and len(more) < MOST_LINES:
        following = lines.next()
        if following is None or len(following) >= LONGEST_LINE:
            lines.put_back([*more, *([following] if following else [])])
            return None
        more.append(following)
        count += following.count('"')
    if count % 2:
        lines.put_back(more)
        return None
    return more


def _cells(lines: Iterable[str], separator: str, *, strict: bool = True) -> list[str] | None:
    try:
        return next(csv.reader(lines, delimiter=separator, strict=strict), [])
    except csv.Error:
        return None


def _told(cells: list[str] | None, line: str, at: int, header: tuple[str, ...], name: str) -> Raw:
    if cells is None:
        cut = (line.rstrip("\r\n")[:LONGEST_CELL],)
        return Raw(name, at, header, cut, Reason("huge", say("a cell is too long to be one")))
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    return Raw(name, at, header, tuple(cells), _ill(cells, header))


def _ill(cells: list[str], header: tuple[str, ...]) -> Reason | None:
    if not any(cell.strip() for cell in cells):
        return Reason("blank", say("the row is blank"), aside=True)
    if len(cells) != len(header):
        return Reason(
            "ragged",
            say("{n} cells where the header has {columns}", n=len(cells), columns=len(header)),
        )
    whole = "".join(cells)
    if "\0" in whole:
        return Reason("nul", say("the row holds a NUL character"))
    if _undecoded(whole):
        return Reason(
            "encoding", say("the octets are not UTF-8; say `encoding` or `fallback` in the mapping")
        )
    if max(map(len, cells)) > LONGEST_CELL:
        return Reason("huge", say("a cell is too long to be one"))
    return None


def _undecoded(text: str) -> bool:
    return not text.isascii() and any("\udc80" <= letter <= "\udcff" for letter in text)
