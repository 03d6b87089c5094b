# SPDX-License-Identifier: Apache-2.0
"""One quantity found in prose. The value is exact; the place is in characters of the prose."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Quantity:
    """A duration, share, amount of money, count, date or bare number, and where it is written.

    `kind`: duration, share, money, count, date or number. `value`: of a duration in `unit`; of a
    share as a fraction of one; of money in units of the currency; of a date its day as in
    `base.moment`. `unit`: minutes … years, an ISO 4217 code ("" for a currency left open), else "".
    """

    kind: str
    value: Fraction
    unit: str
    start: int
    end: int
    text: str
