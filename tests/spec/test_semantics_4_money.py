# SPDX-License-Identifier: Apache-2.0
"""Chapter 4. Money: claims and what moves, draws of one moment, shares to the last cent.

Answers 15, 16, 17. Keeps, holds, caps, floors, `shared by` and `later` of 16, and goods that come
back, come with the further fields of pools.
"""

from __future__ import annotations

from pratique.engine.view import view
from pratique.register.acts import Move
from spec.small_accord import CASES, FUND, THREE, Register, comes_true, figure

BOTH = """
rule first
  when: cases > 50
  then: pay USD 80 from fund to that party
"""


def paid_in(cents: int, party: str = "aldova") -> Move:
    """Return the act that a contribution has moved."""
    return Move(amount=cents, kind="contribution", party=party, pool="fund")


def test_15_equal_shares_are_exact_and_the_odd_cent_goes_in_order_of_declaration() -> None:
    """A hundred dollars in three: 33.34, 33.33, 33.33; the sum is the whole."""
    pool = FUND.replace("as 50% of aldova, 50% of brenia", "as 100% of corvia")
    rule = """
rule help
  when: sum over parties (cases) > 50
  then: pay USD 100 from fund to all parties
"""
    register = Register(CASES + pool + rule, THREE)
    register.at("2026-01-02", paid_in(10_000, "corvia"))
    figures = [figure("cases", party, "2026-01-03", 20) for party in THREE]
    drawn = register.at("2026-01-03", *figures)
    assert [(one.party, one.amount) for one in drawn if one.edge == "committed"] == [
        ("aldova", 3334),
        ("brenia", 3333),
        ("corvia", 3333),
    ]


def test_15_contributions_sum_up_to_the_whole_with_the_rest_to_the_largest_remainders() -> None:
    """Ten cents in 41, 33 and 26 per cent: 4, 3 and 2 cents, and one more to corvia's 0.6."""
    pool = FUND.replace("USD 100 per", "USD 0.10 per").replace(
        "as 50% of aldova, 50% of brenia", "as 41% of aldova, 33% of brenia, 26% of corvia"
    )
    register = Register(pool, THREE)
    claimed = [(one.party, one.amount) for one in register.changes if one.edge == "claimed"]
    assert claimed == [("aldova", 4), ("brenia", 3), ("corvia", 3)]


def test_16_two_draws_of_one_moment_are_met_together() -> None:
    """80 and 80 from 100: neither comes first, each gets half, each is short of 30."""
    register = Register(CASES + FUND + BOTH)
    register.at("2026-01-02", paid_in(10_000))
    both = [figure("cases", party, "2026-01-03", 60) for party in ("aldova", "brenia")]
    drawn = register.at("2026-01-03", *both)
    assert [(one.party, one.edge, one.amount) for one in drawn if one.amount] == [
        ("aldova", "committed", 5000),
        ("aldova", "short", 3000),
        ("brenia", "committed", 5000),
        ("brenia", "short", 3000),
    ]
    assert register.available() == 0


def test_16_of_draws_at_different_moments_the_first_is_served_first() -> None:
    """aldova on day 3 gets all 80; brenia, a second later, what is left."""
    register = Register(CASES + FUND + BOTH)
    register.at("2026-01-02", paid_in(10_000))
    register.at("2026-01-03T00:00:00Z", figure("cases", "aldova", "2026-01-03", 60))
    register.at("2026-01-03T00:00:01Z", figure("cases", "brenia", "2026-01-03", 60))
    granted = [(one.party, one.amount) for one in register.changes if one.edge == "committed"]
    assert granted == [("aldova", 8000), ("brenia", 2000)]


def test_16_what_was_short_lapses() -> None:
    """Money that comes later pays no draw that was short: unless a clause says so."""
    register = Register(CASES + FUND + BOTH)
    register.at("2026-01-03", figure("cases", "aldova", "2026-01-03", 60))
    register.at("2026-01-04", paid_in(10_000))
    register.at("2026-01-10")
    assert [(one.edge, one.amount) for one in register.changes if one.clause == "first"] == [
        ("used", 0),
        ("short", 8000),
    ]
    assert register.available() == 10_000


def test_17_a_contribution_is_a_claim_until_it_has_moved() -> None:
    """Claimed on day 1, the fund holds nothing; what moves fills it and reduces the claim."""
    register = Register(FUND)
    assert [(one.party, one.amount) for one in register.changes if one.edge == "claimed"] == [
        ("aldova", 5000),
        ("brenia", 5000),
    ]
    assert register.available() == 0
    register.at("2026-01-04", paid_in(2000))
    assert register.available() == 2000
    assert [owed for *_, owed in view(register.standing)["claims"]["fund"][0]] == [3000]


def test_17_a_claim_that_is_not_paid_is_missed_and_stays() -> None:
    """Due within 5 days, at the end of 6 January: brenia, that paid, has missed nothing."""
    register = Register(FUND)
    register.at("2026-01-06T23:59:59Z", paid_in(5000, "brenia"))
    register.at("2026-02-01")
    missed = [(one.when, one.party) for one in register.changes if one.edge == "missed"]
    assert missed == [("2026-01-07T00:00:00Z", "aldova")]
    assert [owed for *_, owed in view(register.standing)["claims"]["fund"][0]] == [5000]


def test_17_each_year_has_its_own_claim() -> None:
    """USD 100 a year: 50 more of each Party on 1 January 2027."""
    register = Register(FUND)
    register.at("2027-01-01")
    assert (
        register.times("fund", "claimed")
        == ["2026-01-01T00:00:00Z"] * 2 + ["2027-01-01T00:00:00Z"] * 2
    )


def test_17_what_is_promised_is_no_longer_available_and_leaves_when_it_moves() -> None:
    """Committed at once, paid when it has moved; the balance is counted once."""
    register = Register(CASES + FUND + BOTH)
    register.at("2026-01-02", paid_in(10_000))
    register.at("2026-01-03", figure("cases", "aldova", "2026-01-03", 60))
    assert view(register.standing)["pools"]["fund"] == {
        "received": 10_000,
        "paid": 0,
        "committed": 8000,
    }
    register.at("2026-01-05", Move(amount=8000, kind="payment", party="aldova", pool="fund"))
    assert view(register.standing)["pools"]["fund"] == {
        "received": 10_000,
        "paid": 8000,
        "committed": 0,
    }
    assert register.available() == 2000


def test_17_in_a_worked_case_contributions_and_payments_are_prompt() -> None:
    """A case says nothing of them: they are made as they fall due."""
    comes_true(
        CASES + FUND + BOTH,
        """
  given: cases of aldova = 60 from day 10
  expect: fund = USD 100 on day 9
          fund = USD 20 on day 10
          paid of fund = USD 80 on day 12
""",
    )
