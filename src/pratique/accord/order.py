# SPDX-License-Identifier: Apache-2.0
"""The order of the parts of one moment: what is read comes before what reads it (E605)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from pratique.accord.fields.triggers import Trigger
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import IN_FORCE
from pratique.accord.program import Part, Program, own_terms, procedure_terms, terms_in
from pratique.accord.terms.members import EVERYONE
from pratique.accord.terms.values import CallPower, Effect, EndStatus, OpenCase, StartStatus, Term
from pratique.base.finding import Finding
from pratique.base.text import Code, say

C = TypeVar("C", bound=Duty | Power | Rule)


def own_reads(clause: C) -> C:
    """Return the clause reading the statuses that it starts or ends as they stood before."""
    effects = clause.if_missed if isinstance(clause, Duty) else clause.effects
    own = {effect.status for effect in effects if isinstance(effect, StartStatus | EndStatus)}
    when = clause.trigger.when
    if not own or when is None:
        return clause
    return replace(clause, trigger=Trigger(_before(when, own), clause.trigger.on))


def own_case_reads(procedure: Procedure) -> Procedure:
    """Return the procedure reading the statuses that it starts or ends as they stood before."""
    acted = (e for e in procedure.effects() if isinstance(e, StartStatus | EndStatus))
    own = {effect.status for effect in acted}
    return procedure.rewritten(lambda term: _before(term, own)) if own else procedure


def _before(term: Term, statuses: set[str]) -> Term:
    if term.op == "status" and term.name in statuses:
        return replace(term, detail="prior")
    return replace(term, args=tuple(_before(arg, statuses) for arg in term.args))


def order_of_parts(program: Program) -> tuple[Part, ...] | Finding:
    """Return the parts of a moment in order, or the finding E605."""
    parts = _parts(program)
    after: dict[Part, set[Part]] = {part: set() for part in parts}
    for part in parts:
        for earlier in _reads(program, part):
            if earlier in after:
                # What reads its own change of the moment can never be in order: a cycle of one.
                after[part].add(earlier)
        for later in _acts_on(program, part):
            if later in after and later != part:
                after[later].add(part)
    order: list[Part] = []
    waiting = list(parts)
    while waiting:
        ready = next((part for part in waiting if not after[part] - set(order)), None)
        if ready is None:
            return _cycle(program, waiting, after)
        order.append(ready)
        waiting.remove(ready)
    return tuple(order)


def _parts(program: Program) -> list[Part]:
    parts: list[Part] = [
        ("missed", name) for name, duty in program.duties.items() if duty.if_missed
    ]
    parts += [("closing", name) for name in program.powers if _closes(program, name)]
    parts += [("confirming", name) for name, power in program.powers.items() if power.confirmed_by]
    named: dict[str, Iterable[str]] = {
        "status": program.statuses,
        "rule": program.rules,
        "duty": program.duties,
        "opening": program.powers,
        "case": program.procedures,
    }
    return parts + [(what, name) for what, clauses in named.items() for name in clauses]


def _reads(program: Program, part: Part) -> Iterator[Part]:
    what, name = part
    if what == "status":
        term = program.statuses[name].holds_while
        yield from _term_reads(program, [term] if term is not None else [])
        return
    yield from _gates(program, part)
    if what == "case":
        yield from _case_reads(program, part)
        return
    if what == "confirming":
        yield from _confirmation(program, name)
        return
    clause = program.acting()[name]
    if what not in ("rule", "duty", "opening"):
        yield from _effects_read(program, part)
        return
    yield from _term_reads(program, own_terms(clause))
    electorate = program.electorates.get(name)
    if electorate is not None and electorate.recused is not None:
        yield from _term_reads(program, [electorate.recused])
    for edge in clause.trigger.on:
        yield from _edge_part(program, edge.name, edge.edge)
    if isinstance(clause, Duty) and clause.clock is not None and clause.clock.of is not None:
        yield from _edge_part(program, clause.clock.of.name, clause.clock.of.edge)


def _closes(program: Program, name: str) -> bool:
    # What takes effect after a notice does so where powers open, for it asks its condition anew.
    power = program.powers[name]
    return power.vote is not None and power.notice is None


def _confirmation(program: Program, name: str) -> Iterator[Part]:
    # A vote is counted before all parts: only what is used, or refused, among them is waited for.
    confirming = program.powers[name].confirmed_by
    if confirming in program.powers and not _closes(program, confirming):
        yield ("opening", confirming)


def _gates(program: Program, part: Part) -> Iterator[Part]:
    # What decides whether a clause applies at all: being in force, what overrides or stops it.
    what, name = part
    if what not in ("rule", "duty", "opening", "case"):
        return
    bounds = program.bounds
    if IN_FORCE in program.statuses and name not in bounds.starters | bounds.enders:
        yield ("status", IN_FORCE)
    for status, acted_on in bounds.stopped.get(name, ()):
        if not acted_on:
            yield ("status", status)
    for overriding in bounds.overruled.get(name, ()):
        yield from ((kind, overriding) for kind in ("rule", "duty", "opening", "case"))


def _case_reads(program: Program, part: Part) -> Iterator[Part]:
    procedure = program.procedures[part[1]]
    own = set(_acts_on(program, part))
    reads = _term_reads(program, procedure_terms(procedure))
    yield from (read for read in reads if read not in own)
    for step in procedure.steps:
        if step.clock.of is not None:
            yield from _edge_part(program, step.clock.of.name, step.clock.of.edge)


def _effects_read(program: Program, part: Part) -> Iterator[Part]:
    # What an effect's amount or `where` reads; a status that it acts on itself stands as before.
    own = set(_acts_on(program, part))
    terms = [term for effect in effects_of_part(program, part) for term in terms_in(effect)]
    yield from (read for read in _term_reads(program, terms) if read not in own)


def _term_reads(program: Program, terms: Iterable[Term]) -> Iterator[Part]:
    for term in terms:
        for node in term.walk():
            if node.op == "status" and node.detail != "prior":
                yield ("status", node.name)
            elif node.op == "edge":
                yield from _edge_part(program, node.name, node.detail)
            elif node.op == "member" and node.detail != EVERYONE and program.membership:
                yield ("status", IN_FORCE)


def _edge_part(program: Program, name: str, edge: str) -> Iterator[Part]:
    name = name.partition(".")[0]
    if name in program.procedures:
        yield ("case", name)
    elif edge in ("starts", "ends"):
        yield ("status", name)
    elif name in program.rules:
        yield ("rule", name)
    elif name in program.powers:
        closing = _closes(program, name) and edge != "opened"
        yield ("closing" if closing else "opening", name)
        if edge == "refused" and program.powers[name].confirmed_by:
            yield ("confirming", name)
    elif name in program.duties and program.duties[name].met_when is not None:
        yield ("duty", name)


def _acts_on(program: Program, part: Part) -> Iterator[Part]:
    what, name = part
    power = program.powers.get(name)
    if what == "confirming" and power is not None:
        yield from (("status", e.status) for e in power.effects if isinstance(e, StartStatus))
    elif power is not None and power.confirmed_by and what == _used_in(program, name):
        yield ("opening", power.confirmed_by)
    for effect in effects_of_part(program, part):
        if isinstance(effect, StartStatus | EndStatus):
            yield ("status", effect.status)
        elif isinstance(effect, CallPower):
            yield ("opening", effect.power)
        elif isinstance(effect, OpenCase):
            yield ("case", effect.procedure)


def _used_in(program: Program, name: str) -> str:
    return "closing" if _closes(program, name) else "opening"


def effects_of_part(program: Program, part: Part) -> tuple[Effect, ...]:
    """Return the effects that a part of a moment may bring about."""
    what, name = part
    if what == "missed":
        return program.duties[name].if_missed
    if what == "rule":
        return program.rules[name].effects
    if what == "case":
        return program.procedures[name].effects()
    if what in ("closing", "opening"):
        return program.powers[name].effects if what == _used_in(program, name) else ()
    return ()


def _cycle(program: Program, waiting: list[Part], after: dict[Part, set[Part]]) -> Finding:
    path = [waiting[0]]
    while path[-1] not in path[:-1]:
        path.append(next(part for part in waiting if part in after[path[-1]]))
    names = [name for _, name in path[path.index(path[-1]) :]]
    names.reverse()
    clause = program.accord.typed[names[0]]
    if len(set(names)) == 1:
        own = say("{name} waits for its own change within one moment", name=Code(names[0]))
        wait = say("let it wait: a vote, or a time such as `for 1 day`, breaks the circle")
        return Finding("E605", own, clause.source.span, wait)
    help_ = say(
        "let one of them wait: a vote, a time such as `for 1 day`, or a duty breaks the circle"
    )
    sentence = say(
        "these clauses act on one another within one moment: {names}", names=" → ".join(names)
    )
    return Finding("E605", sentence, clause.source.span, help_)
