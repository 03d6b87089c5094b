# SPDX-License-Identifier: Apache-2.0
"""Terms in plain words: conditions as clauses of a sentence, amounts as nouns.

Whole phrases with phrases as their fields, so that every language keeps its own order. What stands
inside another phrase is bracketed where its reach could be mistaken. Nothing here is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable

from pratique.accord.terms.values import BOOL, PERCENT, UNORDERED, Term
from pratique.accord.words.amounts import money_words, percent_words, type_words, value_words
from pratique.accord.words.named import (
    Words,
    change_words,
    member_words,
    membership_words,
    named_words,
    own_words,
    party_words,
    pool_words,
    status_words,
    window_words,
)
from pratique.base.moment import date_of
from pratique.base.text import Bare, Code, Either, Sentence, say, say_count

__all__ = [
    "Words",
    "amount_words",
    "condition_words",
    "money_words",
    "party_words",
    "percent_words",
    "type_words",
    "value_words",
]

_BRACKETED = frozenset(
    {
        "and", "or", "not", "add", "sub", "mul", "div", "neg", "if", "for", "for_reports",
        "in_last", "dated", "method",
    }
)  # fmt: skip

_ANSWERS = frozenset({"choice"})
"""What is said of a thing, and no thing itself: it stands apart, without article."""


def condition_words(term: Term) -> Sentence:
    """Return a term in words: a condition as a clause, an amount as a noun."""
    words = _WORDS[term.op](term)
    return words if isinstance(words, Sentence) else say("{name}", name=words)


def amount_words(term: Term) -> Sentence:
    """Return an amount as a noun, bracketed where the sentence round it could be read into it."""
    return _inner(term) if term.op in ("if", "dated", "method") else condition_words(term)


def _inner(term: Term) -> Sentence:
    if term.op == "mul" and term.detail:
        return _inner(term.args[0])
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
    if term.type.kind in UNORDERED:
        name = Code(term.detail)
        return say("{name}", name=Bare(name) if term.type.kind in _ANSWERS else name)
    return value_words(term.value, term.type)


def _term(term: Term) -> Sentence:
    value = condition_words(term.args[0])
    return say("{name} ({value})", name=Code(term.name), value=value)


def _at(term: Term) -> Sentence:
    inner, party = term.args[0], party_words(term.detail, term.party)
    if inner.op == "builtin":
        return membership_words(inner.name, party)
    if term.type == BOOL:
        return say("in {party}, {condition}", party=party, condition=condition_words(inner))
    return say("{value} of {party}", value=_inner(inner), party=party)


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
    if term.args[1].type.kind in UNORDERED and relation in ("=", "!="):
        return _told_apart(left, right, same=relation == "=")
    return _ranked(left, right, relation)


def _ranked(left: Sentence, right: Sentence, relation: str) -> Sentence:
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


def _told_apart(left: Sentence, right: Sentence, *, same: bool) -> Sentence:
    if same:
        return say("{left} is {right}", left=left, right=right)
    return say("{left} is not {right}", left=left, right=right)


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
    if term.detail:  # only minor units of two currencies
        return condition_words(term.args[0])
    left, right = _each(term)
    if term.args[0].op == "number" and term.args[0].type == PERCENT and _is_plain(term.args[1]):
        return say("{share} of {amount}", share=left, amount=right)
    return say("{left} times {right}", left=left, right=right)


def _is_plain(term: Term) -> bool:
    return term.op in ("number", "term", "measure", "field")


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


def _quantified(term: Term) -> Sentence:
    if term.name:
        return _quantified_of(term, Bare(Code(term.name)))
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


def _quantified_of(term: Term, group: Bare) -> Sentence:
    inner = _inner(term.args[0])
    match term.op:
        case "any":
            return say("in at least one of {group}, {condition}", group=group, condition=inner)
        case "all":
            return say("in every one of {group}, {condition}", group=group, condition=inner)
        case "count":
            condition = condition_words(term.args[0])
            return say(
                "the number of {group} for which ({condition})", group=group, condition=condition
            )
        case "max":
            return say("the highest {value} of all {group}", value=inner, group=group)
        case "min":
            return say("the lowest {value} of all {group}", value=inner, group=group)
        case "mean":
            return say("the mean of {value} over all {group}", value=inner, group=group)
        case _:
            return say("the sum of {value} over all {group}", value=inner, group=group)


def _values(term: Term) -> Sentence:
    # Whoever is left out has nothing, and the whole list for its place.
    given = [arg for arg in term.args if arg.value or arg.span != term.span]
    values = [
        say("{value} of {party}", value=_number(arg), party=party_words(arg.detail, arg.party))
        for arg in given or term.args
    ]
    return say("{values}", values=values)


def _dated(term: Term) -> Sentence:
    first, *later = [_inner(arg) for arg in term.args]
    changes = [
        say("{value} from {day} on", value=value, day=date_of(day))
        for value, day in zip(later, term.dates, strict=True)
    ]
    return say("{first} at first, then {changes}", first=first, changes=changes)


def _method(term: Term) -> Sentence:
    name = Bare(Code(term.name))
    if not term.args:
        return say("what the method {method} gives", method=name)
    values = [_inner(arg) for arg in term.args]
    return say("what the method {method} makes of {values}", method=name, values=values)


def _fault(_: Term) -> Sentence:
    return say("something that could not be read")


_WORDS: dict[str, Callable[[Term], Words]] = {
    "number": _number,
    "term": _term,
    "measure": named_words,
    "at": _at,
    "status": status_words,
    "builtin": own_words,
    "pool": pool_words,
    "edge": change_words,
    "event": change_words,
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
    "window": window_words,
    "any": _quantified,
    "all": _quantified,
    "count": _quantified,
    "sum": _quantified,
    "max": _quantified,
    "min": _quantified,
    "mean": _quantified,
    "values": _values,
    "dated": _dated,
    "method": _method,
    "field": named_words,
    "member": member_words,
    "fault": _fault,
}
