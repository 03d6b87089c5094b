# SPDX-License-Identifier: Apache-2.0
"""Amounts that effects ask for: how much in all, and to whom or from whom by run of a clause.

What a pool can give is not asked here.
"""

from __future__ import annotations

import numpy as np

from pratique.accord.terms.values import Hold, Term, Transfer, Who
from pratique.base.duration import period_end
from pratique.base.moment import NEVER
from pratique.engine.arrays import Bools, Moments, somewhere
from pratique.engine.conditions.frame import Frame
from pratique.engine.parts.asked import Holding, Owing
from pratique.engine.parts.recipients import recipients

_IN_ALL = ("all", "any")
"""The forms that share one amount out; every other gives the amount to each."""


def whole_amounts(frame: Frame, amount: Term, most: Moments | None = None) -> Moments:
    """Return an amount in whole units, at its own spread; `most`: what the act said, if it did.

    What is not known is not asked for: 0.
    """
    low, high = frame.standing.machine.function(amount)(frame, frame.today)
    known = low if low is high else np.where(np.asarray(low == high), low, 0)
    exact = np.nan_to_num(np.atleast_2d(np.asarray(known, dtype=np.float64)), posinf=0, neginf=0)
    # Amounts are exact below 2**53; the sliver undoes the rounding of shares such as 0.29.
    whole = np.maximum(0, np.floor(exact + 1e-6)).astype(np.int64)
    return whole if most is None else np.minimum(whole, np.where(most >= 0, most, whole))


def spread_amounts(named: Bools, whole: Moments, who: Who) -> Moments:
    """Return amounts [scenario, run, column] for whoever is named there.

    `all` and `any` share one amount out equally, units left over in order; the others have it each.
    What is each party's own (a per-party amount in a shared run) is taken by column.
    """
    runs, columns = named.shape[1], named.shape[2]
    if runs == 1 and whole.shape[1] == columns - 1 and columns > 2:
        own = np.concatenate([whole, np.zeros((whole.shape[0], 1), dtype=np.int64)], axis=1)
        return np.where(named, own[:, None, :], 0)
    amount = np.broadcast_to(whole, (named.shape[0], runs))[:, :, None]
    if who.form not in _IN_ALL and not (who.form == "that" and runs == 1):
        return np.where(named, amount, 0)
    count = np.maximum(1, named.sum(axis=2, keepdims=True))
    rank = np.cumsum(named, axis=2) - 1
    return np.where(named, amount // count + (rank < amount % count), 0)


def held(
    frame: Frame, clause: str, hold: Hold, fired: Bools, most: Moments | None = None
) -> Holding:
    """Return what a hold asks for where its clause has fired."""
    named = recipients(frame, hold.to, fired)
    unit = frame.standing.program.pools[hold.pool].rounds_to
    units = whole_amounts(frame, hold.amount, most) // unit
    case = frame.case.number.copy() if frame.case is not None else None
    return Holding(hold.pool, clause, hold, named, units, case)


def owed_transfer(
    frame: Frame, clause: str, transfer: Transfer, fired: Bools, most: Moments | None = None
) -> Owing:
    """Return what the payers of a transfer owe where its clause has fired."""
    payers = recipients(frame, transfer.payer, fired)
    each = spread_amounts(payers, whole_amounts(frame, transfer.amount, most), transfer.payer)
    clock, within = frame.standing.program.clock, transfer.within
    due = period_end(clock, frame.now, within) if within else NEVER
    if transfer.to is None:
        return Owing(clause, transfer, each.sum(axis=1)[:, :, None], due)
    named = recipients(frame, transfer.to, fired)
    amounts = sum(
        (
            _to_payees(each[:, run], named[:, run], transfer.to)
            for run in range(fired.shape[1])
            if somewhere(each[:, run])
        ),
        start=np.zeros((*payers.shape[::2], payers.shape[2]), dtype=np.int64),
    )
    return Owing(clause, transfer, amounts, due)


def _to_payees(owed: Moments, named: Bools, who: Who) -> Moments:
    """Return what each payer owes to each payee in one run, [scenario, payer, payee]."""
    payees = np.repeat(named[:, None, :], named.shape[1], axis=1)
    # Nobody owes itself; of bodies and people no more is known than that they are not parties.
    parties = np.arange(named.shape[1] - 1)
    payees[:, parties, parties] = False
    if who.form not in _IN_ALL:
        return np.where(payees, owed[:, :, None], 0)
    return spread_amounts(payees, owed, who)
