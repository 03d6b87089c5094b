# SPDX-License-Identifier: Apache-2.0
"""What one core can do at most in a second: octets copied, sums multiplied and added."""

from __future__ import annotations

import numpy as np

from benchmarks.machine import best_seconds
from pratique.surveillance.kernels.compiled import kernel

LANES, ROUNDS = 64, 2_000_000
FLOPS = 2


@kernel
def _multiplied(sums, factor, rounds):
    for _ in range(rounds):
        for lane in range(sums.size):
            sums[lane] = sums[lane] * factor + 1.0


def copied_octets() -> float:
    """Return how many octets a second one core reads and writes when it copies 200 MB."""
    source = np.ones(25_000_000)
    target = np.empty_like(source)
    return 2 * source.nbytes / best_seconds(lambda: np.copyto(target, source))


def multiplied_sums() -> float:
    """Return how many operations on float64 a second one core does where all stay in registers.

    A multiplication with an addition counts as two; 64 sums side by side hide their waiting.
    """
    sums = np.ones(LANES)
    _multiplied(sums, 0.999, 10)
    return FLOPS * LANES * ROUNDS / best_seconds(lambda: _multiplied(sums, 0.999, ROUNDS), rounds=3)
