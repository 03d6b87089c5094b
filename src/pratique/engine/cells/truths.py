# SPDX-License-Identifier: Apache-2.0
"""Conditions evaluated on cells, by the engine's own operators, in a steady state."""

from __future__ import annotations

from typing import Any

import numpy as np

from pratique.accord.program import Program
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import QUANTIFIERS, TEMPORAL, Term
from pratique.base.moment import Day
from pratique.engine.arrays import Truth
from pratique.engine.cells.grid import Grid
from pratique.engine.cells.variables import is_leaf, key_of
from pratique.engine.conditions.frame import Frame, Function
from pratique.engine.conditions.operators import NODES
from pratique.engine.conditions.quantifiers import quantified


def truth_on(term: Term, grid: Grid, program: Program, day: Day) -> Truth:
    """Return where a condition surely holds and surely not, [cell, party or 1], as on a day."""
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
        return _leaf(grid.arrays[key_of(term)])
    if term.op in TEMPORAL:
        return _function(term.args[0], grid, program)
    if term.op == "values":
        row = np.array([[float(constant_value(arg)) for arg in term.args]])
        return lambda _frame, _day: (row, row)
    if term.op == "member":
        here = np.array([program.groups.get(term.name, (True,) * grid.parties)])
        return lambda _frame, _day: (here, ~here)
    args = [_function(arg, grid, program) for arg in term.args]
    if term.op in QUANTIFIERS:
        inner = _by_party(args[0], grid)
        counts = args[1] if len(args) > 1 else None
        return quantified(term, inner, counts, grid.parties)
    if term.op == "at":
        return NODES["at"](term, [_by_party(args[0], grid)])
    return NODES[term.op](term, args)


def _leaf(values: Any) -> Function:
    if values.dtype == np.bool_:
        return lambda _frame, _day: (values, ~values)
    return lambda _frame, _day: (values, values)


def _by_party(inner: Function, grid: Grid) -> Function:
    """Return what gives each party its own column, also where all have one."""

    def spread(frame: Frame, day: Day) -> Any:
        low, high = inner(frame, day)
        return tuple(
            np.broadcast_to(part, (np.shape(part)[0], grid.parties)) for part in (low, high)
        )

    return spread
