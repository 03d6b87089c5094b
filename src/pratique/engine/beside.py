# SPDX-License-Identifier: Apache-2.0
"""Several scenarios side by side: what came in in each, as one intake of a batch of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pratique.base.moment import NEVER, Day
from pratique.engine.arrays import Numbers, numbers
from pratique.engine.intake import Intake, Observation, StepAct

_MARKS = ("events", "performed", "proposed", "used", "started")
_CONSENTS = ("ratified", "signed", "left")
_MOMENTS = ("performed_at", "performed_of")


def side_by_side(intakes: Sequence[Intake | None]) -> Intake:
    """Return what comes in in several scenarios as one intake, the first scenario first.

    Each is given as of one scenario. None: nothing comes in.
    """
    if len(intakes) == 1:
        return intakes[0] or Intake()
    together, observed = Intake(), _Observed(len(intakes))
    for scenario, intake in enumerate(intakes):
        if intake is not None:
            _put(together, intake, _Place(scenario, len(intakes)))
            observed.put(intake.observations, scenario)
    together.observations = observed.all()
    return together


class _Observed:
    """Figures of several scenarios; those of one measure and day stand in one array.

    Where one scenario has several, their order is kept.
    """

    def __init__(self, scenarios: int) -> None:
        self.scenarios = scenarios
        self.found: dict[tuple[str, Day, int], Numbers] = {}

    def put(self, observations: Sequence[Observation], scenario: int) -> None:
        """Add those of one scenario."""
        counts: Counter[tuple[str, Day]] = Counter()
        for one in observations:
            key = (one.measure, one.day, counts[one.measure, one.day])
            counts[one.measure, one.day] += 1
            if key not in self.found:
                self.found[key] = numbers(self.scenarios, one.values.shape[1], np.nan)
            self.found[key][scenario] = one.values[0]

    def all(self) -> list[Observation]:
        """Return all of them."""
        return [Observation(name, day, values) for (name, day, _), values in self.found.items()]


@dataclass(frozen=True, slots=True)
class _Place:
    scenario: int
    scenarios: int

    def among(self, array: Any, nothing: object) -> Any:
        """Return an array of one scenario among all: the others have nothing."""
        found = np.full((self.scenarios, *array.shape[1:]), nothing, dtype=array.dtype)
        found[self.scenario] = array[0]
        return found


def _put(together: Intake, intake: Intake, place: _Place) -> None:
    for name in _MARKS:
        _join(getattr(together, name), getattr(intake, name), place, False, np.logical_or)
    for name in _MOMENTS:
        _join(getattr(together, name), getattr(intake, name), place, NEVER, np.minimum)
    _join(together.amounts, intake.amounts, place, -1, np.maximum)
    for name in _CONSENTS:
        if (own := getattr(intake, name)) is not None:
            known, own = getattr(together, name), place.among(own, False)
            setattr(together, name, own if known is None else known | own)
    together.ballots += [replace(one, cast=place.among(one.cast, 0)) for one in intake.ballots]
    together.moves += [replace(one, amounts=place.among(one.amounts, 0)) for one in intake.moves]
    together.opened += [
        replace(one, where=place.among(one.where, False), fields=_fields(one.fields, place))
        for one in intake.opened
    ]
    together.steps += [_step(one, place) for one in intake.steps]
    together.revoked += [replace(one, scenario=place.scenario) for one in intake.revoked]


def _step(act: StepAct, place: _Place) -> StepAct:
    # One number for the same act by whichever actor fits: another one in each scenario.
    either = act.either and act.either * place.scenarios + place.scenario
    where, fields = place.among(act.where, False), _fields(act.fields, place)
    return replace(act, where=where, fields=fields, either=either)


def _fields(fields: dict[str, Any], place: _Place) -> dict[str, Any]:
    return {name: place.among(values, np.nan) for name, values in fields.items()}


def _join(
    known: dict[str, Any],
    own: dict[str, Any],
    place: _Place,
    nothing: object,
    both: Callable[[Any, Any], Any],
) -> None:
    for name, array in own.items():
        there = place.among(array, nothing)
        known[name] = both(known[name], there) if name in known else there
