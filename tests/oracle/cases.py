# SPDX-License-Identifier: Apache-2.0
"""Cases of procedures: opened, moved from step to step by acts and by time, closed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from oracle.acting import Acting
from oracle.conditions import Part
from oracle.rows import own_row, parties_named
from oracle.truth import is_exact
from oracle.world import Case
from pratique.accord.fields.procedures import End
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.terms.values import Effect, Who
from pratique.base.duration import period_end
from pratique.base.moment import Moment

ADDED_UP = ("count", "number", "money")


@dataclass(frozen=True)
class Opening:
    """An act that opens a case, with what it records."""

    procedure: str
    row: int
    fields: dict[str, Fraction]


@dataclass(frozen=True)
class StepAct:
    """An act that performs a step. `row` None: it names no party; `case` 0: the oldest.

    `actor`: which of the step's actors it is; `party`: which party acts (-1: none).
    """

    procedure: str
    step: str
    row: int | None
    fields: dict[str, Fraction]
    actor: int = 0
    party: int = -1
    case: int = 0


@dataclass
class Cases:
    """The cases of a standing. `slots`: how many a row may be open; None: no limit."""

    acting: Acting
    slots: int | None = None
    places: dict[str, list[dict[int, Case]]] = field(default_factory=dict)
    """By procedure: for each slot, the case that each row has in it."""
    rounds: int = 0

    def take(self, part: Part, procedure: Procedure, opened: list[Opening],
             acts: list[StepAct]) -> None:  # fmt: skip
        """Take the part of a procedure."""
        acting, world, name = self.acting, self.acting.world, procedure.name
        acting.conditions.case = None
        for term in procedure.terms():
            acting.see(part, term)
        acting.look_ahead(part, procedure.effects())
        for act in opened:
            if act.procedure == name:
                self._open(procedure, act.row, dict(act.fields))
        for row in self._asked(name):
            self._open(procedure, row, {})
        for rows in world.cases[name]:
            for case in rows:
                case.passed = set()
        left = [act for act in acts if act.procedure == name]
        while self._round(part, procedure, left):
            pass
        world.turn = ()
        for row in self._asked(name):
            self._open(procedure, row, {})
        self._enter_slots(part, procedure)

    def _asked(self, name: str) -> list[int]:
        """Return the rows for which effects have asked for a case, each effect once a row."""
        asked = self.acting.world.asked
        mine = [one for one in asked.opened if one[1] == name]
        asked.opened = [one for one in asked.opened if one[1] != name]
        return [row for _, _, row in dict.fromkeys(mine)]

    def _open(self, procedure: Procedure, row: int, fields: dict[str, Fraction]) -> None:
        acting, world, own = self.acting, self.acting.world, own_row(procedure, row)
        in_force = acting.members.in_force(procedure.name, own)
        if not in_force or acting.precedence.back(procedure.name, own) is not False:
            return
        cases = world.cases[procedure.name][row]
        known: dict[str, Fraction | None] = {
            spec.name: fields.get(spec.name)
            for spec in procedure.fields.values() if spec.on_arrays
        }  # fmt: skip
        cases.append(Case(len(cases) + 1, row, world.now, known))
        world.happens(procedure.name, "opened", row)

    def is_stalled(self) -> bool:
        """Say whether a case has come back to a step that it has passed in this moment.

        It goes on at the next stop, whichever: there two that stop elsewhere may differ.
        """
        world = self.acting.world
        return any(
            case.step in case.passed
            for rows in world.cases.values() for cases in rows for case in cases
        )  # fmt: skip

    # --- slots -------------------------------------------------------------------------------

    def _enter_slots(self, part: Part, procedure: Procedure) -> bool:
        entered = False
        for cases in self.acting.world.cases[procedure.name]:
            for case in cases:
                if case.step == "" and case.open and self._place(procedure, case):
                    self._enter(part, procedure, case, procedure.steps[0].name)
                    entered = True
        return entered

    def _place(self, procedure: Procedure, case: Case) -> bool:
        places = self.places.setdefault(procedure.name, [])
        for place in places:
            if case.row not in place:
                place[case.row] = case
                return True
        if self.slots is not None and len(places) >= self.slots:
            return False
        places.append({case.row: case})
        return True

    # --- rounds ------------------------------------------------------------------------------

    def _round(self, part: Part, procedure: Procedure, acts: list[StepAct]) -> bool:
        moved = self._enter_slots(part, procedure)
        self.rounds += 1
        for number, place in enumerate(list(self.places.get(procedure.name, []))):
            for step in procedure.steps:
                self._turn(procedure, number, step.name)
                there = [
                    place[row] for row in sorted(place)
                    if place[row].step == step.name and step.name not in place[row].passed
                ]  # fmt: skip
                done = self._performed(procedure, step.name, there, acts)
                # What is missed is asked for before what is done.
                passed = [self._time(part, procedure, case, done=case in done) for case in there]
                moved |= any(how != "stays" for how in passed)
                finished = [case for case, how in zip(there, passed, strict=True) if how == "done"]
                self._done(part, procedure, step.name, finished)
        return moved

    def _performed(
        self, procedure: Procedure, name: str, there: list[Case], acts: list[StepAct]
    ) -> list[Case]:
        """Take the acts on a step that mean one of these cases; return those that are done."""
        done: list[Case] = []
        for act in [act for act in acts if act.step == name]:
            case = self._meant(procedure, act, done)
            if case is None or all(case is not one for one in there):
                continue
            acts.remove(act)
            if self._act(procedure, case, act):
                done.append(case)
        return done

    def _meant(self, procedure: Procedure, act: StepAct, done: list[Case]) -> Case | None:
        step = procedure.steps[procedure.position(act.step)]
        found = [
            case
            for rows in self.acting.world.cases[procedure.name] for case in rows
            if case.open and case.step == act.step and act.step not in case.passed
            and all(case is not one for one in done)
            and (act.row is None or case.row == act.row)
            and (case.number == act.case if act.case else step.many or act.actor not in case.acted)
            and self._fits_actor(procedure, case, act)
        ]  # fmt: skip
        return min(found, key=lambda case: (case.opened, case.row, case.number), default=None)

    def _fits_actor(self, procedure: Procedure, case: Case, act: StepAct) -> bool:
        by = procedure.steps[procedure.position(act.step)].by
        if not by or by[act.actor].form != "field":
            return True
        return case.fields.get(by[act.actor].names[0]) == act.party

    def _act(self, procedure: Procedure, case: Case, act: StepAct) -> bool:
        """Record an act; return whether the step is done with it."""
        step = procedure.steps[procedure.position(act.step)]
        for name, value in act.fields.items():
            before = case.fields.get(name) if case.gathered else None
            adds = step.many and procedure.fields[name].type.kind in ADDED_UP
            case.fields[name] = value + (before or 0) if adds else value
        case.acted.add(act.actor)
        case.gathered = True
        return not step.many and len(case.acted) >= max(1, len(step.by))

    def _time(self, part: Part, procedure: Procedure, case: Case, *, done: bool) -> str:
        """Let a case's time and method work; return whether its step is done, left, or stays."""
        step = procedure.steps[procedure.position(case.step)]
        overdue = case.due is not None and case.due <= self.acting.world.now
        if not done and overdue and not case.missed:
            if step.wait is not None or (step.many and case.gathered):
                done = True
            else:
                self._miss(part, procedure, case)
                if self._leave_late(part, procedure, case):
                    return "left"
                done = step.many
        if not done and step.method is not None and step.wait is None:
            self._by_method(part, procedure, case)
            done = True
        return "done" if done else "stays"

    def _by_method(self, part: Part, procedure: Procedure, case: Case) -> None:
        step = procedure.steps[procedure.position(case.step)]
        assert step.method is not None
        self.acting.conditions.case = case.fields
        value = self.acting.conditions.figure(part, step.method, case.row)
        self.acting.conditions.case = None
        case.fields[step.gives[0].name] = Fraction(value[0]) if is_exact(value) else None

    # --- what follows ------------------------------------------------------------------------

    def _miss(self, part: Part, procedure: Procedure, case: Case) -> None:
        case.missed = True
        self._mark(procedure, case, f"{procedure.name}.{case.step}", "missed")
        self._mark(procedure, case, procedure.name, "missed")
        late = any(end.late for end in procedure.ends_at(case.step))
        otherwise = () if late else procedure.if_missed
        self._ask(part, procedure, case, procedure.if_missed_at.get(case.step, otherwise))

    def _mark(self, procedure: Procedure, case: Case, key: str, edge: str) -> None:
        case.marks.add((key, edge))
        self.acting.world.happens(key, edge, case.row)

    def _ask(
        self, part: Part, procedure: Procedure, case: Case, effects: tuple[Effect, ...]
    ) -> None:
        acting = self.acting
        acting.conditions.case = case.fields
        acting.world.asking_case = (procedure.name, case.row, case.number)
        acting.ask(part, effects, own_row(procedure, case.row))
        acting.conditions.case, acting.world.asking_case = None, None

    def _turn(self, procedure: Procedure, number: int, step: str) -> None:
        # What the cases of one slot ask for at one step is one part of what a pool meets.
        world = self.acting.world
        world.turn = (procedure.name, self.rounds, number, step)

    def _leave_late(self, part: Part, procedure: Procedure, case: Case) -> bool:
        for end in procedure.ends_at(case.step):
            if end.late:
                case.passed.add(case.step)
                self._go(part, procedure, case, end)
                return True
        return False

    def _done(self, part: Part, procedure: Procedure, name: str, cases: list[Case]) -> None:
        """Let cases of one slot go on from a step that they have done, each to its end."""
        step = procedure.steps[procedure.position(name)]
        for case in cases:
            case.passed.add(name)
            case.done_at[name] = self.acting.world.now
            self._mark(procedure, case, f"{procedure.name}.{name}", "done")
            self.acting.pools.release_step(procedure.name, case, name)
            self._ask(part, procedure, case, step.sends)
            self._ask(part, procedure, case, procedure.at.get(name, ()))
        for end in procedure.ends_at(name):
            fits = [case for case in cases if not end.late and self._holds(part, case, end.when)]
            for case in fits:
                self._go(part, procedure, case, end)
            cases = [case for case in cases if all(case is not one for one in fits)]
        after = procedure.position(name) + 1
        for case in cases:
            if after < len(procedure.steps):
                self._enter(part, procedure, case, procedure.steps[after].name)
            else:
                self._close(procedure, case)

    def _holds(self, part: Part, case: Case, when: object) -> bool:
        if when is None:
            return True
        self.acting.conditions.case = case.fields
        truth = self.acting.conditions.truth(part, when, case.row)  # type: ignore[arg-type]
        self.acting.conditions.case = None
        return truth is True

    def _go(self, part: Part, procedure: Procedure, case: Case, end: End) -> None:
        if end.goes_to:
            self._enter(part, procedure, case, end.goes_to)
            return
        self._mark(procedure, case, f"{procedure.name}.{end.name}", "done")
        world = self.acting.world
        turn = world.turn
        # Two ways to one end are two parts of what a pool meets.
        world.turn = (*turn, id(end))
        self._ask(part, procedure, case, procedure.at.get(end.name, ()))
        world.turn = turn
        self._close(procedure, case)

    def _close(self, procedure: Procedure, case: Case) -> None:
        self._left_step(case)
        case.open, case.step, case.due = False, "", None
        self._mark(procedure, case, procedure.name, "done")
        self.acting.pools.release_case(procedure.name, case)
        for place in self.places[procedure.name]:
            if place.get(case.row) is case:
                del place[case.row]

    # --- clocks ------------------------------------------------------------------------------

    def _left_step(self, case: Case) -> None:
        if case.step:
            case.stays.append((case.step, case.entered, self.acting.world.now))

    def _enter(self, part: Part, procedure: Procedure, case: Case, name: str) -> None:
        first = case.step == "" and not case.stays
        self._left_step(case)
        case.step, case.entered = name, self.acting.world.now
        case.missed, case.acted, case.gathered = False, set(), False
        begun = case.opened if first else case.entered
        case.due = self._due(part, procedure, case, begun)

    def _due(self, part: Part, procedure: Procedure, case: Case, begun: Moment) -> Moment | None:
        clock = self.acting.world.clock
        step = procedure.steps[procedure.position(case.step)]
        if step.wait is not None:
            return period_end(clock, case.entered, step.wait)
        ends = []
        if step.clock.within is not None:
            late = step.clock.otherwise is not None and self._holds(part, case, step.clock.when)
            time = step.clock.otherwise if late else step.clock.within
            assert time is not None
            start = self._start(procedure, case, begun)
            ends.append(period_end(clock, start, time) + self._not_counted(procedure, case))
        if step.clock.before is not None:
            ends.append(clock.start(step.clock.before))
        day = case.fields.get(step.clock.before_field) if step.clock.before_field else None
        if day is not None:
            ends.append(clock.start(int(day)))
        return min(ends, default=None)

    def _start(self, procedure: Procedure, case: Case, begun: Moment) -> Moment:
        clock = procedure.steps[procedure.position(case.step)].clock
        if clock.of_step:
            return case.done_at.get(clock.of_step, case.opened)
        if clock.of is not None:
            world = self.acting.world
            rows = [case.row if clock.of.per_party else 0]
            if clock.of.party >= 0:
                rows = [clock.of.party]
            elif clock.of.per_party and not procedure.per_party:
                rows = list(world.parties)
            moments = [m for row in rows for m in world.moments_of(*clock.of.key, row)]
            return max(moments, default=begun)
        return begun

    def _not_counted(self, procedure: Procedure, case: Case) -> int:
        step = procedure.steps[procedure.position(case.step)]
        if not step.not_counting or not step.clock.of_step:
            return 0
        start = self._start(procedure, case, case.opened)
        return sum(
            max(0, left - max(entered, start))
            for name, entered, left in case.stays if name == step.not_counting
        )  # fmt: skip


def actors_of(acting: Acting, part: Part, who: Who, row: int | None) -> list[int]:
    """Return the parties that may act as one of a step's actors."""
    return parties_named(acting.conditions, part, replace(who), row)
