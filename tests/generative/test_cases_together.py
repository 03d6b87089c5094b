# SPDX-License-Identifier: Apache-2.0
"""Random worked cases of random accords: run side by side, each is what it is alone."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from came_of_cases import came_of
from generative.accords import accord_of, compiled
from generative.conditions import Choice, drawn, numbered
from generative.worked import cases_of
from pratique.accord.clause import Clause
from pratique.accord.kinds.case import Case
from pratique.accord.model import Accord
from pratique.accord.program import Program
from pratique.engine.refusal import NotTakenIn
from pratique.rehearsal.trial import run_case, run_cases, watching
from pratique.rehearsal.trials.run import Run

EXAMPLES = 10 if os.environ.get("CI") else int(os.environ.get("PRATIQUE_EXAMPLES", "40"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def alone(program: Program, case: Case) -> Run | None:
    """Return a case run by itself, or None if it tells what the text has no place for."""
    try:
        return run_case(program, case)
    except NotTakenIn:
        return None


def compared(choice: Choice, accord: Accord) -> list[Run]:
    """Compare the cases of an accord run together with each alone; return those together."""
    source: Clause = accord.clauses[0]
    program = compiled_of(accord, [])
    cases = cases_of(choice, program, choice.number(2, 5), source)
    program = compiled_of(accord, cases)
    runs = {case.name: run for case in cases if (run := alone(program, case)) is not None}
    together = run_cases(program, [case for case in cases if case.name in runs])
    for run in together:
        assert came_of(run) == came_of(runs[run.case.name])
    return together


def compiled_of(accord: Accord, cases: list[Case]) -> Program:
    program = watching(accord, cases)
    assert isinstance(program, Program)
    return program


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_random_cases_together_are_as_alone(sample: st.DataObject) -> None:
    choice = drawn(sample.draw)
    text = accord_of(choice)
    note(text)
    program = compiled(text)
    if program is not None:
        compared(choice, program.accord)


def test_the_generator_brings_something_about() -> None:
    """Of a few examples: most run together, much happens in them, and some of it is expected."""
    runs: list[Run] = []
    for number in range(12):
        program = compiled(accord_of(numbered(number)))
        if program is not None:
            runs += compared(numbered(number), program.accord)
    assert len(runs) > 12
    assert sum(run.standing.scenarios > 1 for run in runs) > len(runs) / 2
    assert sum(len(run.happenings) for run in runs) > 100
    assert any(seen.first for run in runs for seen in run.seen.values())
    assert any(seen.came_true() for run in runs for seen in run.seen.values())
    assert not all(seen.came_true() for run in runs for seen in run.seen.values())
