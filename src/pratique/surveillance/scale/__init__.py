# SPDX-License-Identifier: Apache-2.0
"""The same detection over very many series: in chunks, on all cores, on an existing cluster.

Each series is computed as if it were alone, so all ways give the same bits.
"""

from __future__ import annotations

from pratique.surveillance.scale.chunks import Looked, Watch, found, joined, pieces, watched

__all__ = ["Looked", "Watch", "found", "joined", "pieces", "watched"]
