# SPDX-License-Identifier: Apache-2.0
"""`pratique explain` and `pratique kinds`: codes, clauses, lines, and what is none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pratique.accord.check.codes import CODES
from pratique.accord.kinds import kinds
from unit.cli.commands import MANO_RIVER, draft, run

SMALL = "party aldova, brenia\nterm sum_insured: USD 9 million\n"


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained_with_an_example(code: str) -> None:
    found = run("explain", code)
    assert found.exit_code == 0
    assert found.output.startswith(f"{code}: ")
    assert "With this finding:" in found.output
    assert "Without it:" in found.output


def test_a_code_may_be_typed_in_small_letters() -> None:
    assert run("explain", "e301").output == run("explain", "E301").output


def test_an_unknown_code_is_told_the_known_ones() -> None:
    found = run("explain", "E999")
    assert found.exit_code == 2
    assert "there is no finding `E999`" in found.output
    assert "E101" in found.output


def test_a_clause_is_read_aloud_beside_its_paragraph(tmp_path: Path) -> None:
    found = run("explain", "sum_insured", str(draft(tmp_path, SMALL)))
    assert found.exit_code == 0
    assert "term `sum_insured`, on lines 13 to 13" in found.output
    assert "`sum_insured` stands for USD 9,000,000." in found.output


def test_a_line_explains_the_clause_that_stands_on_it(tmp_path: Path) -> None:
    document = str(draft(tmp_path, SMALL))
    assert run("explain", "13", document).output == run("explain", "sum_insured", document).output


def test_a_line_without_a_clause_says_so(tmp_path: Path) -> None:
    found = run("explain", "3", str(draft(tmp_path, SMALL)))
    assert found.exit_code == 2
    assert "there is no clause on line 3" in found.output


def test_an_unknown_clause_is_told_what_it_may_have_meant(tmp_path: Path) -> None:
    found = run("explain", "sum_insurd", str(draft(tmp_path, SMALL)))
    assert found.exit_code == 2
    assert "did you mean `sum_insured`?" in found.output


def test_an_accord_with_faults_is_not_explained(tmp_path: Path) -> None:
    found = run("explain", "aldova", str(draft(tmp_path, "party aldova, brenia\nduty x")))
    assert found.exit_code == 2
    assert "stop" in found.output


@pytest.mark.usefixtures("long_runs_once")
def test_a_trace_says_when_and_for_what_figures() -> None:
    found = run("explain", "lower_tier", str(MANO_RIVER))
    assert found.exit_code == 0
    assert "7.2." in found.output
    assert "2014-07-16" in found.output or "16 July 2014" in found.output
    assert "confirmed deaths, Guinea" in found.output


def test_an_unknown_conduct_is_told_the_known_ones() -> None:
    found = run("explain", "lower_tier", str(MANO_RIVER), "--conduct", "brisk")
    assert found.exit_code == 2
    assert "there is no conduct `brisk`" in found.output


def test_kinds_lists_each_and_tells_all_of_one() -> None:
    listed = run("kinds").output
    assert [line.split()[0] for line in listed.splitlines()[: len(kinds())]] == list(kinds())
    for kind in kinds().values():
        told = run("kinds", kind.name)
        assert told.exit_code == 0
        assert all(f"{field.shown}:" in told.output for field in kind.fields)
        assert kind.example.splitlines()[0] in told.output


def test_an_unknown_kind_is_told_the_known_ones() -> None:
    found = run("kinds", "obligation")
    assert found.exit_code == 2
    assert "there is no clause kind `obligation`; there are: party, body" in found.output
