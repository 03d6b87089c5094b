# SPDX-License-Identifier: Apache-2.0
"""How a power is decided."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from lark import Token

from pratique.accord.clause import Clause
from pratique.accord.terms.expression import Syntax, place_of
from pratique.accord.terms.literals import duration_of
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.values import (
    Vote,
)
from pratique.base.text import say


def vote_in(clause: Clause, scope: Scope) -> Vote | None:
    """Return how a power is decided; a share above the whole is E404."""
    tree = clause.tree("decided by")
    if tree is None:
        return None
    need_tree, electorate, voting, *_, within = tree.children
    numbers = [Fraction(str(child)) for child in cast(Syntax, need_tree).children]
    kind = cast(Syntax, need_tree).data
    text = clause.fields["decided by"].text
    span = place_of(text, cast(Syntax, need_tree)) if numbers else text.span
    need = {
        "need_all": lambda: Fraction(1),
        "need_fraction": lambda: numbers[0] / numbers[1] if numbers[1] else Fraction(2),
        "need_percent": lambda: numbers[0] / 100,
        "need_count": lambda: numbers[0],
    }[str(kind)]()
    counts = kind == "need_count"
    name = str(electorate)
    if name != "parties":
        scope.find(name, ("body",), place_of(text, cast(Token, electorate)))
    most = len(scope.parties) if counts else 1
    if need > most:
        sentence = say("this vote can never be carried: it asks for more than all")
        scope.report("E404", sentence, span, say("there are {n} votes", n=len(scope.parties)))
    return Vote(need, counts, voting is not None, name, duration_of(cast(Syntax, within)))
