# SPDX-License-Identifier: Apache-2.0
"""What is kept of live cases beside the arrays: their words, their changes, what they permit.

Of the first scenario alone; where the open cases of a batch are bounded, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from pratique.accord.fields.procedures import FieldSpec, Grant, Step
from pratique.base.duration import period_end
from pratique.base.moment import NEVER, Moment, iso_day
from pratique.base.money import decimals
from pratique.engine.arrays import Bools, Moments
from pratique.engine.conditions.frame import Frame
from pratique.engine.intake import StepAct
from pratique.engine.parts.recipients import reached
from pratique.engine.rows.cases import CaseRows, CaseSlot
from pratique.engine.rows.records import Answers, Permit

ADDS_UP = ("count", "number", "money")
"""The kinds of fields whose values are added up where many acts are gathered."""


def keep_opened(rows: CaseRows, number: Moments, now: Moment, said: dict[int, Answers]) -> None:
    """Keep what cases opened now say; `number`: theirs by row, 0 where none was opened."""
    if rows.record is not None:
        for row in map(int, np.flatnonzero(number[0])):
            rows.record.opened(row, int(number[0, row]), now, said.get(row, {}))


def keep_given(rows: CaseRows, slot: CaseSlot, step: Step, act: StepAct, where: Bools) -> None:
    """Keep what an act on a step said; sums as they now stand."""
    if rows.record is None:
        return
    summed = {s.name for s in step.gives if step.many and s.type.kind in ADDS_UP}
    said = {name: value for name, value in act.said.items() if name not in summed}
    for row in map(int, np.flatnonzero(where[0])):
        rows.record.given(row, int(slot.number[0, row]), said)
    keep_values(rows, slot, tuple(s for s in step.gives if s.name in summed), where)


def keep_values(rows: CaseRows, slot: CaseSlot, specs: tuple[FieldSpec, ...], where: Bools) -> None:
    """Keep fields that were computed, as they stand on the arrays."""
    if rows.record is None or not specs:
        return
    for row in map(int, np.flatnonzero(where[0])):
        values = {spec.name: float(slot.fields[spec.name][0, row]) for spec in specs}
        kinds = {spec.name: spec for spec in specs}
        written = {n: written_as(kinds[n], v) for n, v in values.items() if not np.isnan(v)}
        rows.record.given(row, int(slot.number[0, row]), written)


def written_as(spec: FieldSpec, value: float) -> str | int:
    """Return a field's value on arrays as acts write it."""
    match spec.type.kind:
        case "count":
            return int(value)
        case "date":
            return iso_day(int(value))
        case "money":
            places = decimals(spec.type.unit)
            return _plain(Fraction(round(value), 10**places), places)
        case "percent":
            return _plain(Fraction(value).limit_denominator(10**9) * 100, 9)
        case "choice":
            return spec.choices[int(value)]
    return _plain(Fraction(value).limit_denominator(10**9), 9)


def _plain(value: Fraction, places: int) -> str:
    text = f"{float(value):.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def keep_change(
    rows: CaseRows, number: Moments, where: Bools, change: tuple[Moment, str, str]
) -> None:
    """Keep a change of cases: (moment, step or end, change)."""
    if rows.record is not None:
        for row in map(int, np.flatnonzero(where[0])):
            rows.record.changed(row, int(number[0, row]), change)


def keep_closing(rows: CaseRows, slot: CaseSlot, where: Bools, now: Moment) -> None:
    """Keep when cases are closed."""
    if rows.record is not None:
        for row in map(int, np.flatnonzero(where[0])):
            rows.record.closed(row, int(slot.number[0, row]), now)


def keep_permits(frame: Frame, rows: CaseRows, slot: CaseSlot, part: str, where: Bools) -> None:
    """Keep what cases permit that have reached a step or end."""
    if rows.record is None:
        return
    for grant in rows.procedure.grants:
        if grant.at == part:
            for row in map(int, np.flatnonzero(where[0])):
                rows.record.permits += _granted(frame, rows, slot, grant, row)


def _granted(
    frame: Frame, rows: CaseRows, slot: CaseSlot, grant: Grant, row: int
) -> Iterator[Permit]:
    assert rows.record is not None
    number = int(slot.number[0, row])
    holder = rows.record.cases[row, number].fields.get(grant.holder_field)
    if holder is None:
        return
    clock, lasting = frame.standing.program.clock, grant.lasting
    yield Permit(
        grant.name,
        str(holder),
        _places(frame, rows, grant, row),
        frame.now,
        period_end(clock, frame.now, lasting) if lasting is not None else NEVER,
        grant.while_status,
        row,
        number,
    )


def _places(frame: Frame, rows: CaseRows, grant: Grant, row: int) -> tuple[int, ...] | None:
    # Nothing said: in the opener's party, or everywhere if no party opens.
    parties = len(frame.standing.program.parties)
    if grant.where is None:
        return (row,) if rows.procedure.per_party else None
    here = np.zeros(rows.shape, dtype=np.bool_)
    here[0, row] = True
    return tuple(map(int, np.flatnonzero(reached(frame, grant.where, here, parties)[0])))


def revoked(rows: CaseRows, row: int, number: int, now: Moment) -> bool:
    """Take back what a case granted, and say whether there was something."""
    return rows.record is None or rows.record.revoke(row, number, now)


def keep_spells(frame: Frame) -> None:
    """Keep since when the statuses hold that permits hang on, after all parts of a moment."""
    for rows in frame.standing.cases.values():
        if rows.record is None or not rows.procedure.grants:
            continue
        for name in {grant.while_status for grant in rows.procedure.grants} - {""}:
            for row, holds in enumerate(frame.standing.statuses[name].on[0]):
                rows.record.note_status(name, row, frame.now, holds=bool(holds))
