# SPDX-License-Identifier: Apache-2.0
"""Neighbours that rise within some days of one another are told of together, once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from pratique.base.text import render
from pratique.surveillance.clusters.neighbours import Together, rising_together

# Places 0-1-2-3 in a row; days of two weeks.
PAIRS = ((0, 1), (1, 2), (2, 3))
WEEKS = np.arange(0, 70, 7)


def told(
    rises: dict[int, list[int]], within: int = 14, countries: str | None = None
) -> list[Together]:
    """Return what is told of rises by place in these weeks."""
    rose = np.zeros((4, len(WEEKS)), dtype=bool)
    for place, weeks in rises.items():
        rose[place, weeks] = True
    return list(rising_together(rose, WEEKS, PAIRS, within=within, countries=countries))


def groups(found: list[Together]) -> list[tuple[int, set[int]]]:
    """Return week and places of each."""
    return [(one.day // 7, set(one.places)) for one in found]


def test_two_neighbours_within_the_days() -> None:
    assert groups(told({0: [1], 1: [3]})) == [(3, {0, 1})]
    assert told({0: [1], 1: [4]}) == []


def test_places_that_never_touch_are_not_told_of() -> None:
    assert told({0: [1], 2: [1]}) == []


def test_a_group_is_told_again_only_when_a_place_joins() -> None:
    found = told({0: [1, 2, 3, 4], 1: [2, 3, 4], 2: [4]})
    assert groups(found) == [(2, {0, 1}), (4, {0, 1, 2})]
    assert found[1].rose == (28, 28, 28)


def test_after_a_lull_it_is_told_anew() -> None:
    assert groups(told({0: [0, 8], 1: [0, 9]})) == [(0, {0, 1}), (9, {0, 1})]


def test_only_across_a_border() -> None:
    rises = {0: [1], 1: [1], 2: [3], 3: [3]}
    assert groups(told(rises, countries="AABB")) == [(3, {0, 1, 2, 3})]
    assert groups(told({0: [1], 1: [1]}, countries="AABB")) == []


def test_the_reason_names_places_and_days() -> None:
    (one,) = told({0: [1], 1: [2]})
    assert render(one.reason(["Lofa", "Gueckedou", "x", "y"])) == (
        "Lofa and Gueckedou are neighbours and rose within 14 days of one another: "
        "Lofa on 8 January 1970 and Gueckedou on 15 January 1970"
    )


def test_days_are_in_order_and_pairs_name_places() -> None:
    with pytest.raises(ValueError, match="in order"):
        rising_together(np.zeros((1, 2), bool), np.array([7, 7]), ())
    with pytest.raises(ValueError, match="no series"):
        rising_together(np.zeros((1, 2), bool), np.array([1, 2]), ((0, 1),))


def test_groups_are_those_of_a_plain_closure() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        rose = rng.random((8, 6)) < 0.3
        pairs = [(int(a), int(b)) for a, b in rng.integers(0, 8, (7, 2))]
        links = np.eye(8, dtype=int)
        for a, b in pairs:
            links[a, b] = links[b, a] = 1
        before: list[set[int]] = []
        expected = []
        for day in range(6):
            active = rose[:, max(0, day - 2) : day + 1].any(axis=1)
            reach = np.linalg.matrix_power(links * np.outer(active, active), 8) > 0
            now = {frozenset(np.flatnonzero(row).tolist()) for row in reach}
            now = {group for group in now if len(group) > 1}
            fresh = [g for g in now if not any(g <= one for one in before)]
            expected += [(day, set(group)) for group in fresh]
            before = [set(group) for group in now]
        found = rising_together(rose, np.arange(6), pairs, within=2)
        assert sorted((one.day, sorted(one.places)) for one in found) == sorted(
            (day, sorted(group)) for day, group in expected
        )
        assert all(a.day <= b.day for a, b in pairwise(found))
