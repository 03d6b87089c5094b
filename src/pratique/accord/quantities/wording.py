# SPDX-License-Identifier: Apache-2.0
"""What a language's words for quantities are, as one value per language. Holds no rules.

A phrase is a tuple of lower-case tokens, written here with spaces between them: "half - yearly".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Phrase = tuple[str, ...]
Measure = tuple[Fraction, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language that make, change or forbid a quantity."""

    name: str
    comma_is_decimal: bool
    units: Mapping[Phrase, Measure]
    periods: Mapping[Phrase, Measure]
    each: Mapping[Phrase, Fraction]
    modifiers: frozenset[str]
    percents: Mapping[Phrase, Fraction]
    scales: Mapping[str, int]
    crowds: frozenset[str]
    tails: Mapping[Phrase, Fraction]
    fixed: Mapping[Phrase, Fraction]
    parts: Mapping[str, int]
    shy_parts: frozenset[str]
    bare_parts: Mapping[Phrase, Fraction]
    times: Mapping[Phrase, Fraction]
    money: Mapping[Phrase, str]
    months: Mapping[str, int]
    month_joins: Mapping[Phrase, bool]
    suffixes: frozenset[str]
    seconds: frozenset[str]
    second_after: frozenset[str]
    new_or_nine: frozenset[str]
    number_before: frozenset[str]
    articles: frozenset[str]
    of: frozenset[str]
    per: frozenset[str]
    ands: frozenset[str]
    tos: frozenset[str]
    between: frozenset[str]
    year_after: frozenset[str]
    glue: str
    glue_after: frozenset[str]
    glue_before: frozenset[str]
    glue_stops: frozenset[str]
    references: frozenset[str]
    many_references: frozenset[str]
    labels: frozenset[str]
    names: Mapping[Phrase, bool]
    plain: frozenset[str]


def table(words: Mapping[str, T]) -> dict[Phrase, T]:
    """Return the same table keyed by phrases."""
    return {tuple(text.split()): value for text, value in words.items()}


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


def measures(text: str) -> dict[Phrase, Measure]:
    """Return measures from lines such as `7 days = sennight, se'nnight`."""
    found: dict[Phrase, Measure] = {}
    for row in filter(None, map(str.strip, text.splitlines())):
        measure, phrases = row.split(" = ")
        count, unit = measure.split()
        for phrase in phrases.split(", "):
            found[tuple(phrase.split())] = (Fraction(count), unit)
    return found
