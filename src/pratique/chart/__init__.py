# SPDX-License-Identifier: Apache-2.0
"""Charts: a value in, SVG text and its table out (vl-convert behind one function, no network)."""

from __future__ import annotations

from pratique.chart.drawing import draw

__all__ = ["draw"]
