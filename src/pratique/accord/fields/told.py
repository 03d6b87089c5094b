# SPDX-License-Identifier: Apache-2.0
"""What a worked case or a story tells: figures, events, votes, acts, each on its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from lark import Token, Tree

from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.literals import literal
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import ANY, COUNT, NUMBER, ValueType
from pratique.accord.words.phrases import type_words
from pratique.base.finding import Span
from pratique.base.moment import day_from_iso
from pratique.base.money import decimals
from pratique.base.text import say

LONGEST = 3_700
"""Days that a case may run over: ten years."""
PEOPLE = ("party", "body", "people")


@dataclass(frozen=True, slots=True)
class Given:
    """One thing given. Forms: level, event, status, vote, silent, use, done, opened, signed,
    ratified, left.

    `name` is the measure, status, power, duty or procedure, `step` the procedure's step; `who` the
    office; `value` None is unknown; `answers` are as acts write them (an amount of a pool in whole
    units); days count from 1, `until` 0 is the end of the case.
    """

    form: str
    span: Span
    name: str = ""
    party: int = -1
    who: str = ""
    value: Fraction | None = None
    ballot: str = ""
    weekly: bool = False
    day: int = 0
    until: int = 0
    step: str = ""
    answers: tuple[tuple[str, str | int], ...] = ()


def given_of(tree: Syntax, text: Text, scope: Scope) -> Given | None:
    """Return what one statement of `given` tells, or None with a finding."""
    days = [day_of(child, text, scope) for child in tree.children if _is(child, "day")]
    given = Given(str(tree.data).removeprefix("given_"), text.span)
    given = replace(given, day=days[0] if days else 0, until=days[1] if len(days) > 1 else 0)
    reader = _Reader(tree, text, scope)
    match given.form:
        case "level":
            return reader.level(given)
        case "event":
            return reader.placed(given, "measure")
        case "status":
            return reader.placed(given, "status")
        case "done":
            return reader.done(given)
        case "opened":
            return reader.opened(given)
        case "vote":
            return reader.vote(given)
        case "use":
            return reader.use(given)
        case "consent":
            form = _CONSENTS[str(tree.children[1])]
            return reader.by_someone(replace(given, form=form), ("party",))
    return reader.by_someone(given, ("party", "body"))


_CONSENTS = {"ratifies": "ratified", "signs": "signed", "withdraws": "left"}


def _is(child: object, form: str) -> bool:
    return isinstance(child, Tree) and child.data == form


@dataclass(frozen=True, slots=True)
class _Reader:
    """One statement being read."""

    tree: Syntax
    text: Text
    scope: Scope

    def token(self, place: int) -> Token | None:
        child = self.tree.children[place] if place < len(self.tree.children) else None
        return child if isinstance(child, Token) else None

    def known(self, place: int, kinds: tuple[str, ...]) -> Symbol | None:
        token = self.token(place)
        return known(token, kinds, self.text, self.scope) if token is not None else None

    def party(self, place: int) -> int:
        token = self.token(place)
        if token is None:
            return -1
        return self.scope.party_index(str(token), place_of(self.text, token))

    def by_someone(self, given: Given, kinds: tuple[str, ...]) -> Given | None:
        symbol = self.known(0, kinds)
        return replace(given, who=symbol.name) if symbol else None

    def placed(self, given: Given, kind: str) -> Given | None:
        symbol = self.known(0, (kind,))
        return replace(given, name=symbol.name, party=self.party(1)) if symbol else None

    def vote(self, given: Given) -> Given | None:
        someone = self.by_someone(given, ("party", "body"))
        if someone is None:
            return None
        ballot = next(str(c) for c in self.tree.children if _token_of(c, "BALLOT"))
        on = next((c for c in self.tree.children[1:] if _token_of(c, "NAME")), None)
        power = ""
        if on is not None:
            symbol = known(cast(Token, on), ("power",), self.text, self.scope)
            if symbol is None:
                return None
            power = symbol.name
        return replace(someone, name=power, ballot=ballot)

    def use(self, given: Given) -> Given | None:
        someone, power = self.by_someone(given, PEOPLE), self.known(1, ("power",))
        if someone is None or power is None:
            return None
        said = self.answers({"amount": None}, whole=True)
        return replace(someone, name=power.name, party=self.party(2), answers=said)

    def done(self, given: Given) -> Given | None:
        of = self.token(1)
        symbol = self.scope.symbols.get(str(of)) if of is not None else None
        who = self.known(2, PEOPLE) if self.token(2) is not None else None
        given = replace(given, who=who.name if who is not None else "", party=self.party(3))
        if symbol is not None and symbol.parts:
            return self.step_done(given, symbol)
        if of is not None and symbol is None:
            self.known(1, ("procedure",))
            return None
        duty = self.known(0, ("duty",))
        at = self.party(1) if of is not None else given.party
        return replace(given, name=duty.name, party=at) if duty else None

    def step_done(self, given: Given, procedure: Symbol) -> Given | None:
        step = cast(Token, self.token(0))
        self.scope.used.add(procedure.name)
        if step_known(step, procedure, self.text, self.scope, kinds=("step", "revocation")):
            answers = self.answers(procedure.fields)
            return replace(given, name=procedure.name, step=str(step), answers=answers)
        return None

    def opened(self, given: Given) -> Given | None:
        procedure = self.known(0, ("procedure",))
        anyone = str(self.token(1)) == "anyone"
        who = self.known(1, PEOPLE) if not anyone else None
        if procedure is None or (who is None and not anyone):
            return None
        at, name = self.party(2), who.name if who is not None else ""
        if at < 0 and name in self.scope.parties:
            at = self.scope.parties.index(name)
        answers = self.answers(procedure.fields)
        return replace(given, name=procedure.name, who=name, party=at, answers=answers)

    def answers(
        self, fields: Mapping[str, object], *, whole: bool = False
    ) -> tuple[tuple[str, str | int], ...]:
        listed = next((child for child in self.tree.children if _is(child, "answers")), None)
        found = []
        for answer in cast(Syntax, listed).children if listed is not None else ():
            name, value = cast("tuple[Token, Syntax | Token]", cast(Syntax, answer).children)
            if str(name) not in fields:
                sentence = say("this case gives `{name}`, which is not asked for", name=name)
                help_ = say("asked for: {names}", names=", ".join(fields) or "—")
                self.scope.report("E205", sentence, place_of(self.text, name), help_)
                continue
            minor = whole and isinstance(value, Tree)
            said = int(literal(cast(Syntax, value)).value) if minor else written(value)
            found.append((str(name), said))
        return tuple(found)

    def level(self, given: Given) -> Given | None:
        name, _, value, weekly = self.tree.children[:4]
        symbol = self.known(0, ("measure",))
        if symbol is None:
            return None
        term = literal(value) if isinstance(value, Tree) else None
        if term and not _fits(term.type, symbol.type):
            kind, other = type_words(symbol.type), type_words(term.type)
            sentence = say("`{name}` is {type}; this is {other}", name=name, type=kind, other=other)
            place = place_of(self.text, cast(Syntax, value))
            self.scope.report("E400", sentence, place, say("give it in the measure's own unit"))
            return None
        return replace(
            given,
            name=symbol.name,
            party=self.party(1),
            value=term.value if term else None,
            weekly=weekly is not None,
        )


def _token_of(child: object, kind: str) -> bool:
    return isinstance(child, Token) and child.type == kind


def _fits(given: ValueType, wanted: ValueType) -> bool:
    if wanted.kind == "rate" and given in (COUNT, NUMBER):
        return True
    return given in (wanted, ANY) or (given.is_numeric and wanted == NUMBER)


def written(value: Syntax | Token) -> str | int:
    """Return an answer as acts write it: money in units of its currency, shares in per cent."""
    if isinstance(value, Token):
        return str(value).strip('"')
    term = literal(value)
    match term.type.kind:
        case "percent":
            return _plain(term.value * 100)
        case "money":
            return _plain(term.value / 10 ** decimals(term.type.unit))
    return _plain(term.value)


def _plain(value: Fraction) -> str | int:
    if value.denominator == 1:
        return int(value)
    return f"{float(value):.9f}".rstrip("0")


def day_of(tree: object, text: Text, scope: Scope) -> int:
    """Return the number of a day, given as `day N` or as a date; one outside the case is E103."""
    if not isinstance(tree, Tree):
        return 0
    word = cast(Token, tree.children[0])
    number = _dated(word, scope) if word.type == "DATE" else Fraction(str(word))
    if number.denominator == 1 and 1 <= number <= LONGEST:
        return int(number)
    sentence = say("a case runs over days 1 to {last}", last=LONGEST)
    scope.report("E103", sentence, place_of(text, tree), say("give a whole day"))
    return 1


def _dated(word: Token, scope: Scope) -> Fraction:
    try:
        return Fraction(day_from_iso(str(word)) - scope.first_day + 1)
    except ValueError:
        return Fraction(0)


def known(token: Token, kinds: tuple[str, ...], text: Text, scope: Scope) -> Symbol | None:
    """Return what a name stands for; one that the accord does not define is E205."""
    name = str(token)
    if name in scope.symbols:
        return scope.find(name, kinds, place_of(text, token))
    near = scope.suggestion(name, kinds)
    sentence = say("this case speaks of `{name}`, which the accord does not define", name=name)
    scope.report("E205", sentence, place_of(text, token), near)
    return None


def step_known(
    token: Token, procedure: Symbol, text: Text, scope: Scope, *, kinds: tuple[str, ...]
) -> bool:
    """Say whether a procedure has such a step (or end); another name is E205."""
    if procedure.parts.get(str(token)) in kinds:
        return True
    names = [name for name, kind in procedure.parts.items() if kind in kinds]
    sentence = say("`{name}` has no step `{part}`", name=procedure.name, part=token)
    help_ = say("it has: {names}", names=", ".join(names) or "—")
    scope.report("E205", sentence, place_of(text, token), help_)
    return False
