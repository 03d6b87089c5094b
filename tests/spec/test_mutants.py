# SPDX-License-Identifier: Apache-2.0
"""One fault at a time in accords without any: each is found, where it is, in words that help.

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

from once import try_cases_once
from pratique.accord.check import Checked, Trial, check
from pratique.accord.check.codes import CODES
from pratique.cli.findings import findings_text
from pratique.cli.methods import methods
from pratique.cli.speech import choose_language
from pratique.engine.cells.reasoning import reason

HERE = Path(__file__).parent / "mutants"
SNAPSHOTS = HERE / "snapshots"
ACCORDS = Path(__file__).parents[2] / "accords"
MUTANTS: list[dict[str, Any]] = tomllib.loads((HERE / "mutants.toml").read_text("utf-8"))["mutant"]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    choose_language(["--language", "en"], {})


def document(name: str, language: str = "") -> str:
    """Return the text of an accord: a shipped one, else the one beside the table."""
    ending = f".{language}.md" if language else ".md"
    shipped = ACCORDS / name / f"accord{ending}"
    path = shipped if shipped.exists() else HERE / f"{name}{ending}"
    return path.read_text("utf-8") if path.exists() else ""


def texts(mutant: dict[str, Any]) -> tuple[str, str]:
    """Return a mutant's text and its French text."""
    name = mutant.get("accord", "mano-river")
    text, french = document(name), document(name, "fr")
    if mutant.get("french"):
        return text, with_fault(french, mutant)
    return with_fault(text, mutant), french


def with_fault(text: str, mutant: dict[str, Any]) -> str:
    """Return a text with a mutant's fault."""
    after = mutant.get("after", "")
    assert not after or text.count(after) == 1
    start = text.index(after) + len(after)
    parts = text[start:].split(mutant["find"])
    nth = 1 if after else mutant.get("nth")
    assert len(parts) > 1, "`find` does not stand there"
    assert nth or len(parts) == 2, f"`find` stands {len(parts) - 1} times"
    left, right = parts[: nth or 1], parts[nth or 1 :]
    fault = mutant["replace"] * mutant.get("times", 1)
    return text[:start] + mutant["find"].join(left) + fault + mutant["find"].join(right)


@cache
def checked(name: str) -> Checked:
    """Return what check says of a mutant; its cases are run only if one is to fail."""
    mutant = next(one for one in MUTANTS if one["name"] == name)
    return said_of(*texts(mutant), trial=try_cases_once if mutant["code"] == "E904" else None)


def said_of(text: str, french: str, *, trial: Trial | None = None) -> Checked:
    """Return what check says of an accord and its French text."""
    translations = {"fr": french} if french else None
    return check(text, trial=trial, cells=reason, methods=methods(), translations=translations)


def found(mutant: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the code of each finding, and the line of the text that it points at."""
    lines = texts(mutant)[0].split("\n")
    new = (f for f in checked(mutant["name"]).findings if f.accepted is None)
    return sorted((f.code, lines[f.span.line - 1]) for f in new)


def expected(mutant: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what the table says is to be found, and where."""
    line = mutant.get("line")
    if line is None:
        lines = texts(mutant)[0].split("\n")
        line = next(one for one in lines if one.startswith(mutant["line_starts"]))
    return sorted([(mutant["code"], line), *(tuple(one) for one in mutant.get("also", []))])


@pytest.mark.parametrize("name", sorted({one.get("accord", "mano-river") for one in MUTANTS}))
def test_an_accord_itself_has_no_fault_and_every_warning_is_accepted_with_a_reason(
    name: str,
) -> None:
    said = said_of(document(name), document(name, "fr"), trial=try_cases_once)
    assert said.stops == ()
    assert said.warnings == ()
    assert all((one.accepted or "").strip() for one in said.accepted)


def test_every_code_has_a_mutant() -> None:
    # What is stale in a review is a fault of two files: see the unit tests of reviews.
    by_check = {code for code, one in CODES.items() if not (one.rehearsed or one.reviews)}
    assert {one["code"] for one in MUTANTS} == by_check
    assert len(MUTANTS) >= 60


def test_names_differ_families_fit_and_consequences_have_a_reason() -> None:
    assert len({one["name"] for one in MUTANTS}) == len(MUTANTS)
    assert [one["name"] for one in MUTANTS if one["family"] != one["code"]] == []
    assert [
        one["name"] for one in MUTANTS if bool(one.get("also")) != bool(one.get("also_why"))
    ] == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one["name"])
def test_a_fault_is_found_on_its_line_and_nothing_else_is(mutant: dict[str, Any]) -> None:
    assert found(mutant) == expected(mutant)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one["name"])
def test_what_is_printed_is_as_kept(mutant: dict[str, Any], language: str) -> None:
    path = SNAPSHOTS / f"{mutant['name']}.{language}.txt"
    choose_language(["--language", language], {})
    said = checked(mutant["name"])
    new = [finding for finding in said.findings if finding.accepted is None]
    text = click.unstyle(findings_text(new, said.accord.document.lines, "accord.md"))
    printed = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    if language in os.environ.get("PRATIQUE_SNAPSHOTS_LANGUAGES", "en fr").split() and (
        os.environ.get("PRATIQUE_SNAPSHOTS") == "write"
    ):
        path.write_text(printed, "utf-8")
    assert printed == path.read_text("utf-8")


def test_no_snapshot_is_left_of_a_mutant_that_is_gone() -> None:
    kept = {path.name.split(".")[0] for path in SNAPSHOTS.glob("*.txt")}
    assert kept <= {one["name"] for one in MUTANTS}
