# SPDX-License-Identifier: Apache-2.0
"""Findings on two clauses: E603 they do opposite things, E604 a duty against a prohibition or
another duty, W606 what starts a status and what ends it hold together, or nothing can end it.

A pair is tried on the cells of both conditions in a steady state. Of clauses one of which overrides
the other nothing is said: the text has said which stands back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.program import Acting, Program
from pratique.accord.terms.values import EdgeRef, EndStatus, StartStatus, Term, Who
from pratique.base.finding import Finding, Span
from pratique.base.text import Code, Sentence, say
from pratique.engine.arrays import Bools
from pratique.engine.cells.actors import acting, tells_apart, together
from pratique.engine.cells.applies import Tried
from pratique.engine.cells.examples import example_words
from pratique.engine.cells.grid import Grid
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


def _settled_by_text(one: Acting, other: Acting) -> bool:
    return other.name in one.overrides or one.name in other.overrides


def _same_change(one: Acting, other: Acting) -> bool:
    keys = {_change(edge) for edge in one.trigger.on}
    return any(_change(edge) in keys for edge in other.trigger.on)


def _change(edge: EdgeRef) -> tuple[object, ...]:
    return (*edge.key, edge.party)


# --- starts and ends of one status ----------------------------------------------------------------


Side = tuple[Acting, StartStatus | EndStatus]


def _starts_and_ends(program: Program, tried: Tried) -> Iterator[Finding]:
    for status in program.statuses:
        starters = list(_acting_on(status, StartStatus, program, (Rule, Power)))
        enders = list(_acting_on(status, EndStatus, program, (Rule,)))
        for starter, start in starters:
            for ender, end in enders:
                if starter is ender or _settled_by_text(starter, ender):
                    continue
                at = tuple(who for who in (start.at, end.at) if who is not None)
                sides = (starter, start), (ender, end)
                for both in _applying(starter, ender, program, tried, at):
                    found = _started_and_ended(status, sides, both, program)
                    if found is not None:
                        yield found
                        break


def _acting_on(
    status: str,
    effect: type[StartStatus] | type[EndStatus],
    program: Program,
    kinds: tuple[type, ...],
) -> Iterator[Side]:
    for clause in program.acting().values():
        effects = clause.if_missed if isinstance(clause, Duty) else clause.effects
        for one in effects:
            if isinstance(clause, kinds) and isinstance(one, effect) and one.status == status:
                yield clause, one


def _started_and_ended(
    status: str, sides: tuple[Side, Side], both: Together, program: Program
) -> Finding | None:
    (starter, start), (ender, end) = sides
    at_once = _same_change(starter, ender)
    if not at_once and not (_says_when(starter, program) and _says_when(ender, program)):
        return None
    starts = _where(both.one, starter, start.at, program)
    ends = _where(both.other, ender, end.at, program)
    met = together(starts, ends)
    if not met:
        return None
    cell = _first(met)
    names = {
        "start": Code(starter.name), "end": Code(ender.name), "status": Code(status),
    }  # fmt: skip
    whenever = all(
        not (cells & ~ends[name]).any() for name, cells in starts.items() if name in ends
    )
    witness = example_words(both.terms, both.grid, cell, program)
    if (at_once or whenever) and isinstance(starter, Rule):
        sentence = say("{start} starts {status} where {end} ends it", **names)
        help_ = say("change one of the conditions, or let one of them override the other")
        return _on_both(Finding("E603", sentence, _NOWHERE, help_, witness=witness), starter, ender)
    sentence = say("what {start} starts, {end} would end in the same situation: {status}", **names)
    help_ = say(
        "let the conditions leave a gap, such as `>= 100` to start and `< 50` to end, or let one"
        " override the other"
    )
    return _on_both(Finding("W606", sentence, _NOWHERE, help_, witness=witness), starter, ender)


def _says_when(clause: Acting, program: Program) -> bool:
    """Say whether its text says in which situation a clause applies, beyond that something was."""
    return situation_of(clause, program) is not None


def _where(applies: Bools, clause: Acting, at: Who | None, program: Program) -> dict[str, Bools]:
    if at is not None:
        return acting(applies, (at,), program)
    form: Who = Who("that", clause.source.span)
    return acting(applies, (form,), program)


def _first(met: dict[str, Bools]) -> int:
    return int(np.flatnonzero(next(iter(met.values())))[0])


_NOWHERE = Span(1)


def _on_both(finding: Finding, one: Acting, other: Acting) -> Finding:
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
        enders = [clause for clause, _ in _acting_on(name, EndStatus, program, (Duty, Rule, Power))]
        others = any(
            isinstance(effect, EndStatus) and effect.status == name
            for procedure in program.procedures.values()
            for effect in procedure.effects()
        )
        if not enders or others or any(isinstance(one, Duty) for one in enders):
            continue
        if all(one.name in tried.never for one in enders):
            # It is said of each that it can never apply.
            continue
        if all(_cannot_end(name, clause, program, tried) for clause in enders):
            sentence = say("once started, {status} can never stop", status=Code(name))
            help_ = say("let a clause end it whose condition can be true while it holds")
            note = say("what would end it: {clauses}", clauses=[Code(c.name) for c in enders])
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
            if _words(ban.must) == _words(power.may) and not _settled_by_text(ban, power):
                sentence = say(
                    "{power} permits what {ban} forbids: {what}",
                    power=Code(power.name), ban=Code(ban.name), what=power.may,
                )  # fmt: skip
                yield from _same_actor("E603", sentence, (power, ban), program, tried)


def _words(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


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
            if _words(duty.must) == _words(ban.must) and _same_whom(duty, ban):
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
