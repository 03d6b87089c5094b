# SPDX-License-Identifier: Apache-2.0
"""Rules: when they fire, and what would have fired had a late figure been known."""

from __future__ import annotations

from dataclasses import dataclass, field

from oracle.acting import Acting
from oracle.conditions import Part, reads_figures
from oracle.rows import own_row, rows_of
from oracle.truth import Truth
from pratique.accord.kinds.rule import Rule
from pratique.base.moment import Day

LOOK_BACK = 31
Place = tuple[str, int, Day]
"""(rule, row, day)."""


@dataclass
class Rules:
    """The rules of a standing. `held`, `ready`, `fired`: of which days that is so, as recorded."""

    acting: Acting
    held: set[Place] = field(default_factory=set)
    ready: set[Place] = field(default_factory=set)
    fired: set[Place] = field(default_factory=set)

    def take(self, part: Part, rule: Rule) -> None:
        """Take the part of a rule."""
        acting = self.acting
        acting.look_ahead(part, rule.effects)
        own = acting.found(part, rule)
        rows = rows_of(acting.world.program, rule)
        found = [
            acting.precedence.unless_back(rule.name, own_row(rule, row), own[row]) for row in rows
        ]
        fired = [row for row in rows if self._fires(part, rule, row, found[row])]
        for row in fired:
            acting.world.armed[rule.name, row] = False
            acting.world.happens(rule.name, "used", row)
        for row in fired:
            acting.ask(part, rule.effects, own_row(rule, row))
        if rule.trigger.when is not None and reads_figures(rule.trigger.when):
            for row in rows:
                self._look_back(part, rule, row, own[row], fired=row in fired)

    def _fires(self, part: Part, rule: Rule, row: int, found: Truth) -> bool:
        row_or_none = own_row(rule, row)
        return (
            self._sets_off(rule, row, found)
            and self.acting.members.in_force(rule.name, row_or_none)
            and self.acting.are_known(part, rule.effects, row_or_none)
        )

    def _sets_off(self, rule: Rule, row: int, found: Truth) -> bool:
        acting, armed = self.acting, self.acting.world.armed
        if rule.trigger.when is None:
            return found is True and acting.is_allowed(rule.name, row, rule.at_most)
        if found is False:
            armed[rule.name, row] = True
        if found is not True or not acting.is_allowed(rule.name, row, rule.at_most):
            return False
        anew = rule.at_most is not None and not acting.uses(rule.name, row, rule.at_most)
        return anew or armed.get((rule.name, row), True)

    # --- what would have fired ---------------------------------------------------------------

    def _look_back(self, part: Part, rule: Rule, row: int, own: Truth, *, fired: bool) -> None:
        world, when = self.acting.world, rule.trigger.when
        assert when is not None
        today, name = world.today, rule.name
        read = {node.name for node in when.walk() if node.op in ("measure", "window")}
        came = min((world.came[one] for one in read if one in world.came), default=today)
        first = max(came, today - LOOK_BACK, world.clock.day(world.begins))
        known = {
            day: self.acting.conditions.value(part, when, row, day) for day in range(first, today)
        }
        if not fired and any(self._would(name, row, day, known, today) for day in known):
            world.happens(name, "would_have_fired", row)
        for day, truth in [*known.items(), (today, own)]:
            _set(self.held, (name, row, day), truth is True)
        _set(self.ready, (name, row, today), self._is_ready(rule, row))
        if fired:
            self.fired.add((name, row, today))

    def _would(self, name: str, row: int, day: Day, known: dict[Day, object], today: Day) -> bool:
        if known[day] is not True or (name, row, day) in self.held:
            return False
        if (name, row, day) not in self.ready:
            return False
        for later in range(day, today):
            between = [known[one] for one in range(day, later)]
            if (name, row, later) in self.fired and not any(one is False for one in between):
                return False
        return True

    def _is_ready(self, rule: Rule, row: int) -> bool:
        acting, own = self.acting, own_row(rule, row)
        return (
            acting.world.armed.get((rule.name, row), True)
            and acting.members.in_force(rule.name, own)
            and acting.precedence.back(rule.name, own) is False
            and acting.is_allowed(rule.name, row, rule.at_most)
        )


def _set(places: set[Place], place: Place, there: bool) -> None:
    if there:
        places.add(place)
    else:
        places.discard(place)
