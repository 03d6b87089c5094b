# SPDX-License-Identifier: Apache-2.0
"""Numbers, dates and lists in the writing of a language: "40,000", "16 juillet 2014", "a, b et c".

English is written here without Babel, so that the commands start quickly; every other language is
Babel's (CLDR). Words that stand in a sentence belong in the catalogue, not here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

Joint = Literal["and", "or"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def is_english(language: str) -> bool:
    """Say whether a language is written as English writes numbers and dates (pseudo ones are)."""
    return language.partition("-")[0] in ("en", "qps")


def number_words(value: int | Decimal, language: str) -> str:
    """Return a number grouped as the language groups it, with every decimal it was given with."""
    if is_english(language) or (isinstance(value, Decimal) and not value.is_finite()):
        return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    from babel import Locale
    from babel.numbers import format_decimal

    locale = Locale.parse(_babel_tag(language))
    whole = locale.decimal_formats[None].pattern.partition(".")[0]
    pattern = f"{whole}.{'0' * _decimals(value)}"
    return format_decimal(value, pattern, locale, decimal_quantization=False)


def date_words(day: date, language: str) -> str:
    """Return a date in words: "16 July 2014", "16 juillet 2014", "1er octobre 2014"."""
    if is_english(language):
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    from babel.dates import format_date

    said = format_date(day, format="long", locale=_babel_tag(language))
    # CLDR counts the first day too; French names it, wherever it is spoken.
    if day.day == 1 and language.partition("-")[0] == "fr":
        return said.replace("1 ", "1er ", 1)
    return said


def list_words(items: Sequence[str], joint: Joint, language: str) -> str:
    """Return items joined as the language joins them: "a, b and c", "a, b ou c"."""
    if is_english(language):
        head, tail = ", ".join(items[:-1]), "".join(items[-1:])
        return f"{head} {joint} {tail}" if head else tail
    from babel.lists import format_list

    style: Literal["standard", "or"] = "standard" if joint == "and" else "or"
    return format_list(items, style=style, locale=_babel_tag(language))


def is_right_to_left(language: str) -> bool:
    """Say whether a language is written from right to left."""
    if is_english(language):
        return False
    from babel import Locale

    return Locale.parse(_babel_tag(language)).text_direction == "rtl"


def _decimals(value: int | Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0


def _babel_tag(language: str) -> str:
    return language.replace("-", "_")
