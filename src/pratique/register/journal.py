# SPDX-License-Identifier: Apache-2.0
"""Journals: a register as a file of JSON Lines, one entry a line, each ended by a line feed.

Reading follows the chain and trusts nothing; it cannot know whether entries are missing at the end.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from pratique.base.moment import Moment
from pratique.base.text import Sentence
from pratique.register.chain import Chain
from pratique.register.entry import NOTHING_BEFORE, Entry, NotAnEntry, line_of
from pratique.register.line import MOST_BYTES, Line, entry_in, read_line
from pratique.register.tree import merkle_root

Source = Path | str | bytes | Iterable[bytes]
"""A journal: the path of a file, its bytes, or its lines as bytes with their line feeds."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a register has got to: how many entries, and the leaf of the last."""

    count: int
    leaf: str


class BrokenJournal(ValueError):
    """The first line of a journal that is no entry or does not follow; lines count from 1."""

    def __init__(self, line: int, wrong: NotAnEntry) -> None:
        self.line, self.seq = line, line - 1
        self.sentence: Sentence = wrong.sentence
        self.advice: Sentence = wrong.advice
        super().__init__(f"{line}: {wrong}")


def read_journal(source: Source) -> list[Entry]:
    """Return the entries of a journal; BrokenJournal at the first that is not sound."""
    return [entry_in(line, leaf) for line, leaf in sound_lines(source)]


def write_journal(path: Path | str, entries: Iterable[Entry]) -> Head:
    """Write entries as a journal, whole or not at all, and return its head.

    NotAnEntry if they are no chain from the first entry on; the file is then as it was.
    """
    chain = Chain()
    with _replacing(Path(path)) as file:
        for entry in entries:
            raw = line_of(entry)
            chain.admit(*read_line(raw))
            file.write(raw)
    return Head(chain.count, chain.leaf)


def sound_lines(source: Source) -> Iterator[tuple[Line, bytes]]:
    """Yield each line with its leaf, as far as the chain is sound; then BrokenJournal."""
    chain = Chain()
    for number, raw in enumerate(_raw_lines(source), start=1):
        try:
            line, leaf = read_line(raw)
            chain.admit(line, leaf)
        except NotAnEntry as wrong:
            raise BrokenJournal(number, wrong) from None
        yield line, leaf


def as_of(entries: Iterable[Entry], moment: Moment) -> list[Entry]:
    """Return what the register held at a moment: the entries recorded by then."""
    return [entry for entry in entries if entry.recorded <= moment]


def head_of(entries: Sequence[Entry]) -> Head:
    """Return where a register has got to."""
    return Head(len(entries), entries[-1].leaf if entries else NOTHING_BEFORE)


def seal_of(entries: Iterable[Entry]) -> str:
    """Return the one seal by which two registers are compared: the Merkle root, in hexadecimal."""
    return merkle_root(bytes.fromhex(entry.leaf) for entry in entries).hex()


def _raw_lines(source: Source) -> Iterator[bytes]:
    """Yield lines with their line feeds; a line longer than any entry comes in pieces."""
    if not isinstance(source, Path | str | bytes):
        yield from source
        return
    with BytesIO(source) if isinstance(source, bytes) else Path(source).open("rb") as file:
        yield from iter(lambda: file.readline(MOST_BYTES + 1), b"")


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside the path, and put it in its place once all is written and on the disk."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
