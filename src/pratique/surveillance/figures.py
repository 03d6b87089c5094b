# SPDX-License-Identifier: Apache-2.0
"""Numbers as a reason tells them: whole counts whole, others rounded to what can be read."""

from __future__ import annotations

from decimal import Decimal


def figure(value: float, digits: int = 1) -> int | Decimal:
    """Return a whole number as such, any other rounded to so many decimals."""
    number = float(value)
    if number.is_integer():
        return int(number)
    return Decimal(f"{number:.{digits}f}")
