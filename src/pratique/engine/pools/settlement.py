# SPDX-License-Identifier: Apache-2.0
"""The end of a moment for pools: what falls due, what comes free, what is given, who then owes.

All draws and holds of a moment are met together, from what was available when it began.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from pratique.accord.fields.pools import Cap
from pratique.accord.method import division_of
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import PERCENT, Term
from pratique.base.money import shared_out
from pratique.engine.arrays import Bools, Moments, Numbers, somewhere
from pratique.engine.conditions.frame import Frame
from pratique.engine.membership import bound, drawers
from pratique.engine.parts.amounts import spread_amounts
from pratique.engine.parts.asked import Asked, Drawn, Holding, Owing, Release, Wanted
from pratique.engine.parts.draws import wanted_amounts
from pratique.engine.pools.claims import (
    Claimed,
    raise_claim,
    replenishment,
    stream_claims,
)
from pratique.engine.pools.division import Division, exact_weights, group_floors, met, weights_of
from pratique.engine.rows.pools import Held, PoolRows

_MOST = 2**62


@dataclass(frozen=True, slots=True)
class Released:
    """What came free of what a pool held: amounts [scenario, party; last: bodies]."""

    pool: str
    clause: str
    amounts: Moments


@dataclass(slots=True)
class Settlement:
    """What came of the pools in one moment."""

    draws: list[Drawn] = field(default_factory=list)
    claims: list[Claimed] = field(default_factory=list)
    transfers: list[Owing] = field(default_factory=list)
    released: list[Released] = field(default_factory=list)


def settle(frame: Frame, asked: Asked) -> Settlement:
    """Raise what falls due, let go what is no longer held, meet all draws of the moment."""
    settled = Settlement()
    for rows in frame.standing.pools.values():
        for term in rows.lasting:
            # What lasts must be seen at every moment, also where nothing is drawn.
            frame.standing.machine.function(term)(frame, frame.today)
        settled.claims += stream_claims(frame, rows)
    for owing in asked.transfers:
        _owe(frame, owing, settled)
    for rows in frame.standing.pools.values():
        settled.released += _let_go(frame, rows, asked.released)
        drawn = _draw(frame, rows, asked)
        settled.draws += drawn
        given = sum((one.granted.sum(axis=1) for one in drawn if not one.is_held), start=0)
        settled.claims += replenishment(frame, rows, np.asarray(given))
    return settled


def _owe(frame: Frame, owing: Owing, settled: Settlement) -> None:
    payer, here = owing.transfer.payer, bound(frame)
    if here is not None:
        # Who is not bound owes nothing, and is owed nothing.
        owing.amounts[:, :-1] *= here[:, :, None]
        if not owing.transfer.to_pool:
            owing.amounts[:, :, :-1] *= here[:, None, :]
    owed = owing.amounts.sum(axis=2)
    if not somewhere(owed):
        return
    if pool := owing.transfer.to_pool:
        outside = payer.names[0] if payer.names and somewhere(owed[:, -1]) else ""
        claim = Claimed(pool, owing.clause, owed, owing.due, outside)
        settled.claims.append(raise_claim(frame, frame.standing.pools[pool], claim))
        return
    book = frame.standing.transfers[owing.clause]
    book.raise_debt(owed > 0, frame.now, owing.due, owed)
    settled.transfers.append(owing)


# --- what is held ---------------------------------------------------------------------------------


def _let_go(frame: Frame, rows: PoolRows, releases: list[Release]) -> list[Released]:
    found: list[Released] = []
    kept: list[Held] = []
    for held in rows.holds:
        free = _free(frame, held, releases)
        if free is None or not somewhere(free & (held.amounts > 0)):
            kept.append(held)
            continue
        amounts = np.where(free, held.amounts, 0).sum(axis=1)
        found.append(Released(rows.pool.name, held.clause, amounts))
        left = held.without(free)
        if somewhere(left.amounts):
            kept.append(left)
    rows.holds = kept
    return found


def _free(frame: Frame, held: Held, releases: list[Release]) -> Bools | None:
    """Return where what is held comes free, like its amounts or to be spread to them."""
    if held.until is not None:
        return _changed(frame, held)
    free: Bools | None = None
    for release in releases:
        ends = release.part in ("", held.until_step)
        if held.case is not None and release.procedure == held.clause and ends:
            here = ((held.case == release.number) & (release.number > 0))[:, :, None]
            free = here if free is None else free | here
    return free


def _changed(frame: Frame, held: Held) -> Bools:
    assert held.until is not None
    where = frame.edge(*held.until.key)[:, : len(frame.standing.program.parties)]
    if held.until.party >= 0:
        where = where[:, held.until.party : held.until.party + 1]
    if where.shape[1] in (1, held.amounts.shape[1]):
        return where[:, :, None]
    # One run held for each party: each party's own change lets its part go.
    anywhere = where.any(axis=1, keepdims=True)
    return np.concatenate([where, anywhere], axis=1)[:, None, :]


def _closed(held: Holding, releases: list[Release]) -> Bools | None:
    """Return where the case that asks for a hold is closed in the same moment: nothing is held."""
    closed: Bools | None = None
    for release in releases:
        if held.case is not None and (release.procedure, release.part) == (held.clause, ""):
            here = (held.case == release.number) & (release.number > 0)
            closed = here if closed is None else closed | here
    return None if held.hold.until is not None else closed


def _to_hold(frame: Frame, holding: Holding, unit: int, releases: list[Release]) -> Moments:
    able, closed, named = drawers(frame), _closed(holding, releases), holding.named
    if able is not None:
        named[:, :, :-1] &= able[:, None, :]
    amounts = spread_amounts(named, holding.units, holding.hold.to) * unit
    if closed is not None:
        amounts = np.where(closed[:, :, None], 0, amounts)
    return amounts


# --- what is given --------------------------------------------------------------------------------


def _draw(frame: Frame, rows: PoolRows, asked: Asked) -> list[Drawn]:
    name, unit = rows.pool.name, rows.pool.rounds_to
    draws = [
        (draw, amounts)
        for draw in asked.draws
        if draw.pool == name and somewhere(amounts := wanted_amounts(frame, draw))
    ]
    holds = [
        (holding, amounts)
        for holding in asked.holds
        if holding.pool == name
        and somewhere(amounts := _to_hold(frame, holding, unit, asked.released))
    ]
    if not draws and not holds:
        return []
    wanted = [amounts for _, amounts in draws] + [amounts.sum(axis=1) for _, amounts in holds]
    names = [draw.clause for draw, _ in draws] + [holding.clause for holding, _ in holds]
    granted = _granted(frame, rows, np.stack(wanted, axis=2), names)
    drawn = [
        _commit(frame, rows, draw, (amounts, granted[:, :, index]))
        for index, (draw, amounts) in enumerate(draws)
    ]
    for index, (holding, amounts) in enumerate(holds, len(draws)):
        drawn.append(_hold(rows, holding, amounts, granted[:, :, index]))
    _count(frame, rows, granted[:, :, : len(draws)].sum(axis=2))
    return drawn


def _commit(frame: Frame, rows: PoolRows, draw: Wanted, amounts: tuple[Moments, Moments]) -> Drawn:
    wanted, granted = amounts
    rows.payments.raise_debt(granted > 0, frame.now, draw.due, granted)
    short = wanted - granted
    return Drawn(draw.pool, draw.clause, granted, short, draw.due, _earmarked(rows, granted))


def _earmarked(rows: PoolRows, granted: Moments) -> dict[str, Moments]:
    """Return what of each grant is for people, by their class, rounded up to the unit."""
    unit = rows.pool.rounds_to
    earmarked: dict[str, Moments] = {}
    for floor in rows.pool.floors:
        if floor.for_people:
            units = (granted // unit).astype(object)
            share = floor.share
            part = -(-(units * share.numerator) // share.denominator) * unit
            earmarked[floor.to] = np.minimum(part.astype(np.int64), granted)
    return earmarked


def _hold(rows: PoolRows, holding: Holding, amounts: Moments, granted: Moments) -> Drawn:
    short, unit = amounts.sum(axis=1) - granted, rows.pool.rounds_to
    for scenario, column in np.argwhere(short > 0):
        parts = [int(part) for part in amounts[scenario, :, column]]
        units = shared_out(int(granted[scenario, column]) // unit, parts)
        amounts[scenario, :, column] = [part * unit for part in units]
    case = None if holding.case is None else np.where(amounts.any(axis=2), holding.case, 0)
    if somewhere(granted):
        hold = holding.hold
        rows.hold(Held(holding.clause, amounts, hold.until, hold.until_step, case))
    return Drawn(holding.pool, holding.clause, granted, short, is_held=True)


def _count(frame: Frame, rows: PoolRows, granted: Moments) -> None:
    if somewhere(granted):
        for cap in rows.caps:
            cap.note(granted, frame.standing.program.clock, frame.now)


def _granted(frame: Frame, rows: PoolRows, asked: Moments, clauses: list[str]) -> Moments:
    """Return what each gets, [scenario, column, part], of what each asked."""
    unit = rows.pool.rounds_to
    units = asked // unit
    available = np.maximum(0, rows.opening["available"].astype(np.int64)[:, 0])
    most, limit, kept_for = _limits(frame, rows, units, clauses, available)
    total, others = units.sum(axis=(1, 2)), units[:, :, ~kept_for].sum(axis=(1, 2))
    short = np.flatnonzero((total > most) | (others > limit))
    term = rows.pool.shared_by
    weights = weights_of(frame, term) if term is not None and short.size else None
    for scenario in short:
        asking = units[scenario].any(axis=1)
        own = None if weights is None else _weights(np.where(asking[:-1], weights[scenario], 0))
        whole, part = int(most[scenario]), int(limit[scenario])
        division = _division(frame, rows, own)
        units[scenario] = met(units[scenario], whole, part, kept_for, division)
    return units * unit


def _limits(
    frame: Frame, rows: PoolRows, units: Moments, clauses: list[str], available: Moments
) -> tuple[Moments, Moments, Bools]:
    """Cut what is asked to the parties' caps; return in units what there is in all, what of it is
    for those for whom nothing is kept, and which parts it is kept for.
    """
    unit, held = rows.pool.rounds_to, rows.held_for() if rows.caps and rows.holds else 0
    most = available
    for cap in rows.caps:
        counted, used = cap.used(frame.now), held
        room = _most(frame, cap.cap.most, available) - _within_cap(cap.cap, counted + used)
        if cap.cap.to_one:
            _cut(units, np.maximum(0, room) // unit)
        else:
            most = np.minimum(most, np.maximum(0, room)[:, 0])
    keep = rows.pool.keeps
    if keep is None:
        return most // unit, most // unit, np.zeros(len(clauses), dtype=np.bool_)
    kept = _most(frame, keep.amount, available, at_most=True)[:, 0]
    limit = np.minimum(most, np.maximum(0, available - kept))
    return most // unit, limit // unit, np.array([name in keep.clauses for name in clauses])


def _within_cap(cap: Cap, counted: Moments | int) -> Moments | int:
    if isinstance(counted, int):
        return counted
    return counted[:, :-1] if cap.to_one else counted.sum(axis=1, keepdims=True)


def _most(frame: Frame, term: Term, available: Moments, *, at_most: bool = False) -> Moments:
    """Return a limit in whole units, [scenario, party or 1]; unknown: its least (or its most)."""
    if term.type == PERCENT and term.is_constant:
        share = constant_value(term)
        exact = available * share.numerator
        # What is kept back is not less than its share, what is given at most not more.
        rounded = -(-exact // share.denominator) if at_most else exact // share.denominator
        return np.asarray(rounded[:, None])
    low, high = frame.standing.machine.function(term)(frame, frame.today)
    value = np.atleast_2d(np.asarray(high if at_most else low, dtype=np.float64))
    value = np.nan_to_num(value, nan=float(_MOST) if at_most else 0.0)
    if term.type == PERCENT:
        value = value * available[:, None]
    whole: Moments = np.floor(np.clip(value, 0, float(_MOST)) + 1e-6).astype(np.int64)
    return np.broadcast_to(whole, (frame.standing.scenarios, whole.shape[1]))


def _cut(units: Moments, room: Moments) -> None:
    """Cut each party's draws of the moment to what its cap leaves, in proportion."""
    parties = units.shape[1] - 1
    room = np.broadcast_to(room, (units.shape[0], parties))
    for scenario, party in np.argwhere(units[:, :-1].sum(axis=2) > room):
        parts = [int(part) for part in units[scenario, party]]
        units[scenario, party] = shared_out(int(room[scenario, party]), parts)


def _division(frame: Frame, rows: PoolRows, weights: list[Fraction] | None) -> Division:
    floors = group_floors(frame.standing.program.groups, rows.pool)
    if not rows.pool.divider:
        return Division(weights, None, floors)
    return Division(None, _method(frame, rows, weights), floors)


def _weights(weights: Numbers) -> list[Fraction] | None:
    """Return the columns' weights; None where one that asks is not known, or all are 0."""
    if somewhere(np.isnan(weights)):
        return None
    exact = [*exact_weights(weights), Fraction(0)]
    return exact if any(exact) else None


def _method(
    frame: Frame, rows: PoolRows, weights: list[Fraction] | None
) -> Callable[[int, list[int]], list[int]] | None:
    method = frame.standing.program.methods[rows.pool.divider]
    if method.takes and weights is None:
        return None
    given = np.array([[float(weight) for weight in weights or ()]]) if method.takes else None
    unit = rows.pool.rounds_to

    def divided(units: int, asked: list[int]) -> list[int]:
        whole, each = np.array([units * unit]), np.array([asked], dtype=np.int64) * unit
        parts = division_of(method, whole, each, weights=given, unit=unit)[0]
        return [int(part) // unit for part in parts]

    return divided
