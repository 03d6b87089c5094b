# SPDX-License-Identifier: Apache-2.0
"""Quantities in treaty prose, English and French, in digits and in words, with their places.

What the echo check compares with a clause. Not a grammar of prose: references, names, codes, years,
"one" as a pronoun and "first" are no quantities here.
"""

from __future__ import annotations

from pratique.accord.quantities.match import same
from pratique.accord.quantities.quantity import Quantity
from pratique.accord.quantities.reading import is_read, quantities

__all__ = ["Quantity", "is_read", "quantities", "same"]
