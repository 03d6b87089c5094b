# SPDX-License-Identifier: Apache-2.0
"""Exponential and logarithm without branches or library calls, so that loops over them vectorise.

Taylor series after the binary exponent is taken out; right to about 4e-16 of the value.
"""

from __future__ import annotations

import numpy as np

from pratique.surveillance.kernels.compiled import inlined

# Added to a small number, 1.5 × 2^52 leaves its whole part in the last bits.
_SHIFT = 6755399441055744.0
_SHIFT_BITS = 0x4338000000000000
_ONE_BITS = 0x3FF0000000000000
_ROOT_HALF_BITS = 0x3FE6A09E667F3BCD
# The logarithm of 2: its first 32 bits, so that products with small whole numbers are exact; rest.
_LN2, _LN2_REST = 0.6931471803691238, 1.9082149292705877e-10
_LOG2_E = 1.4426950408889634


@inlined
def exponential(x):
    """Return e to the power x, for −700 < x < 700."""
    shifted = x * _LOG2_E + _SHIFT
    whole = shifted - _SHIFT
    r = (x - whole * _LN2) - whole * _LN2_REST
    r2 = r * r
    r4 = r2 * r2
    # By Estrin's scheme: the terms of a pair of brackets do not wait for one another.
    low = (1.0 + r) + (0.5 + 1 / 6 * r) * r2
    middle = (1 / 24 + 1 / 120 * r) + (1 / 720 + 1 / 5040 * r) * r2
    high = (1 / 40320 + 1 / 362880 * r) + (1 / 3628800 + 1 / 39916800 * r) * r2
    highest = (1 / 479001600 + 1 / 6227020800 * r) * r4
    p = (low + middle * r4) + (high + highest) * (r4 * r4)
    bits = np.float64(shifted).view(np.int64) << 52
    return p * np.int64(bits + _ONE_BITS).view(np.float64)


@inlined
def logarithm(x):
    """Return the natural logarithm of a positive normal number."""
    bits = np.float64(x).view(np.int64)
    power = (bits - _ROOT_HALF_BITS) >> 52
    part = np.int64(bits - (power << 52)).view(np.float64) - 1.0
    whole = np.int64(power + _SHIFT_BITS).view(np.float64) - _SHIFT
    s = part / (part + 2.0)
    z = s * s
    z2 = z * z
    z4 = z2 * z2
    low = (2 / 3 + 2 / 5 * z) + (2 / 7 + 2 / 9 * z) * z2
    high = (2 / 11 + 2 / 13 * z) + (2 / 15 + 2 / 17 * z) * z2
    p = low + (high + (2 / 19 + 2 / 21 * z) * z4) * z4
    return whole * _LN2 + (whole * _LN2_REST + (s * z * p + 2.0 * s))
