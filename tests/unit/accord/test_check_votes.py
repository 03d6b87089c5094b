# SPDX-License-Identifier: Apache-2.0
"""What the catalogue leaves open of E508 and W509: votes, and emergency powers."""

from __future__ import annotations

import pytest

from unit.accord.found_rows import Row, holds

COUNCIL = "body council\n  seats: 1 per party\n  quorum: {quorum}\n"
VOTE = "power decide\n  by: council\n{when}  may: {may}\n  decided by: {vote} within 3 days\n"
VOTE += "  silence: {silence}\n"


def vote(
    *,
    quorum: str = "3 parties",
    when: str = "",
    may: str = "act",
    by: str = "2/3 of council",
    silence: str = "refuses",
) -> str:
    """Return a council and a vote of it."""
    opener = f"  when: {when}\n" if when else ""
    return COUNCIL.format(quorum=quorum) + VOTE.format(
        when=opener, may=may, vote=by, silence=silence
    )


MUTED = "status muted per party\n  lapses: after 90 days\n  stops: voting\n"
MUTE = "power mute\n  by: any party\n  may: start muted at that party\n"
TOLD = "power tell\n  by: any party\n  may: start interested at that party\n"
INTERESTED = "status interested per party\n  lapses: after 30 days\n"
RECUSING = vote(when="{when}").replace("  quorum", "  recused when: interested\n  quorum")
VOTES: dict[str, Row] = {
    "a quorum of all, without the party concerned": (
        vote(by="2/3 of council except that party", may="blame that party"),
        [("E508", "2 Parties can answer, the quorum of `council` is 3", "`aldova` has no vote")],
    ),
    "a quorum that the others reach": (
        vote(by="2/3 of council except that party", may="blame that party", quorum="2 parties"),
        [],
    ),
    "a quorum that is a share of those who may vote": (
        vote(by="2/3 of council except that party", may="blame that party", quorum="3/3 of seats"),
        [],
    ),
    "silence consents: no quorum is asked": (
        vote(by="2/3 of council except that party", may="blame that party", silence="consents"),
        [],
    ),
    "all votes, without the party concerned": (
        vote(by="3 of parties except that party", may="blame that party"),
        [("E508", "2 votes can be cast, 3 must agree", "`aldova` has no vote")],
    ),
    "open only for those who have lost their vote": (
        MUTED + MUTE + vote(when="muted", may="end muted at that party"),
        [("E508", "2 Parties can answer", "where it is open for `aldova`, `aldova` itself")],
    ),
    "open only while two have lost their vote": (
        MUTED + MUTE + vote(when="count of parties (muted) >= 2", quorum="2 seats"),
        [("E508", "1 vote can be cast, the quorum of `council` is 2", "while 2 Parties have no")],
    ),
    "open while one has lost its vote, and the others suffice": (
        MUTED + MUTE + vote(when="any party (muted)", quorum="2 seats"),
        [],
    ),
    "a condition that may or may not take away a vote": (
        MUTED + MUTE + vote(when="any party (not muted)"),
        [],
    ),
    "open only where the members are recused": (
        INTERESTED + TOLD + RECUSING.format(when="all parties (interested)"),
        [("E508", "nobody is left to vote", "while 3 Parties have no vote")],
    ),
    "a status that silences all": (
        "status silence\n  lapses: after 9 days\n  stops: voting\n"
        "power hush\n  by: any party\n  may: start silence\n" + vote(when="silence"),
        [("E508", "nobody is left to vote", "`silence` stops it")],
    ),
    "a group that is always recused": (
        "party dorvia\n  in: coast\nparty evora\n  in: coast\n"
        + vote(quorum="4 seats").replace("  quorum", "  recused when: coast\n  quorum"),
        [("E508", "3 votes can be cast", "`dorvia` and `evora` never have a vote")],
    ),
    "a majority of a group of which nobody is left": (
        "party dorvia\n  in: coast\n"
        + vote(by="2/3 of council and all of coast", quorum="2 seats").replace(
            "  quorum", "  recused when: coast\n  quorum"
        ),
        [("E508", "nobody of `coast` is left to vote", "`dorvia` never")],
    ),
    "a body of unstated seats counts one for each party": (
        vote(quorum="4 parties").replace("  seats: 1 per party\n", ""),
        [("E508", "3 Parties can answer, the quorum of `council` is 4", "all who have a vote")],
    ),
    "in force before a quorum is": (
        "status in_force\n  while: count of parties (ratified) >= 2\n" + vote(),
        [("E508", "cannot be carried when the accord enters into force", "once 2 Parties have")],
    ),
    "in force with all": (
        "status in_force\n  while: count of parties (ratified) > 2\n" + vote(),
        [],
    ),
    "what begins being in force is voted on by all": (
        "status in_force\n  while: count of parties (ratified) >= 2\n" + vote(may="start in_force"),
        [],
    ),
    "in force for a group alone": (
        "party dorvia\n  in: coast\nstatus in_force per coast\n  while: ratified\n"
        + vote(quorum="2 parties"),
        [("E508", "1 Party can answer", "`aldova`, `brenia` and `corvia` never have a vote")],
    ),
    "a power decided as another": (
        vote(quorum="2 parties")
        + "power other\n  by: council\n  may: blame that party\n  decided by: as first\n"
        "power first\n  by: council\n  may: blame that party\n"
        "  decided by: 3 of council except that party within 3 days\n  silence: refuses\n",
        [("E508", "`other` can never", "`aldova`"), ("E508", "`first` can never", "`aldova`")],
    ),
}


@pytest.mark.parametrize("name", VOTES)
def test_a_vote_that_too_few_can_take_part_in_is_found(name: str) -> None:
    holds(VOTES[name])


# --- W509 -----------------------------------------------------------------------------------------

BAN = "duty keep_open\n  by: each party\n  must not: close crossing points\n"
CLOSING = "power close\n  by: any party\n  when: urgency\n  may: close\n  overrides: keep_open\n"
HUB = "body hub\n"
VOTED = "  decided by: 2/3 of parties within 2 days\n  silence: refuses\n"
SOFT = "  winds down: 5 days\n"
LAPSE = "  lapses: after 90 days\n"


def emergency(status: str, power: str, under: str = BAN + CLOSING) -> str:
    """Return a status, the power that starts it, and what hangs on it."""
    start = "power declare\n  by: hub\n  may: start urgency\n" + power
    return f"{HUB}status urgency\n{status}{start}{under}"


CALM = "rule calm\n  when: all parties (ratified)\n  then: end urgency\n"
EMERGENCIES: dict[str, Row] = {
    "nothing is lacking": (emergency(LAPSE + SOFT, VOTED), []),
    "no opener": (
        emergency(LAPSE + SOFT, ""),
        [
            (
                "W509",
                "`declare` has no opener",
                "what stands back while `urgency` lasts: `keep_open`",
            )
        ],
    ),
    "no wind-down": (
        emergency(LAPSE, VOTED),
        [("W509", "has no wind-down", "`keep_open`")],
    ),
    "ended by a rule: no limit": (
        emergency(SOFT, VOTED, BAN + CLOSING + CALM),
        [("W509", "has no limit", "`keep_open`")],
    ),
    "ended by a rule, at most once in a year": (
        emergency(SOFT, f"{VOTED}  at most: once in 12 months\n", BAN + CLOSING + CALM),
        [],
    ),
    "ended by decision only": (
        emergency(
            SOFT + "  scope: crossing points\n",
            VOTED,
            BAN + CLOSING + "power stop\n  by: hub\n  may: end urgency\n",
        ),
        [("W509", "has no end but by decision", "`keep_open`")],
    ),
    "by a status that lingers": (
        emergency(
            LAPSE,
            VOTED,
            BAN
            + "status opening\n  while: urgency\n  lingers: 60 days\n"
            + CLOSING.replace("urgency", "opening"),
        ),
        [],
    ),
    "by a status that ends at once": (
        emergency(
            LAPSE,
            VOTED,
            BAN + "status opening\n  while: urgency\n" + CLOSING.replace("urgency", "opening"),
        ),
        [("W509", "has no wind-down", "`keep_open`")],
    ),
    "permits hang on it": (
        emergency(
            LAPSE,
            VOTED,
            "procedure licensing\n  opened by: any party\n  asks: applicant: person\n"
            "  step decide: by hub\n  grants: licence to applicant while urgency at decide\n",
        ),
        [("W509", "has no wind-down", "lasts: `licence`")],
    ),
    "what only stops a clause needs no wind-down": (
        emergency(LAPSE + "  stops: keep_open\n", "", BAN),
        [("W509", "`declare` has no opener", "`keep_open`")],
    ),
    "nothing stands back": (emergency(LAPSE, "", BAN), []),
}


@pytest.mark.parametrize("name", EMERGENCIES)
def test_an_emergency_power_that_lacks_a_bound_is_found(name: str) -> None:
    holds(EMERGENCIES[name])
