# SPDX-License-Identifier: Apache-2.0
"""Dividing what is short: by hand, and against a slow exact reckoning in fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pratique.accord.method import division_of
from pratique.base.money import shared_out
from pratique.cli.methods import methods
from pratique.practice.stockpile.filling import divided_product, whole_weights


def parts(
    name: str,
    available: int,
    asked: Sequence[int],
    *,
    weights: Sequence[float] | None = None,
    unit: int = 1,
) -> list[int]:
    """Return what each party gets in one scenario."""
    given_ = None if weights is None else np.array([weights], dtype=np.float64)
    whole, wanted = np.array([available], np.int64), np.array([asked], np.int64)
    [row] = division_of(methods()[name], whole, wanted, weights=given_, unit=unit)
    return [int(part) for part in row]


def reckoned(units: int, most: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Return the parts by weight below the limits, reckoned in fractions; all weights above 0."""
    units = min(units, sum(most))

    def level(rise: Fraction) -> list[Fraction]:
        return [min(Fraction(m), rise * w) for m, w in zip(most, weights, strict=True)]

    bends = sorted({Fraction(m, w) for m, w in zip(most, weights, strict=True)} | {Fraction(0)})
    lower = max(bend for bend in bends if sum(level(bend)) <= units)
    growing = [w for m, w in zip(most, weights, strict=True) if Fraction(m, w) > lower]
    rest = units - sum(level(lower), Fraction(0))
    exact = level(lower + rest / sum(growing) if growing else lower)
    whole = [int(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for index in order[: units - sum(whole)]:
        whole[index] += 1
    return whole


def test_pro_rata_gives_left_over_units_to_the_largest_remainders() -> None:
    # 100 of 120: 41.67, 33.33, 25.00.
    assert parts("pro_rata", 100, [50, 40, 30]) == [42, 33, 25]
    # 7 of 9 at 2.33 each: one unit over, and it goes to the first declared.
    assert parts("pro_rata", 7, [3, 3, 3]) == [3, 2, 2]


def test_pro_rata_in_crates_of_ten() -> None:
    # 95 doses are 9 crates; 5, 4 and 3 crates are asked: 3.75, 3.00, 2.25.
    assert parts("pro_rata", 95, [50, 47, 30], unit=10) == [40, 30, 20]


def test_where_there_is_enough_everybody_gets_what_was_asked_in_whole_units() -> None:
    for name in ("pro_rata", "max_min"):
        assert parts(name, 1000, [50, 0, 38]) == [50, 0, 38]
        assert parts(name, 1000, [50, 0, 38], unit=10) == [50, 0, 30]
        assert parts(name, 0, [50, 0, 38]) == [0, 0, 0]
        assert parts(name, -5, [50, 0, 38]) == [0, 0, 0]


def test_max_min_fills_the_small_ones_first() -> None:
    # 10 to 2, 2.6 (here 26 tenths), 4 and 5: the textbook's 2, 2.6, 2.7, 2.7.
    assert parts("max_min", 100, [20, 26, 40, 50]) == [20, 26, 27, 27]
    assert parts("max_min", 101, [20, 26, 40, 50]) == [20, 26, 28, 27]
    assert parts("max_min", 5, [9, 9, 9]) == [2, 2, 1]


def test_need_weighted_gives_by_need_and_passes_on_what_is_not_needed() -> None:
    # 60 by 3 : 2 : 1 is 30, 20, 10; the first asked for 12 only, and 48 go on as 2 : 1.
    assert parts("need_weighted", 60, [90, 90, 90], weights=[3, 2, 1]) == [30, 20, 10]
    assert parts("need_weighted", 60, [12, 90, 90], weights=[3, 2, 1]) == [12, 32, 16]


def test_need_weighted_leaves_who_has_no_weight_to_the_end() -> None:
    assert parts("need_weighted", 20, [15, 15, 15], weights=[0, 1, 1]) == [0, 10, 10]
    assert parts("need_weighted", 36, [15, 15, 15], weights=[0, 1, 1]) == [6, 15, 15]
    assert parts("need_weighted", 9, [20, 10, 5], weights=[0, -1, 5]) == [3, 1, 5]
    assert parts("need_weighted", 7, [20, 10, 5], weights=[0, 0, 0]) == [4, 2, 1]


def test_ties_are_ties_though_a_machine_cannot_hold_the_weights() -> None:
    # 0.1 + 0.2 is not 0.3 in floating point; 0.1 : 0.3 of 2 is 0.5 : 1.5, and the first gets it.
    assert parts("need_weighted", 2, [9, 9], weights=[0.1, 0.1 + 0.2]) == [1, 1]
    assert parts("need_weighted", 2, [9, 9], weights=[0.1 + 0.2, 0.1]) == [2, 0]


def test_need_weighted_wants_weights() -> None:
    asked = np.ones((1, 2), np.int64)
    with pytest.raises(ValueError, match="takes weights"):
        methods()["need_weighted"].compute(np.ones(1, np.int64), asked, None, 1)


def test_large_amounts_are_exact() -> None:
    # Cents of a thousand billion; a float would be wrong by a hundred of them.
    asked = [10**17 + 1, 3 * 10**17 + 1, 5]
    assert parts("pro_rata", 2 * 10**17 + 1, asked) == shared_out(2 * 10**17 + 1, asked)
    assert parts("max_min", 10**17 + 8, asked) == [5 * 10**16 + 2, 5 * 10**16 + 1, 5]


AMOUNTS = st.one_of(st.integers(0, 20), st.integers(0, 10**17))
ASKED = st.lists(AMOUNTS, min_size=1, max_size=8)


@given(AMOUNTS, ASKED)
def test_pro_rata_is_money_shared_out(available: int, asked: list[int]) -> None:
    whole = min(available, sum(asked))
    assert parts("pro_rata", available, asked) == shared_out(whole, asked)


@given(AMOUNTS, ASKED)
@example(10**17, [10**17, 1, 10**17 + 1])
def test_max_min_is_as_reckoned_in_fractions(available: int, asked: list[int]) -> None:
    assert parts("max_min", available, asked) == reckoned(available, asked, [1] * len(asked))


@given(AMOUNTS, st.lists(st.tuples(AMOUNTS, st.integers(1, 10**9)), min_size=1, max_size=8))
def test_need_weighted_is_as_reckoned_in_fractions(
    available: int, wants: list[tuple[int, int]]
) -> None:
    asked, weights = [want for want, _ in wants], [weight for _, weight in wants]
    got = parts("need_weighted", available, asked, weights=weights)
    assert got == reckoned(available, asked, weights)


@given(AMOUNTS, ASKED)
def test_max_min_leaves_nobody_worse_off_than_who_has_more(
    available: int, asked: list[int]
) -> None:
    got = parts("max_min", available, asked)
    short = [part for part, want in zip(got, asked, strict=True) if part < want]
    assert all(part >= max(got) - 1 for part in short)
    richer = parts("max_min", available + 1, asked)
    assert all(new >= old for new, old in zip(richer, got, strict=True))


BELOW = st.integers(0, 2**62 - 1)


@given(BELOW, BELOW, st.integers(1, 2**62 - 1))
@example(2**62 - 1, 2**62 - 1, 2**62 - 1)
@example(2**62 - 1, 2**62 - 2, 2**62 - 1)
def test_a_product_is_divided_exactly(one: int, other: int, divisor: int) -> None:
    one = min(one, divisor)
    quotient, remainder = divided_product(*(np.array([[n]]) for n in (one, other, divisor)))
    assert (int(quotient[0, 0]), int(remainder[0, 0])) == divmod(one * other, divisor)


@pytest.mark.parametrize(
    ("weights", "whole"),
    [
        ([1.0, 3.0], [10**11, 3 * 10**11]),
        ([10.0, 5.0], [10**12, 5 * 10**11]),
        ([0.0, 0.0], [0, 0]),
        ([-2.0, 1e-3], [0, 10**12]),
        ([1e15, 1.0, 1e-9], [10**12, 0, 0]),
        ([5e-324, 0.0], [0, 0]),
    ],
)
def test_weights_are_read_to_twelve_digits_of_the_largest(
    weights: list[float], whole: list[int]
) -> None:
    assert whole_weights(np.array([weights])).tolist() == [whole]
