# SPDX-License-Identifier: Apache-2.0
"""Random happenings for a program: moments in order, and what comes in at each.

Reports come late, corrected or not at all; acts fall on deadlines and beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from generative.conditions import Choice, drawn
from oracle.cases import Opening, StepAct
from oracle.interpreter import Came
from oracle.votes import electors_of
from pratique.accord.fields.procedures import FieldSpec, Step
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.program import Program
from pratique.accord.terms.values import Leave
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
        _consent(choice, program, one)
        _act(choice, program, one, timing[0], moment)
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


def _value(choice: Choice, measure: Measure) -> float:
    return choice.of(VALUES[measure.type.kind])


def _rows(program: Program, clause: Any) -> range:
    return range(len(program.parties)) if clause.per_party else range(1)


def _consent(choice: Choice, program: Program, came: Came) -> None:
    rows = range(len(program.parties))
    if choice.sometimes(15):
        came.ratified.append(choice.of(rows))
    if choice.sometimes(15):
        came.signed.append(choice.of(rows))
    if choice.sometimes(8) and not any(Leave() in p.effects for p in program.powers.values()):
        came.left.append(choice.of(rows))


def _act(choice: Choice, program: Program, came: Came, begins: Moment, now: Moment) -> None:
    for name, duty in program.duties.items():
        performed = [(name, row) for row in _rows(program, duty) if choice.sometimes(20)]
        came.performed += performed
        for key in performed:
            if duty.clock is not None and choice.sometimes(25):
                came.happened[key] = now - choice.of((3600, 90_000, 200_000, 0))
            if choice.sometimes(5):
                came.raised[key] = choice.of((begins, now - 86_400))
    for power in program.powers.values():
        for row in _rows(program, power):
            _use(choice, program, came, power, row)
    _move(choice, program, came)
    for procedure in program.procedures.values():
        _open(choice, program, came, procedure)
        _perform(choice, program, came, procedure)


def _move(choice: Choice, program: Program, came: Came) -> None:
    for name, pool in program.pools.items():
        scale = 100 if pool.type.kind == "money" else 1
        for column in range(len(program.parties) + 1):
            if choice.sometimes(25):
                way = choice.of(("in", "in", "out", "in", "out", "lost"))
                came.moves.append((name, way, column, scale * choice.of((5, 10, 2, 4))))
    for name in program.paying():
        for column in range(len(program.parties) + 1):
            if choice.sometimes(20):
                came.moves.append((name, "between", column, choice.of((5, 200, 2, 700))))


def _use(choice: Choice, program: Program, came: Came, power: Power, row: int) -> None:
    key = (power.name, row)
    if choice.sometimes(35):
        (came.used if power.vote is None else came.proposed).append(key)
        if choice.sometimes(30) and any(getattr(e, "up_to", False) for e in power.effects):
            came.amounts[key] = choice.of((1, 3, 100, 400))
    if power.vote is None:
        return
    for voter, elector in enumerate(electors_of(program, power.vote)):
        if elector.votes and choice.sometimes(30):
            answer = choice.of(("yes", "yes", "no", "abstain"))
            came.ballots.append((power.name, row, voter, answer))


# --- cases -----------------------------------------------------------------------------------


def _open(choice: Choice, program: Program, came: Came, procedure: Procedure) -> None:
    for row in _rows(program, procedure):
        for _ in range(2):
            if choice.sometimes(30):
                fields = _answers(choice, program, procedure.asks)
                came.opened.append(Opening(procedure.name, row, fields))


def _perform(choice: Choice, program: Program, came: Came, procedure: Procedure) -> None:
    for step in procedure.steps:
        if step.is_automatic:
            continue
        for actor in range(max(1, len(step.by))):
            for _ in range(2):
                if choice.sometimes(30):
                    came.steps.append(_step_act(choice, program, procedure, step, actor))


def _step_act(
    choice: Choice, program: Program, procedure: Procedure, step: Step, actor: int
) -> StepAct:
    parties = range(len(program.parties))
    who = step.by[actor].form if step.by else "anyone"
    row = choice.of((*_rows(program, procedure), None))
    party = -1
    if who in ("each", "any", "group", "other", "field", "all"):
        party = choice.of(parties)
    if who == "that" and procedure.per_party:
        row = party = row if row is not None else choice.of(parties)
    case = choice.of((0, 0, 0, 1, 2)) if row is not None else 0
    fields = _answers(choice, program, step.gives)
    return StepAct(procedure.name, step.name, row, fields, actor, party, case)


def _answers(choice: Choice, program: Program, specs: tuple[FieldSpec, ...]) -> dict[str, Fraction]:
    found = {}
    for spec in specs:
        match spec.type.kind:
            case "party":
                found[spec.name] = Fraction(choice.of(range(len(program.parties))))
            case "choice":
                found[spec.name] = Fraction(choice.of(range(len(spec.choices))))
            case "date":
                found[spec.name] = Fraction(choice.of((20_515, 20_520, 20_756)))
            case _:
                found[spec.name] = Fraction(choice.of((2, 3, 0, 1, 5)))
    return found
