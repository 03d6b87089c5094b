# SPDX-License-Identifier: Apache-2.0
"""What two clauses do together, and what a whole text's logic comes to, on small accords."""

from __future__ import annotations

import pytest

from pratique.accord.check import check
from pratique.base.finding import Finding
from pratique.base.text import render
from pratique.engine.cells.reasoning import reason
from spec.small_accord import accord

HEAD = """party aldova, brenia, corvia
body hub
measure cases per party: count in 0..1000
  from: acts
  if missing: unknown
measure rain: number in 0..100
  from: acts
  if missing: unknown
measure cluster per party: event
  from: acts
status alert
"""
WET, DRY = "rule wet\n  when: rain > 50\n  then: start alert\n", "  then: end alert\n"
ENDED = "rule dry\n  when: rain < 40\n" + DRY
BAN = "duty ban\n{when}  by: {by}\n  must not: {what}\n"


def logic(clauses: str) -> list[Finding]:
    """Return what the logic of an accord with some clauses gives."""
    checked = check(accord(HEAD + clauses, parties=""), cells=reason)
    assert checked.reasoned is not None, [str(one.sentence) for one in checked.findings]
    return list(checked.reasoned.findings)


def codes(clauses: str) -> list[str]:
    """Return the codes of what the logic of some clauses gives."""
    return [finding.code for finding in logic(clauses)]


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        ("when: rain > 50", ["E603"]),
        ("when: rain > 40", ["E603"]),
        ("when: rain > 60", ["W606"]),
        ("when: rain < 60", ["W606"]),
        ("when: rain <= 50", []),
        ("when: rain < 40 for 7 days", []),
        ("when: rain < 60 for 7 days", ["W606"]),
        ("when: max of rain over 14 days < 55", ["W606"]),
        ("when: sum of rain over 14 days < 10", []),
        ("when: all parties (cases < 5)", ["W606"]),
        ("when: rain < 40 and not alert", ["W606"]),
        ("on: cluster", []),
    ],
)
def test_what_starts_and_what_ends(ends: str, found: list[str]) -> None:
    assert codes(WET + f"rule dry\n  {ends}\n{DRY}") == found


def test_an_override_settles_which_prevails() -> None:
    ends = "rule dry\n  when: rain > 40\n  then: end alert\n  overrides: wet\n"
    assert codes(WET + ends) == []


def test_the_same_change_that_starts_and_ends() -> None:
    both = "rule one\n  on: cluster\n  then: start alert\nrule other\n  on: cluster\n" + DRY
    (finding,) = logic(both)
    assert finding.code == "E603"
    assert str(finding.note) == "`one` stands in line 24"


def test_nothing_can_end_what_is_ended_only_before_it_starts() -> None:
    (finding,) = logic(WET + "rule dry\n  when: rain < 40 and not alert\n" + DRY)
    assert str(finding.sentence) == "once started, `alert` can never stop"


@pytest.mark.parametrize(
    ("duty", "ban", "found"),
    [
        # (who must, when), (who must not, when)
        (("each party", "alert"), ("aldova", ""), ["E604"]),
        (("that party", "cases > 5"), ("that party", "cases > 100"), ["E604"]),
        (("that party", "cases > 5"), ("that party", "cases < 5"), []),
        (("that party", "cases > 5"), ("other parties", "cases < 5"), ["E604"]),
        (("each party", "rain > 5"), ("each party", "rain < 5"), []),
        (("that party", "cases > 5"), ("other parties", "cases > 5"), ["E604"]),
        (("hub", "alert"), ("each party", "alert"), []),
        (("hub", "alert"), ("hub", "rain > 90"), ["E604"]),
        (("aldova", "alert"), ("brenia", "alert"), []),
        (("each party", "alert"), ("each party", "not alert"), []),
    ],
)
def test_a_duty_against_a_prohibition(
    duty: tuple[str, str], ban: tuple[str, str], found: list[str]
) -> None:
    clauses = f"duty act\n  when: {duty[1]}\n  by: {duty[0]}\n  must: close the border\n"
    when = f"  when: {ban[1]}\n" if ban[1] else ""
    clauses += BAN.format(when=when, by=ban[0], what="close the  Border.")
    assert codes(WET + ENDED + clauses) == found


def test_a_duty_to_one_and_a_prohibition_towards_another_never_meet() -> None:
    clauses = (
        "duty act\n  when: alert\n  by: each party\n  to: hub\n  must: send samples\n"
        "duty ban\n  when: alert\n  by: each party\n  to: {}\n  must not: send samples\n"
    )
    assert codes(WET + ENDED + clauses.format("aldova")) == []
    assert codes(WET + ENDED + clauses.format("hub")) == ["E604"]


@pytest.mark.parametrize(("most", "found"), [("cases < 100", ["E604"]), ("cases < 130", [])])
def test_two_duties_that_no_figure_meets(most: str, found: list[str]) -> None:
    duties = (
        f"duty low\n  when: alert\n  by: each party\n  must: {most}\n"
        "duty high\n  when: rain > 20\n  by: each party\n  must: cases > 120\n"
    )
    assert codes(WET + ENDED + duties) == found


def test_what_is_permitted_and_forbidden() -> None:
    clauses = "power act\n  when: alert\n  by: each party\n  may: close the border\n"
    (finding,) = logic(
        WET + ENDED + clauses + BAN.format(when="", by="brenia", what="close the border")
    )
    assert finding.code == "E603"
    assert "brenia" in render(finding.witness or "")


def test_a_witness_gives_the_figures() -> None:
    (finding,) = logic(WET + "rule dry\n  when: rain < 60\n" + DRY)
    assert str(finding.witness) == "`rain` is 55"
    assert render(finding.witness or "", "fr") == "`rain` vaut 55"


def test_what_stops_a_clause_whenever_it_would_apply() -> None:
    clauses = "status calm\n  while: rain < 60\n  stops: dry\n"
    assert codes(WET + ENDED + clauses) == ["E601"]


def test_a_part_that_makes_no_difference() -> None:
    wet = "rule wet\n  when: rain > 50 and any party (cases >= 0)\n  then: start alert\n"
    (finding,) = logic(wet + ENDED)
    assert finding.code == "W602"
    assert "this part" in str(finding.sentence)


def test_what_can_never_be_is_said_once_and_not_of_all_that_read_it() -> None:
    clauses = (
        "status flood\n  while: rain > 100\n"
        "duty pump\n  when: flood\n  by: hub\n  must: pump the water out\n"
    )
    (finding,) = logic(WET + ENDED + clauses)
    assert finding.code == "E601"
    assert "`flood` can never hold" in str(finding.sentence)


def test_what_is_tried_is_counted_and_what_is_not_proven_is_named() -> None:
    odd = "rule odd\n  when: rain * rain > 10001\n  then: start alert\n"
    checked = check(accord(HEAD + WET + ENDED + odd, parties=""), cells=reason)
    assert checked.reasoned is not None
    assert checked.reasoned.not_proven == ("odd",)
    assert checked.reasoned.conditions == 3
    assert checked.reasoned.cells > 3


POWER = "power declare\n  by: hub\n  may: start alert\n"
OWED = (
    "duty report\n  on: cluster\n  by: hub\n  must: report\n  within: 3 days\n"
    "  if missed: start alert\n"
)
CASES = (
    "procedure inquiry\n  opened by: any party\n  step look: by hub, within 3 days\n"
    "  ends: closed at look\n  at closed: start alert\n"
)


@pytest.mark.parametrize(
    ("starts", "change"),
    [
        (POWER, "declare used"),
        (OWED, "report missed"),
        (OWED, "report missed or cluster"),
        (CASES, "closed of inquiry done"),
        (WET, "wet used"),
    ],
)
def test_what_follows_from_a_start_and_ends_it(starts: str, change: str) -> None:
    assert codes(starts + f"rule lift\n  on: {change}\n{DRY}") == ["E603"]


@pytest.mark.parametrize(
    ("starts", "change"), [(POWER, "cluster"), (OWED, "report done"), (CASES, "inquiry opened")]
)
def test_what_follows_from_another_change_may_end_it(starts: str, change: str) -> None:
    assert codes(starts + f"rule lift\n  on: {change}\n{DRY}") == []


def test_a_ban_on_a_part_of_what_is_owed() -> None:
    clauses = "duty act\n  when: alert\n  by: hub\n  must: answer the questions, and notify\n"
    ban = BAN.format(when="", by="hub", what="{}")
    assert codes(WET + ENDED + clauses + ban.format("answer the questions")) == ["E604"]
    assert codes(WET + ENDED + clauses + ban.format("answer the questions of others")) == []


def test_what_persons_may_and_must_not() -> None:
    clauses = "people clinician\npower act\n  by: clinician\n  may: practise\n"
    assert codes(WET + ENDED + clauses + BAN.format(when="", by="clinician", what="practise")) == [
        "E603"
    ]


@pytest.mark.parametrize(("time", "found"), [("120 weeks", ["E601"]), ("90 weeks", [])])
def test_no_status_holds_for_longer_than_until_it_lapses(time: str, found: list[str]) -> None:
    clauses = (
        "status season\n  while: rain > 10\n  lapses: after 24 months\n"
        f"duty act\n  when: season for {time}\n  by: hub\n  must: act\n"
    )
    assert codes(WET + ENDED + clauses) == found
