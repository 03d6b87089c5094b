# SPDX-License-Identifier: Apache-2.0
"""Payments and goods for which there are no means: nothing flows in, or less than is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from benchmarks.mutants.text import Clean, Family, Fault, changed, family, replaced
from pratique.accord.check.means import draws_of
from pratique.accord.clause import Clause
from pratique.accord.kinds.pool import Pool
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import Draw, Hold

_AMOUNT = r"\d+(?:\.\d+)?(?: (?:thousand|million|billion))?(?= (?:per|as|of)\b)"
_SCALED = {"thousand": "million", "million": "billion"}


def _unfunded(clean: Clean) -> Iterator[Fault]:
    pools = {pool.name: pool for pool in clean.accord.of_kind(Pool)}
    drawn = {draw.pool for draw in draws_of(clean.accord)}
    for name, pool in pools.items():
        if name in drawn:
            yield from _income(clean, pool)
    for clause in clean.clauses("rule", "power", "duty", "procedure", "term"):
        yield from _draws(clean, clause, pools)
    yield from _caps(clean, pools)


def _income(clean: Clean, pool: Pool) -> Iterator[Fault]:
    clause = pool.source
    line = clean.field_line(clause, "from")
    words = clean.lines[line - 1]
    also = _drawing(clean, pool.name)
    start = words.index(":") + 1
    income = words[start:]
    if "acts" not in income:
        put = words[:start] + re.sub(_AMOUNT, "0", income)
        yield _spread(changed("nothing is paid in", clean, line, put, [clause.name]), also)
    if "acts" in income:
        # Gifts may fill it: who knows how many.
        return
    for large, small in (("million", "thousand"), ("thousand", "")):
        put = words[:start] + income.replace(f" {large}", f" {small}".rstrip(), 1)
        if put != words:
            fault = changed("a scale too small flows in", clean, line, put, [clause.name])
            if _too_little(clean, pool, Fraction(1, 1000)):
                yield _spread(fault, also)
    first = re.search(r"(\d{2})000(?= of| per party)", income)
    if first and _too_little(clean, pool, Fraction(1, 1000)):
        put = words[:start] + re.sub(r"(\d{2})000(?= of| per party)", r"\1", income)
        yield _spread(changed("a scale too small flows in", clean, line, put, [clause.name]), also)


def _drawing(clean: Clean, pool: str) -> tuple[str, ...]:
    found = []
    for clause in clean.clauses("rule", "power", "duty", "procedure"):
        lines = clean.lines[clause.span.line - 1 : clause.last_line]
        if any(re.search(rf"(from|of) {pool}\b", line) for line in lines):
            found.append(clause.name)
    return tuple(found)


def _spread(fault: Fault, also: tuple[str, ...]) -> Fault:
    return replace(fault, clauses=(*fault.clauses, *also))


def _inflow(pool: Pool) -> Fraction:
    """Return what flows in over one period."""
    total = Fraction(0)
    for stream in pool.streams:
        total += stream.whole if isinstance(stream.whole, int | Fraction) else Fraction(0)
    return total


def _too_little(clean: Clean, pool: Pool, part: Fraction) -> bool:
    """Say whether a part of its income is less than one single payment out of it."""
    asked = [_amount(draw) for draw in draws_of(clean.accord) if draw.pool == pool.name]
    inflow = _inflow(pool)
    return any(amount is not None and amount > inflow * part for amount in asked)


def _amount(draw: object) -> Fraction | None:
    amount = getattr(draw, "amount", None)
    # Of what may be less nobody can say that it is too much.
    if amount is None or not amount.is_constant or getattr(draw, "up_to", False):
        return None
    return constant_value(amount)


def _draws(clean: Clean, clause: Clause, pools: dict[str, Pool]) -> Iterator[Fault]:
    for number in range(clause.span.line, clause.last_line + 1):
        words = clean.lines[number - 1]
        if clause.kind == "term" and not re.search(r"drill_cost|insured_sum", words):
            continue
        if clause.kind != "term" and not re.search(
            r"\b(pay|send|draws:|pays|sends|holds)\b", words
        ):
            continue
        also = tuple(_terms_users(clean, clause)) if clause.kind == "term" else ()
        drawn = list(_drawn_by(clean, (clause.name, *also)))
        if drawn and all(_gifts_may_pay(clean, draw, pools[draw.pool]) for draw in drawn):
            continue
        for match in re.finditer(r"(?<=\d )(thousand|million)\b", words):
            if " - " in words or "*" in words:
                continue
            put = words[: match.start()] + _SCALED[match[1]] + words[match.end() :]
            yield _spread(changed("a scale too much", clean, number, put, [clause.name]), also)
        for match in re.finditer(r"(?<=draws: )(\d+)(?= per)", words):
            put = words[: match.end()] + "000" + words[match.end() :]
            yield changed("a thousand times too much", clean, number, put, [clause.name])
        yield from _elsewhere(clean, clause, number, pools)


def _gifts_may_pay(clean: Clean, draw: Draw | Hold, pool: Pool) -> bool:
    """Say whether gifts may fill a pool for a payment, and no cap bears on it.

    Of such a payment nobody can say that it is too much.
    """
    gifts = any(not stream.whole for stream in pool.streams)
    outside = draw.to.form == "named" and not set(draw.to.names) & set(clean.accord.scope.parties)
    return gifts and all(cap.to_one and outside for cap in pool.caps)


def _drawn_by(clean: Clean, names: tuple[str, ...]) -> Iterator[Draw | Hold]:
    clauses = [clause for clause in clean.accord.clauses if clause.name in names]
    for draw in draws_of(clean.accord):
        line = draw.amount.span.line if draw.amount is not None else 0
        if any(clause.span.line <= line <= clause.last_line for clause in clauses):
            yield draw


def _terms_users(clean: Clean, term: Clause) -> Iterator[str]:
    for clause in clean.clauses("rule", "power", "duty", "procedure"):
        lines = clean.lines[clause.span.line - 1 : clause.last_line]
        if any(re.search(rf"\b{term.name}\b", line) for line in lines):
            yield clause.name


def _elsewhere(
    clean: Clean, clause: Clause, number: int, pools: dict[str, Pool]
) -> Iterator[Fault]:
    """Iterate over payments out of another pool, whose year brings less than one payment."""
    for draw in draws_of(clean.accord):
        amount = _amount(draw)
        if amount is None or draw.amount is None or draw.amount.span.line != number:
            continue
        for name, pool in pools.items():
            same = pool.type == pools[draw.pool].type
            less = pool.streams and _inflow(pool) < amount
            if name != draw.pool and same and less and not _gifts_may_pay(clean, draw, pool):
                yield from replaced(
                    "out of a pool with less", clean, clause, [number],
                    swap=(rf"(from|of) {draw.pool}\b", rf"\1 {name}"),
                )  # fmt: skip


def _caps(clean: Clean, pools: dict[str, Pool]) -> Iterator[Fault]:
    """Iterate over limits that a single payment exceeds."""
    for name, pool in pools.items():
        if "cap" not in pool.source.fields:
            continue
        line = clean.field_line(pool.source, "cap")
        for large, small in (("million", "thousand"), ("thousand", "")):
            words = clean.lines[line - 1]
            put = words.replace(f" {large}", f" {small}".rstrip(), 1)
            asked = [_amount(draw) for draw in draws_of(clean.accord) if draw.pool == name]
            if put != words and any(amount is not None for amount in asked):
                fault = changed("a cap below the payment", clean, line, put, [name])
                yield _spread(fault, _drawing(clean, name))


UNFUNDED: Family = family(
    "unfunded duty", _unfunded, expected="E701 E702 W704", follows="E301 W303 W203"
)
