# SPDX-License-Identifier: Apache-2.0
"""Farrington's detectors: abreast as alone, with the kernels as plain Python, bad controls."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.base.text import render
from pratique.surveillance import Detection, detect
from pratique.surveillance.detectors import detector_named
from pratique.surveillance.kernels import farrington_lanes

WEEKS = 340
NOUFAILY = {
    "no_periods": 10,
    "past_weeks_not_included": 26,
    "p_threshold_trend": 1,
    "alpha": 0.005,
}
SETTINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "default": ("farrington_flexible", {}),
    "noufaily": ("farrington_flexible", NOUFAILY),
    "plugin": ("farrington_flexible", NOUFAILY | {"threshold_method": "nbPlugin"}),
    "muan": ("farrington_flexible", NOUFAILY | {"threshold_method": "muan"}),
    "corrected": ("farrington_flexible", {"mode": "corrected", "threshold_method": "nbPlugin"}),
    "unweighted": ("farrington_flexible", {"reweight": False, "powertrans": "1/2"}),
    "no trend": ("farrington_flexible", {"trend": False, "no_periods": 3}),
    "1996": ("farrington", {}),
}
SETTING = pytest.mark.parametrize("name", list(SETTINGS))
AT = [300, 321, 339]


def generated(series: int, seed: int) -> np.ndarray:
    """Return counts [series, time]: of all levels, seasonal, trending, with outbreaks and gaps."""
    random = np.random.default_rng(seed)
    time = np.arange(WEEKS)
    level = 10 ** random.uniform(-1.5, 3, (series, 1))
    trend = np.exp(random.normal(0, 0.003, (series, 1)) * (time - 150))
    season = np.exp(random.uniform(0, 1, (series, 1)) * np.cos(time * np.pi / 26))
    mean = level * trend * season
    spread = random.choice([1.001, 2.0, 6.0], (series, 1))
    counts = random.negative_binomial(mean / (spread - 1), 1 / spread).astype(float)
    counts[random.random(counts.shape) < 0.01] *= 5
    counts[:: max(series // 3, 1)][:, random.random(WEEKS) < 0.05] = np.nan
    return counts


def run(name: str, counts: np.ndarray, **changes: Any) -> Detection:
    """Return the detection of a setting."""
    method, controls = SETTINGS[name]
    return detect(method, counts, **({"at": AT} | controls | changes))


def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave all series to the general kernel."""

    def leave_all(*given: Any) -> None:
        given[-1][:] = farrington_lanes.FOR_ONE

    monkeypatch.setattr(farrington_lanes, "find_abreast", leave_all)


def values(detection: Detection) -> dict[str, np.ndarray]:
    """Return the arrays of a detection by name."""
    return {f.name: getattr(detection, f.name) for f in fields(Detection) if f.name != "at"}


@SETTING
def test_lanes_find_what_the_general_kernel_finds(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = generated(200, seed=3)
    abreast = values(run(name, counts))
    alone(monkeypatch)
    single = values(run(name, counts))
    assert np.array_equal(abreast.pop("alarm"), single.pop("alarm"))
    assert np.array_equal(abreast["trend"], single["trend"])
    for field, array in abreast.items():
        # Scores near zero are differences of nearly equal numbers.
        least = 1e-9 if field == "score" else 0.0
        np.testing.assert_allclose(array, single[field], rtol=1e-8, atol=least, err_msg=field)


def test_the_lanes_leave_almost_nothing_to_the_general_kernel() -> None:
    found = farrington_lanes.find_abreast
    shares = []

    def watched(*given: Any) -> None:
        found(*given)
        shares.append((given[-1] == farrington_lanes.FOR_ONE).mean())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(farrington_lanes, "find_abreast", watched)
        run("default", generated(200, seed=5))
    assert max(shares) <= 0.02


@SETTING
@settings(max_examples=5)
@given(seed=st.integers(0, 1000))
def test_the_order_of_series_changes_nothing(name: str, seed: int) -> None:
    counts = generated(40, seed)
    order = np.random.default_rng(seed).permutation(len(counts))
    before, after = values(run(name, counts)), values(run(name, counts[order]))
    for field in before:
        assert np.array_equal(before[field][order], after[field], equal_nan=field != "alarm")


def test_the_kernels_are_plain_python_too() -> None:
    # The same sums by the interpreter: few series and times, since it takes seconds.
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_farrington as t\n"
        "for name in ('default', 'corrected'):\n"
        "    found = t.run(name, t.generated(3, seed=9), at=[339])\n"
        "    print(*found.upper.ravel(), *found.pvalue.ravel())\n"
    )
    here = os.path.dirname(__file__)
    plain = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, here],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    for line, name in zip(plain.stdout.splitlines(), ("default", "corrected"), strict=True):
        found = run(name, generated(3, seed=9), at=[339])
        told = [float(number) for number in line.split()]
        expected = [*found.upper.ravel(), *np.ravel(found.pvalue)]  # type: ignore[arg-type]
        np.testing.assert_allclose(told, expected, rtol=1e-12)


def test_a_flat_past_has_the_closed_form() -> None:
    # 35 counts of 4: mean 4, no dispersion beyond Poisson, standard error sqrt(4 / 35) × 0.
    found = detect("farrington_flexible", np.full(WEEKS, 4.0), at=[300])
    assert found.expected is not None
    assert found.phi is not None
    assert found.expected[0, 0] == pytest.approx(4.0)
    assert found.phi[0, 0] == 1.0
    z = 1.6448536269514722
    assert found.upper[0, 0] == pytest.approx(4 * (1 + 2 / 3 * z * (1 / 4) ** 0.5) ** 1.5)
    assert not found.alarm.any()


def test_corrected_takes_one_dispersion_everywhere() -> None:
    counts = np.random.default_rng(1).poisson(30, (1, WEEKS)).astype(float)
    unweighted = {"reweight": False, "trend": False, "at": [339]}
    found = detect("farrington_flexible", counts, mode="corrected", **unweighted)
    assert found.expected is not None
    assert found.phi is not None
    mean, phi = found.expected[0, 0], found.phi[0, 0]
    tau = phi + phi / 35
    bound = mean * (1 + 2 / 3 * 1.6448536269514722 * (tau / mean) ** 0.5) ** 1.5
    assert found.upper[0, 0] == pytest.approx(bound, rel=1e-9)


def test_the_population_is_followed() -> None:
    # A population that doubles doubles what is expected, and a constant one changes nothing.
    counts = generated(20, seed=11)[1:2]
    steady = run("default", counts, population=np.full_like(counts, 5e5))
    plain = run("default", counts)
    np.testing.assert_allclose(steady.upper, plain.upper, rtol=1e-9)
    grown = np.full_like(counts, 5e5)
    grown[:, AT[-1]] *= 2
    doubled = run("no trend", counts, population=grown)
    once = run("no trend", counts)
    assert doubled.expected is not None
    assert once.expected is not None
    assert doubled.expected[0, -1] == pytest.approx(2 * once.expected[0, -1])


def test_what_is_not_known_is_not_told() -> None:
    counts = generated(2, seed=2)
    counts[1, 339] = np.nan
    found = run("default", counts, at=[261, 339])
    assert np.isnan(found.upper[:, 0]).all()
    assert np.isnan(found.upper[1, 1])
    assert not found.alarm[1].any()


def test_too_few_counts_raise_nothing() -> None:
    counts = np.zeros((1, WEEKS))
    counts[0, 339] = 4
    assert not run("default", counts, at=[339]).alarm.any()
    assert run("1996", counts, at=[339]).upper[0, 0] == 0
    counts[0, 339] = 5
    assert run("default", counts, at=[339]).alarm.all()


def test_the_reason_tells_count_expectation_and_bound() -> None:
    counts = np.full((1, WEEKS), 4.0)
    counts[0, 300] = 20
    found = run("default", counts, at=[300])
    assert found.alarm.all()
    reason = render(detector_named("farrington_flexible").why(found, counts, 0, 0))
    assert reason == "20 counted; 4.0 expected and 7.7 the upper bound, from earlier years"


def test_needs_says_where_whole_windows_begin() -> None:
    flexible = detector_named("farrington_flexible")
    assert flexible.needs(flexible.controlled({})) == 263
    weeks = np.arange("2000-01-03", "2007-01-01", 7, dtype="datetime64[D]")
    dated = flexible.controlled({"dates": weeks})
    assert flexible.needs(dated) == 264


@pytest.mark.parametrize(
    ("controls", "told"),
    [
        ({"alpha": 0}, "`alpha` must lie between 0 and 1"),
        ({"b": 0}, "`b` must be a whole number, 1 or more"),
        ({"limit54": (5, 0)}, "`limit54` must be a count and a number of times"),
        ({"powertrans": "3/4"}, "`powertrans` must be one of 2/3, 1/2, none"),
        ({"no_periods": 60}, "`no_periods` is 60, too many"),
        ({"population": [[-1.0]]}, "`population` must be numbers of persons"),
        ({"population": [[1.0]]}, r"`population` is \(1, 1\)"),
        ({"dates": ["2000-01-03"]}, "`dates` has 1 dates, 340 are needed"),
        ({"dates": ["soon"]}, "`dates`"),
        ({"mode": "best"}, "`mode` must be one of corrected, compat"),
        ({"noPeriods": 10}, "has no control `noPeriods`"),
    ],
)
def test_bad_controls_are_refused(controls: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        detect("farrington_flexible", generated(1, seed=1), at=[339], **controls)
