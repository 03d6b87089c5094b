# SPDX-License-Identifier: Apache-2.0
"""Clauses that are dead, as others stand before them or nothing sets them off; circles of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from benchmarks.mutants.text import Clean, Family, Fault, family, put_after, replaced, taken
from benchmarks.mutants.triggers import users
from pratique.accord.clause import Clause
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power

_ACTING = ("duty", "power", "rule")


def _dead(clean: Clean) -> Iterator[Fault]:
    yield from _overriding(clean)
    yield from _always_overriding(clean)
    yield from _never_missed(clean)
    yield from _never_refused(clean)


def _overriding(clean: Clean) -> Iterator[Fault]:
    """Iterate over clauses that override another wherever it applies."""
    clauses = list(clean.clauses(*_ACTING))
    for upper in clauses:
        for lower in clauses:
            if upper is lower or not _same_article(upper, lower):
                continue
            if "overrides" in upper.fields or _reads(clean, upper, lower.name):
                continue
            if slip := _covers(clean, upper, lower):
                new = [f"  overrides: {lower.name}"]
                yield put_after(slip, clean, upper.last_line, new, (lower.name, upper.name))


def _same_article(one: Clause, other: Clause) -> bool:
    return one.paragraphs[0].split(".")[0] == other.paragraphs[0].split(".")[0]


def _reads(clean: Clean, upper: Clause, name: str) -> bool:
    lines = clean.lines[upper.span.line - 1 : upper.last_line]
    return any(re.search(rf"\b{name}\b", line) for line in lines)


def _covers(clean: Clean, upper: Clause, lower: Clause) -> str:
    """Return how the one surely applies wherever the other does; nothing if it need not."""
    own = _is_shared(clean, upper) or upper.words("by") == lower.words("by")
    if not own or "overrides" in lower.fields:
        return ""
    if "on" not in upper.fields and upper.words("when") in ("", "in_force"):
        return "overridden by what always applies"
    for name in ("on", "when"):
        if name in upper.fields and upper.words(name) == lower.words(name):
            return "overridden on the same trigger"
    if upper.name == "lower_tier" and lower.name in ("middle_tier", "upper_tier"):
        return "overridden on a wider trigger"
    return ""


def _is_shared(clean: Clean, clause: Clause) -> bool:
    symbol = clean.accord.scope.symbols.get(clause.name)
    return symbol is not None and not symbol.per_party


def _always_overriding(clean: Clean) -> Iterator[Fault]:
    """Iterate over exceptions that have lost the condition under which they hold."""
    for clause in clean.clauses(*_ACTING):
        if "overrides" in clause.fields and "when" in clause.fields:
            lower = clause.listed("overrides")
            yield taken(
                "an exception without its condition", clean, clean.field_lines(clause, "when"),
                (*lower, clause.name), tuple(_names(clause.words("when"))),
            )  # fmt: skip


def _names(words: str) -> list[str]:
    return re.findall(r"[a-z_]+", words)


def _never_missed(clean: Clean) -> Iterator[Fault]:
    """Iterate over rules that wait until a duty is missed that nobody can miss."""
    if clean.clause("review_breach") is None:
        return
    calls = clean.accord.scope.symbols["review_breach"]
    for clause in clean.clauses("duty"):
        duty = clean.accord.typed.get(clause.name)
        if not isinstance(duty, Duty) or calls.per_party:
            continue
        timed = any(name in clause.fields for name in ("within", "before", "every"))
        if duty.prohibits or not timed:
            name = f"{clause.name}_broken"
            new = (f"rule {name}", f"  on: {clause.name} missed", "  then: call review_breach")
            slip = "waits until a ban is missed" if duty.prohibits else "waits for no deadline"
            yield put_after(slip, clean, clause.last_line, new, (name, clause.name))


def _never_refused(clean: Clean) -> Iterator[Fault]:
    """Iterate over duties that wait for the refusal of what nobody votes on."""
    for clause in clean.clauses("duty"):
        named = re.fullmatch(r"([a-z_]+) used", clause.words("on"))
        power = clean.accord.typed.get(named[1]) if named else None
        if isinstance(power, Power) and power.vote is None and not power.confirmed_by:
            lines = clean.field_lines(clause, "on")
            extra = (power.name, *users(clean, power.name))
            for fault in replaced(
                "waits for a refusal that nobody can give", clean, clause, lines,
                swap=("used", "refused"),
            ):  # fmt: skip
                yield replace(fault, extra=extra)


# --- cyclic overriding ----------------------------------------------------------------------------


def _cyclic(clean: Clean) -> Iterator[Fault]:
    for upper in clean.clauses(*_ACTING):
        for name in upper.listed("overrides"):
            lower = clean.clause(name)
            if lower is not None and lower.kind in _ACTING:
                yield _overrides("the exception is overridden by its rule", clean, lower, upper)
    for clause in clean.clauses(*_ACTING):
        for used in re.findall(r"([a-z_]+) used", clause.words("on")):
            rule = clean.clause(used)
            if rule is not None and rule.kind == "rule" and "overrides" not in clause.fields:
                yield _overrides("overrides what it waits for", clean, clause, rule)
    for upper, lower in _one_way(clean):
        line = upper.last_line
        lines = (*clean.lines[:line], f"  overrides: {lower.name}", *clean.lines[line:])
        base = Clean(clean.name, "\n".join(lines))
        new, clauses = [f"  overrides: {upper.name}"], (lower.name, upper.name)
        yield put_after("each overrides the other", base, lower.last_line + 1, new, clauses)


def _overrides(slip: str, clean: Clean, clause: Clause, other: Clause) -> Fault:
    new = [f"  overrides: {other.name}"]
    return put_after(slip, clean, clause.last_line, new, (clause.name, other.name))


def _one_way(clean: Clean) -> Iterator[tuple[Clause, Clause]]:
    """Iterate over neighbours of which the first may override the second, and leaves it alive."""
    clauses = [c for c in clean.clauses(*_ACTING) if "overrides" not in c.fields]
    for upper, lower in pairwise(clauses):
        differs = [upper.words(name) != lower.words(name) for name in ("on", "when")]
        narrow = "on" in upper.fields or upper.words("when") not in ("", "in_force")
        apart = not _reads(clean, upper, lower.name) and not _reads(clean, lower, upper.name)
        if narrow and any(differs) and apart and _same_article(upper, lower):
            yield upper, lower


DEAD: Family = family("dead clause", _dead, expected="W607 E601", follows="W203 W807")
CYCLIC: Family = family("cyclic override", _cyclic, expected="E605 E608", follows="W607")
