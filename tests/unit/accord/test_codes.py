# SPDX-License-Identifier: Apache-2.0
"""The catalogue of findings: every code has words, and examples that show it and nothing else."""

from __future__ import annotations

import re

import pytest

from pratique.accord.check import check
from pratique.accord.check.codes import CODES, code_named
from pratique.accord.check.examples import EXAMPLES, shown_part
from pratique.base.text import PSEUDO, render
from pratique.rehearsal.trial import try_cases


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_has_this_finding_and_no_other(code: str) -> None:
    findings = check(CODES[code].bad, trial=try_cases).findings
    assert {finding.code for finding in findings} == {code}, [str(f.sentence) for f in findings]


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_has_no_finding(code: str) -> None:
    findings = check(CODES[code].good, trial=try_cases).findings
    assert [f"{finding.code} {finding.sentence}" for finding in findings] == []


@pytest.mark.parametrize("code", CODES)
def test_a_meaning_is_one_to_four_plain_sentences(code: str) -> None:
    entry = CODES[code]
    assert 2 <= len(re.findall(r"\.(?=\s|$)", str(entry.meaning))) <= 4
    assert str(entry.title)[0] in "`" or str(entry.title)[0].islower()
    assert not str(entry.title).endswith(".")
    assert render(entry.meaning, PSEUDO) != str(entry.meaning)


@pytest.mark.parametrize("code", CODES)
def test_an_example_shows_what_differs(code: str) -> None:
    bad, good = shown_part(CODES[code].bad), shown_part(CODES[code].good)
    assert bad != good
    assert bad.startswith("1. ")
    assert len(bad.splitlines()) < 25


def test_every_example_belongs_to_a_code() -> None:
    assert set(EXAMPLES) == set(CODES)
    assert list(CODES) == sorted(CODES, key=lambda code: code[1:])


def test_a_code_is_found_however_it_is_typed() -> None:
    assert code_named(" e301 ") is CODES["E301"]
    assert code_named("E999") is None
