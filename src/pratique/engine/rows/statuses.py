# SPDX-License-Identifier: Apache-2.0
"""A status, row by row: on or off, since when, until when."""

from __future__ import annotations

from pratique.accord.kinds.status import Status
from pratique.base.moment import NEVER
from pratique.engine.arrays import Truth, falses, moments


class StatusRows:
    """A status: on or off; `unsure` where a `while` condition is undetermined and it is off."""

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

    def truth(self) -> Truth:
        """Return where it surely holds, and where surely not."""
        return self.on, ~(self.on | self.unsure)
