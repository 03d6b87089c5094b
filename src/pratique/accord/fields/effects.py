# SPDX-License-Identifier: Apache-2.0
"""The effects that a field lists."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause
from pratique.accord.fields.actors import who_of
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.literals import duration_of
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.types import typed
from pratique.accord.terms.values import (
    ANY,
    CallPower,
    Draw,
    Effect,
    EndStatus,
    StartStatus,
    Term,
    Who,
)
from pratique.accord.words.phrases import type_words
from pratique.base.duration import Duration
from pratique.base.text import say


def effects_in(clause: Clause, name: str, scope: Scope) -> tuple[Effect, ...]:
    """Return the effects that a field lists."""
    field = clause.fields.get(name)
    if field is None or field.tree is None:
        return ()
    return effects_of(field.tree, field.text, scope)


def effects_of(tree: Syntax, text: Text, scope: Scope) -> tuple[Effect, ...]:
    """Return the effects of an `effects` tree."""
    effects = [_effect(cast(Syntax, child), text, scope) for child in tree.children]
    return tuple(effect for effect in effects if effect is not None)


def _effect(tree: Syntax, text: Text, scope: Scope) -> Effect | None:
    children = tree.children
    span = place_of(text, tree)
    match tree.data:
        case "start_status":
            if symbol := scope.find(
                str(children[0]), ("status",), place_of(text, cast(Token, children[0]))
            ):
                return StartStatus(
                    symbol.name, _at(children[1], text, scope), _lasting(children[2])
                )
        case "end_status":
            if symbol := scope.find(
                str(children[0]), ("status",), place_of(text, cast(Token, children[0]))
            ):
                return EndStatus(symbol.name, _at(children[1], text, scope))
        case "call":
            if symbol := scope.find(
                str(children[0]), ("power",), place_of(text, cast(Token, children[0]))
            ):
                return CallPower(symbol.name)
        case "send_share":
            share = Fraction(str(children[0])) / 100
            if share > 1:
                sentence = say("this sends more than the whole pool")
                scope.report("E403", sentence, span, say("give at most 100 %"))
            return _draw(children[1:], text, scope, None, share, sends=True)
        case _:
            amount = typed(cast(Syntax, children[1]), text, scope)
            rest = [_pool_token(children[2]), *children[3:]]
            return _draw(rest, text, scope, amount, None, sends=tree.data == "send_from")
    return None


def _draw(
    rest: Sequence[object],
    text: Text,
    scope: Scope,
    amount: Term | None,
    share: Fraction | None,
    *,
    sends: bool,
) -> Draw | None:
    pool = scope.find(str(rest[0]), ("pool",), place_of(text, cast(Token, rest[0])))
    to = who_of(cast(Syntax, rest[1]), text, scope)
    if amount is not None and pool is not None and amount.type not in (pool.type, ANY):
        sentence = say(
            "`{pool}` takes {type}; this is {other}",
            pool=pool.name,
            type=type_words(pool.type),
            other=type_words(amount.type),
        )
        scope.report("E400", sentence, amount.span, say("give the amount in the pool's own unit"))
        return None
    if pool is None or to is None:
        return None
    return Draw(pool.name, to, amount, share, _lasting(rest[2]), sends)


def _pool_token(child: object) -> object:
    return child.children[0] if isinstance(child, Tree) else child


def _at(child: object, text: Text, scope: Scope) -> Who | None:
    return who_of(child, text, scope) if isinstance(child, Tree) else None


def _lasting(child: object) -> Duration | None:
    return duration_of(child) if isinstance(child, Tree) else None
