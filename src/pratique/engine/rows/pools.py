# SPDX-License-Identifier: Apache-2.0
"""A pool: what came in and went out, what is claimed, promised, held, what counts to its caps."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from pratique.accord.fields.pools import Cap
from pratique.accord.kinds.pool import Pool
from pratique.accord.terms.values import TEMPORAL, EdgeRef
from pratique.base.duration import leaves_window
from pratique.base.moment import NEVER, Clock, Moment
from pratique.engine.arrays import Bools, Moments, moments, parted, somewhere
from pratique.engine.rows.debts import Debts


@dataclass(frozen=True, slots=True)
class Held:
    """What is held by one effect: amounts [scenario, run of its clause, party; last: bodies].

    Until a change; or until the case numbered so, [scenario, run], has done a step or is closed.
    """

    clause: str
    amounts: Moments
    until: EdgeRef | None
    until_step: str = ""
    case: Moments | None = None

    def takes(self, other: Held) -> bool:
        """Say whether what is newly held can be kept with it: alike, and for no other case."""
        if (self.clause, self.until, self.until_step) != (
            other.clause,
            other.until,
            other.until_step,
        ):
            return False
        if self.case is None or other.case is None:
            return self.case is other.case
        apart = (self.case != other.case) & (self.case != 0) & (other.case != 0)
        return not somewhere(apart)

    def joined(self, other: Held) -> Held:
        """Return the two kept together."""
        case = self.case
        if case is not None and other.case is not None:
            case = np.where(other.case != 0, other.case, case)
        return replace(self, amounts=self.amounts + other.amounts, case=case)

    def without(self, released: Bools) -> Held:
        """Return what is left; `released`: where nothing is, like the amounts."""
        left = np.where(released, 0, self.amounts)
        case = None if self.case is None else np.where(left.any(axis=2), self.case, 0)
        return replace(self, amounts=left, case=case)


class CapRows:
    """What has been given within a cap's window: when it leaves it, and how much, by column."""

    def __init__(self, cap: Cap) -> None:
        self.cap = cap
        self.given: list[tuple[Moment, Moments]] = []

    def used(self, now: Moment) -> Moments | int:
        """Return what counts at a moment, [scenario, party; last: bodies]; 0: nothing."""
        self.given = [one for one in self.given if one[0] > now]
        return sum((amounts for _, amounts in self.given), start=0)

    def note(self, amounts: Moments, clock: Clock, now: Moment) -> None:
        """Note what is given now."""
        within = self.cap.within
        if within is None and self.cap.is_share:
            return
        leaves = NEVER if within is None else leaves_window(clock, now, within)
        # One entry for all that leaves together: as many as the window has days.
        if self.given and self.given[-1][0] == leaves:
            self.given[-1] = (leaves, self.given[-1][1] + amounts)
        else:
            self.given.append((leaves, amounts))

    def copy(self) -> CapRows:
        """Return an independent copy. What was given is never written to."""
        twin = CapRows(self.cap)
        twin.given = list(self.given)
        return twin


class PoolRows:
    """A pool: what came in and went out, what is claimed, promised and held, in whole units.

    `claims`, `payments` and what is held have a row for each party and a last one for bodies.
    """

    def __init__(
        self, pool: Pool, scenarios: int, parties: int, *, reads: Collection[str] = ()
    ) -> None:
        self.pool = pool
        self.reads = frozenset(reads) - {"available"}
        """What conditions read of it besides what is available."""
        self.lasting = tuple(
            term for term in pool.terms() if any(node.op in TEMPORAL for node in term.walk())
        )
        """Those of its terms that say how long something has lasted."""
        self.received = moments(scenarios, 1, 0)
        self.paid = moments(scenarios, 1, 0)
        self.claims = Debts(scenarios, parties + 1)
        self.payments = Debts(scenarios, parties + 1)
        self.holds: list[Held] = []
        self.caps = [CapRows(cap) for cap in pool.caps]
        self.waiting: list[Bools | None] = [None for _ in pool.streams]
        """Where a stream's claims wait: to be bound for the first time, or for its key."""
        self.opening: dict[str, Any] = {}

    @property
    def committed(self) -> Moments:
        """What is promised and not yet paid, [scenario, 1]."""
        promised: Moments = self.payments.owed().sum(axis=1, keepdims=True)
        return promised

    @property
    def owed(self) -> Moments:
        """What is claimed and not yet paid in, [scenario, 1]."""
        claimed: Moments = self.claims.owed().sum(axis=1, keepdims=True)
        return claimed

    @property
    def available(self) -> Moments:
        """What may still be promised, [scenario, 1]."""
        left = self.received - self.paid
        if self.payments.slots:
            left = left - self.committed
        return left - self.held if self.holds else left

    @property
    def held(self) -> Moments:
        """What is held, [scenario, 1]."""
        return np.asarray(self.held_for().sum(axis=1, keepdims=True))

    def held_for(self) -> Moments:
        """Return what is held, [scenario, party; last: bodies]."""
        total = moments(*self.claims.shape, 0)
        for held in self.holds:
            total += held.amounts.sum(axis=1)
        return total

    def hold(self, held: Held) -> None:
        """Hold something."""
        for index, before in enumerate(self.holds):
            if before.takes(held):
                self.holds[index] = before.joined(held)
                return
        self.holds.append(held)

    def note_opening(self) -> None:
        """Note what all clauses of a moment read of it."""
        self.opening = {
            name: getattr(self, name).astype(np.float64) for name in ("available", *self.reads)
        }

    def copy(self) -> PoolRows:
        """Return an independent copy."""
        return cast(PoolRows, parted(self))

    def stops(self, after: Moment) -> list[Moment]:
        """Return the next moments at which something of it may mature."""
        return [self.claims.next_due(after), self.payments.next_due(after)]
