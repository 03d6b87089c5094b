# SPDX-License-Identifier: Apache-2.0
"""The renewal equation in loops: serial intervals by the day, infectivity, posteriors by window.

Cori et al. 2013 (doi:10.1093/aje/kwt133), web appendices 1 and 11.
"""

from __future__ import annotations

import math

import numpy as np

from pratique.surveillance.kernels.compiled import kernel
from pratique.surveillance.kernels.gamma import from_table, mixture_quantile, quantile, tails


@kernel
def interval_weights(shape, scale, count, temme):
    """Return the weights of 0, 1 … count - 1 days of a gamma distribution shifted by one day.

    Below the mean it is summed from the lower tail, above it from the upper one, since the terms
    that the tails differ by cancel; so that the far tail keeps its digits. It ends at 1e-30.
    """
    out = np.zeros(count)
    mean = shape * scale
    ends = np.zeros((3, 2))
    higher = np.zeros((3, 2))
    ends[:, 1] = 1.0
    higher[:, 1] = 1.0
    for day in range(1, count):
        for step in range(2):
            ends[step] = ends[step + 1]
            higher[step] = higher[step + 1]
        ends[2, 0], ends[2, 1] = tails(shape, day / scale, temme)
        higher[2, 0], higher[2, 1] = tails(shape + 1.0, day / scale, temme)
        upper = day - 1.0 > mean
        side = 1 if upper else 0
        first = day * ends[2, side] + (day - 2) * ends[0, side] - 2 * (day - 1) * ends[1, side]
        second = mean * (2 * higher[1, side] - higher[0, side] - higher[2, side])
        out[day] = max(second + first, 0.0)
        if upper:
            # With 1 - P for Q the linear terms of the second difference vanish, but for its sign.
            out[day] = max(-(second + first), 0.0)
            if out[day] < 1e-30:
                out[day] = 0.0
                break
    return out


@kernel
def infectivity(counts, weights, out):
    """Fill out [time] with the sum of earlier counts by the weight of the days since."""
    out[:] = 0.0
    length = counts.size
    for day in range(1, min(weights.size, length)):
        weight = weights[day]
        if weight > 0.0:
            for time in range(day, length):
                out[time] += weight * counts[time - day]


@kernel
def window_sums(values, starts, ends, out):
    """Fill out [window] with sums from start to end, both included.

    Each is summed by itself: differences of running sums would lose digits after a large wave.
    """
    for window in range(starts.size):
        total = 0.0
        for time in range(starts[window], ends[window] + 1):
            total += values[time]
        out[window] = total


@kernel
def gamma_shares(shapes, shares, normal, table, temme, out):
    """Fill out [window, share] with quantiles at scale 1; NaN for no shape.

    From the table for shapes of 1 and more; a lesser one by itself, once if it is repeated.
    """
    last = -1
    for window in range(shapes.size):
        shape = shapes[window]
        if shape >= 1.0:
            from_table(shape, table, out[window])
        elif math.isnan(shape):
            out[window] = np.nan
        elif last >= 0 and shapes[last] == shape:
            out[window] = out[last]
        else:
            for share in range(shares.size):
                out[window, share] = quantile(shape, shares[share], normal[share], temme)
            last = window


@kernel
def posteriors(total, local, weights, unseen, starts, ends, prior, out):
    """Fill out [series, 2, window] with the shape and the scale of each gamma posterior.

    `total` and `local` are counts [series, time], NaN where missing; `prior` a shape and a scale.
    A window is NaN if a day of it is missing, or if missing days before one of its days have more
    than `unseen` of the serial interval's weight.
    """
    length = total.shape[1]
    known = np.empty(length)
    missing = np.empty(length)
    pressure = np.empty(length)
    hidden = np.empty(length)
    for series in range(total.shape[0]):
        gaps = 0
        for time in range(length):
            gap = math.isnan(total[series, time])
            gaps += gap
            known[time] = 0.0 if gap else total[series, time]
            missing[time] = 1.0 if gap else 0.0
        infectivity(known, weights, pressure)
        if gaps > 0:
            infectivity(missing, weights, hidden)
            for time in range(length):
                if hidden[time] > unseen:
                    pressure[time] = np.nan
        window_sums(local[series], starts, ends, out[series, 0])
        window_sums(pressure, starts, ends, out[series, 1])
        for window in range(starts.size):
            shape = prior[0] + out[series, 0, window]
            scale = 1.0 / (1.0 / prior[1] + out[series, 1, window])
            out[series, 0, window] = np.nan if math.isnan(scale) else shape
            out[series, 1, window] = np.nan if math.isnan(shape) else scale


@kernel
def spread(shapes, scales, shares, normal, table, temme, out):
    """Fill out [series, window, share] with the quantiles of gamma posteriors [series, window]."""
    for series in range(shapes.shape[0]):
        gamma_shares(shapes[series], shares, normal, table, temme, out[series])
        for window in range(shapes.shape[1]):
            out[series, window] *= scales[series, window]


@kernel
def mixed(shapes, scales, shares, temme, out):
    """Turn quantiles at scale 1 in out [series, window, share] into those of the mixtures.

    `shapes` are [series, window], `scales` [series, window, interval].
    """
    for series in range(shapes.shape[0]):
        for window in range(shapes.shape[1]):
            shape = shapes[series, window]
            for share in range(shares.size):
                if not math.isnan(shape):
                    out[series, window, share] = mixture_quantile(
                        shape,
                        scales[series, window],
                        shares[share],
                        out[series, window, share],
                        temme,
                    )
