# SPDX-License-Identifier: Apache-2.0
"""Terms in plain words: conditions as clauses of a sentence, amounts as nouns.

Whole phrases with phrases as their fields, so that every language keeps its own order. What stands
inside another phrase is bracketed where its reach could be mistaken. Nothing here is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from pratique.accord.terms.values import BOOL, Term, ValueType
from pratique.base.moment import date_of
from pratique.base.money import decimals
from pratique.base.text import Code, Either, Sentence, say, say_count

Words = Sentence | Code
_BRACKETED = frozenset(
    {"and", "or", "not", "add", "sub", "mul", "div", "neg", "if", "for", "for_reports", "in_last"}
)


_TYPES = {
    "yes or no": say("a yes or a no"),
    "number": say("a number"),
    "count": say("a count"),
    "percent": say("a percentage"),
    "duration": say("a time"),
    "months": say("a time in months or years"),
    "date": say("a date"),
    "event": say("an event"),
}


def type_words(type_: ValueType) -> Sentence:
    """Return a type as a noun: "a count", "an amount in USD"."""
    if type_.kind == "money":
        return say("an amount in {currency}", currency=type_.unit)
    return _TYPES.get(type_.kind) or say("something that could not be read")


def condition_words(term: Term) -> Sentence:
    """Return a term in words: a condition as a clause, an amount as a noun."""
    words = _WORDS[term.op](term)
    return words if isinstance(words, Sentence) else say("{name}", name=words)


def _inner(term: Term) -> Sentence:
    words = condition_words(term)
    match term.op:
        case "and":
            return say("(all of these: {conditions})", conditions=words)
        case "or":
            return say("(at least one of these: {conditions})", conditions=words)
        case op if op in _BRACKETED:
            return say("({phrase})", phrase=words)
    return words


def _each(term: Term) -> list[Sentence]:
    return [_inner(arg) for arg in term.args]


def _and(term: Term) -> Sentence:
    return say("{conditions}", conditions=[_joined(arg) for arg in term.args])


def _or(term: Term) -> Sentence:
    return say("{conditions}", conditions=Either(tuple(_joined(arg) for arg in term.args)))


def _joined(term: Term) -> Sentence:
    # "in every Party, …" would seem to reach over the rest of the list; "… does not hold" cannot.
    if term.op in ("any", "all") or (term.op == "at" and term.type == BOOL):
        return say("({phrase})", phrase=condition_words(term))
    return condition_words(term) if term.op == "not" else _inner(term)


def _number(term: Term) -> Sentence:
    if term.duration is not None:
        return say("{time}", time=term.duration)
    return value_words(term.value, term.type)


def value_words(value: Fraction, type_: ValueType) -> Sentence:
    """Return a value in words: money in minor units with its currency, shares in per cent."""
    match type_.kind:
        case "percent":
            return percent_words(value)
        case "money":
            return money_words(value, type_.unit)
        case "date":
            return say("{day}", day=date_of(int(value)))
    return say("{number}", number=_decimal(value))


def money_words(minor: Fraction, currency: str) -> Sentence:
    """Return an amount given in minor units: "USD 2,850,000"."""
    places = decimals(currency)
    amount = _decimal(minor / 10**places)
    if isinstance(amount, Decimal):
        amount = round(amount, places)
    return say("{currency} {amount}", currency=currency, amount=amount)


def _decimal(value: Fraction) -> int | Decimal:
    if value.denominator == 1:
        return int(value)
    return Decimal(value.numerator) / Decimal(value.denominator)


def percent_words(share: Fraction) -> Sentence:
    """Return a share as a percentage: "30 %"."""
    return say("{number} %", number=_decimal(share * 100))


def _term(term: Term) -> Sentence:
    value = condition_words(term.args[0])
    return say("{name} ({value})", name=Code(term.name), value=value)


def _named(term: Term) -> Code:
    return Code(term.name)


def _at(term: Term) -> Sentence:
    inner, party = term.args[0], party_words(term.detail, term.party)
    if inner.op == "builtin":
        return _membership(inner.name, party)
    if term.type == BOOL:
        return say("in {party}, {condition}", party=party, condition=condition_words(inner))
    return say("{value} of {party}", value=_inner(inner), party=party)


def party_words(name: str, index: int) -> Words:
    """Return a party by its name, or by its place where a term does not hold the name."""
    return Code(name) if name else say("Party no. {n}", n=index + 1)


def _status(term: Term) -> Sentence:
    return say("{name} holds", name=Code(term.name))


def _builtin(term: Term) -> Sentence:
    return _membership(term.name, say("the Party"))


def _membership(name: str, party: Words) -> Sentence:
    match name:
        case "ratified":
            return say("{party} has ratified the accord", party=party)
        case "signed":
            return say("{party} has signed the accord", party=party)
        case _:
            return say("{party} has left the accord", party=party)


def _pool(term: Term) -> Sentence:
    pool = Code(term.name)
    match term.detail:
        case "received":
            return say("what {pool} has received", pool=pool)
        case "committed":
            return say("what {pool} has committed", pool=pool)
        case "paid":
            return say("what {pool} has paid out", pool=pool)
        case _:
            return say("what is available in {pool}", pool=pool)


def _change(term: Term) -> Sentence:
    name = Code(term.name)
    match term.detail:
        case "starts":
            return say("{name} has started", name=name)
        case "ends":
            return say("{name} has ended", name=name)
        case "done":
            return say("{name} has been done", name=name)
        case "missed":
            return say("{name} has been missed", name=name)
        case "used":
            return say("{name} has been used", name=name)
        case "refused":
            return say("{name} has been refused", name=name)
        case "opened":
            return say("{name} has been opened", name=name)
        case _:
            return say("{name} has happened", name=name)


def _known(term: Term) -> Sentence:
    return say("{value} is known", value=condition_words(term.args[0]))


def _not(term: Term) -> Sentence:
    inner = term.args[0]
    if inner.op == "status":
        return say("{name} does not hold", name=Code(inner.name))
    if inner.op == "known":
        return say("{value} is not known", value=condition_words(inner.args[0]))
    if inner.op == "compare":
        return _compared(inner, _OPPOSITE[inner.detail])
    return say("it is not the case that {condition}", condition=_inner(inner))


_OPPOSITE = {">": "not >", ">=": "not >=", "<": "not <", "<=": "not <=", "=": "!=", "!=": "="}


def _compare(term: Term) -> Sentence:
    return _compared(term, term.detail)


def _compared(term: Term, relation: str) -> Sentence:
    left, right = _each(term)
    match relation:
        case ">":
            return say("{left} is above {right}", left=left, right=right)
        case ">=":
            return say("{left} is at least {right}", left=left, right=right)
        case "<":
            return say("{left} is below {right}", left=left, right=right)
        case "<=":
            return say("{left} is at most {right}", left=left, right=right)
        case "=":
            return say("{left} is equal to {right}", left=left, right=right)
        case "!=":
            return say("{left} differs from {right}", left=left, right=right)
        case "not >":
            return say("{left} is not above {right}", left=left, right=right)
        case "not >=":
            return say("{left} is not at least {right}", left=left, right=right)
        case "not <":
            return say("{left} is not below {right}", left=left, right=right)
        case _:
            return say("{left} is not at most {right}", left=left, right=right)


def _range(term: Term) -> Sentence:
    value, low, high = _each(term)
    return say("{value} is from {low} to {high}", value=value, low=low, high=high)


def _add(term: Term) -> Sentence:
    left, right = _each(term)
    return say("{left} plus {right}", left=left, right=right)


def _sub(term: Term) -> Sentence:
    left, right = _each(term)
    return say("{left} minus {right}", left=left, right=right)


def _mul(term: Term) -> Sentence:
    left, right = _each(term)
    return say("{left} times {right}", left=left, right=right)


def _div(term: Term) -> Sentence:
    left, right = _each(term)
    return say("{left} divided by {right}", left=left, right=right)


def _neg(term: Term) -> Sentence:
    return say("minus {value}", value=_inner(term.args[0]))


def _if(term: Term) -> Sentence:
    condition, yes, no = _each(term)
    return say("{yes} if {condition}, otherwise {no}", yes=yes, condition=condition, no=no)


def _for(term: Term) -> Sentence:
    return say("{condition} for {time}", condition=_inner(term.args[0]), time=term.duration)


def _for_reports(term: Term) -> Sentence:
    return say_count(
        "{condition} in {n} report",
        "{condition} in {n} reports in a row",
        n=term.reports,
        condition=_inner(term.args[0]),
    )


def _in_last(term: Term) -> Sentence:
    inner, time = term.args[0], term.duration
    condition = _inner(inner)
    if inner.op in ("edge", "event"):
        return say("{change} in the last {time}", change=condition, time=time)
    return say("{condition} at some time in the last {time}", condition=condition, time=time)


def _window(term: Term) -> Sentence:
    name, time = Code(term.name), term.duration
    match term.detail:
        case "mean":
            return say("the mean of {name} over {time}", name=name, time=time)
        case "max":
            return say("the highest value of {name} over {time}", name=name, time=time)
        case "min":
            return say("the lowest value of {name} over {time}", name=name, time=time)
        case "change":
            return say("the change of {name} over {time}", name=name, time=time)
        case _:
            return say("the sum of {name} over {time}", name=name, time=time)


def _quantified(term: Term) -> Sentence:
    inner = _inner(term.args[0])
    match term.op:
        case "any":
            return say("in at least one Party, {condition}", condition=inner)
        case "all":
            return say("in every Party, {condition}", condition=inner)
        case "count":
            return say(
                "the number of Parties for which ({condition})",
                condition=condition_words(term.args[0]),
            )
        case "max":
            return say("the highest {value} of all Parties", value=inner)
        case "min":
            return say("the lowest {value} of all Parties", value=inner)
        case "mean":
            return say("the mean of {value} over all Parties", value=inner)
        case _:
            return say("the sum of {value} over all Parties", value=inner)


def _fault(_: Term) -> Sentence:
    return say("something that could not be read")


_WORDS: dict[str, Callable[[Term], Words]] = {
    "number": _number,
    "term": _term,
    "measure": _named,
    "at": _at,
    "status": _status,
    "builtin": _builtin,
    "pool": _pool,
    "edge": _change,
    "event": _change,
    "known": _known,
    "and": _and,
    "or": _or,
    "not": _not,
    "compare": _compare,
    "range": _range,
    "add": _add,
    "sub": _sub,
    "mul": _mul,
    "div": _div,
    "neg": _neg,
    "if": _if,
    "for": _for,
    "for_reports": _for_reports,
    "in_last": _in_last,
    "window": _window,
    "any": _quantified,
    "all": _quantified,
    "count": _quantified,
    "sum": _quantified,
    "max": _quantified,
    "min": _quantified,
    "mean": _quantified,
    "fault": _fault,
}
