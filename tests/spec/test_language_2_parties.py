# SPDX-License-Identifier: Apache-2.0
"""The language, 2. Parties: who is bound, and from when; groups and reservations.

Answers 20 (each Party's own entry into force) and "Also": reserves, what survives, withdrawal.
"""

from __future__ import annotations

import pytest

from pratique.register.acts import Consent, Perform, Report, Use
from spec.small_accord import CASES, CLUSTER, THREE, Register, comes_true, figure

ANY_DAY = "2026-01-02"
OWN = "status in_force per party\n  while: ratified\n"
OUTBREAK = "status outbreak\n  while: count of parties (cases > 0) >= 2\n"
TELL = "duty tell\n  on: cluster\n  by: that party\n  must: say so\n"
MISSED = "  within: 2 days\n  if missed: call begin\n"
RISE = """
measure level per party: number in 0..100
  from: series level of cholera, daily, by registers
  if missing: hold 400 days
"""


def ratify(party: str) -> Consent:
    return Consent(how="ratify", party=party)


def withdraw(party: str) -> Consent:
    return Consent(how="withdraw", party=party)


# --- each party's own entry into force ------------------------------------------------------------


def test_a_party_not_in_force_owes_nothing() -> None:
    """Corvia has not ratified: its clusters raise no duty for it, aldova's do."""
    register = Register(CLUSTER + TELL + OWN, THREE, ratified=THREE[:2])
    register.at(ANY_DAY, Report(measure="cluster", party="aldova"))
    register.at("2026-01-03", Report(measure="cluster", party="corvia"))
    assert [one.party for one in register.changes if one.edge == "raised"] == ["aldova"]
    register.at("2026-01-04", ratify("corvia"))
    register.at("2026-01-05", Report(measure="cluster", party="corvia"))
    assert [one.party for one in register.changes if one.edge == "raised"] == ["aldova", "corvia"]


def test_it_is_outside_every_quantifier() -> None:
    """Two parties must be affected; that of one which is not bound does not count."""
    register = Register(CASES + OUTBREAK + OWN, THREE, ratified=THREE[:2])
    register.at(
        ANY_DAY, figure("cases", "aldova", ANY_DAY, 5), figure("cases", "corvia", ANY_DAY, 5)
    )
    assert not register.holds("outbreak")
    register.at("2026-01-02T08:00:00Z", ratify("corvia"))
    assert register.holds("outbreak")


@pytest.mark.parametrize(
    ("quantity", "of_two", "of_three"),
    [
        ("sum over parties (level)", 30, 90),
        ("mean over parties (level)", 15, 30),
        ("max over parties (level)", 20, 60),
        ("min over parties (0 - level)", -20, -60),
    ],
)
def test_sums_means_and_extremes_are_of_those_bound(
    quantity: str, of_two: int, of_three: int
) -> None:
    """Aldova has 10, brenia 20, corvia 60 and enters on the third day."""
    statuses = "".join(
        f"status at_{number}\n  while: {quantity} = {value}\n"
        for number, value in (("two", of_two), ("three", of_three))
    )
    register = Register(RISE + statuses + OWN, THREE, ratified=THREE[:2])
    levels = dict(zip(THREE, (10, 20, 60), strict=True))
    register.at(ANY_DAY, *(figure("level", p, ANY_DAY, v) for p, v in levels.items()))
    assert (register.holds("at_two"), register.holds("at_three")) == (True, False)
    register.at("2026-01-03", ratify("corvia"))
    assert (register.holds("at_two"), register.holds("at_three")) == (False, True)


def test_of_nobody_there_is_no_mean() -> None:
    """With no party bound `any` is false, `all` true, a sum 0, and a mean unknown."""
    register = Register(
        RISE
        + "status some\n  while: any party (level >= 0)\n"
        + "status every\n  while: all parties (level > 50)\n"
        + "status nothing\n  while: sum over parties (level) = 0\n"
        + "status mid\n  while: mean over parties (level) >= 0\n"
        + OWN,
        ratified=(),
    )
    register.at(ANY_DAY, figure("level", "aldova", ANY_DAY, 10))
    holds = {name: register.holds(name) for name in ("some", "every", "nothing", "mid")}
    assert holds == {"some": False, "every": True, "nothing": True, "mid": False}
    assert register.standing.statuses["mid"].unsure[0, 0]


def test_entry_into_force_counts_all_parties() -> None:
    """Nobody is bound before it: its own condition counts those that have ratified."""
    register = Register(
        CLUSTER
        + TELL
        + "status in_force per party\n  while: ratified and count of parties (ratified) >= 2\n",
        THREE,
        ratified=THREE[:1],
    )
    assert not register.holds("in_force", 0)
    register.at(ANY_DAY, ratify("corvia"))
    assert [register.holds("in_force", row) for row in range(3)] == [True, False, True]


def test_so_does_a_status_that_it_reads() -> None:
    """`enough` is read by `in_force`: it counts parties that are not bound yet."""
    register = Register(
        "status enough\n  while: count of parties (ratified) >= 2\n"
        "status in_force per party\n  while: ratified and enough\n"
        "status joined\n  while: count of parties (ratified) >= 2\n",
        THREE,
        ratified=THREE[:2],
    )
    assert register.holds("enough")
    assert register.holds("joined")
    assert [register.holds("in_force", row) for row in range(3)] == [True, True, False]


def test_a_shared_entry_into_force_binds_those_that_ratified() -> None:
    """Two ratifications bring it into force; the third party is bound from its own."""
    register = Register(
        CLUSTER + TELL + "status in_force\n  while: count of parties (ratified) >= 2\n",
        THREE,
        ratified=THREE[:2],
    )
    everywhere = [Report(measure="cluster", party=party) for party in THREE]
    register.at(ANY_DAY, *everywhere)
    assert [one.party for one in register.changes if one.edge == "raised"] == ["aldova", "brenia"]
    register.at("2026-01-03", ratify("corvia"), *everywhere)
    raised = [one.party for one in register.changes if one.edge == "raised"]
    assert raised[2:] == ["aldova", "brenia", "corvia"]


def test_a_shared_clause_applies_as_long_as_it_binds_anyone() -> None:
    """One party in force is enough for a rule of the whole."""
    text = RISE + "rule alarm\n  when: sum over parties (level) > 5\n  then: start alert\n"
    text += "status alert\n  lapses: after 9 days\n" + OWN
    register = Register(text, ratified=())
    register.at(ANY_DAY, figure("level", "aldova", ANY_DAY, 10))
    assert not register.holds("alert")
    register.at("2026-01-03", ratify("aldova"))
    assert register.holds("alert")


def test_who_was_bound_on_a_past_day_stays_as_it_was() -> None:
    """Corvia's figures speak of days on which it was not bound; joining does not rewrite them."""
    register = Register(
        CASES.replace("unknown", "hold 30 days")
        + "status spread\n  while: (count of parties (cases > 0) >= 2) for 3 days\n"
        + OWN,
        THREE,
        ratified=THREE[:2],
    )
    register.at(
        ANY_DAY, figure("cases", "aldova", ANY_DAY, 5), figure("cases", "corvia", ANY_DAY, 5)
    )
    register.at("2026-01-06", ratify("corvia"))
    assert not register.holds("spread")
    register.at("2026-01-08T23:59:59Z")
    assert not register.holds("spread")
    register.at("2026-01-09")
    assert register.holds("spread")


def test_a_clause_that_starts_being_in_force_comes_before_it() -> None:
    """Nothing else could begin it."""
    register = Register(
        "status in_force\n  lapses: after 10 years\n"
        "rule begin\n  when: count of parties (ratified) >= 2\n  then: start in_force\n",
        ratified=("aldova",),
    )
    assert not register.holds("in_force")
    register.at(ANY_DAY, ratify("brenia"))
    assert register.holds("in_force")


# --- signing and leaving --------------------------------------------------------------------------


def test_signed_and_left_are_each_partys_own() -> None:
    register = Register(
        "status provisional per party\n  while: signed and not ratified\n"
        "status gone per party\n  while: left\n"
        "status in_force per party\n  while: ratified\n",
        ratified=("brenia",),
    )
    register.at(ANY_DAY, Consent(how="sign", party="aldova"))
    assert register.holds("provisional", 0)
    assert not register.holds("provisional", 1)
    register.at("2026-01-03", withdraw("brenia"))
    assert [register.holds("gone", row) for row in (0, 1)] == [False, True]


def test_a_worked_case_begins_with_all_bound_but_those_it_speaks_of() -> None:
    """Corvia only signs, brenia ratifies on day 3: till then aldova alone is bound."""
    comes_true(
        "status in_force per party\n  while: ratified\n"
        "status provisional per party\n  while: signed and not ratified\n",
        """
  given: corvia signs on day 2
         brenia ratifies on day 3
  expect: in_force at aldova on day 1
          not in_force at brenia on day 2
          in_force at brenia on day 3
          provisional at corvia on day 2
          not in_force at corvia on day 9
          count of parties (ratified or signed) = 1 on day 2
""",
        THREE,
    )


def test_what_is_brought_into_force_by_an_act_is_so_from_the_first_day_of_a_case() -> None:
    comes_true(
        "status in_force\n  lapses: after 10 years\n"
        "power begin\n  by: aldova\n  may: start in_force\n" + CLUSTER + TELL + MISSED,
        """
  given: cluster in brenia on day 2
  expect: tell owed by brenia on day 2
""",
    )


LEAVING = """
power withdraw
  by: any party
  may: leave
  on: farewell
measure farewell per party: event
  from: acts
"""


def test_who_leaves_is_no_longer_bound_from_the_next_moment_on() -> None:
    """What it owes stays owed; nothing new is raised for it."""
    register = Register(CLUSTER + TELL + LEAVING, THREE)
    everywhere = [Report(measure="cluster", party=party) for party in THREE]
    farewell = Report(measure="farewell", party="corvia")
    register.at(ANY_DAY, *everywhere, farewell, Use(power="withdraw", at="corvia"))
    assert [one.party for one in register.changes if one.edge == "raised"] == list(THREE)
    register.at("2026-01-03", *everywhere)
    assert [one.party for one in register.changes if one.edge == "raised"][3:] == list(THREE[:2])
    assert register.standing.duties["tell"].any_open()[0].tolist() == [True, True, True]
    register.at("2026-01-04", Perform(duty="tell", by="corvia"))
    assert [one.party for one in register.changes if one.edge == "done"] == ["corvia"]


def test_an_act_of_withdrawal_is_the_use_of_the_power_to_leave() -> None:
    """It is open only at the event that the text names."""
    register = Register(CLUSTER + TELL + LEAVING, THREE)
    register.at(ANY_DAY, withdraw("corvia"))
    assert not register.standing.left.any()
    register.at("2026-01-03", Report(measure="farewell", party="corvia"), withdraw("corvia"))
    assert register.standing.left[0].tolist() == [False, False, True]


def test_where_the_text_says_nothing_of_leaving_nobody_leaves() -> None:
    """VCLT 1969 art. 56: such a treaty is not subject to withdrawal."""
    register = Register(CLUSTER + TELL)
    register.at(ANY_DAY, withdraw("brenia"))
    assert not register.standing.left.any()


def test_who_has_left_may_ratify_again() -> None:
    register = Register(CLUSTER + TELL + OWN)
    register.at(ANY_DAY, withdraw("brenia"))
    register.at("2026-01-03", Report(measure="cluster", party="brenia"))
    assert register.times("tell", "raised") == []
    register.at("2026-01-04", ratify("brenia"))
    register.at("2026-01-05", Report(measure="cluster", party="brenia"))
    assert register.times("tell", "raised") == ["2026-01-05T00:00:00Z"]


# --- what survives --------------------------------------------------------------------------------


def test_what_survives_goes_on_after_the_end_and_never_before_the_beginning() -> None:
    """The duty to keep silence outlives the accord; the duty to tell does not."""
    register = Register(
        CLUSTER
        + TELL
        + "duty keep\n  on: cluster\n  by: that party\n  must: keep the secret\n"
        + "status in_force\n  while: count of parties (ratified) >= 2\n"
        + "  lapses: on 2026-01-05\n  survives: keep\n",
        ratified=("aldova",),
    )
    cluster = Report(measure="cluster", party="aldova")
    register.at(ANY_DAY, cluster)
    assert register.changes == [] or not register.times("keep", "raised")
    register.at("2026-01-03", ratify("brenia"), cluster)
    register.at("2026-01-06", cluster)
    assert not register.holds("in_force")
    assert len(register.times("tell", "raised")) == 1
    assert register.times("keep", "raised") == ["2026-01-03T00:00:00Z", "2026-01-06T00:00:00Z"]


# --- groups and reservations ----------------------------------------------------------------------

GROUPS = """
party aldova
  in: donors, states
party brenia
  in: states
party corvia
  in: donors
"""


def test_a_quantifier_over_a_group_asks_its_members_only() -> None:
    register = Register(
        GROUPS
        + RISE
        + "status rich\n  while: all donors (level > 50)\n"
        + "status two\n  while: count of states (level > 50) >= 2\n",
        (),
    )
    register.at(
        ANY_DAY, figure("level", "aldova", ANY_DAY, 60), figure("level", "corvia", ANY_DAY, 60)
    )
    assert register.holds("rich")
    assert not register.holds("two")


def test_a_clause_per_group_has_no_rows_outside_it() -> None:
    """Outside the group a row is absent, not unknown: nothing holds and no time is undetermined."""
    register = Register(
        GROUPS
        + "measure stock per donors: number in 0..100\n"
        + "  from: series stock of cholera, daily, by registers\n  if missing: hold 30 days\n"
        + "status low per donors\n  while: not (stock > 50)\n"
        + "rule help\n  when: not (stock > 50)\n  then: start helped at that party\n"
        + "status helped per party\n  lapses: after 90 days\n",
        (),
    )
    register.at(
        ANY_DAY, figure("stock", "aldova", ANY_DAY, 60), figure("stock", "corvia", ANY_DAY, 10)
    )
    assert [register.holds("low", row) for row in range(3)] == [False, False, True]
    assert [register.holds("helped", row) for row in range(3)] == [False, False, True]
    register.at("2026-01-09")
    assert int(register.standing.undetermined["low"][0, 1]) == 0
    assert int(register.standing.undetermined["help"][0, 1]) == 0


def test_a_reservation_keeps_a_party_out_of_a_clause() -> None:
    parties = "party aldova\nparty brenia\n  reserves: tell\n"
    register = Register(parties + CLUSTER + TELL, ())
    register.at(ANY_DAY, *(Report(measure="cluster", party=p) for p in ("aldova", "brenia")))
    assert [one.party for one in register.changes if one.edge == "raised"] == ["aldova"]
