# SPDX-License-Identifier: Apache-2.0
"""Journals go to a file and back; a file is replaced whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.register.acts import Act, Correct, Note
from pratique.register.chain import Chain
from pratique.register.entry import NOTHING_BEFORE, Entry, NotAnEntry, line_of
from pratique.register.journal import (
    BrokenJournal,
    Head,
    as_of,
    head_of,
    read_journal,
    seal_of,
    write_journal,
)
from pratique.register.verify import verify
from unit.register.samples import ANY_ACT, BEGUN, short_lines, short_register


def test_a_journal_reads_back_from_path_bytes_and_lines(tmp_path: Path) -> None:
    made, path = short_register(26), tmp_path / "journal.jsonl"
    assert write_journal(path, made) == head_of(made) == Head(26, made[-1].leaf)
    assert path.read_bytes() == b"".join(short_lines(26))
    assert read_journal(path) == read_journal(str(path)) == made
    assert read_journal(path.read_bytes()) == read_journal(iter(short_lines(26))) == made
    assert [file.name for file in tmp_path.iterdir()] == ["journal.jsonl"]


def test_an_empty_register_has_a_head_and_a_seal(tmp_path: Path) -> None:
    assert write_journal(tmp_path / "empty", []) == head_of([]) == Head(0, NOTHING_BEFORE)
    assert read_journal(tmp_path / "empty") == []
    assert seal_of([]) == verify(b"").root


@given(st.lists(ANY_ACT, max_size=12), st.lists(st.integers(0, 10**6), min_size=12, max_size=12))
def test_any_acts_go_there_and_back(acts: list[Act], waits: list[int]) -> None:
    chain, made, moment = Chain("a"), [], BEGUN
    for act, wait in zip(acts, waits, strict=False):
        moment += wait
        if not isinstance(act, Correct | Note):
            made.append(chain.append(office="guinea", act=act, recorded=moment))
    raw = b"".join(line_of(entry) for entry in made)
    assert read_journal(raw) == made
    assert verify(raw, expect_count=len(made), expect_root=seal_of(made)).ok


def test_a_journal_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    write_journal(path, short_register(3))
    before = path.read_bytes()

    def failing() -> Iterator[Entry]:
        yield from short_register(2)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        write_journal(path, failing())
    with pytest.raises(NotAnEntry):
        write_journal(path, short_register(3)[1:])
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["journal.jsonl"]


def test_reading_stops_at_the_first_broken_line() -> None:
    lines = short_lines(5)
    with pytest.raises(BrokenJournal) as broken:
        read_journal([lines[0], lines[1], lines[3], lines[4]])
    assert (broken.value.line, broken.value.seq) == (3, 2)
    assert str(broken.value) == "3: the entry has number 3, where 2 comes next"


def test_as_of_is_what_was_recorded_by_then() -> None:
    made = short_register(6)
    assert as_of(made, BEGUN - 1) == []
    assert as_of(made, BEGUN) == made[:2]
    assert as_of(made, BEGUN + 3_599) == made[:2]
    assert as_of(made, BEGUN + 3_600) == made[:4]
    assert as_of(made, BEGUN + 10**9) == made


def test_the_seal_tells_registers_apart() -> None:
    made = short_register(6)
    assert len({seal_of(made[:count]) for count in range(7)}) == 7
