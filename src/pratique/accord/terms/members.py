# SPDX-License-Identifier: Apache-2.0
"""Who counts: the groups that a term speaks of, and the parties that a quantifier runs over.

Only what the text says of it; who is bound at a moment is the engine's to know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pratique.accord.terms.scope import Scope
from pratique.accord.terms.values import BOOL, QUANTIFIERS, Term
from pratique.base.finding import Span

EVERYONE = "everyone"
"""The detail of a `member` that asks only for the group, of parties bound and not."""


def groups_of(term: Term, scope: Scope) -> tuple[str, ...]:
    """Return the groups whose members alone have a value of a term, in order of reading."""
    return tuple(dict.fromkeys(_groups(term, scope)))


def _groups(term: Term, scope: Scope) -> Iterator[str]:
    if term.op == "at" or term.op in QUANTIFIERS:
        return
    if term.op == "values" and term.name:
        yield term.name
    elif term.per_party and term.op not in ("builtin", "member", "field"):
        symbol = scope.symbols.get(term.name.partition(".")[0])
        if symbol is not None and symbol.group:
            yield symbol.group
    for arg in term.args:
        yield from _groups(arg, scope)


def member(scope: Scope, group: str, span: Span) -> Term:
    """Return the term that says whether a party counts: of a group, or bound at all."""
    detail = "" if scope.membership else EVERYONE
    return Term("member", (), BOOL, True, span, name=group, detail=detail)


def counted(scope: Scope, groups: tuple[str, ...], span: Span) -> tuple[Term, ...]:
    """Return who counts in a quantifier, as its second argument; nothing if all parties always."""
    if not groups:
        return (member(scope, "", span),) if scope.membership else ()
    asked = tuple(member(scope, group, span) for group in groups)
    return asked if len(asked) == 1 else (Term("and", asked, BOOL, True, span),)


def of_all_parties(term: Term) -> Term:
    """Return a term whose quantifiers count parties that are not bound, too."""
    args = tuple(of_all_parties(arg) for arg in term.args)
    if term.op in QUANTIFIERS:
        args = tuple(arg for arg in args if not (arg.op == "member" and not arg.name))
    if term.op == "member" and term.name:
        return replace(term, detail=EVERYONE)
    return replace(term, args=args) if args != term.args else term
