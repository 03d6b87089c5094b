# SPDX-License-Identifier: Apache-2.0
"""What a detector found as a page: signals worst first, a map, small pictures of the series."""

from __future__ import annotations

from pratique.chart.signals_page.page import NO_LEGAL_EFFECT, answer_words, from_words, signals_html
from pratique.chart.signals_page.shown import Panel, Raised, Records, Seen, Shown, Spot

__all__ = [
    "NO_LEGAL_EFFECT",
    "Panel",
    "Raised",
    "Records",
    "Seen",
    "Shown",
    "Spot",
    "answer_words",
    "from_words",
    "signals_html",
]
