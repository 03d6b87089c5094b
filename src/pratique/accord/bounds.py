# SPDX-License-Identifier: Apache-2.0
"""Whom an accord binds and which clauses stand back, as far as the text fixes it beforehand.

Where it depends on what happens (who is in force, which overriding clause holds) the engine asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pratique.accord.fields.triggers import Trigger
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import DRAWING, IN_FORCE, VOTING, Status
from pratique.accord.model import Accord
from pratique.accord.terms.members import groups_of, of_all_parties
from pratique.accord.terms.values import Effect, EndStatus, StartStatus, Term

Acting = Duty | Power | Rule
C = TypeVar("C", bound=Duty | Power | Rule)
Bound = Duty | Power | Rule | Procedure | Status | Pool
_CONDITIONS = (VOTING, DRAWING)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is fixed beforehand of whom the clauses bind, by clause name."""

    membership: bool = False
    """Whether the parties bound can change while it is in force (`accord.membership`)."""
    survivors: frozenset[str] = frozenset()
    """Clauses that outlive being in force."""
    starters: frozenset[str] = frozenset()
    """Clauses that start being in force: they apply also before it."""
    enders: frozenset[str] = frozenset()
    """Clauses that end being in force: they read it as it stood before the moment's parts."""
    absent: Mapping[str, tuple[bool, ...]] = field(default_factory=dict)
    """The parties whose row of a clause never applies: outside its group, or by reservation."""
    overruled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The clauses that override a clause."""
    overriding: frozenset[str] = frozenset()
    stopped: Mapping[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    """The statuses that stop a clause; True: one that it acts on itself, read as before."""
    barring: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The statuses that stop `voting`, and those that stop `drawing`."""


def bounds_of(accord: Accord, clauses: Mapping[str, Bound]) -> Bounds:
    """Return what is fixed beforehand for the clauses that are compiled."""
    in_force = clauses.get(IN_FORCE)
    survivors = in_force.survives if isinstance(in_force, Status) else ()
    overruled = _turned(
        (name, getattr(clause, "overrides", ())) for name, clause in clauses.items()
    )
    statuses = {n: c for n, c in clauses.items() if isinstance(c, Status)}
    stopping = _turned((name, status.stops) for name, status in statuses.items())
    return Bounds(
        accord.scope.membership,
        frozenset(survivors),
        frozenset(_acting_on(IN_FORCE, clauses, StartStatus)),
        frozenset(_acting_on(IN_FORCE, clauses, EndStatus)),
        {
            name: rows
            for name, clause in clauses.items()
            if any(rows := _absent(accord, clause, per_party=clause_per_party(clause)))
        },
        overruled,
        frozenset(name for names in overruled.values() for name in names),
        {
            name: tuple((status, status in _own(clauses.get(name))) for status in names)
            for name, names in stopping.items()
            if name not in _CONDITIONS
        },
        {name: stopping[name] for name in _CONDITIONS if name in stopping},
    )


def clause_per_party(clause: Bound) -> bool:
    """Say whether a clause has a row for each party; of a pool: its claims have."""
    return isinstance(clause, Pool) or clause.per_party


def _turned(listed: Iterable[tuple[str, Iterable[str]]]) -> dict[str, tuple[str, ...]]:
    turned: dict[str, tuple[str, ...]] = {}
    for name, targets in listed:
        for target in targets:
            turned[target] = (*turned.get(target, ()), name)
    return turned


def effects_of(clause: Bound) -> tuple[Effect, ...]:
    """Return the effects that a clause may bring about."""
    match clause:
        case Duty():
            return clause.if_missed
        case Rule() | Power():
            return clause.effects
        case Procedure():
            return clause.effects()
    return ()


def _own(clause: Bound | None) -> set[str]:
    effects = effects_of(clause) if clause is not None else ()
    return {one.status for one in effects if isinstance(one, StartStatus | EndStatus)}


def _acting_on(
    status: str, clauses: Mapping[str, Bound], effect: type[StartStatus | EndStatus]
) -> Iterator[str]:
    for name, clause in clauses.items():
        if any(isinstance(one, effect) and one.status == status for one in effects_of(clause)):
            yield name


# --- rows that are absent -------------------------------------------------------------------------


def _absent(accord: Accord, clause: Bound, *, per_party: bool) -> tuple[bool, ...]:
    if not per_party:
        return ()
    groups = {group for group in _groups(accord, clause) if group in accord.groups}
    inside = [set(accord.groups[group]) for group in groups]
    return tuple(
        clause.name in party.reserves or not all(party.name in members for members in inside)
        for party in accord.parties
    )


def _groups(accord: Accord, clause: Bound) -> Iterator[str]:
    yield clause.source.group
    trigger: Trigger | None = getattr(clause, "trigger", None)
    condition = clause.holds_while if isinstance(clause, Status) else None
    if trigger is not None:
        condition = trigger.when
    if condition is not None:
        yield from groups_of(condition, accord.scope)
    symbols = accord.scope.symbols
    for edge in trigger.on if trigger is not None else ():
        if edge.per_party and edge.name in symbols:
            yield symbols[edge.name].group


# --- conditions of entering into force ------------------------------------------------------------


def entry_clauses(statuses: Mapping[str, Status], acting: Mapping[str, Acting]) -> set[str]:
    """Return `in_force`, what starts it and what these read: their conditions count all parties."""
    found: set[str] = set()
    waiting = [IN_FORCE] if IN_FORCE in statuses else []
    waiting += list(_acting_on(IN_FORCE, acting, StartStatus))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        condition = statuses[name].holds_while if name in statuses else _when(acting.get(name))
        read = condition.walk() if condition is not None else ()
        waiting += [node.name for node in read if node.op in ("status", "edge")]
    return found


def _when(clause: Acting | None) -> Term | None:
    return clause.trigger.when if clause is not None else None


def counting_all_in(clause: C) -> C:
    """Return a clause whose condition counts all parties, bound or not."""
    when = clause.trigger.when
    if when is None:
        return clause
    return replace(clause, trigger=replace(clause.trigger, when=of_all_parties(when)))


def holding_by_all(status: Status) -> Status:
    """Return a status whose condition counts all parties, bound or not."""
    if status.holds_while is None:
        return status
    return replace(status, holds_while=of_all_parties(status.holds_while))
