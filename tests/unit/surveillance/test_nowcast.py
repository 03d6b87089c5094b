# SPDX-License-Identifier: Apache-2.0
"""The reporting triangle, and the nowcast made of it: what they hold and what they refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base.text import render
from pratique.surveillance.estimates.nowcast import NowcastRefused, nowcast
from pratique.surveillance.estimates.triangle import Triangle, reporting_triangle


def rng() -> np.random.Generator:
    """Return the same chance each time."""
    return np.random.default_rng(8)


def steady(days: int, longest: int, cases: float = 100.0) -> Triangle:
    """Return the same day over and over: half at once, the rest evenly over the delays."""
    row = np.array([cases / 2] + [cases / 2 / longest] * longest)
    cells = np.tile(row, (1, days, 1))
    coming = np.add.outer(np.arange(days), np.arange(longest + 1)) > days - 1
    return Triangle(np.where(coming, np.nan, cells), 0, days - 1)


def test_new_cases_become_a_triangle() -> None:
    made = reporting_triangle([0, 0, 1, 1, 2], [0, 1, 1, 1, 2], [5, 2, 4, 1, 3], longest=2)
    expected = [[5, 2, 0], [5, 0, np.nan], [3, np.nan, np.nan]]
    assert np.array_equal(made.cells[0], expected, equal_nan=True)
    assert (made.first, made.known, made.later) == (0, 2, 0)


def test_cumulative_figures_become_new_cases() -> None:
    # Day 0: 5, then 8, silent, then 9; day 1: 4, then 3 (one was taken back), then 6.
    made = reporting_triangle(
        [0, 0, 0, 1, 1, 1], [0, 1, 3, 1, 2, 3], [5, 8, 9, 4, 3, 6], longest=3, cumulative=True
    )
    expected = [[5, 3, 0, 1], [3, 0, 3, np.nan], [np.nan] * 4, [np.nan] * 4]
    assert np.array_equal(made.cells[0], expected, equal_nan=True)
    assert made.lowered == 0


def test_what_was_taken_back_is_said() -> None:
    made = reporting_triangle([0, 0], [0, 1], [9, 6], longest=1, cumulative=True)
    assert made.cells[0, 0].tolist() == [6, 0]
    assert made.lowered == 3


def test_later_cases_are_counted_apart() -> None:
    made = reporting_triangle([0, 0, 4], [0, 4, 4], [5, 2, 1], longest=1)
    assert made.cells[0, 0].tolist() == [5, 0]
    assert made.later == 2


def test_as_known_on_an_earlier_day() -> None:
    about, heard, values = [0, 0, 1, 2], [0, 2, 1, 2], [5, 2, 4, 3]
    then = reporting_triangle(about, heard, values, longest=1, as_of=1)
    assert np.array_equal(then.cells[0], [[5, 0], [4, np.nan]], equal_nan=True)


def test_several_series() -> None:
    made = reporting_triangle([0, 1, 1], [0, 1, 1], [5, 2, 7], longest=0, series=[0, 0, 2])
    assert made.cells[:, :, 0].tolist() == [[5, 2], [0, 0], [0, 7]]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20), st.integers(0, 50)), min_size=1),
    st.integers(0, 25),
)
def test_no_case_is_lost(entries: list[tuple[int, int, int]], longest: int) -> None:
    about, delay, values = (np.array(column) for column in zip(*entries, strict=True))
    made = reporting_triangle(about, about + delay, values, longest=longest)
    assert np.nansum(made.cells) + made.later == values.sum()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"values": [1, -1]}, "never negative"),
        ({"values": [1, np.nan]}, "never negative nor missing"),
        ({"known": [0, 0]}, "before the day"),
        ({"spoken": [0.5, 1]}, "whole days"),
        ({"values": [1]}, "one length"),
        ({"spoken": [], "known": [], "values": []}, "whole days|no figure"),
        ({"longest": -1}, "negative"),
        ({"series": [0, -1]}, "never negative"),
    ],
)
def test_wrong_vintages_are_refused(changed: dict[str, Any], words: str) -> None:
    entries = {"spoken": [0, 1], "known": [0, 1], "values": [1, 1], "longest": 1, **changed}
    with pytest.raises(ValueError, match=words):
        reporting_triangle(**entries)


def test_steady_days_are_completed() -> None:
    found = nowcast(steady(60, 6, 1200), rng())
    assert found.mean[0] == pytest.approx(1200, rel=0.03)
    assert found.share[0, -1] == pytest.approx(0.5, abs=0.02)
    assert found.share[0, :-6].tolist() == [1.0] * 54
    assert (found.quantiles[0, :-6] == 1200).all()
    assert found.reported[0, -1] == 600
    assert found.steadiness[0] == np.inf


def test_it_repeats_with_the_same_chance() -> None:
    first, second = (nowcast(steady(20, 4), rng(), draws=200) for _ in range(2))
    assert np.array_equal(first.quantiles, second.quantiles)


def test_quantiles_are_never_below_what_is_reported() -> None:
    cells = np.random.default_rng(3).poisson(2, (4, 30, 8)).astype(float)
    cells[:, np.add.outer(np.arange(30), np.arange(8)) > 29] = np.nan
    found = nowcast(Triangle(cells, 0, 29), rng(), draws=300)
    assert (found.quantiles >= found.reported[..., None]).all()
    assert (np.diff(found.quantiles, axis=2) >= 0).all()


def test_the_window_follows_a_change_of_delays() -> None:
    slow, fast = steady(60, 4).cells, steady(60, 4).cells
    fast = np.where(np.isnan(fast), np.nan, np.array([92.0, 2, 2, 2, 2]))
    cells = np.concatenate([slow[:, :40], fast[:, 40:]], axis=1)
    recent = nowcast(Triangle(cells, 0, 59), rng(), window=14)
    always = nowcast(Triangle(cells, 0, 59), rng())
    assert recent.mean[0, -1] == pytest.approx(100, rel=0.03)
    assert always.mean[0, -1] > 120


def test_delays_longer_than_the_reports_are_refused() -> None:
    with pytest.raises(NowcastRefused, match="need reports of at least 11 periods; there are 10"):
        nowcast(steady(10, 10), rng())
    assert nowcast(steady(11, 10), rng(), draws=50).mean.shape == (1, 11)


def test_cases_later_than_the_longest_delay_are_refused() -> None:
    given_ = steady(30, 4)
    late = Triangle(given_.cells, 0, 29, later=200.0)
    with pytest.raises(NowcastRefused) as caught:
        nowcast(late, rng())
    said = render(caught.value.sentence)
    assert said.startswith("200 cases of ")
    assert said.endswith(
        "were reported more than 4 periods late: a longer delay must be allowed for"
    )
    assert nowcast(late, rng(), draws=50, late_share=0.2).mean.shape == (1, 30)


def test_days_without_a_figure_have_no_estimate() -> None:
    given_ = steady(30, 4)
    given_.cells[0, [10, 28]] = np.nan
    found = nowcast(given_, rng(), draws=500)
    assert np.flatnonzero(np.isnan(found.mean[0])).tolist() == [10, 28]
    assert np.isnan(found.quantiles[0, 28]).all()
    assert found.mean[0, 29] == pytest.approx(100, rel=0.15)


def test_a_series_without_cases_has_no_estimate_and_harms_no_other() -> None:
    cells = np.concatenate(
        [np.where(np.isnan(steady(20, 3).cells), np.nan, 0.0), steady(20, 3).cells]
    )
    found = nowcast(Triangle(cells, 0, 19), rng(), draws=200)
    assert np.isnan(found.mean[0]).all()
    assert not np.isnan(found.mean[1]).any()


def test_all_reported_at_once_needs_no_nowcast() -> None:
    cells = np.full((1, 5, 1), 7.0)
    found = nowcast(Triangle(cells, 0, 4), rng())
    assert (found.mean == 7).all()
    assert (found.share == 1).all()
