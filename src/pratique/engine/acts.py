# SPDX-License-Identifier: Apache-2.0
"""Register acts to what comes in at one moment of one scenario, and what cannot be taken in.

Figures stand in acts as people write them: money in units of its currency, shares in per cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import singledispatch
from typing import Any

import numpy as np

from pratique.accord.kinds.measure import Measure
from pratique.accord.program import Program
from pratique.base.moment import day_from_iso
from pratique.base.money import minor_units
from pratique.base.text import Code, Sentence, say
from pratique.engine.arrays import Bools, falses
from pratique.engine.intake import ABSTAIN, NO, YES, Ballots, Intake, Move, Observation
from pratique.register import acts as register

_CAST = {"yes": YES, "no": NO, "abstain": ABSTAIN}
INTO, OUT_OF = ("contribution", "return"), ("payment", "dispatch", "loss")


class NotTakenIn(ValueError):
    """An act that the agreement's text gives no place to."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def intake_of(program: Program, acts: Iterable[register.Act]) -> Intake:
    """Return what the acts of one moment bring in; NotTakenIn if the text has no place for one."""
    intake = Intake()
    for act in acts:
        _take(act, program, intake)
    return intake


@singledispatch
def _take(act: object, program: Program, intake: Intake) -> None:
    """Acts that change nothing that is derived (adopt, note, submit, disclose, …) only stand."""


@_take.register
def _(act: register.Consent, program: Program, intake: Intake) -> None:
    row = _party(program, act.party)
    if act.how == "ratify":
        if intake.ratified is None:
            intake.ratified = falses(1, len(program.parties))
        intake.ratified[0, row] = True


@_take.register
def _(act: register.Report, program: Program, intake: Intake) -> None:
    measure = _named(program.measures, act.measure)
    row, rows = _place(program, measure.per_party, act.party)
    if measure.is_event:
        where = intake.events.setdefault(measure.name, falses(1, rows))
        where[0, row] = True
        return
    if act.day is None or act.value is None:
        raise NotTakenIn(
            say(
                "{measure} is a figure: a report of it needs a day and a value",
                measure=Code(act.measure),
            )
        )
    values = np.full((1, rows), np.nan)
    if act.value != "unknown":
        values[0, row] = figure(measure, act.value)
    intake.observations.append(Observation(measure.name, day_from_iso(act.day), values))


def figure(measure: Measure, words: str) -> float:
    """Return a measure's figure as the engine counts it; NotTakenIn outside the declared range."""
    value = Fraction(words)
    if measure.type.kind == "percent":
        value /= 100
    elif measure.type.kind == "money":
        value = minor_units(value, measure.type.unit)
    if not measure.low <= value <= measure.high:
        raise NotTakenIn(
            say(
                "{value} lies outside the range that {measure} is declared with",
                value=words,
                measure=Code(measure.name),
            )
        )
    return float(value)


@_take.register
def _(act: register.Propose, program: Program, intake: Intake) -> None:
    _mark(program, intake.proposed, act.power, act.at)


@_take.register
def _(act: register.Use, program: Program, intake: Intake) -> None:
    power = _named(program.powers, act.power)
    _mark(program, intake.proposed if power.vote else intake.used, act.power, act.at)


def _mark(program: Program, marks: dict[str, Bools], name: str, at: str | None) -> None:
    power = _named(program.powers, name)
    row, rows = _place(program, power.per_party, at)
    marks.setdefault(name, falses(1, rows))[0, row] = True


@_take.register
def _(act: register.Vote, program: Program, intake: Intake) -> None:
    power = _named(program.powers, act.power)
    row, rows = _place(program, power.per_party, act.at)
    cast = np.zeros((1, rows), dtype=np.int8)
    cast[0, row] = _CAST[act.ballot]
    intake.ballots.append(Ballots(power.name, _party(program, act.party), cast))


@_take.register
def _(act: register.Perform, program: Program, intake: Intake) -> None:
    duty = _named(program.duties, act.duty)
    own_row = duty.per_party and act.by in program.parties and act.at is None
    row, rows = _place(program, duty.per_party, act.by if own_row else act.at)
    intake.performed.setdefault(duty.name, falses(1, rows))[0, row] = True


@_take.register
def _(act: register.Move, program: Program, intake: Intake) -> None:
    pool = _named(program.pools, act.pool)
    parties = len(program.parties)
    amounts = np.zeros((1, parties + 1), dtype=np.int64)
    amounts[0, program.parties.index(act.party) if act.party in program.parties else parties] = int(
        act.amount
    )
    if act.kind in INTO:
        intake.moves.append(Move(pool.name, "in", amounts[:, :parties]))
    elif act.kind in OUT_OF:
        intake.moves.append(Move(pool.name, "out", amounts))


def _place(program: Program, per_party: bool, party: str | None) -> tuple[int, int]:
    if not per_party:
        return 0, 1
    if party is None:
        raise NotTakenIn(say("this act must say for which party it is"))
    return _party(program, party), len(program.parties)


def _party(program: Program, name: str) -> int:
    if name not in program.parties:
        raise NotTakenIn(say("{name} is not a party", name=Code(name)))
    return program.parties.index(name)


def _named(known: dict[str, Any], name: str) -> Any:
    if name not in known:
        raise NotTakenIn(say("the accord's text has no {name} of that kind", name=Code(name)))
    return known[name]
