# SPDX-License-Identifier: Apache-2.0
"""W506: what counts as a consequence of a step that is missed."""

from __future__ import annotations

import pytest

from pratique.accord.check import check
from pratique.accord.check.catalogue.examples import accord_with
from pratique.base.text import render

ASK = (
    "procedure ask\n  opened by: any party\n"
    "  step decide: by that party, within 2 days\n  step tell: by that party, within 2 days\n"
)
RULE = "rule answer\n  {trigger}\n  then: leave\n"


def warned(clauses: str) -> list[str]:
    text = accord_with("Nothing is said here.", "", paragraph="2.1 none")
    findings = check(f"{text}\n## Annex\n\n```accord\n{clauses}\n```\n").findings
    return [render(one.sentence) for one in findings if one.code == "W506"]


BOTH = "nothing follows where a step of `ask` is missed: `decide`, `tell`"
ONE = "nothing follows where a step of `ask` is missed: `decide`"
ROWS = [
    ("on: ask missed", []),
    ("on: ask missed or ask done", []),
    ("when: ask missed in last 5 days", []),
    ("on: ask done", [BOTH]),
    ("on: tell of ask missed", [ONE]),
]


@pytest.mark.parametrize(("trigger", "sentences"), ROWS, ids=[trigger for trigger, _ in ROWS])
def test_a_clause_that_waits_for_the_miss_is_a_consequence(
    trigger: str, sentences: list[str]
) -> None:
    assert warned(ASK + RULE.format(trigger=trigger)) == sentences


def test_a_step_of_the_same_name_as_another_procedure_answers_only_its_own() -> None:
    tell = "procedure tell\n  opened by: any party\n  step say: by that party, within 2 days\n"
    assert warned(ASK + tell + RULE.format(trigger="on: tell of ask missed")) == [
        ONE,
        "nothing follows where a step of `tell` is missed: `say`",
    ]


def test_a_duty_of_one_party_that_is_waited_for_is_answered() -> None:
    duty = (
        "measure cluster per party: event\n  from: acts\n"
        "duty notify\n  on: cluster\n  by: that party\n  must: notify it\n  within: 1 day\n"
    )
    assert warned(duty) == ["nothing follows where `notify` is missed"]
    power = "status alert\n  lapses: after 5 days\nrule answer\n  on: notify of aldova missed\n"
    assert warned(duty + power + "  then: start alert\n") == []
