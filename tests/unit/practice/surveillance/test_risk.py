# SPDX-License-Identifier: Apache-2.0
"""Rapid risk assessment: likelihood by consequence to a level, and what is not known of it."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base.text import render
from pratique.practice.surveillance.methods import risk_level
from pratique.practice.surveillance.risk import (
    WORDS,
    matrix_from,
    rated,
    rating_words,
    who_2012,
)

TABLE = who_2012()
LIKELIHOOD = st.sampled_from([None, *TABLE.likelihoods])
CONSEQUENCE = st.sampled_from([None, *TABLE.consequences])
TWO_BY_TWO: dict[str, object] = {
    "source": "the Parties",
    "likelihoods": ["rare", "often"],
    "consequences": ["small", "large"],
    "levels": ["green", "red"],
    "confidences": ["low", "high"],
    "matrix": {"rare": ["green", "green"], "often": ["green", "red"]},
}


def test_the_shipped_matrix_has_five_grades_four_levels_and_a_source() -> None:
    assert (len(TABLE.likelihoods), len(TABLE.consequences), len(TABLE.levels)) == (5, 5, 4)
    assert "WHO/HSE/GAR/ARO/2012.1" in TABLE.source
    assert set(TABLE.likelihoods) | set(TABLE.consequences) | set(TABLE.levels) <= set(WORDS)
    # Its cells were not held against the figure of the manual, and it says so.
    assert TABLE.verified is False


def test_more_likely_or_graver_is_never_a_lower_risk() -> None:
    height = [[TABLE.levels.index(cell) for cell in row] for row in TABLE.cells]
    for row in height:
        assert row == sorted(row)
    for lower, upper in pairwise(height):
        assert all(one <= other for one, other in zip(lower, upper, strict=True))
    assert {cell for row in TABLE.cells for cell in row} == set(TABLE.levels)


def test_the_ends_of_the_matrix() -> None:
    assert rated("very_unlikely", "minimal").level == "low"
    assert rated("almost_certain", "severe").level == "very_high"


@given(LIKELIHOOD, CONSEQUENCE)
def test_what_is_not_known_leaves_the_levels_that_it_may_be(
    likelihood: str | None, consequence: str | None
) -> None:
    rating = rated(likelihood, consequence)
    known = {
        rated(one, other).level
        for one, other in product(TABLE.likelihoods, TABLE.consequences)
        if likelihood in (None, one) and consequence in (None, other)
    }
    assert set(rating.levels) == known
    assert rating.level == (rating.levels[0] if len(known) == 1 else None)


def test_a_level_is_known_where_the_missing_grade_would_not_change_it() -> None:
    assert rated(None, "minimal").level == "low"
    assert rated("almost_certain", None).level is None


def test_it_is_said_in_a_sentence_with_how_sure_it_is() -> None:
    rating = rated("likely", "major", confidence="moderate")
    assert str(rating_words(rating)) == (
        "The risk is high (likelihood likely, consequence major); confidence: moderate."
    )
    unsure = str(rating_words(rated("likely", None)))
    assert unsure.startswith("The risk is not known yet: low, moderate, high or very high")
    assert "confidence: not known" in unsure
    assert render(rating_words(rating), "fr")


def test_parties_may_agree_on_another_matrix() -> None:
    own = matrix_from(TWO_BY_TWO)
    assert rated("often", "large", confidence="low", matrix=own).level == "red"
    assert "The risk is red" in str(rating_words(rated("often", "large", matrix=own)))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"matrix": {"rare": ["green", "green"]}}, "a row for each likelihood"),
        ({"matrix": None}, "a row for each likelihood"),
        ({"matrix": {"rare": ["green"], "often": ["green", "red"]}}, "for each consequence"),
        ({"matrix": {"rare": ["blue", "red"], "often": ["red", "red"]}}, "one of the levels"),
        ({"levels": []}, "`levels` is a list of grades"),
    ],
)
def test_a_matrix_with_a_hole_is_an_error(change: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        matrix_from(TWO_BY_TWO | change)


@pytest.mark.parametrize("wrong", [("often", "minor", None), ("likely", "red", None)])
def test_a_grade_that_the_matrix_does_not_have_is_an_error(
    wrong: tuple[str, str, str | None],
) -> None:
    with pytest.raises(ValueError, match="is one of"):
        rated(wrong[0], wrong[1], confidence=wrong[2])
    with pytest.raises(ValueError, match="a confidence is one of low, moderate, high"):
        rated("likely", "minor", confidence="sure")


def test_the_method_counts_grades_and_levels_from_the_least() -> None:
    for (row, likelihood), (column, consequence) in product(
        enumerate(TABLE.likelihoods, 1), enumerate(TABLE.consequences, 1)
    ):
        found = risk_level(np.full((1, 1), float(row)), np.full((1, 1), float(column)))
        assert TABLE.levels[int(found[0, 0]) - 1] == TABLE.level(likelihood, consequence)


def test_the_method_spreads_a_shared_grade_over_parties() -> None:
    found = risk_level(np.array([[5.0]]), np.array([[1.0, 3.0, 9.0]]))
    assert found.tolist() == [[1.0, 3.0, 4.0]]
