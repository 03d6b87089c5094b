# SPDX-License-Identifier: Apache-2.0
"""What a worked case tells, as acts and figures on its days. Nothing is run or judged here."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

import numpy as np

from pratique.accord.fields.procedures import Step
from pratique.accord.fields.told import Given
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.case import Case
from pratique.accord.kinds.procedure import REVOKE, Procedure
from pratique.accord.kinds.status import IN_FORCE
from pratique.accord.program import Program, procedure_terms
from pratique.base.finding import Finding
from pratique.base.moment import Day, Moment, iso_day
from pratique.base.text import Code, Sentence, say
from pratique.engine.acts import intake_of
from pratique.engine.arrays import Numbers
from pratique.engine.intake import Intake
from pratique.engine.refusal import NotTakenIn
from pratique.engine.step import Outcome
from pratique.register.acts import Act, Consent, Open, Perform, Propose, Use, Vote
from pratique.rehearsal.conduct import Conduct, conduct_named


class Telling:
    """One case's givens, on the days of its accord."""

    def __init__(self, program: Program, case: Case) -> None:
        self.program, self.case = program, case
        self.first_day = case.first_day
        self.minute = conduct_named("prompt")
        self.findings: list[Finding] = []
        self.told: dict[tuple[Moment, str], Given] = {}
        """What is told of cases of procedures, by moment and step."""
        self.acts: dict[Moment, list[Act]] = {}
        self.moments: list[Moment] = []
        """Of acts that are told, a heap."""
        for moment, act in self._own_acts():
            self._will(moment, act)
        self.figures = dict(self._figures())
        """What is told of measures: [day, row]; not a number: nothing."""
        self.days = {1} | {
            given.day for given in case.givens if given.form in ("ratified", "event", "status")
        }
        """The days on which something else is told."""

    def _will(self, moment: Moment, act: Act) -> None:
        if moment not in self.acts:
            heapq.heappush(self.moments, moment)
        self.acts.setdefault(moment, []).append(act)

    def start_of(self, day: Day) -> Moment:
        """Return the first moment of the case's day."""
        return self.program.clock.start(self.first_day + day - 1)

    def day(self, now: Moment) -> Day:
        """Return the case's day in which a moment falls."""
        return self.program.clock.day(now) - self.first_day + 1

    def conduct(self) -> Conduct:
        """Return how offices behave: nobody acts but as told; money is moved promptly."""
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
                use = Propose if self.program.powers[given.name].vote else Use
                said = {"power": given.name, "at": at, **dict(given.answers)}
                acts.append((moment, use.model_validate(said)))
            elif given.form == "opened" or given.step:
                acts += self._case_acts(given, moment)
            elif given.form in ("signed", "left"):
                how = "sign" if given.form == "signed" else "withdraw"
                consent = Consent.model_validate({"how": how, "party": given.who})
                acts.append((moment, consent))
            elif given.form == "done":
                acts += self._performances(given, moment, at)
            elif given.form == "vote" and given.day:
                acts += [(moment, vote) for vote in self._votes(given, None)]
        return sorted(acts, key=lambda one: one[0])

    def _performances(
        self, given: Given, moment: Moment, at: str | None
    ) -> list[tuple[Moment, Act]]:
        # A body that owes a duty to each party is told to have done it for all, if for none.
        own_rows = self.program.duties[given.name].per_party
        acts: list[tuple[Moment, Act]] = []
        for who in self._performers(given):
            everywhere = own_rows and at is None and who not in self.program.parties
            places = self.program.parties if everywhere else (at,)
            acts += [(moment, Perform(duty=given.name, by=who, at=place)) for place in places]
        return acts

    def _case_acts(self, given: Given, moment: Moment) -> list[tuple[Moment, Act]]:
        party = self.program.parties[given.party] if given.party >= 0 else None
        procedure = self.program.procedures[given.name]
        if given.step == REVOKE:
            return self._revocation(given, moment, party)
        answers = dict(given.answers)
        for name, spec in procedure.fields.items():
            if spec.type.kind == "sealed" and name in answers:
                answers[name] = sha256(str(answers[name]).encode()).hexdigest()
        day = iso_day(self.first_day + given.day - 1)
        answers |= _unsaid(self.program, procedure, given.step, answers, day)
        act: Act = Open(procedure=given.name, party=party, fields=answers)
        if given.step:
            step = next(one for one in procedure.steps if one.name == given.step)
            who = given.who or self._who_alone(given, step)
            if not who:
                self._fault(given, say("say who did it: `… done by NAME on day N`"))
                return []
            act = Perform(
                duty=f"{given.name}.{given.step}", by=who, at=party, fields=answers or None
            )
        return self._tried(given, moment, act)

    def _tried(self, given: Given, moment: Moment, act: Act) -> list[tuple[Moment, Act]]:
        try:
            intake_of(self.program, [act])
        except NotTakenIn as fault:
            self._fault(given, fault.sentence)
            return []
        key = f"{given.name}.{given.step}" if given.step else given.name
        self.told[moment, key] = given
        return [(moment, act)]

    def _revocation(
        self, given: Given, moment: Moment, party: str | None
    ) -> list[tuple[Moment, Act]]:
        # Of the first case; of the party that opened it, if none is named.
        opened = [g for g in self.case.givens if g.form == "opened" and g.name == given.name]
        at = party or next((self.program.parties[g.party] for g in opened if g.party >= 0), None)
        act = Perform(duty=f"{given.name}.{given.step}", by=given.who, at=at, case=1)
        return self._tried(given, moment, act)

    def _who_alone(self, given: Given, step: Step) -> str:
        # Nobody named: who alone can be meant.
        if not step.by:
            return self.program.parties[0]
        if len(step.by) == 1 and step.by[0].names and step.by[0].form != "field":
            return step.by[0].names[0]
        opened = (g for g in self.case.givens if g.form == "opened" and g.name == given.name)
        openers = {self.program.parties[g.party] for g in opened if g.party >= 0}
        return openers.pop() if step.by[0].form == "that" and len(openers) == 1 else ""

    def _fault(self, given: Given, why: Sentence) -> None:
        sentence = say(
            "case {case}: what it tells cannot be done: {why}", case=Code(self.case.name), why=why
        )
        help_ = say("change the case, or the procedure")
        self.findings.append(Finding("E904", sentence, given.span, help_))

    def _note_refused(self, outcome: Outcome, scenario: int) -> None:
        for name in (name for _, name, where in outcome.refused if where[scenario].any()):
            given = self.told.get((outcome.now, name))
            if given is not None and given.step:
                why = say(
                    "no case of {procedure} stands at {step}",
                    procedure=Code(given.name),
                    step=Code(given.step),
                )
                self._fault(given, why)
            elif given is not None:
                self._fault(given, say("no case of {name} may be opened then", name=Code(name)))

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
        votes: list[Act] = []
        for name in (
            powers if powers is not None else [given.name] if given.name else self.program.powers
        ):
            electorate = self.program.electorates.get(name)
            electors = [e.name for e in electorate.electors if e.seats] if electorate else []
            voters = [e for e in electors if (e not in silent if body else e == given.who)]
            places = self.program.parties if self.program.powers[name].per_party else (None,)
            votes += [
                Vote.model_validate(
                    {"power": name, "party": voter, "ballot": given.ballot, "at": at}
                )
                for voter in voters
                for at in places
            ]
        return votes

    def see(self, outcome: Outcome, scenario: int) -> None:
        """Answer what a moment has opened in a scenario, and note what could not be done in it."""
        self._note_refused(outcome, scenario)
        opened = [
            name
            for name in self.program.powers
            if (where := outcome.edges.get((name, "opened"))) is not None and where[scenario].any()
        ]
        for given in self.case.givens:
            if given.form == "vote" and not given.day and opened:
                powers = [name for name in opened if given.name in ("", name)]
                moment = self.minute.vote.moment(self.program.clock, outcome.now, 0)
                for vote in self._votes(given, powers):
                    self._will(moment, vote)

    def acts_at(self, now: Moment) -> list[Act]:
        """Return the acts that are told of a moment."""
        return self.acts.get(now, [])

    def next_after(self, now: Moment) -> Moment:
        """Return the moment of the next act that is told."""
        while self.moments and self.moments[0] <= now:
            heapq.heappop(self.moments)
        return self.moments[0] if self.moments else self.start_of(self.case.last_day + 2)

    def tells_at(self, now: Moment) -> bool:
        """Say whether events, statuses or ratifications are told at a moment."""
        day = self.day(now)
        return day in self.days and now == self.start_of(day)

    def tell(self, now: Moment, intake: Intake) -> None:
        """Add the events, statuses and ratifications that are told of a day, when it begins."""
        day = self.day(now)
        # All have ratified from the first day on, but those of whom a consent is told.
        late = {given.who: 0 for given in self.case.givens if given.form == "signed"}
        late |= {given.who: given.day for given in self.case.givens if given.form == "ratified"}
        ratified = np.array([[late.get(party, 1) == day for party in self.program.parties]])
        intake.ratified = ratified if ratified.any() else None
        self._enter_into_force(day, intake)
        for given in self.case.givens:
            if given.form in ("event", "status") and given.day == day:
                marks = intake.events if given.form == "event" else intake.started
                rows = self._rows(given.name)
                where = marks.setdefault(given.name, np.zeros((1, rows), dtype=np.bool_))
                where[0, given.party if rows > 1 and given.party >= 0 else slice(None)] = True

    def _enter_into_force(self, day: Day, intake: Intake) -> None:
        # What follows no condition is in force from the first day on, unless its start is told.
        status = self.program.statuses.get(IN_FORCE)
        told = any(given.name == IN_FORCE for given in self.case.givens)
        if day == 1 and status is not None and status.holds_while is None and not told:
            intake.started[IN_FORCE] = np.ones((1, self._rows(IN_FORCE)), dtype=np.bool_)

    def _rows(self, name: str) -> int:
        symbol = self.program.accord.scope.symbols[name]
        return len(self.program.parties) if symbol.per_party else 1

    def _figures(self) -> Iterator[tuple[str, Numbers]]:
        levels = [given for given in self.case.givens if given.form == "level"]
        for name, measure in self.program.measures.items():
            said = [given for given in levels if given.name == name]
            if said and not measure.is_event:
                values = np.full((self.case.last_day + 1, self._rows(name)), np.nan)
                for row in range(values.shape[1]):
                    own = (row if measure.per_party else -1, -1)
                    _lay(values[:, row], [given for given in said if given.party in own])
                yield name, values


def _lay(values: Numbers, said: Iterable[Given]) -> None:
    """Lay out by day what is said of a figure: daily or weekly, until its end.

    The latest statement holds; of several of one day, the first.
    """
    by_day = {given.day: given for given in reversed(list(said))}
    for given in (by_day[day] for day in sorted(by_day)):
        first = max(1, given.day)
        values[first:] = np.nan
        if given.value is not None:
            last = given.until or len(values)
            # Reports of a week come on the day of the week on which they began.
            pace = 7 if given.weekly else 1
            start = given.day + -(-(first - given.day) // pace) * pace
            values[start : last + 1 : pace] = float(given.value)


def _unsaid(
    program: Program, procedure: Procedure, step: str, said: Mapping[str, str | int], day: str
) -> dict[str, str | int]:
    """Return what a case leaves unsaid, since nothing reads it: words, figures of no effect."""
    read = _fields_read(procedure)
    empty = {"date": day, "moment": f"{day}T00:00:00Z", "sealed": "0" * 64}
    empty |= {"party": program.parties[0], "text": "—"}
    return {
        spec.name: spec.choices[0]
        if spec.choices
        else empty.get(spec.type.kind, 0 if spec.on_arrays else "—")
        for spec in procedure.fields.values()
        if spec.step == step and spec.name not in said and spec.name not in read
    }


def _fields_read(procedure: Procedure) -> set[str]:
    terms = [node for term in procedure_terms(procedure) for node in term.walk()]
    effects = procedure.effects()
    whos = [getattr(effect, part, None) for effect in effects for part in ("to", "at", "payer")]
    named = [who for who in (*procedure.whos(), *whos) if who is not None and who.form == "field"]
    return (
        {node.name for node in terms if node.op == "field"}
        | {name for who in named for name in who.names}
        | {grant.holder_field for grant in procedure.grants}
        | {step.clock.before_field for step in procedure.steps}
    )
