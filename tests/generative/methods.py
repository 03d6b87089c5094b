# SPDX-License-Identifier: Apache-2.0
"""A few methods for random accords to call: small, exact, of every kind that the language knows."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.accord.method import Gives, Method, Parameter
from pratique.base.text import say
from pratique.cli.methods import methods

VALUE = Parameter("value", say("a value"), "any", per_party=True)


def _doubled(values: Any) -> Any:
    return values * 2.0


def _above_mean(values: Any) -> Any:
    return (values * values.shape[1] > values.sum(axis=1, keepdims=True)).astype(np.float64)


DOUBLED = Method(
    "doubled", say("twice a value"), "here", (VALUE,), Gives("any", like="value"), _doubled
)
ABOVE_MEAN = Method(
    "above_mean", say("1 where a value is above the mean of all"), "here", (VALUE,),
    Gives("count", per_party=True), _above_mean,
)  # fmt: skip
REGISTRY = {**methods(), "doubled": DOUBLED, "above_mean": ABOVE_MEAN}
"""What random accords are read with."""
