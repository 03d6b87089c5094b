# SPDX-License-Identifier: Apache-2.0
"""Chapter 4 of the language: what is found wrong in a pool, and how it reads in plain words."""

from __future__ import annotations

import pytest

from pratique.accord.kinds import kinds
from pratique.accord.model import read_accord
from pratique.cli.methods import methods
from spec.small_accord import accord
from spec.small_pools import ISLANDS, WEIGHTS

WRONG = [
    ("from: EUR 5 per party", "E400 `fund` takes an amount in USD; this is an amount in EUR"),
    ("from: USD 5 as 50% of aldova, 40% of brenia",
     "E402 the shares add up to 90 %, not to 100 %"),
    ("from: USD 5 as flat", "E401 what is shared by it needs a value of each party"),
    ("from: USD 5 per islanders", "E202 `islanders` is not defined"),
    ("from: USD 5 per year as 100% of aldova within 5 days from 2026-02-30",
     "E103 `2026-02-30` is not a day of the calendar"),
    ("cap: 5", "E400 `fund` takes an amount in USD; this is a count"),
    ("cap: own in 12 months", "E401 each party has its own value of this; one for all is wanted "
     "here"),
    ("floor: 20% to hub", "E400 `hub` is a body; a people / group is wanted here"),
    ("keeps: USD 5 for hub", "E400 `hub` is a body; a duty / power / rule / procedure is wanted "
     "here"),
    ("shared by: flat", "E401 what is shared by it needs a value of each party"),
    ("shared by: method max_mun", "E202 there is no method `max_mun`"),
    ("shared by: method max_min(own)", "E400 `max_min` takes 0 values; 1 are given"),
    ("rounds: down to 5", "E400 `fund` takes an amount in USD; this is a count"),
    ("rounds: down to USD 0.001", "E403 amounts cannot be rounded to this"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "expected"), WRONG, ids=[field for field, _ in WRONG])
def test_what_a_pool_cannot_mean_is_found(field: str, expected: str) -> None:
    lines = [] if field.startswith("from") else ["  from: acts"]
    text = "\n".join([
        "body hub", "term flat: 5", "term own per party: USD 1 of aldova, USD 2 of brenia",
        "pool fund: money USD", *lines, f"  {field}",
    ])  # fmt: skip
    found = read_accord(accord(text), methods()).findings
    assert [f"{one.code} {one.sentence}" for one in found] == [expected]
    [finding] = found
    place = accord(text).split("\n")[finding.span.line - 1]
    assert place.strip() == field


def test_every_field_is_said_in_plain_words() -> None:
    text = (
        ISLANDS
        + WEIGHTS
        + """
people vulnerable
body hub
pool fund: money USD
  from: USD 9 per month as need within 5 days from 2026-02-01; USD 4 per islands per year; acts
  cap: USD 5 to one party in 12 months; 40%
  floor: 25% to vulnerable, 20% to islands
  keeps: USD 2 for relief
  shared by: method need_weighted(need)
  replenished within: 90 days
  rounds: down to USD 1
  tracks: lot, expiry
  kept by: hub
rule relief
  when: fund > USD 5
  then: pay USD 2 from fund to aldova
"""
    )
    typed = read_accord(accord(text, ()), methods()).typed["fund"]
    assert [str(sentence) for sentence in kinds()["pool"].reading(typed)] == [
        "`fund` is money in USD, held jointly by the Parties.",
        "USD 9 a month is shared in proportion to `need` (1 of `aldova`, 3 of `brenia` and 6 of"
        " `corvia`).",
        "This begins on 1 February 2026.",
        "A contribution is due within 5 days.",
        "USD 8 a year is owed to it: USD 4 by `brenia` and USD 4 by `corvia`.",
        "What is given to it comes in as it moves.",
        "No Party gets more than USD 5 in 12 months.",
        "It gives no more than 40 % of what is available at a time.",
        "At least 25 % of every grant is for `vulnerable`.",
        "At least 20 % of what it gives goes to `islands`, as far as they ask.",
        "It keeps back USD 2 for `relief`.",
        "If it cannot meet all, it is divided by the method `need_weighted`, by `need` (1 of"
        " `aldova`, 3 of `brenia` and 6 of `corvia`).",
        "What it gives is rounded down to a multiple of USD 1.",
        "What it gives is paid back by the Parties within 90 days.",
        "Of what it holds, this is kept on record: `lot` and `expiry`.",
        "`hub` keeps it and owes what it must pay out.",
    ]
