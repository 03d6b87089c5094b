# SPDX-License-Identifier: Apache-2.0
"""Contribution keys with floor and ceiling, and the collar on a rate of exchange, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pratique.accord.method import value_of
from pratique.cli.methods import methods

FLOOR, CEILING = 0.00001, 0.22


def key(
    basis: Sequence[float],
    floor: float | Sequence[float] = 0.0,
    ceiling: float | Sequence[float] = 1.0,
) -> list[float]:
    """Return the key of one scenario."""
    given_ = [np.array([np.atleast_1d(part)], dtype=np.float64) for part in (floor, ceiling)]
    limits = [part.reshape(1, -1) for part in given_]
    [shares] = value_of(methods()["assessed"], [np.array([basis], float), *limits], len(basis))
    assert shares.sum() == pytest.approx(1, abs=1e-14)
    return [float(share) for share in shares]


def exact_key(basis: list[int], floor: list[Fraction], ceiling: list[Fraction]) -> list[Fraction]:
    """Return the multiple of the basis that fits the limits, found on its straight pieces."""

    def shares(multiple: Fraction) -> list[Fraction]:
        limits = zip(basis, floor, ceiling, strict=True)
        return [min(max(multiple * own, least), most) for own, least, most in limits]

    bends = {limit / own for own, *of in zip(basis, floor, ceiling, strict=True) for limit in of}
    lower = max((bend for bend in bends if sum(shares(bend)) <= 1), default=Fraction(0))
    upper = min((bend for bend in bends if sum(shares(bend)) > 1), default=lower)
    if upper == lower:
        return shares(lower)
    begins, ends = sum(shares(lower)), sum(shares(upper))
    return shares(lower + (upper - lower) * (1 - begins) / (ends - begins))


def test_within_the_limits_shares_are_in_proportion_to_the_basis() -> None:
    assert key([20, 30, 50]) == pytest.approx([0.2, 0.3, 0.5])
    assert key([2e12, 3e12, 5e12], 0.1, 0.6) == pytest.approx([0.2, 0.3, 0.5])


def test_a_ceiling_of_one_of_three_parties_is_borne_by_the_others() -> None:
    # 70 : 20 : 10; the first is held at 22 %, the others bear 78 % as 2 : 1.
    shares = key([70, 20, 10], FLOOR, [CEILING, 1, 1])
    assert shares == pytest.approx([0.22, 0.52, 0.26], abs=1e-15)


def test_a_floor_of_one_of_three_parties_is_taken_off_the_others() -> None:
    # Nothing to pay with, and still 0.001 %; the others bear 99.999 % as 3 : 1.
    shares = key([75, 25, 0], FLOOR)
    assert shares == pytest.approx([0.7499925, 0.2499975, 0.00001], abs=1e-15)


def test_who_is_pushed_over_the_ceiling_by_the_first_is_held_too() -> None:
    # 50 : 18 : 16 : 10 : 6 : 0. Held at 22 %: the first, then the second and the third, which
    # bore 28.08 % and 24.96 %; the last pays 0.001 %; 33.999 % are left for two, as 10 : 6.
    shares = key([50, 18, 16, 10, 6, 0], FLOOR, CEILING)
    assert shares == pytest.approx([0.22, 0.22, 0.22, 0.21249375, 0.12749625, 0.00001], abs=1e-15)


def test_a_floor_is_let_go_when_the_ceilings_of_others_lift_the_party_above_it() -> None:
    # 900 : 60 : 40; 4 % is below the floor of 5 %, but once the first stops at 50 % it bears 20 %.
    assert key([900, 60, 40], 0.05, [0.5, 1, 1]) == pytest.approx([0.5, 0.3, 0.2])


def test_the_ceiling_of_the_least_developed_is_a_ceiling_per_party() -> None:
    shares = key([600, 300, 50, 50], FLOOR, [1, 1, 0.0001, 0.0001])
    assert shares == pytest.approx([0.6665333333333333, 0.3332666666666667, 0.0001, 0.0001])


def test_ceilings_below_the_whole_are_raised_together() -> None:
    # Three ceilings of 22 % make 66 %: nobody else is there to bear the rest.
    assert key([70, 20, 10], FLOOR, CEILING) == pytest.approx([1 / 3] * 3)
    assert key([70, 20, 10], 0, [0.2, 0.2, 0.1]) == pytest.approx([0.4, 0.4, 0.2])
    assert key([70, 20, 10], 0.1, 0) == pytest.approx([1 / 3] * 3)


def test_floors_above_the_whole_are_lowered_together() -> None:
    assert key([70, 20, 10], 0.4) == pytest.approx([1 / 3] * 3)
    assert key([70, 20, 10], [0.2, 0.4, 1.0]) == pytest.approx([0.125, 0.25, 0.625])


def test_a_floor_above_the_ceiling_gives_way() -> None:
    assert key([50, 50], [0.6, 0], [0.3, 1]) == pytest.approx([0.3, 0.7])


def test_a_ceiling_of_nothing_leaves_a_party_out() -> None:
    assert key([50, 30, 20], FLOOR, [1, 0, 1]) == pytest.approx([5 / 7, 0, 2 / 7])


def test_without_a_basis_the_whole_is_borne_equally() -> None:
    assert key([0, 0, 0, 0]) == [0.25] * 4
    assert key([-5, 0]) == [0.5, 0.5]
    # Who has a basis stops at the ceiling; the two without one bear the rest.
    assert key([9, 0, 0], 0, [0.4, 1, 1]) == pytest.approx([0.4, 0.3, 0.3])


def test_one_party_bears_the_whole() -> None:
    assert key([7], FLOOR, CEILING) == [1.0]


def test_the_key_of_many_parties_is_the_same_to_the_last_bit_alone_and_among_others() -> None:
    basis = np.random.default_rng(7).random((50, 23))
    limits = [np.full((50, 1), 0.01), np.full((50, 1), 0.06)]
    together = value_of(methods()["assessed"], [np.asfortranarray(basis), *limits], 23)
    for row in range(50):
        parts = [part[row : row + 1] for part in (basis, *limits)]
        assert (value_of(methods()["assessed"], parts, 23) == together[row]).all()


PARTS = st.fractions(0, 1, max_denominator=50)
MEMBERS = st.lists(st.tuples(st.integers(1, 10**9), PARTS, PARTS), min_size=1, max_size=8)


@given(MEMBERS)
def test_the_key_is_the_one_that_fits_the_limits(
    members: list[tuple[int, Fraction, Fraction]],
) -> None:
    basis = [own for own, _, _ in members]
    # Divided by their own sums, the floors and ceilings always leave room for the whole.
    floor = [min(one, other) for _, one, other in members]
    ceiling = [max(one, other) for _, one, other in members]
    floor = [part / max(1, sum(floor)) for part in floor]
    ceiling = [max(part, Fraction(1, len(members))) for part in ceiling]
    exact = [float(share) for share in exact_key(basis, floor, ceiling)]
    assert key(basis, [*map(float, floor)], [*map(float, ceiling)]) == pytest.approx(
        exact, rel=1e-9, abs=1e-12
    )


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=6), st.integers(1, 500))
def test_a_larger_basis_never_means_a_smaller_share(basis: list[int], more: int) -> None:
    raised = [basis[0] + more, *basis[1:]]
    # Without any basis all pay alike, so a first one is a new key altogether.
    assume(any(basis))
    before, after = key(basis, 0.02, 0.6), key(raised, 0.02, 0.6)
    assert after[0] >= before[0] - 1e-12
    assert all(new <= old + 1e-12 for new, old in zip(after[1:], before[1:], strict=True))


def rate(name: str, *arguments: float) -> float:
    """Return a shared value of one scenario."""
    return float(value_of(methods()[name], [np.array([[part]]) for part in arguments], 3)[0, 0])


@pytest.mark.parametrize(
    ("observed", "applied", "outside"),
    [(1.08, 1.08, 0), (1.15, 1.10, 0.05), (0.80, 0.90, -0.10), (1.10, 1.10, 0), (0.9, 0.9, 0)],
)
def test_a_rate_is_held_within_ten_per_cent_of_what_was_agreed(
    observed: float, applied: float, outside: float
) -> None:
    assert rate("fx_collar", observed, 1.0, 0.1) == pytest.approx(applied)
    assert rate("fx_outside", observed, 1.0, 0.1) == pytest.approx(outside, abs=1e-12)


def test_a_band_of_nothing_fixes_the_rate_and_a_wide_one_never_goes_below_zero() -> None:
    assert rate("fx_collar", 700.0, 655.957, 0.0) == 655.957
    assert rate("fx_collar", 700.0, 655.957, -0.5) == 655.957
    assert rate("fx_collar", 0.0, 655.957, 1.5) == 0.0


def test_each_party_may_have_its_own_rate() -> None:
    observed, reference = np.array([[1.3, 0.7, 1.0]]), np.array([[1.0]])
    given_ = [observed, reference, np.array([[0.2, 0.1, 0.0]])]
    applied = value_of(methods()["fx_collar"], given_, 3)
    assert applied == pytest.approx(np.array([[1.2, 0.9, 1.0]]))
    outside = value_of(methods()["fx_outside"], given_, 3)
    assert applied + outside == pytest.approx(observed)
