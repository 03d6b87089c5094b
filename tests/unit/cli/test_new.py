# SPDX-License-Identifier: Apache-2.0
"""`pratique new`: a draft that passes its check whatever the names, and nothing written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.cli.commands import run

PARTIES = "aldova,brenia,sierra_leone"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_draft_passes_a_strict_check(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "three-rivers"
    made = run("new", str(folder), "--parties", PARTIES, "--language", language)
    assert made.exit_code == 0
    assert str(folder / "accord.md") in made.output
    assert f"pratique check {folder}" in made.output
    found = run("check", str(folder), "--strict", "--language", language)
    assert found.exit_code == 0, found.output
    text = (folder / "accord.md").read_text("utf-8")
    assert "accord: Three Rivers\n" in text
    assert "Aldova, Brenia and Sierra Leone" in text


def test_a_title_is_taken_as_it_is_said(tmp_path: Path) -> None:
    title = "Pact: on  health\nand rivers"
    assert run("new", str(tmp_path), "--parties", PARTIES, "--title", title).exit_code == 0
    assert "accord: Pact: on health and rivers\n" in (tmp_path / "accord.md").read_text("utf-8")
    assert run("check", str(tmp_path)).exit_code == 0


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "accord.md").write_text("mine", "utf-8")
    found = run("new", str(tmp_path), "--parties", PARTIES)
    assert found.exit_code == 2
    assert "is there already; nothing was written" in found.output
    assert (tmp_path / "accord.md").read_text("utf-8") == "mine"


def test_a_folder_that_cannot_be_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    found = run("new", str(tmp_path / "taken"), "--parties", PARTIES)
    assert found.exit_code == 2
    assert "taken" in found.output


@pytest.mark.parametrize(
    ("parties", "why"),
    [
        ("aldova", "at least two different parties"),
        ("aldova,aldova", "at least two different parties"),
        ("", "at least two different parties"),
        ("Aldova,brenia", "`Aldova` is not a name"),
        ("côte,brenia", "`côte` is not a name"),
        ("1st,brenia", "`1st` is not a name"),
    ],
)
def test_parties_that_cannot_be_are_refused(tmp_path: Path, parties: str, why: str) -> None:
    found = run("new", str(tmp_path / "x"), "--parties", parties)
    assert (found.exit_code, why in found.output) == (2, True), found.output
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["day", "of", "ratified", "never", "party"])
def test_a_party_named_like_a_word_of_the_language_is_refused(tmp_path: Path, name: str) -> None:
    found = run("new", str(tmp_path / "x"), "--parties", f"brenia,{name}")
    assert found.exit_code == 2, "the draft would not pass its check"
    assert f"a party cannot be named `{name}`: " in found.output
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["secretariat", "notify", "unusual_event", "a_notice_missed"])
def test_a_party_named_like_a_clause_of_the_draft_is_refused(tmp_path: Path, name: str) -> None:
    found = run("new", str(tmp_path / "x"), "--parties", f"{name},brenia")
    assert found.exit_code == 2, "the draft would not pass its check"
    assert f"a party cannot be named `{name}`: " in found.output
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["duty", "case", "series", "hold", "silent", "done", "acts"])
def test_a_party_may_be_named_like_a_word_that_stands_elsewhere(tmp_path: Path, name: str) -> None:
    made = run("new", str(tmp_path), "--parties", f"{name},brenia")
    checked = run("check", str(tmp_path)) if made.exit_code == 0 else None
    assert checked is None or checked.exit_code == 0, checked.output


def test_parties_must_be_named(tmp_path: Path) -> None:
    found = run("new", str(tmp_path / "x"))
    assert found.exit_code == 2
    assert "--parties" in found.output
