# SPDX-License-Identifier: Apache-2.0
"""Cases that begin on one day, run side by side as scenarios of one standing, on one timeline.

Each is what it is alone: a moment at which nothing happens in a scenario changes nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from pratique.accord.kinds.case import Case
from pratique.accord.program import Program
from pratique.base.moment import Day, Moment
from pratique.engine.arrays import Bools, Numbers, somewhere
from pratique.engine.beside import side_by_side
from pratique.engine.intake import Intake, Observation
from pratique.engine.standing import Standing, open_standing
from pratique.engine.step import Outcome, next_stop, step
from pratique.rehearsal.history import History
from pratique.rehearsal.telling import Telling
from pratique.rehearsal.trials.run import Run


def run_together(program: Program, cases: Sequence[Case], history: History | None) -> list[Run]:
    """Run cases that begin on one day; `history`: that of cases that use it, else None."""
    runs = [Run(program, case, history) for case in cases]
    if _Batch(program, runs).has_gone():
        return runs
    return [run for case in cases for run in run_together(program, [case], history)]


class _Batch:
    """Runs under way on one standing."""

    def __init__(self, program: Program, runs: list[Run]) -> None:
        self.program, self.begins = program, runs[0].begins
        self.standing = open_standing(_watching(program, runs), self.begins, len(runs))
        for scenario, run in enumerate(runs):
            run.join(self.standing, scenario)
        self.runs = self.active = runs
        self.figures = _Figures(program, [run.telling for run in runs])
        self.open: dict[str, Bools] = {}
        """Where powers that are voted on were open after the latest moment."""

    def has_gone(self) -> bool:
        """Run all of them to their ends, and say whether each is what it would be alone."""
        now = self.begins
        while self.active:
            outcome = step(self.standing, now, self._intake(now))
            if len(self.runs) > 1 and _stalled(self.standing):
                return False
            self._note(outcome)
            following = [run.next_after(now) for run in self.active]
            now = min(next_stop(self.standing, now), *following)
            self._part(now)
        return True

    def _intake(self, now: Moment) -> Intake:
        intakes: list[Intake | None] = [None] * len(self.runs)
        for run in self.active:
            intakes[run.scenario] = run.intake(now)
        together = side_by_side(intakes)
        telling = self.active[0].telling
        day = telling.day(now)
        if now == telling.start_of(day):
            # What is told of a figure stands above what history says of it.
            together.observations += self.figures.of(day)
        return together

    def _note(self, outcome: Outcome) -> None:
        touched = self._touched(outcome).tolist()
        first_watch = 0
        for run in self.active:
            if touched[run.scenario]:
                run.note(outcome)
            run.look(outcome.now, first_watch)
            first_watch += len(run.watches())

    def _touched(self, outcome: Outcome) -> Bools:
        """Return in which scenarios anything came about, or a vote may be held or no more."""
        found = np.zeros(len(self.runs), dtype=np.bool_)
        for marks in _marks(outcome):
            found |= marks.reshape(marks.shape[0], -1).any(axis=1)
        for name, power in self.standing.powers.items():
            if power.power.vote is not None:
                before = self.open.get(name, ~power.is_open)
                if somewhere(differs := before != power.is_open):
                    found |= differs.any(axis=1)
                self.open[name] = power.is_open
        return found

    def _part(self, now: Moment) -> None:
        """Let those go that have come to their end; what they expect is looked at no more."""
        going = [run for run in self.active if now <= run.until]
        if len(going) < len(self.active):
            self.active = going
            self.standing.program = _watching(self.program, going)


def _watching(program: Program, runs: Sequence[Run]) -> Program:
    # What others expect is not looked at.
    return replace(program, watches=tuple(term for run in runs for term in run.watches()))


def _stalled(standing: Standing) -> bool:
    # A case that goes round goes on at the next moment, whosever that is.
    return any(rows.stalled for rows in standing.cases.values())


def _marks(outcome: Outcome) -> Iterator[Any]:
    yield from outcome.edges.values()
    yield from (where for _, _, where in outcome.refused)
    yield from (claim.amounts for claim in outcome.claims)
    yield from (owing.amounts for owing in outcome.transfers)
    yield from (free.amounts for free in outcome.released)
    for draw in outcome.draws:
        yield from (draw.granted, draw.short)


class _Figures:
    """The figures that are told, of all scenarios, by day."""

    def __init__(self, program: Program, tellings: Sequence[Telling]) -> None:
        self.first_day: Day = tellings[0].first_day
        self.tables: dict[str, Numbers] = {}
        """By measure: [day, scenario, row]; not a number: none."""
        days = max(telling.case.last_day for telling in tellings)
        for name in dict.fromkeys(name for one in tellings for name in one.figures):
            rows = next(one.figures[name] for one in tellings if name in one.figures).shape[1]
            table = np.full((days + 1, len(tellings), rows), np.nan)
            for scenario, one in enumerate(tellings):
                if name in one.figures:
                    table[: one.case.last_day + 1, scenario] = one.figures[name]
            self.tables[name] = table
        self.there = {
            name: np.asarray(np.isfinite(table).any(axis=(1, 2)))
            for name, table in self.tables.items()
        }

    def of(self, day: int) -> list[Observation]:
        """Return what is told of a day of the cases, counted from 1."""
        return [
            Observation(name, self.first_day + day - 1, table[day])
            for name, table in self.tables.items()
            if self.there[name][day]
        ]
