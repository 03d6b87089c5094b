# SPDX-License-Identifier: Apache-2.0
"""Which past times Farrington's detectors look at, and in which season each lies."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from pratique.surveillance.farrington_design import (
    Design,
    History,
    days_of,
    designed,
    references,
)

WEEKS = [str(date(2000, 1, 3) + timedelta(weeks=week)) for week in range(530)]


def history(**changes: object) -> History:
    """Return a history of weeks, five years back."""
    usual: dict[str, object] = {"freq": 52, "b": 5, "w": 3, "periods": 1, "recent": 3}
    return History(**(usual | changes))  # type: ignore[arg-type]


def design(now: int, **changes: object) -> Design:
    """Return the design of a time, which must have one."""
    found = designed(now, history(**changes))
    assert found is not None
    return found


def test_the_windows_of_five_years_are_looked_at() -> None:
    points = design(299).points
    assert [int(points[0]), int(points[-1]), points.size] == [36, 250, 35]
    assert (points - 299).tolist() == design(299).clock.tolist()


def test_recent_times_are_looked_at_only_when_they_are_not_left_out() -> None:
    assert design(299, recent=0).points[-3:].tolist() == [296, 297, 298]
    assert 298 not in design(299, recent=1).points


def test_a_gap_is_split_into_seasons_and_the_first_take_what_is_left_over() -> None:
    # As R does with noPeriods = 10, 5 and 7: 45 = 9 × 5, 45 = 12 + 3 × 11, 47 = 5 × 8 + 7.
    def sizes(**changes: object) -> list[int]:
        seasons = design(299, **changes).seasons[:52]
        return np.bincount(seasons).tolist()

    assert sizes(periods=10, w=3) == [5] * 9 + [7]
    assert sizes(periods=5, w=3) == [12, 11, 11, 11, 7]
    assert sizes(periods=7, w=2) == [8, 8, 8, 8, 8, 7, 5]


def test_the_year_that_runs_is_cut_where_recent_times_are_left_out() -> None:
    found = design(299, periods=10, recent=26)
    assert [found.points.size, int(found.points[-1])] == [237, 272]


def test_seasons_that_are_too_many_are_refused() -> None:
    with pytest.raises(ValueError, match="`no_periods` is 60, too many for gaps of 45"):
        designed(299, history(periods=60))


def test_a_past_too_short_has_no_design() -> None:
    # R takes the first window without its first time, but never without two.
    assert designed(261, history()) is None
    assert design(262).points.size == 34
    assert design(263).points.size == 35


def test_references_by_date_keep_the_weekday_and_are_at_most_three_days_off() -> None:
    days = days_of(WEEKS)
    for now in range(300, 530):
        back = references(now, history(days=days))
        assert back is not None
        for year, point in enumerate(back, start=1):
            then = date.fromisoformat(WEEKS[now]).replace(day=1)
            then = then.replace(year=then.year - year)
            away = date.fromisoformat(WEEKS[point]) - then
            assert abs(away.days - (date.fromisoformat(WEEKS[now]).day - 1)) <= 3


def test_a_year_of_53_weeks_is_followed_by_date_only() -> None:
    # 5 January 2009 and one year earlier, to the same weekday: 7 January 2008.
    assert references(470, history(days=days_of(WEEKS)))[0] == 418  # type: ignore[index]
    assert references(470, history(days=days_of(WEEKS)))[4] == 209  # type: ignore[index]
    assert references(470, history())[4] == 210  # type: ignore[index]


def test_months_have_references_of_the_same_date() -> None:
    months = [f"{2000 + month // 12}-{month % 12 + 1:02}-15" for month in range(150)]
    back = references(100, history(freq=12, w=1, days=days_of(months)))
    assert back == [88, 76, 64, 52, 40]


def test_the_29th_of_february_is_held_against_the_1st_of_march() -> None:
    days = days_of([str(date(2000, 1, 1) + timedelta(days=day)) for day in range(1600)])
    leap = (date(2004, 2, 29) - date(2000, 1, 1)).days
    back = references(leap, history(freq=365, b=1, days=days))
    assert back == [(date(2003, 3, 1) - date(2000, 1, 1)).days]


def test_the_trend_goes_by_days_where_there_are_dates() -> None:
    months = [f"{2000 + month // 12}-{month % 12 + 1:02}-01" for month in range(150)]
    dated = design(100, freq=12, w=1, days=days_of(months))
    assert dated.clock[-1] == (date(2007, 6, 1) - date(2008, 5, 1)).days
    timed = design(100, freq=12, w=1, days=days_of(months), by_times=True)
    assert timed.clock[-1] == -11


def test_runs_follow_one_another_in_one_season() -> None:
    runs = design(299, periods=10, recent=26).runs
    assert runs.shape == (3, 5 + 4 * 9 + 5)
    assert runs[0, 1:].tolist() == runs[1, :-1].tolist()
    assert set((runs[1] - runs[0]).tolist()) == {2, 5, 7}


@pytest.mark.parametrize(
    "dates", [["2000-01-02", "2000-01-02"], ["2000-01-03", "2000-01-02"], [["2000-01-03"]]]
)
def test_dates_that_fall_are_refused(dates: list[object]) -> None:
    with pytest.raises(ValueError, match="dates rise"):
        days_of(dates)


def test_dates_may_be_text_dates_or_numbers() -> None:
    told = ["2000-01-03", "2000-01-10"]
    forms = [told, [date.fromisoformat(day) for day in told], np.array(told, "datetime64[s]")]
    assert all(days_of(form).tolist() == [10959, 10966] for form in [*forms, [10959, 10966]])
