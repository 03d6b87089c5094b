# SPDX-License-Identifier: Apache-2.0
"""Fixed thresholds and rises: reached or not, by population, and never by what is missing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from pratique.base.text import render
from pratique.surveillance import Detection, detect
from pratique.surveillance.detectors import detector_named
from pratique.surveillance.thresholds import threshold_from, thresholds, thresholds_of

NAN = math.nan


def alarms(found: Detection) -> list[list[bool]]:
    """Return where alarms were raised."""
    return found.alarm.tolist()


def why(name: str, counts: list[float], found: Detection, index: int) -> str:
    """Return the reason in words of the first series' alarm."""
    return render(detector_named(name).why(found, np.array([counts]), 0, index))


def test_a_threshold_is_reached() -> None:
    found = detect("fixed_threshold", [4, 5, 6, NAN], count=5)
    assert alarms(found) == [[False, True, True, False]]
    assert found.upper.tolist() == [[5] * 4]
    assert why("fixed_threshold", [4, 5, 6, NAN], found, 1) == "5 counted; the threshold is 5"


def test_nothing_given_is_any_case() -> None:
    assert alarms(detect("fixed_threshold", [0, 1, NAN])) == [[False, True, False]]


def test_a_rate_by_population() -> None:
    found = detect("fixed_threshold", [[4, 5], [4, 5]], rate=10, population=[50_000, 40_000])
    assert alarms(found) == [[False, True], [True, True]]
    moving = detect("fixed_threshold", [4, 4], rate=10, population=[[50_000, 40_000]])
    assert alarms(moving) == [[False, True]]


def test_several_times_together() -> None:
    counts = [2, 2, 1, 0, NAN, 4, 1]
    found = detect("fixed_threshold", counts, count=5, periods=3)
    # What is known suffices: 4 and 1 are 5, whatever the missing week was.
    assert found.at.tolist() == [2, 3, 4, 5, 6]
    assert alarms(found) == [[True, False, False, False, True]]
    assert why("fixed_threshold", counts, found, 4) == (
        "1 counted, 5 with the times before; the threshold is 5"
    )


def test_a_time_with_too_little_history_has_no_bound() -> None:
    found = detect("fixed_threshold", [9, 9, 9], count=5, periods=3, at=[0, 2])
    assert np.isnan(found.upper).tolist() == [[True, False]]
    assert alarms(found) == [[False, True]]


@pytest.mark.parametrize(
    ("population", "level", "weeks", "raised"),
    [
        (60_000, "alert", [0, 0, 1], False),
        (60_000, "alert", [0, 0, 2], True),
        (60_000, "epidemic", [0, 0, 5], False),
        (60_000, "epidemic", [0, 0, 6], True),
        (60_000, "epidemic", [1, 2, 4], False),
        (29_999, "alert", [0, 0, 1], False),
        (29_999, "alert", [0, 0, 2], True),
        (29_999, "epidemic", [0, 0, 4], False),
        (29_999, "epidemic", [1, 1, 4], False),
        (29_999, "epidemic", [1, 2, 4], True),
        (29_999, "epidemic", [0, 0, 5], True),
        (30_000, "alert", [0, 0, 1], True),
        (250_000, "epidemic", [0, 0, 90], False),
    ],
)
def test_meningitis_in_the_belt(
    population: float, level: str, weeks: list[int], raised: bool
) -> None:
    found = detect(
        "fixed_threshold",
        weeks,
        threshold="meningitis",
        level=level,
        population=[population],
        at=[2],
    )
    assert alarms(found) == [[raised]]


def test_thirty_days_of_weeks_and_of_days() -> None:
    weeks = detect("fixed_threshold", [1, 1, 1, 2, 0, 0], threshold="measles", level="epidemic")
    assert (weeks.at.tolist(), alarms(weeks)) == ([3, 4, 5], [[True, False, False]])
    days = np.zeros(40)
    days[[2, 9, 16, 23, 31]] = 1
    daily = detect("fixed_threshold", days, threshold="measles", level="epidemic", step=1)
    assert daily.at[daily.alarm[0]].tolist() == [31]


@pytest.mark.parametrize(
    ("counts", "raised"),
    [
        ([2, 2, 2, 3], True),
        ([2, 2, 2, 2], False),
        ([2, NAN, 2, 9], False),
        ([0, 0, 0, 0], False),
        ([0, 0, 0, 1], True),
    ],
)
def test_so_many_times_the_mean(counts: list[float], raised: bool) -> None:
    found = detect("doubling", counts, against="mean", factor=1.5, spans=3)
    assert (found.at.tolist(), alarms(found)) == ([3], [[raised]])


@pytest.mark.parametrize(
    ("counts", "each", "first"),
    [
        ([1, 2, 4], True, True),
        ([1, 1, 4], False, True),
        ([2, 4, 7], False, True),
        ([2, 2, 3], False, False),
        ([0, 2, 4], False, False),
        ([NAN, 2, 4], False, False),
        ([1, NAN, 4], False, True),
    ],
)
def test_doubling_over_three_weeks(counts: list[float], each: bool, first: bool) -> None:
    assert alarms(detect("doubling", counts)) == [[each]]
    assert alarms(detect("doubling", counts, against="first")) == [[first]]


def test_the_reason_for_a_rise() -> None:
    found = detect("doubling", [1, 2, 5])
    assert why("doubling", [1, 2, 5], found, 0) == (
        "5 counted, against 2 before; from 4 on it is a rise"
    )


def test_each_series_is_as_if_alone() -> None:
    counts = np.random.default_rng(1).poisson(3, (30, 12)).astype(float)
    counts[counts == 0] = NAN
    controls: dict[str, Any] = {"threshold": "acute_watery_diarrhoea"}
    together = detect("fixed_threshold", counts, **controls)
    alone = [detect("fixed_threshold", row, **controls).alarm[0] for row in counts]
    assert together.alarm.tolist() == np.array(alone).tolist()


@pytest.mark.parametrize(
    ("controls", "words"),
    [
        ({"threshold": "influenca"}, "there is no epidemic threshold of `influenca`"),
        ({"threshold": "meningitis"}, "goes by population, and none is given"),
        ({"rate": 3}, "goes by population"),
        ({"count": -1}, "`count` must be 0 or more"),
        ({"count": 3, "threshold": "measles"}, "of your own"),
        ({"population": [-5]}, "never negative"),
        ({"threshold": "malaria", "level": "epidemic"}, "no epidemic threshold of `malaria`"),
    ],
)
def test_wrong_controls(controls: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        detect("fixed_threshold", [1, 2, 3, 4], **controls)


def test_one_time_has_risen_on_none() -> None:
    with pytest.raises(ValueError, match="must be 2 or more"):
        detect("doubling", [1, 2, 3], spans=1)


def test_each_published_threshold_says_where_it_is_from() -> None:
    assert len(thresholds()) > 25
    for one in thresholds():
        assert all((one.source, one.edition, one.geography, one.place, one.counts)), one
        assert one.days >= 1
    assert {one.tag for one in thresholds()} == {"verified", "known", "unsure"}
    verified = {one.condition for one in thresholds() if one.tag == "verified"}
    assert verified == {"meningitis", "viral_haemorrhagic_fever", "anthrax"}


def test_the_bands_of_meningitis_touch_and_never_overlap() -> None:
    bands = sorted({one.rule.band or (0, 0) for one in thresholds_of("meningitis", "epidemic")})
    assert bands == [(0, 30_000), (30_000, 100_000)]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"level": "warning"}, "level or the tag"),
        ({"rate": 3}, "says 2 rules, not one"),
        ({"count": None}, None),
    ],
)
def test_a_table_amiss_is_refused(changed: dict[str, Any], words: str | None) -> None:
    row = {
        "condition": "x", "level": "alert", "counts": "cases", "count": 1, "days": 7, "place": "p",
        "geography": "g", "source": "s", "edition": "e", "tag": "known",
    }  # fmt: skip
    if words is None:
        del row["count"]
        words, changed = "says 0 rules", {}
    with pytest.raises(ValueError, match=words):
        threshold_from(row | changed)
