# SPDX-License-Identifier: Apache-2.0
"""Random happenings for a program: moments in order, and what comes in at each.

Reports come late, corrected or not at all; acts fall on deadlines and beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from generative.conditions import Choice, drawn
from oracle.interpreter import Came
from pratique.accord.kinds.measure import Measure
from pratique.accord.program import Program
from pratique.base.moment import Day, Moment

HOURS = (0, 12, 6, 18, 10)
# Days round which the clocks of New York change, a February's end, and a plain week.
BEGINNINGS = (20_513, 20_518, 20_510, 20_752)
VALUES = {
    "count": (0.0, 1.0, 2.0, 3.0, 5.0, 6.0),
    "number": (0.0, 1.5, 3.0, -2.0, 6.0),
    "percent": (0.0, 0.25, 0.5, 1.0),
}


@dataclass
class Happening:
    """When a register begins, and what comes in when."""

    begins: Moment
    ends: Moment
    came: list[tuple[Moment, Came]]


@st.composite
def happenings(draw: Any, program: Program, most: int = 14) -> Happening:
    """Draw what happens under a program."""
    return happening_of(drawn(draw), program, most)


def happening_of(choice: Choice, program: Program, most: int = 14) -> Happening:
    """Return what happens under a program."""
    timing = moments(choice, program, most)
    return Happening(timing[0], timing[-1], came_at(choice, program, timing))


def moments(choice: Choice, program: Program, most: int = 14) -> list[Moment]:
    """Draw moments in order: the first is the register's beginning, the last its end."""
    day = choice.of(BEGINNINGS)
    found = [program.clock.start(day) + 3600 * choice.of((0, 0, 12))]
    for _ in range(choice.number(2, most)):
        day += choice.of((1, 0, 1, 2, 3))
        at = program.clock.start(day) + 3600 * choice.of(HOURS) + choice.of((0, 0, 0, -1, 1))
        if at > found[-1]:
            found.append(at)
    found.append(program.clock.start(day + choice.of((2, 5, 9, 32))))
    return found


def came_at(choice: Choice, program: Program, timing: list[Moment]) -> list[tuple[Moment, Came]]:
    """Draw what comes in at some of these moments."""
    came = []
    for moment in timing[:-1]:
        one = Came()
        _observe(choice, program, one, program.clock.day(moment))
        _act(choice, program, one)
        came.append((moment, one))
    if choice.sometimes(80):
        came[0][1].ratified.extend(range(len(program.parties)))
    return came


def _observe(choice: Choice, program: Program, came: Came, today: Day) -> None:
    rows = range(len(program.parties))
    for measure in program.measures.values():
        parties = list(rows) if measure.per_party else [None]
        if measure.is_event:
            came.events += [(measure.name, party) for party in parties if choice.sometimes(20)]
            continue
        # A figure of tomorrow is refused.
        back = choice.of((0, 0, 0, 1, 2, 5, -1))
        for party in parties:
            if choice.sometimes(60):
                came.observations.append(
                    (measure.name, party, today - back, _value(choice, measure))
                )
    if program.clock and choice.sometimes(15):
        came.ratified.append(choice.of(rows))


def _value(choice: Choice, measure: Measure) -> float:
    return choice.of(VALUES[measure.type.kind])


def _rows(program: Program, clause: Any) -> range:
    return range(len(program.parties)) if clause.per_party else range(1)


def _act(choice: Choice, program: Program, came: Came) -> None:
    for name, duty in program.duties.items():
        came.performed += [(name, row) for row in _rows(program, duty) if choice.sometimes(20)]
    for name, power in program.powers.items():
        for row in _rows(program, power):
            if power.vote is None:
                came.used += [(name, row)] if choice.sometimes(35) else []
                continue
            came.proposed += [(name, row)] if choice.sometimes(35) else []
            for voter in range(len(program.parties)):
                if choice.sometimes(30):
                    came.ballots.append((name, row, voter, choice.of(("yes", "no", "abstain"))))
    for name, pool in program.pools.items():
        scale = 100 if pool.type.kind == "money" else 1
        for party in range(len(program.parties)):
            if choice.sometimes(25):
                way = choice.of(("in", "in", "out"))
                came.moves.append((name, way, party, scale * choice.of((5, 10, 2, 4))))
