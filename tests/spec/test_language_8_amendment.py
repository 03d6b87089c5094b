# SPDX-License-Identifier: Apache-2.0
"""Amending a living agreement: what goes on under the new text, what ends under the old one.

The Council adopts texts by the votes of all; the register offers a text with an act `adopt`.
"""

from __future__ import annotations

import hashlib

from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.moment import Moment, moment_from_iso
from pratique.engine.amendment import Dated, Texts
from pratique.engine.standing import open_standing
from pratique.register.acts import Act, Adopt, Move, Perform, Propose, Report, Use, Vote
from spec.small_accord import accord

COUNCIL = """
power amend
  by: any party
  may: adopt amended_text
"""
ALERT = """
measure cases per party: count in 0..100000
  from: series cases of cholera, daily, by registers
  if missing: hold 400 days
measure cluster per party: event
  from: acts
body hub
pool fund: money USD
  from: USD 1000 of aldova, USD 1000 of brenia
"""


def program_of(clauses: str) -> Program:
    """Return the program of a small accord of these clauses."""
    read = read_accord(accord(COUNCIL + ALERT + clauses))
    assert read.is_sound, read.findings
    program = compile_accord(read)
    assert not isinstance(program, Finding)
    return program


def day(number: int, minute: int = 0) -> Moment:
    """Return a minute of a day of 2026."""
    return moment_from_iso("2026-01-01T00:00:00Z") + (number - 1) * 86_400 + minute * 60


DIGEST = hashlib.sha256(b"the second text").hexdigest()


class Kept:
    """A register kept by hand, with a text that may be adopted."""

    def __init__(self, first: str, second: str) -> None:
        self.texts = Texts(open_standing(program_of(first), day(1)), {DIGEST: program_of(second)})
        self.seen: list[tuple[Moment, str, str]] = []

    def at(self, now: Moment, *acts: Act) -> None:
        """Record acts at a moment."""
        dated: list[Dated] = [(act, None) for act in acts]
        for outcome in self.texts.advance(now, dated):
            self.seen += [(outcome.now, name, edge) for name, edge in outcome.edges]

    def amend(self, now: Moment) -> None:
        """Offer the second text and adopt it."""
        self.at(now, Adopt(text=DIGEST, title="Second"), Use(power="amend"))

    def changes(self, name: str) -> list[tuple[Moment, str]]:
        """Return what came about of a clause, and when."""
        return [(now, edge) for now, found, edge in self.seen if found == name]


def report(party: str, number: int, value: int) -> Report:
    """Return a report of cases."""
    return Report(measure="cases", party=party, day=f"2026-01-{number:02d}", value=str(value))


def test_21_a_new_clause_governs_what_happens_after_its_entry_into_force() -> None:
    rule = "rule help\n  on: cluster\n  then: pay USD {amount} from fund to that party\n"
    kept = Kept(rule.format(amount=10), rule.format(amount=20))
    kept.at(day(1), Move(pool="fund", kind="contribution", party="aldova", amount=100_000))
    kept.at(day(2), Report(measure="cluster", party="aldova"))
    kept.amend(day(3))
    kept.at(day(4), Report(measure="cluster", party="brenia"))
    payments = kept.texts.standing.pools["fund"].payments.owed()[0].tolist()
    assert payments == [1_000, 2_000, 0]
    assert len(kept.texts.standings) == 1


def test_21_an_open_duty_ends_under_the_text_that_raised_it() -> None:
    duty = "duty tell\n  on: cluster\n  by: that party\n  must: tell the hub\n  within: {time}\n"
    kept = Kept(duty.format(time="5 days"), duty.format(time="2 days"))
    kept.at(day(2), Report(measure="cluster", party="aldova"))
    kept.amend(day(3))
    kept.at(day(3, 5), Report(measure="cluster", party="brenia"))
    assert len(kept.texts.standings) == 2
    kept.at(day(20))
    assert [now for now, edge in kept.changes("tell") if edge == "missed"] == [day(6), day(8)]
    kept.at(day(21), Perform(duty="tell", by="aldova"))
    assert len(kept.texts.standings) == 1


def test_21_a_running_status_keeps_its_end_and_the_new_text_can_end_it() -> None:
    status = "status alarm\n  lapses: after {time}\npower raise_it\n  by: hub\n  may: start alarm\n"
    stop = "power stop_it\n  by: hub\n  may: end alarm\n"
    kept = Kept(status.format(time="10 days"), status.format(time="90 days") + stop)
    kept.at(day(2), Use(power="raise_it"))
    kept.amend(day(3))
    kept.at(day(30))
    assert kept.changes("alarm") == [(day(2), "starts"), (day(13), "ends")]
    ended = Kept(status.format(time="10 days"), status.format(time="90 days") + stop)
    ended.at(day(2), Use(power="raise_it"))
    ended.amend(day(3))
    ended.at(day(4), Use(power="stop_it"))
    assert ended.changes("alarm") == [(day(2), "starts"), (day(4), "ends")]


def test_21_a_vote_under_way_is_decided_by_the_rule_that_opened_it() -> None:
    status = "status alarm\n  lapses: after 10 days\n"
    power = (
        "power raise_it\n  by: hub\n  may: start alarm\n  silence: refuses\n"
        "  decided by: {need} of parties within 5 days\n"
    )
    kept = Kept(status + power.format(need="1"), status + power.format(need="all"))
    kept.at(day(2), Propose(power="raise_it"))
    kept.amend(day(3))
    kept.at(day(4), Vote(power="raise_it", party="aldova", ballot="yes"))
    assert kept.changes("raise_it")[-1] == (day(4), "used")
    assert kept.texts.standing.statuses["alarm"].on.all()
    assert len(kept.texts.standings) == 1


def test_21_counters_of_unchanged_conditions_go_on() -> None:
    rule = "rule help\n  when: cases > 50 for 7 days\n  then: start alarm at that party\n"
    status = "status alarm per party\n  lapses: after 300 days\n"
    lasting = "rule longer\n  when: alarm for 10 days\n  then: start worse at that party\n"
    worse = "status worse per party\n  lapses: after 300 days\n"
    kept = Kept(status + rule + worse + lasting, status + rule + worse + lasting)
    kept.at(day(1), report("aldova", 1, 60))
    kept.amend(day(4))
    kept.at(day(30))
    assert kept.changes("alarm") == [(day(8), "starts")]
    again = Kept(status + rule + worse + lasting, status + rule + worse + lasting)
    again.at(day(1), report("aldova", 1, 60))
    again.at(day(12))
    again.amend(day(12, 5))
    again.at(day(30))
    assert again.changes("help") == [(day(8), "used")], "one episode, one use"
    assert again.changes("worse") == [(day(18), "starts")]


def test_21_a_renamed_clause_is_found_by_the_name_that_it_had() -> None:
    status = (
        "status alarm\n  lapses: after 10 days\npower raise_it\n  by: hub\n  may: start alarm\n"
    )
    renamed = (
        "status alert\n  was: alarm\n  lapses: after 10 days\n"
        "power raise_it\n  by: hub\n  may: start alert\n"
    )
    kept = Kept(status, renamed)
    kept.at(day(2), Use(power="raise_it"))
    kept.amend(day(3))
    kept.at(day(5))
    assert kept.texts.standing.statuses["alert"].on.all()
