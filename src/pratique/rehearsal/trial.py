# SPDX-License-Identifier: Apache-2.0
"""Worked cases, run: what is given comes about day by day, what is expected is looked up (E904).

Offices do what is given; contributions and payments are made promptly; nothing else is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from pratique.accord.compile import compile_accord
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.case import Case, Expectation, Given
from pratique.accord.model import Accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.moment import Day, Moment, day_from_iso
from pratique.base.text import Code, Sentence, say, say_count
from pratique.engine.acts import intake_of
from pratique.engine.arrays import Bools, Truth
from pratique.engine.intake import Intake, Observation
from pratique.engine.standing import open_standing
from pratique.engine.step import Outcome, next_stop, step
from pratique.register.acts import Act, Perform, Propose, Use, Vote
from pratique.rehearsal.conduct import Conduct, conduct_named
from pratique.rehearsal.offices import Offices

UNDATED = "2026-01-01"
"""Day 1 of a case in an accord without a date; no result depends on it but months' lengths."""


def try_cases(accord: Accord) -> list[Finding]:
    """Return a finding E904 for each expectation of the accord's cases that does not come true."""
    cases = accord.of_kind(Case)
    watches = [one.term for case in cases for one in case.expectations if one.term is not None]
    program = compile_accord(accord, watches=watches)
    if isinstance(program, Finding):
        return [program]
    return [finding for case in cases for finding in _tried(program, case)]


def _tried(program: Program, case: Case) -> list[Finding]:
    run = _Run(program, case)
    run.go()
    findings = []
    for expected in case.expectations:
        seen = run.seen[expected]
        if not seen.came_true():
            sentence = say(
                "case {case}: {text} does not come true",
                case=Code(case.name),
                text=Code(expected.text),
            )
            help_ = say(
                "change the case, or the clause that it tries;"
                " `pratique explain {name}` reads the clause",
                name=_subject(expected),
            )
            findings.append(Finding("E904", sentence, expected.span, help_, witness=seen.witness()))
    return findings


def _subject(expected: Expectation) -> str:
    if expected.name:
        return expected.name
    names = [node.name for node in expected.term.walk() if node.name] if expected.term else []
    return names[0] if names else ""


@dataclass(slots=True)
class _Seen:
    """What was seen of one expectation, day by day."""

    expected: Expectation
    days: dict[Day, str] = field(default_factory=dict)
    """The case's days on which it was seen, and how: true, false or undetermined at their ends."""
    first: Day = 0
    """The first day with a stop at which it was so; 0: none."""

    def came_true(self) -> bool:
        """Return whether it came as expected."""
        expected = self.expected
        if expected.timing == "never":
            return (self.first == 0) != expected.negated
        if expected.timing == "by":
            return (0 < self.first <= expected.day) != expected.negated
        wanted = "false" if expected.negated else "true"
        return self.days.get(expected.day, "false") == wanted

    def witness(self) -> Sentence:
        """Return what was seen instead."""
        if self.expected.timing == "on" and self.expected.form != "change":
            how = self.days.get(self.expected.day, "false")
            if how == "undetermined":
                return say(
                    "at the end of day {day} it is undetermined: figures are missing",
                    day=self.expected.day,
                )
            if self.first and how != "true":
                return say(
                    "it holds from day {first}, and not at the end of day {day}",
                    first=self.first,
                    day=self.expected.day,
                )
        if self.first:
            return say("it first comes about on day {day}", day=self.first)
        return say_count(
            "it does not come about within {n} day",
            "it does not come about within {n} days",
            n=max(self.days, default=1),
        )


class _Run:
    """One case being run, from day 1 to the last day that it names."""

    def __init__(self, program: Program, case: Case) -> None:
        self.program, self.case = program, case
        self.first_day = day_from_iso(program.accord.document.setting("date", UNDATED))
        self.begins = program.clock.start(self.first_day)
        self.standing = open_standing(program, self.begins)
        self.minute = conduct_named("prompt")
        self.offices = Offices(self.standing, self._conduct())
        self.seen = {expected: _Seen(expected) for expected in case.expectations}
        self.own_acts = self._own_acts()

    def start_of(self, day: Day) -> Moment:
        """Return the first moment of the case's day."""
        return self.program.clock.start(self.first_day + day - 1)

    def go(self) -> None:
        """Run all days."""
        last = self.start_of(self.case.last_day + 1) - 1
        now = self.begins
        while now <= last:
            outcome = step(self.standing, now, self._intake(now))
            self.offices.see(outcome)
            self._vote_when_opened(outcome)
            self._look(outcome)
            now = min(
                next_stop(self.standing, now),
                self.offices.next_moment(),
                self._next_own(now),
                self._end_of_day(now),
            )

    def _end_of_day(self, now: Moment) -> Moment:
        end = self.program.clock.start(self.program.clock.day(now) + 1) - 1
        return end if end > now else end + 1

    # --- what is given ---------------------------------------------------------------------------

    def _conduct(self) -> Conduct:
        quiet = replace(
            conduct_named("silent"), contribute=self.minute.contribute, pay=self.minute.pay
        )
        voted = {given.name for given in self.case.givens if given.form == "vote"}
        named = self.program.powers if "" in voted else voted
        proposing = replace(quiet, propose=self.minute.propose)
        return replace(quiet, clauses=dict.fromkeys(named, proposing))

    def _own_acts(self) -> list[tuple[Moment, Act]]:
        acts: list[tuple[Moment, Act]] = []
        for given in self.case.givens:
            at = self.program.parties[given.party] if given.party >= 0 else None
            moment = self.minute.perform.moment(
                self.program.clock, self.start_of(max(1, given.day)), 0
            )
            if given.form == "use":
                act: Act = (
                    Propose(power=given.name, at=at)
                    if self.program.powers[given.name].vote
                    else Use(power=given.name, at=at)
                )
                acts.append((moment, act))
            elif given.form == "done":
                acts += [
                    (moment, Perform(duty=given.name, by=who)) for who in self._performers(given)
                ]
            elif given.form == "vote" and given.day:
                acts += [(moment, vote) for vote in self._votes(given, None)]
        return sorted(acts, key=lambda one: one[0])

    def _performers(self, given: Given) -> list[str]:
        if given.who:
            return [given.who]
        duty = self.program.duties[given.name]
        return (
            list(self.program.parties)
            if duty.per_party
            else [duty.by[0].names[0] if duty.by[0].names else self.program.parties[0]]
        )

    def _votes(self, given: Given, powers: Iterable[str] | None) -> list[Act]:
        silent = {one.who for one in self.case.givens if one.form == "silent"}
        body = isinstance(self.program.accord.typed.get(given.who), Body)
        voters = [p for p in self.program.parties if p not in silent] if body else [given.who]
        votes: list[Act] = []
        for name in (
            powers if powers is not None else [given.name] if given.name else self.program.powers
        ):
            places = self.program.parties if self.program.powers[name].per_party else (None,)
            votes += [
                Vote.model_validate(
                    {"power": name, "party": voter, "ballot": given.ballot, "at": at}
                )
                for voter in voters
                for at in places
            ]
        return votes

    def _vote_when_opened(self, outcome: Outcome) -> None:
        opened = [name for name in self.program.powers if (name, "opened") in outcome.edges]
        for given in self.case.givens:
            if given.form == "vote" and not given.day and opened:
                powers = [name for name in opened if given.name in ("", name)]
                moment = self.minute.vote.moment(self.program.clock, outcome.now, 0)
                self.own_acts += [(moment, vote) for vote in self._votes(given, powers)]
        self.own_acts.sort(key=lambda one: one[0])

    def _next_own(self, now: Moment) -> Moment:
        return min(
            (moment for moment, _ in self.own_acts if moment > now),
            default=self.start_of(self.case.last_day + 2),
        )

    def _intake(self, now: Moment) -> Intake:
        acts = [act for _, act in self.offices.acts_at(now)] + [
            act for moment, act in self.own_acts if moment == now
        ]
        intake = intake_of(self.program, acts)
        day = self.program.clock.day(now) - self.first_day + 1
        if now == self.start_of(day):
            self._given_on(day, intake)
        return intake

    def _given_on(self, day: Day, intake: Intake) -> None:
        late = {given.who: given.day for given in self.case.givens if given.form == "ratified"}
        ratified = np.array([[late.get(party, 1) == day for party in self.program.parties]])
        intake.ratified = ratified if ratified.any() else None
        intake.observations += self._figures(day)
        for given in self.case.givens:
            if given.form in ("event", "status") and given.day == day:
                marks = intake.events if given.form == "event" else intake.started
                rows = self.standing.rows(given.name)
                where = marks.setdefault(given.name, np.zeros((1, rows), dtype=np.bool_))
                where[0, given.party if rows > 1 and given.party >= 0 else slice(None)] = True

    def _figures(self, day: Day) -> list[Observation]:
        figures = []
        for name, measure in self.program.measures.items():
            if measure.is_event:
                continue
            values = np.full((1, self.standing.rows(name)), np.nan)
            for row in range(values.shape[1]):
                value = self._figure(name, row if measure.per_party else -1, day)
                values[0, row] = np.nan if value is None else value
            if not np.isnan(values).all():
                figures.append(Observation(name, self.first_day + day - 1, values))
        return figures

    def _figure(self, name: str, row: int, day: Day) -> float | None:
        # The latest statement about a figure holds; until its end, every day or week.
        said = [
            g
            for g in self.case.givens
            if g.form == "level" and g.name == name and g.day <= day and g.party in (row, -1)
        ]
        if not said:
            return None
        given = max(said, key=lambda one: one.day)
        reported = not given.weekly or (day - given.day) % 7 == 0
        if given.value is None or (given.until and day > given.until) or not reported:
            return None
        return float(given.value)

    # --- what is expected ------------------------------------------------------------------------

    def _look(self, outcome: Outcome) -> None:
        day = self.program.clock.day(outcome.now) - self.first_day + 1
        at_end = outcome.now == self.start_of(day + 1) - 1
        watched = iter(self.standing.watched)
        for case in self.program.accord.of_kind(Case):
            for expected in case.expectations:
                truth = next(watched) if expected.term is not None else None
                if case is self.case:
                    self._note(expected, self._how(expected, truth, outcome), day, at_end)

    def _note(self, expected: Expectation, how: str, day: Day, at_end: bool) -> None:
        seen = self.seen[expected]
        if how == "true" and not seen.first:
            seen.first = day
        if expected.form == "change":
            # A change of any moment of the day counts for the day.
            seen.days[day] = "true" if how == "true" or seen.days.get(day) == "true" else "false"
        elif at_end:
            seen.days[day] = how

    def _how(self, expected: Expectation, truth: Truth | None, outcome: Outcome) -> str:
        if truth is not None:
            return _answer(truth)
        if expected.form == "change":
            return _word(_anywhere(outcome.edges.get((expected.name, expected.edge)), expected))
        if expected.form == "undetermined":
            return _word(_anywhere(self.standing.unsettled.get(expected.name), expected))
        return _word(self._is_owed(expected))

    def _is_owed(self, expected: Expectation) -> bool:
        debts = self.standing.duties.get(expected.name) or self.standing.pools[expected.name].claims
        row = (
            self.program.parties.index(expected.who)
            if expected.who in self.program.parties
            else expected.party
        )
        rows = slice(row, row + 1) if row >= 0 and debts.shape[1] > 1 else slice(None)
        if expected.form == "owed":
            return bool(debts.any_open()[0, rows].any())
        return bool(
            debts.latest_missed[0, rows].any()
            or any((s.open & s.missed)[0, rows].any() for s in debts.slots)
        )


def _answer(truth: Truth) -> str:
    sure, surely_not = truth
    if np.asarray(sure).all():
        return "true"
    return "false" if np.asarray(surely_not).all() else "undetermined"


def _anywhere(where: Bools | None, expected: Expectation) -> bool:
    rows = expected.party if expected.party >= 0 else slice(None)
    return where is not None and bool(where[0, rows].any())


def _word(so: bool) -> str:
    return "true" if so else "false"
