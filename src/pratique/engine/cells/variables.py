# SPDX-License-Identifier: Apache-2.0
"""What conditions read, as variables: each with the values that the conditions can tell apart.

In a steady state everything has been as it is for long: what looks back over a time is made of the
figure itself. Otherwise a window is a figure of its own, which can be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import ceil, floor, inf, isinf

from pratique.accord.kinds.measure import RHYTHM_DAYS
from pratique.accord.program import Program
from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.members import EVERYONE
from pratique.accord.terms.values import BOOL, CONSTANT, QUANTIFIERS, Term

Key = tuple[object, ...]
"""What a leaf of a condition reads."""
_LEAVES = {
    *("measure", "known", "window", "status", "builtin", "pool", "edge", "event", "field"),
    "method",
}
_TRUTHS = {"known", "status", "builtin", "edge", "event", "member"}
_FIXED = CONSTANT | {"values", "dated"}
_STRAIGHT = CONSTANT | {"at", "sum", "mean", "max", "min", "member", "and", "dated", "values"}
_WITHOUT_GAPS = ("count", "days")


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing that conditions read: a truth, or a figure with one value for each kind of it.

    `leaf` is where it is read first.
    """

    key: Key
    leaf: Term
    values: tuple[float, ...]
    is_bounded: bool = True
    """Whether both its ends are among its values: a truth has no others."""

    @property
    def per_party(self) -> bool:
        """Whether each party has its own."""
        return self.leaf.per_party

    @property
    def is_truth(self) -> bool:
        """Whether it holds or not."""
        return is_truth(self.leaf)


@dataclass(slots=True)
class _Figure:
    leaf: Term
    is_whole: bool
    low: float
    high: float
    thresholds: set[float] = field(default_factory=set)


def key_of(leaf: Term, *, steady: bool) -> Key:
    """Return what a leaf reads; the same key, the same value."""
    match leaf.op:
        case "known":
            return ("known", leaf.args[0].name)
        case "method":
            return ("method", leaf.name, id(leaf))
        case "status" | "member":
            return (leaf.op, leaf.name)
        case "window" if steady:
            return ("measure", leaf.name, "", None)
    return (leaf.op, leaf.name, leaf.detail, leaf.duration)


def is_truth(leaf: Term) -> bool:
    """Say whether what a leaf reads holds or not, instead of being a figure."""
    return leaf.type == BOOL or leaf.op in _TRUTHS


def is_leaf(term: Term) -> bool:
    """Say whether a term reads something itself; who is bound too, where that can change."""
    return term.op in _LEAVES or (term.op == "member" and term.detail != EVERYONE)


def leaves_of(term: Term) -> Iterator[Term]:
    """Iterate over what a condition reads, in order of reading."""
    if is_leaf(term):
        yield term
        return
    for arg in term.args:
        yield from leaves_of(arg)


def is_told_apart(comparison: Term) -> bool:
    """Say whether single figures are compared with constants only: then its cells are exact."""
    args = comparison.args
    return all(_is_single(arg) for arg in args) and _constants(comparison) >= len(args) - 1


def is_decided_at_ends(comparison: Term, *, steady: bool) -> bool:
    """Say whether it can be tried at the ends of its figures' ranges alone.

    So it is where each figure is read once and what is made of them bends nowhere: it is then
    greatest, and least, where each figure is at an end.
    """
    keys = [key_of(leaf, steady=steady) for leaf in leaves_of(comparison)]
    below = (node for arg in comparison.args for node in arg.walk())
    return len(keys) == len(set(keys)) and all(_is_straight(node) for node in below)


def _is_straight(term: Term) -> bool:
    if term.op == "div":
        return term.args[1].is_constant
    return is_leaf(term) or term.op in _STRAIGHT


def _is_single(term: Term) -> bool:
    """Say whether a side of a comparison is one figure, the utmost of one, or constant."""
    if _is_fixed(term):
        return True
    if term.op in ("at", "term", "max", "min"):
        return _is_single(term.args[0])
    return (is_leaf(term) and term.op != "method") or term.op == "count"


def _constants(term: Term) -> int:
    return sum(_is_fixed(arg) for arg in term.args)


def _is_fixed(term: Term) -> bool:
    """Say whether a figure is the text's own: the same whatever is reported."""
    return all(node.op in _FIXED for node in term.walk())


def variables_of(terms: Iterable[Term], program: Program, *, steady: bool) -> dict[Key, Variable]:
    """Return the variables that some conditions read, each with its values, by key."""
    truths: dict[Key, Term] = {}
    figures: dict[Key, _Figure] = {}
    for term in terms:
        for leaf in leaves_of(term):
            key = key_of(leaf, steady=steady)
            if is_truth(leaf):
                truths.setdefault(key, leaf)
            elif key not in figures:
                figures[key] = _figure(_read_by(leaf, steady), program)
        _note_thresholds(term, figures, program, steady=steady)
    found = {key: Variable(key, leaf, _TRUE_AND_FALSE) for key, leaf in truths.items()}
    for key, figure in figures.items():
        bounded = not (isinf(figure.low) or isinf(figure.high))
        found[key] = Variable(key, figure.leaf, tuple(_values(figure)), bounded)
    return found


# What is shown first as an example is rather all parties than none.
_TRUE_AND_FALSE = (1.0, 0.0)


def _read_by(leaf: Term, steady: bool) -> Term:
    return (
        replace(leaf, op="measure", detail="", duration=None)
        if (steady and leaf.op == "window")
        else leaf
    )


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
    elif leaf.op == "pool" or leaf.type.kind == "count":
        low = max(low, 0.0)
    return _Figure(leaf, is_whole, low, high)


def _days(leaf: Term) -> int:
    return leaf.duration.most_days if leaf.duration is not None else 1


def factor(leaf: Term, program: Program) -> float:
    """Return what a window comes to in a steady state, as so many times the figure that it reads.

    A window counts each report once; of a figure that is reported at no rhythm, one report.
    """
    if leaf.detail == "change":
        return 0.0
    if leaf.detail != "sum":
        return 1.0
    series = program.measures[leaf.name].series
    rhythm = RHYTHM_DAYS[series.rhythm] if series is not None else 0
    return max(1.0, float(_days(leaf) // rhythm)) if rhythm else 1.0


def _note_thresholds(
    term: Term, figures: dict[Key, _Figure], program: Program, *, steady: bool
) -> None:
    for node in term.walk():
        if node.op not in ("compare", "range"):
            continue
        parts = [part for arg in node.args for part in _parts(arg)]
        constants = [float(constant_value(part)) for part in parts if part.is_constant]
        for leaf in parts:
            figure = figures.get(key_of(leaf, steady=steady)) if is_leaf(leaf) else None
            if figure is None:
                continue
            times = factor(leaf, program) if steady and leaf.op == "window" else 1.0
            if times:
                figure.thresholds.update(constant / times for constant in constants)


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
