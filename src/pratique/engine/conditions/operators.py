# SPDX-License-Identifier: Apache-2.0
"""What operators make of truths and ranges: logic, comparison, arithmetic, versions by day.

They remember nothing and read no standing but through their operands.
"""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

import numpy as np

from pratique.accord.terms.values import Term
from pratique.base.moment import Day
from pratique.engine.arrays import Range, Truth
from pratique.engine.conditions.frame import Frame, Function


def _at(term: Term, args: list[Function]) -> Function:
    inner, party = args[0], slice(term.party, term.party + 1)

    def at(frame: Frame, day: Day) -> Any:
        low, high = inner(frame, day)
        here = low[:, party]
        return here, here if high is low else high[:, party]

    return at


def _known(term: Term, _args: list[Function]) -> Function:
    name = term.args[0].name

    def known(frame: Frame, day: Day) -> Truth:
        there = frame.standing.series[name].is_known(day)
        return there, ~there

    return known


def _and(_term: Term, args: list[Function]) -> Function:
    def both(frame: Frame, day: Day) -> Truth:
        sure, surely_not = args[0](frame, day)
        for arg in args[1:]:
            more, more_not = arg(frame, day)
            sure, surely_not = sure & more, surely_not | more_not
        return sure, surely_not

    return both


def _or(_term: Term, args: list[Function]) -> Function:
    def either(frame: Frame, day: Day) -> Truth:
        sure, surely_not = args[0](frame, day)
        for arg in args[1:]:
            more, more_not = arg(frame, day)
            sure, surely_not = sure | more, surely_not & more_not
        return sure, surely_not

    return either


def _not(_term: Term, args: list[Function]) -> Function:
    inner = args[0]

    def negation(frame: Frame, day: Day) -> Truth:
        sure, surely_not = inner(frame, day)
        return surely_not, sure

    return negation


_SURE: dict[str, tuple[Callable[[Any, Any], Any], bool]] = {
    # operator: (how the near ends compare, whether `less` comes first)
    "<": (operator.lt, True), "<=": (operator.le, True),
    ">": (operator.lt, False), ">=": (operator.le, False),
}  # fmt: skip


def _compare(term: Term, args: list[Function]) -> Function:
    if term.detail in ("=", "!="):
        return _equal(args, term.detail == "=")
    ordered, first_is_less = _SURE[term.detail]
    less, more = args if first_is_less else reversed(args)

    def compare(frame: Frame, day: Day) -> Truth:
        less_low, less_high = less(frame, day)
        more_low, more_high = more(frame, day)
        sure = ordered(less_high, more_low)
        if less_low is less_high and more_low is more_high:
            return sure, np.logical_not(sure)
        return sure, np.logical_not(ordered(less_low, more_high))

    return compare


def _equal(args: list[Function], wanted: bool) -> Function:
    left, right = args

    def equal(frame: Frame, day: Day) -> Truth:
        left_low, left_high = left(frame, day)
        right_low, right_high = right(frame, day)
        same = (left_low == left_high) & (right_low == right_high) & (left_low == right_low)
        differs = (left_high < right_low) | (right_high < left_low)
        return (same, differs) if wanted else (differs, same)

    return equal


def _within(_term: Term, args: list[Function]) -> Function:
    value, low, high = args

    def within(frame: Frame, day: Day) -> Truth:
        (least, most), (low_low, low_high), (high_low, high_high) = (
            value(frame, day), low(frame, day), high(frame, day)
        )  # fmt: skip
        return (least >= low_high) & (most <= high_low), (most < low_low) | (least > high_high)

    return within


def _add(_term: Term, args: list[Function]) -> Function:
    def add(frame: Frame, day: Day) -> Range:
        (low, high), (more_low, more_high) = args[0](frame, day), args[1](frame, day)
        total = low + more_low
        return total, total if low is high and more_low is more_high else high + more_high

    return add


def _subtract(_term: Term, args: list[Function]) -> Function:
    def subtract(frame: Frame, day: Day) -> Range:
        (low, high), (less_low, less_high) = args[0](frame, day), args[1](frame, day)
        rest = low - less_high
        return rest, rest if low is high and less_low is less_high else high - less_low

    return subtract


def _multiply(_term: Term, args: list[Function]) -> Function:
    def multiply(frame: Frame, day: Day) -> Range:
        (low, high), (by_low, by_high) = args[0](frame, day), args[1](frame, day)
        if low is high and by_low is by_high:
            product = low * by_low
            return product, product
        with np.errstate(invalid="ignore"):
            ends, by = _ends(low, high), _ends(by_low, by_high)
            corners = [_product(a, b) for a in ends for b in by]
        return np.minimum.reduce(corners), np.maximum.reduce(corners)

    return multiply


def _ends(low: Any, high: Any) -> tuple[Any, ...]:
    return (low,) if low is high else (low, high)


def _product(one: Any, other: Any) -> Any:
    # Nothing times anything, also beyond all bounds, is nothing.
    product = one * other
    return np.where(np.isnan(product), 0.0, product)


def _divide(_term: Term, args: list[Function]) -> Function:
    def divide(frame: Frame, day: Day) -> Range:
        (low, high), (by_low, by_high) = args[0](frame, day), args[1](frame, day)
        with np.errstate(divide="ignore", invalid="ignore"):
            corners = [
                np.asarray(a / np.asarray(b)) for a in (low, high) for b in (by_low, by_high)
            ]
            least, most = np.fmin.reduce(corners), np.fmax.reduce(corners)
        through_zero = (by_low <= 0) & (by_high >= 0)
        return np.where(through_zero, -np.inf, least), np.where(through_zero, np.inf, most)

    return divide


def _negative(_term: Term, args: list[Function]) -> Function:
    def negative(frame: Frame, day: Day) -> Range:
        low, high = args[0](frame, day)
        return (-low, -low) if low is high else (-high, -low)

    return negative


def _choose(_term: Term, args: list[Function]) -> Function:
    def choose(frame: Frame, day: Day) -> Range:
        sure, surely_not = args[0](frame, day)
        (low, high), (else_low, else_high) = args[1](frame, day), args[2](frame, day)
        least = np.where(sure, low, np.where(surely_not, else_low, np.minimum(low, else_low)))
        most = np.where(sure, high, np.where(surely_not, else_high, np.maximum(high, else_high)))
        return least, most

    return choose


def _dated(term: Term, args: list[Function]) -> Function:
    # The version is that of the day spoken of.
    dates = term.dates

    def dated(frame: Frame, day: Day) -> Any:
        return args[bisect_right(dates, day)](frame, day)

    return dated


NODES: dict[str, Callable[[Term, list[Function]], Function]] = {
    "term": lambda _term, args: args[0], "at": _at, "known": _known,
    "and": _and, "or": _or, "not": _not,
    "compare": _compare, "range": _within, "add": _add, "sub": _subtract, "mul": _multiply,
    "div": _divide, "neg": _negative, "if": _choose, "dated": _dated,
}  # fmt: skip
