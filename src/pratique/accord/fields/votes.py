# SPDX-License-Identifier: Apache-2.0
"""How a power is decided: its field `decided by`, as far as it can be read on its own.

What needs the deciding body, or another power, is found in `accord/electorate.py`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.literals import duration_of
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.types import typed
from pratique.accord.terms.values import ANY, PARTIES, Majority, Term, Vote
from pratique.base.duration import Duration
from pratique.base.finding import Span
from pratique.base.text import say

_TIMELESS = frozenset(
    [
        "number",
        "values",
        "dated",
        "term",
        "measure",
        "window",
        "at",
        "known",
        "compare",
        "range",
        "and",
        "or",
        "not",
        "add",
        "sub",
        "mul",
        "div",
        "neg",
        "if",
        "method",
        "member",
        "any",
        "all",
        "count",
        "sum",
        "max",
        "min",
        "mean",
    ]
)
"""What the weight of a vote may be made of: what is known at the moment of counting."""


def vote_in(clause: Clause, scope: Scope) -> Vote | None:
    """Return how a power is decided; a share above the whole is E404."""
    tree = clause.tree("decided by")
    if tree is None:
        return None
    text = clause.fields["decided by"].text
    if tree.data == "vote_as":
        return _as_power(cast(Token, tree.children[0]), text, scope)
    need_tree, electorate, voting, *further, within = tree.children
    need, counts = _need(cast(Syntax, need_tree), text, scope)
    name = str(electorate)
    symbol = _electorate(name, place_of(text, cast(Token, electorate)), scope)
    majorities = [_majority(one, text, scope) for one in further if isinstance(one, Tree)]
    return Vote(
        need,
        counts,
        voting is not None,
        name,
        duration_of(cast(Syntax, within)),
        tuple(majority for majority in majorities if majority is not None),
        except_that=any(isinstance(one, Token) for one in further),
        of_group=symbol is not None and symbol.kind == "group",
    )


def _as_power(name: Token, text: Text, scope: Scope) -> Vote | None:
    symbol = scope.find(str(name), ("power",), place_of(text, name))
    if symbol is None:
        return None
    # What stands here is never counted: the other power's vote takes its place.
    return Vote(Fraction(1), False, False, PARTIES, Duration(0, "hours"), as_power=symbol.name)


def _electorate(name: str, span: Span, scope: Scope) -> Symbol | None:
    return None if name == PARTIES else scope.find(name, ("body", "group"), span)


def _need(tree: Syntax, text: Text, scope: Scope) -> tuple[Fraction, bool]:
    numbers = [Fraction(str(child)) for child in tree.children]
    match tree.data:
        case "need_all":
            return Fraction(1), False
        case "need_count":
            return numbers[0], True
        case "need_percent":
            need = numbers[0] / 100
        case _:
            need = numbers[0] / numbers[1] if numbers[1] else Fraction(2)
    if need > 1:
        sentence = say("this vote can never be carried: it asks for more than all")
        scope.report(
            "E404", sentence, place_of(text, tree), say("there are {n} votes", n=len(scope.parties))
        )
    return need, False


def _majority(tree: Syntax, text: Text, scope: Scope) -> Majority | None:
    need_tree, name = cast(Syntax, tree.children[0]), cast(Token, tree.children[1])
    need, counts = _need(need_tree, text, scope)
    span = place_of(text, name)
    symbol = scope.find(str(name), ("group", "term", "measure"), span)
    if symbol is None:
        return None
    if symbol.kind == "group":
        return Majority(need, symbol.name, None, span, counts)
    if counts:
        sentence = say("a number of votes is wanted of what is a weight")
        scope.report(
            "E103", sentence, span, say("give a share, such as `50% of {name}`", name=name)
        )
        return None
    weight = _weight(name, span, text, scope)
    return Majority(need, symbol.name, weight, span) if weight is not None else None


def _weight(name: Token, span: Span, text: Text, scope: Scope) -> Term | None:
    weight = typed(Tree("name", [name]), text, scope)
    if weight.type == ANY:
        return None
    if not weight.per_party:
        sentence = say("`{name}` is the same for all parties: it gives none a weight", name=name)
        help_ = say("name a term or a measure that each party has its own value of")
        scope.report("E401", sentence, span, help_)
        return None
    timeless = all(node.op in _TIMELESS for node in weight.walk())
    if not weight.type.is_numeric or not timeless:
        sentence = say("`{name}` is no weight: it is no figure of the moment", name=name)
        help_ = say("name a measure, or a term made of figures alone")
        scope.report("E400", sentence, span, help_)
        return None
    return weight
