# SPDX-License-Identifier: Apache-2.0
"""A typed accord to a program: what is evaluated, in which order. The arrays are the engine's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pratique.accord.bounds import bounds_of, counting_all_in, entry_clauses, holding_by_all
from pratique.accord.electorate import Electorate, decided, electorate_of
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import VOTING, Status
from pratique.accord.model import Accord
from pratique.accord.order import order_of_parts, own_case_reads, own_reads
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
    statuses = {status.name: status for status in accord.of_kind(Status)}
    pools = {pool.name: pool for pool in accord.of_kind(Pool)}
    acting = {
        n: decided(c, accord.typed) if isinstance(c, Power) else c
        for n, c in parts.items()
        if isinstance(c, Duty | Power | Rule)
    }
    procedures = {n: c for n, c in parts.items() if isinstance(c, Procedure)}
    entry = entry_clauses(statuses, acting)
    ready = {n: own_reads(counting_all_in(c) if n in entry else c) for n, c in acting.items()}
    program = Program(
        accord,
        tuple(accord.scope.parties),
        accord.clock,
        {measure.name: measure for measure in accord.of_kind(Measure)},
        {n: holding_by_all(c) if n in entry else c for n, c in statuses.items()},
        pools,
        {n: c for n, c in ready.items() if isinstance(c, Duty)},
        {n: c for n, c in ready.items() if isinstance(c, Power)},
        {n: c for n, c in ready.items() if isinstance(c, Rule)},
        (),
        {},
        tuple(watches),
        {
            group: tuple(party in members for party in accord.scope.parties)
            for group, members in accord.groups.items()
        },
        {n: own_case_reads(c) for n, c in procedures.items()},
        accord.scope.methods,
        bounds_of(accord, {**statuses, **pools, **acting, **procedures}),
        detectors=accord.scope.detectors,
    )
    program = replace(program, electorates=_electorates(program))
    order = order_of_parts(program)
    if isinstance(order, Finding):
        return order
    return replace(program, order=order, reach=reaches(program))


def _electorates(program: Program) -> dict[str, Electorate]:
    typed, scope = program.accord.typed, program.accord.scope
    varies = program.membership or VOTING in program.bounds.barring
    found = {n: electorate_of(p, typed, scope, varies=varies) for n, p in program.powers.items()}
    return {name: electorate for name, electorate in found.items() if electorate is not None}
