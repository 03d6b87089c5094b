# SPDX-License-Identifier: Apache-2.0
"""Chapter 4 of the language: what pools hold for others; payments of parties, rates, losses."""

from __future__ import annotations

from pratique.engine.view import view
from pratique.register.acts import Move, Open, Perform, Report, Use
from spec.small_accord import CLUSTER, THREE, Register, comes_true
from spec.small_pools import BEDS, PAYING, beds, clusters, fund, given, granted

# --- hold -----------------------------------------------------------------------------------------


def test_what_is_held_is_not_available_until_it_comes_back() -> None:
    """6 beds: 4 for aldova, 2 for brenia (2 short); aldova's come back, and can be had again."""
    register = Register(CLUSTER + BEDS)
    register.at("2026-01-02", beds(6))
    first = register.at("2026-01-03", *clusters("aldova"))
    assert [(one.party, one.amount) for one in first if one.edge == "held"] == [("aldova", 4)]
    second = register.at("2026-01-04", *clusters("brenia"))
    assert [(one.edge, one.amount) for one in second if one.amount] == [("held", 2), ("short", 2)]
    assert view(register.standing)["held"]["beds"] == [4, 2, 0]
    assert register.available("beds") == 0
    # What comes back in a moment is available from the next on.
    back = Report(measure="freed", party="aldova")
    third = register.at("2026-01-05", back, *clusters("brenia"))
    assert [(one.edge, one.amount) for one in third if one.amount] == [
        ("released", 4), ("short", 4),
    ]  # fmt: skip
    assert register.available("beds") == 4
    assert view(register.standing)["pools"]["beds"]["paid"] == 0


def test_a_cap_counts_what_is_held_only_while_it_is() -> None:
    """At most 5 beds for one party: 4, then 1; when they have come back, 4 again."""
    register = Register(CLUSTER + BEDS.replace("from: acts\nrule", "from: acts\n  cap: 5 to one "
                        "party in 12 months\nrule"))  # fmt: skip
    register.at("2026-01-02", beds(20))
    register.at("2026-01-03", *clusters("aldova"))
    register.at("2026-01-04", *clusters("aldova"))
    register.at("2026-01-05", Report(measure="freed", party="aldova"))
    register.at("2026-01-06", *clusters("aldova"))
    held = [one.amount for one in register.changes if one.edge == "held"]
    assert held == [4, 1, 4]


def test_conditions_read_what_is_held_and_what_is_owed() -> None:
    """`held of`, `owed to`, as the moment began."""
    yearly = "from: 3 per party per year within 40 days\nrule"
    comes_true(
        CLUSTER
        + BEDS.replace("from: acts\nrule", yearly)
        + "status full\n  while: held of beds >= 4 and owed to beds < 5\n"
        + "rule note\n  when: full\n  then: hold 1 from beds for aldova until freed\n",
        """
  given: cluster in aldova on day 5
         freed in aldova on day 9
  expect: held of beds = 5 on day 5
          owed to beds = 0 on day 5
          full on day 6
          not full on day 10
""",
    )  # fmt: skip


# --- pay from a party -----------------------------------------------------------------------------


def test_a_payment_of_a_party_is_a_debt_of_its_own() -> None:
    """brenia owes aldova 30 within 5 days; it pays 10, then too late the rest."""
    rule = "rule help\n  on: cluster\n  then: pay USD 30 from brenia to that party within 5 days"
    register = Register(CLUSTER + rule)
    first = register.at("2026-01-02", *clusters("aldova"))
    assert [(one.edge, one.party, one.amount) for one in first if one.amount] == [
        ("owes", "brenia", 3000)
    ]
    part = Move(amount=1000, kind="payment", party="brenia", clause="help")
    register.at("2026-01-03", part)
    assert view(register.standing)["transfers"]["help"][1][0][3] == 2000
    register.at("2026-01-09")
    assert register.times("help", "unpaid") == ["2026-01-08T00:00:00Z"]
    rest = Move(amount=2000, kind="payment", party="brenia", clause="help")
    register.at("2026-01-10", rest)
    assert register.times("help", "paid") == ["2026-01-10T00:00:00Z"]
    assert view(register.standing)["transfers"]["help"][1] == []


def test_nobody_owes_itself_and_an_amount_from_all_is_shared() -> None:
    """All pay 100 to corvia: a third each, corvia's own third is owed by nobody; in cents 33.34."""
    rule = "rule help\n  on: any_cluster\n  then: pay USD 100 from all parties to corvia"
    event = "measure any_cluster: event\n  from: acts\n"
    register = Register(event + rule, THREE)
    found = register.at("2026-01-02", Report(measure="any_cluster"))
    assert [(one.party, one.amount) for one in found if one.edge == "owes"] == [
        ("aldova", 3334), ("brenia", 3333),
    ]  # fmt: skip


def test_a_payment_into_a_pool_is_a_claim_of_it() -> None:
    """The hub owes the fund 25 within 5 days, and pays: the claim is done."""
    rule = "rule fee\n  on: cluster\n  then: pay USD 25 from hub to fund within 5 days"
    register = Register("body hub\n" + CLUSTER + fund() + "\n" + rule)
    found = register.at("2026-01-02", *clusters("aldova"))
    assert [(one.clause, one.party, one.amount) for one in found if one.edge == "claimed"] == [
        ("fund", "", 2500)
    ]
    register.at("2026-01-03", Move(amount=2500, kind="contribution", party="hub", pool="fund"))
    assert register.times("fund", "done") == ["2026-01-03T00:00:00Z"]
    assert register.available() == 2500


# --- rates, loss, drawing -------------------------------------------------------------------------


def test_a_draw_in_another_currency_goes_by_a_rate() -> None:
    """JPY 10,000 at USD 0.0065 for a yen is USD 65."""
    rate = """
measure yen: rate USD per JPY
  from: series yen, daily, by bank
  if missing: hold 30 days
rule help
  on: cluster
  then: pay JPY 10000 * yen from fund to that party
"""
    register = Register("body bank\n" + CLUSTER + fund() + rate)
    register.at("2026-01-02", given(100), Report(measure="yen", day="2026-01-02", value="0.0065"))
    assert granted(register.at("2026-01-03", *clusters("aldova"))) == [("aldova", 65)]


def test_what_is_lost_is_gone_without_a_payment() -> None:
    """Of 6 beds 2 are lost; nothing was owed, nothing is refused."""
    register = Register(CLUSTER + BEDS)
    register.at("2026-01-02", beds(6))
    register.at("2026-01-03", Move(amount=2, kind="loss", party="aldova", pool="beds"))
    assert register.available("beds") == 4


def test_who_is_stopped_from_drawing_gets_nothing_and_is_not_short() -> None:
    """aldova is barred: brenia has its 80, aldova nothing; of 90 for all corvia and brenia 45."""
    clauses = (
        CLUSTER
        + fund()
        + PAYING
        + """
status barred per party
  lapses: after 90 days
  stops: drawing
rule bar
  on: freed
  then: start barred at that party
measure freed per party: event
  from: acts
measure any_cluster: event
  from: acts
rule whole
  on: any_cluster
  then: pay USD 90 from fund to all parties
"""
    )
    register = Register(clauses, THREE)
    register.at("2026-01-02", given(1000), Report(measure="freed", party="aldova"))
    drawn = register.at("2026-01-03", *clusters("aldova", "brenia"))
    assert granted(drawn) == [("brenia", 80)]
    assert granted(drawn, "short") == []
    drawn = register.at("2026-01-04", Report(measure="any_cluster"))
    assert granted(drawn) == [("brenia", 45), ("corvia", 45)]


# --- up to, duties, cases -------------------------------------------------------------------------


def test_up_to_lets_the_act_say_how_much() -> None:
    """At most 80: the act says 30, another says nothing and has all, a third says 90."""
    power = """
power release
  by: any party
  when: known cases
  may: pay up to USD 80 from fund to that party
measure cases per party: count in 0..1000
  from: acts
  if missing: hold 300 days
"""
    register = Register(fund() + power)
    cases = [Report(measure="cases", party="aldova", day="2026-01-02", value="1")]
    register.at("2026-01-02", given(1000), *cases)
    for day, amount, expected in ((3, 3000, 30), (4, None, 80), (5, 9000, 80)):
        use = Use(power="release", at="aldova", amount=amount)
        assert granted(register.at(f"2026-01-{day:02}", use)) == [("aldova", expected)]


def test_a_duty_holds_for_each_recipient_until_a_change() -> None:
    """Two teams for each party with a cluster, of three that there are; they come back."""
    duty = """
body hub
measure freed per party: event
  from: acts
pool teams: count
  from: acts
duty deploy
  on: cluster
  by: hub
  to: that party
  must: send teams
  draws: 2 per recipient from teams until freed
  within: 2 days
"""
    register = Register(CLUSTER + duty)
    register.at("2026-01-02", Move(amount=3, kind="contribution", party="aldova", pool="teams"))
    found = register.at("2026-01-03", *clusters("aldova", "brenia"))
    assert [(one.edge, one.party, one.amount) for one in found if one.amount] == [
        ("held", "aldova", 2), ("held", "brenia", 1), ("short", "brenia", 1),
    ]  # fmt: skip
    register.at("2026-01-05", Report(measure="freed", party="aldova"))
    assert view(register.standing)["held"]["teams"] == [0, 1, 0]


def test_what_a_case_holds_comes_back_at_the_step_or_when_it_closes() -> None:
    """Two requests of 5: one is received, one refused; both come back, and not before."""
    procedure = """
body hub
pool kits: count
  from: acts
procedure request
  opened by: any party
  asks: quantity: count
  step offer: by hub, within 1 day, holds quantity from kits for that party until receive
  step receive: by that party, within 7 days, gives got: count
  step report: by that party, within 7 days
  ends: refused at receive when got = 0
"""
    register = Register(procedure)
    register.at("2026-01-02", Move(amount=12, kind="contribution", party="aldova", pool="kits"))
    opened = [Open(procedure="request", party=one, fields={"quantity": 5}) for one in
              ("aldova", "brenia")]  # fmt: skip
    register.at("2026-01-03", *opened)
    offer = Perform(duty="request.offer", by="hub")
    register.at("2026-01-04", offer)
    assert register.available("kits") == 7
    register.at("2026-01-05", offer)
    assert view(register.standing)["held"]["kits"] == [5, 5, 0]
    took = Perform(duty="request.receive", by="brenia", fields={"got": 5})
    register.at("2026-01-06", took)
    assert view(register.standing)["held"]["kits"] == [5, 0, 0]
    none = Perform(duty="request.receive", by="aldova", fields={"got": 0})
    register.at("2026-01-07", none)
    assert view(register.standing)["held"]["kits"] == [0, 0, 0]
    assert register.available("kits") == 12


def test_in_a_worked_case_what_is_owed_is_paid_promptly() -> None:
    """The bank contributes, brenia pays aldova, the fund pays: nothing is late."""
    clauses = """
body bank
pool fund: money USD
  from: USD 500 per year as 40% of aldova, 60% of bank within 5 days
rule help
  on: cluster
  then: pay USD 30 from brenia to that party within 5 days; pay USD 80 from fund to that party
status late
  while: any party (fund missed)
rule note
  when: late
  then: pay USD 1 from fund to aldova
"""
    comes_true(
        CLUSTER + clauses,
        """
  given: cluster in aldova on day 5
  expect: fund = USD 500 on day 4
          fund = USD 420 on day 5
          paid of fund = USD 80 on day 7
          not late on day 20
""",
    )
