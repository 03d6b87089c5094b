# SPDX-License-Identifier: Apache-2.0
"""Syntax trees to terms: every expression typed by value and by spread (shared, or per party).

Reports what does not fit (E400, E401, E403, E407, E408) and goes on with a `fault` term, which fits
everywhere, so that one fault gives one finding.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from lark import Token, Tree

from pratique.accord.expression import Syntax, Text, place_of
from pratique.accord.scope import BUILT_IN, Scope, fault
from pratique.accord.values import (
    ANY,
    BOOL,
    COUNT,
    DATE,
    DURATION,
    MONTHS,
    NUMBER,
    PERCENT,
    Term,
    ValueType,
)
from pratique.base.duration import Duration, unit_named
from pratique.base.finding import Span
from pratique.base.moment import day_from_iso
from pratique.base.money import minor_units
from pratique.base.text import say

READABLE = ("measure", "term", "status", "pool")
EDGES_OF = {
    "status": ("starts", "ends"),
    "duty": ("done", "missed"),
    "power": ("used", "refused", "opened"),
    "rule": ("used",),
    "pool": ("done", "missed"),
}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def typed(tree: Syntax, text: Text, scope: Scope) -> Term:
    """Return the term of an expression; findings go to the scope."""
    return _Typer(text, scope).term(tree)


def condition(tree: Syntax, text: Text, scope: Scope) -> Term:
    """Return the term of an expression that must be yes or no."""
    term = typed(tree, text, scope)
    if term.type not in (BOOL, ANY):
        help_ = say("compare it with something, such as `> 50`")
        sentence = say("this is a {type}, where yes or no is wanted", type=str(term.type))
        scope.report("E400", sentence, term.span, help_)
        return fault(term.span)
    return term


def literal(tree: Syntax) -> Term:
    """Return the term of a literal's tree, at no particular place."""
    return _literal(tree, Span(0))


def duration_of(tree: Syntax) -> Duration:
    """Return the duration of a `duration` tree; a fraction of a unit becomes the smaller unit."""
    number, word = Fraction(str(tree.children[0])), str(tree.children[1])
    unit = unit_named(word) or "days"
    while number.denominator != 1:
        smaller = {"years": (12, "months"), "weeks": (7, "days"), "days": (24, "hours"), "hours": (60, "minutes")}
        factor, unit = smaller.get(unit, (number.denominator, unit))  # type: ignore[assignment]
        number *= factor
    return Duration(int(number), unit)


class _Typer:
    def __init__(self, text: Text, scope: Scope) -> None:
        self.text = text
        self.scope = scope

    def term(self, tree: Syntax) -> Term:
        make = cast("Callable[[Syntax], Term] | None", getattr(self, f"_{tree.data}", None))
        return make(tree) if make else _literal(tree, self.span(tree))

    def span(self, tree: Syntax | Token) -> Span:
        return place_of(self.text, tree)

    def parts(self, tree: Syntax) -> list[Term]:
        return [self.term(child) for child in tree.children if isinstance(child, Tree)]

    def make(self, op: str, tree: Syntax, type_: ValueType, *args: Term, **payload: object) -> Term:
        spread = any(arg.per_party for arg in args)
        return Term(op, args, type_, spread, self.span(tree), **payload)  # type: ignore[arg-type]

    # --- truth -------------------------------------------------------------------------------------

    def _any_of(self, tree: Syntax) -> Term:
        return self._joined(tree, "or")

    def _all_of(self, tree: Syntax) -> Term:
        return self._joined(tree, "and")

    def _joined(self, tree: Syntax, op: str) -> Term:
        if len(tree.children) == 1:
            return self.term(cast(Syntax, tree.children[0]))
        self._unclear_time(tree, op)
        return self.make(op, tree, BOOL, *(self.truth(part) for part in self.parts(tree)))

    def _unclear_time(self, tree: Syntax, op: str) -> None:
        held = [_holds(child) for child in tree.children]
        if any(held) and not all(held):
            help_ = say("put brackets round the part that `for` or `in last` is to hold")
            sentence = say("one side of `{op}` has a time, the other has none", op=op)
            self.scope.report("E407", sentence, self.span(tree), help_)

    def truth(self, term: Term) -> Term:
        if term.type in (BOOL, ANY):
            return term
        sentence = say("this is a {type}, where yes or no is wanted", type=str(term.type))
        help_ = say("compare it with something, such as `> 50`")
        self.scope.report("E400", sentence, term.span, help_)
        return fault(term.span)

    def _negation(self, tree: Syntax) -> Term:
        return self.make("not", tree, BOOL, self.truth(self.parts(tree)[0]))

    def _brackets(self, tree: Syntax) -> Term:
        return self.parts(tree)[0]

    def _held_for(self, tree: Syntax) -> Term:
        return self._timed(tree, "for")

    def _in_last(self, tree: Syntax) -> Term:
        return self._timed(tree, "in_last")

    def _timed(self, tree: Syntax, op: str) -> Term:
        inner = self.term(cast(Syntax, tree.children[0]))
        if op == "for" and any(node.op in ("edge", "event") and node.detail not in ("done", "missed")
                               for node in inner.walk()):
            help_ = say("write `in last`, which asks whether it happened within that time")
            sentence = say("a change lasts for no time")
            self.scope.report("E408", sentence, inner.span, help_)
        if inner.op not in ("edge", "event"):
            inner = self.truth(inner)
        duration = duration_of(cast(Syntax, tree.children[-1]))
        return self.make(op, tree, BOOL, inner, duration=duration)

    def _held_reports(self, tree: Syntax) -> Term:
        inner = self.truth(self.term(cast(Syntax, tree.children[0])))
        count = Fraction(str(tree.children[-1]))
        if not any(node.op == "measure" for node in inner.walk()):
            help_ = say("give a time instead, such as `for 7 days`")
            sentence = say("nothing here is reported, so reports cannot be counted")
            self.scope.report("E400", sentence, self.span(tree), help_)
            return fault(self.span(tree))
        if count.denominator != 1 or not 1 <= count <= 60:
            sentence = say("`for` takes 1 to 60 whole reports")
            self.scope.report("E103", sentence, self.span(tree), say("give a time instead"))
            return fault(self.span(tree))
        return self.make("for_reports", tree, BOOL, inner, reports=int(count))

    def _compare(self, tree: Syntax) -> Term:
        left, right = self.parts(tree)
        operator = str(tree.children[1])
        if self._alike(left, right, self.span(tree)):
            self._in_range(left, right)
            self._in_range(right, left)
        return self.make("compare", tree, BOOL, left, right, detail=operator)

    def _within_range(self, tree: Syntax) -> Term:
        value, low, high = self.parts(tree)
        self._alike(value, low, self.span(tree))
        self._alike(value, high, self.span(tree))
        return self.make("range", tree, BOOL, value, low, high)

    def _alike(self, left: Term, right: Term, span: Span) -> bool:
        if _fit(left, right):
            return True
        sentence = say("a {left} cannot be compared with a {right}", left=str(left.type), right=str(right.type))
        self.scope.report("E400", sentence, span, say("give both sides the same unit"))
        return False

    def _in_range(self, measured: Term, constant: Term) -> None:
        symbol = self.scope.symbols.get(measured.name) if measured.op in ("measure", "at") else None
        if symbol is None or not constant.is_constant:
            return
        value = float(constant_value(constant))
        if not symbol.low <= value <= symbol.high:
            sentence = say("`{name}` can never reach this value", name=measured.name)
            help_ = say("its range is {low} to {high}", low=f"{symbol.low:g}", high=f"{symbol.high:g}")
            self.scope.report("E403", sentence, constant.span, help_)

    # --- names -------------------------------------------------------------------------------------

    def _name(self, tree: Syntax) -> Term:
        return self._named(str(tree.children[0]), self.span(tree))

    def _named(self, name: str, span: Span) -> Term:
        if name in BUILT_IN:
            return Term("builtin", (), BOOL, True, span, name=name)
        known = self.scope.symbols.get(name)
        if known and known.kind in EDGES_OF and known.kind not in READABLE:
            sentence = say("`{name}` is a {kind}, which is neither true nor false", name=name, kind=known.kind)
            help_ = say("say which change is meant: `{name} {edge}`", name=name, edge=EDGES_OF[known.kind][0])
            self.scope.used.add(name)
            self.scope.report("E400", sentence, span, help_)
            return fault(span)
        symbol = self.scope.find(name, READABLE, span)
        if symbol is None:
            return fault(span)
        if symbol.kind == "term" and symbol.term is not None:
            inner = symbol.term
            return Term("term", (inner,), inner.type, inner.per_party, span, name=name)
        if symbol.kind == "measure" and symbol.type.kind == "event":
            return Term("event", (), BOOL, symbol.per_party, span, name=name, detail="happens")
        detail = "available" if symbol.kind == "pool" else ""
        return Term(symbol.kind, (), symbol.type, symbol.per_party, span, name=name, detail=detail)

    def _of_party(self, tree: Syntax) -> Term:
        name, party = map(str, tree.children)
        term = self._named(name, self.span(tree))
        return self._at(term, party, self.span(tree))

    def _at(self, term: Term, party: str, span: Span) -> Term:
        index = self.scope.party_index(party, span)
        if term.op == "fault" or index < 0:
            return fault(span)
        if not term.per_party:
            sentence = say("`{name}` is shared by all parties: it has no value of `{party}`", name=term.name, party=party)
            self.scope.report("E401", sentence, span, say("leave out `of {party}`", party=party))
            return fault(span)
        return Term("at", (term,), term.type, False, span, name=term.name, party=index)

    def _edge(self, tree: Syntax) -> Term:
        return self._change(str(tree.children[0]), str(tree.children[1]), self.span(tree))

    def _edge_of(self, tree: Syntax) -> Term:
        name, party, edge = map(str, tree.children)
        return self._at(self._change(name, edge, self.span(tree)), party, self.span(tree))

    def _change(self, name: str, edge: str, span: Span) -> Term:
        symbol = self.scope.find(name, EDGES_OF, span)
        if symbol is None:
            return fault(span)
        if edge not in EDGES_OF[symbol.kind]:
            sentence = say("a {kind} has no `{edge}`", kind=symbol.kind, edge=edge)
            help_ = say("a {kind} has: {edges}", kind=symbol.kind, edges=", ".join(EDGES_OF[symbol.kind]))
            self.scope.report("E400", sentence, span, help_)
            return fault(span)
        return Term("edge", (), BOOL, symbol.per_party, span, name=name, detail=edge)

    def _pool_view(self, tree: Syntax) -> Term:
        view, name = map(str, tree.children)
        symbol = self.scope.find(name, ("pool",), self.span(tree))
        if symbol is None:
            return fault(self.span(tree))
        return Term("pool", (), symbol.type, False, self.span(tree), name=name, detail=view)

    def _known(self, tree: Syntax) -> Term:
        symbol = self.scope.find(str(tree.children[0]), ("measure",), self.span(tree))
        if symbol is None:
            return fault(self.span(tree))
        inner = Term("measure", (), symbol.type, symbol.per_party, self.span(tree), name=symbol.name)
        return self.make("known", tree, BOOL, inner)

    def _window(self, tree: Syntax) -> Term:
        window, name = str(tree.children[0]), str(tree.children[1])
        symbol = self.scope.find(name, ("measure",), self.span(tree))
        if symbol is None:
            return fault(self.span(tree))
        duration = duration_of(cast(Syntax, tree.children[2]))
        if duration.elapses:
            sentence = say("a window runs over days, not over hours")
            self.scope.report("E103", sentence, self.span(tree), say("give days, weeks, months or years"))
            return fault(self.span(tree))
        return Term("window", (), symbol.type, symbol.per_party, self.span(tree), name=name,
                    detail=window, duration=duration)

    def _quantified(self, tree: Syntax) -> Term:
        word = str(tree.children[0]).split()[0]
        inner = self.term(cast(Syntax, tree.children[1]))
        if not inner.per_party and inner.op != "fault":
            sentence = say("what stands in the brackets is the same for all parties")
            help_ = say("name something that each party has its own value of")
            self.scope.report("E401", sentence, self.span(tree), help_)
            return fault(self.span(tree))
        if word in ("any", "all", "count"):
            inner = self.truth(inner)
            type_ = COUNT if word == "count" else BOOL
        else:
            inner = self._amount(inner)
            type_ = inner.type
        return Term(word, (inner,), type_, False, self.span(tree))

    # --- arithmetic --------------------------------------------------------------------------------

    def _amount(self, term: Term) -> Term:
        if term.type.is_numeric or term.type == ANY:
            return term
        sentence = say("this is {type}, where an amount is wanted", type=str(term.type))
        self.scope.report("E400", sentence, term.span, say("name a measure, a pool or a number"))
        return fault(term.span)

    def _add(self, tree: Syntax) -> Term:
        return self._sum(tree, "add")

    def _subtract(self, tree: Syntax) -> Term:
        return self._sum(tree, "sub")

    def _sum(self, tree: Syntax, op: str) -> Term:
        left, right = (self._amount(part) for part in self.parts(tree))
        if not _fit(left, right):
            sentence = say("a {right} cannot be added to a {left}", left=str(left.type), right=str(right.type))
            self.scope.report("E400", sentence, self.span(tree), say("give both the same unit"))
            return fault(self.span(tree))
        type_ = NUMBER if {left.type, right.type} == {COUNT, NUMBER} else _wider(left, right)
        return self.make(op, tree, type_, left, right)

    def _multiply(self, tree: Syntax) -> Term:
        left, right = (self._amount(part) for part in self.parts(tree))
        kinds = {left.type.kind, right.type.kind}
        if left.type.kind == right.type.kind == "money":
            sentence = say("money cannot be multiplied by money")
            self.scope.report("E400", sentence, self.span(tree), say("multiply by a number or a share"))
            return fault(self.span(tree))
        for kind in ("money", "number", "count", "percent"):
            if kind in kinds:
                return self.make("mul", tree, left.type if left.type.kind == kind else right.type, left, right)
        return fault(self.span(tree))

    def _divide(self, tree: Syntax) -> Term:
        left, right = (self._amount(part) for part in self.parts(tree))
        if right.is_constant and constant_value(right) == 0:
            self.scope.report("E400", say("this divides by zero"), right.span, say("give another number"))
            return fault(self.span(tree))
        if left.type == right.type:
            return self.make("div", tree, PERCENT, left, right)
        if right.type.kind in ("number", "count"):
            return self.make("div", tree, left.type, left, right)
        sentence = say("a {left} cannot be divided by a {right}", left=str(left.type), right=str(right.type))
        self.scope.report("E400", sentence, self.span(tree), say("divide by a number, or by the same unit"))
        return fault(self.span(tree))

    def _negative(self, tree: Syntax) -> Term:
        inner = self._amount(self.parts(tree)[0])
        return self.make("neg", tree, inner.type, inner)

    def _choose(self, tree: Syntax) -> Term:
        test, yes, no = self.parts(tree)
        if not _fit(yes, no):
            sentence = say("`then` gives a {left}, `else` a {right}", left=str(yes.type), right=str(no.type))
            self.scope.report("E400", sentence, self.span(tree), say("give both the same unit"))
            return fault(self.span(tree))
        return self.make("if", tree, _wider(yes, no), self.truth(test), yes, no)


def _literal(tree: Syntax, span: Span) -> Term:
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


def _holds(tree: object) -> bool:
    if not isinstance(tree, Tree):
        return False
    if tree.data in ("held_for", "held_reports", "in_last"):
        return True
    joined = tree.data in ("any_of", "all_of")
    return joined and any(_holds(child) for child in tree.children)


def _fit(left: Term, right: Term) -> bool:
    if ANY in (left.type, right.type) or left.type == right.type:
        return True
    if {left.type, right.type} == {COUNT, NUMBER}:
        return True
    return _is_zero(left) or _is_zero(right)


def _is_zero(term: Term) -> bool:
    return term.op == "number" and term.value == 0 and term.type in (COUNT, NUMBER)


def _wider(left: Term, right: Term) -> ValueType:
    return right.type if _is_zero(left) or left.type == ANY else left.type


def bare_changes(term: Term) -> list[Term]:
    """Return the changes in a condition that stand without `in last` (E408); done and missed may."""
    if term.op == "in_last":
        return []
    found = [] if term.op not in ("edge", "event") or term.detail in ("done", "missed") else [term]
    for arg in term.args:
        found += bare_changes(arg)
    return found
