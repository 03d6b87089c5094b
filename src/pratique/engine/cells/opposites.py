# SPDX-License-Identifier: Apache-2.0
"""Findings on two clauses: E603 they do opposite things, E604 a duty against a prohibition or
another duty, W606 what starts a status and what ends it hold together, or nothing can end it.

A pair is tried on the cells of both conditions in a steady state. Of clauses one of which overrides
the other nothing is said: the text has said which stands back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.program import Acting, Program
from pratique.accord.terms.values import Term, Who
from pratique.base.finding import Finding, Span
from pratique.base.text import Code, Sentence, say
from pratique.engine.arrays import Bools
from pratique.engine.cells.actors import acting, tells_apart, together
from pratique.engine.cells.applies import Tried
from pratique.engine.cells.examples import example_words
from pratique.engine.cells.grid import Grid
from pratique.engine.cells.occasions import Occasion, occasions
from pratique.engine.cells.situations import (
    conjunction,
    holding,
    read_through,
    situation_of,
)
from pratique.engine.cells.truths import truth_on
from pratique.engine.cells.variables import key_of, leaves_of
from pratique.engine.cells.verdicts import cells_of, days_of, verdict_of


def pairs(program: Program, tried: Tried) -> Iterator[Finding]:
    """Iterate over the findings on what clauses do together; what was tried is noted in `tried`."""
    yield from _starts_and_ends(program, tried)
    yield from _never_ended(program, tried)
    yield from _permitted_and_forbidden(program, tried)
    yield from _duties(program, tried)


@dataclass(frozen=True, slots=True)
class Together:
    """Two clauses on the cells of both their situations; masks are [cell, party or 1]."""

    terms: tuple[Term, ...]
    grid: Grid
    one: Bools
    other: Bools


def _applying(
    one: Acting, other: Acting, program: Program, tried: Tried, whos: tuple[Who, ...] = ()
) -> Iterator[Together]:
    """Iterate over two clauses' situations together, on a day of each version of their terms."""
    situations = [situation_of(clause, program, tried.settled) for clause in (one, other)]
    terms = tuple(term for term in situations if term is not None)
    grid = cells_of(terms, program, symmetric=not tells_apart(whos))
    tried.cells += grid.cells
    everywhere = np.ones((grid.cells, 1), dtype=np.bool_)
    for day in days_of(*terms):
        masks = [
            everywhere if term is None else truth_on(term, grid, program, day)[0]
            for term in situations
        ]
        yield Together(terms, grid, masks[0], masks[1])


def _settled_by_text(one: Acting | Procedure, other: Acting | Procedure) -> bool:
    return other.name in _overridden(one) or one.name in _overridden(other)


def _overridden(clause: Acting | Procedure) -> tuple[str, ...]:
    return () if isinstance(clause, Procedure) else clause.overrides


# --- starts and ends of one status ----------------------------------------------------------------


def _starts_and_ends(program: Program, tried: Tried) -> Iterator[Finding]:
    for status in program.statuses:
        starts, ends = occasions(status, program)
        said: set[tuple[str, str]] = set()
        for start in starts:
            for end in ends:
                if start.clause is end.clause or _settled_by_text(start.clause, end.clause):
                    continue
                found = _together_at_once(start, end, program) or next(
                    _in_one_situation(start, end, program, tried), None
                )
                if found is not None and (found.code, end.clause.name) not in said:
                    said.add((found.code, end.clause.name))
                    yield found


def _together_at_once(start: Occasion, end: Occasion, program: Program) -> Finding | None:
    """Return that what starts a status ends it in the same moment, or the other way round."""
    if not start.is_with(end):
        return None
    everywhere = np.ones((1, 1), dtype=np.bool_)
    whom = [_where(everywhere, one, program) for one in (start, end)]
    if not together(*whom):
        return None
    return _on_both(_undone(start, end, say("in every situation")), start.clause, end.clause)


def _undone(start: Occasion, end: Occasion, witness: Sentence) -> Finding:
    sentence = say(
        "{start} starts {status} where {end} ends it",
        start=Code(start.clause.name),
        end=Code(end.clause.name),
        status=Code(start.effect.status),
    )
    help_ = say("change one of the conditions, or let one of them override the other")
    return Finding("E603", sentence, _NOWHERE, help_, witness=witness)


def _in_one_situation(
    start: Occasion, end: Occasion, program: Program, tried: Tried
) -> Iterator[Finding]:
    starter, ender = start.clause, end.clause
    if not isinstance(starter, Rule | Power) or not isinstance(ender, Rule):
        return
    if not (_says_when(starter, program) and _says_when(ender, program)):
        return
    whos = tuple(one.effect.at for one in (start, end) if one.effect.at is not None)
    for both in _applying(starter, ender, program, tried, whos):
        starts, ends = _where(both.one, start, program), _where(both.other, end, program)
        met = together(starts, ends)
        if not met:
            continue
        witness = example_words(both.terms, both.grid, _first(met), program)
        whenever = not any((starts[name] & ~ends[name]).any() for name in met)
        if whenever and isinstance(starter, Rule):
            yield _on_both(_undone(start, end, witness), starter, ender)
        else:
            yield _on_both(_unclear(start, end, witness), starter, ender)


def _unclear(start: Occasion, end: Occasion, witness: Sentence) -> Finding:
    sentence = say(
        "what {start} starts, {end} would end in the same situation: {status}",
        start=Code(start.clause.name),
        end=Code(end.clause.name),
        status=Code(start.effect.status),
    )
    help_ = say(
        "let the conditions leave a gap, such as `>= 100` to start and `< 50` to end, or let one"
        " override the other"
    )
    return Finding("W606", sentence, _NOWHERE, help_, witness=witness)


def _says_when(clause: Acting, program: Program) -> bool:
    """Say whether its text says in which situation a clause applies, beyond that something was."""
    return situation_of(clause, program) is not None


def _where(applies: Bools, one: Occasion, program: Program) -> dict[str, Bools]:
    at = one.effect.at or Who("that", one.clause.source.span)
    return acting(applies, (at,), program)


def _first(met: dict[str, Bools]) -> int:
    return int(np.flatnonzero(next(iter(met.values())))[0])


_NOWHERE = Span(1)


def _on_both(finding: Finding, one: Acting | Procedure, other: Acting | Procedure) -> Finding:
    """Return a finding at the later of two clauses, with a note on the line of the other."""
    earlier, later = sorted((one, other), key=lambda clause: clause.source.span.line)
    note = say(
        "{name} stands in line {line}", name=Code(earlier.name), line=earlier.source.span.line
    )
    return replace(finding, span=later.source.span, note=note, clause=later.name)


# --- what nothing can end -------------------------------------------------------------------------


def _never_ended(program: Program, tried: Tried) -> Iterator[Finding]:
    for name, status in program.statuses.items():
        if status.holds_while is not None or status.lapses or status.lapses_on:
            continue
        enders = [one.clause for one in occasions(name, program)[1]]
        judged = [one for one in enders if isinstance(one, Rule | Power)]
        if not enders or len(judged) < len(enders):
            continue
        if all(one.name in tried.never for one in judged):
            # It is said of each that it can never apply.
            continue
        if all(_cannot_end(name, clause, program, tried) for clause in judged):
            sentence = say("once started, {status} can never stop", status=Code(name))
            help_ = say("let a clause end it whose condition can be true while it holds")
            note = say("what would end it: {clauses}", clauses=[Code(c.name) for c in judged])
            span = status.source.span
            yield Finding("W606", sentence, span, help_, note=note, clause=name)


def _cannot_end(name: str, clause: Acting, program: Program, tried: Tried) -> bool:
    if clause.name in tried.never:
        return True
    situation = situation_of(clause, program, {*tried.settled, name})
    if situation is None:
        return False
    while_it_holds = conjunction([situation, holding(name, program, clause.source.span)])
    assert while_it_holds is not None
    verdict = verdict_of(while_it_holds, program)
    tried.cells += verdict.cells
    return verdict.answer == "never"


# --- may against must not -------------------------------------------------------------------------


def _permitted_and_forbidden(program: Program, tried: Tried) -> Iterator[Finding]:
    banned = [duty for duty in program.duties.values() if duty.prohibits]
    permitted = [power for power in program.powers.values() if not power.effects]
    for ban in banned:
        for power in permitted:
            if _speaks_of(power.may, ban.must) and not _settled_by_text(ban, power):
                sentence = say(
                    "{power} permits what {ban} forbids: {what}",
                    power=Code(power.name), ban=Code(ban.name), what=power.may,
                )  # fmt: skip
                yield from _same_actor("E603", sentence, (power, ban), program, tried)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _speaks_of(text: str, part: str) -> bool:
    """Say whether the words of one text stand together in another."""
    return f" {_words(part)} " in f" {_words(text)} "


def _same_actor(
    code: str,
    sentence: Sentence,
    clauses: tuple[Duty | Power, Duty],
    program: Program,
    tried: Tried,
) -> Iterator[Finding]:
    one, other = clauses
    whos = (*one.by, *other.by)
    for both in _applying(one, other, program, tried, whos):
        met = together(acting(both.one, one.by, program), acting(both.other, other.by, program))
        if met:
            witness = say(
                "for {who}, where {situation}",
                who=[Code(name) for name in met],
                situation=example_words(both.terms, both.grid, _first(met), program),
            )
            help_ = say("change one of them, or let one override the other")
            yield _on_both(Finding(code, sentence, _NOWHERE, help_, witness=witness), one, other)
            return


# --- must against must not, or against must -------------------------------------------------------


def _duties(program: Program, tried: Tried) -> Iterator[Finding]:
    for one, other in combinations(program.duties.values(), 2):
        if _settled_by_text(one, other):
            continue
        if one.prohibits != other.prohibits:
            duty, ban = (other, one) if one.prohibits else (one, other)
            if _speaks_of(duty.must, ban.must) and _same_whom(duty, ban):
                sentence = say(
                    "{duty} asks for what {ban} forbids: {what}",
                    duty=Code(duty.name), ban=Code(ban.name), what=duty.must,
                )  # fmt: skip
                yield from _same_actor("E604", sentence, (duty, ban), program, tried)
        elif _cannot_both_be_met(one, other, program, tried):
            sentence = say(
                "{one} and {other} cannot both be met: {what} against {other_what}",
                one=Code(one.name), other=Code(other.name), what=Code(one.must),
                other_what=Code(other.must),
            )  # fmt: skip
            yield from _same_actor("E604", sentence, (one, other), program, tried)


def _same_whom(one: Duty, other: Duty) -> bool:
    if not one.to or not other.to:
        return True
    return bool(_named(one.to) & _named(other.to))


def _named(whos: Iterable[Who]) -> set[tuple[str, ...]]:
    return {(who.form, *who.names) for who in whos}


def _cannot_both_be_met(one: Duty, other: Duty, program: Program, tried: Tried) -> bool:
    if one.met_when is None or other.met_when is None:
        return False
    terms = [read_through(term, program, tried.settled) for term in (one.met_when, other.met_when)]
    keys = [{key_of(leaf, steady=False) for leaf in leaves_of(term)} for term in terms]
    if not keys[0] & keys[1]:
        return False
    both = conjunction(terms)
    assert both is not None
    verdicts = [verdict_of(term, program) for term in (*terms, both)]
    tried.cells += sum(verdict.cells for verdict in verdicts)
    return [verdict.answer == "never" for verdict in verdicts] == [False, False, True]
