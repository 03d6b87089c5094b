# SPDX-License-Identifier: Apache-2.0
"""Open cases as plain values: where each stands, and why an act on one would not be taken in."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.accord.kinds.procedure import REVOKE
from pratique.base.moment import NEVER
from pratique.base.text import Code, Sentence, say
from pratique.engine.refusal import NotTakenIn
from pratique.engine.rows.cases import CaseRows, CaseSlot
from pratique.engine.standing import Standing
from pratique.register.acts import Perform


def cases_view(rows: CaseRows, scenario: int = 0) -> list[list[dict[str, Any]]]:
    """Return the open cases of each row, by number: step, clock, what they record."""
    found: list[list[dict[str, Any]]] = []
    for row in range(rows.shape[1]):
        slots = [slot for slot in rows.slots if slot.number[scenario, row]]
        slots.sort(key=lambda slot: int(slot.number[scenario, row]))
        found.append([_case(rows, slot, scenario, row) for slot in slots])
    return found


def _case(rows: CaseRows, slot: CaseSlot, scenario: int, row: int) -> dict[str, Any]:
    due = int(slot.due[scenario, row])
    values = {name: float(held[scenario, row]) for name, held in slot.fields.items()}
    return {
        "number": int(slot.number[scenario, row]),
        "step": rows.procedure.steps[int(slot.step[scenario, row])].name,
        "opened": int(slot.opened[scenario, row]),
        "entered": int(slot.entered[scenario, row]),
        "due": None if due == NEVER else due,
        "missed": bool(slot.missed[scenario, row]),
        "fields": {name: None if np.isnan(value) else value for name, value in values.items()},
    }


def fits_a_case(standing: Standing, act: Perform) -> None:
    """Raise NotTakenIn if no open case of a live standing stands where a step's act wants it."""
    name, _, step = act.duty.partition(".")
    rows = standing.cases[name]
    if step == REVOKE:
        return
    row = -1
    if rows.shape[1] > 1 and (act.at or act.by) in standing.program.parties:
        row = standing.program.parties.index(act.at or act.by)
    open_cases = cases_view(rows)
    listed = [case for here in (open_cases if row < 0 else [open_cases[row]]) for case in here]
    fault = _fault(name, step, act.case, listed)
    if fault is not None:
        raise NotTakenIn(fault)


def _fault(
    name: str, step: str, number: int | None, cases: list[dict[str, Any]]
) -> Sentence | None:
    if number is None:
        if any(case["step"] == step for case in cases):
            return None
        return say("no case of {procedure} stands at {step}", procedure=Code(name), step=Code(step))
    case = next((one for one in cases if one["number"] == number), None)
    if case is None:
        return say("{procedure} has no open case {number}", procedure=Code(name), number=number)
    if case["step"] == step:
        return None
    return say(
        "case {number} of {procedure} stands at {place}, not at {step}",
        number=number,
        procedure=Code(name),
        place=Code(case["step"]),
        step=Code(step),
    )
