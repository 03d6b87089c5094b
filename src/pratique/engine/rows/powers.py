# SPDX-License-Identifier: Apache-2.0
"""A power, row by row: the pending proposal, its ballots, a use that waits for confirming."""

from __future__ import annotations

from typing import cast

import numpy as np

from pratique.accord.electorate import Electorate
from pratique.accord.kinds.power import Power
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Bools, Moments, earliest, falses, moments, parted, somewhere
from pratique.engine.rows.uses import Uses


class PowerRows:
    """A power: the pending proposal of each row, if any, and the ballots laid with it.

    Ballots are [elector, scenario, row], in the order of the electorate. `entitled`: who was when
    the vote opened, kept where that can change; `recused`: the parties that stand aside.
    """

    def __init__(
        self,
        power: Power,
        scenarios: int,
        rows: int,
        electorate: Electorate | None,
    ) -> None:
        self.power = power
        self.electorate = electorate
        self.is_open = falses(scenarios, rows)
        self.pending = falses(scenarios, rows)
        self.opened = moments(scenarios, rows, NEVER)
        self.closes = moments(scenarios, rows, NEVER)
        electors = electorate.electors if electorate is not None else ()
        self.ballots = np.zeros((len(electors), scenarios, rows), dtype=np.int8)
        self.seats = _seats(electorate)
        varies = electorate is not None and electorate.varies
        self.entitled = np.zeros(self.ballots.shape, dtype=np.bool_) if varies else None
        self.seen: Bools | None = None
        """Who was entitled when votes were last counted."""
        self.recused: Bools | None = None
        self.recount: Moment = NEVER
        """The moment after a change of what an outcome hangs on, besides ballots."""
        self.said = moments(scenarios, rows, -1) if _asks_how_much(power) else None
        """For `up to`: what the act said, -1 where it said nothing."""
        self.takes_effect = moments(scenarios, rows, NEVER) if power.notice else None
        """When the notice of a use is over."""
        self.used_at = moments(scenarios, rows, NEVER) if power.confirmed_by else None
        self.confirm_by = moments(scenarios, rows, NEVER) if power.confirmed_by else None
        """Until when the latest use must be confirmed."""
        self.uses = Uses(power.at_most, scenarios, rows)

    def copy(self) -> PowerRows:
        """Return an independent copy."""
        return cast(PowerRows, parted(self))

    def stops(self, after: Moment) -> list[Moment]:
        """Return the next moments at which something of it may mature."""
        found = self.uses.stops(after)
        if self.electorate is not None:
            if somewhere(self.pending):
                found.append(earliest(self.closes, after))
            found += [self.recount] if self.recount > after else []
        waiting = (self.takes_effect, self.confirm_by)
        return found + [earliest(until, after) for until in waiting if until is not None]

    def busy(self) -> Bools:
        """Return where a proposal is pending, or a use waits for its notice or confirmation."""
        busy = self.pending
        for until in (self.takes_effect, self.confirm_by):
            if until is not None:
                busy = busy | (until != NEVER)
        return busy


def _seats(electorate: Electorate | None) -> Moments | None:
    """Return how many votes each ballot counts, [elector, 1, 1]; None where each counts one."""
    seats = [one.seats for one in electorate.electors] if electorate is not None else []
    if all(each == 1 for each in seats):
        return None
    return np.asarray(seats, dtype=np.int64).reshape(-1, 1, 1)


def _asks_how_much(power: Power) -> bool:
    return any(getattr(effect, "up_to", False) for effect in power.effects)
