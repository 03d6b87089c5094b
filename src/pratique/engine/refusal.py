# SPDX-License-Identifier: Apache-2.0
"""What is raised for an act that the agreement's text gives no place to."""

from __future__ import annotations

from pratique.base.text import Sentence


class NotTakenIn(ValueError):
    """An act that the agreement's text gives no place to."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
