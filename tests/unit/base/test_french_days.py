# SPDX-License-Identifier: Apache-2.0
"""Dates in French: the first day of a month is `1er`, every other a plain number."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pratique.base.numerals import date_words
from pratique.base.text import render, say, words


@pytest.mark.parametrize("language", ["fr", "fr-SN", "fr-CA"])
@pytest.mark.parametrize(
    ("day", "french"),
    [
        (date(2014, 10, 1), "1er octobre 2014"),
        (date(2014, 10, 2), "2 octobre 2014"),
        (date(2014, 10, 11), "11 octobre 2014"),
        (date(2021, 1, 21), "21 janvier 2021"),
        (date(2014, 8, 31), "31 août 2014"),
        (date(1, 1, 1), "1er janvier 1"),
    ],
)
def test_the_first_of_a_month_is_named_in_french(day: date, french: str, language: str) -> None:
    assert date_words(day, language) == french


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1 October 2014"), ("de", "1. Oktober 2014"), ("es", "1 de octubre de 2014")],
)
def test_other_languages_are_left_as_they_are(language: str, said: str) -> None:
    assert date_words(date(2014, 10, 1), language) == said


def test_moments_and_sentences_have_it_too() -> None:
    assert words(datetime(2014, 10, 1, 6, 10, tzinfo=UTC), "fr").startswith("1er octobre 2014")
    assert render(say("{day}, {hour} {zone}", day=date(2014, 10, 1), hour=1, zone="UTC"), "fr") == (
        "1er octobre 2014, 1 UTC"
    )
