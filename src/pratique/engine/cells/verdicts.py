# SPDX-License-Identifier: Apache-2.0
"""What cells say of single conditions: one that can never hold, one that always does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pratique.accord.program import Program
from pratique.accord.terms.values import Term
from pratique.base.moment import Day
from pratique.engine.arrays import Truth
from pratique.engine.cells.grid import Grid, grid_of
from pratique.engine.cells.truths import truth_on
from pratique.engine.cells.variables import is_symmetric, is_told_apart, variables_of

Answer = Literal["never", "always", "sometimes", "not proven"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What trying a condition on its cells gave; `cells`: how many were tried."""

    answer: Answer
    cells: int


def verdict_of(term: Term, program: Program) -> Verdict:
    """Return whether a condition can ever hold, and whether it can ever not, in a steady state."""
    grid = cells_of([term], program)
    holds, fails = False, False
    for day in days_of(term):
        sure, surely_not = truth_on(term, grid, program, day)
        holds, fails = holds or bool(sure.any()), fails or bool((~sure).any() or surely_not.any())
    if holds and fails:
        return Verdict("sometimes", grid.cells)
    if grid.is_sample or not is_told_apart(term):
        return Verdict("not proven", grid.cells)
    return Verdict("always" if holds else "never", grid.cells)


def cells_of(terms: list[Term], program: Program) -> Grid:
    """Return the cells that some conditions together can tell apart."""
    variables = list(variables_of(terms, program).values())
    symmetric = is_symmetric(terms, program.groups)
    return grid_of(variables, len(program.parties), symmetric=symmetric)


def days_of(*terms: Term) -> Iterator[Day]:
    """Iterate over a day of each version of what some conditions name."""
    dates = {day for term in terms for node in term.walk() for day in node.dates}
    yield min(dates, default=1) - 1
    yield from sorted(dates)


def witness(truth: Truth) -> int | None:
    """Return the first cell in which a condition surely holds; None: there is none."""
    cells = np.flatnonzero(truth[0].any(axis=1))
    return int(cells[0]) if cells.size else None
