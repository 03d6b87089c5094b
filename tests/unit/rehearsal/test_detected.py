# SPDX-License-Identifier: Apache-2.0
"""From counts to what a detector's measure says: as known on a day, alone or in a whole batch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from pratique.accord.kinds.measure import Measure
from pratique.accord.model import read_accord
from pratique.base.moment import day_from_iso
from pratique.rehearsal.detected.counts import (
    Counting,
    Published,
    counts_known,
    new_in_periods,
    reported,
    together,
)
from pratique.rehearsal.detected.verdicts import Herald, verdicts
from pratique.rehearsal.detected.watch import Watch, signals, watch_of
from pratique.surveillance.detectors import detectors
from pratique.surveillance.series.collection import Identity, SeriesSet
from surges import SURGE, SURGES

FIRST = day_from_iso("2026-01-05")
SURGING = Watch("signal", SURGE, SURGE.controlled({}), "daily", True)
FIGURES = replace(SURGING, is_event=False)
COUNT = st.one_of(st.just(np.nan), st.integers(0, 9).map(float))
BATCHES = arrays(np.float64, st.tuples(*[st.integers(1, 4)] * 2, st.integers(1, 9)), elements=COUNT)


def series(*rows: list[float], known: int | None = None) -> SeriesSet:
    places = tuple(Identity("", place=f"place_{n}") for n in range(len(rows)))
    return SeriesSet(places, "daily", FIRST, np.array(rows, dtype=np.float64), known=known)


def measure(controls: str = "") -> Measure:
    text = "---\naccord: Two\n---\n\n## Annex\n\n```accord\nparty a_land, b_land\nbody hub\n"
    text += f"measure signal per party: event\n  from: detector surge{controls} on cases, {{}}"
    accord = read_accord(text.replace("{}", "irregular, by hub") + "\n```\n", detectors=SURGES)
    typed = accord.typed["signal"]
    assert isinstance(typed, Measure)
    return typed


# --- the watch ------------------------------------------------------------------------------------


def test_a_measure_s_watch_has_the_text_s_controls_and_the_detector_s_defaults() -> None:
    watch = watch_of(measure(" with times 3"), SURGES)
    assert (watch.controls["times"], watch.controls["mood"]) == (3.0, "good")
    assert (watch.rhythm, watch.is_event) == ("iso_week", True)


def test_a_measure_without_detector_has_no_watch() -> None:
    with pytest.raises(ValueError, match="no detector makes the measure 'signal'"):
        watch_of(measure(), {})
    with pytest.raises(ValueError, match="no detector"):
        watch_of(replace(measure(), series=None), SURGES)


def test_a_signal_is_one_its_absence_zero_and_what_cannot_be_told_nan() -> None:
    found = signals(SURGING, [[1, 2, 5, np.nan, 3, 7]])
    assert found.tolist()[0][:2] == [0, 1]
    assert np.isnan(found[0, 2:4]).all()
    assert found[0, 4] == 1


@given(BATCHES)
def test_each_series_of_each_scenario_is_judged_as_if_alone(counts: NDArray[np.float64]) -> None:
    found = signals(SURGING, counts)
    assert found.shape == (*counts.shape[:-1], counts.shape[-1] - 1)
    for place in np.ndindex(*counts.shape[:-1]):
        np.testing.assert_array_equal(found[place], signals(SURGING, counts[place]))


@given(BATCHES, st.integers(1, 9))
def test_no_time_reads_a_later_one(counts: NDArray[np.float64], until: int) -> None:
    early = counts[..., :until]
    np.testing.assert_array_equal(
        signals(SURGING, early), signals(SURGING, counts)[..., : early.shape[-1] - 1]
    )


@pytest.mark.parametrize("name", ["ears_c1", "ears_c2", "farrington_flexible"])
def test_a_batch_of_scenarios_is_as_each_alone_with_the_detectors_that_ship(name: str) -> None:
    detector = detectors()[name]
    given_ = {"freq": 13, "b": 3, "w": 1} if name.startswith("farrington") else {}
    watch = Watch("signal", detector, detector.controlled(given_), "iso_week", True)
    counts = np.random.default_rng(5).poisson(6, (3, 2, 60)).astype(np.float64)
    counts[1, 1, -1] = 60
    last = signals(watch, counts, at=[59])
    assert last.shape == (3, 2, 1)
    assert last[1, 1, 0] == 1
    np.testing.assert_array_equal(last[2], signals(watch, counts[2], at=[59]))


# --- counts as known ------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(0, 6))
def test_totals_of_every_day_give_each_week_s_sum(new: list[int], weekday: int) -> None:
    first = FIRST + weekday
    totals = SeriesSet((Identity(""),), "daily", first, np.cumsum([new], axis=1, dtype=np.float64))
    found = new_in_periods(totals, "iso_week")
    assert found.first == FIRST
    weeks = [sum(new[max(0, 7 * n - weekday) : 7 * n + 7 - weekday]) for n in range(12)]
    for week, count in enumerate(found.counts[0].tolist()):
        is_over = len(new) + weekday >= 7 * (week + 1)
        assert np.isnan(count) if week == 0 or not is_over else count == weeks[week]


def test_a_week_is_over_when_its_last_day_is_past_or_spoken_of() -> None:
    totals = series([10.0] + [np.nan] * 6 + [12.0] + [np.nan] * 6)
    for known, count in ((None, np.nan), (FIRST + 13, np.nan), (FIRST + 14, 2.0)):
        new = new_in_periods(replace(totals, known=known), "iso_week")
        np.testing.assert_array_equal(new.counts[0], [np.nan, count])


ROWS = st.lists(
    st.builds(
        lambda place, day, late, value: Published(place, FIRST + day, FIRST + day + late, value),
        st.sampled_from(["a", "b"]),
        st.integers(0, 20),
        st.integers(0, 9),
        st.integers(0, 50).map(float),
    ),
    min_size=1,
    max_size=40,
)


@given(ROWS, st.integers(0, 29), st.sampled_from(["new", "cumulative"]))
def test_what_becomes_known_later_changes_nothing_known_before(
    rows: list[Published], day: int, counting: Counting
) -> None:
    known = [row for row in rows if row.known <= FIRST + day]
    if not known:
        return
    then = counts_known(reported(known, ["a", "b"], "iso_week", counting=counting), FIRST + day)
    now = counts_known(reported(rows, ["a", "b"], "iso_week", counting=counting), FIRST + day)
    counts = dict(zip(now.periods.tolist(), now.counts.T.tolist(), strict=True))
    for period, column in zip(then.periods.tolist(), then.counts.T.tolist(), strict=True):
        np.testing.assert_array_equal(counts.pop(period), column)
    assert np.isnan(list(counts.values())).all()


@given(ROWS, st.sampled_from([SURGING, FIGURES]))
def test_the_news_of_a_replay_never_know_the_future(rows: list[Published], watch: Watch) -> None:
    def news(given_: list[Published]) -> list[tuple[int, str, int, bool]]:
        figures = reported(given_, ["a", "b"], "daily", counting="new")
        herald = Herald(watch, reach=10)
        return [
            (today, one.place, one.day, one.signal)
            for today in figures.figures.known_days()
            for one in herald.news(counts_known(figures, today), today)
        ]

    everything = news(rows)
    for day in sorted({row.known for row in rows}):
        known = [row for row in rows if row.known <= day]
        assert news(known) == [one for one in everything if one[0] <= day]


def test_all_places_together_are_known_where_each_that_reports_is() -> None:
    both = together(series([1, 2, np.nan], [3, np.nan, 4], [np.nan] * 3))
    np.testing.assert_array_equal(both.counts, [[4, np.nan, np.nan]])
    assert np.isnan(together(series([np.nan, np.nan])).counts).all()
    assert both.identities == (Identity(""),)


# --- what is told ---------------------------------------------------------------------------------


@given(BATCHES)
def test_verdicts_say_what_signals_say_and_why(counts: NDArray[np.float64]) -> None:
    one = series(*counts[0].tolist())
    said = {(v.place, v.day - FIRST): v.signal for v in verdicts(SURGING, one)}
    found = signals(SURGING, counts[0])
    for row, time in np.ndindex(*found.shape):
        signal = said.pop((f"place_{row}", time + 1), np.nan)
        np.testing.assert_equal(float(signal), found[row, time])
    assert said == {}


def test_reasons_name_the_detector_and_the_day_or_week() -> None:
    calm, high = verdicts(SURGING, series([1, 1, 5]))
    assert str(calm.reason) == "`surge` finds nothing unusual on 6 January 2026"
    assert str(high.reason) == "`surge`, 7 January 2026: 5 is above 2"
    weekly = replace(series([1, 1, 5]), rhythm="iso_week")
    calm, high = verdicts(replace(SURGING, rhythm="iso_week"), weekly)
    assert str(calm.reason) == "`surge` finds nothing unusual in week 2026-W03"
    assert str(high.reason) == "`surge`, week 2026-W04: 5 is above 2"
    assert high.day == FIRST + 20


def test_one_moment_is_enough_as_the_desk_asks() -> None:
    (now,) = verdicts(SURGING, series([1, 1, 5]), at=[2])
    assert (now.place, now.day, now.signal) == ("place_0", FIRST + 2, True)
    assert list(verdicts(SURGING, series([1, 1, 5]), at=slice(0, 0))) == []


def test_a_figure_is_told_again_only_when_it_changes_and_is_still_read() -> None:
    herald = Herald(FIGURES, reach=5)

    def told(*counts: float, day: int) -> list[tuple[int, bool]]:
        news = herald.news(series(list(counts)), FIRST + day)
        return [(one.day - FIRST, one.signal) for one in news]

    assert told(1, 1, 5, day=3) == [(1, False), (2, True)]
    assert told(1, 1, 5, day=4) == []
    assert told(1, 1, 2, 9, day=5) == [(2, False), (3, True)]
    # Too old to be read by any condition.
    assert told(1, 9, 2, 9, day=9) == []


def test_an_event_is_told_of_each_day_that_is_new() -> None:
    herald = Herald(SURGING, reach=0)

    def told(*counts: float, day: int) -> list[int]:
        return [one.day - FIRST for one in herald.news(series(list(counts)), FIRST + day)]

    assert told(1, 9, 1, 9, day=4) == [3]
    assert told(1, 9, 1, 9, day=5) == []
    assert told(1, 9, 1, 9, 1, 9, 1, 9, day=9) == [5, 7]
    assert told(1, 9, 30, 9, 1, 9, 1, 9, day=10) == []
