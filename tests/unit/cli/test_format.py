# SPDX-License-Identifier: Apache-2.0
"""`pratique format`: what it writes, what it shows and leaves, and how it ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pratique.cli.main import pratique
from pratique.cli.places import shipped
from unit.cli.commands import DRAFT, draft, run

RAGGED = "party  aldova,   brenia\nbody hub\nduty tell\n   must:  say so \n   by: hub"
FORMED = "party aldova, brenia\nbody hub\nduty tell\n  by: hub\n  must: say so"
FAULTY = "\n```accord\ndooty  tell\n```\n"


def test_a_ragged_draft_is_written_in_form_once(tmp_path: Path) -> None:
    document = draft(tmp_path, RAGGED)
    prose = document.read_text("utf-8").partition("```")[0]
    found = run("format", str(tmp_path))
    assert found.exit_code == 0
    assert f"{document}: 1 block of clauses was written anew" in found.output
    assert document.read_text("utf-8") == f"{prose}```accord\n{FORMED}\n```\n"
    before = document.stat().st_mtime_ns, document.stat().st_ino
    again = run("format", str(document))
    assert (again.exit_code, again.output) == (0, f"{document}: nothing was changed\n")
    assert (document.stat().st_mtime_ns, document.stat().st_ino) == before
    assert [path.name for path in tmp_path.iterdir()] == ["accord.md"]


def test_a_document_of_another_name_is_found(tmp_path: Path) -> None:
    document = draft(tmp_path, RAGGED).rename(tmp_path / "two.accord.md")
    assert run("format", str(document)).exit_code == 0
    assert FORMED in document.read_text("utf-8")


def test_the_folder_one_is_in_is_the_one_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = draft(tmp_path, RAGGED)
    monkeypatch.chdir(tmp_path)
    assert run("format").exit_code == 0
    assert FORMED in document.read_text("utf-8")


def test_check_writes_nothing_and_shows_the_change(tmp_path: Path) -> None:
    document = draft(tmp_path, RAGGED)
    text = document.read_bytes()
    found = run("format", "--check", str(document))
    assert found.exit_code == 1
    assert f"--- {document}\n+++ {document}\n@@ -" in found.output
    assert "\n-party  aldova,   brenia\n" in found.output
    assert "\n+party aldova, brenia\n" in found.output
    assert f"{document}: 1 block of clauses would change" in found.output
    assert document.read_bytes() == text
    run("format", str(document))
    after = run("format", "--check", str(document))
    assert (after.exit_code, after.output) == (0, f"{document}: nothing would change\n")


def test_stdout_has_the_whole_text_to_the_byte(tmp_path: Path) -> None:
    document = draft(tmp_path, RAGGED)
    text = b"\xef\xbb\xbf" + document.read_bytes().replace(b"\n", b"\r\n")
    document.write_bytes(text)
    found = run("format", "--stdout", str(document))
    assert found.exit_code == 0
    formed = FORMED.replace("\n", "\r\n").encode()
    assert found.stdout_bytes == text.replace(RAGGED.replace("\n", "\r\n").encode(), formed)
    assert document.read_bytes() == text


def test_line_ends_and_the_mark_in_front_are_kept(tmp_path: Path) -> None:
    document = draft(tmp_path, RAGGED)
    document.write_bytes(b"\xef\xbb\xbf" + document.read_bytes().replace(b"\n", b"\r\n"))
    assert run("format", str(document)).exit_code == 0
    assert document.read_bytes() == (
        f"\ufeff{DRAFT}## Annex\n\n```accord\n{FORMED}\n```\n".replace("\n", "\r\n").encode()
    )


@pytest.mark.parametrize("how", [[], ["--check"], ["--stdout"]])
def test_a_block_that_cannot_be_read_is_left_and_named(tmp_path: Path, how: list[str]) -> None:
    document = draft(tmp_path, FORMED)
    text = document.read_text("utf-8") + FAULTY
    document.write_text(text, "utf-8")
    found = run("format", *how, str(document))
    assert found.exit_code == 1
    assert "E101 unknown kind `dooty`" in found.stderr
    line = text.count("\n") - 2
    assert f"the block on line {line} cannot be read, and is left as it is" in found.stderr
    assert document.read_text("utf-8") == text
    assert how != ["--stdout"] or found.stdout == text


def test_the_other_blocks_are_written_all_the_same(tmp_path: Path) -> None:
    document = draft(tmp_path, RAGGED)
    document.write_text(document.read_text("utf-8") + FAULTY, "utf-8")
    assert run("format", str(document)).exit_code == 1
    assert document.read_text("utf-8").endswith(f"{FORMED}\n```\n{FAULTY}")


def test_a_block_that_would_be_read_otherwise_is_named(tmp_path: Path) -> None:
    document = draft(tmp_path, f"party aldova, brenia\nduty tell\n by: hub\n must: {'x' * 19_993}")
    found = run("format", str(document))
    assert found.exit_code == 1
    assert "the block on line 11 would be read otherwise in another form" in found.stderr


def test_a_text_of_which_nothing_can_be_read_is_told_why(tmp_path: Path) -> None:
    document = tmp_path / "accord.md"
    document.write_text("---\naccord: x\n```accord\nparty  a\n```\n", "utf-8")
    found = run("format", str(document))
    assert found.exit_code == 1
    assert "E103" in found.stderr
    assert "the front matter has no end" in found.stderr


def test_permissions_stay_and_links_are_followed(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    document = draft(folder, RAGGED)
    document.chmod(0o640)
    link = tmp_path / "accord.md"
    link.symlink_to(document)
    assert run("format", str(link)).exit_code == 0
    assert link.is_symlink()
    assert document.stat().st_mode & 0o777 == 0o640
    assert FORMED in document.read_text("utf-8")


def test_what_cannot_be_replaced_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = draft(tmp_path, RAGGED)
    text = document.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    found = run("format", str(document))
    assert found.exit_code == 2
    assert f"`{document}` cannot be written to: Permission denied" in found.output
    assert document.read_bytes() == text
    assert [path.name for path in tmp_path.iterdir()] == ["accord.md"]


def test_a_shipped_accord_is_not_written_to_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "accords" / "own").mkdir(parents=True)
    document = draft(tmp_path / "accords" / "own", RAGGED)
    monkeypatch.setattr("pratique.cli.places._accords", lambda: tmp_path / "accords")
    assert shipped("own") == document.parent
    text = document.read_bytes()
    found = run("format", "own")
    assert found.exit_code == 2
    assert "came with Pratique and is not written to" in found.output
    assert document.read_bytes() == text
    assert FORMED in run("format", "--stdout", "own").output
    assert run("format", "accords/own").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["no/such/accord.md"], "there is no accord at `no/such/accord.md`"),
        (["--check", "--stdout", "."], "`--check` and `--stdout` cannot stand together"),
    ],
)
def test_what_cannot_be_run_says_why(words: list[str], told: str) -> None:
    found = run("format", *words)
    assert found.exit_code == 2
    assert told in found.output


def test_it_is_one_of_the_commands() -> None:
    assert "format" in pratique().list_commands(None)  # type: ignore[arg-type]
