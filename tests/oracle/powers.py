# SPDX-License-Identifier: Apache-2.0
"""Powers: who may vote, votes counted, uses with notice and confirmation, and what they bring."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from oracle.acting import Acting
from oracle.conditions import Part
from oracle.rows import own_row, rows_of
from oracle.truth import Truth, is_exact
from oracle.votes import (
    ANSWERS,
    Count,
    Elector,
    body_of,
    electors_of,
    in_group,
    is_quorate,
    tallied,
)
from oracle.world import Ballot
from pratique.accord.kinds.power import Power
from pratique.accord.terms.values import StartStatus
from pratique.base.duration import period_end
from pratique.base.moment import Moment

Row = tuple[str, int]


@dataclass
class Powers:
    """The powers of a standing. A row of one is (its name, the row)."""

    acting: Acting
    recused: dict[str, set[int]] = field(default_factory=dict)
    notices: dict[Row, tuple[Moment, int | None]] = field(default_factory=dict)
    waiting: dict[Row, tuple[Moment, Moment]] = field(default_factory=dict)
    """Uses that wait to be confirmed: (used, until)."""
    carried: dict[Row, int | None] = field(default_factory=dict)
    """What was carried in this moment, with the amount that was said."""
    entitled: dict[Row, list[bool]] = field(default_factory=dict)
    """Who was entitled when a vote was last looked at."""
    again: list[Moment] = field(default_factory=list)
    """When votes are counted again because who is entitled has changed."""

    # --- who may vote ------------------------------------------------------------------------

    def entitled_now(self, power: Power, row: int) -> list[bool]:
        """Return which electors are entitled, as a vote opens or is counted."""
        assert power.vote is not None
        electors = electors_of(self.acting.world.program, power.vote)
        return [self._is_entitled(power, row, one) for one in electors]

    def _is_entitled(self, power: Power, row: int, elector: Elector) -> bool:
        assert power.vote is not None
        party, members = elector.party, self.acting.members
        if elector.votes == 0:
            return False
        if party < 0:
            return True
        if members.can_change and not self._is_bound(power, party):
            return False
        if self._is_stopped(party) or party in self.recused.get(power.name, set()):
            return False
        return not (power.vote.except_that and party == row)

    def _is_bound(self, power: Power, party: int) -> bool:
        world, members = self.acting.world, self.acting.members
        if party in world.left:
            return False
        if power.name in members.starters:
            return True
        if power.name in members.survivors and party in world.was_bound:
            return True
        return members.is_bound(party)

    def _is_stopped(self, party: int) -> bool:
        world = self.acting.world
        for name, status in world.program.statuses.items():
            row = party if status.per_party else 0
            if "voting" in status.stops and world.prior[name][row] is True:
                return True
        return False

    def _varies(self, power: Power) -> bool:
        assert power.vote is not None
        world = self.acting.world
        body = body_of(world.program, power.vote)
        return (
            self.acting.members.can_change
            or any("voting" in status.stops for status in world.program.statuses.values())
            or (body is not None and body.recused is not None)
            or power.vote.except_that
        )

    # --- votes -------------------------------------------------------------------------------

    def cast(self, name: str, row: int, voter: int, answer: str) -> None:
        """Lay a ballot with its proposal; one of who was not entitled is refused."""
        vote = self.acting.world.votes[name][row] if name in self.acting.world.votes else None
        if vote is not None and vote.entitled[voter]:
            vote.answers[voter] = ANSWERS[answer]

    def count_all(self) -> None:
        """Count the votes that are pending."""
        self.carried = {}
        for name in self.acting.world.votes:
            power = self.acting.world.program.powers[name]
            for row, vote in enumerate(self.acting.world.votes[name]):
                if vote is not None:
                    self._count(power, row, vote)

    def _count(self, power: Power, row: int, vote: Ballot) -> None:
        world = self.acting.world
        count = self._counted(power, row, vote)
        if world.now < vote.closes and not count.is_settled():
            return
        world.votes[power.name][row] = None
        carried = count.is_carried() if world.now >= vote.closes else count.outcome()
        if not carried:
            world.happens(power.name, "refused", row)
        elif power.notice is not None:
            ends = period_end(world.clock, world.now, power.notice)
            self.notices[power.name, row] = ends, vote.said
        else:
            world.happens(power.name, "used", row)
            self.carried[power.name, row] = vote.said

    def _counted(self, power: Power, row: int, vote: Ballot) -> Count:
        assert power.vote is not None
        program = self.acting.world.program
        now = self.entitled_now(power, row)
        self.entitled[power.name, row] = now
        electors = electors_of(program, power.vote)
        there = [
            (elector, answer)
            for elector, answer, was, still in zip(
                electors, vote.answers, vote.entitled, now, strict=True
            )
            if was and still
        ]
        answers = [answer for _, answer in there]
        tallies = [tallied([Fraction(elector.votes) for elector, _ in there], answers)]
        for majority in power.vote.majorities:
            if majority.weight is not None:
                part = ("count", power.name)
                tallies.append(tallied(
                    [self._weight(part, majority.weight, one) for one, _ in there], answers
                ))  # fmt: skip
                tallies[-1].sliver = tallies[-1].whole / 10**9
            else:
                members = [
                    Fraction(elector.votes if in_group(program, majority, elector) else 0)
                    for elector, _ in there
                ]
                tallies.append(tallied(list(members), answers))
        quorate = is_quorate(program, power.vote, there)
        return Count(
            power.vote, power.silence, tallies, answers.count(0), answers.count(2), quorate
        )

    def _weight(self, part: Part, weight: object, elector: Elector) -> Fraction | None:
        if elector.party < 0:
            return Fraction(0)
        figure = self.acting.conditions.figure(part, weight, elector.party)  # type: ignore[arg-type]
        return max(Fraction(0), Fraction(figure[0])) if is_exact(figure) else None

    def note_entitled(self) -> None:
        """See, after a moment, whether its parts have changed who is entitled."""
        world = self.acting.world
        world.prior = {name: [row.truth() for row in rows] for name, rows in world.statuses.items()}
        self.again = []
        for name, votes in world.votes.items():
            power = world.program.powers[name]
            assert power.vote is not None
            for row, vote in enumerate(votes):
                if vote is None:
                    continue
                weighed = any(one.weight is not None for one in power.vote.majorities)
                if vote.opened == world.now and (self._varies(power) or weighed):
                    self.again.append(world.now + 1)
                found = self.entitled_now(power, row)
                if found != self.entitled.get((name, row), found):
                    self.again.append(world.now + 1)

    # --- parts -------------------------------------------------------------------------------

    def close(self, part: Part, power: Power) -> None:
        """Bring about what was carried."""
        self.acting.look_ahead(part, power.effects)
        rows = [row for row in rows_of(self.acting.world.program, power)
                if (power.name, row) in self.carried]  # fmt: skip
        for row in rows:
            self._take_effect(part, power, row, self.carried[power.name, row])

    def _take_effect(self, part: Part, power: Power, row: int, said: int | None) -> None:
        self.acting.ask(part, power.effects, own_row(power, row), said)
        if power.confirmed_by:
            world, by = self.acting.world, self.acting.world.program.powers[power.confirmed_by]
            assert power.confirm_within is not None
            until = period_end(world.clock, world.now, power.confirm_within)
            self.waiting[power.name, row] = world.now, until
            if by.vote is not None:
                own = by.per_party and power.per_party
                rows = [row] if own else rows_of(world.program, by)
                world.asked.calls |= {(by.name, one) for one in rows}

    def open(self, part: Part, power: Power, acts: dict[Row, int | None]) -> None:
        """Take proposals and uses (`acts`, with the amounts said), and notices that are over."""
        acting, world = self.acting, self.acting.world
        self._judge_recusals(part, power)
        if power.vote is None or power.notice is not None:
            acting.look_ahead(part, power.effects)
        found = acting.found(part, power)
        rows = rows_of(world.program, power)
        truths = [self._truth(power, row, found) for row in rows]
        for row in rows:
            self._end_notice(part, power, row, holds=truths[row] is True)
        for row in [row for row in rows if truths[row] is True and self._may(power, row)]:
            key = (power.name, row)
            called = power.vote is not None and key in world.asked.calls
            if key in acts or called:
                self._begin(part, power, row, acts.get(key))

    def _judge_recusals(self, part: Part, power: Power) -> None:
        world = self.acting.world
        body = body_of(world.program, power.vote) if power.vote is not None else None
        if body is not None and body.recused is not None:
            self.recused[power.name] = {
                party for party in world.parties
                if self.acting.conditions.truth(part, body.recused, party) is True
            }  # fmt: skip

    def _truth(self, power: Power, row: int, found: list[Truth]) -> Truth:
        own = found[row] if len(found) > 1 else found[0]
        return self.acting.precedence.unless_back(power.name, own_row(power, row), own)

    def _may(self, power: Power, row: int) -> bool:
        in_force = self.acting.members.in_force(power.name, own_row(power, row))
        return in_force and self.acting.is_allowed(power.name, row, power.at_most)

    def _end_notice(self, part: Part, power: Power, row: int, *, holds: bool) -> None:
        notice = self.notices.get((power.name, row))
        if notice is None or notice[0] > self.acting.world.now:
            return
        del self.notices[power.name, row]
        if holds or power.trigger.on:
            self.acting.world.happens(power.name, "used", row)
            self._take_effect(part, power, row, notice[1])
        else:
            self.acting.world.happens(power.name, "refused", row)

    def _begin(self, part: Part, power: Power, row: int, said: int | None) -> None:
        world, key = self.acting.world, (power.name, row)
        pending = power.vote is not None and world.votes[power.name][row] is not None
        if pending or key in self.notices or key in self.waiting:
            return
        if power.vote is not None:
            closes = period_end(world.clock, world.now, power.vote.within)
            entitled = self.entitled_now(power, row)
            ballot = Ballot(world.now, closes, [0 for _ in entitled], entitled, said)
            world.votes[power.name][row] = ballot
            self.entitled[key] = entitled
            world.happens(power.name, "opened", row)
        elif power.notice is not None:
            self.notices[key] = period_end(world.clock, world.now, power.notice), said
            world.happens(power.name, "opened", row)
        else:
            world.happens(power.name, "used", row)
            self._take_effect(part, power, row, said)

    # --- confirmation ------------------------------------------------------------------------

    def confirm(self, power: Power) -> None:
        """End what a power started where it was not confirmed in time."""
        world = self.acting.world
        by = world.program.powers[power.confirmed_by]
        for row in rows_of(world.program, power):
            used, until = self.waiting.get((power.name, row), (world.now, world.now))
            if used >= world.now:
                continue
            rows = [row] if by.per_party and power.per_party else rows_of(world.program, by)
            edges = {edge for name, edge, at in world.edges() if name == by.name and at in rows}
            if "used" in edges:
                del self.waiting[power.name, row]
            elif "refused" in edges or until <= world.now:
                del self.waiting[power.name, row]
                world.happens(power.name, "refused", row)
                self._undo(power, row, used)

    def _undo(self, power: Power, row: int, used: Moment) -> None:
        world = self.acting.world
        for effect in power.effects:
            if not isinstance(effect, StartStatus):
                continue
            status = world.program.statuses[effect.status]
            own = effect.at is None or effect.at.form == "that"
            only = own and status.per_party and power.per_party
            for at in [row] if only else rows_of(world.program, status):
                now = world.statuses[effect.status][at]
                if now.on and now.began == used:
                    world.asked.ends.add((effect.status, at))
