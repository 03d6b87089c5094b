# SPDX-License-Identifier: Apache-2.0
"""W510: steps and ends that no case reaches, and steps that no case leaves.

A procedure is followed as its cases would be, without an engine: from step to step, by what can be
recorded on the way. What other clauses do to a case's conditions is taken as possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pratique.accord.bounds import effects_of
from pratique.accord.check.structure.situations import Domain, anything, can_hold
from pratique.accord.check.syntax import whole_clauses
from pratique.accord.fields.procedures import PARTY, End, FieldSpec, Step
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.model import Accord
from pratique.accord.terms.values import OpenCase, Term
from pratique.base.finding import Finding
from pratique.base.text import Code, Sentence, say

CLOSED = ""
"""Where a way leads that takes a case out of its procedure."""
_ADDED_UP = ("count", "money", "number")


def procedures(accord: Accord) -> list[Finding]:
    """Return the findings on steps, where nothing else stops the accord."""
    findings: list[Finding] = []
    if not accord.is_sound:
        return findings
    for clause in whole_clauses(accord, "procedure"):
        procedure = accord.typed.get(clause.name)
        if isinstance(procedure, Procedure) and procedure.source is clause:
            findings += _findings(procedure, accord)
    return findings


def _findings(procedure: Procedure, accord: Accord) -> Iterator[Finding]:
    paths = Paths(procedure, tuple(accord.scope.parties), tuple(_openers(procedure, accord)))
    unreached = [step for step in procedure.steps if step.name not in paths.reached]
    if unreached:
        yield _unreached(unreached, paths)
    missing = {step.name for step in unreached}
    for end in procedure.ends:
        if end.step in paths.reached and end.goes_to not in missing and not paths.takes(end):
            yield _untaken(end, paths)
    # Steps held up by one field have one fault.
    stuck = {
        next(paths.unnamed(step)).name: step
        for step in reversed(procedure.steps)
        if step.name in paths.reached and paths.holds(step)
    }
    yield from (_stuck(step, paths) for step in stuck.values())
    if not stuck:
        yield from _endless(paths)


def _openers(procedure: Procedure, accord: Accord) -> Iterator[str]:
    """Iterate over the clauses that open cases themselves: of these nothing is recorded."""
    for name, clause in accord.typed.items():
        if not isinstance(clause, Duty | Power | Rule | Procedure):
            continue
        opened = (one.procedure for one in effects_of(clause) if isinstance(one, OpenCase))
        if procedure.name in opened:
            yield name


# --- the ways of a case ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a step: by an end, or (None) on to the next step or out after the last."""

    end: End | None
    to: str


class Paths:
    """The ways that the cases of one procedure can take from its first step.

    `openers` are the clauses that open its cases by themselves.
    """

    def __init__(
        self, procedure: Procedure, parties: tuple[str, ...], openers: tuple[str, ...]
    ) -> None:
        self.procedure, self.parties, self.openers = procedure, parties, openers
        self.ways: dict[str, tuple[Way, ...]] = {}
        before: dict[str, frozenset[str]] = {}
        while True:
            found = {step.name: self._ways(step, before) for step in procedure.steps}
            now = _passed_before(found, procedure.steps[0].name)
            if found == self.ways and now == before:
                break
            self.ways, before = found, now
        self.before = before
        """The steps that a case may have done before it leaves a step, that step among them."""

    @property
    def reached(self) -> tuple[str, ...]:
        """The steps that a case can come to, in order."""
        return tuple(step.name for step in self.procedure.steps if step.name in self.before)

    def takes(self, end: End) -> bool:
        """Say whether a case can leave by an end."""
        return any(way.end is end for way in self.ways[end.step])

    def closes(self) -> set[str]:
        """Return the steps from which a case can still be closed."""
        found: set[str] = set()
        while True:
            more = {
                step
                for step, ways in self.ways.items()
                if any(way.to == CLOSED or way.to in found for way in ways)
            }
            if more == found:
                return found
            found = more

    # --- one step --------------------------------------------------------------------------------

    def _ways(self, step: Step, before: dict[str, frozenset[str]]) -> tuple[Way, ...]:
        passed = before.get(step.name, frozenset((step.name,)))
        ends = self.procedure.ends_at(step.name)
        late = [end for end in ends if end.late]
        found = [Way(late[0], late[0].goes_to)] if late and _can_be_late(step) else []
        earlier: list[Term] = []
        for end in (end for end in ends if not end.late):
            if end.when is None:
                if self._can(step, passed, [], earlier):
                    found.append(Way(end, end.goes_to))
                return tuple(found)
            if self._can(step, passed, [end.when], earlier):
                found.append(Way(end, end.goes_to))
            earlier.append(end.when)
        if self._can(step, passed, [], earlier):
            found.append(Way(None, self._next(step)))
        return tuple(found)

    def _next(self, step: Step) -> str:
        at = self.procedure.position(step.name) + 1
        return self.procedure.steps[at].name if at < len(self.procedure.steps) else CLOSED

    def _can(
        self, step: Step, passed: frozenset[str], holding: list[Term], failing: list[Term]
    ) -> bool:
        fields = self.procedure.fields

        def domain(figure: Term) -> Domain:
            if figure.op != "field" or figure.name not in fields:
                return anything(figure)
            return self._domain(fields[figure.name], step, passed)

        return can_hold(holding, failing, domain)

    def _domain(self, spec: FieldSpec, step: Step, passed: frozenset[str]) -> Domain:
        low, high = spec.low, spec.high
        if choices := spec.choices_among(self.parties):
            low, high = 0.0, float(len(choices) - 1)
        if spec.step == step.name and step.many and spec.type.kind in _ADDED_UP:
            return Domain(low=min(low, 0.0))
        sure = not (step.many or step.method) if spec.step == step.name else False
        unknown = bool(self.openers) if not spec.step else not sure
        return Domain(low, high, unknown=unknown, known=not spec.step or spec.step in passed)

    # --- who can do it ---------------------------------------------------------------------------

    def holds(self, step: Step) -> bool:
        """Say whether a case that has come to a step can stay there for ever, come what may."""
        left_late = any(way.end is not None and way.end.late for way in self.ways[step.name])
        if step.is_automatic or step.many or left_late:
            return False
        return any(self.unnamed(step))

    def unnamed(self, step: Step) -> Iterator[FieldSpec]:
        """Iterate over the fields that name who does a step, and that nothing can give before.

        Also one that is asked for at the opening, where a clause opens cases.
        """
        fields = self.procedure.fields
        for who in step.by:
            spec = fields.get(who.names[0]) if who.form == "field" else None
            if spec is None or spec.type != PARTY:
                continue
            if self.openers if not spec.step else not self._given_before(spec.step, step):
                yield spec

    def _given_before(self, giving: str, step: Step) -> bool:
        return any(
            giving in passed and any(way.to == step.name for way in self.ways[name])
            for name, passed in self.before.items()
        )


def _can_be_late(step: Step) -> bool:
    clock = step.clock
    timed = clock.within is not None or clock.before is not None or bool(clock.before_field)
    return timed and not step.is_automatic


def _passed_before(ways: dict[str, tuple[Way, ...]], first: str) -> dict[str, frozenset[str]]:
    """Return, for each step that can be reached, the steps from which it can be, with itself."""
    before = {first: frozenset((first,))}
    while True:
        found = dict(before)
        for step, passed in before.items():
            for way in ways[step]:
                if way.to != CLOSED:
                    found[way.to] = found.get(way.to, frozenset((way.to,))) | passed
        if found == before:
            return before
        before = found


# --- findings -------------------------------------------------------------------------------------


def _unreached(steps: list[Step], paths: Paths) -> Finding:
    sentence = say("no case comes to {steps}", steps=_codes(step.name for step in steps))
    witness = say("cases come to {steps} only", steps=_codes(paths.reached))
    help_ = say("let an end of an earlier step lead there, or leave it out")
    return Finding("W510", sentence, steps[0].span, help_, witness=witness)


def _untaken(end: End, paths: Paths) -> Finding:
    sentence = say("no case goes to {end} from {step}", end=Code(end.name), step=Code(end.step))
    help_ = say("put it before the ends that leave nothing over, or change its condition")
    return Finding("W510", sentence, end.span, help_, witness=_witness(end, paths))


def _witness(end: End, paths: Paths) -> Sentence:
    ways = paths.ways[end.step]
    if end.late and not any(way.end is not None and way.end.late for way in ways):
        return say("{step} has no time in which it is to be done", step=Code(end.step))
    named = [way.end.name if way.end is not None else way.to for way in ways]
    step = Code(end.step)
    if not all(named):
        return say("from {step} every case is closed", step=step)
    return say("from {step} every case goes to {ends}", step=step, ends=_codes(named))


def _stuck(step: Step, paths: Paths) -> Finding:
    spec = next(paths.unnamed(step))
    sentence = say("a case that comes to {step} stays there for ever", step=Code(step.name))
    witness = say(
        "{field}, who does it, is given by {step} only, which no case has done before",
        field=Code(spec.name),
        step=Code(spec.step),
    )
    if not spec.step:
        witness = say(
            "{field}, who does it, is not known of a case that {clauses} opens",
            field=Code(spec.name),
            clauses=_codes(paths.openers),
        )
    help_ = say("let an earlier step name who does it, or add an end `when late` with a time")
    return Finding("W510", sentence, step.span, help_, witness=witness)


def _endless(paths: Paths) -> Iterator[Finding]:
    closing = paths.closes()
    endless = [name for name in paths.reached if name not in closing]
    if not endless:
        return
    circle = [endless[0]]
    while circle[-1] not in circle[:-1]:
        # All its ways lead to steps that are never left either.
        circle.append(paths.ways[circle[-1]][0].to)
    circle = circle[circle.index(circle[-1]) :]
    step = paths.procedure.steps[paths.procedure.position(circle[0])]
    sentence = say("a case that comes to {step} is never closed", step=Code(step.name))
    witness = say("it goes round for ever: {steps}", steps=" → ".join(circle))
    help_ = say("let one of these steps end the case")
    yield Finding("W510", sentence, step.span, help_, witness=witness)


def _codes(names: Iterable[str]) -> list[Code]:
    return [Code(name) for name in names]
