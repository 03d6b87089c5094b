# SPDX-License-Identifier: Apache-2.0
"""One fault at a time in the Mano River accord: each is found, where it is, in words that help.

The faults are the table `mutants/mutants.toml`; what is printed for each is kept in
`mutants/snapshots/`, written anew by running this with PRATIQUE_SNAPSHOTS=write.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

from pratique.accord.check import Checked, check
from pratique.accord.check.codes import CODES
from pratique.cli.findings import findings_text
from pratique.cli.speech import choose_language
from pratique.rehearsal.trial import try_cases

HERE = Path(__file__).parent / "mutants"
SNAPSHOTS = HERE / "snapshots"
ACCORD = Path(__file__).parents[2] / "accords" / "mano-river" / "accord.md"
MUTANTS: list[dict[str, Any]] = tomllib.loads((HERE / "mutants.toml").read_text("utf-8"))["mutant"]
FOUND_WELL = [one for one in MUTANTS if "awaits" not in one]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    choose_language(["--language", "en"], {})


def mutated(mutant: dict[str, Any]) -> str:
    """Return the accord's text with a mutant's fault."""
    parts = ACCORD.read_text("utf-8").split(mutant["find"])
    nth = mutant.get("nth")
    assert nth or len(parts) == 2, f"`find` stands {len(parts) - 1} times"
    before, after = parts[: nth or 1], parts[nth or 1 :]
    fault = mutant["replace"] * mutant.get("times", 1)
    return mutant["find"].join(before) + fault + mutant["find"].join(after)


@cache
def checked(name: str) -> Checked:
    """Return what check says of a mutant."""
    return check(mutated(next(one for one in MUTANTS if one["name"] == name)), trial=try_cases)


def found(mutant: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the code of each finding, and the line of the text that it points at."""
    lines = mutated(mutant).split("\n")
    return sorted((f.code, lines[f.span.line - 1]) for f in checked(mutant["name"]).findings)


def expected(mutant: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what the table says is to be found, and where."""
    line = mutant.get("line")
    if line is None:
        lines = mutated(mutant).split("\n")
        line = next(one for one in lines if one.startswith(mutant["line_starts"]))
    return sorted([(mutant["code"], line), *(tuple(one) for one in mutant.get("also", []))])


def cases() -> list[Any]:
    """Return the mutants as test parameters; those that await a better check may fail."""
    return [
        pytest.param(
            one,
            id=one["name"],
            marks=[pytest.mark.xfail(reason=one["awaits"])] if "awaits" in one else [],
        )
        for one in MUTANTS
    ]


def test_the_accord_itself_has_no_fault_and_every_warning_is_accepted_with_a_reason() -> None:
    said = check(ACCORD.read_text("utf-8"), trial=try_cases)
    assert said.stops == ()
    assert said.warnings == ()
    assert all((one.accepted or "").strip() for one in said.accepted)


def test_every_code_has_a_mutant() -> None:
    assert {one["code"] for one in MUTANTS} == set(CODES)
    assert {one["code"] for one in FOUND_WELL} == set(CODES)
    assert len(FOUND_WELL) >= 25


def test_names_differ_families_fit_and_consequences_have_a_reason() -> None:
    assert len({one["name"] for one in MUTANTS}) == len(MUTANTS)
    assert [one["name"] for one in MUTANTS if one["family"] != one["code"]] == []
    assert [
        one["name"] for one in MUTANTS if bool(one.get("also")) != bool(one.get("also_why"))
    ] == []


@pytest.mark.parametrize("mutant", cases())
def test_a_fault_is_found_on_its_line_and_nothing_else_is(mutant: dict[str, Any]) -> None:
    assert found(mutant) == expected(mutant)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("mutant", FOUND_WELL, ids=lambda one: one["name"])
def test_what_is_printed_is_as_kept(mutant: dict[str, Any], language: str) -> None:
    path = SNAPSHOTS / f"{mutant['name']}.{language}.txt"
    choose_language(["--language", language], {})
    said = checked(mutant["name"])
    text = click.unstyle(findings_text(said.findings, said.accord.document.lines, "accord.md"))
    printed = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    if language in os.environ.get("PRATIQUE_SNAPSHOTS_LANGUAGES", "en fr").split() and (
        os.environ.get("PRATIQUE_SNAPSHOTS") == "write"
    ):
        path.write_text(printed, "utf-8")
    if language == "fr" and not path.exists():
        pytest.skip("its French is not kept yet: run with PRATIQUE_SNAPSHOTS=write")
    assert printed == path.read_text("utf-8")


def test_no_snapshot_is_left_of_a_mutant_that_is_gone() -> None:
    kept = {path.name.split(".")[0] for path in SNAPSHOTS.glob("*.txt")}
    assert kept <= {one["name"] for one in FOUND_WELL}
