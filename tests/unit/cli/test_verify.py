# SPDX-License-Identifier: Apache-2.0
"""`pratique verify`: sound, broken or not to be run; what is known from elsewhere is held to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pratique.register.verify import verify
from unit.cli.commands import JOURNAL, run

WHOLE = verify(JOURNAL)


def test_a_whole_journal_ends_with_0_and_tells_its_seal() -> None:
    found = run("verify", str(JOURNAL))
    assert found.exit_code == 0
    assert WHOLE.root[:16] in found.output
    assert run("verify", str(JOURNAL), "--count", str(WHOLE.entries)).exit_code == 0
    assert run("verify", str(JOURNAL), "--seal", WHOLE.root).exit_code == 0


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.999])
def test_a_flipped_byte_ends_with_1_and_names_its_entry(tmp_path: Path, share: float) -> None:
    octets = bytearray(JOURNAL.read_bytes())
    place = int(share * (len(octets) - 1))
    octets[place] ^= 1
    entry = bytes(octets[:place]).count(b"\n")
    broken = tmp_path / "journal.jsonl"
    broken.write_bytes(octets)
    found = run("verify", str(broken))
    assert found.exit_code == 1
    assert re.match(rf"broken at line {entry + 1}, entry {entry}\n", found.output)


def test_a_broken_line_is_told_in_french(tmp_path: Path) -> None:
    broken = tmp_path / "journal.jsonl"
    broken.write_bytes(JOURNAL.read_bytes().replace(b'"act"', b'"akt"', 1))
    found = run("verify", str(broken), "--language", "fr")
    assert found.exit_code == 1
    assert found.output.startswith("rompu à la ligne 1, inscription 0\n")


def test_a_journal_cut_short_is_broken_only_for_who_knows_its_length(tmp_path: Path) -> None:
    cut = tmp_path / "journal.jsonl"
    lines = JOURNAL.read_bytes().splitlines(keepends=True)
    cut.write_bytes(b"".join(lines[:-1]))
    assert run("verify", str(cut)).exit_code == 0
    assert run("verify", str(cut), "--count", str(len(lines))).exit_code == 1
    assert run("verify", str(cut), "--seal", WHOLE.root).exit_code == 1


def test_another_seal_or_count_is_broken() -> None:
    assert run("verify", str(JOURNAL), "--seal", "0" * 64).exit_code == 1
    assert run("verify", str(JOURNAL), "--count", "0").exit_code == 1


def test_what_is_no_journal_is_broken(tmp_path: Path) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(bytes(range(256)))
    assert run("verify", str(noise)).exit_code == 1


def test_what_is_not_there_cannot_be_verified(tmp_path: Path) -> None:
    absent = run("verify", str(tmp_path / "journal.jsonl"))
    assert absent.exit_code == 2
    assert "there is no journal at" in absent.output
    assert run("verify", str(tmp_path)).exit_code == 2
    assert run("verify", str(JOURNAL), "--count", "-1").exit_code == 2
    assert run("verify").exit_code == 2
