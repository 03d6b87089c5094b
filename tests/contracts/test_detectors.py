# SPDX-License-Identifier: Apache-2.0
"""What every detector keeps, found by walking the detectors."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.base.text import Sentence, render
from pratique.surveillance import Detection, detect
from pratique.surveillance.detector import Control, Detector
from pratique.surveillance.detectors import detector_named, detectors

ALL = tuple(detectors().values())
EACH = pytest.mark.parametrize("detector", ALL, ids=[detector.name for detector in ALL])
EACH_CONTROL = pytest.mark.parametrize(
    ("detector", "control"),
    [(detector, control) for detector in ALL for control in detector.controls],
    ids=[f"{detector.name}-{control.name}" for detector in ALL for control in detector.controls],
)
WEEKS = 330
"""Six years and some: all that a detector wants to look back on."""
RECENT = np.arange(300, WEEKS)
ONE_SHORT = {"farrington", "farrington_flexible"}
"""As the peer, they answer one time earlier, with one of 35 reference counts before the start."""
NONSENSE: tuple[Any, ...] = (object(), "no such word", [object()], {"no": "such"})
LEVELS = np.array([0.0, 0.1, 2.0, 5.0, 30.0, 400.0])


def drawn(seed: int, *, gaps: float = 0.0) -> np.ndarray:
    """Return random weekly counts [series, time], with outbreaks, some missing."""
    random = np.random.default_rng(seed)
    season = 1 + 0.5 * np.sin(2 * np.pi * np.arange(WEEKS) / 52)
    counts = random.negative_binomial(5, 5 / (5 + LEVELS[:, None] * season + 1e-9)).astype(float)
    counts[:, -12:] += random.poisson(3 * LEVELS[:, None] + 3, (len(LEVELS), 12))
    counts[random.random(counts.shape) < gaps] = np.nan
    return counts


def same(one: Detection, other: Detection) -> bool:
    """Say whether two detections are the same to the last bit."""
    pairs = [(getattr(one, f.name), getattr(other, f.name)) for f in fields(Detection)]
    return all(
        (a is None and b is None) or np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        for a, b in pairs
    )


def part(detection: Detection, series: Any, columns: Any = slice(None)) -> Detection:
    """Return some series and some times of a detection."""
    arrays = {
        f.name: values[series][:, columns]
        for f in fields(Detection)
        if f.name != "at" and (values := getattr(detection, f.name)) is not None
    }
    return Detection(at=detection.at[columns], **arrays)


def test_there_are_detectors() -> None:
    expected = {"ears_c1", "ears_c2", "ears_c3", "cusum", "glrnb", "bayes"}
    assert expected | {"historical_limits", "moving_average"} <= detectors().keys()


@EACH
def test_it_has_a_name_a_label_and_a_source(detector: Detector) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", detector.name)
    assert detector_named(detector.name) is detector
    assert isinstance(detector.label, Sentence)
    assert len(detector.source) > 20
    names = [control.name for control in detector.controls]
    assert len(set(names)) == len(names)


@EACH_CONTROL
def test_a_control_says_what_it_means(detector: Detector, control: Control) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", control.name)
    assert len(render(control.help)) > 3
    assert detector.controlled({})[control.name] is control.default


@EACH_CONTROL
@pytest.mark.parametrize("nonsense", NONSENSE, ids=str)
def test_a_control_refuses_nonsense(detector: Detector, control: Control, nonsense: Any) -> None:
    with pytest.raises(ValueError, match=f"`{control.name}` "):
        detector.controlled({control.name: nonsense})


@EACH_CONTROL
def test_a_number_is_not_any_number(detector: Detector, control: Control) -> None:
    if isinstance(control.default, int | float) and not isinstance(control.default, bool):
        for wrong in (float("nan"), -7):
            with pytest.raises(ValueError, match=f"`{control.name}` "):
                detector.controlled({control.name: wrong})


@EACH
def test_a_default_can_be_given(detector: Detector) -> None:
    counts = drawn(1)
    given = {
        control.name: control.default
        for control in detector.controls
        if isinstance(control.default, int | float | bool)
    }
    plain = detect(detector.name, counts, at=RECENT)
    assert same(detect(detector.name, counts, at=RECENT, **given), plain)


@EACH
def test_an_unknown_control_is_refused_by_name(detector: Detector) -> None:
    with pytest.raises(ValueError, match=f"`{detector.name}` has no control `no_such`"):
        detect(detector.name, drawn(1), no_such=1)


def test_an_unknown_detector_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match="there is no detector `no_such`; there are bayes, "):
        detect("no_such", drawn(1))


@EACH
@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_shapes_and_kinds_of_what_it_finds(detector: Detector, gaps: float) -> None:
    counts = drawn(2, gaps=gaps)
    found = detect(detector.name, counts, at=RECENT)
    assert np.array_equal(found.at, RECENT)
    for field in fields(Detection):
        values = getattr(found, field.name)
        if field.name != "at" and values is not None:
            assert values.shape == (len(counts), len(RECENT))
            assert values.dtype == (np.bool_ if field.name == "alarm" else np.float64)


@EACH
def test_it_finds_outbreaks(detector: Detector) -> None:
    assert detect(detector.name, drawn(3), at=RECENT).alarm.any()


@EACH
def test_a_missing_count_never_raises_anything(detector: Detector) -> None:
    counts = drawn(4, gaps=0.1)
    found = detect(detector.name, counts)
    assert found.alarm.any()
    assert not (found.alarm & np.isnan(counts[:, found.at])).any()
    assert not (found.alarm & np.isnan(found.upper)).any()


@EACH
@pytest.mark.parametrize("value", [np.nan, 0.0, 3.0, 1e6])
def test_series_that_say_nothing_are_no_fault(detector: Detector, value: float) -> None:
    counts = np.full((2, WEEKS), value)
    counts[1, :280] = np.nan
    found = detect(detector.name, counts, at=RECENT)
    assert found.alarm.shape == (2, len(RECENT))
    assert not (np.isnan(value) and found.alarm.any())


@EACH
@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_each_series_is_as_if_alone(detector: Detector, gaps: float) -> None:
    counts = drawn(5, gaps=gaps)
    together = detect(detector.name, counts, at=RECENT)
    for series in range(len(counts)):
        alone = detect(detector.name, counts[series], at=RECENT)
        assert same(part(together, [series]), alone)


@EACH
def test_the_order_of_series_does_not_matter(detector: Detector) -> None:
    counts = drawn(6, gaps=0.1)
    order = np.random.default_rng(1).permutation(len(counts))
    together = detect(detector.name, counts, at=RECENT)
    assert same(part(together, order), detect(detector.name, counts[order], at=RECENT))


@EACH
def test_times_may_come_in_any_order(detector: Detector) -> None:
    counts = drawn(7)
    # The first and the last stay among them: a chart runs from the one to the other.
    columns = np.r_[len(RECENT) - 1, np.random.default_rng(2).permutation(len(RECENT))[:9], 0, 4, 4]
    found = detect(detector.name, counts, at=RECENT)
    assert same(
        part(found, slice(None), columns), detect(detector.name, counts, at=RECENT[columns])
    )


@EACH
def test_no_time_is_a_time_too(detector: Detector) -> None:
    found = detect(detector.name, drawn(8), at=slice(0, 0))
    assert found.upper.shape == found.alarm.shape == (len(LEVELS), 0)


@EACH
def test_what_comes_after_changes_nothing(detector: Detector) -> None:
    counts = drawn(9)
    cut = RECENT[-10] + 1
    before = detect(detector.name, counts[:, :cut], at=RECENT[:-9])
    after = detect(detector.name, counts, at=RECENT[:-9])
    assert same(before, after)


@EACH
def test_before_the_history_that_it_needs_it_finds_nothing(detector: Detector) -> None:
    counts = drawn(10) + 50 * (np.arange(WEEKS) % 17 == 0)
    needs = detector.needs(detector.controlled({}))
    assert np.array_equal(detect(detector.name, counts).at, np.arange(needs, WEEKS))
    found = detect(detector.name, counts, at=slice(0, None))
    without = needs - (detector.name in ONE_SHORT)
    assert not found.alarm[:, :without].any()
    assert np.isnan(found.upper[:, :without]).all()
    short = detect(detector.name, counts[:, :needs])
    assert short.alarm.shape == (len(LEVELS), 0)


@EACH
def test_each_find_has_its_reason_in_both_languages(detector: Detector) -> None:
    counts = drawn(11, gaps=0.05)
    found = detect(detector.name, counts, at=RECENT)
    places = np.argwhere(found.alarm)
    assert len(places)
    for series, index in places[:40]:
        why = detector.why(found, counts, int(series), int(index))
        for language in ("en", "fr"):
            words = render(why, language)
            assert re.search(r"\d", words)
            assert "nan" not in words.lower()


@EACH
def test_counts_are_only_read(detector: Detector) -> None:
    counts = drawn(12, gaps=0.1)
    frozen = counts.copy()
    frozen.flags.writeable = False
    assert same(detect(detector.name, frozen, at=RECENT), detect(detector.name, counts, at=RECENT))
    assert np.array_equal(frozen, counts, equal_nan=True)


@EACH
def test_how_counts_lie_in_memory_does_not_matter(detector: Detector) -> None:
    counts = drawn(13)
    wide = np.repeat(counts, 2, axis=1)[:, ::2]
    plain = detect(detector.name, counts, at=RECENT)
    assert same(detect(detector.name, np.asfortranarray(counts), at=RECENT), plain)
    assert same(detect(detector.name, wide, at=RECENT), plain)
    assert same(detect(detector.name, counts.astype(int), at=RECENT), plain)


@EACH
@settings(max_examples=15)
@given(counts=st.lists(st.integers(0, 30) | st.none(), min_size=0, max_size=40))
def test_any_short_series_has_an_answer(detector: Detector, counts: list[int | None]) -> None:
    series = np.array(counts, dtype=np.float64).reshape(1, -1)
    found = detect(detector.name, series, at=slice(0, None))
    assert found.alarm.shape == series.shape
    assert not (found.alarm & np.isnan(series)).any()
