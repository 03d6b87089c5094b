# SPDX-License-Identifier: Apache-2.0
"""`duty`: must, or must not; to be achieved by a time, or kept up while something holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from lark import Token, Tree

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.actors import who_in
from pratique.accord.fields.clocks import clock_in
from pratique.accord.fields.draws import draws_in
from pratique.accord.fields.effects import effects_in, needs_party
from pratique.accord.fields.triggers import (
    Trigger,
    names_that_party,
    overrides_in,
    spread_of,
    trigger_of,
    unbound,
)
from pratique.accord.terms.expression import parse
from pratique.accord.terms.literals import duration_of
from pratique.accord.terms.names import READABLE
from pratique.accord.terms.scope import BUILT_IN, Scope, Symbol
from pratique.accord.terms.types import condition
from pratique.accord.terms.values import Clock, Draw, Effect, Hold, Term, Who
from pratique.accord.words.clocks import clock_words
from pratique.accord.words.effects import draws_words, effect_words
from pratique.accord.words.phrases import condition_words
from pratique.accord.words.reading import overrides_words, trigger_words, who_words
from pratique.base.duration import Duration
from pratique.base.finding import Finding
from pratique.base.moment import Day, date_of, day_from_iso
from pratique.base.text import Sentence, say


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed. One debt a row: a party's own (`per_party`), or one shared.

    `by` names who owes; `met_when` is the condition that meets it, or None where an act attests it.
    A `prohibits` duty raises no debt. It is due by its `clock`, or by the end of its `every` spell.
    What it `draws` is asked for at its raising: for each recipient (`per_recipient`) or the debtor.
    """

    name: str
    label: str
    per_party: bool
    by: tuple[Who, ...]
    to: tuple[Who, ...]
    must: str
    met_when: Term | None
    prohibits: bool
    trigger: Trigger
    every: Duration | None
    begins: Day | None
    clock: Clock | None
    draws: Draw | Hold | None
    per_recipient: bool
    overrides: tuple[str, ...]
    if_missed: tuple[Effect, ...]
    source: Clause

    @property
    def within(self) -> Duration | None:
        """The time of its clock."""
        return self.clock.within if self.clock is not None else None


def owed_by_parties(clause: Clause, scope: Scope) -> bool:
    """Say whether parties owe this duty, each its own debt (else a body owes it)."""
    tree = clause.tree("by")
    if tree is None:
        return False
    return all(_is_party(cast("Tree[Token]", actor), scope) for actor in tree.children)


def _is_party(actor: Tree[Token], scope: Scope) -> bool:
    if actor.data == "actor_chair":
        return False
    if actor.data != "actor_name":
        return True
    symbol = scope.symbols.get(str(actor.children[0]))
    return symbol is not None and symbol.kind in ("party", "group")


def _each_party_has_one(clause: Clause, scope: Scope) -> bool:
    # Each party's own body owes its own debt.
    tree = clause.tree("by")
    actors = cast("list[Tree[Token]]", tree.children) if tree is not None else []
    names = [str(actor.children[-1]) for actor in actors if actor.data in _BY_NAME]
    symbols = [scope.symbols.get(name) for name in names]
    return any(symbol.kind == "body" and symbol.per_party for symbol in symbols if symbol)


_BY_NAME = ("actor_name", "actor_chair")


def _declare(clause: Clause, scope: Scope) -> None:
    scope.declare(
        Symbol(clause.name, "duty", clause.names[0].span, per_party=_spread(clause, scope))
    )


def _spread(clause: Clause, scope: Scope) -> bool:
    fields = clause.fields
    return (
        owed_by_parties(clause, scope)
        or _each_party_has_one(clause, scope)
        or spread_of(fields.get("on"), scope)
        or spread_of(fields.get("when"), scope)
    )


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    trigger = trigger_of(clause, scope)
    by = who_in(clause, "by", scope)
    field = clause.fields.get("by")
    if field and names_that_party(field) and not (trigger.per_party or trigger.unread):
        unbound(field.text.span, scope)
    to = who_in(clause, "to", scope)
    missed = effects_in(clause, "if missed", scope)
    per_party = scope.symbols[clause.name].per_party if clause.name in scope.symbols else False
    _bound(missed, clause, scope, per_party)
    every, begins = _schedule(clause)
    _unscheduled(clause, scope)
    draws, per_recipient = draws_in(clause, by, to, scope)
    duty = Duty(
        clause.name,
        clause.label_of(clause.name),
        per_party,
        by,
        to,
        clause.words("must") or clause.words("must not"),
        None,
        "must not" in clause.fields,
        trigger,
        every,
        begins,
        clock_in(clause, scope),
        draws,
        per_recipient,
        overrides_in(clause, scope),
        missed,
        clause,
    )
    return [replace(duty, met_when=_met_when(clause, scope))]


def _bound(missed: tuple[Effect, ...], clause: Clause, scope: Scope, per_party: bool) -> None:
    # `that party` is who owed it; where a body owes it to all alike, nobody is meant.
    if per_party:
        return
    for name in ("to", "if missed"):
        field = clause.fields.get(name)
        about_one = name == "if missed" and needs_party(missed, scope)
        if field is not None and (names_that_party(field) or about_one):
            unbound(field.text.span, scope)


def _unscheduled(clause: Clause, scope: Scope) -> None:
    # A spell comes round by the calendar alone: a trigger beside it would never be asked.
    if "every" not in clause.fields:
        return
    for name in ("when", "on"):
        if name in clause.fields:
            scope.report(
                "E103",
                say("`every` and `{name}` stand together", name=name),
                clause.fields[name].span,
                say("keep one: what is owed anew every so often is owed whatever holds"),
            )


def _schedule(clause: Clause) -> tuple[Duration | None, Day | None]:
    tree = clause.tree("every")
    if tree is None:
        return None, None
    words = [str(child) for child in tree.children if isinstance(child, Token)]
    try:
        begins = day_from_iso(words[0]) if words else None
    except ValueError:
        begins = None
    return duration_of(cast("Tree[Token]", tree.children[0])), begins


def _met_when(clause: Clause, scope: Scope) -> Term | None:
    # `must` is a condition where it reads as one over names that the accord defines; else words.
    field = clause.fields.get("must")
    tree = parse(field.text, "expr") if field else None
    if field is None or tree is None or isinstance(tree, Finding):
        return None
    names = [
        str(token)
        for token in tree.scan_values(lambda t: isinstance(t, Token) and t.type == "NAME")
    ]
    if not names or not all(name in scope.symbols or name in BUILT_IN for name in names):
        return None
    lone = scope.symbols.get(field.text.words.strip())
    if lone is not None and lone.kind not in READABLE:
        return None
    return condition(tree, field.text, scope)


def _reading(typed: object) -> list[Sentence]:
    duty = cast(Duty, typed)
    reading = [_owed(duty)]
    if duty.trigger.when is not None or duty.trigger.on:
        reading.append(trigger_words(duty.trigger))
    if duty.to:
        reading.append(say("This is owed to {whom}.", whom=who_words(duty.to)))
    if duty.every is not None:
        reading.append(say("It is owed anew every {time}.", time=duty.every))
    if duty.begins is not None:
        reading.append(say("This begins on {day}.", day=date_of(duty.begins)))
    reading += list(clock_words(duty.clock))
    if duty.draws is not None:
        reading.append(draws_words(duty.draws, each=duty.per_recipient))
    reading += [
        say("If it is missed: {effect}.", effect=effect_words(effect)) for effect in duty.if_missed
    ]
    return reading + overrides_words(duty.overrides)


def _owed(duty: Duty) -> Sentence:
    who = who_words(duty.by)
    if duty.prohibits:
        return say("Forbidden to {who}: {what}.", who=who, what=duty.must)
    if duty.met_when is None:
        return say("Duty of {who}: {what}.", who=who, what=duty.must)
    condition = condition_words(duty.met_when)
    return say("Duty of {who}: to bring it about that {condition}.", who=who, condition=condition)


KIND = Kind(
    name="duty",
    summary=say("must, or must not; to be achieved by a time, or kept up while something holds"),
    fields=(
        Field("on", "edges", say("the change that raises it, such as `emergency starts`")),
        Field("when", "expr", say("the condition while which it is owed")),
        Field(
            "every", "schedule", say("the spell after which it is owed anew, such as `12 months`")
        ),
        Field("by", "who", say("who owes it"), required=True),
        Field("to", "who", say("to whom it is owed")),
        Field(
            "must", None, say("what must be done: in words, or a condition that must become true")
        ),
        Field("must not", None, say("what must not be done")),
        Field(
            "within",
            "clock",
            say("the time from its raising, or from a change: `3 days of emergency starts`"),
        ),
        Field("before", "before", say("the day before which it is due")),
        Field(
            "draws",
            "draws",
            say("what its raising takes out of a pool, such as `2 per recipient from teams`"),
        ),
        Field(
            "if missed",
            "effects",
            say("what follows from missing it, such as `call review_breach`"),
        ),
        Field("overrides", "names", say("the clauses that stand back where this one applies")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    spread=_spread,
    one_of=(("must", "must not"),),
    example=(
        "duty notify\n  on: cluster\n  by: that party\n"
        "  must: notify the cluster\n  within: 24 hours"
    ),
)
