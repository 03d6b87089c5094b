# SPDX-License-Identifier: Apache-2.0
"""Conditions tried on cells: what can never hold, what always does, and what is not proven."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.engine.cells.grid import Grid, Values
from pratique.engine.cells.truths import truth_on
from pratique.engine.cells.variables import Key
from pratique.engine.cells.verdicts import cells_of, days_of, verdict_of, witness
from spec.small_accord import accord

CLAUSES = """party aldova, brenia, corvia
measure cases per party: count in 0..10
  from: acts
  if missing: unknown
measure rain: number in 0..100
  from: acts
  if missing: unknown
status emergency
term limit: 3; from 2027-01-01: 12
rule r
  when: {}
  then: start emergency
"""


def compiled(condition: str) -> Program:
    """Return the program of an accord with one rule."""
    read = read_accord(accord(CLAUSES.format(condition), parties=""))
    assert read.is_sound, [str(one.sentence) for one in read.findings]
    program = compile_accord(read)
    assert isinstance(program, Program)
    return program


def answer(condition: str) -> str:
    """Return the verdict on a condition."""
    program = compiled(condition)
    when = program.rules["r"].trigger.when
    assert when is not None
    return verdict_of(when, program).answer


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("any party (cases > 5)", "sometimes"),
        ("any party (cases > 5 and cases < 3)", "never"),
        ("cases of aldova > 10", "never"),
        ("any party (cases > 9 and cases < 10)", "never"),
        ("rain > 9 and rain < 10", "sometimes"),
        ("all parties (cases >= 0)", "always"),
        ("rain in 0..100", "always"),
        ("count of parties (cases > 5) >= 4", "never"),
        ("max over parties (cases) < 3 and any party (cases > 5)", "never"),
        ("emergency and not emergency", "never"),
        ("(rain > 50 for 7 days) and rain < 40", "never"),
        ("(rain > 50 in last 7 days) and rain < 60", "sometimes"),
        ("rain > 10 or not (rain > 10)", "always"),
        ("cases of aldova > limit", "sometimes"),
        ("cases of aldova > limit and cases of aldova < 4", "never"),
        ("sum over parties (cases) > 40", "never"),
        ("sum over parties (cases) > 20", "sometimes"),
        ("rain > cases of aldova + 200", "never"),
    ],
)
def test_what_cells_say(condition: str, found: str) -> None:
    assert answer(condition) == found


def test_a_witness_is_a_cell_in_which_the_condition_holds() -> None:
    program = compiled("cases of brenia > 7 and rain < 20")
    when = program.rules["r"].trigger.when
    assert when is not None
    grid = cells_of([when], program)
    cell = witness(truth_on(when, grid, program, next(days_of(when))))
    assert cell is not None
    found = {key[1]: values[cell] for key, values in grid.arrays.items()}
    assert found["cases"][1] > 7
    assert found["rain"][0] < 20


def test_parties_that_nothing_tells_apart_are_tried_in_one_order() -> None:
    alike, named = compiled("count of parties (cases > 5) >= 2"), compiled("cases of aldova > 5")
    conditions = [one.rules["r"].trigger.when for one in (alike, named)]
    assert all(conditions)
    sizes = [
        cells_of([term], program).cells
        for term, program in zip(conditions, (alike, named), strict=True)
        if term is not None
    ]
    # Five kinds of figure: 0, between, 5, between, 10; 35 sets of three, 125 rows of three.
    assert sizes == [35, 125]


LEAVES = st.sampled_from([
    *(f"cases {sign} {value}" for sign in ("<", "<=", ">", ">=", "=", "!=") for value in (0, 3, 9)),
    "cases in 2..6",
])  # fmt: skip
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
        inner.map(lambda one: f"not ({one})"),
    ),
    max_leaves=4,
)
OVER = st.sampled_from(["any party ({})", "all parties ({})", "count of parties ({}) = 2"])


@given(OVER, CONDITIONS)
def test_cells_say_what_trying_every_value_says(over: str, condition: str) -> None:
    program = compiled(over.format(condition))
    term = program.rules["r"].trigger.when
    assert term is not None
    cases = np.array(list(product(range(11), repeat=3)), dtype=np.float64)
    arrays: dict[Key, Values] = {("measure", "cases", "", None): cases}
    grid = Grid(len(cases), 3, arrays, is_steady=True, is_sample=False)
    sure, _ = truth_on(term, grid, program, 20_000)
    expected = "always" if sure.all() else "sometimes" if sure.any() else "never"
    assert verdict_of(term, program).answer == expected
