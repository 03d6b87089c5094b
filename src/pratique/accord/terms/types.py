# SPDX-License-Identifier: Apache-2.0
"""Syntax trees to terms: every expression typed by value and by spread (shared, or per party).

Reports what does not fit (E400, E401, E403, E407, E408) and goes on with a `fault` term, which fits
everywhere, so that one fault gives one finding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import cast

from lark import Token, Tree

from pratique.accord.terms.arithmetic import ARITHMETIC, amount, fit
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.literals import constant_value, duration_of, literal
from pratique.accord.terms.members import counted, groups_of
from pratique.accord.terms.names import NAMES
from pratique.accord.terms.scope import Scope, fault
from pratique.accord.terms.values import ANY, BOOL, COUNT, UNORDERED, Term, ValueType
from pratique.accord.words.phrases import type_words
from pratique.base.finding import Span
from pratique.base.text import say


def typed(tree: Syntax, text: Text, scope: Scope) -> Term:
    """Return the term of an expression; findings go to the scope."""
    return _Typer(text, scope).term(tree)


def condition(tree: Syntax, text: Text, scope: Scope) -> Term:
    """Return the term of an expression that must be yes or no."""
    typer = _Typer(text, scope)
    return typer.truth(typer.term(tree))


class _Typer:
    def __init__(self, text: Text, scope: Scope) -> None:
        self.text = text
        self.scope = scope

    def term(self, tree: Syntax) -> Term:
        read = ARITHMETIC.get(str(tree.data)) or NAMES.get(str(tree.data))
        if read is not None:
            return read(self, tree)
        make = cast("Callable[[Syntax], Term] | None", getattr(self, f"_{tree.data}", None))
        return make(tree) if make else literal(tree, self.span(tree))

    def span(self, tree: Syntax | Token) -> Span:
        return place_of(self.text, tree)

    def parts(self, tree: Syntax) -> list[Term]:
        return [self.term(child) for child in tree.children if isinstance(child, Tree)]

    def make(self, op: str, tree: Syntax, type_: ValueType, *args: Term) -> Term:
        return Term(op, args, type_, any(arg.per_party for arg in args), self.span(tree))

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
            timed = next(child for child, has in zip(tree.children, held, strict=True) if has)
            self.scope.report("E407", sentence, self.span(cast(Syntax, timed)), help_)

    def truth(self, term: Term) -> Term:
        if term.type in (BOOL, ANY):
            return term
        sentence = say("this is {type}, where yes or no is wanted", type=type_words(term.type))
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
        changes = bare_changes(inner)
        if op == "for" and changes:
            help_ = say("write `in last`, which asks whether it happened within that time")
            sentence = say("a change lasts for no time")
            self.scope.report("E408", sentence, inner.span, help_)
        elif changes and inner.op not in ("edge", "event", "at"):
            help_ = say("put `in last` on the change alone: `(S starts in last 3 days) and …`")
            sentence = say("a change is joined here with what lasts")
            self.scope.report("E408", sentence, inner.span, help_)
        if inner.op not in ("edge", "event"):
            inner = self.truth(inner)
        duration = duration_of(cast(Syntax, tree.children[-1]))
        return replace(self.make(op, tree, BOOL, inner), duration=duration)

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
        return replace(self.make("for_reports", tree, BOOL, inner), reports=int(count))

    def _compare(self, tree: Syntax) -> Term:
        left, right = self._sides(tree)
        operator = str(tree.children[1])
        if left.type.kind in UNORDERED and operator not in ("=", "!="):
            sentence = say("{type} is neither more nor less", type=type_words(left.type))
            self.scope.report("E400", sentence, self.span(tree), say("compare with `=` or `!=`"))
            return fault(self.span(tree))
        if self._alike(left, right, self.span(tree)):
            self._in_range(left, right)
            self._in_range(right, left)
        return replace(self.make("compare", tree, BOOL, left, right), detail=operator)

    def _sides(self, tree: Syntax) -> tuple[Term, Term]:
        """Return both sides; a choice or a party that the other side takes stands by name."""
        left, right = (cast(Syntax, tree.children[0]), cast(Syntax, tree.children[2]))
        if (one := self._chosen(right, left)) is not None:
            return self.term(left), one
        if (one := self._chosen(left, right)) is not None:
            return one, self.term(right)
        return self.term(left), self.term(right)

    def _chosen(self, tree: Syntax, field: Syntax) -> Term | None:
        if tree.data != "name" or field.data != "name":
            return None
        word, span = str(tree.children[0]), self.span(tree)
        type_ = self.scope.case_fields.get(str(field.children[0]))
        match type_.kind if type_ is not None else "":
            case "party" if word in self.scope.parties:
                known = self.scope.parties
            case "choice":
                known = cast(ValueType, type_).unit.split(", ")
            case _:
                return None
        if word in known:
            index = known.index(word)
            return Term(
                "number", (), cast(ValueType, type_), False, span,
                value=Fraction(index), party=index, detail=word,
            )  # fmt: skip
        sentence = say("`{word}` is none of the choices", word=word)
        help_ = say("choose from: {names}", names=", ".join(known))
        self.scope.report("E202", sentence, span, help_)
        return fault(span)

    def _within_range(self, tree: Syntax) -> Term:
        value, low, high = self.parts(tree)
        self._alike(value, low, self.span(tree))
        self._alike(value, high, self.span(tree))
        return self.make("range", tree, BOOL, value, low, high)

    def _alike(self, left: Term, right: Term, span: Span) -> bool:
        if fit(left, right):
            return True
        sentence = say(
            "{left} cannot be compared with {right}",
            left=type_words(left.type),
            right=type_words(right.type),
        )
        self.scope.report("E400", sentence, span, say("give both sides the same unit"))
        return False

    def _in_range(self, measured: Term, constant: Term) -> None:
        symbol = self.scope.symbols.get(measured.name) if measured.op in ("measure", "at") else None
        if symbol is None or not constant.is_constant:
            return
        value = float(constant_value(constant))
        if not symbol.low <= value <= symbol.high:
            sentence = say("`{name}` can never reach this value", name=measured.name)
            help_ = say(
                "its range is {low} to {high}", low=f"{symbol.low:g}", high=f"{symbol.high:g}"
            )
            self.scope.report("E403", sentence, constant.span, help_)

    def _quantified(self, tree: Syntax) -> Term:
        word, *_, over = str(tree.children[0]).split()
        group = "" if over in ("party", "parties") else over
        if group and self.scope.find(group, ("group",), self.span(tree)) is None:
            return fault(self.span(tree))
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
            inner = amount(self, inner)
            type_ = inner.type
        groups = dict.fromkeys([group] if group else [])
        groups |= dict.fromkeys(groups_of(inner, self.scope))
        who = counted(self.scope, tuple(groups), self.span(tree))
        return Term(word, (inner, *who), type_, False, self.span(tree), name=group)


def _holds(tree: object) -> bool:
    if not isinstance(tree, Tree):
        return False
    if tree.data in ("held_for", "held_reports", "in_last"):
        return True
    joined = tree.data in ("any_of", "all_of")
    return joined and any(_holds(child) for child in tree.children)


def bare_changes(term: Term) -> list[Term]:
    """Return a condition's changes that stand without `in last` (E408); done and missed may."""
    if term.op == "in_last":
        return []
    found = [] if term.op not in ("edge", "event") or term.detail in ("done", "missed") else [term]
    for arg in term.args:
        found += bare_changes(arg)
    return found
