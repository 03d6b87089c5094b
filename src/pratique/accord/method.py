# SPDX-License-Identifier: Apache-2.0
"""What a method declares of itself: a named computation that clauses call, such as a key of shares.

Methods live above the language (`practice/*/methods.py`); a registry of them is handed to whoever
types or runs a clause. Here is only their form, and how one is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pratique.base.text import Sentence

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
ValueKind = Literal["number", "count", "percent", "money", "rate", "any"]
"""Kind of a value, as in `ValueType.kind`; `any`: whatever is ordered and can be summed."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a method takes: a value of a kind; `like` an earlier one: of that one's very type.

    `per_party`: each party may have its own value (a shared one always fits); else it is shared.
    """

    name: str
    help: Sentence
    kind: ValueKind
    per_party: bool = False
    like: str = ""


@dataclass(frozen=True, slots=True)
class Gives:
    """What a value method gives: a value of a kind; `like` a parameter: of that one's very type.

    `per_party`: True always, False never, None where an argument is per party.
    """

    kind: ValueKind
    per_party: bool | None = None
    like: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """A named computation: pure, on arrays over [scenario, party], the same live and rehearsed.

    **A value method** (`gives` is set) is called in expressions, `method NAME(a, b)`.
    `compute(*arguments)`: float64 arrays in the order of `takes`, [scenario, party] or [scenario,
    1]; call it by `value_of`, which spreads them. Percentages are fractions of one (22 % is 0.22),
    money is in minor units, a rate as it is written. NaN never reaches it: it is asked only about
    scenarios where every argument is exactly known (least and most alike), so that an unknown
    argument makes its value unknown. It gives a finite float64 array of its spread.

    **A dividing method** (`gives` is None) says who gets what when a pool is short: `shared by:
    method NAME`, or `method NAME(weights)` if it takes weights (`takes` has that one parameter).
    `compute(available int64 [scenario], asked int64 [scenario, party], weights float64 [scenario,
    party] or None, unit int)` gives int64 [scenario, party], in the same units as `asked`, whole
    multiples of `unit`; what is asked is itself rounded down to the unit. Nobody gets more than was
    asked; together they get all that is available, or all that is asked if that is less. Units
    left over go one each to the largest remainders, ties in order of declaration. What is asked in
    one scenario must add up to less than 2**62. Call it by `division_of`.

    Each scenario is computed as if it were alone, to the last bit; arguments are never written to.
    """

    name: str
    help: Sentence
    source: str
    """Where it comes from: paper, regulation, table."""
    takes: tuple[Parameter, ...]
    gives: Gives | None
    compute: Callable[..., NDArray[np.float64] | NDArray[np.int64]]

    @property
    def divides(self) -> bool:
        """Whether it divides what a pool gives, rather than giving a value."""
        return self.gives is None


Registry = Mapping[str, Method]


def value_of(method: Method, arguments: Sequence[Numbers], parties: int) -> Numbers:
    """Return the value of a value method: [scenario, party], or [scenario, 1] if it is shared.

    `arguments`: float64 [scenario, party] or [scenario, 1], every one known in every scenario.
    A shared value stands for each party where the method gives one value a party. ValueError if it
    is no value method or takes another number of arguments.
    """
    if method.gives is None:
        raise ValueError(f"method {method.name!r} divides, it gives no value")
    if len(arguments) != len(method.takes):
        raise ValueError(f"method {method.name!r} takes {len(method.takes)} arguments")
    if method.gives.per_party:
        arguments = [
            spread(argument, parties) if parameter.per_party else argument
            for parameter, argument in zip(method.takes, arguments, strict=True)
        ]
    return np.asarray(method.compute(*arguments), dtype=np.float64)


def division_of(
    method: Method, available: Whole, asked: Whole, *, weights: Numbers | None = None, unit: int = 1
) -> Whole:
    """Return what each party gets: int64 [scenario, party], whole multiples of `unit`.

    `available`: int64 [scenario]; `asked`: int64 [scenario, party]; `weights`: float64 [scenario,
    party] or [scenario, 1], given exactly where the method takes them. ValueError if it is no
    dividing method, if weights are missing or too many, or if the unit is below one.
    """
    if not method.divides:
        raise ValueError(f"method {method.name!r} gives a value, it does not divide")
    if (weights is not None) != bool(method.takes):
        raise ValueError(f"method {method.name!r} takes {len(method.takes)} arguments")
    if unit < 1:
        raise ValueError(f"a unit is a whole number from one up, not {unit}")
    each = None if weights is None else spread(weights, asked.shape[1])
    return np.asarray(method.compute(available, asked, each, unit), dtype=np.int64)


def spread(values: Numbers, parties: int) -> Numbers:
    """Return values as [scenario, party], a shared one repeated (not to be written to)."""
    return np.broadcast_to(values, (values.shape[0], parties))
