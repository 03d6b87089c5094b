# SPDX-License-Identifier: Apache-2.0
"""What the engine runs: a typed accord with its parts in order. Plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pratique.accord.bounds import Bounds, effects_of
from pratique.accord.electorate import Electorate, terms_of_vote
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import Status
from pratique.accord.labels import relabelled, spoken_clause
from pratique.accord.method import Registry
from pratique.accord.model import Accord, Typed
from pratique.accord.terms.values import Draw, EdgeRef, Effect, Hold, Term, Transfer
from pratique.base.moment import Clock
from pratique.surveillance.detector import Detector

T = TypeVar("T", bound=Typed)
Acting = Duty | Power | Rule
Part = tuple[str, str]
"""(what, clause name); what: missed, closing, confirming, status, rule, duty, opening, case."""


@dataclass(frozen=True, slots=True)
class Program:
    """What the engine runs: `order` lists a moment's parts, `reach` the days kept by measure."""

    accord: Accord
    parties: tuple[str, ...]
    clock: Clock
    measures: dict[str, Measure]
    statuses: dict[str, Status]
    pools: dict[str, Pool]
    duties: dict[str, Duty]
    powers: dict[str, Power]
    rules: dict[str, Rule]
    order: tuple[Part, ...]
    reach: dict[str, int]
    watches: tuple[Term, ...] = ()
    """Further conditions, read after all parts of a moment: what worked cases expect."""
    groups: dict[str, tuple[bool, ...]] = field(default_factory=dict)
    """Which parties each group has."""
    procedures: dict[str, Procedure] = field(default_factory=dict)
    methods: Registry = field(default_factory=dict)
    """What `method NAME` calls."""
    bounds: Bounds = field(default_factory=Bounds)
    """Whom its clauses bind, and which stand back, as far as that is fixed."""
    electorates: dict[str, Electorate] = field(default_factory=dict)
    """Who decides each power that is voted on."""
    detectors: Mapping[str, Detector] = field(default_factory=dict)
    """What makes the measures that name a detector."""

    @property
    def membership(self) -> bool:
        """Whether the parties bound can change while it is in force."""
        return self.bounds.membership

    def acting(self) -> dict[str, Acting]:
        """Return the duties, powers and rules, by name."""
        return {**self.duties, **self.powers, **self.rules}

    def paying(self) -> tuple[str, ...]:
        """Return the clauses under which parties or bodies owe payments to one another."""
        clauses: dict[str, Acting | Procedure] = {**self.acting(), **self.procedures}
        return tuple(
            name
            for name, clause in clauses.items()
            if any(isinstance(one, Transfer) and not one.to_pool for one in effects_of(clause))
        )


def spoken(program: Program, translation: str) -> Program:
    """Return a program whose clauses are called as a translation of its accord calls them."""
    accord = relabelled(program.accord, translation)
    return replace(
        program,
        accord=accord,
        measures=_spoken(program.measures, accord),
        statuses=_spoken(program.statuses, accord),
        pools=_spoken(program.pools, accord),
        duties=_spoken(program.duties, accord),
        powers=_spoken(program.powers, accord),
        rules=_spoken(program.rules, accord),
        procedures=_spoken(program.procedures, accord),
    )


def _spoken(clauses: Mapping[str, T], accord: Accord) -> dict[str, T]:
    return {name: spoken_clause(clause, accord) for name, clause in clauses.items()}


def terms_of(program: Program) -> Iterator[Term]:
    """Iterate over every term that the engine evaluates."""
    for status in program.statuses.values():
        if status.holds_while is not None:
            yield status.holds_while
    for clause in program.acting().values():
        yield from own_terms(clause)
    for name, power in program.powers.items():
        yield from terms_of_vote(power, program.electorates.get(name))
    for procedure in program.procedures.values():
        yield from procedure_terms(procedure)
    for pool in program.pools.values():
        yield from pool.terms()
    yield from program.watches


def clock_changes(program: Program) -> Iterator[EdgeRef]:
    """Iterate over the changes that clocks count from."""
    clocks = [duty.clock for duty in program.duties.values()]
    for procedure in program.procedures.values():
        clocks += [step.clock for step in procedure.steps]
    yield from (clock.of for clock in clocks if clock is not None and clock.of is not None)


def procedure_terms(procedure: Procedure) -> Iterator[Term]:
    """Iterate over the terms that a procedure's cases evaluate."""
    yield from procedure.terms()
    for effect in procedure.effects():
        yield from terms_in(effect)


def own_terms(clause: Acting) -> Iterator[Term]:
    """Iterate over the terms that a clause evaluates."""
    if clause.trigger.when is not None:
        yield clause.trigger.when
    effects = clause.if_missed if isinstance(clause, Duty) else clause.effects
    for effect in effects:
        yield from terms_in(effect)
    if isinstance(clause, Duty):
        if clause.met_when is not None:
            yield clause.met_when
        if clause.clock is not None and clause.clock.when is not None:
            yield clause.clock.when
        if clause.draws is not None:
            yield from terms_in(clause.draws)
        yield from (who.condition for who in clause.by if who.condition is not None)


def terms_in(effect: Effect) -> Iterator[Term]:
    """Iterate over the terms that an effect evaluates."""
    if isinstance(effect, Draw | Hold | Transfer) and effect.amount is not None:
        yield effect.amount
    for part in ("to", "at", "payer"):
        who = getattr(effect, part, None)
        if who is not None and who.condition is not None:
            yield who.condition
