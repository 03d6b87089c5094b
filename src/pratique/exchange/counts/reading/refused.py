# SPDX-License-Identifier: Apache-2.0
"""How the reading of a row stops: with the reason why it is not taken."""

from __future__ import annotations

from pratique.base.text import Sentence
from pratique.exchange.counts.rows import Reason


class NotTaken(Exception):
    """Stops the reading of a row."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def stopped(code: str, sentence: Sentence, *, aside: bool = False) -> NotTaken:
    """Return what to raise where a row cannot be taken."""
    return NotTaken(Reason(code, sentence, aside=aside))
