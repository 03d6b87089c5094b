# SPDX-License-Identifier: Apache-2.0
"""What falls due to pools: contributions of their streams, payments into them, replenishment.

A claim is only that: what a pool holds changes when something moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pratique.accord.fields.pools import Stream
from pratique.base.duration import Duration, period_end
from pratique.base.moment import Moment
from pratique.base.money import shared_out
from pratique.engine.arrays import Bools, Moments, Numbers, somewhere
from pratique.engine.conditions.frame import Frame
from pratique.engine.membership import within
from pratique.engine.pools.division import exact_weights, weights_of
from pratique.engine.rows.pools import PoolRows
from pratique.engine.schedule import spell_end


@dataclass(frozen=True, slots=True)
class Claimed:
    """What fell due to a pool: amounts [scenario, party; last: bodies], of whom `body` is meant."""

    pool: str
    clause: str
    amounts: Moments
    due: Moment
    body: str = ""


def raise_claim(frame: Frame, rows: PoolRows, claim: Claimed) -> Claimed:
    """Raise a claim of a pool, and return it."""
    where = claim.amounts > 0
    rows.claims.raise_debt(where, frame.now, claim.due, claim.amounts)
    frame.mark(claim.pool, "claimed", where)
    return claim


def stream_claims(frame: Frame, rows: PoolRows) -> list[Claimed]:
    """Raise what falls due of a pool's streams now, and return it."""
    claims: list[Claimed] = []
    for index, stream in enumerate(rows.pool.streams):
        waiting = rows.waiting[index]
        begins = (stream.dues or stream.key is not None) and _begins(frame, rows, index)
        if begins:
            # Each spell is claimed of those whom it binds as it begins; once is once for each.
            waiting = bound_columns(frame, rows) if stream.every else _everyone(rows)
        if waiting is None:
            continue
        found, left = _fallen_due(frame, rows, stream, waiting)
        rows.waiting[index] = left if somewhere(left) else None
        claims += [raise_claim(frame, rows, claim) for claim in found]
    return claims


def _everyone(rows: PoolRows) -> Bools:
    return np.ones(rows.claims.shape, dtype=np.bool_)


def _begins(frame: Frame, rows: PoolRows, index: int) -> bool:
    standing, stream = frame.standing, rows.pool.streams[index]
    if stream.every is not None:
        key = f"{rows.pool.name} {index}"
        return spell_end(standing, key, stream.begins, stream.every, frame.now) is not None
    start = standing.begins
    if stream.begins is not None:
        start = max(start, standing.program.clock.start(stream.begins))
    return start <= frame.now and (standing.serial == 1 or start > standing.now)


def bound_columns(frame: Frame, rows: PoolRows) -> Bools:
    """Return whom a pool's claims bind, [scenario, party; last: bodies, if it binds anyone]."""
    here = within(frame, rows.pool.name)
    bound = _everyone(rows)
    if here is not None:
        bound[:, :-1] = here
        bound[:, -1] = here.any(axis=1)
    return bound


def _fallen_due(
    frame: Frame, rows: PoolRows, stream: Stream, waiting: Bools
) -> tuple[list[Claimed], Bools]:
    """Return what falls due of a stream, and where it waits on."""
    here = waiting & bound_columns(frame, rows)
    if not somewhere(here):
        return [], waiting
    due = due_moment(frame, stream.within)
    name = rows.pool.name
    if stream.key is None:
        claims = [
            Claimed(name, name, amounts * here, due, body) for body, amounts in _dues(frame, stream)
        ]
        return [claim for claim in claims if somewhere(claim.amounts)], waiting & ~here
    weights = weights_of(frame, stream.key)
    ready = _ready(weights, here[:, :-1])
    amounts = np.zeros(rows.claims.shape, dtype=np.int64)
    for scenario in np.flatnonzero(ready):
        own = exact_weights(np.where(here[scenario, :-1], weights[scenario], 0))
        amounts[scenario, :-1] = shared_out(stream.amount, own)
    claim = Claimed(name, name, amounts, due)
    return ([claim] if somewhere(amounts) else []), waiting & ~ready[:, None]


def _dues(frame: Frame, stream: Stream) -> list[tuple[str, Moments]]:
    """Return what is owed by column: of the parties, then of each body by its name."""
    parties = frame.standing.program.parties
    dues = dict(stream.dues)
    own = np.array([dues.get(party, 0) for party in parties] + [0], dtype=np.int64)
    columns = [("", own)]
    for body, amount in stream.dues:
        if body not in parties:
            columns.append((body, np.array([0] * len(parties) + [amount], dtype=np.int64)))
    return columns


def due_moment(frame: Frame, time: Duration | None) -> Moment:
    """Return when a claim of now is due: within a time, else at the end of its first day."""
    clock = frame.standing.program.clock
    if time is not None:
        return period_end(clock, frame.now, time)
    return clock.start(frame.today + 1)


def _ready(weights: Numbers, here: Bools) -> Bools:
    """Return the scenarios in which the weights of all who are meant are known, and not all 0."""
    unknown = (np.isnan(weights) & here).any(axis=1)
    some = (np.where(here, np.nan_to_num(weights), 0) > 0).any(axis=1)
    return np.asarray(some & ~unknown)


# --- replenishment --------------------------------------------------------------------------------


def replenishment(frame: Frame, rows: PoolRows, given: Moments) -> list[Claimed]:
    """Raise claims for what a pool gave in this moment, [scenario], and return them."""
    if rows.pool.replenished_within is None or not somewhere(given):
        return []
    bound = bound_columns(frame, rows)
    parties = frame.standing.program.parties
    payers = [*parties, *(name for name, _ in _portions(rows) if name not in parties)]
    amounts = np.zeros((len(payers), *rows.claims.shape), dtype=np.int64)
    first = _first_shared(rows)
    keyed = weights_of(frame, first.key) if first is not None and first.key is not None else None
    for scenario in np.flatnonzero(given):
        key = None if keyed is None else keyed[scenario]
        weights = _proportions(dict(_portions(rows)), payers, bound[scenario], key)
        for index, part in enumerate(shared_out(int(given[scenario]), weights)):
            amounts[index, scenario, min(index, len(parties))] = part
    due, name = due_moment(frame, rows.pool.replenished_within), rows.pool.name
    own = Claimed(name, name, amounts[: len(parties)].sum(axis=0), due)
    claims = [own] + [
        Claimed(name, name, amounts[index], due, payers[index])
        for index in range(len(parties), len(payers))
    ]
    return [raise_claim(frame, rows, claim) for claim in claims if somewhere(claim.amounts)]


def _portions(rows: PoolRows) -> tuple[tuple[str, Fraction], ...]:
    """Return the shares of the first stream that is shared, unless a keyed one comes before it."""
    first = _first_shared(rows)
    return first.shares if first is not None else ()


def _first_shared(rows: PoolRows) -> Stream | None:
    return next((s for s in rows.pool.streams if s.shares or s.key is not None), None)


def _proportions(
    shares: Mapping[str, Fraction], payers: Sequence[str], bound: Bools, key: Numbers | None
) -> list[Fraction]:
    """Return each payer's weight in one scenario; equal ones of the parties where none is known."""
    parties = len(bound) - 1
    equal = [Fraction(int(here)) for here in bound[:-1]]
    equal += [Fraction(0)] * (len(payers) - parties)
    if key is not None:
        known = _ready(key[None, :], bound[None, :-1])[0]
        return exact_weights(np.where(bound[:-1], key, 0)) if known else equal
    own = [
        shares.get(payer, Fraction(0)) * int(bound[min(index, parties)])
        for index, payer in enumerate(payers)
    ]
    return own if any(own) else equal
