# SPDX-License-Identifier: Apache-2.0
"""A typed accord to a program: what is evaluated, in which order. The arrays are the engine's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import Status
from pratique.accord.model import Accord
from pratique.accord.order import order_of_parts, own_reads
from pratique.accord.program import Program
from pratique.accord.reach import reaches
from pratique.accord.terms.values import Term
from pratique.base.finding import Finding


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
        {n: own_reads(c) for n, c in duties.items()},
        {n: own_reads(c) for n, c in powers.items()},
        {n: own_reads(c) for n, c in rules.items()},
        (),
        {},
        tuple(watches),
    )
    order = order_of_parts(program)
    if isinstance(order, Finding):
        return order
    return replace(program, order=order, reach=reaches(program))
