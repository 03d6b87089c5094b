# SPDX-License-Identifier: Apache-2.0
"""Methods of stockpiles: who gets what of a pool that is short."""

from __future__ import annotations

import numpy as np

from pratique.accord.method import Method, Numbers, Parameter, Whole
from pratique.base.text import say
from pratique.practice.stockpile.filling import filled, whole_weights

_REMAINDERS = "M. L. Balinski and H. P. Young, Fair Representation (2001), Hamilton's method"


def shared_pro_rata(available: Whole, asked: Whole, weights: Numbers | None, unit: int) -> Whole:
    """Divide in proportion to what was asked; arguments and result as `Method` says of dividing."""
    return filled(available, asked, np.maximum(asked, 0) // unit, unit)


def shared_by_need(available: Whole, asked: Whole, weights: Numbers | None, unit: int) -> Whole:
    """Divide in proportion to weights, nobody above what was asked; ValueError without weights.

    What a party does not need goes to the others, again by weight. Weights are read to twelve
    digits of the scenario's largest.
    """
    if weights is None:
        raise ValueError("method 'need_weighted' takes weights")
    return filled(available, asked, whole_weights(weights), unit)


def shared_max_min(available: Whole, asked: Whole, weights: Numbers | None, unit: int) -> Whole:
    """Divide so that the least is as much as can be: all alike, until each has what it asked.

    Arguments and result as `Method` says of dividing.
    """
    return filled(available, asked, np.ones_like(asked), unit)


PRO_RATA = Method(
    "pro_rata",
    say("what is available in proportion to what each asked"),
    source=f"{_REMAINDERS}; the proportional method of H. Moulin, Econometrica 68 (2000) 643-684",
    takes=(),
    gives=None,
    compute=shared_pro_rata,
)

NEED_WEIGHTED = Method(
    "need_weighted",
    say("what is available in proportion to weights, nobody getting more than was asked"),
    source="weighted uniform gains: H. Moulin, Priority Rules and Other Asymmetric Rationing "
    f"Methods, Econometrica 68 (2000) 643-684; {_REMAINDERS}",
    takes=(Parameter("weights", say("how much the need of each counts"), "any", per_party=True),),
    gives=None,
    compute=shared_by_need,
)

MAX_MIN = Method(
    "max_min",
    say("the same to each until it has what it asked, so that the least is as much as can be"),
    source="max-min fairness by progressive filling: D. Bertsekas and R. Gallager, Data Networks, "
    "2nd ed. (1992), 6.5.2",
    takes=(),
    gives=None,
    compute=shared_max_min,
)
