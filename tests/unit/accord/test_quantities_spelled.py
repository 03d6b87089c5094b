# SPDX-License-Identifier: Apache-2.0
"""Every number from 0 to 9999 in words is read as its figures are, in both languages.

The speller is the tests' own: the code under test reads words with a library.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from pratique.accord.quantities import quantities, same

EN_ONES = str.split("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen
""")
EN_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
EN_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
FR_ONES = str.split("""
    zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze
    seize dix-sept dix-huit dix-neuf
""")
FR_TENS = str.split("""
    - - vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt
""")


def english(number: int) -> str:
    if number < 20:
        return EN_ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return EN_TENS[tens] + (f"-{EN_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{EN_ONES[hundreds]} hundred" + (f" and {english(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    joint = " and " if rest < 100 else " "
    return f"{english(thousands)} thousand" + (joint + english(rest) if rest else "")


def english_ordinal(number: int) -> str:
    head, mark, last = english(number).rpartition("-")
    if mark == "":
        head, mark, last = last.rpartition(" ")
    if last in EN_ORDINALS:
        last = EN_ORDINALS[last]
    else:
        last = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return head + mark + last


def french(number: int) -> str:
    if number < 20:
        return FR_ONES[number]
    if number < 100:
        return french_tens(number)
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        head = "cent" if hundreds == 1 else f"{FR_ONES[hundreds]} cent"
        return f"{head} {french(rest)}" if rest else head + "s" * (hundreds > 1)
    thousands, rest = divmod(number, 1000)
    head = "mille" if thousands == 1 else f"{french(thousands)} mille"
    return f"{head} {french(rest)}" if rest else head


def french_tens(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens in (7, 9):
        ones += 10
    if ones == 0:
        return FR_TENS[tens] + "s" * (number == 80)
    joint = " et " if ones in (1, 11) and tens < 8 else "-"
    return FR_TENS[tens] + joint + FR_ONES[ones]


def french_new(number: int) -> str:
    """Return the spelling of 1990, with hyphens everywhere."""
    return french(number).replace(" ", "-")


def misread(spell: Callable[[int], str], language: str, numbers: range) -> list[str]:
    unit = {"en": "days", "fr": "jours"}[language]
    wrong = []
    for number in numbers:
        found = quantities(f"{spell(number)} {unit}", language)
        figures = quantities(f"{number} {unit}", language)
        if [q.value for q in found] != [number] or not same(found[0], figures[0]):
            wrong.append(spell(number))
    return wrong


@pytest.mark.parametrize(
    ("spell", "language"), [(english, "en"), (french, "fr"), (french_new, "fr")]
)
def test_words_and_figures_are_one_number(spell: Callable[[int], str], language: str) -> None:
    assert misread(spell, language, range(10_000)) == []


def test_words_in_capitals_are_read() -> None:
    assert misread(lambda n: english(n).upper(), "en", range(0, 10_000, 37)) == []
    assert misread(lambda n: french(n).upper(), "fr", range(0, 10_000, 37)) == []


def test_english_ordinals_are_read_from_second_on() -> None:
    wrong = [
        number
        for number in range(2, 1000)
        if [q.value for q in quantities(f"the {english_ordinal(number)} ratification")] != [number]
    ]
    assert wrong == []


def test_a_pair_of_words_and_figures_is_one_quantity() -> None:
    for number in range(2, 1000):
        (quantity,) = quantities(f"within {english(number)} ({number}) days of it")
        assert quantity.value == Fraction(number)
        assert quantity.text == f"{english(number)} ({number}) days"
