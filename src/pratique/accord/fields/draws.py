# SPDX-License-Identifier: Apache-2.0
"""What the raising of a duty takes out of a pool: drawn for good, or held until it comes back."""

from __future__ import annotations

from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause
from pratique.accord.fields.effects import fits_pool
from pratique.accord.fields.triggers import change_of
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.types import typed
from pratique.accord.terms.values import Draw, Hold, Who
from pratique.base.text import say

_OUTSIDE = ("chair", "people", "anyone")


def draws_in(
    clause: Clause, by: tuple[Who, ...], to: tuple[Who, ...], scope: Scope
) -> tuple[Draw | Hold | None, bool]:
    """Return what a duty draws, and whether it does so for each recipient.

    Per recipient it goes to whom the duty is owed; else to the debtor.
    """
    tree = clause.tree("draws")
    if tree is None:
        return None, False
    text = clause.fields["draws"].text
    amount_tree, each, pool_name, until_tree = tree.children
    amount = typed(cast(Syntax, amount_tree), text, scope)
    pool = scope.find(str(pool_name), ("pool",), place_of(text, cast(Token, pool_name)))
    who = _recipient(to, text, scope) if each is not None else _debtor(by, text, scope)
    until = change_of(until_tree, text, scope) if isinstance(until_tree, Tree) else None
    if pool is None or who is None or not fits_pool(amount, pool, scope):
        return None, each is not None
    if isinstance(until_tree, Tree):
        return Hold(pool.name, who, amount, until), each is not None
    return Draw(pool.name, who, amount, None, None, sends=True), each is not None


def _recipient(to: tuple[Who, ...], text: Text, scope: Scope) -> Who | None:
    if merged := _merged(to, text, scope):
        return merged
    sentence = say("`per recipient` needs one way of saying who receives")
    scope.report("E103", sentence, text.span, say("say in `to` who receives, in one form of words"))
    return None


def _debtor(by: tuple[Who, ...], text: Text, scope: Scope) -> Who | None:
    # The debtor is the row of the debt; a body or people are nobody's row.
    outside = [who for who in by if not _is_party(who, scope)]
    if not outside:
        return Who("that", text.span)
    return _merged(tuple(outside), text, scope) or outside[0]


def _is_party(who: Who, scope: Scope) -> bool:
    if who.form == "named":
        return who.names[0] in scope.parties
    return who.form not in _OUTSIDE


def _merged(who: tuple[Who, ...], text: Text, scope: Scope) -> Who | None:
    if len(who) == 1:
        return who[0]
    if who and all(one.form == "named" and one.names[0] in scope.parties for one in who):
        return Who("named", text.span, tuple(name for one in who for name in one.names))
    return None
