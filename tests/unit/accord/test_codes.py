# SPDX-License-Identifier: Apache-2.0
"""The catalogue of findings: every code has words, and examples that show it and nothing else."""

from __future__ import annotations

import re

import pytest

from pratique.accord.check import Checked, check
from pratique.accord.check.codes import CODES, code_named
from pratique.accord.reviews.stamp import read_stamps
from pratique.base.text import PSEUDO, render
from pratique.engine.cells.reasoning import reason
from pratique.rehearsal.trial import try_cases

BY_CHECK = [code for code in CODES if not CODES[code].rehearsed]


def said_of(text: str, french: str, reviews: str) -> Checked:
    others = {"fr": french} if french else None
    stamps = read_stamps(reviews)
    return check(text, trial=try_cases, cells=reason, translations=others, reviews=stamps)


@pytest.mark.parametrize("code", BY_CHECK)
def test_the_bad_example_has_this_finding_and_no_other(code: str) -> None:
    entry = CODES[code]
    findings = said_of(entry.bad, entry.french[0], entry.reviews).findings
    assert [finding.code for finding in findings] == [code], [
        f"{f.code} {f.span.line} {f.sentence}" for f in findings
    ]


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_has_no_finding(code: str) -> None:
    entry = CODES[code]
    findings = said_of(entry.good, entry.french[1], entry.reviews).findings
    assert [f"{finding.code} {finding.sentence}" for finding in findings] == []


def test_what_a_rehearsal_finds_is_not_found_by_check() -> None:
    rehearsed = [code for code in CODES if CODES[code].rehearsed]
    assert rehearsed == ["W904"]
    assert [check(CODES[code].bad, trial=try_cases).findings for code in rehearsed] == [()]


@pytest.mark.parametrize("code", CODES)
def test_a_meaning_is_one_to_four_plain_sentences(code: str) -> None:
    entry = CODES[code]
    assert 2 <= len(re.findall(r"\.(?=\s|$)", str(entry.meaning))) <= 4
    assert str(entry.title)[0] in "`" or str(entry.title)[0].islower()
    assert not str(entry.title).endswith(".")
    assert render(entry.meaning, PSEUDO) != str(entry.meaning)


@pytest.mark.parametrize("code", CODES)
def test_an_example_shows_what_differs(code: str) -> None:
    bad, good = CODES[code].shown_bad(), CODES[code].shown_good()
    assert bad != good
    assert bad.startswith("1. ")
    assert len(bad.splitlines()) < 35


def test_codes_stand_in_the_order_of_their_numbers() -> None:
    assert list(CODES) == sorted(CODES, key=lambda code: code[1:])
    assert len(CODES) >= 40


def test_a_code_is_found_however_it_is_typed() -> None:
    assert code_named(" e301 ") is CODES["E301"]
    assert code_named("E999") is None
