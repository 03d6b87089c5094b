# SPDX-License-Identifier: Apache-2.0
"""What a moment changes after its clauses have read it: they read it anew one second later.

So an empty stop in between changes nothing, and a scenario in a batch is what it is alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pratique.accord.kinds.status import IN_FORCE
from pratique.accord.program import Program, terms_of
from pratique.accord.terms.values import Term
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Bools, somewhere
from pratique.engine.conditions.frame import Frame

_LATEST = ("done", "missed")


@dataclass(frozen=True, slots=True)
class LateReads:
    """What conditions read that may change after them, by name."""

    pools: frozenset[tuple[str, str]] = frozenset()
    statuses: frozenset[str] = frozenset()
    debts: frozenset[str] = frozenset()
    changes: frozenset[tuple[str, str]] = frozenset()
    """At whose moment alone a clause that waits for them overrides another."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How all that stood before the parts of a moment."""

    statuses: dict[str, Any]
    debts: dict[str, tuple[Bools, Bools]]


def late_reads(program: Program) -> LateReads:
    """Return what the conditions of a program read that may change after them."""
    nodes = [node for term in terms_of(program) for node in term.walk()]
    owed = {*program.duties, *program.pools}
    acting, bounds = program.acting(), program.bounds
    return LateReads(
        frozenset((node.name, node.detail) for node in nodes if node.op == "pool"),
        frozenset(_prior(program, nodes)),
        frozenset(
            node.name
            for node in nodes
            if node.op == "edge" and node.detail in _LATEST and node.name in owed
        ),
        frozenset(edge.key for name in bounds.overriding for edge in acting[name].trigger.on),
    )


def _prior(program: Program, nodes: list[Term]) -> Iterator[str]:
    """Iterate over the statuses that are read as they stood before the parts of a moment."""
    yield from (node.name for node in nodes if node.op == "status" and node.detail == "prior")
    for stopping in program.bounds.stopped.values():
        yield from (name for name, acted_on in stopping if acted_on)
    if program.bounds.enders and IN_FORCE in program.statuses:
        yield IN_FORCE


def looked_at(frame: Frame, late: LateReads) -> Looks:
    """Return what stands before the parts of a moment."""
    debts = {name: _latest(frame, name) for name in late.debts}
    return Looks({name: frame.prior[name] for name in late.statuses}, debts)


def looks_again(frame: Frame, late: LateReads, before: Looks, leaving: Bools | None) -> Moment:
    """Return the next second if the moment has changed what was read in it, else NEVER."""
    changed = (
        leaving is not None
        or any(_has_moved(frame, pool, view) for pool, view in late.pools)
        or any(_differ(frame.standing.statuses[n].truth(), t) for n, t in before.statuses.items())
        or any(_differ(_latest(frame, name), latest) for name, latest in before.debts.items())
        or any(key in frame.edges for key in late.changes)
    )
    return frame.now + 1 if changed else NEVER


def _latest(frame: Frame, name: str) -> tuple[Bools, Bools]:
    done, missed = (frame.standing.latest(name, edge) for edge in _LATEST)
    return done.copy(), missed.copy()


def _has_moved(frame: Frame, pool: str, view: str) -> bool:
    rows = frame.standing.pools[pool]
    return somewhere(rows.opening[view] != getattr(rows, view))


def _differ(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    return any(bool(np.any(a != b)) for a, b in zip(one, other, strict=True))
