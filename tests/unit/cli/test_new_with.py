# SPDX-License-Identifier: Apache-2.0
"""`pratique new --with`: a draft from model articles, whatever the names, or a plain refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.cli.commands import run

PARTIES = "aldova,cote_brenia=Côte-Brénia"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_draft_passes_a_strict_check(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "two-lakes"
    words = ("--parties", PARTIES, "--with", "teams, surveillance", "--language", language)
    made = run("new", str(folder), *words)
    assert made.exit_code == 0, made.output
    assert str(folder / "accord.md") in made.output
    found = run("check", str(folder), "--strict", "--language", language)
    assert found.exit_code == 0, found.output
    text = (folder / "accord.md").read_text("utf-8")
    assert "accord: Two Lakes\n" in text
    assert "1. The Parties are Aldova and Côte-Brénia." in text
    assert 'party aldova "Aldova"\nparty cote_brenia "Côte-Brénia"\n' in text
    assert text.index("# Response teams") < text.index("# Surveillance")


def test_a_small_draft_takes_names_as_they_are_written_too(tmp_path: Path) -> None:
    assert run("new", str(tmp_path), "--parties", PARTIES).exit_code == 0
    text = (tmp_path / "accord.md").read_text("utf-8")
    assert "1. The Parties are Aldova and Côte-Brénia." in text
    assert 'party aldova "Aldova"\nparty cote_brenia "Côte-Brénia"\n' in text
    checked = run("check", str(tmp_path), "--strict")
    assert checked.exit_code == 0, checked.output


def test_letters_of_another_alphabet_may_write_a_name(tmp_path: Path) -> None:
    parties = "ellada=Ελλάδα,aldova,saqartvelo=საქართველო"
    made = run("new", str(tmp_path), "--parties", parties, "--with", "disputes")
    assert made.exit_code == 0, made.output
    checked = run("check", str(tmp_path), "--strict")
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize(
    ("parties", "fields", "why"),
    [
        ("aldova,brenia", "nothing", "there are no model articles for `nothing`"),
        ("aldova,brenia", "nothing", "`funds`"),
        ("aldova,brenia", "funds,funds", "`funds` is named twice"),
        ("aldova", "funds", "at least two different parties"),
        ("aldova=Land,brenia=Land", "funds", "at least two different parties"),
        ("côte,brenia", "funds", "`côte` is not a name: give one in the letters a to z"),
        ("côte,brenia", "funds", "`cote_divoire=Côte d’Ivoire`"),
        ("Côte=Côte,brenia", "funds", "`Côte` is not a name"),
        ("cote=,brenia", "funds", "`cote` cannot be written ``"),
        ('cote="Côte",brenia', "funds", '`cote` cannot be written `"Côte"`'),
        ("cote=Côte 7,brenia", "funds", "`cote` cannot be written `Côte 7`"),
        ("cote={parties},brenia", "funds", "`cote` cannot be written `{parties}`"),
        ("cote=--,brenia", "funds", "`cote` cannot be written `--`"),
        ("cote=Aldоva,brenia", "funds", "the draft would not pass its check: "),
        ("isles=Seven Isles,brenia", "funds", "the draft would not pass its check: "),
        ("fund,brenia", "funds", "a party cannot be named `fund`: the draft has a clause of that"),
        ("secretariat,brenia", "teams", "a party cannot be named `secretariat`: "),
        ("never,brenia", "teams", "a party cannot be named `never`: "),
    ],
)
def test_what_cannot_be_drafted_is_refused_plainly(
    tmp_path: Path, parties: str, fields: str, why: str
) -> None:
    found = run("new", str(tmp_path / "x"), "--parties", parties, "--with", fields)
    assert (found.exit_code, why in found.output) == (2, True), found.output
    assert not (tmp_path / "x").exists()


def test_what_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "accord.md").write_text("mine", "utf-8")
    found = run("new", str(tmp_path), "--parties", PARTIES, "--with", "funds")
    assert found.exit_code == 2
    assert "is there already; nothing was written" in found.output
    assert (tmp_path / "accord.md").read_text("utf-8") == "mine"


def test_a_folder_that_cannot_be_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    found = run("new", str(tmp_path / "taken"), "--parties", PARTIES, "--with", "funds")
    assert found.exit_code == 2
    assert "taken" in found.output
