# SPDX-License-Identifier: Apache-2.0
"""A contribution key: shares in proportion to a basis, between a floor and a ceiling of each party.

Not the basis: how income, debt or use make one is for the accord to say.
"""

from __future__ import annotations

import numpy as np

from pratique.accord.method import Numbers


def assessed_key(basis: Numbers, floor: Numbers, ceiling: Numbers) -> Numbers:
    """Return each party's share of the whole, a fraction of one: [scenario, party], summing to one.

    All three are [scenario, party]. Shares are in proportion to the basis; whoever falls below the
    floor or rises above the ceiling is held there, and the others bear the rest in proportion,
    until all limits hold at once. A negative basis counts as none; without any basis (or once only
    parties without one are left) the rest is borne equally.

    Limits that cannot be kept: a floor above the party's ceiling gives way to it; ceilings that add
    up to less than the whole are all raised, floors that add up to more than the whole are all
    lowered, in proportion (ceilings of nothing at all: the whole is borne equally).

    Source: the floor, the ceiling and the ceiling for the least developed of the United Nations
    scale of assessments, resolution 73/271, paragraph 6 (f)-(h). The scale applies one limit after
    the other; here they are repeated until all hold, which is unique and the same in any order of
    the parties.
    """
    least, most = _limits(floor, ceiling)
    weights = np.maximum(basis, 0)
    largest = weights.max(axis=1, keepdims=True)
    return _between(weights / np.where(largest > 0, largest, 1), least, most)


def _limits(floor: Numbers, ceiling: Numbers) -> tuple[Numbers, Numbers]:
    most = np.maximum(ceiling, 0)
    least = np.clip(floor, 0, most)
    most = np.where(_total(most) > 0, most, 1 / most.shape[1])
    return least / np.maximum(_total(least), 1), most / np.minimum(_total(most), 1)


def _between(weights: Numbers, least: Numbers, most: Numbers) -> Numbers:
    """Return shares that sum to one: the one multiple of the weights that fits the limits.

    Whichever limits break by more together are the ones that bind in the end too; so each round
    holds those parties for good, and there are at most as many rounds as parties.
    """
    held, shares = np.zeros(weights.shape, dtype=np.bool_), np.zeros(weights.shape)
    for _ in range(weights.shape[1] + 1):
        bearing = np.where(held, 0, weights)
        bearing = np.where(_total(bearing) > 0, bearing, ~held)
        rest = 1 - _total(np.where(held, shares, 0))
        whole = _total(bearing)
        shares = np.where(held, shares, rest * (bearing / np.where(whole > 0, whole, 1)))
        below, above = (np.where(held, 0, gap) for gap in (least - shares, shares - most))
        below, above = np.maximum(below, 0), np.maximum(above, 0)
        lifts = _total(below) > _total(above)
        newly = np.where(lifts, below, above) > 0
        if not newly.any():
            break
        shares = np.where(newly, np.where(lifts, least, most), shares)
        held |= newly
    return shares


def _total(values: Numbers) -> Numbers:
    # A running sum adds in order of declaration: one scenario alone gives the very same bits.
    return np.cumsum(values, axis=1)[:, -1:]
