# SPDX-License-Identifier: Apache-2.0
"""Worked cases run side by side: each is what it is alone, to the last thing seen."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from came_of_cases import came_of
from pratique.accord.kinds.case import Case
from pratique.accord.model import Accord, read_accord
from pratique.accord.program import Program
from pratique.cli.methods import methods
from pratique.engine.casework.permits import permits_of
from pratique.rehearsal.history import read_history
from pratique.rehearsal.story import read_story
from pratique.rehearsal.trial import findings_of, run_case, run_cases, try_cases, watching
from pratique.rehearsal.trials import batch
from pratique.rehearsal.trials.run import Run
from spec.small_accord import CASES, accord

ACCORDS = Path(__file__).parents[3] / "accords"


@cache
def shipped(name: str) -> tuple[Accord, tuple[Case, ...]]:
    """Return an accord, and its cases with those of the stories beside it."""
    read = read_accord((ACCORDS / name / "accord.md").read_text("utf-8"), methods=methods())
    program = watching(read, ())
    assert isinstance(program, Program)
    begins = None
    if (folder := ACCORDS / name / "history").is_dir():
        begins = program.clock.day(read_history(folder, program).begins)
    stories = sorted((ACCORDS / name / "stories").glob("*.md"))
    told = [read_story(path.read_text("utf-8"), read, begins) for path in stories]
    return read, (*read.of_kind(Case), *(case for story in told for case in story.cases))


@cache
def together(name: str) -> tuple[Program, list[Run]]:
    read, cases = shipped(name)
    program = watching(read, cases)
    assert isinstance(program, Program)
    return program, run_cases(program, [one for one in cases if not one.uses_history])


NAMED = [
    (accord_name, case.name)
    for accord_name in ("mano-river", "three-rivers")
    for case in shipped(accord_name)[1]
    if not case.uses_history
]


@pytest.mark.parametrize(("accord_name", "name"), NAMED)
def test_each_case_beside_others_is_as_alone(accord_name: str, name: str) -> None:
    program, runs = together(accord_name)
    beside = next(run for run in runs if run.case.name == name)
    assert beside.standing.scenarios > 5
    alone = run_case(program, beside.case)
    assert alone.standing.scenarios == 1
    assert came_of(beside) == came_of(alone)


def test_the_cases_differ() -> None:
    _, runs = together("mano-river")
    assert len({tuple(map(repr, run.happenings)) for run in runs}) == len(runs)


# --- what cases write, and what they permit, is kept of each --------------------------------------

LICENCE = """
body regulator
status recognition
  lapses: after 10 days
power recognise
  by: regulator
  may: start recognition
procedure licence
  opened by: any party
  asks: applicant: person
  step decide: by regulator, within 30 days, gives granted: one of yes_it_is, no_it_is_not
  ends: refused at decide when granted = no_it_is_not; agreed at decide
  grants: licensed to applicant in that party while recognition for 60 days at agreed
  revoked by: regulator
case first
  given: regulator uses recognise on day 1
         licence opened by aldova on day 2 with applicant = "Dr A"
         decide of licence done on day 3 with granted = yes_it_is
  expect: "Dr A" permitted licensed in aldova on day 3
          "Dr A" permitted licensed in aldova on day 12
          "Dr B" permitted licensed never
case second
  given: licence opened by aldova on day 2 with applicant = "Dr B"
         decide of licence done on day 3 with granted = yes_it_is
         regulator uses recognise on day 4
  expect: "Dr B" permitted licensed in aldova on day 3
          "Dr B" permitted licensed in aldova on day 12
          "Dr A" permitted licensed never
case taken_back
  given: regulator uses recognise on day 1
         licence opened by aldova on day 2 with applicant = "Dr A"
         decide of licence done on day 3 with granted = yes_it_is
         revoke of licence done by regulator on day 5
  expect: "Dr A" permitted licensed in aldova on day 4
          "Dr A" permitted licensed in aldova on day 5
case nothing_to_take_back
  given: regulator uses recognise on day 1
         revoke of licence done by regulator on day 5
  expect: "Dr A" permitted licensed never
case refused
  given: regulator uses recognise on day 1
         licence opened by brenia on day 2 with applicant = "Dr A"
         decide of licence done on day 3 with granted = no_it_is_not
         decide of licence done on day 4 with granted = yes_it_is
  expect: "Dr A" permitted licensed never
"""


def of_text(clauses: str) -> tuple[Program, list[Case]]:
    read = read_accord(accord(clauses), methods=methods())
    cases = read.of_kind(Case)
    program = watching(read, cases)
    assert isinstance(program, Program)
    return program, cases


def all_as_alone(program: Program, cases: list[Case]) -> list[Run]:
    runs = run_cases(program, cases)
    assert [came_of(one) for one in runs] == [came_of(run_case(program, case)) for case in cases]
    return runs


def test_what_each_one_s_files_say_and_permit_is_its_own() -> None:
    first, second, taken_back, nothing, refused = all_as_alone(*of_text(LICENCE))
    assert first.standing is refused.standing
    assert [[one.holder for one in permits_of(first.standing, n)] for n in range(5)] == [
        ["Dr A"], ["Dr B"], ["Dr A"], [], [],
    ]  # fmt: skip
    assert [seen.came_true() for seen in first.seen.values()] == [True, False, True]
    assert [seen.came_true() for seen in second.seen.values()] == [False, True, True]
    assert [seen.came_true() for seen in taken_back.seen.values()] == [True, False]
    # An act that cannot be is the fault of the case that tells of it alone.
    faults = [len(run.telling.findings) for run in (first, second, taken_back, nothing, refused)]
    assert faults == [0, 0, 0, 1, 1]


# --- which run side by side -----------------------------------------------------------------------


def test_a_case_that_goes_round_has_the_others_run_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    program, cases = of_text(LICENCE)
    monkeypatch.setattr(batch, "_stalled", lambda _standing: True)
    runs = all_as_alone(program, cases)
    assert [run.standing.scenarios for run in runs] == [1] * len(cases)


def test_cases_without_their_history_are_not_run() -> None:
    program, cases = of_text(LICENCE)
    waiting = replace(cases[1], uses_history=True)
    runs = run_cases(program, [cases[0], waiting, cases[2]])
    assert [one.case for one in runs] == [cases[0], waiting, cases[2]]
    assert runs[0].standing.scenarios == 2
    assert [str(one.sentence) for one in findings_of(runs[1])] == [
        "case `second`: there is no history for it to run on"
    ]


def test_no_case_is_no_run() -> None:
    read = read_accord(accord(CASES), methods=methods())
    assert try_cases(read) == []
