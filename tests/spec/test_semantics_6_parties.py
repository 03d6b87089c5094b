# SPDX-License-Identifier: Apache-2.0
"""Chapter 6. Parties: whom a clause is about, and numbers of parties that stay what they are.

Answers 20 (the literal "two Parties") and 23. Each Party's own entry into force and W508 (20),
amendments (21), procedures and their cases (22, and `open` in 23), permits (24), refusals and what
was known then beside what is known now (25), reserves, overrides and notice ("Also") come later.
"""

from __future__ import annotations

import pytest

from pratique.register.acts import Propose, Vote
from spec.small_accord import CASES, CLUSTER, FUND, THREE, TWO, Register, comes_true, figure

AFFECTED = """
status outbreak
  while: count of parties (cases > 0) >= 2
"""


@pytest.mark.parametrize("parties", [TWO, THREE, (*THREE, "dorland", "estmark")])
def test_20_two_parties_are_two_however_many_join(parties: tuple[str, ...]) -> None:
    """The number in the text is literal; shares adjust, numbers do not."""
    register = Register(CASES + AFFECTED, parties)
    register.at("2026-01-02", figure("cases", parties[0], "2026-01-02", 5))
    assert not register.holds("outbreak")
    register.at("2026-01-02T12:00:00Z", figure("cases", parties[-1], "2026-01-02", 5))
    assert register.holds("outbreak")


@pytest.mark.parametrize(("parties", "needed"), [(TWO, 2), (THREE, 2), ((*THREE, "dorland"), 3)])
def test_20_a_share_of_the_parties_adjusts(parties: tuple[str, ...], needed: int) -> None:
    """Two thirds of two are two, of three two, of four three."""
    register = Register(
        "power declare\n  by: any party\n  may: start alert\n"
        "  decided by: 2/3 of parties within 3 days\n  silence: refuses\n"
        "status alert\n  lapses: after 9 days\n",
        parties,
    )
    register.at("2026-01-02", Propose(power="declare"))
    for count, party in enumerate(parties, 1):
        register.at(
            f"2026-01-03T{count:02}:00:00Z", Vote(power="declare", party=party, ballot="yes")
        )
        assert register.holds("alert") == (count >= needed)
        if count >= needed:
            break


def test_20_outside_in_force_nobody_owes_or_is_paid() -> None:
    """Two of three have ratified at first, the third on day 10: the accord binds from then."""
    comes_true(
        CASES
        + FUND
        + """
status in_force
  while: count of parties (ratified) >= 3
rule help
  when: cases > 50
  then: pay USD 10 from fund to that party
duty tell
  when: cases > 50
  by: that party
  must: say so
""",
        """
  given: cases of aldova = 60 from day 1
         corvia ratifies on day 10
  expect: not help used at aldova by day 9
          help used at aldova on day 10
          tell owed by aldova on day 10
""",
        THREE,
    )


def test_23_that_party_is_the_one_in_which_the_condition_holds() -> None:
    """A rule about each Party runs once for each: only the one affected is paid."""
    comes_true(
        CASES
        + FUND
        + "rule help\n  when: cases > 50\n  then: pay USD 10 from fund to that party\n",
        """
  given: cases of aldova = 0 from day 1
         cases of brenia = 60 from day 8
  expect: help used at brenia on day 8
          help used at aldova never
          committed of fund + paid of fund = USD 10 on day 8
""",
    )


def test_23_in_what_follows_from_a_breach_it_is_who_owed() -> None:
    """The duty was brenia's: the measure that follows its breach meets brenia alone."""
    comes_true(
        CLUSTER
        + """
duty notify
  on: cluster
  by: that party
  must: tell the others
  within: 24 hours
  if missed: start watched at that party
status watched per party
  lapses: after 30 days
""",
        """
  given: cluster in brenia on day 1
  expect: watched at brenia on day 2
          not watched at aldova on day 2
""",
    )


def test_23_it_is_carried_through_a_call_to_the_vote_that_decides() -> None:
    """Called for brenia's breach, the review is of brenia, and so is what it decides."""
    comes_true(
        CLUSTER
        + """
duty notify
  on: cluster
  by: that party
  must: tell the others
  within: 24 hours
  if missed: call review
power review
  by: any party
  may: start watched at that party
  decided by: 1 of parties within 3 days
  silence: refuses
status watched per party
  lapses: after 30 days
""",
        """
  given: cluster in brenia on day 1
         aldova votes yes on review
  expect: review opened at brenia on day 2
          review opened at aldova never
          watched starts at brenia by day 3
          watched starts at aldova never
""",
    )


def test_23_other_parties_are_all_but_that_one() -> None:
    """Each of the others owes the duty that one Party's cluster raises."""
    comes_true(
        CLUSTER + "duty help\n  on: cluster\n  by: other parties\n  must: send help\n",
        """
  given: cluster in brenia on day 2
  expect: help owed by aldova on day 2
          help owed by corvia on day 2
          help owed by brenia never
""",
        THREE,
    )


def test_23_it_is_settled_when_the_duty_is_raised() -> None:
    """The debt is of the Party that was affected then, whoever is affected later."""
    comes_true(
        CASES
        + "status alert per party\n  while: cases > 50\n"
        + "duty report\n  on: alert starts\n  by: that party\n  must: publish a report\n"
        + "  within: 9 days\n",
        """
  given: cases of aldova = 60 from day 1
         cases of aldova = 0 from day 3
         cases of brenia = 0 from day 1
         cases of brenia = 60 from day 20
  expect: report owed by aldova on day 19
          report missed by brenia never
""",
    )
