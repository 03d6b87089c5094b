# SPDX-License-Identifier: Apache-2.0
"""The space-time scan against a computation by hand and one that tries every cylinder."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from pratique.base.text import render
from pratique.surveillance.arrays import Floats
from pratique.surveillance.clusters.scan import (
    Circles,
    Cluster,
    circles,
    distances,
    likelihood_ratio,
    scan,
)
from pratique.surveillance.kernels.scan import greatest

NAN = math.nan


def chance(seed: int = 1) -> np.random.Generator:
    """Return a stream of random numbers."""
    return np.random.default_rng(seed)


def grid(side: int) -> tuple[Floats, Floats]:
    """Return longitudes and latitudes of a square of places near the equator."""
    return np.tile(np.arange(side) / 10, side), np.repeat(np.arange(side) / 10, side)


def best_by_trying_all(counts: Floats, baseline: Floats, around: Circles, longest: int) -> float:
    """Return the greatest ratio, from sums over every cylinder."""
    means = baseline * counts.sum() / baseline.sum()
    total, end = counts.sum(), counts.shape[1]
    best = 0.0
    for centre, k, start in product(
        range(len(counts)), range(len(counts)), range(end - 1, end - 1 - longest, -1)
    ):
        if k >= around.sizes[centre]:
            continue
        places = [int(p) for p in around.near[centre, : k + 1]]
        c, e = counts[places, start:].sum(), means[places, start:].sum()
        if c <= e:
            continue
        ratio = c * math.log(c / e)
        ratio += (total - c) * math.log((total - c) / (total - e)) if total > c else 0
        best = max(best, ratio)
    return best


def test_the_ratio_by_hand() -> None:
    # 10 of 20 cases where 4 were expected: 10 ln(10/4) + 10 ln(10/16).
    assert likelihood_ratio(10, 4.0, 20) == pytest.approx(10 * math.log(2.5) + 10 * math.log(0.625))
    assert likelihood_ratio(10, 4.0, 20) == pytest.approx(4.462871, abs=1e-6)
    assert likelihood_ratio(20, 4.0, 20) == pytest.approx(20 * math.log(5))
    assert likelihood_ratio([3, 4, 0], [4.0, 4.0, 0.0], 20).tolist() == [0, 0, 0]


@pytest.mark.parametrize(("count", "expected"), [(10, 4.0), (7, 6.5), (19, 2.0), (12, 0.3)])
def test_the_ratio_is_that_of_two_poisson_likelihoods(count: int, expected: float) -> None:
    total = 20
    inside, outside = count / expected, (total - count) / (total - expected)
    alternative = poisson.logpmf(count, inside * expected)
    alternative += poisson.logpmf(total - count, outside * (total - expected))
    null = poisson.logpmf(count, expected) + poisson.logpmf(total - count, total - expected)
    assert likelihood_ratio(count, expected, total) == pytest.approx(alternative - null)


def test_kilometres_between_places() -> None:
    # One degree on the equator, and Freetown to Monrovia: 363 km.
    assert distances([0, 1], [0, 0])[0, 1] == pytest.approx(111.19, abs=0.01)
    assert distances([-13.23, -10.80], [8.48, 6.30])[1, 0] == pytest.approx(361, abs=3)


def test_circles_hold_a_share_of_persons_within_kilometres() -> None:
    east, north = [0, 1, 2, 3], [0, 0, 0, 0]
    all_of_them = circles(east, north, [1, 1, 1, 1], share=1)
    assert all_of_them.near[0].tolist() == [0, 1, 2, 3]
    assert all_of_them.near[1].tolist() == [1, 0, 2, 3]
    assert circles(east, north, [1, 1, 1, 1]).sizes.tolist() == [2, 2, 2, 2]
    assert circles(east, north, [1, 1, 1, 1], share=1, km=112).sizes.tolist() == [2, 3, 3, 2]
    # A place with more than the share is no cluster, and no circle reaches beyond it.
    assert circles(east, north, [1, 1, 8, 1]).sizes.tolist() == [2, 2, 0, 1]
    with pytest.raises(ValueError, match="share"):
        circles(east, north, [1] * 4, share=0)


COUNTS = st.lists(
    st.lists(st.integers(0, 6).map(float), min_size=5, max_size=5), min_size=9, max_size=9
)


@given(COUNTS, st.lists(st.floats(1, 9), min_size=9, max_size=9), st.integers(1, 5))
@settings(max_examples=40)
def test_the_cluster_is_the_best_of_all_cylinders(
    rows: list[list[float]], persons: list[float], longest: int
) -> None:
    counts, around = np.array(rows), circles(*grid(3), persons)
    baseline = np.repeat(np.array(persons)[:, None], 5, axis=1)
    found = scan(counts, persons, around, chance=chance(), longest=longest, replicates=1)
    if counts.sum() == 0:
        assert found == ()
        return
    ratio = best_by_trying_all(counts, baseline, around, longest)
    assert (found[0].ratio if found else 0) == pytest.approx(ratio, abs=1e-9)
    if found:
        # Of cylinders as good as one another any may be named; the one named is as good.
        c = counts[list(found[0].places), found[0].since :].sum()
        means = baseline * counts.sum() / baseline.sum()
        e = means[list(found[0].places), found[0].since :].sum()
        assert (found[0].count, found[0].expected) == (c, pytest.approx(e))
        assert likelihood_ratio(c, e, counts.sum()) == pytest.approx(ratio)


@given(COUNTS, st.integers(1, 5))
@settings(max_examples=20)
def test_the_kernel_the_plain_function_and_the_arrays_agree(
    rows: list[list[float]], longest: int
) -> None:
    counts, around = np.array(rows), circles(*grid(3), np.arange(1, 10))
    if counts.sum() == 0:
        return
    total = int(counts.sum())
    cases = np.cumsum(counts[:, ::-1][:, :longest], axis=1).astype(np.int64)
    means = np.cumsum(np.full((9, 5), total / 45)[:, :longest], axis=1)
    expected = around.sums(means)
    with np.errstate(divide="ignore"):
        logs = np.log(np.maximum(total - expected, 0))
        cylinders = np.stack([expected, np.log(expected), logs])
    whole = np.arange(total + 1)
    entropy = whole * np.log(np.maximum(whole, 1))
    arguments = (cases[None], around.near, around.sizes, cylinders, entropy)
    compiled, plain = greatest(*arguments), greatest.py_func(*arguments)
    allowed = (np.arange(around.near.shape[1]) < around.sizes[:, None])[:, :, None]
    ratios = likelihood_ratio(around.sums(cases), expected, total)
    assert compiled[0] == pytest.approx(plain[0], abs=1e-9)
    assert compiled[0] == pytest.approx(np.where(allowed, ratios, 0).max(), abs=1e-9)


CROSS = [8, 13, 14, 15, 20]


def planted() -> Floats:
    """Return even counts of 36 places over 20 times, with more in a cross at the last three."""
    counts = chance(7).poisson(2, (36, 20)).astype(float)
    counts[np.ix_(CROSS, [17, 18, 19])] += 6
    return counts


def found_in(counts: Floats) -> tuple[Cluster, ...]:
    """Return the clusters of places with as many persons each."""
    around = circles(*grid(6), np.ones(36), share=0.25)
    return scan(counts, np.ones(36), around, chance=chance(), longest=6, replicates=199)


def test_a_planted_cluster_is_found_where_and_when_it_is() -> None:
    first, *others = found_in(planted())
    assert set(first.places) == set(CROSS)
    assert (first.since, first.until) == (17, 19)
    assert first.pvalue == 1 / 200
    assert all(other.pvalue > 0.1 for other in others)
    assert first.count == planted()[np.ix_(CROSS, [17, 18, 19])].sum()
    assert first.expected == pytest.approx(planted().sum() * 15 / (36 * 20))


def test_no_two_clusters_share_a_place() -> None:
    found = found_in(planted())
    places = [place for cluster in found for place in cluster.places]
    assert len(places) == len(set(places))
    assert [c.ratio for c in found] == sorted((c.ratio for c in found), reverse=True)


def test_the_unit_of_the_baseline_does_not_matter() -> None:
    around = circles(*grid(6), np.ones(36), share=0.25)
    thousand = scan(
        planted(), np.full(36, 1000.0), around, chance=chance(), longest=6, replicates=199
    )
    pairs = zip(thousand, found_in(planted()), strict=True)
    assert all((a.places, a.since) == (b.places, b.since) for a, b in pairs)


def test_the_same_stream_gives_the_same_answer() -> None:
    assert found_in(planted()) == found_in(planted())


def test_what_is_missing_is_left_out_with_what_was_expected_there() -> None:
    around = circles([0, 1], [0, 0], [1, 1], share=0.5)
    full = scan([[1, 1, 6], [1, 1, 1]], [1, 1], around, chance=chance(), longest=1, replicates=9)
    holed = scan([[1, 1, 6], [1, NAN, 1]], [1, 1], around, chance=chance(), longest=1, replicates=9)
    assert full[0].expected == pytest.approx(11 / 6)
    assert holed[0].expected == pytest.approx(10 / 5)


def test_nothing_counted_is_no_cluster() -> None:
    assert found_in(np.zeros((36, 20))) == ()
    assert found_in(np.full((36, 20), NAN)) == ()


@pytest.mark.parametrize(
    ("counts", "baseline", "longest", "words"),
    [
        ([[1, 2]], [1], 3, "lasts 1 to 2 times"),
        ([[1, 2]], [1], 0, "lasts 1 to 2 times"),
        ([[1, 2.5]], [1], 1, "whole counts"),
        ([[1, 2]], [-1], 1, "never negative"),
        ([[1, 2]], [NAN], 1, "never negative, and is known"),
        ([[1, 2], [1, 1]], [0, 1], 1, "expects none at all"),
    ],
)
def test_what_cannot_be_scanned_is_refused(
    counts: list[list[float]], baseline: list[float], longest: int, words: str
) -> None:
    around = circles([0] * len(counts), [0] * len(counts), [1] * len(counts), share=1)
    with pytest.raises(ValueError, match=words):
        scan(counts, baseline, around, chance=chance(), longest=longest)


def test_the_reason_in_words() -> None:
    cluster = Cluster((1, 0), 1, 40.0, 2, 3, 12.0, 3.14159, 9.0, 0.001)
    assert render(cluster.reason(["Bo", "Kenema"], 16_223)) == (
        "12 cases in Kenema and Bo since 2 June 2014, where 3.1 were expected; by chance as much "
        "stands out anywhere in 0.10 % of trials"
    )
