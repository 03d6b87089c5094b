# SPDX-License-Identifier: Apache-2.0
"""What a language's words for quantities are, as one value per language. Holds no rules.

A phrase is a tuple of lower-case tokens, written here with spaces between them: "half - yearly".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Phrase = tuple[str, ...]
Measure = tuple[Fraction, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """Phrases and what they mean; `reach` is the length of the longest one by its first word."""

    entries: Mapping[Phrase, T]
    reach: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language that make, change or forbid a quantity."""

    name: str
    comma_is_decimal: bool
    units: Table[Measure]
    periods: Table[Measure]
    each: Table[Fraction]
    modifiers: frozenset[str]
    percents: Table[Fraction]
    scales: Mapping[str, int]
    crowds: frozenset[str]
    tails: Table[Fraction]
    fixed: Table[Fraction]
    parts: Mapping[str, int]
    shy_parts: frozenset[str]
    bare_parts: Table[Fraction]
    times: Table[Fraction]
    money: Table[str]
    months: Mapping[str, int]
    month_joins: Table[bool]
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
    names: Table[bool]
    plain: frozenset[str]


def table(phrases: Mapping[str, T]) -> Table[T]:
    """Return the table of phrases written with spaces between their tokens."""
    return _table({tuple(text.split()): value for text, value in phrases.items()})


def measures(text: str) -> Table[Measure]:
    """Return the table of lines such as `2 weeks = fortnight, fortnights`."""
    found: dict[Phrase, Measure] = {}
    for row in filter(None, map(str.strip, text.splitlines())):
        measure, phrases = row.split(" = ")
        count, unit = measure.split()
        for phrase in phrases.split(", "):
            found[tuple(phrase.split())] = (Fraction(count), unit)
    return _table(found)


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


def month_names(text: str) -> dict[str, int]:
    """Return months by name, from their names in order, other spellings after a slash."""
    months = enumerate(text.split(), start=1)
    return {name: number for number, names in months for name in names.split("/")}


def _table(entries: dict[Phrase, T]) -> Table[T]:
    reach: dict[str, int] = {}
    for phrase in entries:
        reach[phrase[0]] = max(len(phrase), reach.get(phrase[0], 0))
    return Table(entries, reach)
