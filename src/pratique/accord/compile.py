# SPDX-License-Identifier: Apache-2.0
"""A typed accord to a program: what is evaluated, in which order, how far back figures are kept.

Plain values; the arrays are the engine's. The order within one moment is fixed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from pratique.accord.fields.triggers import Trigger
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.measure import RHYTHM_DAYS, Measure
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import IN_FORCE, Status
from pratique.accord.model import Accord
from pratique.accord.terms.values import CallPower, Draw, Effect, EndStatus, StartStatus, Term
from pratique.base.finding import Finding
from pratique.base.moment import Clock
from pratique.base.text import Code, say

C = TypeVar("C", Duty, Power, Rule)
Acting = Duty | Power | Rule
Part = tuple[str, str]
"""(what, clause name); what: missed, closing, status, rule, duty, opening."""


@dataclass(frozen=True, slots=True)
class Program:
    """What the engine runs: `order` lists a moment's parts, `reach` the days kept by measure."""

    accord: Accord
    parties: tuple[str, ...]
    clock: Clock
    measures: dict[str, Measure]
    statuses: dict[str, Status]
    pools: dict[str, Pool]
    duties: dict[str, Duty]
    powers: dict[str, Power]
    rules: dict[str, Rule]
    order: tuple[Part, ...]
    reach: dict[str, int]
    watches: tuple[Term, ...] = ()
    """Further conditions, read after all parts of a moment: what worked cases expect."""

    def acting(self) -> dict[str, Acting]:
        """Return the duties, powers and rules, by name."""
        return {**self.duties, **self.powers, **self.rules}


def compile_accord(
    accord: Accord, *, watches: Iterable[Term] = (), without: Iterable[str] = ()
) -> Program | Finding:
    """Return the program of a sound accord, leaving out the clauses named in `without`.

    A cycle within one moment is the finding E605. ValueError if the accord is not sound.
    """
    if not accord.is_sound:
        raise ValueError("an accord with findings of severity E cannot be compiled")
    left_out = set(without)
    parts = {name: clause for name, clause in accord.typed.items() if name not in left_out}
    rules = {n: c for n, c in parts.items() if isinstance(c, Rule)}
    duties = {n: c for n, c in parts.items() if isinstance(c, Duty)}
    powers = {n: c for n, c in parts.items() if isinstance(c, Power)}
    program = Program(
        accord,
        tuple(accord.scope.parties),
        accord.clock,
        {m.name: m for m in accord.of_kind(Measure)},
        {s.name: s for s in accord.of_kind(Status)},
        {p.name: p for p in accord.of_kind(Pool)},
        {n: _own_reads(c) for n, c in duties.items()},
        {n: _own_reads(c) for n, c in powers.items()},
        {n: _own_reads(c) for n, c in rules.items()},
        (),
        {},
        tuple(watches),
    )
    order = _order(program)
    if isinstance(order, Finding):
        return order
    return replace(program, order=order, reach=_reaches(program))


def terms_of(program: Program) -> Iterator[Term]:
    """Iterate over every term that the engine evaluates."""
    for status in program.statuses.values():
        if status.holds_while is not None:
            yield status.holds_while
    for clause in program.acting().values():
        yield from _own_terms(clause)
    yield from program.watches


def _own_terms(clause: Acting) -> Iterator[Term]:
    if clause.trigger.when is not None:
        yield clause.trigger.when
    effects = clause.if_missed if isinstance(clause, Duty) else clause.effects
    for effect in effects:
        yield from _terms_in(effect)
    if isinstance(clause, Duty):
        if clause.met_when is not None:
            yield clause.met_when
        yield from (who.condition for who in clause.by if who.condition is not None)


# --- what is read as it stood when the moment began ----------------------------------------------


def _own_reads(clause: C) -> C:
    """Return the clause reading the statuses that it starts or ends as they stood before."""
    effects = clause.if_missed if isinstance(clause, Duty) else clause.effects
    own = {effect.status for effect in effects if isinstance(effect, StartStatus | EndStatus)}
    when = clause.trigger.when
    if not own or when is None:
        return clause
    return replace(clause, trigger=Trigger(_before(when, own), clause.trigger.on))


def _before(term: Term, statuses: set[str]) -> Term:
    if term.op == "status" and term.name in statuses:
        return replace(term, detail="prior")
    return replace(term, args=tuple(_before(arg, statuses) for arg in term.args))


# --- the order of one moment ---------------------------------------------------------------------


def _order(program: Program) -> tuple[Part, ...] | Finding:
    parts = _parts(program)
    after: dict[Part, set[Part]] = {part: set() for part in parts}
    for part in parts:
        for earlier in _reads(program, part):
            if earlier in after:
                # What reads its own change of the moment can never be in order: a cycle of one.
                after[part].add(earlier)
        for later in _acts_on(program, part):
            if later in after and later != part:
                after[later].add(part)
    order: list[Part] = []
    waiting = list(parts)
    while waiting:
        ready = next((part for part in waiting if not after[part] - set(order)), None)
        if ready is None:
            return _cycle(program, waiting, after)
        order.append(ready)
        waiting.remove(ready)
    return tuple(order)


def _parts(program: Program) -> list[Part]:
    parts: list[Part] = [
        ("missed", name) for name, duty in program.duties.items() if duty.if_missed
    ]
    parts += [("closing", name) for name, power in program.powers.items() if power.vote]
    named: dict[str, Iterable[str]] = {
        "status": program.statuses,
        "rule": program.rules,
        "duty": program.duties,
        "opening": program.powers,
    }
    return parts + [(what, name) for what, clauses in named.items() for name in clauses]


def _reads(program: Program, part: Part) -> Iterator[Part]:
    what, name = part
    if what == "status":
        term = program.statuses[name].holds_while
        yield from _term_reads(program, [term] if term is not None else [])
        return
    clause = program.acting()[name]
    if what not in ("rule", "duty", "opening"):
        yield from _effects_read(program, part)
        return
    yield from _term_reads(program, _own_terms(clause))
    for edge in clause.trigger.on:
        yield from _edge_part(program, edge.name, edge.edge)
    if IN_FORCE in program.statuses:
        yield ("status", IN_FORCE)


def _effects_read(program: Program, part: Part) -> Iterator[Part]:
    # What an effect's amount or `where` reads; a status that it acts on itself stands as before.
    own = set(_acts_on(program, part))
    terms = [term for effect in effects_of_part(program, part) for term in _terms_in(effect)]
    yield from (read for read in _term_reads(program, terms) if read not in own)


def _terms_in(effect: Effect) -> Iterator[Term]:
    if isinstance(effect, Draw) and effect.amount is not None:
        yield effect.amount
    who = getattr(effect, "to", None) or getattr(effect, "at", None)
    if who is not None and who.condition is not None:
        yield who.condition


def _term_reads(program: Program, terms: Iterable[Term]) -> Iterator[Part]:
    for term in terms:
        for node in term.walk():
            if node.op == "status" and node.detail != "prior":
                yield ("status", node.name)
            elif node.op == "edge":
                yield from _edge_part(program, node.name, node.detail)


def _edge_part(program: Program, name: str, edge: str) -> Iterator[Part]:
    if edge in ("starts", "ends"):
        yield ("status", name)
    elif name in program.rules:
        yield ("rule", name)
    elif name in program.powers:
        decided = program.powers[name].vote is not None and edge != "opened"
        yield ("closing" if decided else "opening", name)
    elif name in program.duties and program.duties[name].met_when is not None:
        yield ("duty", name)


def _acts_on(program: Program, part: Part) -> Iterator[Part]:
    for effect in effects_of_part(program, part):
        if isinstance(effect, StartStatus | EndStatus):
            yield ("status", effect.status)
        elif isinstance(effect, CallPower):
            yield ("opening", effect.power)


def effects_of_part(program: Program, part: Part) -> tuple[Effect, ...]:
    """Return the effects that a part of a moment may bring about."""
    what, name = part
    if what == "missed":
        return program.duties[name].if_missed
    if what == "rule":
        return program.rules[name].effects
    if what in ("closing", "opening"):
        decided_by_vote = program.powers[name].vote is not None
        return program.powers[name].effects if decided_by_vote == (what == "closing") else ()
    return ()


def _cycle(program: Program, waiting: list[Part], after: dict[Part, set[Part]]) -> Finding:
    path = [waiting[0]]
    while path[-1] not in path[:-1]:
        path.append(next(part for part in waiting if part in after[path[-1]]))
    names = [name for _, name in path[path.index(path[-1]) :]]
    names.reverse()
    clause = program.accord.typed[names[0]]
    if len(set(names)) == 1:
        own = say("{name} waits for its own change within one moment", name=Code(names[0]))
        wait = say("let it wait: a vote, or a time such as `for 1 day`, breaks the circle")
        return Finding("E605", own, clause.source.span, wait)
    help_ = say(
        "let one of them wait: a vote, a time such as `for 1 day`, or a duty breaks the circle"
    )
    sentence = say(
        "these clauses act on one another within one moment: {names}", names=" → ".join(names)
    )
    return Finding("E605", sentence, clause.source.span, help_)


# --- how far back figures are kept ---------------------------------------------------------------


def reads_series(term: Term) -> bool:
    """Say whether a term reads figures, so that its past is judged by the days spoken of."""
    return any(node.op in ("measure", "window") for node in term.walk())


def hold_days(measure: Measure) -> int:
    """Return for how many days after the one it speaks of a report is presumed unchanged."""
    if measure.hold is None:
        return 0
    return measure.hold.seconds // 86_400 if measure.hold.elapses else measure.hold.most_days


def own_reach(program: Program, term: Term) -> int:
    """Return how many days before a day its value may depend on, beyond what it is made of."""
    match term.op:
        case "for" | "in_last" | "window":
            assert term.duration is not None
            extra = hold_days(program.measures[term.name]) if term.op == "window" else 0
            return term.duration.most_days + 1 + extra
        case "for_reports":
            gaps = [
                _gap(program.measures[node.name]) for node in term.walk() if node.op == "measure"
            ]
            return term.reports * max(gaps, default=1)
    return 0


def _gap(measure: Measure) -> int:
    return max(hold_days(measure) + 1, RHYTHM_DAYS[measure.series.rhythm] if measure.series else 1)


def _reaches(program: Program) -> dict[str, int]:
    reach = {name: hold_days(measure) + 2 for name, measure in program.measures.items()}
    for term in terms_of(program):
        _extend(program, term, 0, reach)
    return reach


def _extend(program: Program, term: Term, days: int, reach: dict[str, int]) -> None:
    if term.op in ("measure", "window"):
        days += own_reach(program, term)
        reach[term.name] = max(reach[term.name], days + hold_days(program.measures[term.name]) + 2)
        return
    if reads_series(term):
        days += own_reach(program, term)
    for arg in term.args:
        _extend(program, arg, days, reach)
