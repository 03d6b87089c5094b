# SPDX-License-Identifier: Apache-2.0
"""Whether some conditions can hold while others do not, by what they are made of.

Each comparison with a constant, and each part that is not looked into, takes all its values in
turn. A no is proven; a yes says only that nothing here stands against it. The engine is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from pratique.accord.terms.literals import constant_value
from pratique.accord.terms.values import COUNT, UNORDERED, Term

_MOST = 20_000
"""How many situations are tried; beyond it everything counts as possible."""
_WHOLE = ("measure", "field", "count", "at")

Key = tuple[object, ...]
Value = Fraction | bool | None
"""What a figure or a part is in a situation; None: unknown."""
Situation = Mapping[Key, Value]


@dataclass(frozen=True, slots=True)
class Domain:
    """What a figure may be: from `low` to `high`, or unknown (`unknown`), or nothing else."""

    low: float = float("-inf")
    high: float = float("inf")
    unknown: bool = False
    known: bool = True


Domains = Callable[[Term], Domain]


def anything(figure: Term) -> Domain:
    """Return the domain of a figure of which nothing is known: a count is not negative."""
    return Domain(low=0.0) if figure.op == "count" else Domain()


def can_hold(holding: Sequence[Term], failing: Sequence[Term], domain: Domains = anything) -> bool:
    """Say whether all of `holding` can surely hold while none of `failing` surely does."""
    parts = _Parts(domain)
    for term in (*holding, *failing):
        parts.gather(term)
    if prod(len(values) for values in parts.values().values()) > _MOST:
        return True
    return any(
        all(truth(term, one) is True for term in holding)
        and all(truth(term, one) is not True for term in failing)
        for one in parts.situations()
    )


def key_of(term: Term) -> Key:
    """Return what a term says, wherever it stands: two alike have the same."""
    if term.op == "term":
        return key_of(term.args[0])
    own = (term.op, term.name, term.value, term.party, term.detail, term.duration, term.reports)
    return (*own, term.dates, *(key_of(arg) for arg in term.args))


def conjuncts(term: Term | None) -> Iterator[Term]:
    """Iterate over the conditions that must all hold for a condition to hold."""
    if term is None:
        return
    if term.op == "and":
        for arg in term.args:
            yield from conjuncts(arg)
    else:
        yield term


def truth(term: Term, situation: Situation) -> bool | None:
    """Return whether a condition holds in a situation; None: that is not known."""
    match term.op:
        case "and" | "or":
            found = [truth(arg, situation) for arg in term.args]
            settles = term.op == "or"
            if settles in found:
                return settles
            return None if None in found else not settles
        case "not":
            inner = truth(term.args[0], situation)
            return None if inner is None else not inner
        case "compare" | "range" if (figure := _figure(term)) is not None:
            return _compared(term, situation[key_of(figure)])
        case "term":
            return truth(term.args[0], situation)
    value = situation[key_of(term)]
    assert not isinstance(value, Fraction)
    return value


# --- figures --------------------------------------------------------------------------------------


def is_figure(term: Term) -> bool:
    """Say whether a term is a constant that can be compared by its value."""
    return term.is_constant and all(node.duration is None for node in term.walk())


def _figure(term: Term) -> Term | None:
    """Return what is compared with constants alone, if anything is."""
    figures = [arg for arg in term.args if not is_figure(arg)]
    return figures[0] if len(figures) == 1 else None


def _compared(term: Term, value: Value) -> bool | None:
    if value is None:
        return None
    left, *rest = (constant_value(arg) if is_figure(arg) else Fraction(value) for arg in term.args)
    if term.op == "range":
        return rest[0] <= left <= rest[1]
    return _RELATIONS[term.detail](left, rest[0])


_RELATIONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


class _Parts:
    """What the truth of some conditions hangs on, with the values to be tried of each."""

    def __init__(self, domain: Domains) -> None:
        self.domain = domain
        self.figures: dict[Key, tuple[Term, set[Fraction]]] = {}
        self.others: dict[Key, Term] = {}

    def gather(self, term: Term) -> None:
        """Add what a condition hangs on."""
        figure = _figure(term) if term.op in ("compare", "range") else None
        if figure is not None:
            _, bounds = self.figures.setdefault(key_of(figure), (figure, set()))
            bounds |= {constant_value(arg) for arg in term.args if is_figure(arg)}
        elif term.op in ("and", "or", "not", "term"):
            for arg in term.args:
                self.gather(arg)
        else:
            self.others[key_of(term)] = term
            if _binds(term):
                self.gather(term.args[0])

    def values(self) -> dict[Key, Sequence[Value]]:
        """Return the values to be tried of each part."""
        found: dict[Key, Sequence[Value]] = dict.fromkeys(self.others, (True, False))
        for key, (figure, bounds) in self.figures.items():
            found[key] = _values(figure, sorted(bounds), self.domain(figure))
        return found

    def situations(self) -> Iterator[Situation]:
        """Iterate over the situations that can be."""
        values = self.values()
        for chosen in product(*values.values()):
            one = dict(zip(values, chosen, strict=True))
            if all(_agrees(term, one) for term in self.others.values()):
                yield one


def _binds(term: Term) -> bool:
    # What has lasted holds now; what holds now has held in the last days.
    return term.op in ("for", "for_reports", "in_last") and term.args[0].op not in ("edge", "event")


def _agrees(term: Term, situation: Situation) -> bool:
    if not _binds(term):
        return True
    inner, whole = truth(term.args[0], situation), situation[key_of(term)]
    if term.op == "in_last":
        return inner is not True or whole is True
    return whole is not True or inner is True


def _values(figure: Term, bounds: list[Fraction], domain: Domain) -> list[Value]:
    found: list[Value] = [None] if domain.unknown else []
    if not domain.known:
        return found
    if figure.type.kind in UNORDERED:
        # Choices and parties stand by their places; of others than those named one is enough.
        bounded = domain.high < _MOST
        places = map(Fraction, range(int(domain.high) + 1)) if bounded else (*bounds, Fraction(-1))
        return [*found, *places]
    between = [(one + other) / 2 for one, other in pairwise(bounds)]
    tried = sorted({bounds[0] - 1, *bounds, *between, bounds[-1] + 1, *_ends(domain)})
    whole = figure.type == COUNT and figure.op in _WHOLE
    if whole:
        tried = sorted({Fraction(value.__floor__()) for value in tried} | set(bounds))
    return [
        *found,
        *(
            value
            for value in tried
            if domain.low <= value <= domain.high and not (whole and value.denominator != 1)
        ),
    ]


def _ends(domain: Domain) -> set[Fraction]:
    infinite = (float("-inf"), float("inf"))
    return {Fraction(end) for end in (domain.low, domain.high) if end not in infinite}
