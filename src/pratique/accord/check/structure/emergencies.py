# SPDX-License-Identifier: Apache-2.0
"""W509: emergency powers that lack an opener, a limit, an end or a wind-down.

An emergency power starts a status under which other clauses stand back or permits hold, itself or
by another status that goes on while it does. What it is called plays no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pratique.accord.bounds import effects_of
from pratique.accord.check.structure.situations import conjuncts
from pratique.accord.check.syntax import place_of_name, whole_clauses
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import DRAWING, IN_FORCE, VOTING, Status
from pratique.accord.model import Accord
from pratique.accord.terms.values import EndStatus, StartStatus, Term
from pratique.base.finding import Finding
from pratique.base.text import Code, Sentence, say


def emergencies(accord: Accord) -> list[Finding]:
    """Return the findings on emergency powers, where nothing else stops the accord."""
    if not accord.is_sound:
        return []
    reach, found = _reach(accord), []
    for clause in whole_clauses(accord, "power"):
        power = accord.typed.get(clause.name)
        if isinstance(power, Power) and power.source is clause:
            starts = {e.status: e for e in power.effects if isinstance(e, StartStatus)}
            under = [reach[name] for name in starts if name in reach and name != IN_FORCE]
            found += [_Emergency(power, one, starts[one.status.name], accord) for one in under]
    findings = (one.finding() for one in found)
    return [finding for finding in findings if finding is not None]


@dataclass(slots=True)
class _Reach:
    """What hangs on a status: which clauses stand back and which permits hold while it lasts.

    `sudden`: the statuses under which something is permitted that ends at once with them.
    """

    status: Status
    aside: list[str] = field(default_factory=list)
    permits: list[str] = field(default_factory=list)
    sudden: list[str] = field(default_factory=list)


def _reach(accord: Accord) -> dict[str, _Reach]:
    """Return what hangs on each status, itself or by others that go on while it does."""
    statuses = {one.name: one for one in accord.of_kind(Status)}
    found: dict[str, _Reach] = {}
    for name, status in statuses.items():
        aside, permits, allows = _own_reach(status, accord)
        if not aside and not permits:
            continue
        for below, softly in _below(name, statuses):
            reach = found.setdefault(below, _Reach(statuses[below]))
            reach.aside += [one for one in aside if one not in reach.aside]
            reach.permits += [one for one in permits if one not in reach.permits]
            reach.sudden += [name] if allows and not softly else []
    return found


def _own_reach(status: Status, accord: Accord) -> tuple[list[str], list[str], bool]:
    """Return what stands back under a status, what it permits, and whether it allows anything."""
    aside = [name for name in status.stops if name not in (VOTING, DRAWING)]
    permits, allows = [], False
    for clause in accord.typed.values():
        if isinstance(clause, Duty | Power | Rule) and clause.overrides:
            if status.name in _required(clause.trigger.when):
                aside += clause.overrides
                allows = allows or isinstance(clause, Power)
        elif isinstance(clause, Procedure):
            permits += [one.name for one in clause.grants if one.while_status == status.name]
    return aside, permits, allows or bool(permits)


def _required(condition: Term | None) -> set[str]:
    """Return the statuses that must hold for a condition to hold."""
    found = set()
    for term in conjuncts(condition):
        inner = term.args[0] if term.op in ("any", "all", "at", "for") else term
        if inner.op == "status":
            found.add(inner.name)
    return found


def _below(name: str, statuses: dict[str, Status]) -> Iterator[tuple[str, bool]]:
    """Iterate over a status and those on which it rests, and whether one on the way ends softly."""
    waiting, seen = [(name, False)], set[str]()
    while waiting:
        one, softly = waiting.pop()
        if one in seen or one not in statuses:
            continue
        seen.add(one)
        status = statuses[one]
        softly = softly or status.lingers is not None or status.winds_down is not None
        yield one, softly
        waiting += [(further, softly) for further in sorted(_required(status.holds_while))]


@dataclass(frozen=True, slots=True)
class _Emergency:
    """A power, the status that it starts, and what hangs on that."""

    power: Power
    reach: _Reach
    start: StartStatus
    accord: Accord

    def finding(self) -> Finding | None:
        """Return what the power lacks, if it lacks anything."""
        lacking = list(self._lacking())
        if not lacking:
            return None
        power, status = Code(self.power.name), Code(self.reach.status.name)
        sentence = say(
            "the emergency power {power} has {lacking}",
            power=power,
            lacking=[what for what, _ in lacking],
        )
        span = place_of_name(self.power.source, self.power.name)
        help_ = say("add {remedies}", remedies=[how for _, how in lacking])
        return Finding("W509", sentence, span, help_, witness=self._witness(status))

    def _witness(self, status: Code) -> Sentence:
        aside = [Code(name) for name in self.reach.aside]
        permits = [Code(name) for name in self.reach.permits]
        if not aside:
            return say("permits that hold only while {status} lasts: {permits}",
                       status=status, permits=permits)  # fmt: skip
        return say("what stands back while {status} lasts: {clauses}",
                   status=status, clauses=aside)  # fmt: skip

    def _lacking(self) -> Iterator[tuple[Sentence, Sentence]]:
        power, status = self.power, self.reach.status
        names = {"power": Code(power.name), "status": Code(status.name)}
        if power.trigger.when is None and not power.trigger.on and power.vote is None:
            yield say("no opener"), say("`when`, `on` or `decided by` to {power}", **names)
        bounded = power.at_most is not None or power.confirmed_by or self.start.lasting is not None
        if not (bounded or status.scope or _lapses(status)):
            yield say("no limit"), say("`at most` to {power}, or `scope` to {status}", **names)
        if self._ends_by_decision_only():
            yield say("no end but by decision"), say("`lapses` to {status}", **names)
        for name in self.reach.sudden:
            yield say("no wind-down"), say("`winds down` to {status}", status=Code(name))

    def _ends_by_decision_only(self) -> bool:
        status = self.reach.status
        if status.holds_while is not None or self.start.lasting is not None or _lapses(status):
            return False
        acting = (Duty, Power, Rule, Procedure)
        enders = [
            clause
            for clause in self.accord.typed.values()
            if isinstance(clause, acting) and status.name in _ended(clause)
        ]
        # What nothing ends at all is E503.
        return bool(enders) and not any(isinstance(clause, Rule) for clause in enders)


def _lapses(status: Status) -> bool:
    return status.lapses is not None or status.lapses_on is not None


def _ended(clause: Duty | Power | Rule | Procedure) -> set[str]:
    return {one.status for one in effects_of(clause) if isinstance(one, EndStatus)}
