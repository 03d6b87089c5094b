# SPDX-License-Identifier: Apache-2.0
"""The language, chapter 1. Words: terms, dates and lists, groups, rates of exchange, methods.

A test is a paragraph of the manual: what a word means, seen through a worked case, or what is found
in one that means nothing.
"""

from __future__ import annotations

import pytest

from pratique.accord.kinds.party import Party
from pratique.accord.membership import can_change
from pratique.accord.model import read_accord
from pratique.accord.words.phrases import condition_words
from spec.three_parties import FRONT, found, term, untrue, written

# --- terms ----------------------------------------------------------------------------------------


def test_a_term_may_change_on_a_day() -> None:
    """The threshold is 50 until 4 January and 40 from the 5th on; before that, 45 is below it."""
    clauses = "term threshold: 50; from 2026-01-05: 40\nstatus high per party\n"
    clauses += "  while: cases > threshold"
    told = """
  given: cases of kenya = 45 from day 1
  expect: not high at kenya on day 4; high at kenya on day 5
"""
    assert untrue(clauses, told) == []
    assert untrue(clauses, told.replace("not high at kenya on day 4", "high at kenya on day 4"))


def test_the_past_is_judged_by_what_the_term_was_on_each_day() -> None:
    """On day 6 `for 3 days` looks back to days on which 45 was still below the threshold."""
    clauses = "term threshold: 50; from 2026-01-05: 40\nstatus high per party\n"
    clauses += "  while: cases > threshold for 3 days"
    told = """
  given: cases of kenya = 45 from day 1
  expect: not high at kenya on day 6; high at kenya by day 8
"""
    assert untrue(clauses, told) == []


def test_a_list_gives_each_party_its_own_value() -> None:
    """Who is left out of a list of shares has none."""
    clauses = "term key per party: 30% of kenya, 70% of uganda"
    told = """
  given: cases = 1 from day 1
  expect: key of kenya * USD 100 = USD 30 on day 2; key of fundland = 0 on day 2
    sum over parties (key) = 100% on day 2
"""
    assert untrue(clauses, told) == []


def test_a_list_may_change_on_a_day_too() -> None:
    key = term(
        "term key per party: 30% of kenya, 70% of uganda; from 2028-01-01: 50% of kenya,"
        " 50% of uganda",
        "key",
    )
    assert (key.op, key.per_party, len(key.dates)) == ("dated", True, 1)
    assert not key.is_constant
    assert str(condition_words(key)) == (
        "30 % of `kenya` and 70 % of `uganda` at first,"
        " then 50 % of `kenya` and 50 % of `uganda` from 1 January 2028 on"
    )


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        ("term t: 5; from 2028-01-01: USD 4", "E400 an amount in USD stands beside a count"),
        (
            "term t: 5; from 2028-01-01: 4; from 2027-01-01: 3",
            "E103 this day is not after the one before it",
        ),
        ("term t: 5; from 2028-13-01: 4", "E103 `2028-13-01` is no day of the calendar"),
        (
            "term t per party: 30% of kenya, 60% of uganda",
            "E104 this list has no value of `fundland`",
        ),
        (
            "term t per party: 30% of kenya, 30% of kenya, 40% of uganda",
            "E201 `kenya` is given two values",
        ),
        ("term t per party: 30% of kenia, 70% of uganda", "E202 `kenia` is not defined"),
        (
            "term t per party: 3 of kenya",
            "E104 this list has no value of `uganda`, `fundland`",
        ),
        (
            "term t per party: 3 of kenya, USD 3 of uganda, 4 of fundland",
            "E400 an amount in USD stands beside a count",
        ),
        ("term t per donors: USD 3 of kenya", "E400 `kenya` is none of `donors`"),
        (
            "term t per party: 50",
            "E401 what this term stands for is the same for all parties",
        ),
    ],
)
def test_what_a_term_cannot_be(clause: str, sentence: str) -> None:
    assert found(clause) == [sentence]


def test_a_term_takes_the_spread_of_what_it_reads_wherever_that_is_written() -> None:
    """`first` runs for each party only through `second`, which is written after it."""
    clauses = """
rule first
  when: t
  then: start s at that party
term t: second used in last 2 days
rule second
  when: cases > 50
  then: start s at that party
term n: count of parties (t)
status s per party
  lapses: after 5 days
"""
    assert found(clauses) == []
    assert written(clauses).scope.symbols["first"].per_party


# --- groups ---------------------------------------------------------------------------------------


def test_a_quantifier_may_run_over_a_group() -> None:
    told = """
  given: cases of kenya = 45 from day 1; cases of uganda = 20 from day 1
    cases of fundland = 90 from day 1
  expect: count of states (cases > 40) = 1 on day 2; count of parties (cases > 40) = 2 on day 2
    any donors (cases > 80) on day 2; not any states (cases > 80) on day 2
    max over states (cases) = 45 on day 2; all states (cases > 10) on day 2
"""
    assert untrue("", told) == []


def test_a_group_says_of_each_party_whether_it_is_in_it() -> None:
    told = """
  given: cases = 90 from day 1
  expect: count of parties (donors and cases > 80) = 1 on day 2
    count of parties (not donors) = 2 on day 2
"""
    assert untrue("", told) == []


def test_a_measure_of_a_group_has_no_value_outside_it() -> None:
    """Parties outside are left out, which is not the same as unknown: all that count are known."""
    told = """
  given: gifts of fundland = USD 5 from day 1
  expect: all parties (gifts > USD 1) on day 2; sum over parties (gifts) = USD 5 on day 2
"""
    assert untrue("", told) == []
    assert found("term t: gifts of kenya") == ["E400 `kenya` is none of `donors`"]


@pytest.mark.parametrize(
    ("clause", "sentence", "help_"),
    [
        (
            "term t: count of state (cases > 5)",
            "E202 `state` is not defined",
            "did you mean `states`?",
        ),
        (
            "term t: count of observers (cases > 5)",
            "E202 `observers` is not defined",
            "put parties into it: `party NAME` with a field `in: observers`",
        ),
        (
            "term t: count of kenya (cases > 5)",
            "E400 `kenya` is a party; a group is wanted here",
            "put parties into it: `party NAME` with a field `in: kenya`",
        ),
        (
            "measure m per donor: count\n  from: acts\n  if missing: unknown",
            "E202 `donor` is not defined",
            "did you mean `donors`?",
        ),
        ("body states", "E201 `states` is defined twice", "it is already a group on line 12"),
    ],
)
def test_a_group_is_one_that_parties_are_in(clause: str, sentence: str, help_: str) -> None:
    accord = written(clause)
    assert [f"{one.code} {one.sentence}" for one in accord.findings] == [sentence]
    assert str(accord.findings[0].help) == help_


def test_a_party_keeps_out_of_clauses_that_it_reserves() -> None:
    duty = "duty report\n  by: each party\n  must: report\n  within: 1 day\n  when: cases > 5"
    accord = written(f"party island\n  in: donors, states\n  reserves: report\n{duty}")
    assert accord.findings == ()
    assert accord.groups == {"states": ("kenya", "uganda", "island"),
                             "donors": ("fundland", "island")}  # fmt: skip
    island = accord.typed["island"]
    assert isinstance(island, Party)
    assert (island.groups, island.reserves) == (("donors", "states"), ("report",))
    shared = "rule help\n  when: count of parties (cases > 5) > 1\n  then: start s\n"
    shared += "status s\n  lapses: after 3 days\nparty island\n  reserves: help, nothing"
    assert found(shared) == [
        "E401 `help` is shared by all parties: none can keep out",
        "E202 `nothing` is not defined",
    ]


@pytest.mark.parametrize(
    ("clauses", "changes"),
    [
        ("", False),
        ("status in_force\n  while: any party (cases > 5)", False),
        ("status in_force per party\n  while: cases > 5", True),
        ("status in_force\n  while: count of parties (ratified) >= 2", True),
        ("status in_force\n  while: many\nterm many: count of parties (ratified) >= 2", True),
        (
            "status in_force\n  while: enough\nstatus enough\n"
            "  while: count of parties (signed) >= 2",
            True,
        ),
        ("power withdraw\n  by: any party\n  may: leave", True),
        ("power go\n  by: any party\n  may: leave things as they are", False),
    ],
)
def test_quantifiers_ask_who_is_bound_where_that_can_change(clauses: str, *, changes: bool) -> None:
    accord = written(f"{clauses}\nterm n: count of parties (cases > 5)\nterm m: any states (left)")
    assert can_change(accord.clauses) is changes
    counted, in_group = (accord.scope.symbols[name].term for name in ("n", "m"))
    assert counted is not None
    assert [arg.op for arg in counted.args[1:]] == (["member"] if changes else [])
    assert in_group is not None
    assert (in_group.args[1].name, in_group.args[1].detail) == (
        "states",
        "" if changes else "everyone",
    )


# --- rates of exchange ----------------------------------------------------------------------------


def test_a_rate_changes_money_of_one_currency_into_another() -> None:
    """A rate `USD per EUR` is how many dollars one euro is worth; the yen has no hundredths."""
    told = """
  given: fx = 1.25 from day 1; yen = 150 from day 1
  expect: EUR 100 * fx = USD 125 on day 2; USD 100 / fx = EUR 80 on day 2
    USD 2.50 * yen = JPY 375 on day 2; JPY 300 / yen = USD 2 on day 2
    fx > 1.2 on day 2; fx * 2 = 2.5 on day 2; fx / fx = 100% on day 2
"""
    assert untrue("", told) == []


def test_a_change_of_minor_units_is_exact_and_not_spoken_of() -> None:
    changed = term("term t: USD 100 * yen", "t")
    assert (str(changed.type), changed.op, changed.detail) == ("money JPY", "mul", "minor units")
    assert (changed.args[1].value.numerator, changed.args[1].value.denominator) == (1, 100)
    assert str(condition_words(changed)) == "USD 100 times `yen`"


@pytest.mark.parametrize(
    ("clause", "sentence"),
    [
        (
            "term t: EUR 3 * yen",
            "E400 an amount in EUR cannot be changed at a rate in JPY per USD",
        ),
        (
            "term t: fx * fx",
            "E400 a rate in USD per EUR cannot be changed at a rate in USD per EUR",
        ),
        (
            "term t: EUR 3 / fx",
            "E400 an amount in EUR cannot be divided by a rate in USD per EUR",
        ),
        ("term t: 3 / fx", "E400 a count cannot be divided by a rate in USD per EUR"),
        ("term t: fx + USD 1", "E400 an amount in USD cannot be added to a rate in USD per EUR"),
        ("term t: fx > yen", "E400 a rate in USD per EUR cannot be compared with a rate in JPY"),
        ("term t: fx > cases of kenya", "E400 a rate in USD per EUR cannot be compared with"),
    ],
)
def test_a_rate_is_of_its_two_currencies(clause: str, sentence: str) -> None:
    (only,) = found(clause)
    assert only.startswith(sentence)


# --- methods --------------------------------------------------------------------------------------


def test_a_method_is_called_by_name_on_values() -> None:
    """Observed at 1.25 and agreed at 1, a band of 5 % lets the rate reach 1.05."""
    clauses = "term agreed: method fx_collar(fx, 1, 5%)"
    told = """
  given: fx = 1.25 from day 3
  expect: agreed > 1.04 on day 4; agreed < 1.06 on day 4
"""
    assert untrue(clauses, told) == []
    named = term(clauses, "agreed")
    assert (named.op, str(named.type), named.per_party) == ("method", "rate USD per EUR", False)
    assert not named.is_constant


def test_a_method_may_give_each_party_its_own_value() -> None:
    """In proportion to cases, but at least 10 % and at most 50 % each."""
    told = """
  given: cases of kenya = 90 from day 1; cases of uganda = 9 from day 1
    cases of fundland = 1 from day 1
  expect: share of kenya = 50% on day 2; share of fundland = 10% on day 2
    share of uganda = 40% on day 2
"""
    assert untrue("term share per party: method assessed(cases, 10%, 50%)", told) == []


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("assesed(cases, 1%, 2%)", "E202 there is no method `assesed`"),
        ("assessed(cases, 1%)", "E400 `assessed` takes 3 values; 2 are given"),
        ("assessed(cases, 1%, 2)", "E400 `ceiling` of `assessed` is a percentage; this is a count"),
        (
            "fx_collar(fx, yen, 5%)",
            "E400 `reference` of `fx_collar` is a rate in USD per EUR; this is a rate in JPY per"
            " USD",
        ),
        ("max_min", "E400 `max_min` divides what a pool gives; it has no value"),
    ],
)
def test_what_a_method_does_not_take(call: str, sentence: str) -> None:
    assert found(f"term t: method {call}") == [sentence]


def test_a_method_that_is_not_there_is_named_beside_those_that_are() -> None:
    accord = written("term t: method assesed(cases, 1%, 2%)")
    assert str(accord.findings[0].help) == "did you mean `assessed`?"
    alone = read_accord(f"{FRONT}```accord\nparty a, b\nterm t: method assessed(1, 1%, 2%)\n```\n")
    assert str(alone.findings[0].help) == "no method is registered here"
