# SPDX-License-Identifier: Apache-2.0
"""Whom an accord binds: who can come and go, groups, absent rows, what is in force for whom.

Read from the typed clauses alone, anew; nothing is taken over from what the compiler worked out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from oracle.world import World
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import IN_FORCE, Status
from pratique.accord.program import Program
from pratique.accord.terms.values import QUANTIFIERS, Effect, EndStatus, Leave, StartStatus, Term

Clause = Any
ACTING = (Rule, Duty, Power, Procedure)


def clauses_of(program: Program) -> dict[str, Clause]:
    """Return the clauses that run, by name."""
    kinds = (program.statuses, program.rules, program.duties, program.powers, program.procedures)
    return {name: clause for kind in kinds for name, clause in kind.items()}


def effects_of(clause: Clause) -> tuple[Effect, ...]:
    """Return all effects that a clause may have."""
    if isinstance(clause, Duty):
        return clause.if_missed
    if isinstance(clause, Procedure):
        return clause.effects()
    return getattr(clause, "effects", ())


def condition_of(clause: Clause) -> Term | None:
    """Return the condition that a clause waits for or stands on."""
    if isinstance(clause, Status):
        return clause.holds_while
    trigger = getattr(clause, "trigger", None)
    return trigger.when if trigger is not None else None


def groups_read(program: Program, term: Term) -> set[str]:
    """Return the groups of what a term reads per party, outside quantifiers and `of PARTY`."""
    if term.op == "at" or term.op in QUANTIFIERS or not term.per_party:
        return set()
    found = {term.name} if term.op in ("values", "member") and term.name else set()
    if term.op in ("measure", "window", "status", "term", "edge", "event"):
        found |= {group_of(program, term.name)} - {""}
    if term.op == "member":
        found = set()
    return found.union(*(groups_read(program, arg) for arg in term.args))


def group_of(program: Program, name: str) -> str:
    """Return the group whose members alone have what a name stands for; empty: all."""
    symbol = program.accord.scope.symbols.get(name.partition(".")[0])
    return symbol.group if symbol is not None else ""


def membership_can_change(program: Program) -> bool:
    """Say whether the parties bound can change while it is in force."""
    for clause in clauses_of(program).values():
        if any(isinstance(effect, Leave) for effect in effects_of(clause)):
            return True
    status = program.statuses.get(IN_FORCE)
    if status is None:
        return False
    reads = {(node.op, node.name) for node in _all_read(program, status, set())}
    return status.per_party or bool(reads & {("builtin", "ratified"), ("builtin", "signed")})


def _all_read(program: Program, status: Status, seen: set[str]) -> Iterator[Term]:
    seen.add(status.name)
    for node in status.holds_while.walk() if status.holds_while is not None else ():
        yield node
        if node.op == "status" and node.name not in seen:
            yield from _all_read(program, program.statuses[node.name], seen)


def entry_terms(program: Program) -> set[int]:
    """Return the conditions (each node's id) in which quantifiers run over all parties."""
    clauses = clauses_of(program)
    waiting = [IN_FORCE] if IN_FORCE in clauses else []
    waiting += [
        name for name, clause in clauses.items()
        if any(isinstance(e, StartStatus) and e.status == IN_FORCE for e in effects_of(clause))
    ]  # fmt: skip
    found: set[str] = set()
    terms: set[int] = set()
    while waiting:
        name = waiting.pop()
        if name in found or name not in clauses:
            continue
        found.add(name)
        condition = condition_of(clauses[name])
        for node in condition.walk() if condition is not None else ():
            terms.add(id(node))
            if node.op in ("status", "edge"):
                waiting.append(node.name)
    return terms


def absent_rows(program: Program) -> set[tuple[str, int]]:
    """Return the rows (clause, party) that never apply."""
    found = set()
    for name, clause in clauses_of(program).items():
        if not clause.per_party:
            continue
        groups = {clause.source.group} - {""}
        condition = condition_of(clause)
        if condition is not None:
            groups |= groups_read(program, condition)
        trigger = getattr(clause, "trigger", None)
        for ref in trigger.on if trigger is not None else ():
            groups |= {group_of(program, ref.name)} - {""} if ref.per_party else set()
        for row, party in enumerate(program.accord.parties):
            outside = any(party.name not in program.accord.groups[group] for group in groups)
            if outside or name in party.reserves:
                found.add((name, row))
    return found


@dataclass
class Members:
    """Who is bound now, and which clauses apply to whom."""

    world: World

    def __post_init__(self) -> None:
        program = self.world.program
        self.can_change = membership_can_change(program)
        self.everyone = entry_terms(program)
        self.absent = absent_rows(program)
        clauses = clauses_of(program)
        self.starters = {n for n, c in clauses.items() if _acts_on(c, StartStatus)}
        self.enders = {n for n, c in clauses.items() if _acts_on(c, EndStatus)}
        status = program.statuses.get(IN_FORCE)
        self.survivors = set(status.survives) if status is not None else set()

    def is_bound(self, party: int, *, prior: bool = False) -> bool:
        """Say whether a party is bound at this place of the order (or before all parts)."""
        if not self.can_change:
            return self._on(0, prior=prior)
        if party in self.world.left:
            return False
        status = self.world.program.statuses.get(IN_FORCE)
        if status is None:
            return True
        if status.per_party:
            return self._on(party, prior=prior)
        return self._on(0, prior=prior) and party in self.world.ratified

    def _on(self, row: int, *, prior: bool) -> bool:
        if IN_FORCE not in self.world.statuses:
            return True
        if prior:
            return self.world.prior[IN_FORCE][row] is True
        return self.world.statuses[IN_FORCE][row].on

    def in_force(self, name: str, row: int | None) -> bool:
        """Say whether a clause is in force in a row; None: its one shared row."""
        if row is not None and (name, row) in self.absent:
            return False
        if name in self.starters:
            return True
        parties = self.world.parties if row is None else [row]
        bound = {p for p in self.world.parties if self.is_bound(p, prior=name in self.enders)}
        if name in self.survivors:
            bound |= self.world.was_bound
        return any(party in bound for party in parties)

    def note_bound(self) -> None:
        """Keep who is bound after all parts of a moment."""
        self.world.was_bound |= {p for p in self.world.parties if self.is_bound(p)}

    def may_receive(self, party: int) -> bool:
        """Say whether a party is given anything, after all parts of a moment."""
        if self.can_change and not self.is_bound(party):
            return False
        return not self.is_barred("drawing", party)

    def is_barred(self, what: str, party: int) -> bool:
        """Say whether a status that is on stops a party's `voting` or `drawing`."""
        for name, status in self.world.program.statuses.items():
            rows = self.world.statuses[name]
            if what in status.stops and rows[party if status.per_party else 0].on:
                return True
        return False


def _acts_on(clause: Clause, effect: type[StartStatus | EndStatus]) -> bool:
    return any(isinstance(e, effect) and e.status == IN_FORCE for e in effects_of(clause))


def all_streams(program: Program) -> Iterator[tuple[Pool, Any]]:
    """Iterate over what comes into each pool."""
    for pool in program.pools.values():
        for stream in pool.streams:
            yield pool, stream
