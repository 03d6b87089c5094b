# SPDX-License-Identifier: Apache-2.0
"""The catalogue of findings: what each public code means, and a small accord with and without it.

It finds nothing itself. A code, once public, keeps its meaning.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from pratique.accord.check import catalogue
from pratique.accord.check.catalogue.entry import FindingCode

__all__ = ["CODES", "FindingCode", "code_named"]


def code_named(code: str) -> FindingCode | None:
    """Return what is known of a code, in whatever case it is typed, or None."""
    return CODES.get(code.strip().upper())


def _declared() -> Iterator[FindingCode]:
    for module in pkgutil.iter_modules(catalogue.__path__, f"{catalogue.__name__}."):
        found = vars(import_module(module.name)).values()
        yield from (one for one in found if isinstance(one, FindingCode))


CODES: dict[str, FindingCode] = {
    one.code: one for one in sorted(_declared(), key=lambda one: one.code[1:])
}
"""Every code that `check` or a rehearsal can give, in order of their numbers."""
