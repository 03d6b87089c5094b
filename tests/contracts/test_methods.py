# SPDX-License-Identifier: Apache-2.0
"""What every method keeps, found by walking the fields of practice."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pratique import practice
from pratique.accord.method import Method, Numbers, Whole, division_of, spread, value_of
from pratique.base.text import Sentence
from pratique.cli.methods import methods, registered

VALUES = [method for method in methods().values() if not method.divides]
DIVIDING = [method for method in methods().values() if method.divides]
EACH = pytest.mark.parametrize("method", methods().values(), ids=list(methods()))
EACH_VALUE = pytest.mark.parametrize("method", VALUES, ids=[m.name for m in VALUES])
EACH_DIVIDING = pytest.mark.parametrize("method", DIVIDING, ids=[m.name for m in DIVIDING])
KINDS = {"number", "count", "percent", "money", "rate", "any"}
# Limits of 0 %, 22 % and 100 % must come up; and figures that no machine holds exactly.
LEVELS = {
    "percent": st.sampled_from([0.0, 0.00001, 0.1, 0.22, 0.5, 1.0]),
    "rate": st.sampled_from([0.85, 1.0, 1.1, 1.17, 655.957]),
}
LEVEL = st.one_of(st.integers(0, 12).map(float), st.sampled_from([0.1, 0.3, 1 / 3, 5e9]))
AMOUNT = st.one_of(st.integers(0, 12), st.sampled_from([10**6, 10**12 + 7]))
SIZES = st.tuples(st.integers(1, 4), st.integers(1, 10))
Division = tuple[Whole, Whole, Numbers, int]
Array = TypeVar("Array", Numbers, Whole)


def frozen(values: Array) -> Array:
    """Return an array that raises where it is written to."""
    values.flags.writeable = False
    return values


@st.composite
def arguments(draw: st.DrawFn, method: Method) -> tuple[list[Numbers], int]:
    """Draw what a value method may be called with, shared or per party, and how many parties."""
    scenarios, parties = draw(SIZES)
    drawn = []
    for parameter in method.takes:
        columns = draw(st.sampled_from([1, parties])) if parameter.per_party else 1
        levels = LEVELS.get(parameter.kind, LEVEL)
        drawn.append(frozen(draw(arrays(np.float64, (scenarios, columns), elements=levels))))
    return drawn, parties


@st.composite
def divisions(draw: st.DrawFn) -> Division:
    """Draw what is available, what is asked, weights, and a unit."""
    scenarios, parties = draw(SIZES)
    available = draw(arrays(np.int64, scenarios, elements=st.one_of(AMOUNT, st.just(-3))))
    asked = draw(arrays(np.int64, (scenarios, parties), elements=AMOUNT))
    weights = draw(arrays(np.float64, (scenarios, parties), elements=LEVEL))
    return frozen(available), frozen(asked), frozen(weights), draw(st.sampled_from([1, 1, 5]))


def divided(method: Method, division: Division) -> Whole:
    """Return what a dividing method gives, with weights if it takes them."""
    available, asked, weights, unit = division
    return division_of(
        method, available, asked, weights=weights if method.takes else None, unit=unit
    )


def to_share(division: Division) -> Whole:
    """Return what can be given in all: what is available or asked, in whole units."""
    available, asked, _, unit = division
    whole: Whole = np.minimum(np.maximum(available, 0) // unit, (asked // unit).sum(axis=1)) * unit
    return whole


# --- all of them ----------------------------------------------------------------------------------


def test_the_registry_holds_the_methods_of_every_field_and_is_not_changed() -> None:
    fields = [f for f in pkgutil.iter_modules(practice.__path__) if f.ispkg]
    assert {"funds", "stockpile"} <= {field.name for field in fields}
    assert list(methods()) == [
        "assessed", "fx_collar", "fx_outside", "pro_rata", "need_weighted", "max_min",
        "rapid_risk", "annex_2",
    ]  # fmt: skip
    with pytest.raises(TypeError):
        methods()["other"] = DIVIDING[0]  # type: ignore[index]


def test_two_methods_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two methods are named 'pro_rata'"):
        registered([methods()["pro_rata"], replace(methods()["max_min"], name="pro_rata")])


@EACH
def test_it_says_what_it_gives_and_takes_and_where_it_comes_from(method: Method) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", method.name)
    assert re.search(r"\b(19|20)\d\d\b|resolution|Hull", method.source)
    names = [parameter.name for parameter in method.takes]
    assert len(set(names)) == len(names)
    for index, parameter in enumerate(method.takes):
        assert parameter.kind in KINDS
        assert not parameter.like or parameter.like in names[:index]
    for sentence in (method.help, *(parameter.help for parameter in method.takes)):
        assert isinstance(sentence, Sentence)
        assert not str(sentence).endswith(".")


@EACH
def test_its_computation_says_what_it_returns(method: Method) -> None:
    assert (method.compute.__doc__ or "").startswith(("Return ", "Divide "))


# --- value methods --------------------------------------------------------------------------------


@EACH_VALUE
def test_what_it_gives_is_a_kind_or_like_a_parameter(method: Method) -> None:
    assert method.gives is not None
    assert method.gives.kind in KINDS
    alike = [p for p in method.takes if p.name == method.gives.like]
    assert not method.gives.like or [p.kind for p in alike] == [method.gives.kind]


@EACH_VALUE
@given(choose=st.data())
def test_a_value_has_its_spread_and_is_finite(method: Method, choose: st.DataObject) -> None:
    given_, parties = choose.draw(arguments(method))
    value = value_of(method, given_, parties)
    assert method.gives is not None
    spreads = method.gives.per_party
    apart = any(a.shape[1] > 1 for a in given_) if spreads is None else spreads
    assert value.shape == (given_[0].shape[0], parties if apart else 1)
    assert value.dtype == np.float64
    assert np.isfinite(value).all()


@EACH_VALUE
@given(choose=st.data())
def test_a_value_is_the_same_for_a_scenario_alone(method: Method, choose: st.DataObject) -> None:
    given_, parties = choose.draw(arguments(method))
    value = value_of(method, given_, parties)
    by_column = value_of(method, [np.asfortranarray(a) for a in given_], parties)
    assert by_column.tobytes() == value.tobytes()
    for row in range(len(value)):
        alone = value_of(method, [a[row : row + 1] for a in given_], parties)
        assert alone.tobytes() == value[row : row + 1].tobytes()


@EACH_VALUE
@given(choose=st.data())
def test_a_value_goes_with_its_party(method: Method, choose: st.DataObject) -> None:
    given_, parties = choose.draw(arguments(method))
    order = choose.draw(st.permutations(range(parties)))
    shifted = [a[:, order] if a.shape[1] > 1 else a for a in given_]
    value = spread(value_of(method, given_, parties), parties)
    moved = spread(value_of(method, shifted, parties), parties)
    np.testing.assert_allclose(moved, value[:, order], rtol=1e-12, atol=1e-12)


@EACH_VALUE
@given(choose=st.data())
def test_a_shared_argument_is_one_for_each_party(method: Method, choose: st.DataObject) -> None:
    given_, parties = choose.draw(arguments(method))
    each = [
        spread(a, parties) if p.per_party else a for p, a in zip(method.takes, given_, strict=True)
    ]
    value = spread(value_of(method, given_, parties), parties)
    assert value_of(method, each, parties).tobytes() == value.tobytes()


@EACH_VALUE
def test_a_value_method_is_not_called_otherwise(method: Method) -> None:
    none = np.zeros((1, 1))
    with pytest.raises(ValueError, match=f"takes {len(method.takes)} arguments"):
        value_of(method, [none] * (len(method.takes) + 1), 2)
    with pytest.raises(ValueError, match="gives a value, it does not divide"):
        division_of(method, np.zeros(1, np.int64), np.zeros((1, 1), np.int64))


# --- dividing methods -----------------------------------------------------------------------------


@EACH_DIVIDING
@given(division=divisions())
def test_all_is_given_in_whole_units_and_nobody_gets_more_than_asked(
    method: Method, division: Division
) -> None:
    parts = divided(method, division)
    _, asked, _, unit = division
    assert parts.dtype == np.int64
    assert parts.shape == asked.shape
    assert (parts >= 0).all()
    assert (parts <= asked).all()
    assert (parts % unit == 0).all()
    assert (parts.sum(axis=1) == to_share(division)).all()


@EACH_DIVIDING
@given(division=divisions(), more=st.integers(1, 40))
def test_more_to_share_takes_from_nobody(method: Method, division: Division, more: int) -> None:
    available, asked, weights, unit = division
    parts = divided(method, division)
    richer = divided(method, (available + more, asked, weights, unit))
    # Largest remainders may move one unit back (the Alabama paradox), never more.
    assert (richer >= parts - unit).all()
    assert (richer.sum(axis=1) >= parts.sum(axis=1)).all()


@EACH_DIVIDING
@given(division=divisions(), choose=st.data())
def test_a_part_goes_with_its_party_but_for_a_tied_unit(
    method: Method, division: Division, choose: st.DataObject
) -> None:
    available, asked, weights, unit = division
    order = choose.draw(st.permutations(range(asked.shape[1])))
    parts = divided(method, division)
    moved = divided(method, (available, asked[:, order], weights[:, order], unit))
    assert (np.abs(moved - parts[:, order]) <= unit).all()


@EACH_DIVIDING
@given(division=divisions())
def test_alike_parties_differ_by_a_unit_at_most_and_the_first_declared_has_it(
    method: Method, division: Division
) -> None:
    available, asked, weights, unit = division
    alike = (available, spread_first(asked), spread_first(weights), unit)
    parts = divided(method, alike)
    assert (np.diff(parts, axis=1) <= 0).all()
    assert (parts[:, 0] - parts[:, -1] <= unit).all()


def spread_first(values: Array) -> Array:
    """Return the first party's values for every party."""
    return np.broadcast_to(values[:, :1], values.shape)


@EACH_DIVIDING
@given(division=divisions())
def test_who_asks_nothing_gets_nothing_and_changes_nothing(
    method: Method, division: Division
) -> None:
    available, asked, weights, unit = division
    added = np.insert(asked, 1, 0, axis=1), np.insert(weights, 1, 7.0, axis=1)
    parts = divided(method, (available, *added, unit))
    assert (parts[:, 1] == 0).all()
    assert (np.delete(parts, 1, axis=1) == divided(method, division)).all()


@EACH_DIVIDING
@given(division=divisions())
def test_a_division_is_the_same_for_a_scenario_alone(method: Method, division: Division) -> None:
    available, asked, weights, unit = division
    parts = divided(method, division)
    by_column = (available, np.asfortranarray(asked), np.asfortranarray(weights), unit)
    assert (divided(method, by_column) == parts).all()
    for row in range(len(parts)):
        one = slice(row, row + 1)
        alone = divided(method, (available[one], asked[one], weights[one], unit))
        assert (alone == parts[one]).all()


@EACH_DIVIDING
@given(division=divisions())
def test_where_nobody_has_weight_all_is_still_given(method: Method, division: Division) -> None:
    available, asked, weights, unit = division
    parts = divided(method, (available, asked, np.zeros_like(weights), unit))
    assert (parts.sum(axis=1) == to_share(division)).all()


@EACH_DIVIDING
def test_a_dividing_method_is_not_called_otherwise(method: Method) -> None:
    available, asked = np.zeros(1, np.int64), np.zeros((1, 2), np.int64)
    wrong = None if method.takes else np.ones((1, 2))
    calls: list[tuple[str, Callable[[], object]]] = [
        ("divides, it gives no value", lambda: value_of(method, [], 2)),
        ("takes . arguments", lambda: division_of(method, available, asked, weights=wrong)),
        ("a unit is a whole number", lambda: unit_below_one(method, available, asked)),
    ]
    for words, call in calls:
        with pytest.raises(ValueError, match=words):
            call()


def unit_below_one(method: Method, available: Whole, asked: Whole) -> Whole:
    """Call a dividing method with a unit of nothing."""
    weights = np.ones(asked.shape) if method.takes else None
    return division_of(method, available, asked, weights=weights, unit=0)
