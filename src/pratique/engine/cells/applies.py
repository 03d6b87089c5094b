# SPDX-License-Identifier: Apache-2.0
"""Findings on single conditions: E601 it can never be so, W602 it always is, or a part of it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pratique.accord.program import Program
from pratique.accord.terms.values import BOOL, TEMPORAL, Term
from pratique.accord.words.phrases import condition_words
from pratique.base.finding import Finding
from pratique.base.text import Code, Sentence, say
from pratique.engine.cells.situations import (
    Stated,
    read_through,
    situation_of,
    stated,
)
from pratique.engine.cells.verdicts import Answer, Verdict, verdict_of


@dataclass(slots=True)
class Tried:
    """What has been tried so far: cells, conditions, and those of which nothing is proven."""

    conditions: int = 0
    cells: int = 0
    not_proven: list[str] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    """Statuses that never hold, or always do: said once, and not of all that read them."""
    never: set[str] = field(default_factory=set)
    """Clauses that can never apply."""


def single_conditions(program: Program, tried: Tried) -> Iterator[Finding]:
    """Iterate over the findings on each condition by itself; what was tried is noted in `tried`."""
    for one in stated(program):
        term = read_through(one.term, program, tried.settled)
        verdict = verdict_of(term, program)
        tried.conditions += 1
        tried.cells += verdict.cells
        if verdict.answer == "not proven":
            tried.not_proven.append(one.clause)
        elif verdict.answer == "sometimes":
            yield from _stopped(one, program, tried)
            yield from _idle_parts(one, program, tried)
        else:
            if one.field == "while":
                tried.settled.add(one.clause)
            if verdict.answer == "never" and one.field == "when":
                tried.never.add(one.clause)
            yield _finding(one, verdict)


def _finding(one: Stated, verdict: Verdict) -> Finding:
    never = verdict.answer == "never"
    return Finding(
        "E601" if never else "W602",
        _never(one) if never else _always(one),
        one.term.span,
        say("compare the figures, and the `and`, `or` and `not`, with the paragraph")
        if never
        else say("leave the condition out, or compare its figures with the paragraph"),
        note=_tried(verdict),
        clause=one.clause,
    )


def _tried(verdict: Verdict) -> Sentence:
    """Return how much was tried."""
    return say("tried in {cells} kinds of situation", cells=verdict.cells)


def _never(one: Stated) -> Sentence:
    facts = _facts(one)
    match one.field:
        case "while":
            return say("{name} can never hold: never is it so that {condition}", **facts)
        case "when":
            return say("{name} can never apply: never is it so that {condition}", **facts)
        case "must":
            return say("{name} can never be met: never is it so that {condition}", **facts)
        case "ends":
            return say(
                "{name} can never leave {step} this way: never is it so that {condition}", **facts
            )
    return say("this other time can never count: never is it so that {condition}", **facts)


def _always(one: Stated) -> Sentence:
    facts = _facts(one)
    match one.field:
        case "while":
            return say("{name} always holds: it is always so that {condition}", **facts)
        case "when":
            return say("{name} always applies: it is always so that {condition}", **facts)
        case "must":
            return say("{name} is always met: it is always so that {condition}", **facts)
        case "ends":
            return say(
                "{name} always leaves {step} this way: it is always so that {condition}", **facts
            )
    return say("the first time never counts: it is always so that {condition}", **facts)


def _facts(one: Stated) -> dict[str, object]:
    return {
        "name": Code(one.clause),
        "step": Code(one.step),
        "condition": condition_words(one.term),
    }


# --- what stops it --------------------------------------------------------------------------------


def _stopped(one: Stated, program: Program, tried: Tried) -> Iterator[Finding]:
    stopping = [name for name, acted in program.bounds.stopped.get(one.clause, ()) if not acted]
    if one.field != "when" or not stopping:
        return
    situation = situation_of(program.acting()[one.clause], program, tried.settled)
    assert situation is not None
    verdict = verdict_of(situation, program)
    tried.cells += verdict.cells
    if verdict.answer == "never":
        tried.never.add(one.clause)
        yield Finding(
            "E601",
            say(
                "{name} can never apply: whenever it would, it is stopped by {statuses}",
                name=Code(one.clause),
                statuses=[Code(name) for name in stopping],
            ),
            one.term.span,
            say("take it out of the `stops` of the status, or change its condition"),
            note=_tried(verdict),
            clause=one.clause,
        )


# --- parts that make no difference ----------------------------------------------------------------


def _idle_parts(one: Stated, program: Program, tried: Tried) -> Iterator[Finding]:
    """Iterate over the findings on parts without which the condition would be the same."""
    waiting = [*_parts(one.term)]
    while waiting:
        part, idle = waiting.pop(0)
        verdict = verdict_of(read_through(part, program, tried.settled), program)
        tried.cells += verdict.cells
        answer = verdict.answer
        if answer not in idle:
            waiting += _parts(part)
            continue
        facts: dict[str, object] = {
            "name": Code(one.clause),
            "condition": condition_words(part),
        }
        sentence = (
            say("this part of {name} is always so: {condition}", **facts)
            if answer == "always"
            else say("this part of {name} can never be so: {condition}", **facts)
        )
        help_ = say("leave the part out, or compare its figures with the paragraph")
        yield Finding("W602", sentence, part.span, help_, clause=one.clause)


def _parts(term: Term) -> Iterator[tuple[Term, tuple[Answer, ...]]]:
    """Iterate over what a term is made of, each with the answers that would make it idle."""
    for arg in term.args:
        if term.op == "and":
            yield arg, ("always",)
        elif term.op == "or":
            yield arg, ("never",)
        elif term.op in TEMPORAL:
            yield arg, ("always", "never")
        elif arg.type == BOOL:
            yield arg, ()
