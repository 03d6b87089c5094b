# SPDX-License-Identifier: Apache-2.0
"""The faults that the benchmark of mutants makes: enough of each family, each in one place, each
readable; the accords they are made in are clean; what counts as found stands at the fault.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.mutants.drawing import FAMILIES, all_faults, drawn
from benchmarks.mutants.exits import ProcedureEnd, walked
from benchmarks.mutants.figures import FIGURE_DRIFT
from benchmarks.mutants.measure import Tally, said_of, tried
from benchmarks.mutants.text import Family, Fault, changed, cleans

from pratique.accord.model import read_accord
from pratique.cli.methods import methods

HANDFUL = 3
ENOUGH = 25


@cache
def handful(family: Family) -> list[Fault]:
    """Return a few faults of a family."""
    return drawn(family, HANDFUL)


def apart(clean: str, text: str) -> tuple[list[str], list[str]]:
    """Return what differs between the first line that differs and the last."""
    one, other = clean.split("\n"), text.split("\n")
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other


def test_there_are_twelve_families() -> None:
    assert len({family.name for family in FAMILIES}) == len(FAMILIES) == 12


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_family_has_enough_faults_all_different_and_in_more_than_one_accord(
    family: Family,
) -> None:
    faults = all_faults(family)
    assert len({fault.text for fault in faults}) >= ENOUGH
    assert len({fault.clean.name for fault in faults}) >= 2


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_fault_is_in_one_place_and_its_text_can_be_read(family: Family) -> None:
    assert len(handful(family)) == HANDFUL
    for fault in handful(family):
        taken, put = apart(fault.clean.text, fault.text)
        assert taken or put
        assert len(taken) <= fault.cut
        assert len(put) <= len(fault.put)
        known = {finding.code for finding in fault.clean.accord.findings}
        found = {finding.code for finding in read_accord(fault.text, methods()).findings}
        unforeseen = found - known - family.expected - family.follows
        assert not any(code.startswith("E") for code in unforeseen)
        names = {name.word for clause in read_accord(fault.text).clauses for name in clause.names}
        clean = {name.word for clause in fault.clean.accord.clauses for name in clause.names}
        assert set(fault.clauses) <= names | clean


def test_the_same_faults_are_drawn_each_time() -> None:
    assert [one.told for one in drawn(FIGURE_DRIFT, 2)] == [
        one.told for one in handful(FIGURE_DRIFT)[:2]
    ]


@pytest.mark.parametrize("clean", cleans(), ids=lambda clean: clean.name)
def test_nothing_stops_a_clean_accord(clean: object) -> None:
    text = next(one.text for one in cleans() if one is clean)
    assert [one for one in said_of(text) if one.severity == "E"] == []


def test_what_stands_at_the_fault_finds_it_and_what_stands_elsewhere_is_noise() -> None:
    clean = next(one for one in cleans() if one.name == "three-rivers")
    clause = clean.clause("notify")
    assert clause is not None
    line = clean.field_line(clause, "within")
    here = tried(FIGURE_DRIFT, changed("here", clean, line, "  within: 42 hours", ["notify"]))
    assert [one.code for one in here.finds] == ["E301"]
    assert (here.follows, here.noise) == ((), ())
    # Two further findings, that nobody expects of such a fault, are noise: they stand elsewhere.
    cap = clean.clause("fund")
    assert cap is not None
    line = clean.field_line(cap, "cap")
    put = clean.lines[line - 1].replace("million", "thousand")
    unforeseen = replace(FIGURE_DRIFT, follows=frozenset[str]())
    beside = tried(unforeseen, changed("a smaller cap", clean, line, put, ["fund"]))
    assert [one.code for one in beside.finds] == ["E301"]
    assert {one.code for one in beside.noise} >= {"W704"}
    assert {one.clause for one in beside.noise} <= {"first_tranche", "second_tranche", "drill"}
    follows = tried(FIGURE_DRIFT, changed("a smaller cap", clean, line, put, ["fund"])).follows
    assert {one.code for one in follows} >= {"W704"}
    whole = Tally().with_one(here)
    assert (whole.made, whole.found, whole.recall, whole.precision) == (1, 1, 1.0, 1.0)


def test_of_no_new_findings_none_is_noise_and_of_no_faults_none_is_found() -> None:
    assert (Tally().recall, Tally().precision) == (0.0, 1.0)
    assert Tally(made=4, found=3, new=10, true=5).recall == 0.75
    assert Tally(made=4, found=3, new=10, true=5).precision == 0.5


def test_walking_a_procedure_finds_what_nothing_leads_to_and_what_leads_nowhere() -> None:
    steps = {"ask": "by hub, within 1 day", "mend": "by hub", "send": "by hub"}
    whole = [ProcedureEnd("send", "ask", "a = 1"), ProcedureEnd("ask", "mend", "")]
    assert walked(steps, whole) == (set(), set())
    assert walked(steps, whole[1:]) == ({"send"}, {"ask", "mend"})
    always = [ProcedureEnd("send", "ask", ""), ProcedureEnd("ask", "mend", "")]
    assert walked(steps, always) == ({"mend"}, set())
    late = [ProcedureEnd("ask", "mend", "late"), ProcedureEnd("gone", "ask", "")]
    assert walked(steps, late) == ({"mend", "send"}, set())
