# SPDX-License-Identifier: Apache-2.0
"""Conditions evaluated on cells, by the engine's own operators."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.accord.check.structure.spells import fewest_seconds, most_seconds
from pratique.accord.program import Program
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import QUANTIFIERS, TEMPORAL, Term
from pratique.base.moment import Day
from pratique.engine.arrays import Bools, Truth
from pratique.engine.cells.grid import Grid, grid_of
from pratique.engine.cells.variables import (
    factor,
    is_decided_at_ends,
    is_leaf,
    is_symmetric,
    is_told_apart,
    key_of,
    variables_of,
)
from pratique.engine.conditions.frame import Frame, Function
from pratique.engine.conditions.operators import NODES
from pratique.engine.conditions.quantifiers import quantified


def truth_on(term: Term, grid: Grid, program: Program, day: Day) -> Truth:
    """Return where a condition surely holds and surely not, [cell, party or 1], as on a day.

    Off the steady state what looks back is sure only as far as the present decides it.
    """
    # Nothing below looks at a frame: leaves are the grid's.
    nowhere: Any = None
    frame: Frame = nowhere
    rows = grid.parties if term.per_party else 1
    sure, surely_not = _function(term, grid, program)(frame, day)
    shape = (grid.cells, rows)
    return np.broadcast_to(sure, shape), np.broadcast_to(surely_not, shape)


def _function(term: Term, grid: Grid, program: Program) -> Function:
    if term.is_constant:
        value = np.full((1, 1), float(constant_value(term)))
        return lambda _frame, _day: (value, value)
    if is_leaf(term):
        return _leaf(term, grid, program)
    if term.op in TEMPORAL:
        inner = _function(term.args[0], grid, program)
        if _outlasts(term, program):
            return _never(term.args[0], grid)
        return inner if grid.is_steady else _LOOKING_BACK[term.op == "in_last"](inner)
    if term.op == "values":
        row = np.array([[float(constant_value(arg)) for arg in term.args]])
        return lambda _frame, _day: (row, row)
    if term.op == "member":
        here = _members(term, grid, program)
        return lambda _frame, _day: (here, ~here)
    if not grid.is_steady and term.op in ("compare", "range") and not is_told_apart(term):
        return _tried_alone(term, program)
    return _made_of(term, grid, program)


def _made_of(term: Term, grid: Grid, program: Program) -> Function:
    args = [_function(arg, grid, program) for arg in term.args]
    if term.op in QUANTIFIERS:
        inner = _by_party(args[0], grid)
        counts = _by_party(args[1], grid) if len(args) > 1 else None
        return quantified(term, inner, counts, grid.parties)
    if term.op == "at":
        return NODES["at"](term, [_by_party(args[0], grid)])
    return NODES[term.op](term, args)


def _members(term: Term, grid: Grid, program: Program) -> Bools:
    if not term.name:
        return np.ones((1, grid.parties), dtype=np.bool_)
    return np.array([program.groups.get(term.name, (True,) * grid.parties)])


def _outlasts(term: Term, program: Program) -> bool:
    """Say whether a status is asked to have held for longer than until its own lapse."""
    inner, time = term.args[0], term.duration
    if term.op != "for" or inner.op != "status" or time is None:
        return False
    status = program.statuses.get(inner.name)
    if status is None or status.lapses is None or status.renewed_by or status.lingers:
        return False
    return fewest_seconds(time) > most_seconds(status.lapses)


def _never(term: Term, grid: Grid) -> Function:
    nowhere = np.zeros((grid.cells, grid.parties if term.per_party else 1), dtype=np.bool_)
    return lambda _frame, _day: (nowhere, ~nowhere)


def _lasting(inner: Function) -> Function:
    """Return what has held for a time: surely not where it does not hold now, nor ever sure."""

    def lasting(frame: Frame, day: Day) -> Truth:
        surely_not = inner(frame, day)[1]
        return np.zeros_like(surely_not), surely_not

    return lasting


def _once(inner: Function) -> Function:
    """Return what has held within a time: surely where it holds now."""

    def once(frame: Frame, day: Day) -> Truth:
        sure, surely_not = inner(frame, day)
        return sure, np.broadcast_to(surely_not.all(), surely_not.shape)

    return once


def _tried_alone(comparison: Term, program: Program) -> Function:
    """Return whether a comparison that cells do not tell apart always is so, or never."""
    variables = list(variables_of([comparison], program, steady=False).values())
    symmetric = is_symmetric([comparison], program.groups)
    grid = grid_of(variables, len(program.parties), symmetric=symmetric, steady=False)
    bounded = all(one.is_bounded for one in variables) and not grid.is_sample
    direct = _made_of(comparison, grid, program)

    def tried(frame: Frame, day: Day) -> Truth:
        if not (bounded and is_decided_at_ends(comparison, steady=False)):
            return _UNKNOWN, _UNKNOWN
        sure, surely_not = direct(frame, day)
        return np.full((1, 1), sure.all()), np.full((1, 1), surely_not.all())

    return tried


_UNKNOWN: Bools = np.zeros((1, 1), dtype=np.bool_)
_LOOKING_BACK = {False: _lasting, True: _once}


def _leaf(leaf: Term, grid: Grid, program: Program) -> Function:
    values: Any = grid.arrays[key_of(leaf, steady=grid.is_steady)]
    if values.dtype == np.bool_:
        if leaf.op == "member" and leaf.name:
            values = values & _members(leaf, grid, program)
        return lambda _frame, _day: (values, ~values)
    if grid.is_steady and leaf.op == "window":
        values = values * factor(leaf, program)
    return lambda _frame, _day: (values, values)


def _by_party(inner: Function, grid: Grid) -> Function:
    """Return what gives each party its own column, also where all have one."""

    def spread(frame: Frame, day: Day) -> Any:
        low, high = inner(frame, day)
        return tuple(
            np.broadcast_to(part, (np.shape(part)[0], grid.parties)) for part in (low, high)
        )

    return spread
