# SPDX-License-Identifier: Apache-2.0
"""Translations into languages that are not read: numbers in digits alone are compared."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pratique.accord.check import Checked, check
from pratique.accord.check.catalogue.examples import NOTIFY, NOTIFY_WORDS, accord_with, french_with
from pratique.accord.quantities import Quantity, is_read, quantities
from pratique.accord.quantities.digits import Digits
from pratique.base.moment import day_from_iso
from pratique.base.text import render

SPANISH = "Cada Parte notifica todo brote inusual en un plazo de {time}."


def in_language(language: str, words: str, *, first: str = NOTIFY_WORDS) -> Checked:
    return check(accord_with(first, NOTIFY), translations={language: french_with(words)})


def test_english_and_french_alone_are_read() -> None:
    assert [is_read(one) for one in ("en", "fr", "fr-SN", "EN-gb", "es", "ar", "pt-BR")] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["es", "ar", "ru", "qu"])
@pytest.mark.parametrize("time", ["24 horas", "veinticuatro (24) horas", "1 día", "٢٤ ساعة"])
def test_a_figure_in_digits_is_found_whatever_its_unit(language: str, time: str) -> None:
    assert in_language(language, SPANISH.format(time=time)).findings == ()


def test_other_digits_are_warned_about_and_what_is_not_compared_is_said() -> None:
    (finding,) = in_language("es", SPANISH.format(time="48 horas")).findings
    assert finding.code == "W304"
    assert render(finding.sentence) == "paragraph 2.1 in es does not say `24 hours`"
    assert finding.note is not None
    assert render(finding.note) == (
        "there it is on line 12; of a text in es only numbers in digits are compared,"
        " not their units and no number in words"
    )
    assert "en chiffres" in render(finding.note, "fr")


def test_what_the_first_text_has_in_words_may_be_words_elsewhere() -> None:
    words = NOTIFY_WORDS.replace("24", "twenty-four")
    assert words != NOTIFY_WORDS
    assert in_language("es", SPANISH.format(time="48 horas"), first=words).findings == ()


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        ("1.250.000 euros", "EUR 1,250,000"),
        ("1 250 000 €", "EUR 1.25 million"),
        ("1,25 millones", "EUR 1.25 million"),
        ("12,50,000 rupias", "INR 1,250,000"),
        ("el 40 %", "40 per cent"),
        ("2/3 de las Partes", "two thirds"),
        ("12 meses", "one year"),
        ("48 horas", "2 days"),
        ("5 de mayo de 2027", "5 May 2027"),
        ("primero de mayo de 2027", "1 May 2027"),
        ("0,5 grados", "0.5 of the"),
    ],
)
def test_digits_may_mean_a_quantity(prose: str, words: str) -> None:
    (quantity,) = quantities(words)
    assert Digits(prose).has(quantity)
    assert not Digits("nada").has(quantity)
    assert not Digits("777").has(quantity)


def test_a_date_needs_its_day_and_its_year() -> None:
    day = Quantity("date", Fraction(day_from_iso("2027-05-05")), "", 0, 0, "")
    assert not Digits("5 de mayo de 2028").has(day)
    assert not Digits("6 de mayo de 2027").has(day)


def test_no_run_of_digits_stops_it() -> None:
    seven = Quantity("number", Fraction(7), "", 0, 0, "")
    assert Digits("9" * 10_000 + " 7").has(seven)
    assert Digits("7 " * 10_000).has(seven)
    assert not Digits("9" * 10_000).has(seven)
