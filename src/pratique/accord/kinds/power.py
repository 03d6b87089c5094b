# SPDX-License-Identifier: Apache-2.0
"""`power`: may; votes and permissions."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import cast

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.actors import who_in
from pratique.accord.fields.clocks import limit_in
from pratique.accord.fields.effects import effects_of
from pratique.accord.fields.triggers import Trigger, spread_of, trigger_of
from pratique.accord.fields.votes import vote_in
from pratique.accord.terms.expression import parse
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import Effect, Limit, Vote, Who
from pratique.accord.words.reading import (
    effect_words,
    limit_words,
    silence_words,
    trigger_words,
    vote_words,
    who_words,
)
from pratique.base.finding import Finding
from pratique.base.text import Sentence, say


@dataclass(frozen=True, slots=True)
class Power:
    """What may be done. `effects` follow from its use; without any, `may` permits it in words.

    `silence` is how those are counted who do not answer: consents, refuses, abstains.
    """

    name: str
    label: str
    per_party: bool
    by: tuple[Who, ...]
    may: str
    effects: tuple[Effect, ...]
    trigger: Trigger
    vote: Vote | None
    silence: str
    at_most: Limit | None
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    scope.declare(
        Symbol(clause.name, "power", clause.names[0].span, per_party=_spread(clause, scope))
    )


def _spread(clause: Clause, scope: Scope) -> bool:
    fields = clause.fields
    about_one = "may" in fields and "that party" in clause.words("may")
    return about_one or spread_of(fields.get("on"), scope) or spread_of(fields.get("when"), scope)


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    vote = vote_in(clause, scope)
    tree = clause.tree("silence")
    per_party = scope.symbols[clause.name].per_party if clause.name in scope.symbols else False
    return [
        Power(
            clause.name,
            clause.label_of(clause.name),
            per_party,
            who_in(clause, "by", scope),
            clause.words("may"),
            _effects(clause, scope),
            trigger_of(clause, scope),
            vote,
            str(tree.children[0]) if tree is not None else "abstains",
            limit_in(clause),
            clause,
        )
    ]


_VERBS = ("start", "end", "pay", "send", "call")


def _effects(clause: Clause, scope: Scope) -> tuple[Effect, ...]:
    # A permission may stand in words; it then has no effect of its own.
    field = clause.fields.get("may")
    if field is None:
        return ()
    first = field.text.words.split(maxsplit=1)[0]
    tree = parse(field.text, "effects")
    if not isinstance(tree, Finding):
        return effects_of(tree, field.text, scope)
    near = difflib.get_close_matches(first, _VERBS, n=1, cutoff=0.75)
    if first in _VERBS:
        scope.findings.append(tree)
    elif near:
        sentence = say("`{word}` is read as words and has no effect", word=first)
        scope.report("E103", sentence, field.text.span, say("did you mean `{near}`?", near=near[0]))
    return ()


def _reading(typed: object) -> list[Sentence]:
    power = cast(Power, typed)
    if power.effects:
        what: object = [effect_words(effect) for effect in power.effects]
    else:
        what = power.may
    reading = [say("Open to {who}: {what}.", who=who_words(power.by), what=what)]
    if power.trigger.when is not None or power.trigger.on:
        reading.append(trigger_words(power.trigger))
    if power.vote is not None:
        reading += [vote_words(power.vote), silence_words(power.silence)]
    if power.at_most is not None:
        reading.append(limit_words(power.at_most))
    return reading


KIND = Kind(
    name="power",
    summary=say("may: votes and permissions"),
    fields=(
        Field("by", "who", say("who may"), required=True),
        Field("on", "edges", say("the change that opens it")),
        Field("when", "expr", say("the condition while which it is open")),
        Field("may", None, say("what follows from its use: effects, or words"), required=True),
        Field(
            "decided by",
            "vote",
            say("the vote that decides, such as `2/3 of parties within 48 hours`"),
        ),
        Field(
            "silence", "silence", say("how the silent are counted: consents, refuses or abstains")
        ),
        Field("at most", "at_most", say("how often, such as `once in 180 days`")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    spread=_spread,
    example=(
        "power declare\n  by: council\n  may: start emergency\n"
        "  decided by: 2/3 of parties within 12 hours\n  silence: consents"
    ),
)
