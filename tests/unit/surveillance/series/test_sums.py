# SPDX-License-Identifier: Apache-2.0
"""Sums over places and groups: each indicator by its one definition, nothing counted twice."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pratique.surveillance.arrays import Floats
from pratique.surveillance.series.collection import Identity, SeriesSet, chosen, matching, until
from pratique.surveillance.series.indicators import Indicator, indicators
from pratique.surveillance.series.reporting import (
    as_sites,
    completeness,
    incidence,
    timeliness,
)
from pratique.surveillance.series.sums import in_weeks, regrouped, summed, without
from pratique.surveillance.series.vintages import vintages

NAN = math.nan
DISTRICTS = ("bo", "kailahun", "kenema")
REGIONS = {"bo": "south", "kailahun": "east", "kenema": "east"}


def by_place(counts: list[list[float]], **figures: list[list[float]]) -> SeriesSet:
    """Return weekly cases of three districts."""
    tables = {name: np.array(table, dtype=float) for name, table in figures.items()}
    identities = tuple(Identity("cases", "ebola", place=place) for place in DISTRICTS)
    return replace(SeriesSet(identities, "iso_week", 4, np.array(counts, float)), **tables)  # type: ignore[arg-type]


def shown(table: Floats | None) -> list[list[float]]:
    """Return a table as lists, -1 for what is not known."""
    assert table is not None
    return np.nan_to_num(table, nan=-1).tolist()


THREE = by_place([[1, 2, NAN], [10, NAN, NAN], [100, 200, NAN]])


def test_a_sum_with_a_missing_part_is_unknown() -> None:
    total = summed(THREE, without("place"))
    assert shown(total.series.counts) == [[111, -1, -1]]
    assert total.series.identities == (Identity("cases", "ebola"),)
    assert total.parts.tolist() == [3]
    assert total.known.tolist() == [[3, 2, 0]]


def test_at_least_says_how_much_of_it_is_known() -> None:
    total = summed(THREE, without("place"), missing="at_least")
    assert shown(total.series.counts) == [[111, 202, -1]]
    assert total.completeness.round(2).tolist() == [[1, 0.67, 0]]


def test_districts_into_regions() -> None:
    regions = summed(THREE, regrouped("place", REGIONS)).series
    assert [one.place for one in regions.identities] == ["south", "east"]
    assert shown(regions.counts) == [[1, 2, -1], [110, -1, -1]]


def test_a_place_that_the_table_does_not_name_is_left_out() -> None:
    east = summed(THREE, regrouped("place", {"kenema": "east"}))
    assert shown(east.series.counts) == [[100, 200, -1]]


def test_sites_and_persons_add_over_places() -> None:
    sites = by_place(
        [[1], [2], [3]],
        population=[[1000], [2000], [3000]],
        expected=[[10], [5], [5]],
        reporting=[[10], [0], [5]],
    )
    total = summed(sites, without("place")).series
    assert shown(total.population) == [[6000]]
    assert completeness(total).tolist() == [[0.75]]
    assert incidence(total).tolist() == [[100]]


def test_persons_and_sites_are_not_counted_once_a_case_class() -> None:
    each = list(product(("suspected", "confirmed"), ("0-4", "5+"), ("bo", "kenema")))
    series = SeriesSet(
        tuple(Identity("cases", "ebola", c, place, age) for c, age, place in each),
        "daily",
        0,
        np.ones((8, 1)),
        population=np.array([[50.0], [60], [500], [600], [NAN], [60], [500], [600]]),
        expected=np.array([[3.0], [4]] * 4),
        reporting=np.array([[2.0], [4]] * 4),
    )
    total = summed(series, without("class_", "age", "place")).series
    assert shown(total.counts) == [[8]]
    assert shown(total.population) == [[1210]]
    assert (shown(total.expected), shown(total.reporting)) == ([[7]], [[6]])


def test_a_mean_is_weighted_by_population() -> None:
    coverage = SeriesSet(
        (Identity("coverage", place="a"), Identity("coverage", place="b")),
        "iso_week",
        4,
        np.array([[0.9, 0.9, NAN], [0.5, 0.5, 0.5]]),
        population=np.array([[100, 100, 100], [300, NAN, 300]]),
    )
    strict, least = (
        shown(summed(coverage, without("place"), missing=missing).series.counts)
        for missing in ("unknown", "at_least")
    )
    assert np.allclose(strict, [[0.6, -1, -1]])
    assert np.allclose(least, [[0.6, 0.9, 0.5]])
    with pytest.raises(ValueError, match="weighted by population"):
        summed(replace(coverage, population=None), without("place"))


@pytest.mark.parametrize(
    ("identities", "words"),
    [
        ((Identity("cases"), Identity("cases", place="a")), "both all and a part of them by place"),
        ((Identity("cases", place="a"), Identity("cases", place="a")), "stands twice"),
        ((Identity("positivity", place="a"), Identity("positivity", place="b")), "does not add"),
        ((Identity("visitors", place="a"),), "nothing says how `visitors` adds"),
    ],
)
def test_what_may_not_be_added_is_refused(identities: tuple[Identity, ...], words: str) -> None:
    series = SeriesSet(identities, "iso_week", 4, np.ones((len(identities), 1)))
    with pytest.raises(ValueError, match=words):
        summed(series, without("place") if words != "stands twice" else without("sex"))


def test_different_indicators_are_never_one_sum() -> None:
    both = SeriesSet((Identity("cases"), Identity("deaths")), "daily", 0, np.ones((2, 1)))
    with pytest.raises(ValueError, match="different indicators"):
        summed(both, lambda one: replace(one, indicator="cases"))


def test_ones_own_indicator() -> None:
    series = SeriesSet((Identity("visitors", place="a"),), "daily", 0, np.ones((1, 2)))
    mine = {"visitors": Indicator("visitors", "persons", "sum")}
    assert shown(summed(series, without("place"), definitions=mine).series.counts) == [[1, 1]]


def test_each_indicator_has_one_definition() -> None:
    assert indicators()["cases"] == Indicator("cases", "persons", "sum")
    assert {one.adds for one in indicators().values()} == {"sum", "mean", "never"}


def test_days_into_weeks() -> None:
    daily = SeriesSet(
        (Identity("cases"),),
        "daily",
        2,  # a Saturday: two days before the first whole ISO week, one before the first of the MMWR
        np.array([[9, 9, *range(7), 1, NAN, 1, 1, 1, 1, 1, 50]], dtype=float),
        population=np.full((1, 17), 700.0),
        reporting=np.ones((1, 17)),
    )
    weekly = in_weeks(daily, "iso_week")
    assert weekly.first == 4
    assert shown(weekly.counts) == [[21, -1]]
    assert shown(in_weeks(daily, "iso_week", missing="at_least").counts) == [[21, 6]]
    assert (shown(weekly.population), shown(weekly.reporting)) == ([[700, 700]], [[7, 7]])
    assert shown(in_weeks(daily, "mmwr_week").counts) == [[24, -1]]
    with pytest.raises(ValueError, match="only daily"):
        in_weeks(weekly, "mmwr_week")


def test_sites_that_report_and_when() -> None:
    rows = vintages(
        tuple(Identity("cases", place=place) for place in DISTRICTS),
        "iso_week",
        series=[0, 1, 0, 1, 2],
        days=[4, 4, 11, 11, 11],
        known=[10, 20, 19, 19, 30],
        values=[1, 2, 3, 4, 0],
    )
    known = as_sites(rows.as_known())
    assert completeness(summed(known, without("place"), missing="at_least").series).round(
        2
    ).tolist() == [[0.67, 1]]
    assert shown(timeliness(rows, 2)) == [[1, 1], [0, 1], [0, 0]]
    # On day 18 the second week has ended, but its two days of grace are not over.
    assert shown(timeliness(rows, 2, day=18)) == [[1, -1], [0, -1], [0, -1]]


def test_timeliness_of_counted_sites() -> None:
    rows = vintages(
        (Identity("cases"),),
        "iso_week",
        series=[0, 0],
        days=[4, 4],
        known=[11, 15],
        values=[5, 8],
        beside={"expected": [10, 10], "reporting": [6, 9]},
    )
    assert timeliness(rows, 2).tolist() == [[0.6]]
    assert completeness(rows.as_known()).tolist() == [[0.9]]
    assert shown(completeness(THREE)) == [[-1] * 3] * 3
    assert shown(incidence(THREE)) == [[-1] * 3] * 3


def test_series_are_chosen_by_their_words_and_cut_by_day() -> None:
    assert matching(THREE, place="kenema").counts[0, :2].tolist() == [100, 200]
    assert chosen(THREE, [2, 0]).identities[0].place == "kenema"
    assert chosen(THREE, slice(1)).identities[0].place == "bo"
    # The second week ends on day 17.
    assert [until(THREE, day).counts.shape[1] for day in (3, 10, 16, 17, 99)] == [0, 1, 1, 2, 3]


@given(
    arrays.arrays(
        np.float64, (6, 4), elements=st.one_of(st.integers(0, 9).map(float), st.just(NAN))
    ),
    st.lists(st.sampled_from("xyz"), min_size=6, max_size=6),
)
def test_sums_are_the_sums_of_their_parts(counts: Floats, into: list[str]) -> None:
    places = [f"p{n}" for n in range(6)]
    series = SeriesSet(tuple(Identity("cases", place=p) for p in places), "iso_week", 4, counts)
    found = summed(series, regrouped("place", dict(zip(places, into, strict=True))))
    for one, row in zip(found.series.identities, found.series.counts, strict=True):
        parts = [counts[n] for n in range(6) if into[n] == one.place]
        np.testing.assert_array_equal(row, np.sum(parts, axis=0))
