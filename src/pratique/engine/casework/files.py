# SPDX-License-Identifier: Apache-2.0
"""What is kept of live cases beside the arrays: their words, their changes, what they permit.

Of each scenario by itself; where the open cases of a batch are bounded, nothing is kept.
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
from pratique.engine.intake import Revocation, StepAct
from pratique.engine.parts.recipients import reached
from pratique.engine.rows.cases import CaseRows, CaseSlot
from pratique.engine.rows.records import Answers, Permit, Record

ADDS_UP = ("count", "number", "money")
"""The kinds of fields whose values are added up where many acts are gathered."""


def keep_opened(rows: CaseRows, number: Moments, now: Moment, said: dict[int, Answers]) -> None:
    """Keep what cases opened now say; `number`: theirs by row, 0 where none was opened."""
    for record, scenario, row in _records(rows, number > 0):
        record.opened(row, int(number[scenario, row]), now, said.get(row, {}))


def _records(rows: CaseRows, where: Bools) -> Iterator[tuple[Record, int, int]]:
    """Iterate over the records of some cases, each with its scenario and row, if any are kept."""
    if rows.records:
        for scenario, row in np.argwhere(where).tolist():
            yield rows.records[scenario], scenario, row


def keep_given(rows: CaseRows, slot: CaseSlot, step: Step, act: StepAct, where: Bools) -> None:
    """Keep what an act on a step said; sums as they now stand."""
    summed = {s.name for s in step.gives if step.many and s.type.kind in ADDS_UP}
    said = {name: value for name, value in act.said.items() if name not in summed}
    for record, scenario, row in _records(rows, where):
        record.given(row, int(slot.number[scenario, row]), said)
    keep_values(rows, slot, tuple(s for s in step.gives if s.name in summed), where)


def keep_values(rows: CaseRows, slot: CaseSlot, specs: tuple[FieldSpec, ...], where: Bools) -> None:
    """Keep fields that were computed, as they stand on the arrays."""
    if not specs:
        return
    for record, scenario, row in _records(rows, where):
        values = {spec.name: float(slot.fields[spec.name][scenario, row]) for spec in specs}
        kinds = {spec.name: spec for spec in specs}
        written = {n: written_as(kinds[n], v) for n, v in values.items() if not np.isnan(v)}
        record.given(row, int(slot.number[scenario, row]), written)


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
    for record, scenario, row in _records(rows, where):
        record.changed(row, int(number[scenario, row]), change)


def keep_closing(rows: CaseRows, slot: CaseSlot, where: Bools, now: Moment) -> None:
    """Keep when cases are closed."""
    for record, scenario, row in _records(rows, where):
        record.closed(row, int(slot.number[scenario, row]), now)


def keep_permits(frame: Frame, rows: CaseRows, slot: CaseSlot, part: str, where: Bools) -> None:
    """Keep what cases permit that have reached a step or end."""
    for grant in rows.procedure.grants:
        if grant.at == part:
            for record, scenario, row in _records(rows, where):
                number = int(slot.number[scenario, row])
                holder = record.cases[row, number].fields.get(grant.holder_field)
                if holder is not None:
                    places = _places(frame, rows, grant, (scenario, row))
                    record.permits.append(_permit(frame, grant, str(holder), places, (row, number)))


def _permit(
    frame: Frame,
    grant: Grant,
    holder: str,
    places: tuple[int, ...] | None,
    case: tuple[int, int],
) -> Permit:
    clock, lasting = frame.standing.program.clock, grant.lasting
    expires = period_end(clock, frame.now, lasting) if lasting is not None else NEVER
    return Permit(grant.name, holder, places, frame.now, expires, grant.while_status, *case)


def _places(
    frame: Frame, rows: CaseRows, grant: Grant, place: tuple[int, int]
) -> tuple[int, ...] | None:
    # Nothing said: in the opener's party, or everywhere if no party opens.
    scenario, row = place
    parties = len(frame.standing.program.parties)
    if grant.where is None:
        return (row,) if rows.procedure.per_party else None
    here = np.zeros(rows.shape, dtype=np.bool_)
    here[place] = True
    found = reached(frame, grant.where, here, parties)[scenario]
    return tuple(map(int, np.flatnonzero(found)))


def revoked(rows: CaseRows, act: Revocation, now: Moment) -> bool:
    """Take back what a case granted, and say whether there was something."""
    return not rows.records or rows.records[act.scenario].revoke(act.row, act.case, now)


def keep_spells(frame: Frame) -> None:
    """Keep since when the statuses hold that permits hang on, after all parts of a moment."""
    for rows in frame.standing.cases.values():
        if rows.records:
            for name in rows.hung_on:
                _keep_spells(rows, name, frame.standing.statuses[name].on, frame.now)


def _keep_spells(rows: CaseRows, name: str, on: Bools, now: Moment) -> None:
    before = rows.held.get(name)
    for scenario, row in np.argwhere(on if before is None else on != before).tolist():
        rows.records[scenario].note_status(name, row, now, holds=bool(on[scenario, row]))
    rows.held[name] = on.copy(order="K")
