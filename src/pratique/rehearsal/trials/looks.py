# SPDX-License-Identifier: Apache-2.0
"""What a worked case expects, looked up in one scenario of a standing after a moment.

Nothing is remembered here of what was seen before.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.accord.fields.expected import Expectation
from pratique.accord.fields.procedures import Step
from pratique.engine.arrays import Bools, Truth
from pratique.engine.casework.permits import permitted
from pratique.engine.rows.cases import CaseRows
from pratique.engine.standing import Standing
from pratique.engine.step import Outcome


def answered(truth: Truth, scenario: int) -> str:
    """Return whether what is watched is so: true, false or undetermined."""
    sure, surely_not = truth
    if _throughout(sure, scenario):
        return "true"
    return "false" if _throughout(surely_not, scenario) else "undetermined"


def _throughout(mask: Any, scenario: int) -> bool:
    array = np.asarray(mask)
    # What is alike in all scenarios may stand there once.
    own = array if array.ndim < 2 or array.shape[0] == 1 else array[scenario]
    return bool(np.count_nonzero(own) == own.size)


def has_changed(expected: Expectation, outcome: Outcome, scenario: int) -> bool:
    """Return whether a change that is expected came about in a moment."""
    return _anywhere(outcome.edges.get((expected.name, expected.edge)), expected, scenario)


def is_so(expected: Expectation, standing: Standing, scenario: int) -> bool:
    """Return whether it is so that something is owed, missed, permitted or undetermined."""
    if expected.form == "permitted":
        where = standing.program.parties[expected.party] if expected.party >= 0 else ""
        name, who = expected.name, expected.who
        return permitted(standing, name, who, where=where, scenario=scenario).yes
    if expected.form == "undetermined":
        return _anywhere(standing.unsettled.get(expected.name), expected, scenario)
    return _is_owed(expected, standing, scenario)


def _anywhere(where: Bools | None, expected: Expectation, scenario: int) -> bool:
    rows = expected.party if expected.party >= 0 else slice(None)
    return where is not None and bool(where[scenario, rows].any())


def _is_owed(expected: Expectation, standing: Standing, scenario: int) -> bool:
    procedure, _, step = expected.name.partition(".")
    if step:
        return _step_owed(expected, standing, standing.cases[procedure], scenario)
    debts = standing.duties.get(expected.name) or standing.pools[expected.name].claims
    parties = standing.program.parties
    row = parties.index(expected.who) if expected.who in parties else expected.party
    rows = slice(row, row + 1) if row >= 0 and debts.shape[1] > 1 else slice(None)
    if expected.form == "owed":
        return bool(debts.any_open()[scenario, rows].any())
    return bool(
        debts.latest_missed[scenario, rows].any()
        or any((slot.open & slot.missed)[scenario, rows].any() for slot in debts.slots)
    )


def _step_owed(expected: Expectation, standing: Standing, rows: CaseRows, scenario: int) -> bool:
    step = expected.name.partition(".")[2]
    index = rows.procedure.position(step)
    row = _owing_row(expected, rows.procedure.steps[index], standing.program.parties)
    here = slice(row, row + 1) if row >= 0 and rows.shape[1] > 1 else slice(None)
    there = [slot.at(index)[scenario, here] for slot in rows.slots]
    if expected.form == "owed":
        return any(bool(one.any()) for one in there)
    missed = [slot.missed[scenario, here] for slot in rows.slots]
    still = any(bool((a & b).any()) for a, b in zip(there, missed, strict=True))
    return still or bool(rows.happened(step, "missed")[scenario, here].any())


def _owing_row(expected: Expectation, step: Step, parties: tuple[str, ...]) -> int:
    own = {who.form for who in step.by} & {"that", "each", "any"}
    if own and expected.who in parties:
        return parties.index(expected.who)
    return expected.party
