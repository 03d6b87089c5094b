# SPDX-License-Identifier: Apache-2.0
"""One moment under evaluation, and what the functions of terms look like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from pratique.accord.terms.values import EdgeRef
from pratique.base.moment import Day, Moment
from pratique.engine.arrays import Bools, Moments, Truth, somewhere

if TYPE_CHECKING:
    from pratique.engine.standing import Standing

Function = Callable[["Frame", Day], Any]
"""Gives a term's truth or range on a day, as known now."""


@dataclass(slots=True)
class Frame:
    """One moment being evaluated: the standing, and what has happened in it so far."""

    standing: Standing
    now: Moment
    today: Day
    edges: dict[tuple[str, str], Bools] = field(default_factory=dict)
    """What has happened in it, and where. INVARIANT: each has happened somewhere."""
    marks: list[tuple[tuple[str, str], Bools]] = field(default_factory=list)
    """The same, one after another: in each scenario of a batch another change may come first."""
    prior: dict[str, Truth] = field(default_factory=dict)
    bound: tuple[Any, Bools] | None = None
    """Who was last found to be bound, and the array of `in_force` that this rests on."""
    case: Any = None
    """The slot of cases whose fields are read, while a procedure's own parts run."""

    def edge(self, name: str, edge: str) -> Bools:
        """Return where a change has happened in this moment."""
        found = self.edges.get((name, edge))
        if found is None:
            return self.standing.nowhere(name)
        # The last row of what happens to a pool is that of bodies, which are no parties.
        return found[:, :-1] if name in self.standing.pools else found

    def mark(self, name: str, edge: str, where: Bools) -> None:
        """Note where a change happens in this moment, if it happens anywhere."""
        if not somewhere(where):
            return
        self.marks.append(((name, edge), where))
        before = self.edges.get((name, edge))
        self.edges[name, edge] = where if before is None else before | where

    def last_happened(self, change: EdgeRef, rows: int) -> Moments:
        """Return when a change that a clock counts from last happened, up to now; BEFORE: never."""
        times = self.standing.last_changed[change.key]
        here = self.edges.get(change.key)
        if here is not None:
            times = np.where(here, self.now, times)
        if change.party >= 0:
            times = times[:, change.party : change.party + 1]
        if rows > 1:
            return np.broadcast_to(times, (times.shape[0], rows))
        latest: Moments = times.max(axis=1, keepdims=True)
        return latest

    def last_second(self, day: Day) -> Moment:
        """Return now for today, a past day's last second for that day."""
        return self.now if day == self.today else self.standing.program.clock.start(day + 1) - 1
