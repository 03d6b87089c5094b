# SPDX-License-Identifier: Apache-2.0
"""The clause kinds: one module each with all that is known of it; found by walking this folder."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from pratique.accord.clause import Kind

# The order in which a reader meets them in an accord.
_ORDER = (
    "party", "body", "people", "term", "measure", "status", "pool", "data", "duty", "power",
    "rule", "procedure", "case",
)  # fmt: skip


@cache
def kinds() -> dict[str, Kind]:
    """Return the clause kinds by name."""
    found = [
        import_module(f"{__name__}.{module.name}").KIND for module in pkgutil.iter_modules(__path__)
    ]
    return {kind.name: kind for kind in sorted(found, key=_place)}


def _place(kind: Kind) -> tuple[int, str]:
    return (_ORDER.index(kind.name) if kind.name in _ORDER else len(_ORDER), kind.name)
