# SPDX-License-Identifier: Apache-2.0
"""Everything can be asked as known on a day: no later correction shows before it came."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base.moment import day_from_iso
from pratique.surveillance.series.collection import Identity
from pratique.surveillance.series.triangle import triangle_of
from pratique.surveillance.series.vintages import Vintages, appended, vintages

MONDAY = day_from_iso("2014-03-17")
NAN = math.nan
PLACES = tuple(Identity("cases", "ebola", place=place) for place in ("a", "b", "c"))


def weekly(*rows: tuple[int, int, int, float]) -> Vintages:
    """Return vintages from rows: series, week, day known (from the first Monday), value."""
    series, week, known, values = zip(*rows, strict=True)
    return vintages(
        PLACES,
        "iso_week",
        series=series,
        days=[MONDAY + 7 * w + 2 for w in week],
        known=[MONDAY + day for day in known],
        values=values,
    )


def counts(asked: Vintages, day: int | None) -> list[list[float]]:
    """Return the counts known on a day from the first Monday, -1 for what was not known."""
    known = asked.as_known(None if day is None else MONDAY + day)
    return np.nan_to_num(known.counts, nan=-1).tolist()


CORRECTED = weekly((0, 0, 8, 4), (0, 0, 20, 9), (0, 1, 15, 2), (1, 1, 15, 3), (1, 1, 30, NAN))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (7, [[-1, -1], [-1, -1], [-1, -1]]),
        (8, [[4, -1], [-1, -1], [-1, -1]]),
        (19, [[4, 2], [-1, 3], [-1, -1]]),
        (20, [[9, 2], [-1, 3], [-1, -1]]),
        (30, [[9, 2], [-1, -1], [-1, -1]]),
        (None, [[9, 2], [-1, -1], [-1, -1]]),
    ],
)
def test_as_known(day: int | None, expected: list[list[float]]) -> None:
    assert counts(CORRECTED, day) == expected


def test_a_day_of_the_week_speaks_of_its_week() -> None:
    assert CORRECTED.first == MONDAY
    assert CORRECTED.as_known().periods.tolist() == [MONDAY, MONDAY + 7]
    assert CORRECTED.as_known(MONDAY).known == MONDAY


def test_of_two_figures_known_on_one_day_the_later_row_holds() -> None:
    assert counts(weekly((0, 0, 3, 1), (0, 0, 3, 5)), None)[0] == [5]
    assert counts(weekly((0, 0, 3, 5), (0, 0, 3, 1)), None)[0] == [1]


def test_what_a_correction_says_nothing_of_stays() -> None:
    rows = vintages(
        PLACES[:1],
        "daily",
        series=[0, 0],
        days=[10, 10],
        known=[11, 12],
        values=[4, 6],
        beside={"population": [900, NAN], "expected": [5, 5], "reporting": [3, 4]},
    )
    known = rows.as_known()
    assert known.population is not None
    assert known.expected is not None
    assert known.reporting is not None
    assert known.population.tolist() == [[900]]
    assert (known.reporting / known.expected).tolist() == [[0.8]]


def test_appending_is_as_if_all_had_come_at_once() -> None:
    later = vintages(
        (PLACES[1], Identity("cases", "ebola", place="d")),
        "iso_week",
        series=[0, 1, 1],
        days=[MONDAY - 7, MONDAY, MONDAY + 21],
        known=[MONDAY + 40] * 3,
        values=[1, 2, 3],
    )
    both = appended(CORRECTED, later)
    assert both.first == MONDAY - 7
    assert [one.place for one in both.identities] == ["a", "b", "c", "d"]
    shown = counts(both, 40)
    assert shown[1] == [1, -1, -1, -1, -1]
    assert shown[3] == [-1, 2, -1, -1, 3]
    assert [row[1:3] for row in counts(both, 20)][:3] == counts(CORRECTED, 20)
    assert len(both) == 8


def test_nothing_appended_to_nothing() -> None:
    none = vintages((), "daily", series=[], days=[], known=[], values=[])
    assert none.as_known().counts.shape == (0, 0)
    assert len(none) == 0


def test_a_chunk_is_the_whole_for_its_series() -> None:
    chunk = CORRECTED.of(slice(1, 3))
    assert chunk.identities == PLACES[1:]
    assert counts(chunk, 19) == counts(CORRECTED, 19)[1:]
    assert np.shares_memory(chunk.value, CORRECTED.value)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"values": [-1]}, "never negative"),
        ({"values": [math.inf]}, "never negative nor infinite"),
        ({"values": [1, 2]}, "one figure a row"),
        ({"series": [3]}, "no identity"),
        ({"beside": {"visitors": [1]}}, "no column beside the counts is called `visitors`"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, object], words: str) -> None:
    given = {"series": [0], "days": [1], "known": [2], "values": [3], **changed}
    with pytest.raises(ValueError, match=words):
        vintages(PLACES, "daily", **given)  # type: ignore[arg-type]


def test_an_identity_stands_once() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        vintages(PLACES[:1] * 2, "daily", series=[0], days=[1], known=[2], values=[3])


ROWS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 4),
        st.integers(0, 12),
        st.one_of(st.integers(0, 9).map(float), st.just(NAN)),
    ),
    min_size=1,
    max_size=40,
)


@given(ROWS, st.integers(-1, 13))
def test_as_known_is_the_last_row_known_by_then(
    rows: list[tuple[int, int, int, float]], day: int
) -> None:
    held: dict[tuple[int, int], float] = {}
    for series, week, known, value in sorted(rows, key=lambda row: row[2]):
        if known <= day:
            held[series, week] = value
    asked = weekly(*rows)
    table = asked.as_known(MONDAY + day).counts
    shift = (asked.first - MONDAY) // 7
    for (series, week), found in np.ndenumerate(table):
        assert found == held.get((series, week + shift), NAN) or (
            math.isnan(found) and math.isnan(held.get((series, week + shift), NAN))
        )


@given(ROWS, ROWS, st.integers(0, 13))
def test_what_came_later_changes_nothing_before(
    rows: list[tuple[int, int, int, float]],
    later: list[tuple[int, int, int, float]],
    day: int,
) -> None:
    earlier = weekly((0, 0, 0, 1), (0, 4, 0, 1), *rows)
    after = weekly(*((s, w, day + 1 + known, value) for s, w, known, value in later))
    both = appended(earlier, after)
    before, now = (v.as_known(MONDAY + day).counts for v in (earlier, both))
    np.testing.assert_array_equal(now, before)


def test_the_triangle_in_weeks() -> None:
    told = triangle_of(
        weekly((0, 0, 3, 2), (0, 0, 10, 5), (0, 1, 20, 6), (0, 2, 15, 1), (0, 2, 28, 9)),
        2,
        day=MONDAY + 29,
    )
    # The fifth week, which began on day 28, is not over: what came in it does not count yet.
    assert told.known == MONDAY + 27
    expected = [[2, 3, 0], [0, 6, 0], [1, 0, -1], [-1] * 3]
    assert np.nan_to_num(told.cells[0], nan=-1).tolist() == expected
    assert told.cells.shape == (3, 4, 3)
    assert np.isnan(told.cells[1:]).all()


def test_what_was_withdrawn_is_in_no_triangle() -> None:
    rows = weekly((0, 0, 3, 2), (0, 0, 10, NAN), (0, 1, 8, 4), (0, 1, 9, NAN), (0, 1, 13, 7))
    cells = triangle_of(rows, 1).cells
    assert np.nan_to_num(cells[0], nan=-1).tolist() == [[-1, -1], [7, -1]]


@given(ROWS)
def test_a_triangle_holds_what_is_known_at_last(rows: list[tuple[int, int, int, float]]) -> None:
    asked = weekly(*rows, (0, 4, 12, 1.0))
    known = asked.as_known(MONDAY + 1000).counts
    told = triangle_of(asked, 200, day=MONDAY + 1000)
    np.testing.assert_array_equal(
        np.nansum(told.cells, axis=2)[:, : asked.length], np.nan_to_num(known)
    )
