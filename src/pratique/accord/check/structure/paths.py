# SPDX-License-Identifier: Apache-2.0
"""The ways that the cases of a procedure can take, from step to step, without an engine.

By what can be recorded on the way. What other clauses do to a case's conditions is taken as
possible: a way that is not here is surely not taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pratique.accord.check.structure.situations import Domain, anything, can_hold
from pratique.accord.fields.procedures import PARTY, End, FieldSpec, Step
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.terms.values import Term

CLOSED = ""
"""Where a way leads that takes a case out of its procedure."""
_ADDED_UP = ("count", "money", "number")


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
