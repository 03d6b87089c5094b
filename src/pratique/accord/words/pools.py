# SPDX-License-Identifier: Apache-2.0
"""What a pool is made of in plain words: what comes in, what limits and divides what goes out.

Whole phrases with phrases as their fields, so that every language keeps its own order.
"""

from __future__ import annotations

from fractions import Fraction

from pratique.accord.fields.pools import Cap, Floor, Keep, Stream
from pratique.accord.terms.values import Term, ValueType
from pratique.accord.words.phrases import (
    amount_words,
    condition_words,
    percent_words,
    value_words,
)
from pratique.base.moment import date_of
from pratique.base.text import Bare, Code, Sentence, say


def holding_words(name: str, type_: ValueType) -> Sentence:
    """Return what a pool holds, as a whole sentence."""
    pool = Code(name)
    if type_.kind == "money":
        return say(
            "{pool} is money in {currency}, held jointly by the Parties.",
            pool=pool,
            currency=type_.unit,
        )
    return say("{pool} is a stock of things, held jointly by the Parties.", pool=pool)


def stream_words(stream: Stream, type_: ValueType) -> list[Sentence]:
    """Return what comes into a pool by a stream, whence and by when, as whole sentences."""
    if stream.key is None and not stream.dues:
        return [say("What is given to it comes in as it moves.")]
    reading = [_income(stream, type_)]
    if stream.begins is not None:
        reading.append(say("This begins on {day}.", day=date_of(stream.begins)))
    if stream.within is not None:
        reading.append(say("A contribution is due within {time}.", time=stream.within))
    return reading


def _income(stream: Stream, type_: ValueType) -> Sentence:
    whole = value_words(Fraction(stream.whole), type_)
    if stream.key is not None:
        key = condition_words(stream.key)
        match _spell(stream):
            case "years":
                return say("{whole} a year is shared in proportion to {key}.", whole=whole, key=key)
            case "months":
                return say(
                    "{whole} a month is shared in proportion to {key}.", whole=whole, key=key
                )
            case _:
                return say("{whole} is shared once, in proportion to {key}.", whole=whole, key=key)
    parts = [_part(who, Fraction(due), type_) for who, due in stream.dues]
    match _spell(stream):
        case "years":
            return say("{whole} a year is owed to it: {parts}.", whole=whole, parts=parts)
        case "months":
            return say("{whole} a month is owed to it: {parts}.", whole=whole, parts=parts)
        case _:
            return say("{whole} is owed to it once: {parts}.", whole=whole, parts=parts)


def _spell(stream: Stream) -> str:
    return stream.every.unit if stream.every is not None else ""


def _part(who: str, amount: Fraction, type_: ValueType) -> Sentence:
    return say("{amount} by {who}", amount=value_words(amount, type_), who=Code(who))


def cap_words(cap: Cap) -> Sentence:
    """Return a cap as a whole sentence."""
    most, time = amount_words(cap.most), cap.within
    if cap.is_share:
        return _share_cap(cap, most)
    if cap.to_one:
        if time is None:
            return say("No Party gets more than {most} in all.", most=most)
        return say("No Party gets more than {most} in {time}.", most=most, time=time)
    if time is None:
        return say("It gives no more than {most} in all.", most=most)
    return say("It gives no more than {most} in {time}.", most=most, time=time)


def _share_cap(cap: Cap, most: Sentence) -> Sentence:
    time = cap.within
    if cap.to_one:
        if time is None:
            return say("No Party gets more than {most} of what is available at a time.", most=most)
        return say(
            "No Party gets more than {most} of what is available in {time}.", most=most, time=time
        )
    if time is None:
        return say("It gives no more than {most} of what is available at a time.", most=most)
    return say("It gives no more than {most} of what is available in {time}.", most=most, time=time)


def floor_words(floor: Floor) -> Sentence:
    """Return a floor as a whole sentence."""
    share, whom = percent_words(floor.share), Code(floor.to)
    if floor.for_people:
        return say("At least {share} of every grant is for {whom}.", share=share, whom=whom)
    return say(
        "At least {share} of what it gives goes to {whom}, as far as they ask.",
        share=share,
        whom=whom,
    )


def keep_words(keep: Keep) -> Sentence:
    """Return what is kept back as a whole sentence."""
    amount = amount_words(keep.amount)
    if not keep.clauses:
        return say("It keeps back {amount}.", amount=amount)
    clauses = [Code(name) for name in keep.clauses]
    return say("It keeps back {amount} for {clauses}.", amount=amount, clauses=clauses)


def sharing_words(weights: Term | None, divider: str) -> list[Sentence]:
    """Return how a pool is divided that is short; nothing where it is in proportion to the asks."""
    if divider and weights is not None:
        return [
            say(
                "If it cannot meet all, it is divided by the method {method}, by {weights}.",
                method=Bare(Code(divider)),
                weights=condition_words(weights),
            )
        ]
    if divider:
        method = Bare(Code(divider))
        return [say("If it cannot meet all, it is divided by the method {method}.", method=method)]
    if weights is None:
        return []
    words = condition_words(weights)
    return [say("It is divided in proportion to {weights}.", weights=words)]


def rounding_words(unit: int, type_: ValueType) -> Sentence:
    """Return how amounts are rounded, as a whole sentence."""
    amount = value_words(Fraction(unit), type_)
    return say("What it gives is rounded down to a multiple of {amount}.", amount=amount)
