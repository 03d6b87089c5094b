# SPDX-License-Identifier: Apache-2.0
"""The types of arithmetic: what may be added, multiplied, divided, and what comes of it.

Like divided by like is a percent; percent × x is x; money by money is nothing. Money B × rate
(A per B) is money A, money A / rate is money B.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Protocol

from pratique.accord.terms.expression import Syntax
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.scope import Scope, fault
from pratique.accord.terms.values import ANY, COUNT, NUMBER, PERCENT, Term, ValueType
from pratique.accord.words.phrases import type_words
from pratique.base.finding import Span
from pratique.base.money import minor_units
from pratique.base.text import say

MINOR_UNITS = "minor units"
"""The detail of a factor that only changes minor units of one currency into another's."""


class Typer(Protocol):
    """What arithmetic needs of the typing that it is part of."""

    scope: Scope

    def parts(self, tree: Syntax) -> list[Term]:
        """Return the terms of a tree's parts."""
        ...

    def span(self, tree: Syntax) -> Span:
        """Return a tree's place."""
        ...

    def truth(self, term: Term) -> Term:
        """Return a term that is yes or no."""
        ...

    def make(self, op: str, tree: Syntax, type_: ValueType, *args: Term) -> Term:
        """Return a term made of others."""
        ...


def amount(typer: Typer, term: Term) -> Term:
    """Return a term that is an amount; another is reported."""
    if term.type.is_numeric or term.type == ANY:
        return term
    sentence = say("this is {type}, where an amount is wanted", type=type_words(term.type))
    typer.scope.report("E400", sentence, term.span, say("name a measure, a pool or a number"))
    return fault(term.span)


def _add(typer: Typer, tree: Syntax) -> Term:
    return _sum(typer, tree, "add")


def _subtract(typer: Typer, tree: Syntax) -> Term:
    return _sum(typer, tree, "sub")


def _sum(typer: Typer, tree: Syntax, op: str) -> Term:
    left, right = (amount(typer, part) for part in typer.parts(tree))
    if not fit(left, right):
        sentence = say(
            "{right} cannot be added to {left}",
            left=type_words(left.type),
            right=type_words(right.type),
        )
        typer.scope.report("E400", sentence, typer.span(tree), say("give both the same unit"))
        return fault(typer.span(tree))
    type_ = NUMBER if {left.type, right.type} == {COUNT, NUMBER} else _wider(left, right)
    return typer.make(op, tree, type_, left, right)


def _multiply(typer: Typer, tree: Syntax) -> Term:
    left, right = (amount(typer, part) for part in typer.parts(tree))
    if ANY in (left.type, right.type):
        return typer.make("mul", tree, ANY, left, right)
    if "rate" in (left.type.kind, right.type.kind):
        return _by_rate(typer, tree, left, right)
    kinds = {left.type.kind, right.type.kind}
    if left.type.kind == right.type.kind == "money":
        sentence = say("money cannot be multiplied by money")
        typer.scope.report(
            "E400", sentence, typer.span(tree), say("multiply by a number or a share")
        )
        return fault(typer.span(tree))
    for kind in ("money", "number", "count", "percent"):
        if kind in kinds:
            return typer.make(
                "mul", tree, left.type if left.type.kind == kind else right.type, left, right
            )
    return fault(typer.span(tree))


def _by_rate(typer: Typer, tree: Syntax, left: Term, right: Term) -> Term:
    rate, other = (left, right) if left.type.kind == "rate" else (right, left)
    if other.type.kind in ("number", "count", "percent"):
        return typer.make("mul", tree, rate.type, left, right)
    of, per = rate.type.unit.split(" per ")
    if other.type == ValueType("money", per):
        product = typer.make("mul", tree, ValueType("money", of), left, right)
        return _in_minor_units(product, per, of)
    sentence = say(
        "{other} cannot be changed at {rate}",
        other=type_words(other.type),
        rate=type_words(rate.type),
    )
    help_ = say("multiply an amount in {per}, or divide one in {of}", per=per, of=of)
    typer.scope.report("E400", sentence, typer.span(tree), help_)
    return fault(typer.span(tree))


def _in_minor_units(term: Term, given: str, wanted: str) -> Term:
    # A rate is between whole units of two currencies; their minor units may differ.
    factor = minor_units(Fraction(1), wanted) / minor_units(Fraction(1), given)
    if factor == 1:
        return term
    units = Term("number", (), NUMBER, False, term.span, value=factor)
    return replace(term, op="mul", args=(term, units), detail=MINOR_UNITS)


def _divide(typer: Typer, tree: Syntax) -> Term:
    left, right = (amount(typer, part) for part in typer.parts(tree))
    if right.is_constant and constant_value(right) == 0:
        typer.scope.report(
            "E400", say("this divides by zero"), right.span, say("give another number")
        )
        return fault(typer.span(tree))
    if ANY in (left.type, right.type):
        return typer.make("div", tree, ANY, left, right)
    if left.type == right.type:
        return typer.make("div", tree, PERCENT, left, right)
    if right.type.kind in ("number", "count"):
        return typer.make("div", tree, left.type, left, right)
    if right.type.kind == "rate" and left.type.kind == "money":
        of, per = right.type.unit.split(" per ")
        if left.type.unit == of:
            quotient = typer.make("div", tree, ValueType("money", per), left, right)
            return _in_minor_units(quotient, of, per)
    sentence = say(
        "{left} cannot be divided by {right}",
        left=type_words(left.type),
        right=type_words(right.type),
    )
    typer.scope.report(
        "E400", sentence, typer.span(tree), say("divide by a number, or by the same unit")
    )
    return fault(typer.span(tree))


def _negative(typer: Typer, tree: Syntax) -> Term:
    inner = amount(typer, typer.parts(tree)[0])
    return typer.make("neg", tree, inner.type, inner)


def _choose(typer: Typer, tree: Syntax) -> Term:
    test, yes, no = typer.parts(tree)
    if not fit(yes, no):
        sentence = say(
            "`then` gives {left}, `else` gives {right}",
            left=type_words(yes.type),
            right=type_words(no.type),
        )
        typer.scope.report("E400", sentence, typer.span(tree), say("give both the same unit"))
        return fault(typer.span(tree))
    return typer.make("if", tree, _wider(yes, no), typer.truth(test), yes, no)


def fit(left: Term, right: Term) -> bool:
    """Say whether two values may be compared or added: same unit, count and number, or a bare 0."""
    if ANY in (left.type, right.type) or left.type == right.type:
        return True
    if {left.type, right.type} == {COUNT, NUMBER}:
        return True
    return _is_zero(left) or _is_zero(right) or _is_rate(left, right) or _is_rate(right, left)


def _is_rate(rate: Term, number: Term) -> bool:
    # A rate has no literal of its own: it is written as a number.
    written = number.is_constant and number.type in (COUNT, NUMBER)
    return rate.type.kind == "rate" and written


def _is_zero(term: Term) -> bool:
    return term.op == "number" and term.value == 0 and term.type in (COUNT, NUMBER)


def _wider(left: Term, right: Term) -> ValueType:
    if _is_zero(left) or left.type == ANY or right.type.kind == "rate":
        return right.type
    return left.type


ARITHMETIC: dict[str, Callable[[Typer, Syntax], Term]] = {
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "negative": _negative,
    "choose": _choose,
}
