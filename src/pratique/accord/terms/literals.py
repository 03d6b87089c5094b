# SPDX-License-Identifier: Apache-2.0
"""Literals of the language: numbers, shares, money, durations, dates; exact constant arithmetic."""

from __future__ import annotations

from fractions import Fraction

from pratique.accord.terms.expression import Syntax
from pratique.accord.terms.scope import fault
from pratique.accord.terms.values import (
    COUNT,
    DATE,
    DURATION,
    MONTHS,
    NUMBER,
    PERCENT,
    Term,
    ValueType,
)
from pratique.base.duration import Duration, Unit, unit_named
from pratique.base.finding import Span
from pratique.base.moment import day_from_iso
from pratique.base.money import minor_units

NOWHERE = Span(0)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_SMALLER: dict[Unit, tuple[int, Unit]] = {
    "years": (12, "months"),
    "weeks": (7, "days"),
    "days": (24, "hours"),
    "hours": (60, "minutes"),
}


def literal(tree: Syntax, span: Span = NOWHERE) -> Term:
    """Return the term of a literal's tree, at a place (or at none)."""
    words = [str(child) for child in tree.children if child is not None]
    match tree.data:
        case "number":
            value = Fraction(words[0])
            type_ = COUNT if value.denominator == 1 else NUMBER
            return Term("number", (), type_, False, span, value=value)
        case "negative_number":
            return Term("number", (), NUMBER, False, span, value=-Fraction(words[0]))
        case "percent":
            return Term("number", (), PERCENT, False, span, value=Fraction(words[0]) / 100)
        case "money":
            scale = _SCALES[words[2]] if len(words) > 2 else 1
            value = minor_units(Fraction(words[1]) * scale, words[0])
            return Term("number", (), ValueType("money", words[0]), False, span, value=value)
        case "duration":
            duration = duration_of(tree)
            type_ = MONTHS if duration.unit in ("months", "years") else DURATION
            return Term("number", (), type_, False, span, duration=duration)
        case "date":
            return _date(words[0], span)
    return fault(span)


def _date(words: str, span: Span) -> Term:
    try:
        return Term("number", (), DATE, False, span, value=Fraction(day_from_iso(words)))
    except ValueError:
        return fault(span)


def constant_value(term: Term) -> Fraction:
    """Return the exact value of a constant term (money in minor units, shares as fractions)."""
    values = [constant_value(arg) for arg in term.args]
    match term.op:
        case "term":
            return values[0]
        case "add":
            return values[0] + values[1]
        case "sub":
            return values[0] - values[1]
        case "mul":
            return values[0] * values[1]
        case "div":
            return values[0] / values[1] if values[1] else Fraction(0)
        case "neg":
            return -values[0]
    return term.value


def duration_of(tree: Syntax) -> Duration:
    """Return the duration of a `duration` tree; a fraction of a unit becomes the smaller unit."""
    number, word = Fraction(str(tree.children[0])), str(tree.children[1])
    unit: Unit = unit_named(word) or "days"
    while number.denominator != 1:
        factor, unit = _SMALLER.get(unit, (number.denominator, unit))
        number *= factor
    return Duration(int(number), unit)
