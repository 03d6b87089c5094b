# SPDX-License-Identifier: Apache-2.0
"""A status, row by row: on or off, since when, until when."""

from __future__ import annotations

from typing import cast

from pratique.accord.kinds.status import Status
from pratique.base.moment import BEFORE, NEVER, Moment
from pratique.engine.arrays import (
    Bools,
    Moments,
    Truth,
    earliest,
    falses,
    moments,
    parted,
    somewhere,
)


class StatusRows:
    """A status: on or off; `unsure` where its `while` condition is undetermined, also while on."""

    def __init__(self, status: Status, scenarios: int, rows: int) -> None:
        self.status = status
        self.on = falses(scenarios, rows)
        self.unsure = falses(scenarios, rows)
        self.since = moments(scenarios, rows, NEVER)
        self.until = moments(scenarios, rows, NEVER)
        self.lingers_until = moments(scenarios, rows, NEVER)
        self.armed = ~falses(scenarios, rows)
        self.ended = falses(scenarios, rows)
        """Where its condition has surely ended since it last surely held."""
        self._truth: tuple[Bools, Bools, Bools] | None = None
        """What was last said of its truth: `on` and `unsure` then, and where surely not."""
        self.winding_until: Moments | None = None
        """Until when what was begun under it stays valid after its end; BEFORE: it never ended."""
        if status.winds_down is not None:
            self.winding_until = moments(scenarios, rows, BEFORE)

    def truth(self) -> Truth:
        """Return where it surely holds, and where surely not."""
        said = self._truth
        # Both are replaced, never written to.
        if said is None or said[0] is not self.on or said[1] is not self.unsure:
            said = self._truth = (self.on, self.unsure, ~(self.on | self.unsure))
        return said[0], said[2]

    def lasting(self, now: Moment) -> Bools:
        """Return where it is on, or is winding down."""
        return self.on if self.winding_until is None else self.on | (self.winding_until > now)

    def copy(self) -> StatusRows:
        """Return an independent copy."""
        return cast(StatusRows, parted(self))

    def stops(self, after: Moment) -> list[Moment]:
        """Return the next moments at which something of it may mature."""
        # What is off ends no more.
        arrays = [self.until] if somewhere(self.on) else []
        if arrays and self.status.lingers is not None:
            arrays.append(self.lingers_until)
        if self.winding_until is not None:
            arrays.append(self.winding_until)
        return [earliest(array, after) for array in arrays]
