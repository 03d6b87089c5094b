# SPDX-License-Identifier: Apache-2.0
"""`status`: something that lasts, such as an emergency, a waiver, or being in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from lark import Token

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.clocks import duration_in
from pratique.accord.fields.triggers import condition_in
from pratique.accord.terms.expression import place_of
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import Term
from pratique.accord.words.figures import spread_words
from pratique.accord.words.phrases import condition_words
from pratique.base.duration import Duration
from pratique.base.moment import Day, date_of, day_from_iso
from pratique.base.text import Code, Sentence, say

IN_FORCE = "in_force"
"""The reserved status outside which the agreement binds nobody."""
VOTING, DRAWING = "voting", "drawing"
_STOPPABLE = ("duty", "power", "rule", "procedure")
_SURVIVING = (*_STOPPABLE, "pool", "data", "status")


@dataclass(frozen=True, slots=True)
class Status:
    """Something that lasts: while a condition holds, or from a start to an end or lapse.

    It lapses some time after its start, or at the beginning of the day `lapses_on`. While it is on
    it stops clauses, `voting` or `drawing`; after it what it allowed winds down. `survives` names
    the clauses that outlive being in force; `scope` is what it is limited to, in words.
    """

    name: str
    label: str
    per_party: bool
    holds_while: Term | None
    lapses: Duration | None
    lapses_on: Day | None
    lingers: Duration | None
    renewed_by: str
    stops: tuple[str, ...]
    winds_down: Duration | None
    survives: tuple[str, ...]
    scope: str
    source: Clause

    @property
    def group(self) -> str:
        """The group whose members have it; empty: all parties."""
        return self.source.group


def _declare(clause: Clause, scope: Scope) -> None:
    spread, group = clause.per_party, clause.group
    for name in clause.names:
        scope.declare(Symbol(name.word, "status", name.span, per_party=spread, group=group))


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    condition = condition_in(clause, "while", scope)
    if condition is not None and condition.per_party and not clause.per_party:
        sentence = say("this status is shared, its condition is each party's own")
        help_ = say(
            "write `status {name} per party`, or `any party (…)` round the condition",
            name=clause.name,
        )
        scope.report("E401", sentence, condition.span, help_)
    return [
        Status(
            name.word,
            clause.label_of(name.word),
            clause.per_party,
            condition,
            duration_in(clause, "lapses"),
            _last_day(clause, scope),
            duration_in(clause, "lingers"),
            _renewed_by(clause, scope),
            _stops(clause, scope),
            duration_in(clause, "winds down"),
            _survives(clause, scope),
            clause.words("scope"),
            clause,
        )
        for name in clause.names
    ]


def _last_day(clause: Clause, scope: Scope) -> Day | None:
    tree = clause.tree("lapses")
    if tree is None or tree.data != "lapse_on":
        return None
    word = str(tree.children[0])
    try:
        return day_from_iso(word)
    except ValueError:
        sentence = say("`{word}` is not a day of the calendar", word=word)
        help_ = say("write a date such as `2027-01-01`")
        scope.report("E103", sentence, clause.fields["lapses"].text.span, help_)
        return None


def _renewed_by(clause: Clause, scope: Scope) -> str:
    tree = clause.tree("renewed by")
    if tree is None:
        return ""
    name = str(tree.children[0])
    symbol = scope.find(name, ("power",), clause.fields["renewed by"].text.span)
    return name if symbol else ""


def _stops(clause: Clause, scope: Scope) -> tuple[str, ...]:
    words = (VOTING, DRAWING)
    stopped = tuple(name for name in clause.listed("stops") if name in words)
    return stopped + _listed(clause, "stops", _STOPPABLE, scope, apart=words)


def _survives(clause: Clause, scope: Scope) -> tuple[str, ...]:
    if "survives" in clause.fields and clause.name != IN_FORCE:
        sentence = say("clauses survive `in_force`, not `{name}`", name=clause.name)
        help_ = say("move this field to the status `in_force`")
        scope.report("E103", sentence, clause.fields["survives"].span, help_)
    return _listed(clause, "survives", _SURVIVING, scope)


def _listed(
    clause: Clause, field: str, kinds: tuple[str, ...], scope: Scope, apart: tuple[str, ...] = ()
) -> tuple[str, ...]:
    tree = clause.tree(field)
    if tree is None:
        return ()
    text = clause.fields[field].text
    tokens = [cast(Token, child) for child in tree.children if str(child) not in apart]
    found = [scope.find(str(token), kinds, place_of(text, token)) for token in tokens]
    return tuple(symbol.name for symbol in found if symbol is not None)


def _reading(typed: object) -> list[Sentence]:
    status = cast(Status, typed)
    name = Code(status.name)
    if status.holds_while is not None:
        condition = condition_words(status.holds_while)
        reading = [
            say("{name} holds as long as this is so: {condition}.", name=name, condition=condition)
        ]
    else:
        reading = [say("{name} begins and ends when a clause says so.", name=name)]
    reading += spread_words(per_party=status.per_party, group=status.group)
    if status.lingers is not None:
        reading.append(say("It goes on for {time} after that.", time=status.lingers))
    if status.lapses is not None:
        reading.append(say("It lapses after {time}.", time=status.lapses))
    if status.lapses_on is not None:
        day = date_of(status.lapses_on)
        reading.append(say("It lapses when {day} begins, and does not begin again.", day=day))
    if status.renewed_by:
        reading.append(say("{power} can renew it.", power=Code(status.renewed_by)))
    return reading + _further(status)


def _further(status: Status) -> list[Sentence]:
    reading = []
    if VOTING in status.stops:
        reading.append(say("Whoever it holds for has no vote."))
    if DRAWING in status.stops:
        reading.append(say("Whoever it holds for draws nothing."))
    stopped = [Code(name) for name in status.stops if name not in (VOTING, DRAWING)]
    if stopped:
        reading.append(say("While it holds, these do not apply: {clauses}.", clauses=stopped))
    if status.winds_down is not None:
        reading.append(
            say("What was begun under it stays valid for {time} after it.", time=status.winds_down)
        )
    if status.survives:
        clauses = [Code(name) for name in status.survives]
        reading.append(say("After its end these go on: {clauses}.", clauses=clauses))
    if status.scope:
        reading.append(say("It is limited to: {words}.", words=status.scope))
    return reading


KIND = Kind(
    name="status",
    summary=say("something that lasts, such as an emergency, a waiver, or being in force"),
    fields=(
        Field("while", "expr", say("the condition while which it holds")),
        Field(
            "lapses", "lapse", say("when it ends by itself: `after 90 days`, or `on 2036-01-01`")
        ),
        Field("lingers", "time", say("how long it goes on after its condition has ended")),
        Field("renewed by", "word", say("the power that renews it")),
        Field(
            "stops", "names", say("what it stops: clauses, `voting` or `drawing`, while it holds")
        ),
        Field("winds down", "time", say("how long what was begun under it stays valid after it")),
        Field("survives", "names", say("of `in_force`: the clauses that go on after its end")),
        Field("scope", None, say("what it is limited to, in words")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_spread=True,
    takes_many=True,
    example=(
        'status emergency "regional health emergency"\n'
        "  lapses: after 90 days\n  renewed by: declare"
    ),
)
