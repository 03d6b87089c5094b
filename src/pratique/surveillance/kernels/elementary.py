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
    p = 1 / 6227020800
    p = p * r + 1 / 479001600
    p = p * r + 1 / 39916800
    p = p * r + 1 / 3628800
    p = p * r + 1 / 362880
    p = p * r + 1 / 40320
    p = p * r + 1 / 5040
    p = p * r + 1 / 720
    p = p * r + 1 / 120
    p = p * r + 1 / 24
    p = p * r + 1 / 6
    p = p * r + 0.5
    p = p * r + 1.0
    p = p * r + 1.0
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
    p = 2 / 21
    p = p * z + 2 / 19
    p = p * z + 2 / 17
    p = p * z + 2 / 15
    p = p * z + 2 / 13
    p = p * z + 2 / 11
    p = p * z + 2 / 9
    p = p * z + 2 / 7
    p = p * z + 2 / 5
    p = p * z + 2 / 3
    return whole * _LN2 + (whole * _LN2_REST + (s * z * p + 2.0 * s))
