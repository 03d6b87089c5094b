# SPDX-License-Identifier: Apache-2.0
"""The language, chapter 6, continued: many scenarios at once, slots for cases, and their queue."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.base.finding import Finding
from pratique.base.moment import day_from_iso
from pratique.engine.intake import Intake, Opening, StepAct
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import advance, next_stop
from pratique.engine.view import view
from spec.small_accord import accord
from spec.small_procedures import (
    REQUEST,
)

# --- batches --------------------------------------------------------------------------------------


def batch(text: str, scenarios: int, slots: int | None) -> tuple[Standing, int]:
    program = compile_accord(read_accord(accord(text)))
    assert not isinstance(program, Finding)
    begins = day_from_iso("2026-01-01") * 86_400
    return open_standing(program, begins, scenarios, slots), begins


def openings(counts: list[list[int]]) -> Intake:
    """Return an intake that opens a case wherever a quantity is given."""
    quantity = np.array(counts, dtype=np.float64)
    fields = {"quantity": quantity, "needed_by": np.full(quantity.shape, 20_500.0)}
    return Intake(opened=[Opening("request", quantity > 0, fields)])


def reviews(counts: list[list[int]]) -> Intake:
    """Return an intake that reviews the oldest case of each row; -1: none."""
    approved = np.array(counts, dtype=np.float64)
    return Intake(steps=[StepAct("request", 0, approved >= 0, {"approved": approved})])


STORY = [
    (3_600, openings, [[5, 0], [7, 2], [0, 4]]),
    (7_200, openings, [[6, 1], [0, 0], [3, 0]]),
    (90_000, reviews, [[0, 0], [4, -1], [2, 2]]),
    (100_000, openings, [[8, 0], [0, 0], [0, 9]]),
    (200_000, reviews, [[3, -1], [-1, 0], [0, 0]]),
    (900_000, reviews, [[1, -1], [-1, -1], [1, 1]]),
]


def told(standing: Standing, begins: int, rows: slice) -> list[list[dict[str, Any]]]:
    """Run the story of some of its scenarios and return every scenario's view after each moment."""
    seen: list[list[dict[str, Any]]] = []
    for after, make, counts in STORY:
        advance(standing, begins + after, make(counts[rows]))
        seen.append([view(standing, one) for one in range(standing.scenarios)])
    return seen


def test_each_scenario_of_a_batch_goes_as_if_it_were_alone() -> None:
    whole = told(*batch(REQUEST, 3, None), slice(0, 3))
    for one in range(3):
        alone = told(*batch(REQUEST, 1, None), slice(one, one + 1))
        assert [moment[one] for moment in whole] == [moment[0] for moment in alone]


def test_with_slots_enough_a_bounded_batch_is_the_live_register() -> None:
    assert told(*batch(REQUEST, 3, 3), slice(0, 3)) == told(*batch(REQUEST, 3, None), slice(0, 3))


def test_cases_beyond_the_slots_wait_in_order_and_are_counted() -> None:
    standing, begins = batch(REQUEST, 1, 2)
    for hour, quantity in enumerate((5, 6, 7, 8)):
        advance(standing, begins + 3_600 * (hour + 1), openings([[quantity, 0]]))
    rows = standing.cases["request"]
    assert (rows.waiting[0, 0], rows.most_waiting[0, 0]) == (2, 2)
    assert [case["number"] for case in view(standing)["cases"]["request"][0]] == [1, 2]
    advance(standing, begins + 40_000, reviews([[0, -1]]))
    cases = view(standing)["cases"]["request"][0]
    assert [(case["number"], case["fields"]["quantity"]) for case in cases] == [(2, 6), (3, 7)]
    # The clock runs from the opening, not from when a slot was free: both fall due together.
    assert cases[0]["due"] == cases[1]["due"]
    assert (rows.waiting[0, 0], rows.most_waiting[0, 0]) == (1, 2)


def test_a_copy_goes_its_own_way() -> None:
    standing, begins = batch(REQUEST, 1, None)
    advance(standing, begins + 3_600, openings([[5, 0]]))
    twin = standing.copy()
    advance(twin, begins + 7_200, reviews([[0, -1]]))
    assert view(twin)["cases"]["request"][0] == []
    assert len(view(standing)["cases"]["request"][0]) == 1
    assert next_stop(standing, begins + 3_600) == begins + 86_400
