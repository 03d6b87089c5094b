# SPDX-License-Identifier: Apache-2.0
"""Duties: when debts are raised, when they are due, what they draw, how they end."""

from __future__ import annotations

from dataclasses import dataclass, field

from oracle.acting import Acting
from oracle.conditions import Part
from oracle.rows import about, applies, binds, owed_by_parties, own_row, rows_of
from oracle.truth import Truth
from oracle.world import Debt, World, spell_at, spell_begins
from pratique.accord.kinds.duty import Duty
from pratique.accord.terms.values import Clock, EdgeRef
from pratique.base.duration import Duration, period_end
from pratique.base.moment import Moment


@dataclass
class Duties:
    """The duties of a standing. `runs`: whose trigger's row was surely false since it was true."""

    acting: Acting
    runs: dict[tuple[str, int], bool] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """What is known."""
        return self.acting.world

    def perform(self, name: str, row: int, happened: Moment | None, raised: Moment | None) -> None:
        """Discharge a debt: the one raised then, or the oldest."""
        owed = [debt for debt in self.world.debts[name][row] if debt.open]
        if raised is not None:
            owed = [debt for debt in owed if debt.raised == raised]
        if not owed:
            return
        debt = owed[0]
        debt.open, debt.done = False, True
        self.world.happens(name, "done", row)
        if debt.missed and happened is not None and debt.due is not None and happened <= debt.due:
            debt.missed = False
            self.world.happens(name, "reported_late", row)

    def missed(self, part: Part, duty: Duty) -> None:
        """Bring about what follows from missing."""
        self.acting.look_ahead(part, duty.if_missed)
        for row in rows_of(self.world.program, duty):
            if (duty.name, "missed", row) in self.world.edges():
                self.acting.ask(part, duty.if_missed, own_row(duty, row))

    def take(self, part: Part, duty: Duty) -> None:
        """Take the part of a duty."""
        self._look_ahead(part, duty)
        found = self.acting.found(part, duty)
        rows = rows_of(self.world.program, duty)
        own = [about(self.world.program, duty, row, found) for row in rows]
        bound = [applies(self.acting.conditions, part, duty, row, found) for row in rows]
        self.acting.precedence.note(duty.name, bound, per_party=duty.per_party)
        back = [self.acting.precedence.back(duty.name, own_row(duty, row)) for row in rows]
        raised = []
        for row in rows:
            if not duty.prohibits:
                if back[row] is False and self._raise(part, duty, row, found):
                    raised.append(row)
                if self._lasts(duty) and (own[row] is False or back[row] is True):
                    self._end(duty, row)
            self._meet(part, duty, row)
        self._draw(part, duty, found, raised)

    def _lasts(self, duty: Duty) -> bool:
        # Without a trigger it is owed as long as nothing puts it aside.
        return duty.every is None and not duty.trigger.on

    def _look_ahead(self, part: Part, duty: Duty) -> None:
        for who in (*duty.by, *duty.to):
            self.acting.see(part, who.condition)
        if duty.clock is not None:
            self.acting.see(part, duty.clock.when)
        if duty.draws is not None:
            self.acting.look_ahead(part, [duty.draws])

    # --- raising -----------------------------------------------------------------------------

    def _raise(self, part: Part, duty: Duty, row: int, found: list[Truth]) -> bool:
        in_force = self.acting.members.in_force(duty.name, own_row(duty, row))
        if not (self._is_time(duty, row) and in_force):
            return False
        if not binds(self.acting.conditions, part, duty, row, found):
            return False
        self.world.armed[duty.name, row] = False
        self.world.happens(duty.name, "raised", row)
        due = self._due(part, duty, row)
        self.world.debts[duty.name][row].append(Debt(self.world.now, due))
        return True

    def _is_time(self, duty: Duty, row: int) -> bool:
        if duty.every is not None:
            return self._spell(duty, duty.every) is not None
        return bool(duty.trigger.on) or self.world.armed.get((duty.name, row), True)

    def _spell(self, duty: Duty, every: Duration) -> int | None:
        return spell_at(self.world.clock, self.first_spell(duty), every, self.world.now)

    def first_spell(self, duty: Duty) -> Moment:
        """Return when the first spell of an `every` begins."""
        return self.world.begins if duty.begins is None else self.world.clock.start(duty.begins)

    def _due(self, part: Part, duty: Duty, row: int) -> Moment | None:
        clock = duty.clock
        if clock is not None and (clock.within is not None or clock.before is not None):
            return self._by_clock(part, duty, clock, row)
        if duty.every is None:
            return None
        number = self._spell(duty, duty.every)
        assert number is not None
        return spell_begins(self.world.clock, self.first_spell(duty), duty.every, number + 1)

    def _by_clock(self, part: Part, duty: Duty, clock: Clock, row: int) -> Moment:
        ends = []
        if clock.within is not None:
            start = self.world.now
            if clock.of is not None:
                start = self._last(duty, clock.of, row) or start
            time = clock.within
            if clock.otherwise is not None and self._otherwise(part, duty, clock, row):
                time = clock.otherwise
            ends.append(period_end(self.world.clock, start, time))
        if clock.before is not None:
            ends.append(self.world.clock.start(clock.before))
        return min(ends)

    def _last(self, duty: Duty, ref: EdgeRef, row: int) -> Moment | None:
        """Return when a change last happened: in the debt's row, or for one debt of all, in any."""
        if ref.party >= 0:
            rows = [ref.party]
        elif ref.per_party and not duty.per_party:
            rows = list(self.world.parties)
        else:
            rows = [row if ref.per_party else 0]
        return max((m for one in rows for m in self.world.moments_of(*ref.key, one)), default=None)

    def _otherwise(self, part: Part, duty: Duty, clock: Clock, row: int) -> bool:
        assert clock.when is not None
        rows = self.world.parties if clock.when.per_party and not duty.per_party else [row]
        return any(self.acting.conditions.truth(part, clock.when, one) is True for one in rows)

    # --- ending ------------------------------------------------------------------------------

    def _end(self, duty: Duty, row: int) -> None:
        self.world.armed[duty.name, row] = True
        for debt in self.world.debts[duty.name][row]:
            if debt.open:
                debt.open = False
                self.world.happens(duty.name, "ended", row)

    def _meet(self, part: Part, duty: Duty, row: int) -> None:
        if duty.met_when is None:
            return
        if self.acting.conditions.truth(part, duty.met_when, row) is True:
            for debt in self.world.debts[duty.name][row]:
                if debt.open:
                    debt.open, debt.done = False, True
                    self.world.happens(duty.name, "done", row)

    # --- drawing -----------------------------------------------------------------------------

    def _draw(self, part: Part, duty: Duty, found: list[Truth], raised: list[int]) -> None:
        if duty.draws is None:
            return
        new = self._new_runs(duty, found)
        ask = self.acting.pools.ask
        if not duty.per_recipient:
            for row in raised:
                ask(part, duty.draws, row if duty.per_party else None, None)
        elif duty.draws.to.form == "that" and not duty.trigger.per_party:
            for row in raised:
                ask(part, duty.draws, row, None)
        else:
            for run in new:
                if any(self._of_run(part, duty, run, row, found) for row in raised):
                    ask(part, duty.draws, run if duty.trigger.per_party else None, None)

    def _new_runs(self, duty: Duty, found: list[Truth]) -> list[int]:
        """Return the rows of the trigger that set off anew."""
        new = []
        for run, truth in enumerate(found):
            if duty.trigger.when is None:
                new += [run] if truth is True else []
                continue
            if truth is False:
                self.runs[duty.name, run] = True
            if truth is True and self.runs.get((duty.name, run), True):
                self.runs[duty.name, run] = False
                new.append(run)
        return new

    def _of_run(self, part: Part, duty: Duty, run: int, row: int, found: list[Truth]) -> bool:
        """Say whether a debt in a row comes of this run of the trigger alone."""
        if not duty.trigger.per_party:
            return True
        if not owed_by_parties(self.world.program, duty):
            return run == row
        alone: list[Truth] = [one == run for one in range(len(found))]
        return binds(self.acting.conditions, part, duty, row, alone)
