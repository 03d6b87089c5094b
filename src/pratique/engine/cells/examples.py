# SPDX-License-Identifier: Apache-2.0
"""A cell in words: the situation that a finding shows as its example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pratique.accord.program import Program
from pratique.accord.terms.values import BOOL, Term
from pratique.accord.words.phrases import condition_words, value_words
from pratique.base.finding import Span
from pratique.base.text import Code, Sentence, say
from pratique.engine.cells.grid import Grid
from pratique.engine.cells.variables import is_truth, variables_of


def example_words(terms: Sequence[Term], grid: Grid, cell: int, program: Program) -> Sentence:
    """Return what is so in a cell, of all that some conditions read."""
    said = list(_said(terms, grid, cell, program))
    if not said:
        return say("in every situation")
    return say("{situation}", situation=said)


def _said(terms: Sequence[Term], grid: Grid, cell: int, program: Program) -> Iterator[Sentence]:
    for key, variable in variables_of(terms, program, steady=grid.is_steady).items():
        values = grid.arrays[key][cell]
        if variable.leaf.op == "member":
            continue
        if len(values) == 1 or (values == values[0]).all():
            yield _value(variable.leaf, values[0])
            continue
        for party, value in zip(program.parties, values, strict=True):
            yield say("{fact} (in {party})", fact=_value(variable.leaf, value), party=Code(party))


def _value(leaf: Term, value: float) -> Sentence:
    if is_truth(leaf):
        return condition_words(leaf if value else Term("not", (leaf,), BOOL, False, Span(1)))
    figure = value_words(Fraction(value).limit_denominator(10_000), leaf.type)
    return say("{what} is {value}", what=condition_words(leaf), value=figure)
