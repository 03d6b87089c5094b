# SPDX-License-Identifier: Apache-2.0
"""All detectors, one a module, each a plain value; found by walking this package."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from pratique.surveillance.detector import Detector


@cache
def detectors() -> Mapping[str, Detector]:
    """Return every detector by name, in the order of the names; ValueError if two share one."""
    found: dict[str, Detector] = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Detector) and found.setdefault(value.name, value) is not value:
                raise ValueError(f"two detectors are named {value.name!r}")
    return MappingProxyType(dict(sorted(found.items())))


def detector_named(name: str) -> Detector:
    """Return the detector of that name; ValueError names those that there are."""
    found = detectors().get(name)
    if found is None:
        raise ValueError(f"there is no detector `{name}`; there are {', '.join(detectors())}")
    return found
