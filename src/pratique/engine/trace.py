# SPDX-License-Identifier: Apache-2.0
"""Why: the figures and conditions behind a change or behind what is undetermined, as they stood.

Reads a standing in the moment just run; evaluates no condition in time again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pratique.accord.terms.values import Term
from pratique.base.moment import BEFORE, Day
from pratique.engine.standing import Standing


@dataclass(frozen=True, slots=True)
class Reason:
    """One figure that a condition read: its value (None: unknown) and the day that it speaks of."""

    measure: str
    party: int
    value: float | None
    spoken: Day | None


def condition_of(standing: Standing, clause: str) -> Term | None:
    """Return the condition of a clause: a rule's, duty's or power's `when`, a status' `while`."""
    program = standing.program
    if clause in program.statuses:
        return program.statuses[clause].holds_while
    for clauses in (program.rules, program.duties, program.powers):
        if clause in clauses:
            return clauses[clause].trigger.when
    return None


def reasons(standing: Standing, clause: str, row: int, scenario: int = 0) -> tuple[Reason, ...]:
    """Return the figures that a clause's condition reads, as they stand now for one row."""
    term = condition_of(standing, clause)
    if term is None:
        return ()
    found: dict[tuple[str, int], Reason] = {}
    for name, party in _reads(term, row, len(standing.program.parties)):
        if (name, party) not in found:
            found[name, party] = _reason(standing, name, party, scenario)
    return tuple(found.values())


def unknown(standing: Standing, clause: str, row: int, scenario: int = 0) -> tuple[Reason, ...]:
    """Return the figures that a clause's condition wants and that are not known now."""
    return tuple(
        reason for reason in reasons(standing, clause, row, scenario) if reason.value is None
    )


def _reads(term: Term, row: int, parties: int) -> Iterator[tuple[str, int]]:
    if term.op in ("measure", "window"):
        yield term.name, row if term.per_party else 0
    elif term.op == "at":
        yield from _reads(term.args[0], term.party, parties)
    elif term.op in ("any", "all", "count", "sum", "max", "min", "mean"):
        for party in range(parties):
            yield from _reads(term.args[0], party, parties)
    else:
        for arg in term.args:
            yield from _reads(arg, row, parties)


def _reason(standing: Standing, name: str, party: int, scenario: int) -> Reason:
    series = standing.series[name]
    latest = series.rewind()
    level, since = latest["level"][scenario, party], int(latest["since"][scenario, party])
    value = series.assumed if np.isnan(level) else float(level)
    shared = latest["level"].shape[1] == 1 and not series.measure.per_party
    return Reason(name, -1 if shared else party, value, None if since == BEFORE else since)
