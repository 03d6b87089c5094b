# SPDX-License-Identifier: Apache-2.0
"""Quantities in prose: two tables of phrases, what is equal to what, and hostile prose.

A row of `data/quantities/*.csv` reads: phrase, then `kind:value:unit;…` in order of place.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.accord.quantities import Quantity, quantities, same
from pratique.base.moment import day_from_iso, iso_day

TABLES = Path(__file__).parents[2] / "data" / "quantities"
LANGUAGES = ("en", "fr")


def rows(language: str) -> list[tuple[str, str]]:
    with (TABLES / f"{language}.csv").open(encoding="utf-8", newline="") as table:
        return [(row["phrase"], row["quantities"]) for row in csv.DictReader(table)]


def written(quantity: Quantity) -> str:
    value = str(quantity.value)
    if quantity.kind == "date":
        value = iso_day(int(quantity.value))
    return f"{quantity.kind}:{value}:{quantity.unit}"


@pytest.mark.parametrize(
    ("language", "phrase", "expected"),
    [(language, *row) for language in LANGUAGES for row in rows(language)],
)
def test_a_phrase_of_the_table_is_read(language: str, phrase: str, expected: str) -> None:
    assert ";".join(map(written, quantities(phrase, language))) == expected


@pytest.mark.parametrize(("language", "least", "empty"), [("en", 120, 25), ("fr", 100, 25)])
def test_the_tables_are_large_enough(language: str, least: int, empty: int) -> None:
    table = rows(language)
    assert len({phrase for phrase, _ in table}) == len(table) >= least
    assert sum(not expected for _, expected in table) >= empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_keep_their_quantities_in_a_sentence(language: str) -> None:
    """What stands before in another sentence changes no phrase."""
    opening = {"en": "The Council meets in Conakry. ", "fr": "Le Conseil siège à Conakry. "}
    for phrase, expected in rows(language):
        if phrase.startswith("("):
            continue
        found = quantities(opening[language] + phrase + ".", language)
        assert ";".join(map(written, found)) == expected, phrase


def one(prose: str, language: str = "en") -> Quantity:
    (quantity,) = quantities(prose, language)
    return quantity


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("14 days", "en"), ("two weeks", "en")),
        (("a fortnight", "en"), ("fourteen (14) days", "en")),
        (("weekly", "en"), ("every 7 days", "en")),
        (("24 hours", "en"), ("one day", "en")),
        (("90 minutes", "en"), ("une heure et demie", "fr")),
        (("12 months", "en"), ("one year", "en")),
        (("quarterly", "en"), ("tous les trois mois", "fr")),
        (("20 %", "fr"), ("one fifth", "en")),
        (("half", "en"), ("la moitié", "fr")),
        (("two thirds", "en"), ("deux tiers", "fr")),
        (("a share of 0.2", "en"), ("20 per cent", "en")),
        (("EUR 12 million", "en"), ("12 millions d'euros", "fr")),
        (("$285 million", "en"), ("USD 285 million", "en")),
        (("two Parties", "en"), ("from the second ratification", "en")),
        (("twice", "en"), ("deux fois", "fr")),
        (("1 July 2028", "en"), ("1er juillet 2028", "fr")),
        (("2028-07-01", "en"), ("July 1, 2028", "en")),
    ],
)
def test_wordings_of_one_meaning_are_the_same(
    left: tuple[str, str], right: tuple[str, str]
) -> None:
    assert same(one(*left), one(*right))
    assert same(one(*right), one(*left))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("30 days", "one month"),
        ("365 days", "one year"),
        ("48 hours", "72 hours"),
        ("14 days", "14 weeks"),
        ("EUR 5 million", "USD 5 million"),
        ("EUR 5 million", "5,000,000 doses"),
        ("50 per cent", "50 cases"),
        ("100 per cent", "incidence of 1"),
        ("48 hours", "48 kits"),
        ("1 July 2028", "1 July 2029"),
    ],
)
def test_different_meanings_are_not_the_same(left: str, right: str) -> None:
    assert not same(one(left), one(right))


def test_a_date_is_a_day_as_the_rest_of_the_program_counts_it() -> None:
    assert one("on 1 July 2028").value == Fraction(day_from_iso("2028-07-01"))


def test_words_and_figures_that_disagree_are_both_given() -> None:
    assert [q.value for q in quantities("within fourteen (15) days")] == [14, 15]


def test_any_region_of_a_language_is_that_language_and_others_are_read_as_english() -> None:
    assert one("40,5 %", "fr-CH").value == Fraction(81, 200)
    assert one("40,500 kits", "pt").value == 40_500


PIECES = st.sampled_from(
    str.split("""
    one two second third thirds half hundred million and to or , . ( ) - – — 1 14 2,5 40,000
    7-1-7 H5N1 EUR $ € % per cent days day quarter a an each every other year July 2028 2014
    Article Articles paragraph (2) 1/3 2028-07-01 2028-13-41 un une deux quatre vingt et
    demi demie tiers neuf mille d ' ’ de pour juillet 1er quinzaine p 100 jours article le
    quart à h + **
""")
)
PROSE = st.one_of(
    st.text(),
    st.text(alphabet=st.characters()),
    st.lists(PIECES).map(" ".join),
    st.lists(PIECES).map("".join),
)


@given(PROSE, st.sampled_from([*LANGUAGES, "", "x"]))
def test_any_prose_is_read_and_places_hold_their_words(prose: str, language: str) -> None:
    found = quantities(prose, language)
    for quantity in found:
        assert prose[quantity.start : quantity.end] == quantity.text != ""
        assert same(quantity, quantity)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("code_point", [0xD800, 0xDFFF, 0, 0x202E])
def test_stray_code_points_are_harmless(code_point: int) -> None:
    prose = f"fourteen{chr(code_point)} and 48 hours"
    assert "48 hours" in [quantity.text for quantity in quantities(prose)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece",
    [
        *("1", "and ", " ", "two hundred and ", "un million et "),
        *("1 ", "a-", "a1-", "(", "111 ", "111'", "1,", "+1 ", "'", "1/", "(1) ", "e\u0301"),
        *("Articles 1, ", "30, ", "two thirds ", "half a ", "EUR 5, 500, ", "May 1 "),
        *("pour cent ", "two (2) "),
    ],
)
def test_hostile_repetition_is_read(piece: str, language: str) -> None:
    # How long it takes is measured by `benchmarks.hostile`, over much longer texts.
    prose = piece * (10_000 // len(piece))
    found = quantities(prose, language)
    assert all(prose[one.start : one.end] == one.text for one in found)
