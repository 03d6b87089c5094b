# SPDX-License-Identifier: Apache-2.0
"""Times and limits of clauses: clocks (when something is due), durations, how often."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from typing import cast

from lark import Tree

from pratique.accord.clause import Clause
from pratique.accord.fields.triggers import change_of, unlasting
from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.literals import constant_value, duration_of
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.types import condition
from pratique.accord.terms.values import (
    DATE,
    Clock,
    Limit,
    Term,
)
from pratique.base.duration import Duration
from pratique.base.finding import Span
from pratique.base.moment import day_from_iso
from pratique.base.text import say


def duration_in(clause: Clause, name: str) -> Duration | None:
    """Return the first duration of a field (`within: 24 hours`, `lapses: after 90 days`)."""
    tree = clause.tree(name)
    if tree is None:
        return None
    return next(
        (duration_of(child) for child in tree.iter_subtrees_topdown() if child.data == "duration"),
        None,
    )


def clock_in(clause: Clause, scope: Scope) -> Clock | None:
    """Return the clock of a clause's fields `within` and `before`; None if it has neither."""
    clock = None
    if (tree := clause.tree("within")) is not None:
        clock = clock_of(tree, clause.fields["within"].text, scope)
    if (tree := clause.tree("before")) is not None:
        clock = before_of(clock, tree, clause.fields["before"].text, scope)
    return clock


def clock_of(tree: Syntax, text: Text, scope: Scope, *, steps: Collection[str] = ()) -> Clock:
    """Return the clock of a `clock` tree: `D [of CHANGE|STEP] [or D when EXPR]`.

    `steps` are the names of a procedure's steps, and its own (its opening).
    """
    within, of, otherwise, when = (
        cast("Syntax | None", child) for child in (*tree.children, *[None] * 4)[:4]
    )
    clock = Clock(duration_of(cast(Syntax, within)))
    if of is not None and (step := step_named(of, steps)):
        clock = replace(clock, of_step=step)
    elif of is not None:
        clock = replace(clock, of=change_of(of, text, scope))
    if otherwise is None or when is None:
        return clock
    return replace(clock, otherwise=duration_of(otherwise), when=_lasting(when, text, scope))


def step_named(change: Syntax, steps: Collection[str]) -> str:
    """Return the step that a `change` tree names (`review`, `review done`), or nothing."""
    words = [str(child) for child in change.children]
    if change.data == "change_name" or (change.data == "edge" and words[1] == "done"):
        return words[0] if words[0] in steps else ""
    return ""


def before_of(clock: Clock | None, tree: Syntax, text: Text, scope: Scope) -> Clock:
    """Return a clock (or a new one) with what a `before` tree adds: a day, or a field of a case."""
    clock = clock or Clock()
    word, span = str(tree.children[0]), place_of(text, tree)
    if tree.data == "before_date":
        return _before_day(clock, word, span, scope)
    recorded = scope.case_fields.get(word)
    if recorded == DATE:
        return replace(clock, before_field=word)
    if recorded is None and (symbol := scope.find(word, ("term",), span)) is None:
        return clock
    if recorded is None and symbol and symbol.type == DATE and symbol.term is not None:
        return replace(clock, before=int(constant_value(symbol.term)))
    sentence = say("`{name}` is not a date", name=word)
    scope.report("E400", sentence, span, say("write a date such as `2027-01-01`"))
    return clock


def _before_day(clock: Clock, word: str, span: Span, scope: Scope) -> Clock:
    try:
        return replace(clock, before=day_from_iso(word))
    except ValueError:
        sentence = say("`{word}` is not a day of the calendar", word=word)
        scope.report("E103", sentence, span, say("write a date such as `2027-01-01`"))
        return clock


def _lasting(tree: Syntax, text: Text, scope: Scope) -> Term:
    term = condition(tree, text, scope)
    unlasting(term, scope)
    return term


def limit_in(clause: Clause) -> Limit | None:
    """Return the field `at most`."""
    tree = clause.tree("at most")
    if tree is None:
        return None
    duration = next((duration_of(c) for c in tree.children if isinstance(c, Tree)), None)
    uses = 1 if tree.data == "once" else int(Fraction(str(tree.children[0])))
    return Limit(max(1, uses), duration)
