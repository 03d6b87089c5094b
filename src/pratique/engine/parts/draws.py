# SPDX-License-Identifier: Apache-2.0
"""Draws on pools: what effects ask for, by recipient. What a pool can give is not asked here."""

from __future__ import annotations

import numpy as np

from pratique.accord.kinds.pool import Pool
from pratique.accord.terms.values import Draw, Effect, Hold, Transfer
from pratique.base.duration import period_end
from pratique.base.moment import NEVER
from pratique.engine.arrays import Bools, Moments, Numbers, somewhere
from pratique.engine.conditions.frame import Frame
from pratique.engine.membership import drawers
from pratique.engine.parts.amounts import spread_amounts, whole_amounts
from pratique.engine.parts.asked import Wanted
from pratique.engine.parts.recipients import recipients
from pratique.engine.pools.division import Division, exact_weights, group_floors, weights_of


def amount_known(frame: Frame, effects: tuple[Effect, ...], fired: Bools) -> Bools:
    """Return where a clause fires and every amount (and weight) that its effects ask is known."""
    known = fired
    for effect in effects:
        amount = effect.amount if isinstance(effect, Draw | Hold | Transfer) else None
        machine = frame.standing.machine
        if amount is not None and not (somewhere(fired) or id(amount) in machine.lasting):
            # Where nothing fires nothing is asked; but what time plays a part in must be seen.
            continue
        if amount is not None and not amount.is_constant:
            low, high = frame.standing.machine.function(amount)(frame, frame.today)
            same = np.asarray(low == high)
            known = known & (
                same.all(axis=1, keepdims=True) if fired.shape[1] == 1 and same.ndim > 1 else same
            )
        if isinstance(effect, Draw) and somewhere(known):
            known = _weights_known(frame, effect, known)
    return known


def _weights_known(frame: Frame, draw: Draw, fired: Bools) -> Bools:
    weights = _weights(frame, frame.standing.program.pools[draw.pool])
    if weights is None or not in_all(draw, fired.shape[1]):
        return fired
    missing = np.isnan(weights)[:, None, :] & _able(frame, draw, fired)[:, :, :-1]
    return fired & ~missing.any(axis=2)


def in_all(draw: Draw, runs: int) -> bool:
    """Say whether a draw shares one amount out among all that it names."""
    form = draw.to.form
    return form in ("all", "any") or draw.share is not None or (form == "that" and runs == 1)


def wanted(
    frame: Frame, clause: str, draw: Draw, fired: Bools, most: Moments | None = None
) -> Wanted:
    """Return what a draw asks for where its clause has fired; `most`: what the act said.

    What is less than the pool's unit is left out, run by run.
    """
    units = _whole(frame, draw, most) // frame.standing.program.pools[draw.pool].rounds_to
    clock = frame.standing.program.clock
    due = period_end(clock, frame.now, draw.within) if draw.within else NEVER
    return Wanted(draw.pool, clause, draw, recipients(frame, draw.to, fired), units, due)


def wanted_amounts(frame: Frame, asked: Wanted) -> Moments:
    """Return what is asked for, [scenario, party, then bodies], in whole units of money or goods.

    Who may not draw, now that all parts are done, is left out before anything is shared.
    """
    pool, named, units = frame.standing.program.pools[asked.pool], asked.named, asked.units
    able = drawers(frame)
    if able is not None:
        named[:, :, :-1] &= able[:, None, :]
    if in_all(asked.draw, named.shape[1]) and not _is_each_ones_own(units, named):
        shared = _shared(frame, pool, named, np.broadcast_to(units, named.shape[:2]))
    else:
        shared = spread_amounts(named, units, asked.draw.to)
    amounts: Moments = shared.sum(axis=1) * pool.rounds_to
    return amounts


def _able(frame: Frame, draw: Draw, fired: Bools) -> Bools:
    named = recipients(frame, draw.to, fired)
    able = drawers(frame)
    if able is not None:
        named[:, :, :-1] &= able[:, None, :]
    return named


def _is_each_ones_own(whole: Moments, named: Bools) -> bool:
    return bool(named.shape[1] == 1 and whole.shape[1] == named.shape[2] - 1)


def _whole(frame: Frame, draw: Draw, most: Moments | None) -> Moments:
    if draw.share is None:
        assert draw.amount is not None
        return whole_amounts(frame, draw.amount, most)
    available = frame.standing.pools[draw.pool].opening["available"].astype(np.int64)
    share: Moments = np.maximum(0, available) * draw.share.numerator // draw.share.denominator
    return share


def _shared(frame: Frame, pool: Pool, named: Bools, units: Moments) -> Moments:
    """Return units shared out among those named, [scenario, run, column]."""
    weights = _weights(frame, pool)
    floors = group_floors(frame.standing.program.groups, pool)
    if weights is None and not floors:
        return _equally(named, units)
    shared = np.zeros(named.shape, dtype=np.int64)
    for scenario, run in np.argwhere(named.any(axis=2) & (units > 0)):
        here, whole = named[scenario, run], int(units[scenario, run])
        own = here * 1.0 if weights is None else np.where(here[:-1], weights[scenario], 0)
        if somewhere(np.isnan(own)):
            # An amount that cannot be shared out is not asked for.
            continue
        each = exact_weights(own if weights is None else np.append(own, 0.0))
        if not any(each):
            each = exact_weights(here * 1.0)
        asked = np.where(here, whole, 0)[:, None]
        shared[scenario, run] = Division(each, None, floors).divided(whole, asked)[:, 0]
    return shared


def _equally(named: Bools, units: Moments) -> Moments:
    # Equal weights have equal remainders: what is left over goes in order of declaration.
    count = np.maximum(1, named.sum(axis=2, keepdims=True))
    rank = np.cumsum(named, axis=2) - 1
    each = units[:, :, None]
    return np.where(named, each // count + (rank < each % count), 0)


def _weights(frame: Frame, pool: Pool) -> Numbers | None:
    return None if pool.shared_by is None else weights_of(frame, pool.shared_by)
