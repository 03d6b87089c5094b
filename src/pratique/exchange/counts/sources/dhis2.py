# SPDX-License-Identifier: Apache-2.0
"""DHIS2's dataValueSets as JSON. Who stored a value, and comments, are left behind on arrival.

Source: DHIS2 developer documentation, "Data values"; checked against its published examples.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pratique.base.text import say
from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.rows import Raw, Reason

LARGEST = 500_000_000
"""JSON is read as a whole; larger sets are exported by period."""
HEADER = (
    *("dataElement", "period", "orgUnit", "categoryOptionCombo", "attributeOptionCombo"),
    *("value", "created", "lastUpdated", "deleted", "followup"),
)
COLUMNS = {
    "indicator": "dataElement",
    "period": "period",
    "place": "orgUnit",
    "option": "categoryOptionCombo",
    "value": "value",
}
"""What the keys mean unless the mapping says otherwise."""


def dhis2_rows(path: Path) -> Iterator[Raw]:
    """Yield the values of a set, numbered from 1; NotCounts if the file is no such set."""
    whole = _json(path)
    values = whole.get("dataValues") if isinstance(whole, dict) else None
    if not isinstance(values, list):
        raise NotCounts(say("{file} is no DHIS2 set: it has no list `dataValues`", file=path.name))
    # Period and place may be told once, for the whole set.
    shared = {key: whole[key] for key in ("period", "orgUnit") if key in whole}
    for number, one in enumerate(values, 1):
        yield _row(path.name, number, shared, one)


def _row(file: str, number: int, shared: Mapping[str, Any], one: Any) -> Raw:
    if not isinstance(one, dict):
        return Raw(file, number, HEADER, (), Reason("no_value", say("it is no data value")))
    told = {**shared, **one}
    cells = tuple(_text(told.get(key, "")) for key in HEADER)
    if any(cell is None for cell in cells):
        ill = Reason("no_value", say("a key of the data value holds a list or a table"))
        return Raw(file, number, HEADER, tuple(cell or "" for cell in cells), ill)
    row = Raw(file, number, HEADER, tuple(cell or "" for cell in cells))
    if "\0" in "".join(str(cell) for cell in row.cells):
        ill = Reason("nul", say("the row holds a NUL character"))
    elif any(len(str(cell)) > 32_767 for cell in row.cells):
        ill = Reason("huge", say("a cell is too long to be one"))
    elif row.cell("deleted") == "true":
        ill = Reason("deleted", say("it is deleted in the source"), aside=True)
    else:
        return row
    return Raw(file, number, HEADER, row.cells, ill)


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return value if isinstance(value, str) else None


def _json(path: Path) -> Any:
    if path.stat().st_size > LARGEST:
        raise NotCounts(say("{file} is too large", file=str(path)))
    try:
        # Figures stay as written: nothing is rounded, and no figure is too long to be refused.
        return json.loads(path.read_bytes(), parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError as fault:
        raise NotCounts(say("{file} is nested too deeply", file=path.name)) from fault
    except (ValueError, UnicodeError) as fault:
        raise NotCounts(
            say("{file} is not JSON: {fault}", file=path.name, fault=str(fault))
        ) from fault
