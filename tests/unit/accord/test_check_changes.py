# SPDX-License-Identifier: Apache-2.0
"""E601 of changes that cannot happen, and E404 of a quorum of Parties without seats."""

from __future__ import annotations

import pytest

from pratique.accord.check import check
from pratique.accord.check.catalogue.examples import accord_with
from pratique.base.text import render

BASE = """\
body council
  seats: 1 per party
body hub
body court
  seats: 3
  quorum: {quorum}
measure cluster per party: event
  from: acts
duty keep
  by: hub
  must: keep the register
duty tell
  on: cluster
  by: that party
  must: tell it
  within: 2 days
duty yearly
  every: 12 months
  by: hub
  must: report
duty silent
  by: each party
  must not: hide it
power act
  by: hub
  may: act
power vote
  by: council
  may: find a breach
  decided by: 2/3 of parties within 2 days
  silence: refuses
power notify
  by: hub
  may: act later
  notice: 3 months
power order
  by: chair of council
  may: order
  confirmed by: vote within 5 days
procedure request
  opened by: any party
  step ask: by hub, within 2 days
  step think: by hub
  step rest: wait 3 days
  ends: over at rest
procedure slow
  opened by: any party
  step think: by hub
  ends: over at think
"""
NEVER = {
    "keep missed": "`keep` sets no time",
    "silent missed": "`silent` says what must not be done",
    "silent done": "`silent` says what must not be done",
    "silent of aldova missed": "`silent of aldova missed` can never happen",
    "act refused": "nobody votes on `act` or confirms it",
    "act opened": "takes effect at once",
    "order opened": "takes effect at once",
    "think of request missed": "`think` sets no time",
    "rest of request missed": "`rest` sets no time",
    "slow missed": "`slow` sets no time",
    "tell missed or keep missed": "`keep missed` can never happen",
}
SOMETIMES = (
    "keep done", "tell missed", "yearly missed", "vote refused", "vote opened", "notify refused",
    "notify opened", "order refused", "act used", "request missed", "ask of request missed",
    "think of request done", "slow done",
)  # fmt: skip


def said_of(clauses: str, quorum: str = "2") -> list[str]:
    """Return the findings of E601 and E404 on clauses in an annex."""
    text = accord_with("Nothing is said here.", "", paragraph="2.1 none")
    said = check(f"{text}\n## Annex\n\n```accord\n{BASE.format(quorum=quorum)}{clauses}\n```\n")
    stops = [f"{one.code} {render(one.sentence)}" for one in said.accord.findings]
    assert [one for one in stops if one[0] == "E"] == []
    found = [one for one in said.findings if one.code in ("E601", "E404")]
    return [f"{one.code} {render(one.sentence)}" for one in found]


def waiting(change: str) -> str:
    """Return a rule that waits for a change."""
    return f"rule waits\n  on: {change}\n  then: call vote"


@pytest.mark.parametrize(("change", "why"), NEVER.items())
def test_what_can_never_happen_is_found(change: str, why: str) -> None:
    found = said_of(waiting(change))
    assert len(found) == 1
    assert found[0].startswith("E601")
    assert why in found[0]


@pytest.mark.parametrize("change", SOMETIMES)
def test_what_can_happen_is_not(change: str) -> None:
    assert said_of(waiting(change)) == []


def test_a_condition_is_read_too() -> None:
    found = said_of("status bad\n  while: keep missed in last 5 days\n")
    assert found == ["E601 `keep missed` can never happen: `keep` sets no time by which it is due"]


@pytest.mark.parametrize("quorum", ["2", "2 seats", "2/3 of members"])
def test_a_quorum_of_seats_is_one(quorum: str) -> None:
    assert said_of("", quorum) == []


@pytest.mark.parametrize("quorum", ["2 parties", "2/3 of parties"])
def test_a_quorum_of_parties_without_seats_is_none(quorum: str) -> None:
    sentence = "E404 no Party holds a seat in `court`, so `parties` cannot be its quorum"
    assert said_of("", quorum) == [sentence]
