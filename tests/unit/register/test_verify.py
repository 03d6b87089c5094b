# SPDX-License-Identifier: Apache-2.0
"""Tampering is found at the entry that has it; what a file cannot show by itself is said too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.register.entry import leaf_of, line_of
from pratique.register.journal import seal_of
from pratique.register.verify import Verdict, verify
from unit.register.samples import short_lines, short_register

LINES = short_lines(5)
JOURNAL = b"".join(LINES)
LONG = short_lines(80)
LONG_JOURNAL = b"".join(LONG)


def line_at(journal: bytes, position: int) -> int:
    return journal.count(b"\n", 0, position) + 1


def broken_line(journal: bytes) -> int | None:
    verdict = verify(journal)
    assert verdict.ok == (verdict.line is None)
    assert verdict.line is None or verdict.seq == verdict.line - 1 == verdict.entries
    return verdict.line


def test_a_sound_journal_is_sound() -> None:
    verdict = verify(LONG_JOURNAL)
    assert (verdict.ok, verdict.entries, verdict.line) == (True, 80, None)
    assert verdict.root == seal_of(short_register(80))
    assert verdict.leaf == short_register(80)[-1].leaf
    assert str(verdict.sentence) == (f"the journal is sound; entries: 80; seal: `{verdict.root}`")


def flips(journal: bytes, position: int) -> Iterator[bytes]:
    """Yield the journal with one byte changed: each bit in turn, and characters that JSON reads."""
    was = journal[position]
    values = {was ^ 1 << bit for bit in range(8)} | set(b'0a" \n{},\\') - {was}
    for value in sorted(values):
        yield journal[:position] + bytes([value]) + journal[position + 1 :]


@pytest.mark.parametrize("number", range(5))
def test_every_byte_changed_is_found_at_its_entry(number: int) -> None:
    start = sum(map(len, LINES[:number]))
    for position in range(start, start + len(LINES[number])):
        for journal in flips(JOURNAL, position):
            assert broken_line(journal) == number + 1


def test_every_byte_taken_out_is_found_at_its_entry() -> None:
    for position in range(len(JOURNAL)):
        journal = JOURNAL[:position] + JOURNAL[position + 1 :]
        assert broken_line(journal) == line_at(JOURNAL, position)


@pytest.mark.parametrize("byte", [b"\x00", b" ", b"0", b'"', b"\xff"])
def test_every_byte_put_in_is_found_at_its_entry(byte: bytes) -> None:
    for position in range(len(JOURNAL) + 1):
        journal = JOURNAL[:position] + byte + JOURNAL[position:]
        assert broken_line(journal) == line_at(JOURNAL, position)


def test_every_line_feed_put_in_is_found() -> None:
    for position in range(len(JOURNAL) + 1):
        journal = JOURNAL[:position] + b"\n" + JOURNAL[position:]
        # Before or after the line feed of a line is the same file: an empty line follows it.
        is_after = JOURNAL[position : position + 1] == b"\n"
        assert broken_line(journal) == line_at(JOURNAL, position) + is_after


@settings(max_examples=300)
@given(st.integers(0, len(LONG_JOURNAL) - 1), st.integers(1, 255))
def test_a_byte_changed_in_a_longer_journal_is_found_at_its_entry(position: int, by: int) -> None:
    value = bytes([LONG_JOURNAL[position] ^ by])
    journal = LONG_JOURNAL[:position] + value + LONG_JOURNAL[position + 1 :]
    assert broken_line(journal) == line_at(LONG_JOURNAL, position)


@given(st.permutations(LONG[:8]))
def test_entries_in_another_order_are_found_at_the_first_out_of_place(lines: list[bytes]) -> None:
    moved = [
        number for number, pair in enumerate(zip(lines, LONG, strict=False)) if pair[0] != pair[1]
    ]
    assert broken_line(b"".join(lines)) == (moved[0] + 1 if moved else None)


@given(st.integers(0, 78))
def test_an_entry_taken_out_is_found_where_it_was(number: int) -> None:
    assert broken_line(b"".join(LONG[:number] + LONG[number + 1 :])) == number + 1


@given(st.integers(0, 79))
def test_an_entry_twice_is_found_at_the_second(number: int) -> None:
    assert broken_line(b"".join([*LONG[: number + 1], *LONG[number:]])) == number + 2


@given(st.integers(0, 78))
def test_an_entry_forged_with_its_seal_is_found_by_the_next(number: int) -> None:
    forged = short_register(80)[number]
    raw = line_of(forged).replace(b'"office":"guinea', b'"office":"liberia')
    resealed = _resealed(raw)
    verdict = verify(b"".join([*LONG[:number], resealed, *LONG[number + 1 :]]))
    assert verdict.line == number + 2
    assert str(verdict.sentence) == (
        "the entry names another entry before it than the one that is there"
    )


def _resealed(raw: bytes) -> bytes:
    fields = json.loads(raw)
    del fields["seals"]
    leaf = leaf_of(rfc8785.dumps(fields)).hex()
    return rfc8785.dumps({**fields, "seals": [{"kind": "leaf", "sha256": leaf}]}) + b"\n"


def said(verdict: Verdict) -> tuple[bool, str, str]:
    return verdict.ok, str(verdict.sentence), str(verdict.advice)


def test_a_missing_end_shows_only_beside_a_count_or_a_seal() -> None:
    shorter, whole = b"".join(LINES[:3]), verify(JOURNAL)
    assert verify(shorter).ok
    assert said(verify(shorter, expect_count=5)) == (
        False,
        "the end is missing: 3 sound entries of 5",
        "take the rest from another copy of the register",
    )
    assert said(verify(shorter, expect_root=whole.root)) == (
        False,
        f"the seal is `{verify(shorter).root}`, not `{whole.root}`",
        "every entry is sound, but it is not that register: its end is missing, it has gone on, "
        "or it was written anew",
    )
    assert said(verify(JOURNAL, expect_count=3)) == (
        False,
        "the journal has gone on: 5 sound entries, 3 expected",
        "compare with a count and seal of the same moment",
    )
    assert verify(JOURNAL, expect_count=5, expect_root=whole.root).ok


def test_the_first_broken_entry_is_named_and_nothing_after_it_read() -> None:
    def lines() -> Iterator[bytes]:
        yield from LINES[:2]
        yield LINES[2].replace(b"2014", b"2015", 1)
        raise AssertionError("read on")

    verdict = verify(lines())
    assert (verdict.ok, verdict.line, verdict.seq, verdict.entries) == (False, 3, 2, 2)
    assert str(verdict.sentence) == "the entry does not match its own seal: it was changed"
    assert str(verdict.advice) == (
        "take this entry again from another copy of the register, and compare the two"
    )


def test_a_line_without_end_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "hostile.jsonl"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    verdict = verify(path)
    assert (verdict.line, str(verdict.sentence)) == (1, "the entry is longer than 1,000,000 bytes")
