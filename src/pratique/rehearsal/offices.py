# SPDX-License-Identifier: Apache-2.0
"""The acts that offices would have done under a conduct, worked out from each moment's outcome.

Those of one scenario. It proposes acts; whether the agreement allows them stays the engine's.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

from pratique.accord.kinds.duty import Duty
from pratique.accord.terms.values import Who
from pratique.base.moment import NEVER, Moment
from pratique.engine.arrays import Moments
from pratique.engine.parts.asked import Owing
from pratique.engine.pools.claims import Claimed
from pratique.engine.rows.debts import Debts
from pratique.engine.rows.powers import PowerRows
from pratique.engine.standing import Standing
from pratique.engine.step import Outcome
from pratique.register.acts import Act, Move, Perform, Propose, Vote
from pratique.rehearsal.casework import cases_at_steps, opening, performers, step_act
from pratique.rehearsal.conduct import Conduct


@dataclass(order=True, frozen=True, slots=True)
class Planned:
    """An act that an office will do at a moment."""

    moment: Moment
    number: int
    office: str = field(compare=False)
    act: Act = field(compare=False)


class Offices:
    """All offices of a replay: they see each outcome and plan what their conduct says."""

    def __init__(self, standing: Standing, conduct: Conduct, scenario: int = 0) -> None:
        self.standing = standing
        self.scenario = scenario
        self.conduct = conduct
        self.planned: list[Planned] = []
        self.count = 0
        self.was_open: dict[str, list[bool]] = {}
        self.entered: dict[tuple[str, int, int], tuple[str, Moment]] = {}
        """At which step each open case was seen last, and since when."""
        for one in conduct.opened:
            said = conduct.answers.get(one.procedure, {})
            moment, office, act = opening(one, standing.program, said)
            self._plan(moment, standing.begins, office, act)

    def next_moment(self) -> Moment:
        """Return when the next act is planned; NEVER if none is."""
        return self.planned[0].moment if self.planned else NEVER

    def acts_at(self, now: Moment) -> list[tuple[str, Act]]:
        """Return, and take from the plan, what offices do by a moment."""
        acts = []
        while self.planned and self.planned[0].moment <= now:
            planned = heapq.heappop(self.planned)
            if self._still_wanted(planned.act):
                acts.append((planned.office, planned.act))
        return acts

    def _still_wanted(self, act: Act) -> bool:
        # A case may have gone on by itself since an act on it was planned.
        if not isinstance(act, Perform) or act.case is None:
            return True
        name, _, step = act.duty.partition(".")
        row = self.standing.program.parties.index(act.at) if act.at else -1
        return any(
            (case.row, case.number, case.step.name) == (row, act.case, step)
            for case in cases_at_steps(self.standing, name, self.scenario)
        )

    def see(self, outcome: Outcome) -> None:
        """Plan what follows from a moment: debts, claims, commitments, votes, powers opened."""
        standing, now = self.standing, outcome.now
        for name, debts in standing.duties.items():
            if (name, "raised") in outcome.edges:
                self._perform(standing.program.duties[name], debts, now)
        self._settle(outcome)
        changed = {key.partition(".")[0] for key, _ in outcome.edges}
        for name in (name for name in standing.cases if name in changed):
            self._go_on(name, now)
        for name, power in standing.powers.items():
            if power.power.vote is not None:
                self._propose(name, power, now)
                if (name, "opened") in outcome.edges:
                    self._vote(name, power, now)

    def _settle(self, outcome: Outcome) -> None:
        for claim in outcome.claims:
            self._contribute(claim, outcome.now)
        for owing in outcome.transfers:
            self._transfer(owing, outcome.now)
        for name, rows in self.standing.pools.items():
            if any(draw.pool == name for draw in outcome.draws):
                self._pay(name, rows.payments, outcome.now)

    def _plan(self, moment: Moment, now: Moment, office: str, act: Act) -> None:
        if moment != NEVER:
            # Never in the moment that called for it: the register's next second at the earliest.
            heapq.heappush(self.planned, Planned(max(moment, now + 1), self.count, office, act))
            self.count += 1

    def _perform(self, duty: Duty, debts: Debts, now: Moment) -> None:
        if duty.met_when is not None:
            return
        parties = self.standing.program.parties
        for row, due in _raised(debts, now, self.scenario):
            office = debtor(duty.by, parties, row)
            at = parties[row] if duty.per_party and office != parties[row] else None
            timing = self.conduct.of(office, duty.name).perform
            act = Perform(duty=duty.name, by=office, at=at)
            self._plan(timing.moment(self.standing.program.clock, now, due), now, office, act)

    def _go_on(self, procedure: str, now: Moment) -> None:
        program = self.standing.program
        for case in cases_at_steps(self.standing, procedure, self.scenario):
            key, place = (procedure, case.row, case.number), (case.step.name, case.entered)
            if self.entered.get(key) == place or case.step.is_automatic:
                continue
            self.entered[key] = place
            for office in performers(case, program.parties, program):
                conduct = self.conduct.of(office, case.name)
                moment = conduct.step.moment(program.clock, now, case.due)
                said = conduct.answers.get(case.name, {})
                if moment != NEVER:
                    act = step_act(case, office, max(moment, now + 1), said, program)
                    self._plan(moment, now, office, act)

    def _contribute(self, claim: Claimed, now: Moment) -> None:
        clock = self.standing.program.clock
        for payer, amount in self._by_payer(claim.amounts[self.scenario], claim.body):
            timing = self.conduct.of(payer, claim.pool).contribute
            act = Move(
                pool=claim.pool,
                kind="contribution",
                party=payer,
                amount=amount,
                clause=claim.clause,
            )
            self._plan(timing.moment(clock, now, claim.due), now, payer, act)

    def _transfer(self, owing: Owing, now: Moment) -> None:
        clock, payer = self.standing.program.clock, owing.transfer.payer
        body = payer.names[0] if payer.names else ""
        for office, amount in self._by_payer(owing.amounts[self.scenario].sum(axis=1), body):
            timing = self.conduct.of(office, owing.clause).pay
            act = Move(kind="payment", party=office, amount=amount, clause=owing.clause)
            self._plan(timing.moment(clock, now, owing.due), now, office, act)

    def _by_payer(self, amounts: Moments, body: str) -> Iterator[tuple[str, int]]:
        payers = (*self.standing.program.parties, body)
        for payer, amount in zip(payers, amounts, strict=True):
            if amount and payer:
                yield payer, int(amount)

    def _pay(self, name: str, payments: Debts, now: Moment) -> None:
        program = self.standing.program
        keeper = program.pools[name].kept_by or name
        for slot in payments.slots:
            for row in range(payments.shape[1]):
                if slot.raised[self.scenario, row] == now:
                    to = program.parties[row] if row < len(program.parties) else keeper
                    timing = self.conduct.of(keeper, name).pay
                    moment = timing.moment(program.clock, now, int(slot.due[self.scenario, row]))
                    is_money = program.pools[name].type.kind == "money"
                    act = Move(
                        pool=name,
                        kind="payment" if is_money else "dispatch",
                        party=to,
                        amount=int(slot.owed[self.scenario, row]),
                        clause=name,
                    )
                    self._plan(moment, now, keeper, act)

    def _propose(self, name: str, power: PowerRows, now: Moment) -> None:
        is_open = [bool(here) for here in power.is_open[self.scenario]]
        before = self.was_open.get(name, [False] * len(is_open))
        self.was_open[name] = is_open
        if power.power.trigger.when is None and not power.power.trigger.on:
            return
        parties = self.standing.program.parties
        for row, (opened, was) in enumerate(zip(is_open, before, strict=True)):
            if opened and not was and not power.pending[self.scenario, row]:
                office = debtor(power.power.by, parties, row)
                timing = self.conduct.of(office, name).propose
                at = parties[row] if power.power.per_party else None
                self._plan(
                    timing.moment(self.standing.program.clock, now, NEVER),
                    now,
                    office,
                    Propose(power=name, at=at),
                )

    def _vote(self, name: str, power: PowerRows, now: Moment) -> None:
        clock, parties = self.standing.program.clock, self.standing.program.parties
        for row in range(power.pending.shape[1]):
            if power.opened[self.scenario, row] != now:
                continue
            at = parties[row] if power.power.per_party else None
            for elector in electors_in(power, row, self.scenario):
                conduct = self.conduct.of(self._office_of(elector), name)
                ballot = conduct.ballot
                if ballot != "silent":
                    moment = conduct.vote.moment(clock, now, int(power.closes[self.scenario, row]))
                    act = Vote(power=name, party=elector, ballot=ballot, at=at)
                    self._plan(moment, now, elector, act)

    def _office_of(self, elector: str) -> str:
        # A seat that belongs to no party does as its body does, if nothing is said of it.
        return elector if elector in self.conduct.offices else elector.partition(".")[0]


def electors_in(power: PowerRows, row: int, scenario: int = 0) -> list[str]:
    """Return who could vote on a row's proposal when it opened: parties, or seats by name."""
    if power.electorate is None:
        return []
    electors = enumerate(power.electorate.electors)
    entitled = power.entitled
    return [
        one.name
        for place, one in electors
        if one.seats and (entitled is None or entitled[place, scenario, row])
    ]


def _raised(debts: Debts, now: Moment, scenario: int) -> list[tuple[int, Moment]]:
    return [
        (row, int(slot.due[scenario, row]))
        for slot in debts.slots
        for row in range(debts.shape[1])
        if slot.raised[scenario, row] == now
    ]


def debtor(by: tuple[Who, ...], parties: tuple[str, ...], row: int) -> str:
    """Return who owes or acts in one row: the body or people named, else the row's own party."""
    for who in by:
        body = who.form == "named" and who.names[0] not in parties
        if body or who.form in ("chair", "people"):
            return who.names[0]
    return parties[row] if 0 <= row < len(parties) else ""
