# SPDX-License-Identifier: Apache-2.0
"""Lists of percentages by party: as a key they make up the whole, as a threshold they need not."""

from __future__ import annotations

import pytest

from pratique.accord.model import read_accord
from pratique.base.text import render

PARTIES = "party aldova, brenia, corvia\nbody hub\n"
OWN = "term own per party: {shares}\n"
SHORT = "30% of aldova, 60% of brenia, 0% of corvia"
NO_PARTY = "30% of aldova, 60% of brenia"
TOLD = "measure score per party: percent in 0%..100%\n  from: acts\n  if missing: unknown\n"
KEYED = "pool fund: money EUR\n  from: EUR 12 million per year as own\n"
ACTS = "pool fund: money EUR\n  from: acts\n"
PAID = "duty tell\n  when: any party (score < 5%)\n  by: hub\n  must: pay\n"
ADDS_UP = "E402 the shares add up to 90 %, not to 100 %"
LEFT_OUT = "E104 this list has no value of `corvia`"


def found(clauses: str) -> list[str]:
    text = f"---\naccord: A\ndraft: 1\n---\n\n## Annex\n\n```accord\n{PARTIES}{clauses}```\n"
    return [f"{one.code} {render(one.sentence)}" for one in read_accord(text).findings]


USES = {
    "compared": TOLD + "duty tell\n  when: any party (score < own)\n  by: hub\n  must: tell it\n",
    "an amount": TOLD + ACTS + "rule help\n  when: score < 5%\n"
    "  then: pay own * EUR 10 million from fund to that party\n",
    "one party's": TOLD + "duty tell\n  when: any party (score < own of brenia)\n  by: hub\n"
    "  must: tell it\n",
    "a cap of each": ACTS + "  cap: own to one party in 12 months\n",
    "a factor of a weight": TOLD + ACTS + "  shared by: score * own\n",
    "nothing": "",
}
KEYS = {
    "a stream": KEYED,
    "shared by": ACTS + "  shared by: own\n",
    "shared by one or the other": TOLD
    + ACTS
    + "  shared by: if any party (score < 5%) then own else score\n",
    "weights of a vote": "power go\n  by: any party\n  may: go\n"
    "  decided by: 2 of parties and 50% of own within 3 days\n  silence: refuses\n",
    "by another name": ACTS + "  shared by: other\nterm other: own\n",
}


@pytest.mark.parametrize("use", USES)
def test_a_list_that_is_no_key_need_not_add_up(use: str) -> None:
    assert found(OWN.format(shares=SHORT) + USES[use]) == []


@pytest.mark.parametrize("use", USES)
def test_nobody_is_left_out_of_a_list_that_does_not_add_up(use: str) -> None:
    assert found(OWN.format(shares=NO_PARTY) + USES[use]) == [LEFT_OUT]


@pytest.mark.parametrize("use", KEYS)
@pytest.mark.parametrize("shares", [SHORT, NO_PARTY])
def test_a_key_adds_up(use: str, shares: str) -> None:
    assert found(OWN.format(shares=shares) + KEYS[use]) == [ADDS_UP]


@pytest.mark.parametrize("use", KEYS)
def test_who_is_left_out_of_a_whole_has_no_share(use: str) -> None:
    assert found(OWN.format(shares="40% of aldova, 60% of brenia") + KEYS[use]) == []


def test_each_version_of_a_dated_key_adds_up_and_is_found_once() -> None:
    dated = "70% of aldova, 30% of brenia; from 2028-01-01: " + SHORT
    assert found(OWN.format(shares=dated) + KEYED + "  shared by: own\n") == [ADDS_UP]


def test_a_list_in_place_adds_up() -> None:
    clauses = "pool fund: money EUR\n  from: EUR 5 per year as 50% of aldova, 40% of brenia\n"
    assert found(clauses) == [ADDS_UP]
