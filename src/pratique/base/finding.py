# SPDX-License-Identifier: Apache-2.0
"""Findings: what a check says of a text. Returned in lists, never raised."""

from __future__ import annotations

from dataclasses import dataclass

from pratique.base.text import Sentence


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in a text: lines and columns count from 1, `end` is past the last."""

    line: int
    column: int = 1
    end: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said of a text: a public code, where it stands, in words, and what to do.

    `article` is the paragraph's number as printed ("7.2"), `quote` its words; `witness` is an
    example in values; `note` names a second place. `accepted` holds the reason of an accepted W.
    """

    code: str
    sentence: Sentence
    span: Span
    help: Sentence
    article: str = ""
    quote: str = ""
    witness: Sentence | None = None
    note: Sentence | None = None
    clause: str = ""
    accepted: str | None = None

    @property
    def severity(self) -> str:
        """`E` stops adoption; `W` is shown until accepted."""
        return self.code[0]
