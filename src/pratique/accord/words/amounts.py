# SPDX-License-Identifier: Apache-2.0
"""Types and values in plain words: "an amount in USD", "30 %", "16 July 2014"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pratique.accord.terms.values import ValueType
from pratique.base.moment import date_of
from pratique.base.money import decimals
from pratique.base.text import Sentence, say

_TYPES = {
    "yes or no": say("a yes or a no"),
    "number": say("a number"),
    "count": say("a count"),
    "percent": say("a percentage"),
    "duration": say("a time"),
    "months": say("a time in months or years"),
    "date": say("a date"),
    "event": say("an event"),
    "rate": say("a rate of exchange"),
    "party": say("a Party"),
    "choice": say("one of several choices"),
}


def type_words(type_: ValueType) -> Sentence:
    """Return a type as a noun: "a count", "an amount in USD"."""
    if type_.kind == "money":
        return say("an amount in {currency}", currency=type_.unit)
    if type_.kind == "rate" and type_.unit:
        of, _, per = type_.unit.partition(" per ")
        return say("a rate in {of} per {per}", of=of, per=per)
    return _TYPES.get(type_.kind) or say("something that could not be read")


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
