# SPDX-License-Identifier: Apache-2.0
"""Figures and days as people write them: read where there is one reading, refused where two."""

from __future__ import annotations

import pytest

from pratique.base.moment import iso_day
from pratique.exchange.counts.reading.figures import Figure, Writing, figure_of
from pratique.exchange.counts.reading.periods import Dating, period_of
from pratique.exchange.counts.rows import Reason
from pratique.surveillance.series.rhythm import Rhythm

PLAIN = Writing()
ENGLISH = Writing(decimal=".", grouping=",")
GERMAN = Writing(decimal=",", grouping=".")
FRENCH = Writing(decimal=",", grouping=" ")


def figure(cell: str | float, writing: Writing) -> int | str:
    """Return the count that a cell says, or the code of why it says none."""
    found = figure_of(cell, writing)
    return found.value if isinstance(found, Figure) else found.code


@pytest.mark.parametrize(
    ("cell", "writing", "told"),
    [
        ("12", PLAIN, 12),
        (" 12 ", PLAIN, 12),
        ("0", PLAIN, 0),
        ("007", PLAIN, 7),
        ("١٢٣", PLAIN, 123),
        ("۱۲۳", PLAIN, 123),
        ("1 234", PLAIN, 1234),
        ("1\u00a0234", PLAIN, 1234),
        ("1\u202f234\u202f567", PLAIN, 1_234_567),
        ("1'234", PLAIN, 1234),
        ("1’234", PLAIN, 1234),
        ("1,040,888", PLAIN, 1_040_888),
        ("1.040.888", PLAIN, 1_040_888),
        ("1 234,0", PLAIN, 1234),
        ("1 234,5", PLAIN, "not_whole"),
        ("1,234.0", PLAIN, 1234),
        ("1.234,00", PLAIN, 1234),
        ("1,234", PLAIN, "ambiguous_number"),
        ("1.234", PLAIN, "ambiguous_number"),
        ("1,234", ENGLISH, 1234),
        ("1.234", ENGLISH, "not_whole"),
        ("1.000", ENGLISH, 1),
        ("1.234", GERMAN, 1234),
        ("1,234", GERMAN, "not_whole"),
        ("1.234,5", ENGLISH, "no_number"),
        ("1,234.5", GERMAN, "no_number"),
        ("1 234", FRENCH, 1234),
        ("1.234", FRENCH, "not_whole"),
        ("12.5", PLAIN, "not_whole"),
        ("12,50", PLAIN, "not_whole"),
        ("12.0", PLAIN, 12),
        ("1,23,4", ENGLISH, "no_number"),
        ("0,123", ENGLISH, "no_number"),
        ("12 34", PLAIN, "no_number"),
        ("-5", PLAIN, "negative"),
        ("−5", PLAIN, "negative"),
        ("-0", PLAIN, 0),
        ("+5", PLAIN, 5),
        ("", PLAIN, "missing"),
        ("-", PLAIN, "missing"),
        ("N/A", PLAIN, "missing"),
        ("#N/A", PLAIN, "missing"),
        ("~5", PLAIN, "approximate"),
        ("~5", Writing(approximate=True), 5),
        ("environ 5", Writing(approximate=True), 5),
        ("12 (3)", PLAIN, "parentheses"),
        ("12 (3)", Writing(parentheses=True), 12),
        ("66%", PLAIN, "per_cent"),
        ("<5", PLAIN, "no_number"),
        ("1e3", PLAIN, "no_number"),
        ("0x10", PLAIN, "no_number"),
        ("1_000", PLAIN, "no_number"),
        ("NaN", PLAIN, "missing"),
        ("inf", PLAIN, "no_number"),
        ("½", PLAIN, "no_number"),
        ("²", PLAIN, "no_number"),
        ("9" * 5000, PLAIN, "too_large"),
        (12, PLAIN, 12),
        (12.0, PLAIN, 12),
        (12.5, PLAIN, "not_whole"),
        (-1, PLAIN, "negative"),
        (1e300, PLAIN, "too_large"),
        (float("nan"), PLAIN, "too_large"),
        (float("inf"), PLAIN, "too_large"),
    ],
)
def test_figure(cell: str | float, writing: Writing, told: int | str) -> None:
    assert figure(cell, writing) == told


@pytest.mark.parametrize(
    ("text", "rhythm", "forms", "told"),
    [
        ("2014-03-17", "daily", (), "2014-03-17"),
        ("20140317", "daily", (), "2014-03-17"),
        ("2014-03-17T10:30:00.000+0000", "daily", (), "2014-03-17"),
        ("17 March 2014", "daily", (), "2014-03-17"),
        ("17 mars 2014", "daily", (), "2014-03-17"),
        ("17-Mar-2014", "daily", (), "2014-03-17"),
        ("March 17, 2014", "daily", (), "2014-03-17"),
        ("17/03/2014", "daily", (), "2014-03-17"),
        ("03/17/2014", "daily", (), "2014-03-17"),
        ("03/04/2014", "daily", (), "ambiguous_date"),
        ("04/04/2014", "daily", (), "2014-04-04"),
        ("03/04/2014", "daily", ("DD/MM/YYYY",), "2014-04-03"),
        ("03/04/2014", "daily", ("MM/DD/YYYY",), "2014-03-04"),
        ("03/04/2014", "daily", ("DD/MM/YYYY", "MM/DD/YYYY"), "ambiguous_date"),
        ("17/03/14", "daily", (), "bad_date"),
        ("17/03/14", "daily", ("DD/MM/YY",), "2014-03-17"),
        ("١٧/٠٣/٢٠١٤", "daily", (), "2014-03-17"),
        ("2014-02-30", "daily", (), "bad_date"),
        ("0000-00-00", "daily", (), "bad_date"),
        ("", "daily", (), "no_date"),
        ("soon", "daily", (), "bad_date"),
        ("41715", "daily", (), "bad_date"),
        ("2014-W12", "daily", (), "other_period"),
        ("201403", "daily", (), "other_period"),
        ("2014Q1", "iso_week", (), "other_period"),
        ("2014W12", "iso_week", (), "2014-03-17"),
        ("2014-W12", "iso_week", (), "2014-03-17"),
        ("week 12 of 2014", "iso_week", (), "2014-03-17"),
        ("2014-03-20", "iso_week", (), "2014-03-17"),
        ("2014-03-20", "mmwr_week", (), "2014-03-16"),
        ("2014-MW12", "mmwr_week", (), "2014-03-16"),
        ("2014-W53", "iso_week", (), "bad_week"),
        ("2015-W53", "iso_week", (), "2015-12-28"),
        ("2014-W00", "iso_week", (), "bad_week"),
    ],
)
def test_period(text: str, rhythm: Rhythm, forms: tuple[str, ...], told: str) -> None:
    found = period_of(text, Dating(rhythm, forms))
    assert (found.code if isinstance(found, Reason) else iso_day(found)) == told
