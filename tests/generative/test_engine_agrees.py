# SPDX-License-Identifier: Apache-2.0
"""The array engine says what the slow interpreter says, at every moment, of random accords."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from generative.accords import FEATURES, accords, program_of
from generative.happenings import happenings
from generative.numbered import apart, example, told
from generative.paired import differences

EXAMPLES = 200 if os.environ.get("CI") else int(os.environ.get("PRATIQUE_EXAMPLES", "200"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_engine_agrees_with_the_oracle(sample: st.DataObject) -> None:
    text = sample.draw(accords())
    program = program_of(text)
    happening = sample.draw(happenings(program))
    note(text)
    note(f"{happening.begins} {happening.ends} {happening.came}")
    both = told(program, happening)
    assume(both is not None)
    assert both is not None
    found = differences(*both)
    if found:
        pytest.fail("\n".join(found))


@pytest.mark.parametrize("feature", FEATURES)
def test_engine_agrees_on_accords_rich_in(feature: str) -> None:
    for number in range(max(4, EXAMPLES // 20)):
        found = apart(number, (feature,))
        assert not found, f"example {number} of {feature}: {found}"


@pytest.mark.parametrize("slots", [1, 2])
def test_engine_agrees_where_open_cases_are_bounded(slots: int) -> None:
    compared = 0
    for number in range(EXAMPLES // 4):
        drawn = example(number, ("procedures",))
        both = drawn and told(*drawn[1:], slots=slots)
        if both:
            compared += 1
            assert differences(*both) == [], f"example {number}, {slots} slots"
    assert compared > EXAMPLES // 8
