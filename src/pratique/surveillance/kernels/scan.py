# SPDX-License-Identifier: Apache-2.0
"""The greatest likelihood ratio of all cylinders of a space-time scan, for many replicates."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.surveillance.kernels.compiled import kernel


@kernel
def greatest(cases: Any, near: Any, sizes: Any, cylinders: Any, entropy: Any) -> Any:
    """Return for each replicate the greatest log likelihood ratio.

    `cases` [replicate, place, lasting] in the last 1, 2… times; `near` [centre, k] places by
    distance and `sizes` [centre] how many of them a circle may hold; `cylinders` [3, centre, k,
    lasting] what is expected inside, the logarithm of that and of what is expected outside;
    `entropy` is x ln x of 0, 1… all cases.
    """
    expected, in_logs, out_logs = cylinders[0], cylinders[1], cylinders[2]
    total = len(entropy) - 1
    best = np.zeros(len(cases))
    lasting = cases.shape[2]
    inside = np.zeros(lasting, dtype=np.int64)
    # Centres outside, replicates inside: what is known of a centre then stays in the cache.
    for centre in range(len(near)):
        for replicate in range(len(cases)):
            top = best[replicate]
            inside[:] = 0
            for k in range(sizes[centre]):
                for d in range(lasting):
                    inside[d] += cases[replicate, near[centre, k], d]
                    count = inside[d]
                    if count > expected[centre, k, d]:
                        rest = total - count
                        ratio = (
                            entropy[count]
                            - count * in_logs[centre, k, d]
                            + entropy[rest]
                            - rest * out_logs[centre, k, d]
                        )
                        top = max(top, ratio)
            best[replicate] = top
    return best
