# SPDX-License-Identifier: Apache-2.0
"""What conditions read, as variables: each with the values that the conditions can tell apart.

In a steady state: what holds has held for long, so a condition in time is as its inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import ceil, floor, inf, isinf

from pratique.accord.program import Program
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import BOOL, CONSTANT, QUANTIFIERS, TEMPORAL, Term

Key = tuple[object, ...]
"""What a leaf of a condition reads."""
_LEAVES = {
    *("measure", "known", "window", "status", "builtin", "pool", "edge", "event", "field"),
    "method",
}
_FIXED = CONSTANT | {"values", "dated"}
_WITHOUT_GAPS = ("count", "days")


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing that conditions read: a truth, or a figure with one value for each kind of it."""

    key: Key
    per_party: bool
    is_truth: bool
    values: tuple[float, ...]


@dataclass(slots=True)
class _Figure:
    per_party: bool
    is_whole: bool
    low: float
    high: float
    thresholds: set[float] = field(default_factory=set)


def key_of(leaf: Term) -> Key:
    """Return what a leaf reads; the same key, the same value."""
    if leaf.op == "known":
        return ("known", leaf.args[0].name)
    if leaf.op == "method":
        return ("method", leaf.name, id(leaf))
    if leaf.op == "status":
        return ("status", leaf.name)
    return (leaf.op, leaf.name, leaf.detail, leaf.duration)


def is_leaf(term: Term) -> bool:
    """Say whether a term reads something itself."""
    return term.op in _LEAVES


def leaves_of(term: Term) -> Iterator[Term]:
    """Iterate over what a condition reads, in order of reading."""
    if is_leaf(term):
        yield term
        return
    for arg in term.args:
        yield from leaves_of(arg)


def is_told_apart(term: Term) -> bool:
    """Say whether a condition compares single figures with constants only: its cells are exact."""
    if term.op in ("compare", "range"):
        return all(_is_single(arg) for arg in term.args) and _constants(term) >= len(term.args) - 1
    if is_leaf(term) or term.op == "member":
        return term.type == BOOL
    if term.op in ("count", "any", "all"):
        return is_told_apart(term.args[0])
    if term.op in TEMPORAL or term.op in ("and", "or", "not", "at", "dated", "term"):
        return all(is_told_apart(arg) for arg in term.args)
    return False


def _is_single(term: Term) -> bool:
    """Say whether a side of a comparison is one figure, the utmost of one, or constant."""
    if _is_fixed(term):
        return True
    if term.op in ("at", "term", "max", "min"):
        return _is_single(term.args[0])
    return (is_leaf(term) and term.op != "method") or (
        term.op == "count" and is_told_apart(term.args[0])
    )


def _constants(term: Term) -> int:
    return sum(_is_fixed(arg) for arg in term.args)


def _is_fixed(term: Term) -> bool:
    """Say whether a figure is the text's own: the same whatever is reported."""
    return all(node.op in _FIXED for node in term.walk())


def variables_of(terms: Iterable[Term], program: Program) -> dict[Key, Variable]:
    """Return the variables that some conditions read, each with its values, by key."""
    truths: dict[Key, bool] = {}
    figures: dict[Key, _Figure] = {}
    for term in terms:
        for leaf in leaves_of(term):
            if leaf.type == BOOL or leaf.op in ("known", "status", "builtin", "edge", "event"):
                truths[key_of(leaf)] = leaf.per_party
            elif key_of(leaf) not in figures:
                figures[key_of(leaf)] = _figure(leaf, program)
        _note_thresholds(term, figures)
    found = {key: Variable(key, own, True, (0.0, 1.0)) for key, own in truths.items()}
    for key, figure in figures.items():
        found[key] = Variable(key, figure.per_party, False, tuple(_values(figure)))
    return found


def _figure(leaf: Term, program: Program) -> _Figure:
    low, high = -inf, inf
    is_whole = leaf.type.kind in _WITHOUT_GAPS or leaf.type.kind == "money"
    if leaf.op in ("measure", "window"):
        measure = program.measures[leaf.name]
        low, high = float(measure.low), float(measure.high)
    if leaf.op == "window" and leaf.detail == "sum":
        low, high = min(0.0, low * _days(leaf)), high * _days(leaf)
    elif leaf.op == "window" and leaf.detail == "change":
        low, high = low - high, high - low
    elif leaf.op == "window" and leaf.detail == "mean":
        is_whole = False
    elif leaf.op == "pool":
        low = 0.0
    return _Figure(leaf.per_party, is_whole, low, high)


def _days(leaf: Term) -> int:
    return leaf.duration.most_days if leaf.duration is not None else 1


def _note_thresholds(term: Term, figures: dict[Key, _Figure]) -> None:
    for node in term.walk():
        if node.op not in ("compare", "range"):
            continue
        parts = [part for arg in node.args for part in _parts(arg)]
        constants = [float(constant_value(part)) for part in parts if part.is_constant]
        for leaf in parts:
            if is_leaf(leaf) and (figure := figures.get(key_of(leaf))) is not None:
                figure.thresholds.update(constants)


def _parts(term: Term) -> Iterator[Term]:
    """Iterate over the constants and leaves that one side of a comparison is made of."""
    if term.is_constant or is_leaf(term):
        yield term
    elif term.op not in ("compare", "range"):
        # What is compared within has thresholds of its own.
        for arg in term.args:
            yield from _parts(arg)


def _values(figure: _Figure) -> Iterator[float]:
    """Iterate over one value of each kind: every threshold, each gap between, and both ends."""
    low, high = figure.low, figure.high
    points = {value for value in figure.thresholds if low <= value <= high}
    points.add(low if not isinf(low) else min(points, default=0.0) - 1)
    points.add(high if not isinf(high) else max(points, default=0.0) + 1)
    for one, other in zip(sorted(points), sorted(points)[1:], strict=False):
        between = (one + other) / 2
        if not figure.is_whole:
            points.add(between)
        elif floor(between) > one or ceil(between) < other:
            points.add(float(floor(between) if floor(between) > one else ceil(between)))
    if figure.is_whole:
        # No whole figure is as many as a threshold with a fraction.
        points = {point for point in points if point == floor(point)}
    yield from sorted(points)


def is_symmetric(terms: Iterable[Term], groups: dict[str, tuple[bool, ...]]) -> bool:
    """Say whether no party is told from another: then the order of parties does not matter."""
    for term in terms:
        for node in term.walk():
            if node.party >= 0 or node.op in ("values", "method"):
                return False
            group = groups.get(node.name) if node.op == "member" or node.op in QUANTIFIERS else None
            if group is not None and not all(group):
                return False
    return True
