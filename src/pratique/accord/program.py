# SPDX-License-Identifier: Apache-2.0
"""What the engine runs: a typed accord with its parts in order. Plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import Status
from pratique.accord.model import Accord
from pratique.accord.terms.values import Draw, Effect, Term
from pratique.base.moment import Clock

Acting = Duty | Power | Rule
Part = tuple[str, str]
"""(what, clause name); what: missed, closing, status, rule, duty, opening."""


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

    def acting(self) -> dict[str, Acting]:
        """Return the duties, powers and rules, by name."""
        return {**self.duties, **self.powers, **self.rules}


def terms_of(program: Program) -> Iterator[Term]:
    """Iterate over every term that the engine evaluates."""
    for status in program.statuses.values():
        if status.holds_while is not None:
            yield status.holds_while
    for clause in program.acting().values():
        yield from own_terms(clause)
    yield from program.watches


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
        yield from (who.condition for who in clause.by if who.condition is not None)


def terms_in(effect: Effect) -> Iterator[Term]:
    """Iterate over the terms that an effect evaluates."""
    if isinstance(effect, Draw) and effect.amount is not None:
        yield effect.amount
    who = getattr(effect, "to", None) or getattr(effect, "at", None)
    if who is not None and who.condition is not None:
        yield who.condition
