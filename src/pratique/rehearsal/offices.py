# SPDX-License-Identifier: Apache-2.0
"""The acts that offices would have done under a conduct, worked out from each moment's outcome.

Batch of one. It proposes acts; whether the agreement allows them stays the engine's.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from pratique.accord.kinds.duty import Duty
from pratique.accord.terms.values import Who
from pratique.base.moment import NEVER, Moment
from pratique.engine.rows.debts import Debts
from pratique.engine.rows.powers import PowerRows
from pratique.engine.standing import Standing
from pratique.engine.step import Outcome
from pratique.register.acts import Act, Move, Perform, Propose, Vote
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

    def __init__(self, standing: Standing, conduct: Conduct) -> None:
        self.standing = standing
        self.conduct = conduct
        self.planned: list[Planned] = []
        self.count = 0
        self.was_open: dict[str, list[bool]] = {}

    def next_moment(self) -> Moment:
        """Return when the next act is planned; NEVER if none is."""
        return self.planned[0].moment if self.planned else NEVER

    def acts_at(self, now: Moment) -> list[tuple[str, Act]]:
        """Return, and take from the plan, what offices do by a moment."""
        acts = []
        while self.planned and self.planned[0].moment <= now:
            planned = heapq.heappop(self.planned)
            acts.append((planned.office, planned.act))
        return acts

    def see(self, outcome: Outcome) -> None:
        """Plan what follows from a moment: debts, claims, commitments, votes, powers opened."""
        standing, now = self.standing, outcome.now
        for name, debts in standing.duties.items():
            if (name, "raised") in outcome.edges:
                self._perform(standing.program.duties[name], debts, now)
        for name, rows in standing.pools.items():
            if (name, "claimed") in outcome.edges:
                self._contribute(name, rows.claims, now)
            if any(draw.pool == name for draw in outcome.draws):
                self._pay(name, rows.payments, now)
        for name, power in standing.powers.items():
            if power.power.vote is not None:
                self._propose(name, power, now)
                if (name, "opened") in outcome.edges:
                    self._vote(name, power, now)

    def _plan(self, moment: Moment, now: Moment, office: str, act: Act) -> None:
        if moment != NEVER:
            # Never in the moment that called for it: the register's next second at the earliest.
            heapq.heappush(self.planned, Planned(max(moment, now + 1), self.count, office, act))
            self.count += 1

    def _perform(self, duty: Duty, debts: Debts, now: Moment) -> None:
        if duty.met_when is not None:
            return
        parties = self.standing.program.parties
        for row, due in _raised(debts, now):
            office = debtor(duty.by, parties, row)
            at = parties[row] if duty.per_party and office != parties[row] else None
            timing = self.conduct.of(office, duty.name).perform
            act = Perform(duty=duty.name, by=office, at=at)
            self._plan(timing.moment(self.standing.program.clock, now, due), now, office, act)

    def _contribute(self, name: str, claims: Debts, now: Moment) -> None:
        parties = self.standing.program.parties
        for slot in claims.slots:
            for row, party in enumerate(parties):
                if slot.raised[0, row] == now:
                    timing = self.conduct.of(party, name).contribute
                    moment = timing.moment(self.standing.program.clock, now, int(slot.due[0, row]))
                    act = Move(
                        pool=name,
                        kind="contribution",
                        party=party,
                        amount=int(slot.owed[0, row]),
                        clause=name,
                    )
                    self._plan(moment, now, party, act)

    def _pay(self, name: str, payments: Debts, now: Moment) -> None:
        program = self.standing.program
        keeper = program.pools[name].kept_by or name
        for slot in payments.slots:
            for row in range(payments.shape[1]):
                if slot.raised[0, row] == now:
                    to = program.parties[row] if row < len(program.parties) else keeper
                    timing = self.conduct.of(keeper, name).pay
                    moment = timing.moment(program.clock, now, int(slot.due[0, row]))
                    is_money = program.pools[name].type.kind == "money"
                    act = Move(
                        pool=name,
                        kind="payment" if is_money else "dispatch",
                        party=to,
                        amount=int(slot.owed[0, row]),
                        clause=name,
                    )
                    self._plan(moment, now, keeper, act)

    def _propose(self, name: str, power: PowerRows, now: Moment) -> None:
        is_open = [bool(here) for here in power.is_open[0]]
        before = self.was_open.get(name, [False] * len(is_open))
        self.was_open[name] = is_open
        if power.power.trigger.when is None and not power.power.trigger.on:
            return
        parties = self.standing.program.parties
        for row, (opened, was) in enumerate(zip(is_open, before, strict=True)):
            if opened and not was and not power.pending[0, row]:
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
            if power.opened[0, row] != now:
                continue
            at = parties[row] if power.power.per_party else None
            for party in parties:
                conduct = self.conduct.of(party, name)
                ballot = conduct.ballot
                if ballot != "silent":
                    moment = conduct.vote.moment(clock, now, int(power.closes[0, row]))
                    act = Vote(power=name, party=party, ballot=ballot, at=at)
                    self._plan(moment, now, party, act)


def _raised(debts: Debts, now: Moment) -> list[tuple[int, Moment]]:
    return [
        (row, int(slot.due[0, row]))
        for slot in debts.slots
        for row in range(debts.shape[1])
        if slot.raised[0, row] == now
    ]


def debtor(by: tuple[Who, ...], parties: tuple[str, ...], row: int) -> str:
    """Return who owes or acts in one row: the body that is named, else the row's own party."""
    for who in by:
        if who.form == "named" and who.names[0] not in parties:
            return who.names[0]
    return parties[row] if 0 <= row < len(parties) else ""
