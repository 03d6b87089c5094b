# SPDX-License-Identifier: Apache-2.0
"""Examples by number: the same accord and happenings each time, without Hypothesis."""

from __future__ import annotations

from generative.accords import accord_of, compiled
from generative.conditions import numbered
from generative.happenings import Happening, happening_of
from generative.paired import Stalled, Told, differences, told_by_engine, told_by_oracle
from pratique.accord.program import Program


def example(
    number: int, features: tuple[str, ...] | None = None
) -> tuple[str, Program, Happening] | None:
    """Return the text, program and happenings of a number, or None if the text has no program."""
    choice = numbered(number)
    text = accord_of(choice, features)
    program = compiled(text)
    if program is None:
        return None
    return text, program, happening_of(choice, program)


MOST_MOMENTS = 100
"""What stops at every hour would take as long as a hundred others."""


def told(
    program: Program, happening: Happening, slots: int | None = None
) -> tuple[Told, Told] | None:
    """Return what engine and oracle say, or None where a case goes round in one moment.

    `slots`: how many cases of a procedure may be open a row; None: no limit.
    """
    try:
        oracle = told_by_oracle(program, happening, slots=slots, most=MOST_MOMENTS)
    except Stalled:
        return None
    begins, ends = happening.begins, max(oracle.views)
    return told_by_engine(program, [oracle.taken], begins, ends, slots=slots)[0], oracle


def apart(number: int, features: tuple[str, ...] | None = None) -> list[str] | None:
    """Return how engine and oracle differ in an example; None if there is none to compare."""
    drawn = example(number, features)
    if drawn is None:
        return None
    both = told(drawn[1], drawn[2])
    return None if both is None else differences(*both)
