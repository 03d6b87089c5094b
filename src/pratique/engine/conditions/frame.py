# SPDX-License-Identifier: Apache-2.0
"""One moment under evaluation, and what the functions of terms look like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pratique.base.moment import Day, Moment
from pratique.engine.arrays import Bools, Truth

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
    prior: dict[str, Truth] = field(default_factory=dict)

    def edge(self, name: str, edge: str) -> Bools:
        """Return where a change has happened in this moment."""
        found = self.edges.get((name, edge))
        return found if found is not None else self.standing.nowhere(name)

    def mark(self, name: str, edge: str, where: Bools) -> None:
        """Note where a change happens in this moment."""
        before = self.edges.get((name, edge))
        self.edges[name, edge] = where if before is None else before | where

    def last_second(self, day: Day) -> Moment:
        """Return now for today, a past day's last second for that day."""
        return self.now if day == self.today else self.standing.program.clock.start(day + 1) - 1
