# SPDX-License-Identifier: Apache-2.0
"""Counted sentences for 0, 1 and 2: English counts 0 with many, French with one."""

from __future__ import annotations

import pytest

from pratique.base.catalogue import catalogue
from pratique.base.text import render, say_count, template_fields


def said(one: str, many: str, n: int) -> tuple[str, str]:
    sentence = say_count(one, many, n=n)
    return render(sentence), render(sentence, "fr")


COUNTED = [
    (
        ("{n} story", "{n} stories"),
        [("0 stories", "0 récit"), ("1 story", "1 récit"), ("2 stories", "2 récits")],
    ),
    (
        ("{n} finding stops adoption", "{n} findings stop adoption"),
        [
            ("0 findings stop adoption", "0 constat s’oppose à l’adoption"),
            ("1 finding stops adoption", "1 constat s’oppose à l’adoption"),
            ("2 findings stop adoption", "2 constats s’opposent à l’adoption"),
        ],
    ),
    (
        ("{n} story does not come true", "{n} stories do not come true"),
        [
            ("0 stories do not come true", "0 récit ne se vérifie pas"),
            ("1 story does not come true", "1 récit ne se vérifie pas"),
            ("2 stories do not come true", "2 récits ne se vérifient pas"),
        ],
    ),
    (
        ("Each Party holds one seat in it.", "Each Party holds {n} seats in it."),
        [
            ("Each Party holds 0 seats in it.", "Chaque Partie y détient 0 siège."),
            ("Each Party holds one seat in it.", "Chaque Partie y détient 1 siège."),
            ("Each Party holds 2 seats in it.", "Chaque Partie y détient 2 sièges."),
        ],
    ),
]


@pytest.mark.parametrize(("forms", "wanted"), COUNTED, ids=[forms[1] for forms, _ in COUNTED])
def test_none_one_and_two_are_counted(
    forms: tuple[str, str], wanted: list[tuple[str, str]]
) -> None:
    assert [said(*forms, n) for n in (0, 1, 2)] == wanted


def test_no_form_that_stands_for_several_numbers_leaves_the_number_out() -> None:
    """French says 0 as it says 1: `un siège` would be wrong of none.

    Where no form says the number, it only chooses the words round a list, which is never empty.
    """
    french = catalogue("fr")
    counted = {english: forms for english, forms in french.forms.items() if len(forms) > 1}
    assert len(counted) > 30
    numbers = {form: [n for n in range(200) if french.plural(n) == form] for form in (0, 1)}
    silent = [
        forms[form]
        for forms in counted.values()
        if any("n" in template_fields(one) for one in forms)
        for form, spoken in numbers.items()
        if len(spoken) > 1 and "n" not in template_fields(forms[form])
    ]
    assert silent == []
