# SPDX-License-Identifier: Apache-2.0
"""`rule`: an automatic consequence; nobody decides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.clocks import limit_in
from pratique.accord.fields.effects import effects_in, needs_party
from pratique.accord.fields.triggers import (
    Trigger,
    names_that_party,
    overrides_in,
    spread_of,
    trigger_of,
    unbound,
)
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import Effect, Limit
from pratique.accord.words.reading import effect_words, limit_words, overrides_words, trigger_words
from pratique.base.text import Sentence, say


@dataclass(frozen=True, slots=True)
class Rule:
    """An automatic consequence, once each time its condition becomes true."""

    name: str
    label: str
    per_party: bool
    trigger: Trigger
    effects: tuple[Effect, ...]
    at_most: Limit | None
    overrides: tuple[str, ...]
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    scope.declare(
        Symbol(clause.name, "rule", clause.names[0].span, per_party=_spread(clause, scope))
    )


def _spread(clause: Clause, scope: Scope) -> bool:
    return spread_of(clause.fields.get("on"), scope) or spread_of(clause.fields.get("when"), scope)


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    trigger = trigger_of(clause, scope)
    effects = effects_in(clause, "then", scope)
    about_one = names_that_party(clause.fields.get("then")) or needs_party(effects, scope)
    if about_one and not (trigger.per_party or trigger.unread):
        unbound(clause.fields["then"].text.span, scope)
    label = clause.label_of(clause.name)
    limit, overrides = limit_in(clause), overrides_in(clause, scope)
    per_party = trigger.per_party
    return [Rule(clause.name, label, per_party, trigger, effects, limit, overrides, clause)]


def _reading(typed: object) -> list[Sentence]:
    rule = cast(Rule, typed)
    reading = [trigger_words(rule.trigger)]
    reading += [say("Then: {effect}.", effect=effect_words(effect)) for effect in rule.effects]
    if rule.at_most is not None:
        reading.append(limit_words(rule.at_most))
    return reading + overrides_words(rule.overrides)


KIND = Kind(
    name="rule",
    summary=say("an automatic consequence; nobody decides it"),
    fields=(
        Field("on", "edges", say("the change that it follows")),
        Field("when", "expr", say("the condition that it follows")),
        Field(
            "then",
            "effects",
            say("what follows, such as `pay USD 2 million from fund to that party`"),
            required=True,
        ),
        Field("at most", "at_most", say("how often, such as `once in 180 days`")),
        Field("overrides", "names", say("the clauses that stand back where this one applies")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    spread=_spread,
    one_of=(("when", "on"),),
    example=(
        "rule tranche\n  when: deaths > 250\n"
        "  then: pay USD 2 million from fund to that party\n  at most: once in 180 days"
    ),
)
