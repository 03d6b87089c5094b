# SPDX-License-Identifier: Apache-2.0
"""The reproduction number of Cori et al. 2013 (doi:10.1093/aje/kwt133), over many series at once.

How many each case infects, were conditions to stay as they are in the window. It presumes that
reporting is constant and complete: nowcast first, or leave the last days out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from pratique.surveillance.arrays import Floats, Whole, counted
from pratique.surveillance.estimates.gammas import (
    normal_quantiles,
    quantile_shares,
    quantile_table,
    temme,
)
from pratique.surveillance.estimates.serial import checked_interval, discretised_serial_interval

Method = Literal["parametric_si", "non_parametric_si", "uncertain_si"]
QUANTILES = (0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975)


@dataclass(frozen=True, slots=True)
class Reproduction:
    """The reproduction number by window: `mean` and `sd` are [series, window].

    `quantiles` [series, window, share] are those of `shares`; NaN where nothing can be said.
    `t_start` and `t_end` [window] are the first and last times of each window, 0-based, both
    included. `si_distr` [interval, day] are the serial intervals used.
    """

    mean: Floats
    sd: Floats
    quantiles: Floats
    t_start: Whole
    t_end: Whole
    shares: Floats
    si_distr: Floats


def reproduction(  # noqa: PLR0913 - the peers' settings by the peers' names
    incidence: ArrayLike,
    method: Method = "parametric_si",
    *,
    mean_si: float | None = None,
    std_si: float | None = None,
    si_distr: ArrayLike | None = None,
    window: int = 7,
    t_start: ArrayLike | None = None,
    t_end: ArrayLike | None = None,
    mean_prior: float = 5.0,
    std_prior: float = 5.0,
    imported: ArrayLike | None = None,
    quantiles: ArrayLike = QUANTILES,
    missing_weight: float = 0.01,
) -> Reproduction:
    """Estimate the reproduction number of incidence [series, time], windows of `window` times.

    `parametric_si`: a gamma serial interval of that mean and deviation; `non_parametric_si`: the
    probabilities `si_distr` of 0, 1, 2 … times; `uncertain_si`: several such rows, held equally
    likely, whose posteriors are mixed. `imported` [series, time] are those of the incidence who
    were infected elsewhere: they infect, but nobody here infected them; the first time is imported
    in any case. Windows start and end at the 0-based `t_start` and `t_end`, if given. The prior is
    a gamma distribution. NaN: while the window ends before the mean serial interval has passed;
    where a time of the window is missing; and where missing times before one of its times have
    more than `missing_weight` of the serial interval's weight (less than that counts as no case).
    ValueError if a setting is out of its range.
    """
    from pratique.surveillance.kernels.renewal import posteriors

    total = counted(incidence)
    local = _local(total, imported)
    starts, ends = _windows(total.shape[1], window, t_start, t_end)
    weights = _weights(method, total.shape[1], mean_si, std_si, si_distr)
    prior = _prior(mean_prior, std_prior)
    shares = quantile_shares(quantiles)
    found = np.empty((len(weights), len(total), 2, starts.size))
    for interval, row in enumerate(weights):
        posteriors(total, local, row, missing_weight, starts, ends, prior, found[interval])
    mean_interval = float((weights @ np.arange(weights.shape[1])).mean())
    found[..., ends + 1 <= mean_interval] = np.nan
    shapes, scales = found[0, :, 0], found[:, :, 1]
    mean, sd = _moments(shapes, scales)
    spreads = _quantiles(shapes, scales, shares)
    return Reproduction(mean, sd, spreads, starts, ends, shares, weights)


def _moments(shapes: Floats, scales: Floats) -> tuple[Floats, Floats]:
    if len(scales) == 1:
        return shapes * scales[0], np.sqrt(shapes) * scales[0]
    within, between = shapes * (scales**2).mean(axis=0), shapes**2 * scales.var(axis=0)
    return shapes * scales.mean(axis=0), np.sqrt(within + between)


def _quantiles(shapes: Floats, scales: Floats, shares: Floats) -> Floats:
    from pratique.surveillance.kernels.renewal import mixed, spread

    out = np.empty((*shapes.shape, shares.size))
    table, normal = quantile_table(shares), normal_quantiles(shares)
    one = len(scales) == 1
    unit = scales[0] if one else np.ones_like(shapes)
    spread(shapes, unit, shares, normal, table, temme(), out)
    if not one:
        mixed(shapes, np.ascontiguousarray(scales.transpose(1, 2, 0)), shares, temme(), out)
    return out


def _local(total: Floats, imported: ArrayLike | None) -> Floats:
    elsewhere = np.zeros_like(total) if imported is None else counted(imported)
    if elsewhere.shape != total.shape:
        raise ValueError("imported cases have the same series and times as the incidence")
    if (elsewhere > total).any():
        raise ValueError("imported cases are among the incidence, never more than it")
    local = total - elsewhere
    # Cori et al. 2013: those of the first time were infected before anything was counted.
    local[:, :1] = 0.0 * total[:, :1]
    return local


def _windows(
    length: int, window: int, t_start: ArrayLike | None, t_end: ArrayLike | None
) -> tuple[Whole, Whole]:
    if (t_start is None) != (t_end is None):
        raise ValueError("`t_start` and `t_end` are given together or not at all")
    if t_start is None or t_end is None:
        if window < 1:
            raise ValueError("a window has at least one time")
        starts = np.arange(1, max(length - window + 1, 1), dtype=np.int64)
        return starts, starts + (window - 1)
    starts, ends = (np.atleast_1d(np.asarray(times)) for times in (t_start, t_end))
    if not all(np.issubdtype(times.dtype, np.integer) for times in (starts, ends)):
        raise ValueError("windows start and end at whole times")
    if starts.ndim != 1 or starts.shape != ends.shape or (starts > ends).any():
        raise ValueError("each window starts before it ends")
    if (starts < 1).any() or (ends >= length).any():
        raise ValueError(f"windows lie after the first and within the {length} times of the series")
    return starts.astype(np.int64), ends.astype(np.int64)


def _weights(
    method: Method,
    length: int,
    mean_si: float | None,
    std_si: float | None,
    si_distr: ArrayLike | None,
) -> Floats:
    match method:
        case "parametric_si":
            if mean_si is None or std_si is None or si_distr is not None:
                raise ValueError("`parametric_si` takes `mean_si` and `std_si`, no `si_distr`")
            # As the peer does: cut where the series ends, and not brought back to a sum of 1.
            return discretised_serial_interval(np.arange(length), mean_si, std_si)[None]
        case "non_parametric_si" | "uncertain_si":
            if si_distr is None or mean_si is not None or std_si is not None:
                raise ValueError(f"`{method}` takes `si_distr`, neither `mean_si` nor `std_si`")
            weights = checked_interval(si_distr)
            if method == "non_parametric_si" and len(weights) != 1:
                raise ValueError("`non_parametric_si` takes one serial interval")
            return weights
        case _:
            raise ValueError(f"there is no method `{method}`")


def _prior(mean: float, std: float) -> Floats:
    if not (mean > 0 and std > 0 and np.isfinite([mean, std]).all()):
        raise ValueError("the prior has a mean and a standard deviation above 0")
    return np.array([(mean / std) ** 2, std**2 / mean])
