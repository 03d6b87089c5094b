# SPDX-License-Identifier: Apache-2.0
"""W510: steps and ends that no case reaches, steps that no case leaves, or reaches too late.

A procedure is followed as its cases would be, without an engine (see `paths`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pratique.accord.bounds import effects_of
from pratique.accord.check.structure.lateness import overtaken
from pratique.accord.check.structure.paths import Paths
from pratique.accord.check.syntax import whole_clauses
from pratique.accord.fields.procedures import End, Step
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.model import Accord
from pratique.accord.terms.values import OpenCase
from pratique.base.finding import Finding
from pratique.base.text import Code, Either, Sentence, say


def procedures(accord: Accord) -> list[Finding]:
    """Return the findings on steps, where nothing else stops the accord."""
    findings: list[Finding] = []
    if not accord.is_sound:
        return findings
    for clause in whole_clauses(accord, "procedure"):
        procedure = accord.typed.get(clause.name)
        if isinstance(procedure, Procedure) and procedure.source is clause:
            findings += _findings(procedure, accord)
    return findings


def _findings(procedure: Procedure, accord: Accord) -> Iterator[Finding]:
    paths = Paths(procedure, tuple(accord.scope.parties), tuple(_openers(procedure, accord)))
    unreached = [step for step in procedure.steps if step.name not in paths.reached]
    if unreached:
        yield _unreached(unreached, paths)
    missing = {step.name for step in unreached}
    for end in procedure.ends:
        if end.step in paths.reached and end.goes_to not in missing and not paths.takes(end):
            yield _untaken(end, paths)
    # Steps held up by one field have one fault.
    stuck = {
        next(paths.unnamed(step)).name: step
        for step in reversed(procedure.steps)
        if step.name in paths.reached and paths.holds(step)
    }
    yield from (_stuck(step, paths) for step in stuck.values())
    if not stuck:
        yield from _endless(paths)
    yield from overtaken(paths)


def _openers(procedure: Procedure, accord: Accord) -> Iterator[str]:
    """Iterate over the clauses that open cases themselves: of these nothing is recorded."""
    for name, clause in accord.typed.items():
        if not isinstance(clause, Duty | Power | Rule | Procedure):
            continue
        opened = (one.procedure for one in effects_of(clause) if isinstance(one, OpenCase))
        if procedure.name in opened:
            yield name


# --- findings -------------------------------------------------------------------------------------


def _unreached(steps: list[Step], paths: Paths) -> Finding:
    sentence = say("no case comes to {steps}", steps=_codes(step.name for step in steps))
    witness = say("cases come to {steps} only", steps=_codes(paths.reached))
    help_ = say("let an end of an earlier step lead there, or leave it out")
    return Finding("W510", sentence, steps[0].span, help_, witness=witness)


def _untaken(end: End, paths: Paths) -> Finding:
    sentence = say("no case goes to {end} from {step}", end=Code(end.name), step=Code(end.step))
    help_ = say("put it before the ends that leave nothing over, or change its condition")
    return Finding("W510", sentence, end.span, help_, witness=_witness(end, paths))


def _witness(end: End, paths: Paths) -> Sentence:
    ways = paths.ways[end.step]
    if end.late and not any(way.end is not None and way.end.late for way in ways):
        return say("{step} has no time in which it is to be done", step=Code(end.step))
    named = [way.end.name if way.end is not None else way.to for way in ways]
    step = Code(end.step)
    if not all(named):
        return say("from {step} every case is closed", step=step)
    return say("from {step} every case goes to {ends}", step=step, ends=_codes(named))


def _stuck(step: Step, paths: Paths) -> Finding:
    spec = next(paths.unnamed(step))
    help_ = say("let an earlier step name who does it, or add an end `when late` with a time")
    field = Code(spec.name)
    if not spec.step:
        openers = Either(tuple(_codes(paths.openers)))
        sentence = say(
            "a case that {clauses} opens stays at {step} for ever",
            clauses=openers,
            step=Code(step.name),
        )
        witness = say(
            "{field}, who does it, is not known of a case that {clauses} opens",
            field=field,
            clauses=openers,
        )
        return Finding("W510", sentence, step.span, help_, witness=witness)
    sentence = say("a case that comes to {step} stays there for ever", step=Code(step.name))
    witness = say(
        "{field}, who does it, is given by {step} only, which no case has done before",
        field=field,
        step=Code(spec.step),
    )
    return Finding("W510", sentence, step.span, help_, witness=witness)


def _endless(paths: Paths) -> Iterator[Finding]:
    closing = paths.closes()
    endless = [name for name in paths.reached if name not in closing]
    if not endless:
        return
    circle = [endless[0]]
    while circle[-1] not in circle[:-1]:
        # All its ways lead to steps that are never left either.
        circle.append(paths.ways[circle[-1]][0].to)
    circle = circle[circle.index(circle[-1]) :]
    step = paths.procedure.steps[paths.procedure.position(circle[0])]
    sentence = say("a case that comes to {step} is never closed", step=Code(step.name))
    witness = say("it goes round for ever: {steps}", steps=" → ".join(circle))
    help_ = say("let one of these steps end the case")
    yield Finding("W510", sentence, step.span, help_, witness=witness)


def _codes(names: Iterable[str]) -> list[Code]:
    return [Code(name) for name in names]
