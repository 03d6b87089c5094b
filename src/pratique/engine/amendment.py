# SPDX-License-Identifier: Apache-2.0
"""A living agreement whose text is amended: what the new text takes over, what runs out under the
old one (semantics 21; decision 0013).

Statuses, pools and counters go on under the new text, found by name; debts, votes and cases end
under the text that raised them. Live only: one scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from pratique.accord.program import Part, Program
from pratique.accord.terms.values import AdoptText, Term
from pratique.base.moment import Moment
from pratique.engine.acts import intake_of
from pratique.engine.arrays import Bools
from pratique.engine.intake import Intake
from pratique.engine.parts.asked import Asked
from pratique.engine.rows.pools import PoolRows
from pratique.engine.rows.statuses import StatusRows
from pratique.engine.standing import Standing, engine_terms, open_standing
from pratique.engine.step import Outcome, next_stop, step
from pratique.register import acts as register

Dated = tuple[register.Act, Moment | None]
"""An act, and when what it records had happened, if that is not when it was recorded."""


class Texts:
    """The standings of one agreement, oldest text first; the last is the text in force."""

    def __init__(self, standing: Standing, known: Mapping[str, Program] | None = None) -> None:
        self.standings = [standing]
        self.known = known or {}
        """Programs of texts that may be adopted, by the digest of the text."""
        self.offered: Program | None = None

    @property
    def standing(self) -> Standing:
        """The standing under the text in force."""
        return self.standings[-1]

    def advance(self, now: Moment, acts: Iterable[Dated] = ()) -> list[Outcome]:
        """Move on to a moment, stopping wherever something matures, and take in its acts."""
        outcomes: list[Outcome] = []
        newest = self.standing
        if not newest.serial and now > newest.begins:
            outcomes += self._step(newest.begins, [])
        stop = self._next_stop()
        while stop < now:
            outcomes += self._step(stop, [])
            stop = self._next_stop()
        if now > self.standing.now or not self.standing.serial:
            outcomes += self._step(now, list(acts))
        return outcomes

    def _next_stop(self) -> Moment:
        return min(next_stop(one, one.now) for one in self.standings)

    def _step(self, now: Moment, acts: list[Dated]) -> list[Outcome]:
        intakes = self._intakes(acts)
        outcomes: list[Outcome] = []
        handed: Asked | None = None
        heard: dict[tuple[str, str], Bools] = {}
        for index, standing in enumerate(self.standings):
            outcome = step(standing, now, intakes[index], handed=handed, heard=heard)
            outcomes.append(outcome)
            if index + 1 < len(self.standings):
                later = self.standings[index + 1]
                handed, heard = _handed(outcome, later), _heard(outcome, later)
        self.standings = [one for one in self.standings[:-1] if is_unfinished(one)] + [
            self.standing
        ]
        self._adopt(outcomes[-1], acts)
        return outcomes

    def _adopt(self, outcome: Outcome, acts: list[Dated]) -> None:
        for act, _ in acts:
            if isinstance(act, register.Adopt) and act.text in self.known:
                self.offered = self.known[act.text]
        if self.offered is None or self.offered is self.standing.program:
            return
        powers = self.standing.program.powers.items()
        adopting = [n for n, p in powers if any(isinstance(e, AdoptText) for e in p.effects)]
        if any((name, "used") in outcome.edges for name in adopting):
            self.standings.append(amended(self.standing, self.offered))
            self.offered = None

    # --- whose business an act is ----------------------------------------------------------------

    def _intakes(self, acts: list[Dated]) -> list[Intake]:
        by_text: list[list[Dated]] = [[] for _ in self.standings]
        for dated in acts:
            for index in self._places(dated[0]):
                by_text[index].append(dated)
        return [
            intake_of(one.program, [act for act, _ in dated], [when for _, when in dated])
            for one, dated in zip(self.standings, by_text, strict=True)
        ]

    def _places(self, act: register.Act) -> list[int]:
        last = len(self.standings) - 1
        match act:
            case register.Consent():
                return list(range(last + 1))
            case register.Report():
                knowing = [
                    index
                    for index, one in enumerate(self.standings)
                    if act.measure in one.program.measures
                ]
                return knowing or [last]
            case register.Vote():
                waits = (_is_pending(one, act.power) for one in self.standings)
            case register.Perform():
                waits = (_is_owed(one, act) for one in self.standings)
            case register.Move() if act.pool is None:
                waits = (_is_unpaid(one, str(act.clause)) for one in self.standings)
            case _:
                return [last]
        return [next((index for index, waiting in enumerate(waits) if waiting), last)]


def _is_pending(standing: Standing, power: str) -> bool:
    return power in standing.powers and bool(standing.powers[power].pending.any())


def _is_owed(standing: Standing, act: register.Perform) -> bool:
    name, _, step_name = act.duty.partition(".")
    if not step_name:
        return name in standing.duties and bool(standing.duties[name].any_open().any())
    if name not in standing.cases:
        return False
    slots = standing.cases[name].slots
    return any(
        bool((slot.open & (slot.number == (act.case or slot.number))).any()) for slot in slots
    )


def _is_unpaid(standing: Standing, clause: str) -> bool:
    return clause in standing.transfers and bool(standing.transfers[clause].any_open().any())


def is_unfinished(standing: Standing) -> bool:
    """Say whether anything that began under a text is still open."""
    debts = [*standing.duties.values(), *standing.transfers.values()]
    return (
        any(bool(one.any_open().any()) for one in debts)
        or any(bool(rows.busy().any()) for rows in standing.powers.values())
        or any(bool(rows.open_count().any()) for rows in standing.cases.values())
    )


def _handed(outcome: Outcome, later: Standing) -> Asked:
    """Return what the old text's clauses asked for of clauses that the new text has."""
    asked, names = outcome.asked, _new_names(later.program)
    return Asked(
        starts={names[n]: s for n, s in asked.starts.items() if n in names},
        ends={names[n]: e for n, e in asked.ends.items() if n in names},
        calls={names[n]: c for n, c in asked.calls.items() if n in names},
        opened={names[n]: o for n, o in asked.opened.items() if n in names},
        leaving=asked.leaving,
    )


def _heard(outcome: Outcome, later: Standing) -> dict[tuple[str, str], Bools]:
    # What is missed under the old text has its consequences there.
    names = _new_names(later.program)
    return {
        (names[name], edge): where
        for (name, edge), where in outcome.edges.items()
        if name in names and not (name in later.program.duties and edge in ("missed", "raised"))
    }


def _new_names(program: Program) -> dict[str, str]:
    """Return the name that each older name has in a text: the same, or whose `was` it is."""
    typed = program.accord.typed
    return {name: name for name in typed} | {
        clause.source.was: name for name, clause in typed.items() if clause.source.was
    }


# --- a new text in force -------------------------------------------------------------------------


def amended(standing: Standing, program: Program) -> Standing:
    """Return the standing under an amended text, and let the old one run out."""
    new = open_standing(program, standing.begins)
    new.now, new.serial = standing.now, standing.serial
    new.ratified, new.signed, new.left = standing.ratified, standing.signed, standing.left
    new.was_bound = standing.was_bound
    old_names = {new_name: old for old, new_name in _new_names(program).items()}
    for name, series in new.series.items():
        if (before := standing.series.get(old_names[name])) is not None:
            series.follow(before)
    _take_over(new, standing, old_names)
    _remember(new, standing)
    standing.closed = True
    standing.program = _running_out(standing, program)
    return new


def _take_over(new: Standing, old: Standing, old_names: Mapping[str, str]) -> None:
    for name in new.statuses:
        _take_status(new, name, old.statuses.get(old_names[name]))
    for name, pool in new.pools.items():
        if (kept := old.pools.get(old_names[name])) is not None:
            _take_pool(pool, kept)
            old.pools[old_names[name]] = pool
    for name, rule in new.rules.items():
        _carry_uses(rule, old.rules.get(old_names[name]))
    for name, power in new.powers.items():
        _carry_uses(power, old.powers.get(old_names[name]))
    for name, cases in new.cases.items():
        if (known := old.cases.get(old_names[name])) is not None:
            cases.count = _like(known.count, cases.count)
    for name, episode in new.episodes.items():
        new.episodes[name] = _like(old.episodes.get(old_names.get(name, name)), episode)
    for key, then in new.last_changed.items():
        new.last_changed[key] = _like(old.last_changed.get(key), then)
    new.undetermined = {n: s for n, s in old.undetermined.items() if n in new.program.accord.typed}


def _take_status(new: Standing, name: str, kept: StatusRows | None) -> None:
    rows = new.statuses[name]
    if kept is None or kept.on.shape != rows.on.shape:
        return
    if rows.winding_until is not None and kept.winding_until is None:
        kept.winding_until = rows.winding_until
    kept.status = rows.status
    new.statuses[name] = kept


def _take_pool(pool: PoolRows, kept: PoolRows) -> None:
    pool.received, pool.paid, pool.holds = kept.received, kept.paid, kept.holds
    pool.claims, pool.payments = kept.claims, kept.payments
    if pool.pool.streams == kept.pool.streams or len(pool.waiting) == len(kept.waiting):
        pool.waiting = kept.waiting
    for cap, cap_before in zip(pool.caps, kept.caps, strict=False):
        cap.given = cap_before.given


def _like(kept: Any, fresh: Any) -> Any:
    """Return a copy of what was kept, if it has the shape of what is wanted; else the fresh."""
    return fresh if kept is None or kept.shape != fresh.shape else kept.copy(order="K")


def _carry_uses(rows: Any, before: Any) -> None:
    if before is None or before.uses.limit != rows.uses.limit:
        return
    shapes = [until.shape for until in rows.uses.until]
    if [until.shape for until in before.uses.until] == shapes:
        rows.uses = before.uses.copy()
    if hasattr(rows, "armed") and rows.armed.shape == before.armed.shape:
        rows.armed = before.armed.copy(order="K")


def _remember(new: Standing, old: Standing) -> None:
    """Carry over what conditions that have not changed remember."""
    known: dict[object, list[tuple[int, int]]] = {}
    for term, _ in engine_terms(old.program):
        known.setdefault(alike(term), []).append(old.machine.remembers[id(term)])
    for term, _ in engine_terms(new.program):
        for first, last in known.get(alike(term), ()):
            here = new.machine.remembers[id(term)]
            kept = old.memories[first:last]
            wanted = new.memories[here[0] : here[1]]
            if [_form(one) for one in kept] == [_form(one) for one in wanted]:
                new.memories[here[0] : here[1]] = [one.copy() for one in kept]
                break


def _form(memory: Any) -> tuple[object, ...]:
    arrays = (value for value in vars(memory).values() if isinstance(value, np.ndarray))
    return (type(memory), *(array.shape for array in arrays))


def alike(term: Term) -> object:
    """Return what two terms have in common if they say the same, wherever they stand."""
    return (
        term.op, term.value, term.name, term.party, term.detail, term.duration, term.reports,
        term.dates, tuple(alike(arg) for arg in term.args),
    )  # fmt: skip


def _running_out(standing: Standing, later: Program) -> Program:
    names = _new_names(later)
    return replace(
        standing.program,
        order=tuple(part for part in standing.program.order if _goes_on(standing, part, names)),
    )


def _goes_on(standing: Standing, part: Part, names: Mapping[str, str]) -> bool:
    what, name = part
    match what:
        case "rule":
            return False
        case "status":
            return name not in names
        case "opening":
            return standing.powers[name].takes_effect is not None
    return True
