# SPDX-License-Identifier: Apache-2.0
"""Methods of funds: the contribution key `assessed`, and a collar on the rate of exchange."""

from __future__ import annotations

import numpy as np

from pratique.accord.method import Gives, Method, Numbers, Parameter
from pratique.base.text import say
from pratique.practice.funds.key import assessed_key


def collared_rate(observed: Numbers, reference: Numbers, band: Numbers) -> Numbers:
    """Return the rate that applies: the observed one, held within the band around the reference.

    All are [scenario, party] or [scenario, 1], rates in the same two currencies, the band a
    fraction of one; a negative band counts as none, and no rate falls below zero.
    """
    width = np.maximum(band, 0)
    return np.clip(observed, np.maximum(reference * (1 - width), 0), reference * (1 + width))


def rate_outside(observed: Numbers, reference: Numbers, band: Numbers) -> Numbers:
    """Return by how much the observed rate lies above (or, negative, below) the one that applies.

    Shapes and units as in `collared_rate`; times an amount it is what is left to be shared.
    """
    return observed - collared_rate(observed, reference, band)


_COLLAR = (
    Parameter("observed", say("the rate observed on the day"), "rate", per_party=True),
    Parameter(
        "reference", say("the rate that was agreed on"), "rate", per_party=True, like="observed"
    ),
    Parameter("band", say("how far the rate may move from it"), "percent", per_party=True),
)
_COLLAR_SOURCE = (
    "Range-forward contract (zero-cost collar): J. C. Hull, Options, Futures, and Other Derivatives"
)

ASSESSED = Method(
    "assessed",
    say("the share of each party in proportion to a basis, between a floor and a ceiling"),
    source="United Nations scale of assessments, General Assembly resolution 73/271, paragraph 6 "
    "(f)-(h); here the limits are applied over and over until all of them hold",
    takes=(
        Parameter("basis", say("what the shares are in proportion to"), "any", per_party=True),
        Parameter("floor", say("the least share of a party"), "percent", per_party=True),
        Parameter("ceiling", say("the largest share of a party"), "percent", per_party=True),
    ),
    gives=Gives("percent", per_party=True),
    compute=assessed_key,
)

FX_COLLAR = Method(
    "fx_collar",
    say("the rate of exchange that applies: the observed one, held within a band"),
    source=_COLLAR_SOURCE,
    takes=_COLLAR,
    gives=Gives("rate", like="observed"),
    compute=collared_rate,
)

FX_OUTSIDE = Method(
    "fx_outside",
    say("the part of the observed rate of exchange that lies outside the band"),
    source=_COLLAR_SOURCE,
    takes=_COLLAR,
    gives=Gives("rate", like="observed"),
    compute=rate_outside,
)
