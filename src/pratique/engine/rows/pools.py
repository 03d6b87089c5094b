# SPDX-License-Identifier: Apache-2.0
"""A pool: what came in and went out, what is claimed and what is committed."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.accord.kinds.pool import Pool
from pratique.engine.arrays import Moments, moments
from pratique.engine.rows.debts import Debts


class PoolRows:
    """A pool: what came in and went out, what is claimed and what is committed, in whole units.

    `payments` has a row for each party and a last one for bodies.
    """

    def __init__(self, pool: Pool, scenarios: int, parties: int) -> None:
        self.pool = pool
        self.received = moments(scenarios, 1, 0)
        self.paid = moments(scenarios, 1, 0)
        self.claims = Debts(scenarios, parties)
        self.payments = Debts(scenarios, parties + 1)
        self.opening: dict[str, Any] = {}

    @property
    def committed(self) -> Moments:
        """What is promised and not yet paid, [scenario, 1]."""
        promised: Moments = self.payments.owed().sum(axis=1, keepdims=True)
        return promised

    @property
    def available(self) -> Moments:
        """What may still be promised, [scenario, 1]."""
        return self.received - self.paid - self.committed

    def note_opening(self) -> None:
        """Note what all clauses of a moment read of it."""
        committed = self.committed
        amounts = {
            "available": self.received - self.paid - committed,
            "received": self.received,
            "paid": self.paid,
            "committed": committed,
        }
        self.opening = {name: amount.astype(np.float64) for name, amount in amounts.items()}
