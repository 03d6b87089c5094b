# SPDX-License-Identifier: Apache-2.0
"""Worked cases, run: what is given comes about day by day, what is expected is looked up (E904).

Offices do what is given; contributions and payments are made promptly; nothing else is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pratique.accord.compile import compile_accord
from pratique.accord.fields.expected import Expectation
from pratique.accord.kinds.case import Case
from pratique.accord.model import Accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.text import Code, say
from pratique.rehearsal.history import History
from pratique.rehearsal.trials.batch import run_together
from pratique.rehearsal.trials.run import Run


def try_cases(accord: Accord) -> list[Finding]:
    """Return a finding E904 for each expectation of the accord's cases that does not come true."""
    cases = accord.of_kind(Case)
    program = watching(accord, cases)
    if isinstance(program, Finding):
        return [program]
    return [finding for run in run_cases(program, cases) for finding in findings_of(run)]


def watching(accord: Accord, cases: Iterable[Case]) -> Program | Finding:
    """Return an accord's program that also evaluates what some cases expect."""
    watches = [one.term for case in cases for one in case.expectations if one.term is not None]
    return compile_accord(accord, watches=watches)


def run_case(program: Program, case: Case, history: History | None = None) -> Run:
    """Run one case on a program that watches it; with a history if it uses one."""
    return run_cases(program, [case], history)[0]


def run_cases(program: Program, cases: Sequence[Case], history: History | None = None) -> list[Run]:
    """Run cases on a program that watches them; each is what it is alone.

    Those that begin on one day run side by side. One that uses a history is not run without it.
    """
    beside: dict[object, list[int]] = {}
    for place, case in enumerate(cases):
        beside.setdefault((case.first_day, case.uses_history), []).append(place)
    runs: dict[int, Run] = {}
    for places in beside.values():
        together = [cases[place] for place in places]
        own = history if together[0].uses_history else None
        waits = own is None and together[0].uses_history
        run = (
            [Run(program, one) for one in together]
            if waits
            else run_together(program, together, own)
        )
        runs |= dict(zip(places, run, strict=True))
    return [runs[place] for place in range(len(cases))]


def findings_of(run: Run) -> list[Finding]:
    """Return a finding E904 for what a case tells that cannot be, or expects and is not so."""
    case = run.case
    if case.uses_history and run.history is None:
        sentence = say("case {case}: there is no history for it to run on", case=Code(case.name))
        help_ = say("put it into a story of an accord with a `history` folder beside it")
        return [Finding("E904", sentence, case.source.span, help_)]
    findings = list(run.telling.findings)
    for expected in case.expectations:
        seen = run.seen[expected]
        if not seen.came_true():
            sentence = say(
                "case {case}: {text} does not come true",
                case=Code(case.name),
                text=Code(expected.text),
            )
            help_ = say(
                "change the case, or the clause that it tries;"
                " `pratique explain {name}` reads the clause",
                name=_subject(expected),
            )
            findings.append(Finding("E904", sentence, expected.span, help_, witness=seen.witness()))
    return findings


def _subject(expected: Expectation) -> str:
    if expected.name:
        return expected.name
    names = [node.name for node in expected.term.walk() if node.name] if expected.term else []
    return names[0] if names else ""
