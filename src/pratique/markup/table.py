# SPDX-License-Identifier: Apache-2.0
"""A table as a plain value: shown by whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass

from pratique.base.text import Sentence


@dataclass(frozen=True, slots=True)
class Table:
    """A table: cells are whatever a sentence can hold; the first of a row is its head."""

    caption: Sentence
    heads: tuple[Sentence, ...]
    rows: tuple[tuple[object, ...], ...]
