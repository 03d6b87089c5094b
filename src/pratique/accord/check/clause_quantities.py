# SPDX-License-Identifier: Apache-2.0
"""The figures of a clause: its times, amounts, shares, votes, limits and numbers, with places.

Read from the syntax trees, and from words as prose; knows no clause kind and no paragraph. What a
paragraph need not say (0, a count of 1, ranges, the rhythm of a series, the 100 % of a formula) is
offered, not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lark import Token, Tree

from pratique.accord.check.syntax import trees_in
from pratique.accord.clause import Clause, FieldText
from pratique.accord.kinds import kinds
from pratique.accord.quantities import Quantity, quantities
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.base.duration import unit_named
from pratique.base.finding import Span
from pratique.base.moment import day_from_iso

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_RHYTHMS = {"daily": "days", "weekly": "weeks", "monthly": "months"}
_RANGES = ("plain_type", "money_type", "rate_type", "of_count")
_FORMULAS = ("add", "subtract", "multiply", "divide")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a clause: what it may mean, its words and place; `asked`: of its paragraph."""

    meanings: tuple[Quantity, ...]
    words: str
    span: Span
    asked: bool


def clause_figures(clause: Clause, language: str) -> tuple[Figure, ...]:
    """Return the figures of a clause in order; `language` is that of the words it may hold."""
    found: list[Figure] = []
    if clause.type is not None and clause.type.tree is not None:
        found += _figures(clause.type.tree, clause.type.text)
    for field in clause.fields.values():
        trees = list(trees_in(clause, field))
        for tree, text in trees:
            found += _figures(tree, text)
        if not trees:
            found += _worded(clause, field, language)
    return tuple(sorted(found, key=lambda figure: (figure.span.line, figure.span.column)))


def _worded(clause: Clause, field: FieldText, language: str) -> list[Figure]:
    known = kinds()[clause.kind].field_named(field.name)
    if known is None or known.reads is not None or known.many:
        return []
    words = field.text.words
    return [
        Figure((one,), _one_line(one.text), _span(field.text, one), _is_asked(one))
        for one in quantities(words, language)
    ]


def _span(text: Text, quantity: Quantity) -> Span:
    before = text.words[: quantity.start]
    column = quantity.start - (before.rfind("\n") + 1) + 1
    return text.span_at(before.count("\n") + 1, column, len(quantity.text.split("\n")[0]))


def _figures(tree: Syntax, text: Text) -> Iterator[Figure]:
    if tree.data in _RANGES:
        for bound in (child for child in tree.children if isinstance(child, Tree)):
            yield from (_unasked(figure) for figure in _figures(bound, text))
        return
    if meanings := _meanings(tree):
        yield _figure(meanings, text, tree)
        return
    for child in tree.children:
        if isinstance(child, Tree):
            figures = _divisor(tree, child, text) or _figures(child, text)
            yield from (_unasked(one) for one in figures) if _is_form(tree, child) else figures
        elif isinstance(child, Token) and (meanings := _of_token(tree, child)):
            asked = child.type != "RHYTHM"
            yield replace(_figure(meanings, text, child), asked=asked and _is_asked(meanings[0]))


def _is_form(tree: Syntax, child: Syntax) -> bool:
    """Say whether a figure belongs to how a formula is written: `100% - a / b`, `down to EUR 1`."""
    if child.data == "percent" and tree.data in _FORMULAS:
        return _value(child.children[0]) == 100
    return tree.data == "rounds" and child.data == "money" and _value(child.children[1]) == 1


def _unasked(figure: Figure) -> Figure:
    return replace(figure, asked=False)


def _figure(meanings: tuple[Quantity, ...], text: Text, place: Syntax | Token) -> Figure:
    start, end = _reach(place)
    words = text.words[start:end]
    span = place_of(text, place)
    if isinstance(place, Token) and meanings[0].kind == "share":
        # `40% of guinea`: the sign is no part of the token.
        words += "%"
        span = replace(span, end=span.end + 1)
    return Figure(meanings, _one_line(words), span, _is_asked(meanings[0]))


def _reach(place: Syntax | Token) -> tuple[int, int]:
    if isinstance(place, Token):
        return place.start_pos or 0, place.end_pos or 0
    return place.meta.start_pos, place.meta.end_pos


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _is_asked(quantity: Quantity) -> bool:
    if quantity.kind in ("count", "number"):
        return quantity.value not in (0, 1)
    return quantity.value != 0


def _quantity(kind: str, value: Fraction, unit: str = "") -> Quantity:
    return Quantity(kind, value, unit, 0, 0, "")


# --- what a node of the grammar means ------------------------------------------------------------


def _meanings(tree: Syntax) -> tuple[Quantity, ...]:
    reading = _READINGS.get(str(tree.data))
    return reading(tree) if reading else ()


def _value(child: object) -> Fraction:
    return Fraction(str(child))


def _number(tree: Syntax) -> tuple[Quantity, ...]:
    return (_quantity("number", _value(tree.children[0])),)


def _setting(tree: Syntax) -> tuple[Quantity, ...]:
    """Return what a bare number that a detector is set with may mean: `baseline 7`, seven days."""
    value = _value(tree.children[0])
    times = (_quantity("duration", value, unit) for unit in ("days", "weeks", "years"))
    return (_quantity("number", value), *times)


def _share(tree: Syntax) -> tuple[Quantity, ...]:
    return (_quantity("share", _value(tree.children[0]) / 100),)


def _money(tree: Syntax) -> tuple[Quantity, ...]:
    currency, number, scale = tree.children
    value = _value(number) * _SCALES.get(str(scale), 1)
    return (_quantity("money", value, str(currency)),)


def _duration(tree: Syntax) -> tuple[Quantity, ...]:
    count, unit = tree.children
    return (_quantity("duration", _value(count), unit_named(str(unit)) or "days"),)


def _fraction(tree: Syntax) -> tuple[Quantity, ...]:
    return _fraction_of(tree.children)


def _fraction_of(children: Sequence[object]) -> tuple[Quantity, ...]:
    above, below = (_value(child) for child in children)
    return (_quantity("share", above / below),) if below else ()


def _division(tree: Syntax) -> tuple[Quantity, ...]:
    """Return the share that `1 / 3` is, of two bare numbers."""
    parts = [child for child in tree.children if isinstance(child, Tree) and child.data == "number"]
    values = [_value(part.children[0]) for part in parts]
    if len(values) == 2 and values[1]:
        return (_quantity("share", values[0] / values[1]),)
    return ()


_READINGS: dict[str, Callable[[Syntax], tuple[Quantity, ...]]] = {
    "number": _number,
    "negative_number": _number,
    "plain_setting": _setting,
    "need_count": _number,
    "seats_per_party": _number,
    "seats_of": _number,
    "seats_observer": _number,
    "seats_plain": _number,
    "quorum_count": _number,
    "quorum_share": lambda tree: _fraction_of(tree.children[:2]),
    "percent": _share,
    "need_percent": _share,
    "money": _money,
    "duration": _duration,
    "need_fraction": _fraction,
    "divide": _division,
}


def _divisor(tree: Syntax, child: Syntax, text: Text) -> tuple[Figure, ...]:
    """Return what divides: `fund / 2` may be said as two, or as half."""
    if tree.data != "divide" or child is not tree.children[1] or child.data != "number":
        return ()
    number = _number(child)[0]
    if not number.value:
        return ()
    return (_figure((number, _quantity("share", 1 / number.value)), text, child),)


def _of_token(tree: Syntax, token: Token) -> tuple[Quantity, ...]:
    """Return what a figure means that has no node of its own."""
    match token.type:
        case "SPELL":
            return (_quantity("duration", Fraction(1), unit_named(str(token)) or "years"),)
        case "RHYTHM" if str(token) in _RHYTHMS:
            return (_quantity("duration", Fraction(1), _RHYTHMS[str(token)]),)
        case "DATE":
            return _date(str(token))
        case "NUMBER" if tree.data in ("portion", "portion_to", "send_share"):
            return (_quantity("share", _value(token) / 100),)
        case "NUMBER" if tree.data in ("held_reports", "times"):
            return (_quantity("count", _value(token)),)
    return ()


def _date(words: str) -> tuple[Quantity, ...]:
    try:
        return (_quantity("date", Fraction(day_from_iso(words))),)
    except ValueError:
        return ()
