# SPDX-License-Identifier: Apache-2.0
"""The typing of `method NAME(a, b)`: is there such a method, and does it take what it is given."""

from __future__ import annotations

import difflib

from pratique.accord.method import Method, Parameter
from pratique.accord.terms.arithmetic import Typer, fit
from pratique.accord.terms.expression import Syntax
from pratique.accord.terms.scope import fault
from pratique.accord.terms.values import ANY, COUNT, NUMBER, Term, ValueType
from pratique.accord.words.phrases import type_words
from pratique.base.finding import Span
from pratique.base.text import Sentence, say


def method_named(typer: Typer, name: str, span: Span) -> Method | None:
    """Return a method by its name, or None with the finding E202."""
    known = typer.scope.methods
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    help_: Sentence = say("no method is registered here")
    if near:
        help_ = say("did you mean `{near}`?", near=near[0])
    elif known:
        help_ = say("there are: {names}", names=", ".join(sorted(known)))
    typer.scope.report("E202", say("there is no method `{name}`", name=name), span, help_)
    return None


def called(typer: Typer, tree: Syntax) -> Term:
    """Return the term of a call of a method that gives a value."""
    span, name = typer.span(tree), str(tree.children[0])
    args = typer.parts(tree)
    method = method_named(typer, name, span)
    if method is None or method.gives is None:
        if method is not None:
            sentence = say("`{name}` divides what a pool gives; it has no value", name=name)
            help_ = say("it can stand in a pool's `shared by: method {name}`", name=name)
            typer.scope.report("E400", sentence, span, help_)
        return fault(span)
    if not _takes(typer, method, args, span):
        return fault(span)
    per_party = method.gives.per_party
    if per_party is None:
        per_party = any(arg.per_party for arg in args)
    return Term("method", tuple(args), _given(method, args), per_party, span, name=name)


def _takes(typer: Typer, method: Method, args: list[Term], span: Span) -> bool:
    if len(args) != len(method.takes):
        names = ", ".join(parameter.name for parameter in method.takes)
        sentence = say(
            "`{name}` takes {wanted} values; {given} are given",
            name=method.name, wanted=len(method.takes), given=len(args),
        )  # fmt: skip
        help_ = say("write `method {name}({names})`", name=method.name, names=names)
        typer.scope.report("E400", sentence, span, help_)
        return False
    pairs = zip(method.takes, args, strict=True)
    found = [_fits(typer, method, one, arg, args) for one, arg in pairs]
    return all(found)


def _fits(typer: Typer, method: Method, one: Parameter, arg: Term, args: list[Term]) -> bool:
    if arg.type == ANY:
        return True
    if arg.per_party and not one.per_party:
        sentence = say("`{name}` of `{method}` is one value for all parties", name=one.name,
                       method=method.name)  # fmt: skip
        help_ = say("name a party with `of`, or put `sum over parties (…)` round it")
        typer.scope.report("E401", sentence, arg.span, help_)
        return False
    like = next((a for p, a in zip(method.takes, args, strict=True) if p.name == one.like), None)
    if _is_kind(arg, one.kind) and (like is None or fit(like, arg)):
        return True
    sentence = say(
        "`{name}` of `{method}` is {wanted}; this is {given}",
        name=one.name,
        method=method.name,
        wanted=type_words(like.type) if like is not None else _kind_words(one.kind),
        given=type_words(arg.type),
    )
    typer.scope.report("E400", sentence, arg.span, say("it is {help}", help=one.help))
    return False


def _is_kind(arg: Term, kind: str) -> bool:
    if kind == "any":
        return arg.type.is_numeric
    if arg.is_constant and arg.type in (COUNT, NUMBER):
        # A rate is written as a number, and a bare 0 is of any unit.
        return kind in ("rate", "number") or arg.type.kind == kind or arg.value == 0
    return arg.type.kind == kind or (kind == "number" and arg.type == COUNT)


def _kind_words(kind: str) -> Sentence:
    return say("an amount") if kind in ("any", "money") else type_words(ValueType(kind))


def _given(method: Method, args: list[Term]) -> ValueType:
    gives = method.gives
    assert gives is not None
    for parameter, arg in zip(method.takes, args, strict=True):
        if parameter.name == gives.like:
            return arg.type
    return NUMBER if gives.kind == "any" else ValueType(gives.kind)
