# SPDX-License-Identifier: Apache-2.0
"""What an indicator counts and how it adds: one definition each, as a table beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, get_args

Adds = Literal["sum", "mean", "never"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A thing counted; `adds` says how over places and groups (mean: weighted by population).

    `over_days`: days of it add up; not so of what is there each day anew, such as beds.
    """

    name: str
    unit: str
    adds: Adds
    over_days: bool = True

    @property
    def adds_over_days(self) -> bool:
        """Whether a week's is the sum of its days'."""
        return self.adds == "sum" and self.over_days


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return the indicators that Pratique knows, by name."""
    written = resources.files("pratique.surveillance.series").joinpath("indicators.toml")
    tables = tomllib.loads(written.read_text("utf-8"))
    return MappingProxyType({name: indicator_from(name, table) for name, table in tables.items()})


def indicator_from(name: str, table: Mapping[str, object]) -> Indicator:
    """Return an indicator from its table; ValueError if `adds` is no way of adding."""
    for adds in get_args(Adds):
        if table.get("adds") == adds:
            over_days = table.get("over_days", True) is True
            return Indicator(name, str(table.get("unit", "")), adds, over_days)
    raise ValueError(f"`{name}` adds as {', '.join(get_args(Adds))}, not {table.get('adds')}")
