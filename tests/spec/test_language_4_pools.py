# SPDX-License-Identifier: Apache-2.0
"""Chapter 4 of the language: what pools take in, hold back, limit and divide.

Each figure is worked out in the words above it. Amounts in the register are cents.
"""

from __future__ import annotations

from pratique.engine.acts import intake_of
from pratique.engine.step import step
from pratique.engine.view import view
from pratique.register.acts import Act, Consent, Move, Report
from spec.small_accord import CLUSTER, THREE, Register, figure
from spec.small_pools import ISLANDS, PAYING, WEIGHTS, claims, clusters, fund, given, granted

# --- from -----------------------------------------------------------------------------------------


def test_portions_may_be_of_bodies_too() -> None:
    """USD 100: half of aldova, 30 of brenia, 20 of the bank, which is no party."""
    pool = """
body bank
pool fund: money USD
  from: USD 100 per year as 20% of bank, 50% of aldova, 30% of brenia
"""
    register = Register(pool)
    assert claims(register) == [("aldova", 50), ("brenia", 30), ("", 20)]
    register.at("2026-01-01T12:00:00Z", Move(amount=2000, kind="contribution", party="bank",
                                             pool="fund", clause="fund"))  # fmt: skip
    register.at("2026-01-03")
    missed = [one.party for one in register.changes if one.edge == "missed"]
    assert missed == ["aldova", "brenia"]


def test_streams_have_their_own_spells_beginnings_and_times() -> None:
    """Each party gives 4 at once; the islands 2 a month from 10 February, due in 5 days."""
    pool = (
        ISLANDS
        + """
pool teams: count
  from: 4 per party; 2 per islands per month within 5 days from 2026-02-10; acts
"""
    )
    register = Register(pool, ())
    register.at("2026-03-11")
    assert [(one.when[:10], one.party, one.amount) for one in register.changes
            if one.edge == "claimed"] == [
        ("2026-01-01", "aldova", 4), ("2026-01-01", "brenia", 4), ("2026-01-01", "corvia", 4),
        ("2026-02-10", "brenia", 2), ("2026-02-10", "corvia", 2),
        ("2026-03-10", "brenia", 2), ("2026-03-10", "corvia", 2),
    ]  # fmt: skip
    missed = {one.when for one in register.changes if one.edge == "missed" and one.when > "2026-02"}
    assert missed == {"2026-02-16T00:00:00Z"}


def test_parties_and_bodies_may_owe_amounts_of_their_own() -> None:
    """40 of aldova, 60 of the bank and 15 of the agency, each year; the bodies owe apart."""
    pool = """
body bank, agency
pool stock: count
  from: 40 of aldova, 60 of bank, 15 of agency per year
"""
    register = Register(pool)
    assert [(one.party, one.amount) for one in register.changes if one.edge == "claimed"] == [
        ("aldova", 40), ("", 60), ("", 15)
    ]  # fmt: skip
    assert [owed for *_, owed in view(register.standing)["claims"]["stock"][-1]] == [60, 15]


def test_a_key_shares_in_its_proportions() -> None:
    """10.00 by 2, 2, 2: 3.34, 3.33, 3.33."""
    pool = """
term key per party: 2 of aldova, 2 of brenia, 2 of corvia
pool fund: money USD
  from: USD 10 per year as key
"""
    register = Register(pool, THREE)
    assert claims(register) == [("aldova", 3.34), ("brenia", 3.33), ("corvia", 3.33)]


GNI = """
measure gni per party: number in 0..100000
  from: series gni, irregular, by registers
  if missing: hold 400 days
"""


def test_a_key_of_figures_waits_until_they_are_known() -> None:
    """On 1 January nothing is known; when both are, the claim is made, due in 10 days from then."""
    pool = GNI + "pool fund: money USD\n  from: USD 100 per year as gni within 10 days"
    register = Register(pool)
    register.at("2026-01-05", figure("gni", "aldova", "2026-01-05", 30))
    assert claims(register) == []
    register.at("2026-01-09", figure("gni", "brenia", "2026-01-09", 10))
    assert claims(register) == [("aldova", 75), ("brenia", 25)]
    assert view(register.standing)["claims"]["fund"][0][0][1] == register.standing.begins + (
        19 * 86_400
    )


def test_a_key_may_be_a_method() -> None:
    """Shares 60, 30, 10 with a ceiling of 50 per cent: 50, and the rest 50 in 3 to 1."""
    pool = """
term size per party: 60 of aldova, 30 of brenia, 10 of corvia
pool fund: money USD
  from: USD 100 per year as method assessed(size, 0%, 50%)
"""
    register = Register(pool, THREE)
    assert claims(register) == [("aldova", 50), ("brenia", 37.5), ("corvia", 12.5)]


def test_what_is_owed_once_is_owed_from_entry_into_force() -> None:
    """In force with the second ratification, on 5 January: each that is bound owes its 4."""
    pool = """
pool teams: count
  from: 4 per party
status in_force
  while: count of parties (ratified) >= 2
"""
    register = Register(pool, THREE, ratified=["aldova"])
    assert claims(register) == []
    register.at("2026-01-05", *_ratify("brenia"))
    register.at("2026-02-01", *_ratify("corvia"))
    when = [(one.when[:10], one.party) for one in register.changes if one.edge == "claimed"]
    assert when == [
        ("2026-01-05", "aldova"), ("2026-01-05", "brenia"), ("2026-02-01", "corvia"),
    ]  # fmt: skip


def _ratify(party: str) -> list[Act]:
    return [Consent(how="ratify", party=party)]


def test_arrears_are_each_partys_own() -> None:
    """`fund missed` is about the party that has missed it."""
    clauses = """
pool fund: money USD
  from: USD 100 per year as 50% of aldova, 50% of brenia within 5 days
status arrears per party
  lapses: after 30 days
rule late
  on: fund missed
  then: start arrears at that party
"""
    register = Register(clauses)
    register.at("2026-01-03", Move(amount=5000, kind="contribution", party="aldova", pool="fund"))
    register.at("2026-01-08")
    assert not register.holds("arrears", 0)
    assert register.holds("arrears", 1)


# --- cap ------------------------------------------------------------------------------------------


def test_a_cap_to_one_party_counts_what_it_got_in_the_window() -> None:
    """80 a time, at most 100 in 30 days: 80, then 20 (60 short); the window over, 80 again."""
    register = Register(CLUSTER + fund("cap: USD 100 to one party in 30 days") + PAYING)
    register.at("2026-01-02", given(1000))
    register.at("2026-01-03", *clusters("aldova"))
    second = register.at("2026-01-20", *clusters("aldova", "brenia"))
    assert granted(second) == [("aldova", 20), ("brenia", 80)]
    assert granted(second, "short") == [("aldova", 60)]
    # 3 January is in the last 30 days until 1 February ends; what is left of it: 100 - 20.
    assert granted(register.at("2026-02-01", *clusters("aldova"))) == []
    assert granted(register.at("2026-02-02", *clusters("aldova"))) == [("aldova", 80)]


def test_draws_of_one_party_are_cut_in_proportion() -> None:
    """It asks 80 and 20 and may have 50: 40 and 10."""
    more = "rule more\n  on: cluster\n  then: pay USD 20 from fund to that party"
    register = Register(CLUSTER + fund("cap: USD 50 to one party") + PAYING + more)
    register.at("2026-01-02", given(1000))
    drawn = register.at("2026-01-03", *clusters("aldova"))
    assert {one.clause: one.amount for one in drawn if one.edge == "committed"} == {
        "help": 4000, "more": 1000,
    }  # fmt: skip


def test_a_percentage_is_of_what_is_available_when_the_moment_begins() -> None:
    """Half of 100 is 50. The next moment half of what is then there, 50: 25, none of it used."""
    register = Register(CLUSTER + fund("cap: 50%") + PAYING)
    register.at("2026-01-02", given(100))
    assert granted(register.at("2026-01-03", *clusters("aldova"))) == [("aldova", 50)]
    assert granted(register.at("2026-01-04", *clusters("aldova"))) == [("aldova", 25)]


def test_a_percentage_in_a_time_counts_what_was_given_in_it() -> None:
    """40 per cent of 100: 40. Then 40 per cent of 60 is 24, less than the 40 already given."""
    register = Register(CLUSTER + fund("cap: 40% in 12 months") + PAYING)
    register.at("2026-01-02", given(100))
    assert granted(register.at("2026-01-03", *clusters("aldova"))) == [("aldova", 40)]
    assert granted(register.at("2026-01-04", *clusters("aldova"))) == []


def test_a_cap_on_all_limits_what_there_is_to_divide() -> None:
    """120 in all in a year, of two that ask 80 each: 60 each, though 1000 are there."""
    register = Register(CLUSTER + fund("cap: USD 120 in 12 months") + PAYING)
    register.at("2026-01-02", given(1000))
    drawn = register.at("2026-01-03", *clusters("aldova", "brenia"))
    assert granted(drawn) == [("aldova", 60), ("brenia", 60)]
    assert granted(register.at("2026-01-04", *clusters("aldova"))) == []


# --- floor ----------------------------------------------------------------------------------------


def test_a_group_gets_its_floor_as_far_as_it_asks() -> None:
    """100 for three that ask 80: a third each. The islands have two thirds: a floor of 80 binds."""
    clauses = CLUSTER + fund("floor: 80% to islands") + PAYING
    register = Register(ISLANDS + clauses, ())
    register.at("2026-01-02", given(100))
    drawn = register.at("2026-01-03", *clusters("aldova", "brenia", "corvia"))
    assert granted(drawn) == [("aldova", 20), ("brenia", 40), ("corvia", 40)]


def test_a_floor_that_is_reached_changes_nothing() -> None:
    """The islands have two thirds already: a floor of 20 per cent adds nothing to it."""
    register = Register(ISLANDS + CLUSTER + fund("floor: 20% to islands") + PAYING, ())
    register.at("2026-01-02", given(120))
    drawn = register.at("2026-01-03", *clusters("aldova", "brenia", "corvia"))
    assert granted(drawn) == [("aldova", 40), ("brenia", 40), ("corvia", 40)]


def test_a_floor_holds_in_what_is_sent_to_all_parties() -> None:
    """USD 90 to all, a third each; but 80 per cent to the islands: 72, and 18 to aldova."""
    rule = "rule help\n  on: any_cluster\n  then: pay USD 90 from fund to all parties"
    event = "measure any_cluster: event\n  from: acts\n"
    register = Register(ISLANDS + event + fund("floor: 80% to islands") + "\n" + rule, ())
    register.at("2026-01-02", given(100))
    drawn = register.at("2026-01-03", Report(measure="any_cluster"))
    assert granted(drawn) == [("aldova", 18), ("brenia", 36), ("corvia", 36)]


def test_what_is_for_people_is_noted_with_each_grant() -> None:
    """25 per cent of 80, rounded up: 20 are for the vulnerable."""
    clauses = "people vulnerable\n" + CLUSTER + fund("floor: 25% to vulnerable") + PAYING
    register = Register(clauses)
    register.at("2026-01-02", given(79.99))
    outcome = step(
        register.standing,
        register.standing.now + 5,
        intake_of(register.program, clusters("aldova")),
    )
    [drawn] = outcome.draws
    assert int(drawn.granted[0, 0]) == 7999
    # A quarter is 19.9975: 20.00 at least.
    assert int(drawn.earmarked["vulnerable"][0, 0]) == 2000


# --- keeps ----------------------------------------------------------------------------------------


def test_what_is_kept_back_is_for_the_clauses_named() -> None:
    """Of 100, 60 are kept for relief: help gets 40 of its 80, relief in the next moment 50."""
    relief = """
measure alarm per party: event
  from: acts
rule relief
  on: alarm
  then: pay USD 50 from fund to that party
"""
    register = Register(CLUSTER + fund("keeps: USD 60 for relief") + PAYING + relief)
    register.at("2026-01-02", given(100))
    assert granted(register.at("2026-01-03", *clusters("aldova"))) == [("aldova", 40)]
    assert granted(register.at("2026-01-04", *clusters("aldova"))) == []
    alarm = Report(measure="alarm", party="brenia")
    assert granted(register.at("2026-01-05", alarm)) == [("brenia", 50)]


def test_both_together_are_divided_within_what_is_not_kept() -> None:
    """Help asks 80, relief 50, of 100 with 60 kept: in proportion help would have 61, but it is 40
    at most; relief has its 50.
    """
    relief = "rule relief\n  on: cluster\n  then: pay USD 50 from fund to that party"
    register = Register(CLUSTER + fund("keeps: USD 60 for relief") + PAYING + relief)
    register.at("2026-01-02", given(100))
    drawn = register.at("2026-01-03", *clusters("aldova"))
    assert {one.clause: one.amount for one in drawn if one.edge == "committed"} == {
        "help": 4000, "relief": 5000,
    }  # fmt: skip


def test_what_is_kept_for_nobody_stays() -> None:
    """USD 60 of 100 are kept: 40 are given, and then nothing."""
    register = Register(CLUSTER + fund("keeps: USD 60") + PAYING)
    register.at("2026-01-02", given(100))
    assert granted(register.at("2026-01-03", *clusters("aldova"))) == [("aldova", 40)]
    assert register.available() == 6000


# --- shared by, rounds ----------------------------------------------------------------------------


def test_what_is_short_is_shared_by_weight_and_nobody_gets_more_than_it_asked() -> None:
    """100 by 1, 3, 6, each asks 50: corvia's 60 is cut to 50; the rest 50 by 1 and 3."""
    clauses = WEIGHTS + CLUSTER + fund("shared by: need") + PAYING.replace("80", "50")
    register = Register(clauses, THREE)
    register.at("2026-01-02", given(100))
    drawn = register.at("2026-01-03", *clusters(*THREE))
    assert granted(drawn) == [("aldova", 12.5), ("brenia", 37.5), ("corvia", 50)]


def test_an_amount_to_all_parties_is_shared_by_weight() -> None:
    """USD 50 to all by 1, 3, 6: 5, 15, 30. In units of 2 dollars 2.5, 7.5, 15: 6, 14, 30."""
    rule = "\nrule help\n  on: any_cluster\n  then: send 50% of fund to all parties"
    event = "measure any_cluster: event\n  from: acts\n"
    for extra, expected in (
        ([], [5.0, 15.0, 30.0]),
        (["rounds: down to USD 2"], [6.0, 14.0, 30.0]),
    ):
        register = Register(WEIGHTS + event + fund("shared by: need", *extra) + rule, THREE)
        register.at("2026-01-02", given(100))
        drawn = register.at("2026-01-03", Report(measure="any_cluster"))
        assert [amount for _, amount in granted(drawn)] == expected


def test_a_weight_that_is_unknown_keeps_a_rule_from_firing() -> None:
    """Until brenia's figure is known nothing is sent; then 3 to 1."""
    rule = "\nrule help\n  when: any party (known gni)\n  then: pay USD 40 from fund to all parties"
    register = Register(GNI + fund("shared by: gni") + rule)
    register.at("2026-01-02", given(100))
    assert register.at("2026-01-05", figure("gni", "aldova", "2026-01-05", 30)) == []
    drawn = register.at("2026-01-06", figure("gni", "brenia", "2026-01-06", 10))
    assert granted(drawn) == [("aldova", 30), ("brenia", 10)]


def test_a_method_may_divide() -> None:
    """100 for 20, 80 and 80: max-min gives aldova all it asks, the others 40 each."""
    ask = """
measure want per party: number in 0..100
  from: series want, irregular, by registers
  if missing: unknown
rule help
  when: known want
  then: pay want * USD 1 from fund to that party
"""
    register = Register(fund("shared by: method max_min") + ask, THREE)
    register.at("2026-01-02", given(100))
    asked = zip(THREE, (20, 80, 80), strict=True)
    figures = [figure("want", party, "2026-01-03", amount) for party, amount in asked]
    assert granted(register.at("2026-01-03", *figures)) == [
        ("aldova", 20), ("brenia", 40), ("corvia", 40),
    ]  # fmt: skip


def test_a_method_that_divides_by_weights() -> None:
    """As `shared by: need`: 12.5, 37.5, 50 of 100."""
    clauses = WEIGHTS + CLUSTER + fund("shared by: method need_weighted(need)") + PAYING
    register = Register(clauses.replace("80", "50"), THREE)
    register.at("2026-01-02", given(100))
    drawn = register.at("2026-01-03", *clusters(*THREE))
    assert granted(drawn) == [("aldova", 12.5), ("brenia", 37.5), ("corvia", 50)]


def test_amounts_are_rounded_down_to_the_unit_and_the_rest_goes_by_largest_remainder() -> None:
    """100 in units of 7 dollars: 14 units. 80 is 11 units each; 14 units in three: 5, 5, 4."""
    register = Register(CLUSTER + fund("rounds: down to USD 7") + PAYING, THREE)
    register.at("2026-01-02", given(100))
    drawn = register.at("2026-01-03", *clusters(*THREE))
    assert granted(drawn) == [("aldova", 35), ("brenia", 35), ("corvia", 28)]
    assert granted(drawn, "short") == [("aldova", 42), ("brenia", 42), ("corvia", 49)]
    assert register.available() == 200


# --- replenished within ---------------------------------------------------------------------------


def test_what_is_given_is_owed_back_in_the_proportions_of_the_first_shared_stream() -> None:
    """80 are given: aldova owes 20 per cent of it, brenia 80, within 90 days."""
    pool = """
pool fund: money USD
  from: acts; USD 100 per year as 20% of aldova, 80% of brenia
  replenished within: 90 days
"""
    register = Register(CLUSTER + pool + PAYING)
    register.at("2026-01-02", given(1000))
    register.at("2026-01-03", *clusters("brenia"))
    assert claims(register, "2026-01-03") == [("aldova", 16), ("brenia", 64)]
    register.at("2026-05-01")
    missed = {one.when[:10] for one in register.changes if one.edge == "missed"}
    assert "2026-04-04" in missed


def test_without_such_a_stream_it_is_owed_back_in_equal_parts() -> None:
    """80 are given: three parties owe 26.67, 26.67, 26.66."""
    register = Register(CLUSTER + fund("replenished within: 90 days") + PAYING, THREE)
    register.at("2026-01-02", given(1000))
    register.at("2026-01-03", *clusters("brenia"))
    assert claims(register) == [("aldova", 26.67), ("brenia", 26.67), ("corvia", 26.66)]
