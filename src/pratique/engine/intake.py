# SPDX-License-Identifier: Apache-2.0
"""What came in at one moment, as arrays over [scenario, row], and how it is taken in.

What the agreement does not allow (a vote with nothing to vote on) changes nothing and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pratique.base.moment import Day
from pratique.engine.arrays import Bools, Moments, Numbers
from pratique.engine.conditions.frame import Frame
from pratique.engine.rows.debts import Debts

YES, NO, ABSTAIN = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Observation:
    """Figures of a measure that speak of a day; not a number: none. Money in minor units."""

    measure: str
    day: Day
    values: Numbers


@dataclass(frozen=True, slots=True)
class Ballots:
    """One voter's ballots on a power's proposals: 0 none, 1 yes, 2 no, 3 abstain."""

    power: str
    voter: int
    cast: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Move:
    """Money or goods that moved into or out of a pool, by the party on the other side.

    `amounts` has a column for each party and, out of a pool, may have a last one for bodies.
    """

    pool: str
    direction: Literal["in", "out"]
    amounts: Moments


@dataclass(slots=True)
class Intake:
    """All that is recorded at one moment."""

    observations: list[Observation] = field(default_factory=list)
    events: dict[str, Bools] = field(default_factory=dict)
    ratified: Bools | None = None
    performed: dict[str, Bools] = field(default_factory=dict)
    proposed: dict[str, Bools] = field(default_factory=dict)
    used: dict[str, Bools] = field(default_factory=dict)
    ballots: list[Ballots] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    started: dict[str, Bools] = field(default_factory=dict)
    """Statuses that begin because a worked case says so; no act does this."""


def take_in(frame: Frame, intake: Intake) -> list[tuple[str, str, Bools]]:
    """Take in all of a moment, and return what could not be: (what, name, where)."""
    standing = frame.standing
    refused: list[tuple[str, str, Bools]] = []
    for seen in intake.observations:
        if seen.day > frame.today:
            refused.append(("report", seen.measure, ~np.isnan(seen.values)))
        else:
            standing.series[seen.measure].observe(seen.day, seen.values)
    for name, where in intake.events.items():
        frame.mark(name, "happens", where)
    if intake.ratified is not None:
        standing.ratified = standing.ratified | intake.ratified
    for ballots in intake.ballots:
        refused.append(("vote", ballots.power, _lay(frame, ballots)))
    for move in intake.moves:
        refused.append(("move", move.pool, _move(frame, move)))
    for name, where in intake.performed.items():
        done = standing.duties[name].done(where)
        frame.mark(name, "done", done)
        refused.append(("perform", name, where & ~done))
    return [one for one in refused if one[2].any()]


def _lay(frame: Frame, ballots: Ballots) -> Bools:
    rows = frame.standing.powers[ballots.power]
    cast: Bools = ballots.cast != 0
    counted = cast & rows.pending
    rows.ballots[ballots.voter] = np.where(counted, ballots.cast, rows.ballots[ballots.voter])
    return cast & ~counted


def _move(frame: Frame, move: Move) -> Bools:
    pool = frame.standing.pools[move.pool]
    if move.direction == "in":
        pool.received = pool.received + move.amounts.sum(axis=1, keepdims=True)
        before = _open_count(pool.claims)
        pool.claims.reduced(move.amounts)
        frame.mark(move.pool, "done", _open_count(pool.claims) < before)
        return np.zeros(move.amounts.shape, dtype=np.bool_)
    amounts = np.zeros(pool.payments.shape, dtype=np.int64)
    amounts[:, : move.amounts.shape[1]] = move.amounts
    before = _open_count(pool.payments)
    left = pool.payments.reduced(amounts)
    pool.paid = pool.paid + (amounts - left).sum(axis=1, keepdims=True)
    frame.mark(move.pool, "paid", _open_count(pool.payments) < before)
    return left > 0


def _open_count(debts: Debts) -> Moments:
    count = np.zeros(debts.shape, dtype=np.int64)
    for slot in debts.slots:
        count += slot.open
    return count
