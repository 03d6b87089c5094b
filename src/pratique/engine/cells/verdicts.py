# SPDX-License-Identifier: Apache-2.0
"""What cells say of single conditions: one that can never hold, one that always does.

That it can hold, and can fail, is seen in a steady state; that it never does is proven of all
times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pratique.accord.program import Program
from pratique.accord.terms.values import Term
from pratique.base.moment import Day
from pratique.engine.arrays import Truth
from pratique.engine.cells.grid import Grid, grid_of
from pratique.engine.cells.truths import truth_on
from pratique.engine.cells.variables import is_symmetric, variables_of

Answer = Literal["never", "always", "sometimes", "not proven"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What trying a condition on its cells gave; `cells`: how many were tried."""

    answer: Answer
    cells: int


def verdict_of(term: Term, program: Program) -> Verdict:
    """Return whether a condition can ever hold, and whether it can ever not."""
    grid = cells_of([term], program)
    holds, fails = False, False
    for day in days_of(term):
        sure, surely_not = truth_on(term, grid, program, day)
        holds, fails = holds or bool(sure.any()), fails or bool(surely_not.any())
    if holds and fails:
        return Verdict("sometimes", grid.cells)
    return _proven(term, program, grid.cells)


def _proven(term: Term, program: Program, tried: int) -> Verdict:
    grid = cells_of([term], program, steady=False)
    if grid.is_sample:
        return Verdict("not proven", tried + grid.cells)
    truths = [truth_on(term, grid, program, day) for day in days_of(term)]
    if all(surely_not.all() for _, surely_not in truths):
        return Verdict("never", tried + grid.cells)
    if all(sure.all() for sure, _ in truths):
        return Verdict("always", tried + grid.cells)
    return Verdict("not proven", tried + grid.cells)


def cells_of(
    terms: Sequence[Term], program: Program, *, steady: bool = True, symmetric: bool = True
) -> Grid:
    """Return the cells that some conditions together can tell apart.

    Without `symmetric` parties are told apart for a reason of their own.
    """
    variables = list(variables_of(terms, program, steady=steady).values())
    alike = symmetric and is_symmetric(terms, program.groups)
    return grid_of(variables, len(program.parties), symmetric=alike, steady=steady)


def days_of(*terms: Term) -> Iterator[Day]:
    """Iterate over a day of each version of what some conditions name."""
    dates = {day for term in terms for node in term.walk() for day in node.dates}
    yield min(dates, default=1) - 1
    yield from sorted(dates)


def witness(truth: Truth) -> int | None:
    """Return the first cell in which a condition surely holds; None: there is none."""
    cells = np.flatnonzero(truth[0].any(axis=1))
    return int(cells[0]) if cells.size else None
