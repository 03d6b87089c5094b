# SPDX-License-Identifier: Apache-2.0
"""Standing is the fold of a register: of any moment, and as known at any moment."""

from __future__ import annotations

import pytest

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.moment import moment_from_iso
from pratique.engine.fold import folded, standing_at
from pratique.engine.refusal import NotTakenIn
from pratique.engine.standing import Standing
from pratique.engine.view import view
from pratique.register.acts import Act, Consent, Correct, Move, Perform, Propose, Report, Vote
from pratique.register.chain import Chain
from pratique.register.entry import Entry

TEXT = """---
accord: Two Parties
clock: UTC
currency: USD
---

## Article 1 — All

1. Words.

```accord
party alba, bora
measure cases per party: count in 0..1000
  from: acts
  if missing: hold 5 days
measure cluster per party: event
  from: acts
status emergency
  lapses: after 10 days
pool fund: money USD
  from: USD 100 per year as 50% of alba, 50% of bora within 20 days
rule pay_out
  when: cases > 20
  then: pay USD 30 from fund to that party within 2 days
duty notify
  on: cluster
  by: that party
  must: tell the others
  within: 24 hours
power declare
  by: any party
  may: start emergency
  decided by: all of parties within 2 days
  silence: refuses
```
"""


def program() -> Program:
    accord = read_accord(TEXT)
    assert not accord.findings
    compiled = compile_accord(accord)
    assert not isinstance(compiled, Finding)
    return compiled


def register(*acts: tuple[str, Act]) -> list[Entry]:
    chain = Chain("two-parties")
    return [
        chain.append(office="alba", act=act, recorded=moment_from_iso(when)) for when, act in acts
    ]


FOUNDING = ("2026-01-01T00:00:00Z", Consent(party="alba", how="ratify"))
ACTS: tuple[tuple[str, Act], ...] = (
    FOUNDING,
    ("2026-01-02T09:00:00Z", Move(pool="fund", kind="contribution", party="alba", amount=5000)),
    ("2026-01-03T09:00:00Z", Report(measure="cases", party="bora", day="2026-01-02", value="30")),
    ("2026-01-04T09:00:00Z", Move(pool="fund", kind="payment", party="bora", amount=3000)),
    ("2026-01-05T09:00:00Z", Report(measure="cluster", party="alba")),
    ("2026-01-05T20:00:00Z", Perform(duty="notify", by="alba")),
    ("2026-01-06T09:00:00Z", Propose(power="declare")),
    ("2026-01-06T10:00:00Z", Vote(power="declare", party="alba", ballot="yes")),
    ("2026-01-06T11:00:00Z", Vote(power="declare", party="bora", ballot="yes")),
)


def at(when: str, known: str | None = None, acts: tuple[tuple[str, Act], ...] = ACTS) -> Standing:
    entries = register(*acts)
    return standing_at(
        program(),
        entries,
        at=moment_from_iso(when),
        known=moment_from_iso(known) if known else None,
    )


def test_a_register_says_where_the_agreement_stands() -> None:
    now = view(at("2026-01-07T00:00:00Z"))
    assert now["pools"]["fund"] == {"received": 5000, "paid": 3000, "committed": 0}
    assert now["claims"]["fund"][0] == []
    assert now["debts"]["notify"] == [[], []]
    assert now["status"]["emergency"][0]["on"]
    assert now["votes"]["declare"] == [None]


def test_each_earlier_moment_can_be_asked_for() -> None:
    before = view(at("2026-01-03T12:00:00Z"))
    assert before["pools"]["fund"] == {"received": 5000, "paid": 0, "committed": 3000}
    owed = view(at("2026-01-05T12:00:00Z"))
    assert [len(debts) for debts in owed["debts"]["notify"]] == [1, 0]
    pending = view(at("2026-01-06T10:30:00Z"))
    assert pending["votes"]["declare"][0]["ballots"] == [1, 0]


def test_time_after_the_last_act_goes_on() -> None:
    later = view(at("2026-01-17T12:00:00Z"))
    assert not later["status"]["emergency"][0]["on"]  # lapsed at the end of the 16th
    assert later["claims"]["fund"][1][0][2] is False
    assert view(at("2026-01-22T00:00:00Z"))["claims"]["fund"][1][0][2] is True  # 20 days were over


def test_what_was_known_later_is_laid_over_without_undoing() -> None:
    corrected = (
        *ACTS,
        (
            "2026-01-08T09:00:00Z",
            Report(measure="cases", party="bora", day="2026-01-02", value="3"),
        ),
    )
    then = at("2026-01-04T12:00:00Z", acts=corrected)
    since = at("2026-01-04T12:00:00Z", known="2026-01-09T00:00:00Z", acts=corrected)
    day = program().clock.day(moment_from_iso("2026-01-04T00:00:00Z"))
    assert then.series["cases"].level(day)[0][0, 1] == 30
    assert since.series["cases"].level(day)[0][0, 1] == 3
    assert view(since)["pools"] == view(then)["pools"]


def test_a_correction_is_a_newer_figure_of_the_same_day() -> None:
    acts = (*ACTS, ("2026-01-07T09:00:00Z", Correct(seq=2, reason="a slip", value={"value": "31"})))
    standing = at("2026-01-07T12:00:00Z", acts=acts)
    day = program().clock.day(moment_from_iso("2026-01-02T00:00:00Z"))
    assert standing.series["cases"].level(day)[0][0, 1] == 31
    assert view(standing)["pools"]["fund"]["paid"] == 3000


def test_folding_is_running_step_by_step() -> None:
    entries = register(*ACTS)
    whole, outcomes = folded(program(), entries, begins=entries[0].recorded)
    assert view(whole) == view(standing_at(program(), entries))
    assert [outcome.now for outcome in outcomes] == sorted({outcome.now for outcome in outcomes})


def test_an_act_that_the_text_has_no_place_for_is_named() -> None:
    with pytest.raises(NotTakenIn, match="`rain`"):
        standing_at(
            program(),
            register(
                FOUNDING,
                ("2026-01-02T00:00:00Z", Report(measure="rain", day="2026-01-01", value="1")),
            ),
        )
    with pytest.raises(NotTakenIn, match="range"):
        standing_at(
            program(),
            register(
                FOUNDING,
                (
                    "2026-01-02T00:00:00Z",
                    Report(measure="cases", party="alba", day="2026-01-01", value="1001"),
                ),
            ),
        )
    with pytest.raises(ValueError, match="empty"):
        standing_at(program(), [])
