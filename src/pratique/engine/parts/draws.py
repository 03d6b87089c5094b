# SPDX-License-Identifier: Apache-2.0
"""Draws on pools: what they ask for, and how those of one moment are met together."""

from __future__ import annotations

import numpy as np

from pratique.accord.terms.values import Draw, Effect, Who
from pratique.base.duration import period_end
from pratique.base.moment import NEVER
from pratique.base.money import shared_out
from pratique.engine.arrays import Bools, Moments
from pratique.engine.conditions.frame import Frame
from pratique.engine.parts.asked import Asked, Drawn, Wanted


def amount_known(frame: Frame, effects: tuple[Effect, ...], fired: Bools) -> Bools:
    """Return where a clause fires and every amount that its effects draw is known."""
    known = fired
    for effect in effects:
        if isinstance(effect, Draw) and effect.amount is not None and not effect.amount.is_constant:
            low, high = frame.standing.machine.function(effect.amount)(frame, frame.today)
            same = np.asarray(low == high)
            known = known & (
                same.all(axis=1, keepdims=True) if fired.shape[1] == 1 and same.ndim > 1 else same
            )
    return known


def wanted(frame: Frame, clause: str, draw: Draw, fired: Bools) -> Wanted:
    """Return what a draw asks for where its clause has fired."""
    scenarios, parties = fired.shape[0], len(frame.standing.program.parties)
    amounts = np.zeros((scenarios, parties + 1), dtype=np.int64)
    whole = _whole(frame, draw, fired.shape)
    for row in range(fired.shape[1]):
        here = fired[:, row : row + 1]
        if here.any():
            amounts += _given(frame, draw, here, whole[:, row], row if fired.shape[1] > 1 else -1)
    due = period_end(frame.standing.program.clock, frame.now, draw.within) if draw.within else NEVER
    return Wanted(draw.pool, clause, amounts, due)


def _whole(frame: Frame, draw: Draw, shape: tuple[int, int]) -> Moments:
    if draw.share is not None:
        available = frame.standing.pools[draw.pool].opening["available"].astype(np.int64)
        whole = np.maximum(0, available) * draw.share.numerator // draw.share.denominator
    else:
        assert draw.amount is not None
        low, _ = frame.standing.machine.function(draw.amount)(frame, frame.today)
        # Amounts are exact below 2**53; the sliver undoes the rounding of shares such as 0.29.
        whole = np.maximum(
            0, np.floor(np.nan_to_num(np.asarray(low), posinf=0, neginf=0) + 1e-6)
        ).astype(np.int64)
    return np.broadcast_to(whole, shape)


def _given(frame: Frame, draw: Draw, here: Bools, whole: Moments, row: int) -> Moments:
    parties = frame.standing.program.parties
    given = np.zeros((here.shape[0], len(parties) + 1), dtype=np.int64)
    amount = np.where(here[:, 0], whole, 0)
    form = draw.to.form
    if form == "named" and draw.to.names[0] not in parties:
        given[:, -1] = amount
    elif form == "named":
        given[:, parties.index(draw.to.names[0])] = amount
    elif form == "that" and row >= 0:
        given[:, row] = amount
    else:
        places = _places(frame, draw.to, here, row)
        in_shares = form in ("all", "any", "that") or draw.share is not None
        given[:, :-1] = (
            _equal_shares(amount, places) if in_shares else np.where(places, amount[:, None], 0)
        )
    return given


def _places(frame: Frame, who: Who, here: Bools, row: int) -> Bools:
    parties = len(frame.standing.program.parties)
    places = np.broadcast_to(here, (here.shape[0], parties)).copy()
    if who.form == "other" and row >= 0:
        places[:, row] = False
    if who.form == "where" and who.condition is not None:
        places &= frame.standing.machine.function(who.condition)(frame, frame.today)[0]
    return places


def _equal_shares(amount: Moments, places: Bools) -> Moments:
    # Equal weights have equal remainders: what is left over goes in order of declaration.
    count = np.maximum(1, places.sum(axis=1))
    rank = np.cumsum(places, axis=1) - 1
    share, rest = amount // count, amount % count
    return np.where(places, share[:, None] + (rank < rest[:, None]), 0)


def settle_draws(frame: Frame, asked: Asked) -> list[Drawn]:
    """Meet all draws of the moment together, commit what is granted, and return what was drawn."""
    drawn: list[Drawn] = []
    for name, pool in frame.standing.pools.items():
        wanted = [draw for draw in asked.draws if draw.pool == name and draw.amounts.any()]
        if not wanted:
            continue
        available = pool.opening["available"].astype(np.int64)
        for draw, granted in zip(wanted, _granted(wanted, available), strict=True):
            pool.payments.raise_debt(granted > 0, frame.now, draw.due, granted)
            drawn.append(Drawn(name, draw.clause, granted, draw.amounts - granted, draw.due))
    return drawn


def _granted(wanted: list[Wanted], available: Moments) -> list[Moments]:
    # Pro rata with largest remainder; ties by party in order of declaration, then by part.
    asked = np.stack([draw.amounts for draw in wanted], axis=2)
    granted = asked.copy()
    total = asked.sum(axis=(1, 2))
    for scenario in np.flatnonzero(total > available[:, 0]):
        weights = [int(weight) for weight in asked[scenario].ravel()]
        parts = shared_out(max(0, int(available[scenario, 0])), weights)
        granted[scenario] = np.asarray(parts, dtype=np.int64).reshape(asked.shape[1:])
    return [granted[:, :, index] for index in range(len(wanted))]
