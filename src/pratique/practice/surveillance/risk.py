# SPDX-License-Identifier: Apache-2.0
"""Rapid risk assessment: likelihood by consequence to a level of risk, with how sure it is.

The matrix is data (`risk.toml`); parties may agree on another. It decides nothing: a level is what
people judged, put together by a table that they can read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pratique.base.text import Either, Sentence, say

WORDS: Mapping[str, Sentence] = {
    "very_unlikely": say("very unlikely"),
    "unlikely": say("unlikely"),
    "likely": say("likely"),
    "highly_likely": say("highly likely"),
    "almost_certain": say("almost certain"),
    "minimal": say("minimal"),
    "minor": say("minor"),
    "moderate": say("moderate"),
    "major": say("major"),
    "severe": say("severe"),
    "low": say("low"),
    "high": say("high"),
    "very_high": say("very high"),
}
"""How the grades of the shipped matrix are said; another matrix's are said by their names."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Grades from the least on, and the level of each pair: a row a likelihood.

    `verified`: whether the cells have been held against the source.
    """

    likelihoods: tuple[str, ...]
    consequences: tuple[str, ...]
    levels: tuple[str, ...]
    confidences: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    source: str
    edition: str
    verified: bool = False

    def level(self, likelihood: str, consequence: str) -> str:
        """Return the level of a pair of grades."""
        return self.cells[self.likelihoods.index(likelihood)][self.consequences.index(consequence)]


@dataclass(frozen=True, slots=True)
class Rating:
    """A level of risk and how sure it is; where a grade is unknown, the levels that it may be."""

    likelihood: str | None
    consequence: str | None
    confidence: str | None
    levels: tuple[str, ...]

    @property
    def level(self) -> str | None:
        """The level, if it is known: also where an unknown grade would not change it."""
        return self.levels[0] if len(self.levels) == 1 else None


def rated(
    likelihood: str | None,
    consequence: str | None,
    *,
    confidence: str | None = None,
    matrix: Matrix | None = None,
) -> Rating:
    """Return the level of risk of a likelihood and a consequence; None: not known (yet).

    ValueError for a grade that the matrix does not have; `matrix` is the shipped one if none.
    """
    table = matrix or who_2012()
    _require("likelihood", likelihood, table.likelihoods)
    _require("consequence", consequence, table.consequences)
    _require("confidence", confidence, table.confidences)
    possible = {
        table.level(one, other)
        for one in (table.likelihoods if likelihood is None else (likelihood,))
        for other in (table.consequences if consequence is None else (consequence,))
    }
    levels = tuple(level for level in table.levels if level in possible)
    return Rating(likelihood, consequence, confidence, levels)


def rating_words(rating: Rating) -> Sentence:
    """Return a rating with its grounds, in a sentence."""
    said = {
        "likelihood": _words(rating.likelihood),
        "consequence": _words(rating.consequence),
        "confidence": _words(rating.confidence),
    }
    if rating.level is not None:
        return say(
            "The risk is {level} (likelihood {likelihood}, consequence {consequence});"
            " confidence: {confidence}.",
            level=_words(rating.level),
            **said,
        )
    return say(
        "The risk is not known yet: {levels} (likelihood {likelihood}, consequence {consequence});"
        " confidence: {confidence}.",
        levels=Either(tuple(_words(level) for level in rating.levels)),
        **said,
    )


@cache
def who_2012() -> Matrix:
    """Return the matrix that is shipped."""
    file = resources.files("pratique.practice.surveillance").joinpath("risk.toml")
    return matrix_from(tomllib.loads(file.read_text("utf-8")))


def matrix_from(table: Mapping[str, object]) -> Matrix:
    """Return a matrix from its table; ValueError if a cell is missing or is none of the levels."""
    grades = {name: _grades(table, name) for name in ("likelihoods", "consequences", "levels")}
    rows = table.get("matrix")
    if not isinstance(rows, Mapping) or set(rows) != set(grades["likelihoods"]):
        raise ValueError("a matrix has a row for each likelihood")
    cells = tuple(_grades(rows, name) for name in grades["likelihoods"])
    if any(len(row) != len(grades["consequences"]) for row in cells):
        raise ValueError("each row has a level for each consequence")
    if not {level for row in cells for level in row} <= set(grades["levels"]):
        raise ValueError("each cell is one of the levels")
    return Matrix(
        **grades,
        confidences=_grades(table, "confidences"),
        cells=cells,
        source=str(table.get("source", "")),
        edition=str(table.get("edition", "")),
        verified=table.get("verified") is True,
    )


def _grades(table: Mapping[str, object], name: str) -> tuple[str, ...]:
    grades = table.get(name)
    if not isinstance(grades, list) or not grades:
        raise ValueError(f"`{name}` is a list of grades, from the least on")
    return tuple(str(grade) for grade in grades)


def _require(what: str, grade: str | None, grades: tuple[str, ...]) -> None:
    if grade is not None and grade not in grades:
        raise ValueError(f"a {what} is one of {', '.join(grades)}, not {grade!r}")


def _words(grade: str | None) -> Sentence | str:
    if grade is None:
        return say("not known")
    return WORDS.get(grade, grade.replace("_", " "))
