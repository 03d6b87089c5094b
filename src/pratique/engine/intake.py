# SPDX-License-Identifier: Apache-2.0
"""What came in at one moment, as arrays over [scenario, row], and how it is taken in.

What the agreement does not allow (a vote with nothing to vote on) changes nothing and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from pratique.base.moment import Day
from pratique.engine.arrays import Bools, Moments, Numbers
from pratique.engine.conditions.frame import Frame
from pratique.engine.rows.cases import Fields
from pratique.engine.rows.debts import Debts
from pratique.engine.rows.records import Answers

if TYPE_CHECKING:
    from pratique.engine.standing import Standing

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

    `amounts` has a column for each party and may have a last one for bodies. `lost`: gone out of
    the pool without a payment. `between`: paid by those who owe it under a clause, given as `pool`.
    """

    pool: str
    direction: Literal["in", "out", "lost", "between"]
    amounts: Moments


@dataclass(frozen=True, slots=True)
class Opening:
    """Cases opened: where, and what they record; `said`: as the acts wrote it, by row, if live."""

    procedure: str
    where: Bools
    fields: Fields
    said: dict[int, Answers] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepAct:
    """An act that performs a step, of a case by its number, or (0) of the oldest that stands there.

    `anywhere`: the oldest of all rows, not of each. `actor`: which of the step's actors it is;
    `party`: which party acts (-1: none). `where`: on which rows; `fields`: what it records.
    """

    procedure: str
    step: int
    where: Bools
    fields: Fields
    actor: int = 0
    party: int = -1
    case: int = 0
    anywhere: bool = False
    said: Answers = field(default_factory=dict)
    either: int = 0
    """Of several with one such number, one is taken in: the same act, by whichever actor fits."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """An act that takes back what a case of one scenario granted."""

    procedure: str
    row: int
    case: int
    scenario: int = 0


@dataclass(slots=True)
class Intake:
    """All that is recorded at one moment."""

    observations: list[Observation] = field(default_factory=list)
    events: dict[str, Bools] = field(default_factory=dict)
    ratified: Bools | None = None
    signed: Bools | None = None
    left: Bools | None = None
    performed: dict[str, Bools] = field(default_factory=dict)
    performed_at: dict[str, Moments] = field(default_factory=dict)
    """When what was performed had happened, if that is not when it was recorded; else NEVER."""
    performed_of: dict[str, Moments] = field(default_factory=dict)
    """When the debt was raised that an act says it performs; else NEVER: the oldest."""
    proposed: dict[str, Bools] = field(default_factory=dict)
    used: dict[str, Bools] = field(default_factory=dict)
    ballots: list[Ballots] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    opened: list[Opening] = field(default_factory=list)
    steps: list[StepAct] = field(default_factory=list)
    revoked: list[Revocation] = field(default_factory=list)
    amounts: dict[str, Moments] = field(default_factory=dict)
    """What acts say for `up to`, by power, in whole units [scenario, row]; -1: nothing said."""
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
    refused += _consents(standing, intake)
    for ballots in intake.ballots:
        refused.append(("vote", ballots.power, _lay(frame, ballots)))
    for move in intake.moves:
        refused.append(("move", move.pool, _move(frame, move)))
    for name, where in intake.performed.items():
        refused.append(("perform", name, where & ~_perform(frame, intake, name, where)))
    return [one for one in refused if one[2].any()]


def _consents(standing: Standing, intake: Intake) -> list[tuple[str, str, Bools]]:
    if intake.signed is not None:
        standing.signed = standing.signed | intake.signed
    if intake.ratified is not None:
        standing.ratified = standing.ratified | intake.ratified
        standing.signed = standing.signed | intake.ratified
        # Who has left and ratifies again is a party again.
        standing.left = standing.left & ~intake.ratified
    if intake.left is None:
        return []
    if not standing.program.membership:
        # A treaty that says nothing of withdrawal is not left (VCLT 1969 art. 56).
        return [("consent", "withdraw", intake.left)]
    standing.left = standing.left | intake.left
    return []


def _perform(frame: Frame, intake: Intake, name: str, where: Bools) -> Bools:
    debts, raised = frame.standing.duties[name], intake.performed_of.get(name)
    when = intake.performed_at.get(name)
    if when is not None:
        late = debts.reported_late(where, when, raised=raised)
        if late.any():
            frame.mark(name, "reported_late", late)
    done = debts.done(where, raised=raised)
    frame.mark(name, "done", done)
    return done


def _lay(frame: Frame, ballots: Ballots) -> Bools:
    rows = frame.standing.powers[ballots.power]
    cast: Bools = ballots.cast != 0
    counted = cast & rows.pending
    if rows.entitled is not None:
        counted = counted & rows.entitled[ballots.voter]
    rows.ballots[ballots.voter] = np.where(counted, ballots.cast, rows.ballots[ballots.voter])
    return cast & ~counted


def _move(frame: Frame, move: Move) -> Bools:
    standing = frame.standing
    amounts = np.zeros((standing.scenarios, len(standing.program.parties) + 1), dtype=np.int64)
    amounts[:, : move.amounts.shape[1]] = move.amounts
    if move.direction == "between":
        return _reduced(frame, standing.transfers[move.pool], move.pool, "paid", amounts) > 0
    pool = standing.pools[move.pool]
    if move.direction == "in":
        pool.received = pool.received + amounts.sum(axis=1, keepdims=True)
        _reduced(frame, pool.claims, move.pool, "done", amounts)
        return np.zeros(amounts.shape, dtype=np.bool_)
    if move.direction == "lost":
        # What is gone is gone; more than was there cannot be.
        lost = np.minimum(amounts.sum(axis=1, keepdims=True), pool.received - pool.paid)
        pool.paid = pool.paid + lost
        return np.asarray(amounts.sum(axis=1, keepdims=True) > lost)
    # What is not there cannot have gone out, even if it is owed.
    there = amounts.sum(axis=1, keepdims=True) <= pool.received - pool.paid
    left = _reduced(frame, pool.payments, move.pool, "paid", amounts * there)
    pool.paid = pool.paid + (amounts * there - left).sum(axis=1, keepdims=True)
    return np.asarray((left > 0) | ((amounts > 0) & ~there))


def _reduced(frame: Frame, debts: Debts, name: str, edge: str, amounts: Moments) -> Moments:
    """Pay amounts off what is owed, note whose debt that ends, and return what was left over."""
    before = _open_count(debts)
    left = debts.reduced(amounts)
    frame.mark(name, edge, _open_count(debts) < before)
    return left


def _open_count(debts: Debts) -> Moments:
    count = np.zeros(debts.shape, dtype=np.int64)
    for slot in debts.slots:
        count += slot.open
    return count
