# SPDX-License-Identifier: Apache-2.0
"""What a rule was on each of the latest days, so that figures that come late can be told apart.

By day: where its condition surely held as known until now, where it would have fired then, and
where it fired. It pays nothing and undoes nothing.
"""

from __future__ import annotations

from typing import cast

from pratique.accord.reach import LOOK_BACK
from pratique.base.moment import Day
from pratique.engine.arrays import Bools, falses, parted, ring, somewhere


class Recall:
    """Rings over days of one rule."""

    def __init__(self, read: frozenset[str], begins: Day, scenarios: int, rows: int) -> None:
        self.read = read
        """The measures that its condition reads."""
        self.begins = begins
        self.days = LOOK_BACK + 1
        self.shape = (scenarios, rows)
        # Before the register began nothing held, and nothing could have been set off.
        self.sure = ring(self.days, scenarios, rows, False, bool)
        self.ready = ring(self.days, scenarios, rows, False, bool)
        self.fired = ring(self.days, scenarios, rows, False, bool)
        self.today: Day | None = None

    def copy(self) -> Recall:
        """Return an independent copy."""
        return cast(Recall, parted(self))

    def note(self, today: Day, sure: Bools, ready: Bools, fired: Bools) -> None:
        """Note what the rule is today, as of now."""
        at = today % self.days
        if self.today != today:
            self.fired[at], self.today = False, today
        self.sure[at], self.ready[at] = sure, ready
        if somewhere(fired):
            self.fired[at] |= fired

    def correct(self, day: Day, sure: Bools) -> Bools:
        """Set whether its condition held on a day, as known now; return where it newly did."""
        at = day % self.days
        newly: Bools = sure & ~self.sure[at]
        self.sure[at] = sure
        return newly

    def was_ready(self, day: Day) -> Bools:
        """Return where it would have fired on a day, had its condition held."""
        return cast(Bools, self.ready[day % self.days])

    def had_fired(self, day: Day) -> Bools:
        """Return where it fired on a day."""
        return cast(Bools, self.fired[day % self.days])

    def nowhere(self) -> Bools:
        """Return no, for each row."""
        return falses(*self.shape)
