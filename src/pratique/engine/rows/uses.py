# SPDX-License-Identifier: Apache-2.0
"""Uses of rules and powers: armed where one may fire again, and its `at most`."""

from __future__ import annotations

from typing import cast

import numpy as np

from pratique.accord.terms.values import Limit
from pratique.base.duration import leaves_window
from pratique.base.moment import BEFORE, NEVER, Clock, Moment
from pratique.engine.arrays import Bools, earliest, falses, moments, parted, somewhere


class Uses:
    """How often a clause was used within its `at most`: when each use leaves the window."""

    def __init__(self, limit: Limit | None, scenarios: int, rows: int) -> None:
        self.limit = limit
        self.until = [moments(scenarios, rows, BEFORE) for _ in range(limit.uses if limit else 0)]
        self.last = BEFORE
        """When the last use leaves the window."""

    def copy(self) -> Uses:
        """Return an independent copy."""
        return cast(Uses, parted(self))

    def stops(self, after: Moment) -> list[Moment]:
        """Return when uses next leave the window."""
        return [earliest(until, after) for until in self.until] if self.last > after else []

    def allows(self, where: Bools, now: Moment) -> Bools:
        """Return where something holds and a further use is allowed."""
        if self.limit is None or self.last <= now:
            return where
        allowed: Bools = np.logical_or.reduce([until <= now for until in self.until])
        return where & allowed

    def armed_again(self, armed: Bools, now: Moment) -> Bools:
        """Return where a condition that still holds may set it off anew: no use in the window."""
        if self.limit is None:
            return armed
        if self.last <= now:
            return np.ones_like(armed)
        free: Bools = np.logical_and.reduce([until <= now for until in self.until])
        return armed | free

    def used(self, where: Bools, clock: Clock, now: Moment) -> None:
        """Note a use."""
        if self.limit is None or not somewhere(where):
            return
        leaves = leaves_window(clock, now, self.limit.within) if self.limit.within else NEVER
        self.last = max(self.last, leaves)
        waiting = where.copy(order="K")
        for until in self.until:
            here = waiting & (until <= now)
            until[here] = leaves
            waiting &= ~here


class RuleRows:
    """A rule: armed where it may fire again; its uses."""

    def __init__(self, limit: Limit | None, scenarios: int, rows: int) -> None:
        self.armed = ~falses(scenarios, rows)
        self.uses = Uses(limit, scenarios, rows)

    def copy(self) -> RuleRows:
        """Return an independent copy."""
        return cast(RuleRows, parted(self))

    def stops(self, after: Moment) -> list[Moment]:
        """Return the next moments at which something of it may mature."""
        return self.uses.stops(after)
