# SPDX-License-Identifier: Apache-2.0
"""Chapter 5. Votes: who is entitled, ties, silence, quorum, and when the outcome is settled.

Answers 18 and 19. Parties that leave, join or are suspended in mid-vote (18) come with the clauses
that say it.
"""

from __future__ import annotations

import pytest

from pratique.register.acts import Propose, Vote
from spec.small_accord import CLUSTER, THREE, TWO, Register, comes_true

COUNCIL = """
body council
  seats: 1 per party
  quorum: 2 parties
power declare
  by: council
  may: start emergency
  decided by: {need} within 3 days
  silence: {silence}
status emergency
  lapses: after 30 days
"""
PROPOSED = Propose(power="declare")


def ballots(*cast: tuple[str, str]) -> list[Vote]:
    """Return ballots on the declaration."""
    return [Vote.model_validate({"power": "declare", "party": p, "ballot": b}) for p, b in cast]


def outcome(need: str, silence: str, *cast: tuple[str, str]) -> list[tuple[str, str]]:
    """Return what comes of a proposal of 2 January among three parties that vote the day after."""
    register = Register(COUNCIL.format(need=need, silence=silence), THREE)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-03", *ballots(*cast))
    register.at("2026-01-10")
    return [(one.when[8:10], one.edge) for one in register.changes if one.clause == "declare"][1:]


def test_18_a_tie_is_a_refusal_and_the_proposal_may_be_made_again() -> None:
    """One for, one against, of two: not two thirds. A second try may carry."""
    register = Register(COUNCIL.format(need="2/3 of parties", silence="abstains"), TWO)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-03", *ballots(("aldova", "yes"), ("brenia", "no")))
    assert register.times("declare", "refused") == ["2026-01-03T00:00:00Z"]
    register.at("2026-01-04", PROPOSED)
    register.at("2026-01-05", *ballots(("aldova", "yes"), ("brenia", "yes")))
    assert register.times("declare", "used") == ["2026-01-05T00:00:00Z"]
    assert register.holds("emergency")


def test_18_a_vote_closes_early_when_the_rest_cannot_change_it() -> None:
    """Two of three for: carried at once. Two of three against: refused at once."""
    yes = outcome("2/3 of parties", "refuses", ("aldova", "yes"), ("brenia", "yes"))
    no = outcome("2/3 of parties", "refuses", ("aldova", "no"), ("brenia", "no"))
    assert (yes, no) == ([("03", "used")], [("03", "refused")])


def test_18_otherwise_it_waits_for_its_last_day_to_end() -> None:
    """One for, two silent: open until three days after the 2nd have passed."""
    said = outcome("2/3 of parties", "refuses", ("aldova", "yes"))
    assert said == [("06", "refused")]


def test_18_without_a_quorum_nothing_is_decided() -> None:
    """One vote of three is enough by number, but two must answer for the council to be quorate."""
    alone = outcome("1 of council", "abstains", ("aldova", "yes"))
    joined = outcome("1 of council", "abstains", ("aldova", "yes"), ("brenia", "abstain"))
    assert (alone, joined) == ([("06", "refused")], [("03", "used")])


def test_18_a_ballot_in_the_moment_of_the_deadline_counts_and_a_later_one_replaces() -> None:
    """brenia changes its answer in the last moment: its latest ballot is its vote."""
    register = Register(COUNCIL.format(need="2/3 of parties", silence="refuses"), THREE)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-03", *ballots(("brenia", "abstain"), ("aldova", "yes")))
    last = ballots(("brenia", "yes"))
    assert [one.edge for one in register.at("2026-01-06", *last)] == ["used", "starts"]


def test_19_silence_consents_unless_somebody_objects() -> None:
    """Nobody answers: carried at the end. One says no: the silent no longer count as yes."""
    quiet = outcome("2/3 of parties", "consents")
    broken = outcome("2/3 of parties", "consents", ("aldova", "no"))
    assert (quiet, broken) == ([("06", "used")], [("06", "refused")])


def test_19_silence_that_consents_needs_no_quorum() -> None:
    """A written procedure of the council: nobody answered, and it is decided."""
    assert outcome("2/3 of council", "consents") == [("06", "used")]


@pytest.mark.parametrize(
    ("silence", "carried"), [("refuses", "refused"), ("abstains", "used"), ("consents", "used")]
)
def test_19_what_silence_means_decides_a_vote_of_those_voting(silence: str, carried: str) -> None:
    """One for, two silent, a majority of those voting: silence as no outvotes the one."""
    assert outcome("1/2 of parties voting", silence, ("aldova", "yes")) == [("06", carried)]


def test_19_who_abstains_by_silence_still_counts_among_all() -> None:
    """Two thirds of all parties are two of three, whatever the silent mean."""
    assert outcome("2/3 of parties", "abstains", ("aldova", "yes")) == [("06", "refused")]


def test_also_a_second_call_joins_a_proposal_that_is_pending() -> None:
    """Two notices are missed two days apart: one review, one vote, which keeps its first clock."""
    comes_true(
        CLUSTER
        + COUNCIL.format(need="2/3 of parties", silence="refuses")
        + """
duty notify
  on: cluster
  by: that party
  must: tell the others
  within: 24 hours
  if missed: call declare
""",
        """
  given: cluster in aldova on day 1
         cluster in brenia on day 3
  expect: declare opened on day 2
          not declare opened on day 4
          declare refused on day 6
          not declare opened on day 5
""",
    )


def test_also_an_answer_without_a_question_changes_nothing() -> None:
    """A ballot where no proposal is pending is refused, and is not kept for the next one."""
    register = Register(COUNCIL.format(need="2/3 of parties", silence="refuses"), THREE)
    register.at("2026-01-02", *ballots(("aldova", "yes"), ("brenia", "yes")))
    register.at("2026-01-03", PROPOSED)
    register.at("2026-01-09")
    assert register.times("declare", "refused") == ["2026-01-07T00:00:00Z"]
