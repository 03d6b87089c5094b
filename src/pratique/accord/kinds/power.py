# SPDX-License-Identifier: Apache-2.0
"""`power`: may; votes and permissions."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import cast

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.actors import who_in
from pratique.accord.fields.clocks import duration_in, limit_in
from pratique.accord.fields.effects import effects_of, needs_party
from pratique.accord.fields.triggers import (
    Trigger,
    overrides_in,
    spread_of,
    trigger_of,
    unbound,
)
from pratique.accord.fields.votes import vote_in
from pratique.accord.terms.expression import parse
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import Effect, Limit, Vote, Who
from pratique.accord.words.reading import (
    effect_words,
    limit_words,
    overrides_words,
    trigger_words,
    who_words,
)
from pratique.accord.words.votes import confirming_words, deciding_words, notice_words
from pratique.base.duration import Duration
from pratique.base.finding import Finding
from pratique.base.text import Sentence, say


@dataclass(frozen=True, slots=True)
class Power:
    """What may be done. `effects` follow from its use; without any, `may` permits it in words.

    `silence` is how those are counted who do not answer: consents, refuses, abstains. `notice`:
    the time until a use takes effect. Without `confirmed_by` in `confirm_within`, what it started
    ends.
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
    overrides: tuple[str, ...]
    notice: Duration | None
    confirmed_by: str
    confirm_within: Duration | None
    source: Clause


def _declare(clause: Clause, scope: Scope) -> None:
    scope.declare(
        Symbol(clause.name, "power", clause.names[0].span, per_party=_spread(clause, scope))
    )


def _spread(clause: Clause, scope: Scope) -> bool:
    fields = clause.fields
    about_one = (
        "that party" in clause.words("may")
        or "except that party" in clause.words("decided by")
        or _is_leaving(clause)
    )
    return about_one or spread_of(fields.get("on"), scope) or spread_of(fields.get("when"), scope)


def _is_leaving(clause: Clause) -> bool:
    if "leave" not in clause.words("may"):
        return False
    tree = parse(clause.fields["may"].text, "effects")
    return not isinstance(tree, Finding) and any(tree.find_data("leave"))


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    vote = vote_in(clause, scope)
    tree = clause.tree("silence")
    per_party = scope.symbols[clause.name].per_party if clause.name in scope.symbols else False
    trigger, effects = trigger_of(clause, scope), _effects(clause, scope)
    if not (per_party or trigger.unread) and needs_party(effects, scope):
        unbound(clause.fields["may"].text.span, scope)
    if tree is not None and vote is not None and vote.as_power:
        sentence = say("what silence means comes with the power that this is decided as")
        scope.report("E103", sentence, clause.fields["silence"].span, say("leave out `silence`"))
    return [
        Power(
            clause.name,
            clause.label_of(clause.name),
            per_party,
            who_in(clause, "by", scope),
            clause.words("may"),
            effects,
            trigger,
            vote,
            str(tree.children[0]) if tree is not None else "abstains",
            limit_in(clause),
            overrides_in(clause, scope),
            duration_in(clause, "notice"),
            _confirmed_by(clause, scope),
            duration_in(clause, "confirmed by"),
            clause,
        )
    ]


def _confirmed_by(clause: Clause, scope: Scope) -> str:
    tree = clause.tree("confirmed by")
    if tree is None:
        return ""
    span = clause.fields["confirmed by"].text.span
    symbol = scope.find(str(tree.children[0]), ("power",), span)
    if symbol is not None and symbol.name == clause.name:
        scope.report(
            "E404", say("a power cannot confirm itself"), span, say("name the power that confirms")
        )
        return ""
    return symbol.name if symbol is not None else ""


_VERBS = ("start", "end", "pay", "send", "call")
_ALSO_PLAIN = ("hold", "open")
"""Verbs of effects that permissions in plain words begin with too."""


def _effects(clause: Clause, scope: Scope) -> tuple[Effect, ...]:
    # A permission may stand in words; it then has no effect of its own.
    field = clause.fields.get("may")
    if field is None:
        return ()
    words = field.text.words.split()
    first = words[0]
    tree = parse(field.text, "effects")
    if not isinstance(tree, Finding):
        return effects_of(tree, field.text, scope)
    near = difflib.get_close_matches(first, _VERBS, n=1, cutoff=0.75)
    kinds = {scope.symbols[word].kind for word in words if word in scope.symbols}
    if first in _VERBS or (first in _ALSO_PLAIN and kinds & {"pool", "procedure"}):
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
        reading += deciding_words(power.vote, power.silence)
    if power.notice is not None:
        conditional = power.trigger.when is not None
        reading.append(notice_words(power.notice, conditional=conditional))
    if power.confirmed_by and power.confirm_within is not None:
        reading.append(confirming_words(power.confirmed_by, power.confirm_within))
    if power.at_most is not None:
        reading.append(limit_words(power.at_most))
    return reading + overrides_words(power.overrides)


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
        Field("notice", "time", say("the time after which it takes effect, such as `90 days`")),
        Field(
            "confirmed by",
            "confirmed",
            say("the power that must confirm it in a time, such as `declare within 7 days`"),
        ),
        Field("at most", "at_most", say("how often, such as `once in 180 days`")),
        Field("overrides", "names", say("the clauses that stand back where this one applies")),
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
