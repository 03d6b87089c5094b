# SPDX-License-Identifier: Apache-2.0
"""Why a file of counts, or a mapping, cannot be read at all; single rows are refused elsewhere."""

from __future__ import annotations

from pratique.base.text import Sentence


class NotCounts(ValueError):
    """A file that cannot be read as counts; says where and what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotMapping(NotCounts):
    """A mapping file that cannot be read, or does not mean anything; names the key."""
