# SPDX-License-Identifier: Apache-2.0
"""Findings on means: E701 nothing flows in, E703 floors above the whole, W704 a draw above the cap.

Pools without `from` are found when they are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lark import Tree

from pratique.accord.check.syntax import whole_clauses
from pratique.accord.fields.pools import Cap
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.model import Accord
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import Draw, Effect, Hold, Who
from pratique.accord.words.phrases import value_words
from pratique.base.finding import Finding
from pratique.base.text import Code, say

_IN_SHARES = ("all", "any")
_OUTSIDE = ("chair", "people", "anyone")


def means(accord: Accord) -> list[Finding]:
    """Return the findings on pools; on draws only where nothing else stops the accord."""
    findings = [*_inflows(accord), *_floors(accord)]
    if accord.is_sound:
        findings += _tranches(accord)
    return findings


def _pools(accord: Accord) -> Iterator[Pool]:
    for clause in whole_clauses(accord, "pool"):
        pool = accord.typed.get(clause.name)
        if isinstance(pool, Pool) and pool.source is clause:
            yield pool


def _inflows(accord: Accord) -> Iterator[Finding]:
    for pool in _pools(accord):
        tree = pool.source.tree("from")
        streams = [child for child in tree.children if isinstance(child, Tree)] if tree else []
        gifts = any(child.data == "income_acts" for child in streams)
        if streams and not gifts and not any(stream.whole for stream in pool.streams):
            sentence = say(
                "nothing flows into {pool}: all that it is given is zero", pool=Code(pool.name)
            )
            help_ = say("say who contributes how much, or `from: acts` if it lives on gifts")
            yield Finding("E701", sentence, pool.source.fields["from"].text.span, help_)


def _floors(accord: Accord) -> Iterator[Finding]:
    for pool in _pools(accord):
        total = sum((floor.share for floor in pool.floors), Fraction(0))
        if total > 1:
            sentence = say(
                "{sum} % of {pool} is promised to groups and people",
                sum=f"{float(total * 100):g}",
                pool=Code(pool.name),
            )
            help_ = say("the shares of a floor add up to at most 100 %")
            yield Finding("E703", sentence, pool.floors[0].span, help_)


# --- W704 -----------------------------------------------------------------------------------------


def _tranches(accord: Accord) -> Iterator[Finding]:
    pools = {pool.name: pool for pool in _pools(accord)}
    for draw in draws_of(accord):
        pool = pools.get(draw.pool)
        if pool is None or draw.amount is None or not draw.amount.is_constant:
            continue
        amount = constant_value(draw.amount)
        cap = next((cap for cap in pool.caps if _exceeds(draw, amount, cap, accord)), None)
        if cap is not None:
            sentence = say(
                "this gives {amount}; {pool} gives at most {most}",
                amount=value_words(amount, pool.type),
                pool=Code(pool.name),
                most=value_words(constant_value(cap.most), pool.type),
            )
            help_ = say("lower the amount, or raise the cap")
            yield Finding("W704", sentence, draw.amount.span, help_)


def _exceeds(draw: Draw | Hold, amount: Fraction, cap: Cap, accord: Accord) -> bool:
    if cap.is_share or not cap.most.is_constant:
        return False
    # What goes to a body, or to people, counts towards no party's cap.
    if cap.to_one and not _to_parties(draw.to, accord):
        return False
    in_shares = cap.to_one and draw.to.form in _IN_SHARES
    each = amount / len(accord.scope.parties) if in_shares else amount
    return each > constant_value(cap.most)


def _to_parties(who: Who, accord: Accord) -> bool:
    if who.form == "named":
        return any(name in accord.scope.parties for name in who.names)
    return who.form not in _OUTSIDE


def draws_of(accord: Accord) -> Iterator[Draw | Hold]:
    """Iterate over all that clauses draw out of pools or hold in them."""
    for clause in accord.typed.values():
        effects: tuple[Effect, ...] = ()
        match clause:
            case Rule() | Power():
                effects = clause.effects
            case Duty():
                effects = clause.if_missed + ((clause.draws,) if clause.draws else ())
            case Procedure():
                effects = clause.effects()
        yield from (effect for effect in effects if isinstance(effect, Draw | Hold))
