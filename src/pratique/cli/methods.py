# SPDX-License-Identifier: Apache-2.0
"""All methods that clauses may call by name, found by walking the fields of practice."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType, ModuleType

from pratique import practice
from pratique.accord.method import Method, Registry


@cache
def methods() -> Registry:
    """Return every method of `practice/*/methods.py` by name; ValueError if two share a name."""
    return registered(method for module in _modules() for method in declared(module))


def registered(found: Iterable[Method]) -> Registry:
    """Return methods by name, in the order given; ValueError if two share a name."""
    registry: dict[str, Method] = {}
    for method in found:
        if method.name in registry:
            raise ValueError(f"two methods are named {method.name!r}")
        registry[method.name] = method
    return MappingProxyType(registry)


def declared(module: ModuleType) -> list[Method]:
    """Return the methods that a module declares at its top level, in their order."""
    return [value for value in vars(module).values() if isinstance(value, Method)]


def _modules() -> Iterator[ModuleType]:
    for field in pkgutil.iter_modules(practice.__path__, f"{practice.__name__}."):
        name = f"{field.name}.methods"
        if field.ispkg and find_spec(name) is not None:
            yield import_module(name)
