# SPDX-License-Identifier: Apache-2.0
"""Worked cases, run: what is given comes about day by day, what is expected is looked up (E904).

Offices do what is given; contributions and payments are made promptly; nothing else is done.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from pratique.accord.compile import compile_accord
from pratique.accord.fields.expected import Expectation
from pratique.accord.fields.procedures import Step
from pratique.accord.kinds.case import Case
from pratique.accord.model import Accord
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.moment import NEVER, Day, Moment, date_of
from pratique.base.text import Code, Sentence, say, say_count
from pratique.engine.acts import intake_of
from pratique.engine.arrays import Bools, Truth
from pratique.engine.casework.permits import permitted
from pratique.engine.happening import Happening, happenings_of
from pratique.engine.intake import Intake
from pratique.engine.rows.cases import CaseRows
from pratique.engine.standing import open_standing
from pratique.engine.step import Outcome, next_stop, step
from pratique.rehearsal.history import History
from pratique.rehearsal.offices import Offices
from pratique.rehearsal.replay import report_of
from pratique.rehearsal.telling import Telling


def try_cases(accord: Accord) -> list[Finding]:
    """Return a finding E904 for each expectation of the accord's cases that does not come true."""
    cases = accord.of_kind(Case)
    program = watching(accord, cases)
    if isinstance(program, Finding):
        return [program]
    return [finding for case in cases for finding in findings_of(run_case(program, case))]


def watching(accord: Accord, cases: Iterable[Case]) -> Program | Finding:
    """Return an accord's program that also evaluates what some cases expect."""
    watches = [one.term for case in cases for one in case.expectations if one.term is not None]
    return compile_accord(accord, watches=watches)


def run_case(program: Program, case: Case, history: History | None = None) -> Run:
    """Run one case on a program that watches it; with a history if it uses one."""
    run = Run(program, case, history if case.uses_history else None)
    if history is None and case.uses_history:
        return run
    run.go()
    return run


def findings_of(run: Run) -> list[Finding]:
    """Return a finding E904 for what a case tells that cannot be, or expects and is not so."""
    case = run.case
    if case.uses_history and run.history is None:
        sentence = say("case {case}: there is no history for it to run on", case=Code(case.name))
        help_ = say("put it into a story of an accord with a `history` folder beside it")
        return [Finding("E904", sentence, case.source.span, help_)]
    findings = list(run.telling.findings)
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
class Seen:
    """What was seen of one expectation, day by day."""

    expected: Expectation
    first_day: Day = 0
    """Day 1 of its case."""
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
        if self.expected.timing != "never" and "day" not in self.expected.text.split():
            return self._dated_witness()
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

    def _dated_witness(self) -> Sentence:
        """Return what was seen instead, of an expectation that is given a date."""
        day, first = self._date(self.expected.day), self._date(self.first)
        if self.expected.timing == "on" and self.expected.form != "change":
            how = self.days.get(self.expected.day, "false")
            if how == "undetermined":
                return say("at the end of {day} it is undetermined: figures are missing", day=day)
            if self.first and how != "true":
                return say("it holds from {first}, and not at the end of {day}",
                           first=first, day=day)  # fmt: skip
        if self.first:
            return say("it first comes about on {day}", day=first)
        last = self._date(max(self.days, default=1))
        return say("it does not come about by {day}", day=last)

    def _date(self, day: Day) -> date:
        return date_of(self.first_day + day - 1)


class Run:
    """One case being run, from day 1 to the last day that it names."""

    def __init__(
        self,
        program: Program,
        case: Case,
        history: History | None = None,
    ) -> None:
        terms = [one.term for one in case.expectations if one.term is not None]
        # What other cases expect is not looked at.
        self.program = replace(program, watches=tuple(terms))
        self.case, self.history = case, history
        self.happenings: list[Happening] = []
        self.published = deque(history.publications if history is not None else ())
        self.telling = Telling(self.program, case)
        self.begins = self.telling.start_of(1)
        self.standing = open_standing(self.program, self.begins)
        self.offices = Offices(self.standing, self.telling.conduct())
        days = {one.day for one in case.expectations if one.timing == "on"}
        self.ends = [self.telling.start_of(day + 1) - 1 for day in sorted(days | {case.last_day})]
        self.seen = {expected: Seen(expected, case.first_day) for expected in case.expectations}

    def go(self) -> None:
        """Run all days."""
        last = self.telling.start_of(self.case.last_day + 1) - 1
        now = self.begins
        while now <= last:
            outcome = step(self.standing, now, self._intake(now))
            self.offices.see(outcome)
            self.telling.see(outcome)
            self._look(outcome)
            self.happenings += happenings_of(self.standing, outcome)
            now = min(
                next_stop(self.standing, now),
                self.offices.next_moment(),
                self.telling.next_after(now),
                self.published[0].known if self.published else NEVER,
                self._end_of_day(now),
            )

    def _end_of_day(self, now: Moment) -> Moment:
        """Return the next end of a day on which something is expected."""
        return next((end for end in self.ends if end > now), NEVER)

    def _intake(self, now: Moment) -> Intake:
        acts = [act for _, act in self.offices.acts_at(now)] + self.telling.acts_at(now)
        while self.published and self.published[0].known <= now:
            acts.append(report_of(self.published.popleft()))
        intake = intake_of(self.program, acts)
        self.telling.tell(now, intake)
        return intake

    # --- what is expected ------------------------------------------------------------------------

    def _look(self, outcome: Outcome) -> None:
        day = self.telling.day(outcome.now)
        at_end = outcome.now == self.telling.start_of(day + 1) - 1
        watched = iter(self.standing.watched)
        for expected in self.case.expectations:
            truth = next(watched) if expected.term is not None else None
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
        if expected.form == "permitted":
            where = self.program.parties[expected.party] if expected.party >= 0 else ""
            answer = permitted(self.standing, expected.name, expected.who, where=where)
            return _word(answer.yes)
        if expected.form == "undetermined":
            return _word(_anywhere(self.standing.unsettled.get(expected.name), expected))
        return _word(self._is_owed(expected))

    def _is_owed(self, expected: Expectation) -> bool:
        procedure, _, step = expected.name.partition(".")
        if step:
            return self._step_owed(expected, self.standing.cases[procedure], step)
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

    def _step_owed(self, expected: Expectation, rows: CaseRows, step: str) -> bool:
        index = rows.procedure.position(step)
        row = self._owing_row(expected, rows.procedure.steps[index])
        here = slice(row, row + 1) if row >= 0 and rows.shape[1] > 1 else slice(None)
        standing_there = [slot.at(index)[0, here] for slot in rows.slots]
        if expected.form == "owed":
            return any(bool(there.any()) for there in standing_there)
        missed = [slot.missed[0, here] for slot in rows.slots]
        still = any(bool((a & b).any()) for a, b in zip(standing_there, missed, strict=True))
        return still or bool(rows.happened(step, "missed")[0, here].any())

    def _owing_row(self, expected: Expectation, step: Step) -> int:
        own = {who.form for who in step.by} & {"that", "each", "any"}
        if own and expected.who in self.program.parties:
            return self.program.parties.index(expected.who)
        return expected.party


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
