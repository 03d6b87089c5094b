# SPDX-License-Identifier: Apache-2.0
"""Statuses: how they begin, lapse, linger, are renewed, and wind down."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from oracle.conditions import Conditions, Part
from oracle.members import Members
from oracle.truth import Truth
from oracle.world import StatusRow, World
from pratique.base.duration import Duration, period_end
from pratique.base.moment import Moment


@dataclass
class Statuses:
    """Takes the part of each status. `judged` keeps each condition's latest truth."""

    world: World
    conditions: Conditions
    members: Members
    judged: dict[tuple[str, int], Truth]

    def run_out(self) -> None:
        """Let the statuses lapse whose time is over."""
        for name, rows in self.world.statuses.items():
            for row, status in enumerate(rows):
                if status.on and status.until is not None and status.until <= self.world.now:
                    status.spent = self.world.program.statuses[name].holds_while is not None
                    status.on, status.until = False, None
                    self._ended(name, row)

    def _ended(self, name: str, row: int) -> None:
        winds = self.world.program.statuses[name].winds_down
        status = self.world.statuses[name][row]
        status.winding = period_end(self.world.clock, self.world.now, winds) if winds else None
        self.world.happens(name, "ends", row)

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

    def take(self, part: Part, name: str) -> None:
        """Take the part of a status."""
        clause = self.world.program.statuses[name]
        for row, status in enumerate(self.world.statuses[name]):
            was = status.on
            if clause.holds_while is not None:
                self._judge(part, name, row, status)
            if (name, row) not in self.members.absent or not clause.per_party:
                self._asked(name, row, status)
            if clause.holds_while is not None:
                self._follow(name, row, status)
            if status.on and not was:
                status.began = self.world.now
                self.world.happens(name, "starts", row)
            if was and not status.on:
                self._ended(name, row)
            if not status.on:
                status.until = None

    def _judge(self, part: Part, name: str, row: int, status: StatusRow) -> None:
        clause = self.world.program.statuses[name]
        assert clause.holds_while is not None
        status.condition = self.conditions.truth(part, clause.holds_while, row)
        self.judged[name, row] = status.condition
        if clause.per_party and (name, row) in self.members.absent:
            status.condition = self.judged[name, row] = False
        if self._is_over(name):
            status.condition = False
        status.seen.append((self.world.now, status.condition))

    def _last(self, name: str) -> Moment | None:
        day = self.world.program.statuses[name].lapses_on
        return None if day is None else self.world.clock.start(day)

    def _is_over(self, name: str) -> bool:
        last = self._last(name)
        return last is not None and last <= self.world.now

    def _until(self, name: str, first: Moment, lasting: Duration | None) -> Moment | None:
        """Return when a time that begins now ends: with its day, if the status has one."""
        ends = [] if lasting is None else [period_end(self.world.clock, first, lasting)]
        last = self._last(name)
        return min([*ends, *([] if last is None else [last])], default=None)

    def _asked(self, name: str, row: int, status: StatusRow) -> None:
        clause, now = self.world.program.statuses[name], self.world.now
        starts = [ask for ask in self.world.asked.starts if ask[:2] == (name, row)]
        if (name, row) in self.world.asked.ends:
            status.on = False
        elif starts and not status.on and not self._is_over(name):
            status.on = True
            ends = [self._until(name, now, start[3] or clause.lapses) for start in starts]
            status.until = None if None in ends else max(ends)
        elif renewals := [ask for ask in starts if ask[2] == clause.renewed_by]:
            lasting = renewals[0][3] or clause.lapses
            if status.until is not None and lasting is not None:
                # Days follow on the last day of the old time, hours on its end.
                old = status.until if lasting.elapses else status.until - 1
                status.until = self._until(name, old, lasting)

    def _follow(self, name: str, row: int, status: StatusRow) -> None:
        clause = self.world.program.statuses[name]
        if status.condition is True and not status.on and not status.spent:
            status.on = True
            status.until = self._until(name, self.world.now, clause.lapses)
        if status.condition is False:
            status.spent = False
            status.on = status.on and clause.lingers is not None
        if self._has_lingered(name, row):
            status.on = False


def _since_it_held(status: StatusRow) -> list[tuple[Moment, Truth]]:
    """Return all that was seen of a status' condition since it last surely held."""
    since = list(takewhile(lambda seen: seen[1] is not True, reversed(status.seen)))
    return since[::-1]
