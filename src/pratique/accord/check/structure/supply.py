# SPDX-License-Identifier: Apache-2.0
"""What a pool can give at most: what it can ever hold, and what flows in during a time.

Only where what comes in is fixed by the text: gifts, and what clauses pay in, may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from pratique.accord.bounds import effects_of
from pratique.accord.check.structure.spells import spells_in, times_in
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import IN_FORCE, Status
from pratique.accord.model import Accord
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import PERCENT, Transfer
from pratique.accord.words.amounts import value_words
from pratique.base.duration import Duration
from pratique.base.text import Code, Sentence, say

YEAR = Duration(12, "months")
Limit = tuple[Fraction, Sentence]
"""The most there can be, and a sentence that says so."""


def content(pool: Pool, accord: Accord, drawing: Iterable[str]) -> Limit | None:
    """Return the most that a pool can ever hold for the clauses that draw from it.

    It is filled once, or for as long as the accord is agreed for: until it lapses.
    """
    if _is_open(pool, accord):
        return None
    if any(stream.every is not None for stream in pool.streams):
        return _term_content(pool, accord)
    most = Fraction(sum(stream.whole for stream in pool.streams))
    fields = {"pool": Code(pool.name), "most": value_words(most, pool.type)}
    keeps = pool.keeps
    if keeps is None or not keeps.amount.is_constant or keeps.amount.type == PERCENT:
        return most, say("{pool} never holds more than {most}", **fields)
    if set(drawing) & set(keeps.clauses):
        return most, say("{pool} never holds more than {most}", **fields)
    kept = constant_value(keeps.amount)
    words = say(
        "{pool} never holds more than {most}, of which {kept} is kept back",
        kept=value_words(kept, pool.type),
        **fields,
    )
    return most - kept, words


def _term_content(pool: Pool, accord: Accord) -> Limit | None:
    """Return what comes in until the accord lapses, if nobody renews it."""
    in_force = accord.typed.get(IN_FORCE)
    if not isinstance(in_force, Status) or in_force.lapses is None:
        return None
    term = in_force.lapses
    most = Fraction(
        sum(
            stream.whole * (spells_in(term, stream.every) if stream.every is not None else 1)
            for stream in pool.streams
        )
    )
    words = say(
        "no more than {most} flows into {pool} before {status} lapses after {time}",
        most=value_words(most, pool.type),
        pool=Code(pool.name),
        status=Code(IN_FORCE),
        time=term,
    )
    return most, words


def inflow(pool: Pool, accord: Accord, length: Duration) -> Limit | None:
    """Return what flows in during a time, if it lives on what comes in every spell alone."""
    every = [stream.every for stream in pool.streams if stream.every is not None]
    closed = not _is_open(pool, accord) and pool.replenished_within is None
    if not closed or len(every) < len(pool.streams) or length != YEAR:
        return None
    parts = zip(pool.streams, every, strict=True)
    most = Fraction(sum(stream.whole * times_in(YEAR, spell) for stream, spell in parts))
    words = say(
        "{most} flows into {pool} in {time}",
        most=value_words(most, pool.type),
        pool=Code(pool.name),
        time=length,
    )
    return most, words


def _is_open(pool: Pool, accord: Accord) -> bool:
    """Say whether more can come in than its streams say: gifts, or payments by clauses."""
    gifts = any(not stream.whole for stream in pool.streams)
    acting = (Duty, Power, Rule, Procedure)
    clauses = (one for one in accord.typed.values() if isinstance(one, acting))
    paid = any(
        isinstance(effect, Transfer) and effect.to_pool == pool.name
        for clause in clauses
        for effect in effects_of(clause)
    )
    return gifts or paid or not pool.streams
