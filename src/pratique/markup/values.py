# SPDX-License-Identifier: Apache-2.0
"""What a report's sentences hold besides words and numbers: names from an accord, moments, money.

Each is a plain value; `markup` turns it into escaped HTML. None of them holds HTML itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from pratique.base.moment import Moment
from pratique.base.money import decimals
from pratique.base.numerals import is_english, number_words


@dataclass(frozen=True, slots=True)
class Named:
    """A text of the accord, in the accord's own language."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text of history or of a person, in a language not known here."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Mono:
    """Machine text: a digest, a command, a file."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment; midnight, as a deadline, is the end of the day before (`ends`)."""

    moment: Moment
    ends: bool = False


@dataclass(frozen=True, slots=True)
class OnDay:
    """The day in which a moment falls."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Amount:
    """So many whole units: of a currency's minor unit, or (no currency) of countable things."""

    units: int
    currency: str


@dataclass(frozen=True, slots=True)
class Shape:
    """How a debt ended: a word with its shape, boxed as its meaning is everywhere."""

    meaning: str
    shape: str
    words: object


def amount_words(amount: Amount, language: str) -> str:
    """Return an amount as a language writes it: "USD 9,500,000", "9 500 000 USD"."""
    if not amount.currency:
        return number_words(amount.units, language)
    from babel import Locale

    locale = Locale.parse("en" if is_english(language) else language.replace("-", "_"))
    pattern = locale.currency_formats["standard"].pattern
    places = decimals(amount.currency)
    whole, _, rest = pattern.partition(".")
    kept = pattern if amount.units % 10**places else whole + rest.lstrip("0")
    # The code stands apart from the digits, also where a sign would not.
    spaced = kept.replace("¤#", "¤\u00a0#").replace("0¤", "0\u00a0¤").replace("¤", "¤¤")
    return _formatted(amount, spaced, locale)


def _formatted(amount: Amount, pattern: str, locale: object) -> str:
    from decimal import Decimal

    from babel.numbers import format_currency

    value = Decimal(amount.units).scaleb(-decimals(amount.currency))
    return format_currency(
        value, amount.currency, pattern, locale=str(locale), currency_digits=False
    )
