# SPDX-License-Identifier: Apache-2.0
"""Terms made by hand, for the tests of how clauses are read out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pratique.accord.terms.values import BOOL, COUNT, Term, ValueType
from pratique.base.duration import Duration
from pratique.base.finding import Span

HERE = Span(1)
WEEK = Duration(7, "days")
EUROS = ValueType("money", "EUR")


def term(
    op: str, *args: Term, type_: ValueType = BOOL, per_party: bool = False, **rest: Any
) -> Term:
    return Term(op, args, type_, per_party, HERE, **rest)


def number(value: str, type_: ValueType = COUNT) -> Term:
    return term("number", type_=type_, value=Fraction(value))


def measure(name: str) -> Term:
    return term("measure", type_=COUNT, per_party=True, name=name)


def status(name: str) -> Term:
    return term("status", name=name)


def edge(name: str, change: str) -> Term:
    return term("edge", name=name, detail=change)


def above(name: str, value: str) -> Term:
    return term("compare", measure(name), number(value), per_party=True, detail=">")


def compared(operator: str) -> Term:
    return term("compare", measure("deaths"), number("250"), detail=operator)


def total(name: str) -> Term:
    return term("sum", measure(name), type_=COUNT)
