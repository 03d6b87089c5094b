# SPDX-License-Identifier: Apache-2.0
"""Votes in full: who decides, with how many seats, which majorities, when enough have answered.

Every count can be done by hand. The parties are aldova and brenia, and the donors corvia and
dorvia; a vote runs for three days from its proposal on 2 January.
"""

from __future__ import annotations

import pytest

from pratique.engine.refusal import NotTakenIn
from pratique.register.acts import Consent, Propose, Use
from spec.small_accord import CLUSTER, THREE, TWO, Register, comes_true, figure
from spec.small_votes import DONORS, PROPOSED, ballots, declare, outcome, told

# --- who decides ----------------------------------------------------------------------------------


def test_a_group_decides_alone() -> None:
    """All of the donors are two, whatever aldova and brenia may think."""
    both = DONORS + declare("all of donors")
    assert outcome(both, "corvia yes, dorvia yes") == ["03 used"]
    assert outcome(both, "corvia yes") == ["06 refused"]
    with pytest.raises(NotTakenIn, match="`aldova` has no vote on `declare`"):
        outcome(both, "aldova yes")


def test_each_ballot_counts_for_the_seats_of_its_party() -> None:
    """Donors hold three seats each, every party one more: 4 + 4 of 10 are not quite 9 of 10."""
    body = DONORS + "body board\n  seats: 1 per party, 3 per donors\n"
    donors = "corvia yes, dorvia yes"
    assert outcome(body + declare("8/10 of board"), donors) == ["03 used"]
    assert outcome(body + declare("9/10 of board"), donors) == ["06 refused"]
    assert outcome(body + declare("9/10 of board"), donors + ", brenia yes") == ["03 used"]
    assert outcome(body + declare("9 of board"), donors + ", brenia yes") == ["03 used"]


def test_seats_that_belong_to_no_party_vote_by_their_number() -> None:
    """Of five assessors three must agree; the parties have no vote among them."""
    body = "body panel\n  seats: 5\n" + declare("3/5 of panel")
    assert outcome(body, "panel.1 yes, panel.4 yes, panel.5 yes") == ["03 used"]
    assert outcome(body, "panel.1 no, panel.2 no, panel.3 no") == ["03 refused"]
    assert outcome(body, "panel.1 yes, panel.2 yes") == ["06 refused"]
    with pytest.raises(NotTakenIn, match=r"`panel\.6` has no vote"):
        outcome(body, "panel.6 yes")
    with pytest.raises(NotTakenIn, match="`aldova` has no vote"):
        outcome(body, "aldova yes")


def test_parties_and_further_seats_vote_together_without_observers() -> None:
    """Two parties and two experts are four; the observer is none of them."""
    body = """
people civil_society
body committee
  seats: 1 per party, 2, 1 observer from civil_society
"""
    asked = body + declare("3 of committee")
    assert outcome(asked, "aldova yes, committee.1 yes, committee.2 yes") == ["03 used"]
    with pytest.raises(NotTakenIn, match="has no vote"):
        outcome(asked, "committee.3 yes")


def test_seats_of_a_committee_taken_from_a_council() -> None:
    """Three seats, filled from the council: how is the council's business."""
    body = "body council\n  seats: 1 per party\nbody committee\n  seats: 3 of council\n"
    assert outcome(body + declare("2/3 of committee"), "committee.1 yes, committee.3 yes") == [
        "03 used"
    ]


def test_the_party_that_it_is_about_has_no_vote() -> None:
    """Whether brenia is suspended is for the three others: two of them are two thirds."""
    register = Register(
        DONORS
        + """
status suspended per party
  lapses: after 90 days
power suspend
  by: any party
  may: start suspended at that party
  decided by: 2/3 of parties except that party within 3 days
  silence: refuses
"""
    )
    register.at("2026-01-02", Propose(power="suspend", at="brenia"))
    own = ballots("brenia no", "suspend", "brenia")
    yes = ballots("aldova yes, corvia yes", "suspend", "brenia")
    register.at("2026-01-03", *own, *yes)
    assert told(register, "suspend") == ["02 opened", "03 used"]
    assert register.holds("suspended", row=1)


def test_who_is_concerned_stands_aside_at_opening_and_at_the_close() -> None:
    """A party with many cases is recused: it has no vote if it was so at either moment."""
    clauses = """
measure cases per party: count in 0..1000
  from: series cases, daily, by registers
  if missing: hold 30 days
body council
  seats: 1 per party
  recused when: cases > 10
""" + declare("all of council")
    none = [figure("cases", party, "2026-01-01", 0) for party in TWO]
    many = figure("cases", "brenia", "2026-01-03", 50)
    register = Register(clauses)
    register.at("2026-01-01T01:00:00Z", *none)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-03", *ballots("aldova yes"))
    assert told(register) == ["02 opened"]
    # brenia stands aside from the 3rd on: aldova alone is all, and that settles it.
    register.at("2026-01-03T12:00:00Z", many)
    register.at("2026-01-03T12:00:10Z")
    assert register.times("declare", "used") == ["2026-01-03T12:00:01Z"]


def test_whoever_was_recused_when_the_vote_opened_has_no_vote_in_it() -> None:
    """By the close brenia has no cases left: it was not entitled at the opening."""
    clauses = """
measure cases per party: count in 0..1000
  from: series cases, daily, by registers
  if missing: hold 30 days
body council
  seats: 1 per party
  recused when: cases > 10
""" + declare("all of council")
    register = Register(clauses)
    first = [
        figure("cases", "aldova", "2026-01-01", 0),
        figure("cases", "brenia", "2026-01-01", 50),
    ]
    register.at("2026-01-01T01:00:00Z", *first)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-02T12:00:00Z", figure("cases", "brenia", "2026-01-02", 0))
    register.at("2026-01-03", *ballots("brenia no, aldova yes"))
    assert told(register) == ["02 opened", "03 used"]


def test_a_party_that_is_not_surely_concerned_keeps_its_vote() -> None:
    """No figures at all: nobody is recused, so both must agree."""
    clauses = """
measure cases per party: count in 0..1000
  from: series cases, daily, by registers
  if missing: unknown
body council
  seats: 1 per party
  recused when: cases > 10
""" + declare("all of council")
    assert outcome(clauses, "aldova yes") == ["06 refused"]
    assert outcome(clauses, "aldova yes, brenia yes") == ["03 used"]


def test_18_a_suspended_party_has_no_vote_while_it_is() -> None:
    """A status that stops voting takes the vote, also in the middle; it ends with the status."""
    clauses = (
        CLUSTER
        + """
status suspended per party
  lapses: after 10 days
  stops: voting
rule suspend
  on: cluster
  then: start suspended at that party
"""
        + declare("all of parties")
    )
    worked = """
  given: aldova votes yes on declare
         cluster in brenia on day {day}
         aldova uses declare on day 3
  expect: declare {edge} on day {last}
"""
    comes_true(clauses, worked.format(day=1, edge="used", last=3))
    comes_true(clauses, worked.format(day=5, edge="used", last=5))
    comes_true(clauses, worked.format(day=20, edge="refused", last=7))


def test_18_a_party_that_leaves_in_mid_vote_is_no_longer_counted() -> None:
    """Three of four must agree, three are left and two have answered: two of three are enough."""
    clauses = (
        DONORS
        + declare("2/3 of parties")
        + """
power withdraw
  by: any party
  may: leave
"""
    )
    register = Register(clauses)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-03", *ballots("aldova yes, brenia yes, dorvia no"))
    assert told(register) == ["02 opened"]
    register.at("2026-01-03T06:00:00Z", Use(power="withdraw", at="dorvia"))
    register.at("2026-01-03T07:00:00Z")
    assert register.times("declare", "used") == ["2026-01-03T06:00:01Z"]
    register.at("2026-01-04", PROPOSED)
    [refused] = register.at("2026-01-05", *ballots("aldova no, brenia no"))
    assert (refused.clause, refused.edge) == ("declare", "refused")


def test_18_a_party_that_joins_in_mid_vote_has_no_vote_in_it() -> None:
    """corvia ratifies on the 3rd: the vote of the 2nd is still for two, the next one for three."""
    clauses = "status in_force per party\n  while: ratified\n" + declare("all of parties")
    register = Register(clauses, THREE, ratified=TWO)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-03", Consent(how="ratify", party="corvia"))
    register.at("2026-01-04", *ballots("aldova yes, brenia yes, corvia no"))
    assert told(register) == ["02 opened", "04 used"]
    register.at("2026-01-05", PROPOSED)
    register.at("2026-01-06", *ballots("corvia no"))
    assert told(register)[2:] == ["05 opened", "06 refused"]


def test_those_who_bring_it_into_force_vote_before_it_binds_them() -> None:
    """Nobody is bound yet: all the parties decide that the agreement begins."""
    clauses = """
status in_force per party
  lapses: after 1 years
power begin
  by: any party
  may: start in_force at each party
  decided by: all of parties within 3 days
  silence: refuses
"""
    register = Register(clauses + declare("all of parties"))
    register.at("2026-01-02", Propose(power="begin"), PROPOSED)
    register.at("2026-01-03", *ballots("aldova yes, brenia yes", "begin"))
    assert told(register) == []
    assert register.holds("in_force")


# --- majorities -----------------------------------------------------------------------------------


def test_a_second_majority_within_a_group_must_be_met_as_well() -> None:
    """Three of four, and half of the donors: without a donor it cannot be carried."""
    both = DONORS + declare("1/2 of parties and 1/2 of donors", "abstains")
    # dorvia could still make it a tie among the donors; by the 6th it has not.
    assert outcome(both, "aldova yes, brenia yes, corvia yes") == ["06 used"]
    # Of the two donors one is for and one against: a tie in the group.
    assert outcome(both, "aldova yes, brenia yes, corvia yes, dorvia no") == ["03 refused"]
    assert outcome(both, "aldova yes, brenia yes, corvia no, dorvia no") == ["03 refused"]


def test_a_vote_closes_early_when_one_of_its_majorities_is_out_of_reach() -> None:
    """Both donors are needed and one is against: nothing that others answer can change that."""
    both = DONORS + declare("1/4 of parties and all of donors")
    assert outcome(both, "dorvia no") == ["03 refused"]
    assert outcome(both, "corvia yes") == ["06 refused"]
    assert outcome(both, "corvia yes, dorvia yes") == ["03 used"]


def test_a_number_of_votes_of_a_group() -> None:
    """Two of the parties, among them one donor."""
    both = DONORS + declare("2 of parties and 1 of donors")
    assert outcome(both, "aldova yes, brenia yes") == ["06 refused"]
    assert outcome(both, "aldova yes, dorvia yes") == ["03 used"]


def test_silence_that_consents_holds_for_every_majority() -> None:
    """Nobody answers: carried. Without an objection the silent donors are for it, too."""
    both = DONORS + declare("2/3 of parties and all of donors", "consents")
    assert outcome(both, "") == ["06 used"]
    assert outcome(both, "aldova no") == ["06 refused"]


def test_those_voting_can_be_asked_to_carry_a_weight() -> None:
    """Half the parties, and half of what all pay: aldova alone pays as much as the others."""
    key = "term key per party: 50% of aldova, 20% of brenia, 20% of corvia, 10% of dorvia\n"
    both = DONORS + key + declare("1/4 of parties and 60% of key")
    assert outcome(both, "aldova yes, dorvia yes") == ["03 used"]
    assert outcome(both, "brenia yes, corvia yes, dorvia yes") == ["06 refused"]
    assert outcome(both, "aldova no") == ["03 refused"]
    voting = DONORS + key + declare("1/4 of parties voting and 60% of key", "abstains")
    # Of those voting, aldova and dorvia, 50 of 60 are for.
    assert outcome(voting, "aldova yes, dorvia no") == ["06 used"]
    # With aldova's 50 against, 50 of 100 are the most that can be for.
    assert outcome(voting, "brenia yes, aldova no") == ["03 refused"]


def test_shares_that_make_the_whole_exactly_are_enough() -> None:
    """10 % + 20 % are 30 %, though not in binary fractions."""
    key = "term key per party: 10% of aldova, 20% of brenia, 35% of corvia, 35% of dorvia\n"
    assert outcome(
        DONORS + key + declare("2 of parties and 30% of key"), "aldova yes, brenia yes"
    ) == ["03 used"]


POPULATION = """
measure population per party: count
  from: series population, irregular, by census
  if missing: hold 300 days
"""


def test_a_weight_that_is_measured_counts_as_it_is_known_at_the_close() -> None:
    """aldova has two thirds of the people, until brenia's census is in."""
    clauses = POPULATION + declare("1 of parties and 60% of population")
    register = Register(clauses)
    first = [("aldova", 40), ("brenia", 20)]
    seen = [figure("population", party, "2026-01-01", count) for party, count in first]
    register.at("2026-01-01T01:00:00Z", *seen)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-03", figure("population", "brenia", "2026-01-02", 40))
    register.at("2026-01-04", *ballots("aldova yes"))
    assert told(register) == ["02 opened"]
    register.at("2026-01-05", figure("population", "brenia", "2026-01-05", 10))
    assert told(register) == ["02 opened", "05 used"]


def test_a_weight_that_nobody_knows_is_not_met_and_is_waited_for() -> None:
    """All have agreed, but brenia's people were never counted: refused at the end, if not before
    then they are."""
    clauses = POPULATION + declare("1 of parties and 60% of population")
    for counted, expected in ((False, "06 refused"), (True, "05 used")):
        register = Register(clauses)
        register.at("2026-01-01T01:00:00Z", figure("population", "aldova", "2026-01-01", 40))
        register.at("2026-01-02", PROPOSED)
        register.at("2026-01-03", *ballots("aldova yes, brenia yes"))
        late = [figure("population", "brenia", "2026-01-05", 5)] if counted else []
        register.at("2026-01-05", *late)
        register.at("2026-01-09")
        assert told(register) == ["02 opened", expected]


def test_18_as_many_for_as_against_are_not_half() -> None:
    """A tie is a refusal; exactly half with nobody against is not a tie."""
    half = DONORS + declare("1/2 of parties", "abstains")
    assert outcome(half, "aldova yes, brenia yes, corvia no, dorvia no") == ["03 refused"]
    assert outcome(half, "aldova yes, brenia yes") == ["06 used"]
    third = DONORS + declare("1/3 of parties voting", "abstains")
    assert outcome(third, "aldova yes, brenia no") == ["06 used"]


# --- quorum ---------------------------------------------------------------------------------------


def test_a_quorum_is_a_share_of_the_seats_that_may_answer() -> None:
    """Half of eight seats: aldova's three are not enough, with brenia's they are six."""
    body = DONORS + "body board\n  seats: {seats}\n  quorum: {quorum}\n"
    board = body.format(seats="3 per party", quorum="1/2 of seats") + declare(
        "1 of board", "abstains"
    )
    assert outcome(board, "aldova yes") == ["06 refused"]
    assert outcome(board, "aldova yes, brenia abstain") == ["03 used"]


def test_a_quorum_of_parties_counts_parties_whatever_their_seats() -> None:
    """Two parties of four, or one of the two donors."""
    body = DONORS + "body board\n  seats: 3 per party\n  quorum: {quorum}\n"
    two = body.format(quorum="2 parties") + declare("1 of board", "abstains")
    assert outcome(two, "aldova yes") == ["06 refused"]
    assert outcome(two, "aldova yes, brenia no") == ["03 used"]
    donors = body.format(quorum="1/2 of donors") + declare("1 of board", "abstains")
    assert outcome(donors, "aldova yes, brenia yes") == ["06 refused"]
    assert outcome(donors, "aldova yes, corvia abstain") == ["03 used"]
