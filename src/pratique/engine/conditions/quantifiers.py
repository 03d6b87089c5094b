# SPDX-License-Identifier: Apache-2.0
"""Quantifiers: what a per-party term comes to over the parties that count.

Who counts is given as a truth by party; a party of which it is not sure does not count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pratique.accord.terms.values import Term
from pratique.base.moment import Day
from pratique.engine.arrays import Range, Truth
from pratique.engine.conditions.frame import Frame, Function


def quantified(term: Term, inner: Function, counts: Function | None, parties: int) -> Function:
    """Return the function that gathers a per-party term over the parties that count (None: all)."""
    if counts is None:
        reduce = _OVER_ALL[term.op]

        def over_all(frame: Frame, day: Day) -> Any:
            return reduce(inner(frame, day), parties)

        return over_all
    among, who = _OVER_SOME[term.op], counts

    def over_some(frame: Frame, day: Day) -> Any:
        return among(inner(frame, day), who(frame, day)[0])

    return over_some


# --- over all parties -----------------------------------------------------------------------------


def _total(pair: Range, _parties: int) -> Range:
    low, high = pair
    least = low.sum(axis=1, keepdims=True)
    return least, least if high is low else high.sum(axis=1, keepdims=True)


def _mean(pair: Range, parties: int) -> Range:
    low, high = _total(pair, parties)
    mean = low / parties
    return mean, mean if high is low else high / parties


def _counted(pair: Truth, parties: int) -> Range:
    least, not_more = (mask.sum(axis=1, keepdims=True, dtype=np.int16) for mask in pair)
    return least.astype(np.float64), (parties - not_more).astype(np.float64)


_OVER_ALL: dict[str, Callable[[Any, int], Any]] = {
    "any": lambda pair, _n: (
        pair[0].any(axis=1, keepdims=True),
        pair[1].all(axis=1, keepdims=True),
    ),
    "all": lambda pair, _n: (
        pair[0].all(axis=1, keepdims=True),
        pair[1].any(axis=1, keepdims=True),
    ),
    "count": _counted,
    "sum": _total,
    "mean": _mean,
    "max": lambda pair, _n: (
        pair[0].max(axis=1, keepdims=True),
        pair[1].max(axis=1, keepdims=True),
    ),
    "min": lambda pair, _n: (
        pair[0].min(axis=1, keepdims=True),
        pair[1].min(axis=1, keepdims=True),
    ),
}

# --- over those that count ------------------------------------------------------------------------


def _any_among(pair: Truth, who: Any) -> Truth:
    sure, surely_not = pair
    return (sure & who).any(axis=1, keepdims=True), (surely_not | ~who).all(axis=1, keepdims=True)


def _all_among(pair: Truth, who: Any) -> Truth:
    sure, surely_not = pair
    return (sure | ~who).all(axis=1, keepdims=True), (surely_not & who).any(axis=1, keepdims=True)


def _counted_among(pair: Truth, who: Any) -> Range:
    sure, surely_not = pair
    least = (sure & who).sum(axis=1, keepdims=True).astype(np.float64)
    return least, (~surely_not & who).sum(axis=1, keepdims=True).astype(np.float64)


def _total_among(pair: Range, who: Any) -> Range:
    low, high = pair
    least = np.where(who, low, 0.0).sum(axis=1, keepdims=True)
    return least, least if high is low else np.where(who, high, 0.0).sum(axis=1, keepdims=True)


def _mean_among(pair: Range, who: Any) -> Range:
    count = np.broadcast_to(who, pair[0].shape).sum(axis=1, keepdims=True)
    low, high = _total_among(pair, who)
    several = np.maximum(1, count)
    mean = low / several
    return _unless_none(mean, mean if high is low else high / several, count > 0)


def _utmost_among(further: np.ufunc, nothing: float) -> Callable[[Range, Any], Range]:
    def utmost(pair: Range, who: Any) -> Range:
        low, high = (
            further.reduce(np.where(who, end, nothing), axis=1, keepdims=True) for end in pair
        )
        there = np.broadcast_to(who, pair[0].shape).any(axis=1, keepdims=True)
        return _unless_none(low, high, there)

    return utmost


def _unless_none(low: Any, high: Any, there: Any) -> Range:
    # Of nobody there is no mean, no highest and no lowest: it is unknown.
    if there.all():
        return low, high
    return np.where(there, low, -np.inf), np.where(there, high, np.inf)


_OVER_SOME: dict[str, Callable[[Any, Any], Any]] = {
    "any": _any_among,
    "all": _all_among,
    "count": _counted_among,
    "sum": _total_among,
    "mean": _mean_among,
    "max": _utmost_among(np.maximum, -np.inf),
    "min": _utmost_among(np.minimum, np.inf),
}
