# SPDX-License-Identifier: Apache-2.0
"""Whom a field names."""

from __future__ import annotations

from typing import cast

from pratique.accord.clause import Clause
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.types import condition
from pratique.accord.terms.values import (
    ANY,
    Who,
    WhoForm,
)
from pratique.base.text import say


def who_in(clause: Clause, name: str, scope: Scope) -> tuple[Who, ...]:
    """Return the actors that a field names."""
    tree = clause.tree(name)
    if tree is None:
        return ()
    text = clause.fields[name].text
    return tuple(
        who for child in tree.children if (who := who_of(cast(Syntax, child), text, scope))
    )


def who_of(tree: Syntax, text: Text, scope: Scope) -> Who | None:
    """Return the actor of an actor tree, or None with a finding."""
    span = place_of(text, tree)
    if tree.data == "actor_word":
        # The grammar knows no other words here than the forms.
        return Who(cast(WhoForm, str(tree.children[0]).split()[0]), span)
    if tree.data == "actor_where":
        inner = condition(cast(Syntax, tree.children[1]), text, scope)
        if not inner.per_party and inner.type != ANY:
            sentence = say("what stands in the brackets is the same for all parties")
            scope.report(
                "E401", sentence, span, say("name something that each party has its own value of")
            )
        return Who("where", span, condition=inner)
    name = str(tree.children[0])
    symbol = scope.find(name, ("party", "body"), span)
    return Who("named", span, (name,)) if symbol else None
