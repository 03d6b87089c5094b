# SPDX-License-Identifier: Apache-2.0
"""W607: clauses that stand back wherever they would apply. E608: clauses that override in a circle.

Only what the text proves: the conditions of both are held against one another as they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pratique.accord.bounds import Bounds, bounds_of, effects_of
from pratique.accord.check.structure.situations import can_hold
from pratique.accord.check.syntax import place_of_name, whole_clauses
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import IN_FORCE, Status
from pratique.accord.model import Accord
from pratique.accord.terms.values import BOOL, EdgeRef, EndStatus, StartStatus, Term, Who
from pratique.accord.words.changes import change_coming
from pratique.accord.words.phrases import condition_words
from pratique.base.finding import Finding
from pratique.base.text import Code, Either, Sentence, say, say_count

Acting = Duty | Power | Rule
Bound = Acting | Procedure
Standing = Bound | Status
_FIXED = ("each", "all", "any")
_BY_NAME = ("named", "chair", "people")


def overrides(accord: Accord) -> list[Finding]:
    """Return the findings on what overrides what, where nothing else stops the accord."""
    if not accord.is_sound:
        return []
    circles = [*_circles(accord)]
    return circles or [*_dead(accord)]


def _overriding(accord: Accord) -> Mapping[str, tuple[str, ...]]:
    return {
        name: clause.overrides
        for name, clause in accord.typed.items()
        if isinstance(clause, Acting) and clause.overrides
    }


# --- E608 -----------------------------------------------------------------------------------------


def _circles(accord: Accord) -> Iterator[Finding]:
    overriding, told = _overriding(accord), set[str]()
    for name in overriding:
        circle = _circle_from(name, overriding)
        if circle and told.isdisjoint(circle):
            told |= set(circle)
            yield _circle_finding(circle, accord)


def _circle_from(name: str, overriding: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the shortest way from a clause back to itself, by what each overrides."""
    ways, seen = [[name]], set[str]()
    while ways:
        way = ways.pop(0)
        for target in overriding.get(way[-1], ()):
            if target == name:
                return [*way, name]
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return []


def _circle_finding(circle: list[str], accord: Accord) -> Finding:
    clause = accord.typed[circle[0]]
    span = clause.source.fields["overrides"].text.span
    help_ = say("leave out one of these `overrides`: which clause is to give way?")
    if len(circle) == 2:
        sentence = say("{clause} overrides itself", clause=Code(circle[0]))
        witness = say("where it applies, it makes itself stand back")
    else:
        sentence = say("these clauses override one another: {clauses}", clauses=" → ".join(circle))
        witness = say(
            "where {clauses} apply together, each makes the next stand back, and nobody could say"
            " which of them holds",
            clauses=[Code(name) for name in circle[:-1]],
        )
    return Finding("E608", sentence, span, help_, witness=witness)


# --- W607 -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scopes:
    """Where each clause has rows, and which set others aside."""

    accord: Accord
    bounds: Bounds

    def rows(self, clause: Standing) -> frozenset[str] | None:
        """Return the parties for which a clause can apply; None: it is shared."""
        if not clause.per_party:
            return None
        parties = self.accord.scope.parties
        absent = self.bounds.absent.get(clause.name, (False,) * len(parties))
        present = {party for party, out in zip(parties, absent, strict=True) if not out}
        if isinstance(clause, Duty) and all(_is_named(who, self.accord) for who in clause.by):
            present &= {name for who in clause.by for name in who.names}
        return frozenset(present)

    def covers(self, above: Acting | Status, below: Bound) -> bool:
        """Say whether one applies in every row of the other, where the conditions of both hold."""
        if isinstance(above, Duty) and not _rows_are_plain(above):
            return False
        rows, others = self.rows(above), self.rows(below)
        own = _condition(above)
        if rows is None:
            return True
        if others is None:
            # A row that does not exist could be the only one bound.
            whole = len(rows) == len(self.accord.scope.parties)
            return whole and not (own is not None and own.per_party)
        spread = own is not None and own.per_party
        return others <= rows and (not spread or _trigger_is_own(below))


def _rows_are_plain(duty: Duty) -> bool:
    # Who owes must not hang on what happens, but where the debtor is the party concerned.
    if duty.trigger.per_party:
        return _trigger_is_own(duty)
    return all((who.form in _FIXED and not who.group) or who.form in _BY_NAME for who in duty.by)


def _trigger_is_own(clause: Bound) -> bool:
    """Say whether a clause applies to the very party that its condition is about."""
    if not isinstance(clause, Duty) or not clause.trigger.per_party:
        return True
    return all(who.form == "that" for who in clause.by)


def _is_named(who: Who, accord: Accord) -> bool:
    return who.form == "named" and all(name in accord.scope.parties for name in who.names)


def _condition(clause: Standing) -> Term | None:
    """Return the condition while which a clause applies; None: it has none, or waits."""
    match clause:
        case Status():
            spread = clause.per_party
            return Term("status", (), BOOL, spread, clause.source.span, name=clause.name)
        case Procedure():
            return None
        case Duty(every=every) if every is not None:
            return None
    return clause.trigger.when


def _changes(clause: Standing) -> tuple[EdgeRef, ...]:
    if isinstance(clause, Status | Procedure) or (isinstance(clause, Duty) and clause.every):
        return ()
    return clause.trigger.on


def _is_always(clause: Standing) -> bool:
    return _condition(clause) is None and not _changes(clause)


def _dead(accord: Accord) -> Iterator[Finding]:
    typed = {name: one for name, one in accord.typed.items() if isinstance(one, Standing)}
    bounds = bounds_of(accord, typed)
    scopes = _Scopes(accord, bounds)
    for clause in whole_clauses(accord, "duty", "power", "rule", "procedure"):
        below = typed.get(clause.name)
        if not isinstance(below, Bound) or clause.name in bounds.starters:
            continue
        above = [
            one
            for one in _above(below, typed, bounds)
            if scopes.covers(one, below) and (_is_always(one) or not _meddles(one, below))
        ]
        if above and _stands_back(below, above, survives=clause.name in bounds.survivors):
            yield _dead_finding(below, above)


def _above(
    below: Bound, typed: Mapping[str, Standing], bounds: Bounds
) -> Iterator[Acting | Status]:
    """Iterate over what sets a clause aside, and is in force wherever that is."""
    for name in bounds.overruled.get(below.name, ()):
        one = typed[name]
        lasts = below.name not in bounds.survivors or name in bounds.survivors
        if isinstance(one, Acting) and lasts:
            yield one
    for name, own in bounds.stopped.get(below.name, ()):
        status = typed[name]
        if isinstance(status, Status) and not own:
            yield status


def _meddles(above: Acting | Status, below: Bound) -> bool:
    """Say whether one of them starts or ends what a condition reads: each then reads it apart."""
    terms = [one for one in (_condition(above), _condition(below)) if one is not None]
    read = {node.name for term in terms for node in term.walk() if node.op == "status"}
    acted = (e for one in (above, below) if not isinstance(one, Status) for e in effects_of(one))
    return any(isinstance(e, StartStatus | EndStatus) and e.status in read for e in acted)


def _stands_back(below: Bound, above: Sequence[Acting | Status], *, survives: bool) -> bool:
    if any(map(_is_always, above)):
        return True
    conditions = [one for one in map(_condition, above) if one is not None]
    holding = [] if survives else [*_in_force(conditions)]
    own = _condition(below)
    if not _changes(below):
        return not can_hold([*holding, *([own] if own is not None else [])], conditions)
    waited = {(edge.key, edge.at) for one in above for edge in _changes(one)}
    return all(
        (edge.key, edge.at) in waited or not can_hold([*holding, *_holding_at(edge)], conditions)
        for edge in _changes(below)
    )


def _in_force(conditions: Sequence[Term]) -> Iterator[Term]:
    # What does not outlive the accord applies only while it is in force.
    for condition in conditions:
        yield from (
            node for node in condition.walk() if node.op == "status" and node.name == IN_FORCE
        )


def _holding_at(edge: EdgeRef) -> list[Term]:
    """Return what holds when a change happens: a status that starts is on."""
    if edge.edge != "starts" or edge.at:
        return []
    return [Term("status", (), BOOL, edge.per_party, edge.span, name=edge.name)]


def _dead_finding(below: Bound, above: Sequence[Acting | Status]) -> Finding:
    always = next((one for one in above if _is_always(one)), None)
    if always is not None:
        witness = say("{clause} applies at any time and sets it aside", clause=Code(always.name))
    else:
        names = [Code(one.name) for one in above]
        witness = say_count(
            "{occasion}, {clauses} sets it aside",
            "{occasion}, {clauses} set it aside between them",
            n=len(names),
            occasion=_occasion(below),
            clauses=names,
        )
    sentence = say("{clause} never applies: it always stands back", clause=Code(below.name))
    help_ = say("say when the other applies, so that something is left for this, or leave this out")
    span = place_of_name(below.source, below.name)
    return Finding("W607", sentence, span, help_, witness=witness)


def _occasion(below: Bound) -> Sentence:
    own, changes = _condition(below), _changes(below)
    if own is not None:
        return say("whenever {condition}", condition=condition_words(own))
    if changes:
        words = Either(tuple(change_coming(edge) for edge in changes))
        return say("when {changes}", changes=words)
    return say("at any time")
