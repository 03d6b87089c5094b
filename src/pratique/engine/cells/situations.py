# SPDX-License-Identifier: Apache-2.0
"""In which situations a clause applies, as one condition: of its trigger and of what it reads.

A status that holds while something is so is read as what it says; what stops a clause is no
situation of it. Only the text is looked at; nothing is tried here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from pratique.accord.fields.triggers import Trigger
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.status import Status
from pratique.accord.program import Acting, Program
from pratique.accord.terms.values import BOOL, EdgeRef, Term
from pratique.base.finding import Span


@dataclass(frozen=True, slots=True)
class Stated:
    """A condition as a clause states it; `field` says in which field, `step` at which step."""

    clause: str
    field: str
    term: Term
    step: str = ""


def stated(program: Program) -> Iterator[Stated]:
    """Iterate over every condition that decides whether something applies, statuses first."""
    for name in _in_order(program):
        term = program.statuses[name].holds_while
        if term is not None:
            yield Stated(name, "while", term)
    for name, clause in program.acting().items():
        if clause.trigger.when is not None:
            yield Stated(name, "when", clause.trigger.when)
    for name, duty in program.duties.items():
        yield from _of_duty(name, duty)
    for name, procedure in program.procedures.items():
        yield from _of_procedure(name, procedure)


def _of_duty(name: str, duty: Duty) -> Iterator[Stated]:
    if duty.met_when is not None:
        yield Stated(name, "must", duty.met_when)
    if duty.clock is not None and duty.clock.when is not None:
        yield Stated(name, "within", duty.clock.when)


def _of_procedure(name: str, procedure: Procedure) -> Iterator[Stated]:
    for end in procedure.ends:
        if end.when is not None:
            yield Stated(name, "ends", end.when, end.step)
    for step in procedure.steps:
        if step.clock.when is not None:
            yield Stated(name, "step", step.clock.when, step.name)


def _in_order(program: Program) -> list[str]:
    """Return the statuses, each after those that it reads in the same moment."""
    ordered = [name for what, name in program.order if what == "status"]
    return [*ordered, *(name for name in program.statuses if name not in ordered)]


def read_through(term: Term, program: Program, opaque: Collection[str] = ()) -> Term:
    """Return a condition with what statuses say in place of their names, but of those `opaque`."""
    if term.op == "status" and term.name not in opaque:
        status = program.statuses.get(term.name)
        if status is not None and (meant := _meaning(status, program)) is not None:
            return read_through(meant, program, {*opaque, term.name})
    args = tuple(read_through(arg, program, opaque) for arg in term.args)
    unchanged = all(new is old for new, old in zip(args, term.args, strict=True))
    return term if unchanged else replace(term, args=args)


def _meaning(status: Status, program: Program) -> Term | None:
    """Return the condition that a status is neither more nor less than, if there is one."""
    lasts = status.lingers or status.lapses or status.lapses_on or status.renewed_by
    apart = status.group or any(program.bounds.absent.get(status.name, ()))
    return None if lasts or apart else status.holds_while


def situation_of(clause: Acting, program: Program, opaque: Collection[str] = ()) -> Term | None:
    """Return when a clause applies; None: whenever it is asked."""
    parts = []
    if (asked := asked_of(clause.trigger, program)) is not None:
        parts.append(read_through(asked, program, opaque))
    parts += [
        _not(read_through(holding(name, program, clause.source.span), program, opaque))
        for name, acted_on in program.bounds.stopped.get(clause.name, ())
        if not acted_on
    ]
    return conjunction(parts)


def asked_of(trigger: Trigger, program: Program) -> Term | None:
    """Return what a trigger's condition, or its change, says of the moment at which it applies."""
    if trigger.when is not None:
        return trigger.when
    after = [_after(edge, program) for edge in trigger.on]
    if not after or None in after:
        return None
    said = [term for term in after if term is not None]
    return said[0] if len(said) == 1 else _joined("or", said)


def _after(edge: EdgeRef, program: Program) -> Term | None:
    """Return what holds once a change has come about, if that is known of it."""
    if edge.name not in program.statuses or edge.party >= 0 or edge.part:
        return None
    holds = holding(edge.name, program, edge.span)
    return {"starts": holds, "ends": _not(holds)}.get(edge.edge)


def conjunction(parts: list[Term]) -> Term | None:
    """Return that all of some conditions hold; None for none."""
    return _joined("and", parts) if len(parts) > 1 else next(iter(parts), None)


def _joined(op: str, parts: list[Term]) -> Term:
    spread = any(part.per_party for part in parts)
    return Term(op, tuple(parts), BOOL, spread, parts[0].span)


def _not(term: Term) -> Term:
    return Term("not", (term,), BOOL, term.per_party, term.span)


def holding(name: str, program: Program, span: Span) -> Term:
    """Return the condition that a status holds."""
    return Term("status", (), BOOL, program.statuses[name].per_party, span, name=name)
