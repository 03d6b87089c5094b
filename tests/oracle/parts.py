# SPDX-License-Identifier: Apache-2.0
"""The parts of one moment: missed, closing, rule, duty, opening, status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from oracle.conditions import Conditions, Part
from oracle.pools import Pools
from oracle.rows import about, binds, found_in, reached, rows_of
from oracle.truth import Truth
from oracle.world import Ballot, Debt, StatusRow, World, spell_at, spell_begins
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import IN_FORCE
from pratique.accord.terms.values import CallPower, Draw, Effect, EndStatus, Limit, StartStatus
from pratique.base.duration import Duration, leaves_window, period_end
from pratique.base.moment import Moment

Acts = Iterable[tuple[str, int]]


@dataclass
class Parts:
    """Takes the parts of a moment one by one. `judged` holds each condition's latest truth."""

    world: World
    conditions: Conditions
    pools: Pools
    judged: dict[tuple[str, int], Truth] = field(default_factory=dict)

    def take(self, part: Part, used: Acts, proposed: Acts) -> None:
        """Take one part."""
        what, name = part
        program = self.world.program
        match what:
            case "missed":
                self._missed(part, program.duties[name])
            case "closing":
                self._closing(part, program.powers[name])
            case "rule":
                self._rule(part, program.rules[name])
            case "duty":
                self._duty(part, program.duties[name])
            case "opening":
                self._opening(part, program.powers[name], used, proposed)
            case "status":
                self._status(part, name)

    def in_force(self) -> bool:
        """Say whether the agreement binds anybody now."""
        rows = self.world.statuses.get(IN_FORCE)
        return rows is None or rows[0].on

    # --- effects -----------------------------------------------------------------------------

    def _missed(self, part: Part, duty: Duty) -> None:
        self._look_ahead(part, duty.if_missed)
        rows = rows_of(self.world.program, duty)
        missed = [row for row in rows if (duty.name, "missed", row) in self.world.edges()]
        self._effects(part, duty.if_missed, missed, per_party=duty.per_party)

    def _closing(self, part: Part, power: Power) -> None:
        self._look_ahead(part, power.effects)
        rows = rows_of(self.world.program, power)
        carried = [row for row in rows if (power.name, row) in self.world.carried]
        self._effects(part, power.effects, carried, per_party=power.per_party)

    def _look_ahead(self, part: Part, effects: Iterable[Effect]) -> None:
        # What an effect reads is seen at every stop, so that `for` and `in last` know their past.
        for effect in effects:
            who = getattr(effect, "to", None) or getattr(effect, "at", None)
            terms = [getattr(effect, "amount", None), who.condition if who else None]
            for term in terms:
                if term is not None:
                    for row in self.world.parties if term.per_party else range(1):
                        self.conditions.value(part, term, row)

    def _effects(
        self, part: Part, effects: Iterable[Effect], rows: list[int], *, per_party: bool
    ) -> None:
        for effect in effects:
            for row in rows:
                self._effect(part, effect, row if per_party else None)

    def _effect(self, part: Part, effect: Effect, row: int | None) -> None:
        match effect:
            case StartStatus(name, at, lasting):
                for reach in self._reach(part, name, at, row):
                    self.world.asked.starts.append((name, reach, part[1], lasting))
            case EndStatus(name, at):
                self.world.asked.ends |= {(name, r) for r in self._reach(part, name, at, row)}
            case CallPower(name):
                own = self.world.program.powers[name].per_party
                self.world.asked.calls.add((name, row if own and row is not None else 0))
            case Draw():
                self.pools.ask(part, effect, row)

    def _reach(self, part: Part, status: str, at: object, row: int | None) -> list[int]:
        per_party = self.world.program.statuses[status].per_party
        return reached(self.conditions, part, at, row, per_party=per_party)  # type: ignore[arg-type]

    # --- rules -------------------------------------------------------------------------------

    def _rule(self, part: Part, rule: Rule) -> None:
        self._look_ahead(part, rule.effects)
        rows = rows_of(self.world.program, rule)
        found = self._found(part, rule)
        set_off = [row for row in rows if self._sets_off(rule, row, found[row])]
        fired = [row for row in set_off if self._can_fire(part, rule, row)]
        for row in fired:
            self.world.armed[rule.name, row] = False
            self.world.happens(rule.name, "used", row)
        self._effects(part, rule.effects, fired, per_party=rule.per_party)

    def _found(self, part: Part, clause: Rule | Duty | Power) -> list[Truth]:
        found = found_in(self.conditions, part, clause.trigger)
        if clause.trigger.when is not None:
            self.judged |= {(clause.name, row): truth for row, truth in enumerate(found)}
        return found

    def _sets_off(self, rule: Rule, row: int, found: Truth) -> bool:
        if rule.trigger.when is None:
            return found is True and self._allowed(rule.name, row, rule.at_most)
        if found is False:
            self.world.armed[rule.name, row] = True
        if found is not True or not self._allowed(rule.name, row, rule.at_most):
            return False
        anew = rule.at_most is not None and not self._uses(rule.name, row, rule.at_most)
        return anew or self.world.armed.get((rule.name, row), True)

    def _can_fire(self, part: Part, rule: Rule, row: int) -> bool:
        draws = [effect for effect in rule.effects if isinstance(effect, Draw)]
        return self.in_force() and all(self.pools.is_known(part, draw, row) for draw in draws)

    def _allowed(self, name: str, row: int, limit: Limit | None) -> bool:
        return limit is None or len(self._uses(name, row, limit)) < limit.uses

    def _uses(self, name: str, row: int, limit: Limit) -> list[Moment]:
        uses, end = self.world.moments_of(name, "used", row), limit.within
        if end is None:
            return uses
        return [m for m in uses if self.world.now < leaves_window(self.world.clock, m, end)]

    # --- duties ------------------------------------------------------------------------------

    def _duty(self, part: Part, duty: Duty) -> None:
        for who in duty.by:
            if who.condition is not None:
                for party in self.world.parties:
                    self.conditions.truth(part, who.condition, party)
        found = self._found(part, duty)
        for row in rows_of(self.world.program, duty):
            truth = about(self.world.program, duty, row, found)
            if not duty.prohibits:
                self._raise(part, duty, row, found)
                if duty.trigger.when is not None and truth is False:
                    self._end(duty, row)
            self._meet(part, duty, row)

    def _raise(self, part: Part, duty: Duty, row: int, found: list[Truth]) -> None:
        if not (self._is_time(duty, row) and self.in_force()):
            return
        if binds(self.conditions, part, duty, row, found):
            self.world.armed[duty.name, row] = False
            self.world.happens(duty.name, "raised", row)
            self.world.debts[duty.name][row].append(Debt(self.world.now, self._due(duty)))

    def _is_time(self, duty: Duty, row: int) -> bool:
        if duty.every is not None:
            return self._spell(duty, duty.every) is not None
        return bool(duty.trigger.on) or self.world.armed.get((duty.name, row), True)

    def _spell(self, duty: Duty, every: Duration) -> int | None:
        return spell_at(self.world.clock, self.first_spell(duty), every, self.world.now)

    def first_spell(self, duty: Duty) -> Moment:
        """Return when the first spell of an `every` begins."""
        return self.world.begins if duty.begins is None else self.world.clock.start(duty.begins)

    def _due(self, duty: Duty) -> Moment | None:
        if duty.within is not None:
            return period_end(self.world.clock, self.world.now, duty.within)
        if duty.every is None:
            return None
        number = self._spell(duty, duty.every)
        assert number is not None
        first = self.first_spell(duty)
        return spell_begins(self.world.clock, first, duty.every, number + 1)

    def _end(self, duty: Duty, row: int) -> None:
        self.world.armed[duty.name, row] = True
        for debt in self.world.debts[duty.name][row]:
            if debt.open:
                debt.open = False
                self.world.happens(duty.name, "ended", row)

    def _meet(self, part: Part, duty: Duty, row: int) -> None:
        if duty.met_when is None:
            return
        if self.conditions.truth(part, duty.met_when, row) is True:
            for debt in self.world.debts[duty.name][row]:
                if debt.open:
                    debt.open, debt.done = False, True
                    self.world.happens(duty.name, "done", row)

    # --- powers ------------------------------------------------------------------------------

    def _opening(self, part: Part, power: Power, used: Acts, proposed: Acts) -> None:
        if power.vote is None:
            self._look_ahead(part, power.effects)
        found = self._found(part, power)
        rows = rows_of(self.world.program, power)
        may = [row for row in rows if self._is_open(power, row, found)]
        if power.vote is not None:
            asked = {*proposed, *self.world.asked.calls}
            for row in (row for row in may if (power.name, row) in asked):
                self._open(power, row)
            return
        taken = [row for row in may if (power.name, row) in set(used)]
        for row in taken:
            self.world.happens(power.name, "used", row)
        self._effects(part, power.effects, taken, per_party=power.per_party)

    def _is_open(self, power: Power, row: int, found: list[Truth]) -> bool:
        truth = found[row] if len(found) > 1 else found[0]
        return truth is True and self.in_force() and self._allowed(power.name, row, power.at_most)

    def _open(self, power: Power, row: int) -> None:
        votes = self.world.votes[power.name]
        if votes[row] is None and power.vote is not None:
            closes = period_end(self.world.clock, self.world.now, power.vote.within)
            votes[row] = Ballot(self.world.now, closes, [0 for _ in self.world.parties])
            self.world.happens(power.name, "opened", row)

    # --- statuses ----------------------------------------------------------------------------

    def has_run_out(self, name: str, row: int) -> bool:
        """Let a status that runs lapse; return whether it ended."""
        status, now = self.world.statuses[name][row], self.world.now
        if status.until is not None and status.until <= now:
            status.spent = self.world.program.statuses[name].holds_while is not None
            status.on, status.until = False, None
            return True
        return False

    def linger_end(self, name: str, row: int) -> Moment | None:
        """Return until when a status goes on, if its condition does surely end."""
        clause, status = self.world.program.statuses[name], self.world.statuses[name][row]
        if clause.lingers is None or clause.holds_while is None:
            return None
        if not (since := _since_it_held(status)):
            return None
        # Days count from the last second at which it surely held, hours from when it no more did.
        first = since[0][0] if clause.lingers.elapses else since[0][0] - 1
        return period_end(self.world.clock, first, clause.lingers)

    def _has_lingered(self, name: str, row: int) -> bool:
        end, status = self.linger_end(name, row), self.world.statuses[name][row]
        has_ended = any(truth is False for _, truth in _since_it_held(status))
        return has_ended and end is not None and end <= self.world.now

    def _status(self, part: Part, name: str) -> None:
        clause = self.world.program.statuses[name]
        for row, status in enumerate(self.world.statuses[name]):
            was = status.on
            if clause.holds_while is not None:
                status.condition = self.conditions.truth(part, clause.holds_while, row)
                status.seen.append((self.world.now, status.condition))
                self.judged[name, row] = status.condition
            self._asked(name, row, status)
            if clause.holds_while is not None:
                self._follow(name, row, status)
            if status.on != was:
                self.world.happens(name, "starts" if status.on else "ends", row)
            if not status.on:
                status.until = None

    def _asked(self, name: str, row: int, status: StatusRow) -> None:
        clause, now, clock = self.world.program.statuses[name], self.world.now, self.world.clock
        starts = [ask for ask in self.world.asked.starts if ask[:2] == (name, row)]
        if (name, row) in self.world.asked.ends:
            status.on = False
        elif starts and not status.on:
            lasting = starts[0][3] or clause.lapses
            status.on, status.spent = True, False
            status.until = period_end(clock, now, lasting) if lasting is not None else None
        elif renewals := [ask for ask in starts if ask[2] == clause.renewed_by]:
            lasting = renewals[0][3] or clause.lapses
            if status.until is not None and lasting is not None:
                # Days follow on the last day of the old time, hours on its end.
                old = status.until if lasting.elapses else status.until - 1
                status.until = period_end(clock, old, lasting)

    def _follow(self, name: str, row: int, status: StatusRow) -> None:
        clause = self.world.program.statuses[name]
        if status.condition is True and not status.on and not status.spent:
            status.on = True
            if clause.lapses is not None:
                status.until = period_end(self.world.clock, self.world.now, clause.lapses)
        if status.condition is False:
            status.spent = False
            status.on = status.on and clause.lingers is not None
        if self._has_lingered(name, row):
            status.on = False


def _since_it_held(status: StatusRow) -> list[tuple[Moment, Truth]]:
    """Return all that was seen of a status' condition since it last surely held."""
    since: list[tuple[Moment, Truth]] = []
    for moment, truth in reversed(status.seen):
        if truth is True:
            break
        since.insert(0, (moment, truth))
    return since
