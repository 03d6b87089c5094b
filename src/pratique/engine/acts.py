# SPDX-License-Identifier: Apache-2.0
"""Register acts to what comes in at one moment of one scenario, and what cannot be taken in.

Figures stand in acts as people write them: money in units of its currency, shares in per cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import singledispatch
from typing import Any, Literal

import numpy as np

from pratique.accord.kinds.measure import Measure
from pratique.accord.program import Program
from pratique.accord.terms.values import Leave
from pratique.base.moment import NEVER, Moment, day_from_iso, moment_from_iso
from pratique.base.money import minor_units
from pratique.base.text import Code, say
from pratique.engine.arrays import Bools, falses, moments
from pratique.engine.casework.acts import take_opening, take_step
from pratique.engine.intake import ABSTAIN, NO, YES, Ballots, Intake, Move, Observation
from pratique.engine.refusal import NotTakenIn
from pratique.register import acts as register

_CAST = {"yes": YES, "no": NO, "abstain": ABSTAIN}
_DIRECTIONS: dict[str, Literal["in", "out", "lost"]] = {
    "contribution": "in", "return": "in", "payment": "out", "dispatch": "out", "loss": "lost",
}  # fmt: skip


def intake_of(
    program: Program, acts: Iterable[register.Act], happened: Iterable[Moment | None] = ()
) -> Intake:
    """Return what the acts of one moment bring in; NotTakenIn if the text has no place for one.

    `happened`: of each act, when what it records had happened, if that was not at its recording.
    """
    intake, moments_of = Intake(), iter(happened)
    for act in acts:
        _take(act, program, intake)
        _date(act, program, intake, next(moments_of, None))
    return intake


def _date(act: register.Act, program: Program, intake: Intake, when: Moment | None) -> None:
    # Which debt an act performs: the one that it names, and in time if it had happened in time.
    if not isinstance(act, register.Perform) or act.duty not in program.duties:
        return
    row, rows = _debt_row(program, act)
    raised = moment_from_iso(act.raised) if act.raised is not None else None
    for marks, moment in ((intake.performed_at, when), (intake.performed_of, raised)):
        if moment is not None:
            marks.setdefault(act.duty, moments(1, rows, NEVER))[0, row] = moment


@singledispatch
def _take(act: object, program: Program, intake: Intake) -> None:
    """Acts that change nothing that is derived (adopt, note, submit, disclose, …) only stand."""


@_take.register
def _(act: register.Consent, program: Program, intake: Intake) -> None:
    here = falses(1, len(program.parties))
    here[0, _party(program, act.party)] = True
    match act.how:
        case "ratify":
            intake.ratified = here if intake.ratified is None else intake.ratified | here
        case "sign":
            intake.signed = here if intake.signed is None else intake.signed | here
        case "withdraw":
            _withdraw(act.party, here, program, intake)


def _withdraw(party: str, here: Bools, program: Program, intake: Intake) -> None:
    # Where the text has a power to leave, withdrawing is its use; else it takes effect at once.
    leaving = (n for n, p in program.powers.items() if any(isinstance(e, Leave) for e in p.effects))
    name = next(leaving, None)
    if name is None:
        intake.left = here if intake.left is None else intake.left | here
        return
    voted = program.powers[name].vote is not None
    _mark(program, intake.proposed if voted else intake.used, name, party)


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
    _amount(act, program, intake)


@_take.register
def _(act: register.Use, program: Program, intake: Intake) -> None:
    power = _named(program.powers, act.power)
    _mark(program, intake.proposed if power.vote else intake.used, act.power, act.at)
    _amount(act, program, intake)


def _amount(act: register.Propose | register.Use, program: Program, intake: Intake) -> None:
    if act.amount is None:
        return
    power = _named(program.powers, act.power)
    if not any(getattr(effect, "up_to", False) for effect in power.effects):
        raise NotTakenIn(say("{power} gives nothing `up to` an amount", power=Code(act.power)))
    row, rows = _place(program, power.per_party, act.at)
    said = intake.amounts.setdefault(power.name, moments(1, rows, -1))
    said[0, row] = int(act.amount)


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
    intake.ballots.append(Ballots(power.name, _elector(program, power.name, act.party), cast))


def _elector(program: Program, power: str, name: str) -> int:
    """Return an elector's place in the order of a power's ballots."""
    electorate = program.electorates.get(power)
    if electorate is None:
        raise NotTakenIn(say("nobody votes on {power}", power=Code(power)))
    place = electorate.place(name)
    if place < 0 or electorate.electors[place].seats == 0:
        raise NotTakenIn(say("{name} has no vote on {power}", name=Code(name), power=Code(power)))
    return place


@_take.register
def _(act: register.Perform, program: Program, intake: Intake) -> None:
    if "." in act.duty:
        take_step(act, program, intake)
        return
    row, rows = _debt_row(program, act)
    intake.performed.setdefault(act.duty, falses(1, rows))[0, row] = True


def _debt_row(program: Program, act: register.Perform) -> tuple[int, int]:
    duty = _named(program.duties, act.duty)
    own_row = duty.per_party and act.by in program.parties and act.at is None
    return _place(program, duty.per_party, act.by if own_row else act.at)


@_take.register
def _(act: register.Open, program: Program, intake: Intake) -> None:
    take_opening(act, program, intake)


@_take.register
def _(act: register.Move, program: Program, intake: Intake) -> None:
    parties = len(program.parties)
    amounts = np.zeros((1, parties + 1), dtype=np.int64)
    amounts[0, program.parties.index(act.party) if act.party in program.parties else parties] = int(
        act.amount
    )
    if act.pool is None:
        clause = _named({name: name for name in program.paying()}, str(act.clause))
        if act.kind != "payment":
            raise NotTakenIn(say("what moves between parties and no pool is a payment"))
        intake.moves.append(Move(clause, "between", amounts))
        return
    pool = _named(program.pools, act.pool)
    if act.kind in _DIRECTIONS:
        intake.moves.append(Move(pool.name, _DIRECTIONS[act.kind], amounts))


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
