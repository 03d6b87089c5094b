# SPDX-License-Identifier: Apache-2.0
"""When two quantities mean the same, whatever their wording: 14 days and a fortnight, 20 % and one
fifth. Days never turn into months.
"""

from __future__ import annotations

from fractions import Fraction

from pratique.accord.quantities.quantity import Quantity

_MINUTES = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10080}
_MONTHS = {"months": 1, "years": 12}


def same(a: Quantity, b: Quantity) -> bool:
    """Say whether two quantities are equal in meaning.

    24 hours equal one day and 12 months one year; a count equals a bare number; a share equals a
    bare number below one; money needs one currency, an open one ("") fits any.
    """
    if a.kind == b.kind == "duration":
        return _span(a) == _span(b)
    if a.kind == b.kind == "money":
        return a.value == b.value and (a.unit == b.unit or "" in (a.unit, b.unit))
    return a.value == b.value and _alike(a, b)


def _span(quantity: Quantity) -> tuple[str, Fraction]:
    if quantity.unit in _MONTHS:
        return "months", quantity.value * _MONTHS[quantity.unit]
    return "minutes", quantity.value * _MINUTES[quantity.unit]


def _alike(a: Quantity, b: Quantity) -> bool:
    kinds = {a.kind, b.kind}
    if kinds <= {"count", "number"}:
        return True
    if kinds == {"share", "number"}:
        return a.value.denominator != 1
    return len(kinds) == 1
