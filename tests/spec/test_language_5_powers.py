# SPDX-License-Identifier: Apache-2.0
"""Powers in full: decided as another is, after notice, confirmed later, up to an amount; their
words, and what `check` finds in votes that can never be carried.
"""

from __future__ import annotations

import pytest

from pratique.accord.check import check
from pratique.accord.kinds import kinds
from pratique.accord.model import read_accord
from pratique.register.acts import Move, Propose, Use
from pratique.rehearsal.trial import try_cases
from spec.small_accord import CLUSTER, TWO, Register, accord, comes_true, figure, findings
from spec.small_votes import DONORS, PROPOSED, ballots, declare, told

# --- as another power, notice, confirmation -------------------------------------------------------


def test_a_power_can_be_decided_as_another_is() -> None:
    """What ends the emergency is decided as what begins it: by two thirds, silence consenting."""
    clauses = (
        declare("2/3 of parties", "consents")
        + """
power stand_down
  by: any party
  when: emergency
  may: end emergency
  decided by: as declare
"""
    )
    register = Register(clauses)
    register.at("2026-01-02", PROPOSED)
    register.at("2026-01-06")
    assert register.holds("emergency")
    register.at("2026-01-07", Propose(power="stand_down"))
    register.at("2026-01-12")
    assert told(register, "stand_down") == ["07 opened", "11 used"]
    assert not register.holds("emergency")


def test_also_what_needs_notice_takes_effect_at_its_end() -> None:
    """Withdrawal on 30 days' notice; a second notice joins the first."""
    register = Register(
        DONORS
        + declare("all of parties")
        + "power withdraw\n  by: any party\n  may: leave\n  notice: 30 days\n"
    )
    register.at("2026-01-02", Use(power="withdraw", at="dorvia"))
    register.at("2026-01-10", Use(power="withdraw", at="dorvia"))
    register.at("2026-01-31", PROPOSED)
    register.at("2026-01-31T01:00:00Z", *ballots("aldova yes, brenia yes, corvia yes"))
    assert told(register) == ["31 opened"]
    register.at("2026-02-04")
    assert register.times("withdraw", "opened") == ["2026-01-02T00:00:00Z"]
    assert register.times("withdraw", "used") == ["2026-02-02T00:00:00Z"]
    assert register.times("declare", "used") == ["2026-02-02T00:00:01Z"]


def test_also_a_notice_comes_to_nothing_if_its_condition_no_longer_holds() -> None:
    """The export ban was announced for five days later; the shortage was over by then."""
    clauses = CASES_AND_BAN.format(decided="")
    for cases, edge in ((80, "08 used"), (3, "08 refused")):
        register = Register(clauses)
        register.at("2026-01-01T01:00:00Z", figure("cases", "aldova", "2026-01-01", 80))
        register.at("2026-01-02", Use(power="ban"))
        register.at("2026-01-06", figure("cases", "aldova", "2026-01-06", cases))
        register.at("2026-01-09")
        assert told(register, "ban") == ["02 opened", edge]
        assert register.holds("banned") == (cases == 80)


CASES_AND_BAN = """
measure cases per party: count in 0..1000
  from: series cases, daily, by registers
  if missing: hold 30 days
status banned
  lapses: after 30 days
power ban
  by: any party
  when: any party (cases > 50)
  may: start banned
  notice: 5 days
{decided}"""


def test_notice_follows_on_a_vote_that_is_carried() -> None:
    """Carried on the 3rd, in effect on the 9th; a refusal needs no notice."""
    vote = "  decided by: all of parties within 3 days\n  silence: refuses\n"
    register = Register(CASES_AND_BAN.format(decided=vote))
    register.at("2026-01-01T01:00:00Z", figure("cases", "aldova", "2026-01-01", 80))
    register.at("2026-01-02", Propose(power="ban"))
    register.at("2026-01-03", *ballots("aldova yes, brenia yes", "ban"))
    assert not register.holds("banned")
    register.at("2026-01-10")
    assert told(register, "ban") == ["02 opened", "09 used"]
    register.at("2026-01-11", Propose(power="ban"))
    register.at("2026-01-12", *ballots("aldova no", "ban"))
    assert told(register, "ban")[2:] == ["11 opened", "12 refused"]


ALERT = """
status alert
  lapses: after 90 days
power raise_alert
  by: any party
  may: start alert
  confirmed by: confirm within 5 days
power confirm
  by: any party
  when: alert
  may: confirm the alert
  decided by: 2/3 of parties within 3 days
  silence: abstains
"""


def test_what_is_done_at_once_lasts_if_it_is_confirmed() -> None:
    """The alert is raised on the 2nd and put to the parties at once; both confirm it."""
    register = Register(ALERT)
    register.at("2026-01-02", Use(power="raise_alert"))
    assert register.holds("alert")
    assert told(register, "confirm") == ["02 opened"]
    register.at("2026-01-03", *ballots("aldova yes, brenia yes", "confirm"))
    register.at("2026-01-20")
    assert told(register, "raise_alert") == ["02 used"]
    assert register.holds("alert")


@pytest.mark.parametrize(("words", "day"), [("aldova no, brenia no", "03"), ("", "06")])
def test_what_is_not_confirmed_ends(words: str, day: str) -> None:
    """Refused by the parties, or left to run out with them: the alert ends then."""
    register = Register(ALERT)
    register.at("2026-01-02", Use(power="raise_alert"))
    register.at("2026-01-03", *ballots(words, "confirm"))
    register.at("2026-01-20")
    assert told(register, "raise_alert") == ["02 used", f"{day} refused"]
    assert told(register, "alert") == ["02 starts", f"{day} ends"]


def test_what_nobody_votes_on_must_be_used_within_the_time() -> None:
    """The chair confirms by an act; a second alert while one waits joins it."""
    clauses = """
body council
status alert
  lapses: after 90 days
power raise_alert
  by: any party
  may: start alert
  confirmed by: confirm within 5 days
power confirm
  by: chair of council
  may: confirm the alert
"""
    for confirmed in (True, False):
        register = Register(clauses)
        register.at("2026-01-02", Use(power="raise_alert"))
        register.at("2026-01-04", Use(power="raise_alert"))
        used = "2026-01-08T00:00:00Z" if confirmed else "2026-01-08T00:00:01Z"
        register.at(used, Use(power="confirm"))
        register.at("2026-01-20")
        assert told(register, "raise_alert") == ["02 used"] + ([] if confirmed else ["08 refused"])
        assert register.holds("alert") == confirmed


def test_only_what_it_started_ends_and_what_was_paid_stays() -> None:
    """The alert was on already when it was raised again: it goes on; the money is still owed."""
    clauses = (
        CLUSTER
        + ALERT
        + """
body hub
pool fund: money USD
  from: USD 100 per year as 50% of aldova, 50% of brenia within 5 days
  kept by: hub
rule spotted
  on: cluster
  then: start alert
"""
    )
    comes_true(
        clauses.replace("may: start alert\n", "may: start alert; pay USD 1 from fund to brenia\n"),
        """
  given: cluster in aldova on day 1
         aldova uses raise_alert on day 3
  expect: raise_alert used on day 3
          raise_alert refused on day 7
          alert on day 20
          committed of fund + paid of fund = USD 1 on day 20
""",
    )


def test_how_much_is_carried_from_the_proposal_to_the_payment() -> None:
    """Up to USD 30 may be released; 12 are proposed, and 12 are paid once it is carried."""
    clauses = """
body hub
pool fund: money USD
  from: USD 100 per year as 50% of aldova, 50% of brenia within 5 days
  kept by: hub
power release
  by: any party
  may: pay up to USD 30 from fund to that party
  decided by: all of parties within 3 days
  silence: refuses
"""
    for said, paid in ((12_00, 12_00), (90_00, 30_00), (None, 30_00)):
        register = Register(clauses)
        moved = [{"pool": "fund", "kind": "contribution", "party": p, "amount": 50_00} for p in TWO]
        register.at("2026-01-02", *(Move.model_validate(one) for one in moved))
        proposal = {"power": "release", "at": "brenia", "amount": said}
        register.at("2026-01-03", Propose.model_validate(proposal))
        # What another proposal says meanwhile changes nothing: it joins the one that is pending.
        register.at("2026-01-03T12:00:00Z", Propose(power="release", at="brenia", amount=1))
        register.at("2026-01-04", *ballots("aldova yes, brenia yes", "release", "brenia"))
        assert register.available() == 100_00 - paid


# --- worked cases, words, faults ------------------------------------------------------------------


def test_in_a_case_a_body_votes_with_all_who_have_a_vote_in_it() -> None:
    """The panel's five seats answer when it is asked; a donor's vote counts among donors only."""
    clauses = "body panel\n  seats: 5\n" + declare("4 of panel")
    comes_true(
        clauses,
        """
  given: panel votes yes
         aldova uses declare on day 2
  expect: declare used on day 2
          emergency on day 2
""",
    )
    comes_true(
        DONORS + declare("all of donors"),
        """
  given: aldova votes no
         corvia votes yes
         dorvia votes yes
         aldova uses declare on day 2
  expect: declare used on day 2
""",
    )


def reading(clauses: str, name: str) -> str:
    """Return a clause in plain words."""
    read = read_accord(accord(clauses))
    assert read.is_sound, [str(one.sentence) for one in read.findings]
    typed = read.typed[name]
    return " ".join(str(one) for one in kinds()[typed.source.kind].reading(typed))


def test_it_reads_as_a_lawyer_would_say_it() -> None:
    """Each majority, who has no vote, notice and confirmation are sentences of their own."""
    key = "term key per party: 50% of aldova, 50% of brenia, 0% of corvia, 0% of dorvia\n"
    clauses = (
        DONORS
        + key
        + declare(
            "2/3 of parties and all of donors and 60% of key except that party",
            "abstains",
            "  notice: 5 days\n  confirmed by: check_it within 7 days\n"
            "power check_it\n  by: any party\n  may: check it\n  decided by: as declare\n",
        )
        .replace("start emergency", "start emergency at that party")
        .replace("status emergency", "status emergency per party")
    )
    clauses = clauses.replace("may: check it", "may: check it for that party")
    assert reading(clauses, "declare") == (
        "Open to any Party: start `emergency` in that Party. It needs the votes of at least 2/3 of"
        " the Parties within 3 days. It also needs the votes of all of the members of `donors`."
        " Those voting yes must also have at least 3/5 of the `key` of all who may vote. The Party"
        " that it is about has no vote. Whoever does not answer in time counts as abstaining. It"
        " takes effect 5 days later. It takes effect at once; what it starts ends again unless"
        " `check_it` confirms it within 7 days."
    )
    assert "It is decided as `declare` is: same voters, same majority." in reading(
        clauses, "check_it"
    )


def test_a_body_reads_with_its_seats_and_its_quorum() -> None:
    """Who holds seats, how many must answer, who stands aside, who presides."""
    clauses = (
        DONORS
        + CLUSTER
        + """
body board "Board"
  kind: council
  seats: 2 per donors, 1
  quorum: 2/3 of seats
  recused when: cluster in last 7 days
  chair: a donor, in turn
  agreed by: exchange of letters
"""
    )
    assert reading(clauses, "board") == (
        "A body under the accord: Board. What it is: `council`. Each member of `donors` holds 2"
        " seats in it. It has 1 further voting seat. It can decide when 2/3 of the seats answer. A"
        " Party for which (`cluster` has happened in the last 7 days) has no vote in it. Its chair:"
        " a donor, in turn. It takes part by agreement: exchange of letters."
    )


KEY = "term key per party: 50% of aldova, 50% of brenia\nterm half: 50%\n"


@pytest.mark.parametrize(
    ("clauses", "code", "words"),
    [
        (declare("3 of parties"), "E404", "it asks for more than all"),
        (declare("150% of parties"), "E404", "it asks for more than all"),
        ("body b\n  seats: 2\n" + declare("3 of b"), "E404", "it asks for more than all"),
        (DONORS + declare("2/3 of parties and 3 of donors"), "E404", "more than all"),
        (DONORS + declare("2/3 of parties and 200% of donors"), "E404", "more than all"),
        (
            DONORS + "body b\n  seats: 1 per donors\n  quorum: 3\n" + declare("1 of b"),
            "E404",
            "the quorum of 3 is above the 2 seats",
        ),
        ("body b\n  seats: 4\n  quorum: 3/2 of seats\n" + declare("1 of b"), "E404", "more than"),
        (
            "body b\n  seats: 4\n" + KEY + declare("1 of b and 50% of key"),
            "E400",
            "the seats of `b` belong to no party",
        ),
        (KEY + declare("1/2 of parties and 50% of half"), "E401", "it gives none a weight"),
        (KEY + declare("1/2 of parties and 2 of key"), "E103", "a number of votes is wanted"),
        (
            declare("1/2 of parties") + "power other\n  by: any party\n  may: end emergency\n"
            "  decided by: as third\npower third\n  by: any party\n  may: end emergency\n"
            "  decided by: as other\n",
            "E404",
            "decided as one another",
        ),
        (
            declare("1/2 of parties") + "power other\n  by: any party\n  may: end emergency\n"
            "power third\n  by: any party\n  may: end emergency\n  decided by: as other\n",
            "E404",
            "nobody votes on `other`",
        ),
        (
            "body b\n  seats: 3\n  recused when: ratified\n" + declare("1 of b"),
            "E400",
            "no party holds a seat",
        ),
        (
            "body b\n  seats: 1 per party\n  recused when: any party (ratified)\n"
            + declare("1 of b"),
            "E401",
            "which of them stands aside",
        ),
        (
            declare("1 of parties", "refuses", "  confirmed by: declare within 3 days\n"),
            "E404",
            "cannot confirm itself",
        ),
    ],
)
def test_votes_that_can_never_be_carried_are_found(clauses: str, code: str, words: str) -> None:
    """Each is found where it stands, before anybody signs."""
    found = findings(clauses)
    assert [one for one in found if one.startswith(code) and words in one], found


def test_members_without_a_vote_are_no_majority() -> None:
    """A body of states alone cannot need the donors' votes."""
    clauses = DONORS + "party evora\n  in: states\nbody b\n  seats: 1 per states\n"
    [found] = findings(clauses + declare("1 of b and 1/2 of donors"))
    assert found.startswith("E404 no member of `donors` votes here")


def test_a_whole_text_with_every_form_has_no_findings() -> None:
    """What the manual shows can be checked, compiled and run."""
    text = accord(DONORS + ALERT + declare("2/3 of parties and 1/2 of donors"))
    assert [one.code for one in check(text, trial=try_cases).findings if one.severity == "E"] == []
