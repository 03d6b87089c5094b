# SPDX-License-Identifier: Apache-2.0
"""The decision instrument of the International Health Regulations: what is notified, and why."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base.text import render
from pratique.practice.surveillance.annex2 import DISEASES, decided, decision_words, ihr_2005
from pratique.practice.surveillance.methods import is_notifiable

CRITERIA = ("serious", "unusual", "spread", "restrictions")
ANSWERS = st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in CRITERIA})


def test_the_instrument_has_its_lists_criteria_and_clocks() -> None:
    known = ihr_2005()
    assert known.criteria == CRITERIA
    assert known.always == ("smallpox", "poliomyelitis_wild", "influenza_new_subtype", "sars")
    assert set(known.always) | set(known.examined) == set(DISEASES)
    assert (known.needed, known.hours) == (2, {"assess": 48, "notify": 24})
    assert "Annex 2" in known.source


@pytest.mark.parametrize("disease", ihr_2005().always)
@pytest.mark.parametrize("answer", [True, False, None])
def test_four_diseases_are_always_notified(disease: str, answer: bool | None) -> None:
    decision = decided(disease, dict.fromkeys(CRITERIA, answer))
    assert (decision.notify, decision.listed) == (True, True)
    assert "is always notified" in str(decision_words(decision))


@pytest.mark.parametrize("disease", [None, "cholera", "something_else"])
def test_any_two_of_the_four_criteria_make_an_event_notifiable(disease: str | None) -> None:
    for answers in product([True, False], repeat=4):
        decision = decided(disease, dict(zip(CRITERIA, answers, strict=True)))
        assert decision.notify is (sum(answers) >= 2)


@given(ANSWERS)
def test_it_is_decided_exactly_when_no_further_answer_can_change_it(
    answers: dict[str, bool | None],
) -> None:
    open_ = [name for name, answer in answers.items() if answer is None]
    ways = {
        decided(None, answers | dict(zip(open_, more, strict=True))).notify
        for more in product([True, False], repeat=len(open_))
    }
    assert decided(None, answers).notify == (ways.pop() if len(ways) == 1 else None)


def test_what_is_not_answered_is_not_known() -> None:
    assert decided(None, {}).notify is None
    assert decided(None, {"serious": True, "spread": True}).notify is True
    assert decided(None, {"serious": False, "spread": False, "unusual": False}).notify is False


def test_the_reasons_are_given_in_the_order_of_the_instrument() -> None:
    decision = decided("cholera", {"spread": True, "serious": True, "unusual": False})
    assert [str(one) for one in decision.reasons] == [
        "cholera is always put through the instrument",
        "its public health impact is serious",
        "it is neither unusual nor unexpected",
        "the risk of international spread is significant",
        "whether the risk of restrictions on travel or trade is significant is not known",
    ]
    assert str(decision_words(decision)).startswith("The event is notified: cholera is always")
    no = decided("dengue", dict.fromkeys(CRITERIA, False))
    assert "not notified at this stage" in str(decision_words(no))
    assert "is not known yet" in str(decision_words(decided(None, {})))
    assert render(decision_words(decision), "fr")


def test_another_criterion_is_an_error() -> None:
    with pytest.raises(ValueError, match="a criterion is one of serious, unusual"):
        decided(None, {"grave": True})


@given(st.tuples(*[st.booleans()] * 5))
def test_the_method_says_the_same(answers: tuple[bool, ...]) -> None:
    listed, *criteria = answers
    disease = "smallpox" if listed else None
    arrays = [np.full((2, 3), float(answer)) for answer in answers]
    found = is_notifiable(*arrays)
    expected = decided(disease, dict(zip(CRITERIA, criteria, strict=True))).notify
    assert found.tolist() == [[float(expected is True)] * 3] * 2
