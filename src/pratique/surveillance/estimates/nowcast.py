# SPDX-License-Identifier: Apache-2.0
"""How many cases the last days will have had once all are reported, with its uncertainty.

Reverse-time hazards of the delay (Lawless 1994, Canadian Journal of Statistics 22:15-31), uncertain
as a generalised Dirichlet distribution (Höhle & an der Heiden 2014, doi:10.1111/biom.12194), from a
moving window (McGough et al. 2020, doi:10.1371/journal.pcbi.1007735). It foresees no change of
delays. What is called a day here may be a week.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from pratique.base.text import Sentence, say, say_count
from pratique.surveillance.arrays import Floats, Truths, Whole
from pratique.surveillance.estimates.gammas import quantile_shares
from pratique.surveillance.estimates.triangle import Triangle

QUANTILES = (0.025, 0.25, 0.5, 0.75, 0.975)


@dataclass(frozen=True, slots=True)
class Nowcast:
    """Cases by day spoken of once all are reported; NaN where a day or its delays are unknown.

    `reported` so far, `mean`, and the `share` expected to be reported so far are [series, day];
    `quantiles` [series, day, share] are those of `shares`. `steadiness` [series] is the sum of the
    Dirichlet distribution's parameters, from which the delays of each day are drawn: infinite where
    they scatter as chance does, small where reports come in batches. The last day is the last of
    the triangle.
    """

    reported: Floats
    mean: Floats
    quantiles: Floats
    share: Floats
    shares: Floats
    steadiness: Floats


class NowcastRefused(ValueError):
    """No nowcast can be given; `sentence` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class _Seen:
    """Cells [day, delay] that speak of delays: reported then, and by then; 0 elsewhere."""

    fresh: Floats
    by_then: Floats
    hazard: Floats


def nowcast(
    triangle: Triangle,
    rng: Generator,
    *,
    window: int | None = None,
    draws: int = 2000,
    quantiles: ArrayLike = QUANTILES,
    late_share: float = 0.01,
) -> Nowcast:
    """Estimate the final counts of each day of a reporting triangle.

    The hazard of delay d is that of being reported after d days if by then; its posterior (prior:
    one case in all, spread evenly over the delays) comes from the last `window` days on which it
    could be seen, or from all. The delays of one day's cases are Dirichlet-multinomial about it.
    Given the share F reported so far, the cases to come follow a negative binomial distribution:
    the day's level is exponential beforehand, its mean the cases of the last days over the shares
    of them reported, so that a day with next to no report is much like the days before it. Days
    with no figure have no estimate, nor have series without a case of known delay.

    NowcastRefused if the longest delay is longer than the data, or if more than `late_share` of the
    cases came later than the longest delay: then what is still to come cannot be known.
    """
    cells = triangle.cells
    _require_enough(triangle, late_share)
    shares = quantile_shares(quantiles)
    told = ~np.isnan(cells[:, :, 0])
    filled = np.nan_to_num(cells)
    reported = np.where(told, filled.sum(axis=2), np.nan)
    mean, part = reported.copy(), np.where(told, 1.0, np.nan)
    spread = np.repeat(reported[..., None], shares.size, axis=2)
    steadiness = np.full(len(cells), np.nan)
    recent = slice(cells.shape[1] - cells.shape[2] + 1, None)
    for series, known in enumerate(told):
        seen = _seen(filled[series], known, window)
        if not (seen.fresh.any() and filled[series].any()):
            mean[series] = part[series] = spread[series] = np.nan
            continue
        steadiness[series] = _steadiness(seen)
        by_then = _completed(seen, steadiness[series], rng, draws)[:, :-1][:, ::-1]
        final = _final(filled[series, recent].sum(axis=1), by_then, steadiness[series], rng)
        gap = np.where(known[recent], 1.0, np.nan)
        part[series, recent] = by_then.mean(axis=0) * gap
        mean[series, recent] = final.mean(axis=0) * gap
        spread[series, recent] = np.quantile(final, shares, axis=0).T * gap[:, None]
    return Nowcast(reported, mean, spread, part, shares, steadiness)


def _require_enough(triangle: Triangle, late_share: float) -> None:
    days, longest = triangle.cells.shape[1], triangle.cells.shape[2] - 1
    if longest >= days:
        raise NowcastRefused(
            say(
                "delays of up to {longest} periods need reports of at least {needed} periods; "
                "there are {given}",
                longest=longest,
                needed=longest + 1,
                given=days,
            )
        )
    total = float(np.nansum(triangle.cells)) + triangle.later
    if triangle.later > late_share * total:
        raise NowcastRefused(
            say_count(
                "{n} case of {total} was reported more than {longest} periods late: a longer "
                "delay must be allowed for",
                "{n} cases of {total} were reported more than {longest} periods late: a longer "
                "delay must be allowed for",
                n=round(triangle.later),
                total=round(total),
                longest=longest,
            )
        )


def _seen(cells: Floats, known: Truths, window: int | None) -> _Seen:
    days, delays = cells.shape
    last = days - 1 - np.arange(delays)
    time = np.arange(days)[:, None]
    seen = (time <= last) & known[:, None]
    if window is not None:
        seen &= time > last - window
    fresh = np.where(seen, cells, 0.0)
    by_then = np.where(seen, np.cumsum(cells, axis=1), 0.0)
    return _Seen(fresh, by_then, fresh.sum(axis=0) / np.maximum(by_then.sum(axis=0), 1.0))


def _steadiness(seen: _Seen) -> float:
    """Return the Dirichlet distribution's sum that makes the hazards' Pearson statistics expected.

    Of m cases with hazard g, m g (1 - g) (1 + (m - 1) / (sum · F + 1)) is the variance.
    """
    variance = seen.by_then * seen.hazard * (1 - seen.hazard)
    # Fewer than a half of a case expected tells nothing of scatter but noise.
    told = (variance > 0.5) & (np.arange(variance.shape[1]) > 0)
    count = told.sum(axis=0)
    excess = (seen.fresh - seen.by_then * seen.hazard)[told] ** 2 / variance[told]
    freedom = (count[count > 1] - 1).sum() / max(count[count > 1].sum(), 1)
    surplus = float((excess - freedom).sum())
    if surplus <= 0:
        return np.inf
    share = np.broadcast_to(_kept(seen.hazard[None])[0], told.shape)[told]
    more = (seen.by_then[told] - 1).clip(min=0)
    sums = np.geomspace(0.1, 1e7, 400)
    expected = np.array([(more / (total * share + 1)).sum() for total in sums])
    return float(np.interp(-surplus, -expected, sums))


def _kept(hazards: Floats) -> Floats:
    """Return the share reported by each delay, from hazards [draw, delay] (that of 0 is unused)."""
    kept: Floats = np.ones_like(hazards)
    kept[:, :-1] = np.cumprod((1 - hazards[:, 1:])[:, ::-1], axis=1)[:, ::-1]
    return kept


def _completed(seen: _Seen, steadiness: float, rng: Generator, draws: int) -> Floats:
    """Return draws [draw, delay] of the share of all cases that is reported by each delay."""
    delays = len(seen.hazard)
    news, cases = seen.fresh.sum(axis=0), seen.by_then.sum(axis=0)
    # Cases of one day tell less of delays than as many of several, the less steady they are.
    crowd = (seen.by_then * (seen.by_then - 1).clip(min=0)).sum(axis=0) / np.maximum(cases, 1.0)
    worth = np.ones(delays)
    if np.isfinite(steadiness):
        worth = 1 / (1 + crowd / (steadiness * _kept(seen.hazard[None])[0] + 1))
    prior = np.arange(delays) / delays
    hazards = np.zeros((draws, delays))
    first, second = news * worth + 1 / delays, (cases - news) * worth + prior
    hazards[:, 1:] = rng.beta(first[1:], second[1:], size=(draws, delays - 1))
    return _kept(hazards)


def _final(so_far: Floats, by_then: Floats, steadiness: float, rng: Generator) -> Floats:
    """Return draws [draw, day] of the final counts, from draws of the share reported by then."""
    level = (so_far.sum() + 1) / max(float(by_then.mean(axis=0).sum()), 1e-9)
    shares = by_then
    if np.isfinite(steadiness):
        first, second = (np.maximum(steadiness * part, 1e-12) for part in (by_then, 1 - by_then))
        shares = rng.beta(first, second)
    shares = np.clip(shares, 1e-9, 1.0)
    # How likely so many reports are at that share, the level being exponential.
    expected = shares * level
    likely = so_far * np.log(expected) - (so_far + 1) * np.log1p(expected)
    shares = np.take_along_axis(shares, _resampled(likely, rng), axis=0)
    rates = rng.gamma(so_far + 1.0, 1 / (shares + 1 / level))
    whole: Floats = so_far + rng.poisson(rates * (1 - shares))
    return whole


def _resampled(likely: Floats, rng: Generator) -> Whole:
    """Return for each day [draw, day] which draws to take, by their log likelihoods."""
    weights = np.exp(likely - likely.max(axis=0))
    steps = np.cumsum(weights, axis=0) / weights.sum(axis=0)
    draws, days = likely.shape
    marks = (np.arange(draws)[:, None] + rng.random(days)) / draws
    found = np.empty((draws, days), dtype=np.int64)
    for day in range(days):
        found[:, day] = np.searchsorted(steps[:, day], marks[:, day])
    chosen: Whole = np.minimum(found, draws - 1)
    return chosen
