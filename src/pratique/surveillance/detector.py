# SPDX-License-Identifier: Apache-2.0
"""What a detector declares of itself; the detectors are values, one a module of `detectors/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pratique.base.text import Sentence
from pratique.surveillance.arrays import Floats, Whole
from pratique.surveillance.detection import Detection

Controls = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Control:
    """A setting of a detector: its name, its default, what it means, and what it may be.

    `takes` returns the value as the detector uses it (a list becomes a tuple, a whole number a
    float), or raises ValueError with words that complete "`name` …", such as "must lie between 0
    and 1".
    """

    name: str
    default: Any
    help: Sentence
    takes: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Detector:
    """A method of detection, with all that is known of it.

    `needs(controls)`: how many times of history stand before the first that can be monitored.
    `find(counts, at, controls)`: counts [series, time] float64 with NaN where missing, `at` whole
    times in any order; each series is computed as if it were alone, and a time with too little
    history has NaN for its bound and no alarm. `why(detection, counts, series, index)`: the reason
    for one alarm, in words and numbers (`index` counts in `detection.at`).
    """

    name: str
    label: Sentence
    source: str
    controls: tuple[Control, ...]
    needs: Callable[[Controls], int]
    find: Callable[[Floats, Whole, Controls], Detection]
    why: Callable[[Detection, Floats, int, int], Sentence]

    def controlled(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return all controls, the given ones in place of their defaults; ValueError if wrong."""
        known = {control.name: control for control in self.controls}
        unknown = [name for name in given if name not in known]
        if unknown:
            raise ValueError(
                f"`{self.name}` has no control `{unknown[0]}`; it has {', '.join(known)}"
            )
        return {name: _taken(control, given) for name, control in known.items()}


def _taken(control: Control, given: Mapping[str, Any]) -> Any:
    if control.name not in given:
        return control.default
    try:
        return control.takes(given[control.name])
    except (TypeError, ValueError) as fault:
        raise ValueError(f"`{control.name}` {fault}") from fault


def a_share(value: Any) -> float:
    """Return a number between 0 and 1, both excluded; ValueError otherwise."""
    number = float(value)
    if not 0 < number < 1:
        raise ValueError(f"must lie between 0 and 1, not {value}")
    return number


def whole_from(least: int) -> Callable[[Any], int]:
    """Return what takes whole numbers not below `least`."""

    def taken(value: Any) -> int:
        if isinstance(value, bool) or int(value) != value or value < least:
            raise ValueError(f"must be a whole number, {least} or more, not {value}")
        return int(value)

    return taken


def number_from(least: float) -> Callable[[Any], float]:
    """Return what takes numbers not below `least`."""

    def taken(value: Any) -> float:
        number = float(value)
        if not number >= least:
            raise ValueError(f"must be {least} or more, not {value}")
        return number

    return taken


def one_of(*words: str) -> Callable[[Any], str]:
    """Return what takes one of these words."""

    def taken(value: Any) -> str:
        if value not in words:
            raise ValueError(f"must be one of {', '.join(words)}, not {value}")
        return str(value)

    return taken


def truth(value: Any) -> bool:
    """Return yes or no; ValueError for anything else."""
    if not isinstance(value, bool):
        raise ValueError(f"must be yes or no, not {value}")
    return value
