# SPDX-License-Identifier: Apache-2.0
"""Imports as the tests make them: a file of some text, a mapping of some keys, a day of today."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pratique.base.moment import day_from_iso
from pratique.exchange.counts.gazetteer import Gazetteer, Place
from pratique.exchange.counts.importing import Imported, imported
from pratique.exchange.counts.mapping import mapping_from

FOLDER = Path(__file__).parents[3] / "data" / "import"
TODAY = day_from_iso("2015-01-31")
PLACES = Gazetteer(
    [
        Place("Nzérékoré", "GIN-NZ", others=("N'Zérékoré",), population=396_949),
        Place("Guéckédou", "GIN-GU"),
        Place("Kailahun", "SLE-KA"),
        Place("Lofa", "LBR-LO", others=("Lofa County",)),
    ]
)
PLAIN: dict[str, Any] = {
    "rhythm": "daily",
    "columns": {"place": "place", "period": "date", "value": "cases"},
    "fixed": {"indicator": "cases", "disease": "ebola"},
    "dates": {"known": "period"},
}


def made(
    path: Path,
    keys: Mapping[str, Any] = PLAIN,
    *,
    places: Gazetteer | None = PLACES,
    today: int = TODAY,
) -> Imported:
    """Return what a file comes to by a mapping of some keys."""
    return imported([path], mapping_from(keys), gazetteer=places, today=today)


def of_text(
    folder: Path, text: str | bytes, keys: Mapping[str, Any] = PLAIN, *, name: str = "counts.csv"
) -> Imported:
    """Return what a text comes to, written into a file first."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return made(path, keys)


def fates(found: Imported) -> dict[int, str]:
    """Return what became of each line: the count taken, or the reason why not."""
    assert found.report.is_whole
    lines: dict[int, str] = {one.raw.line: str(one.value) for one in found.taken}
    return dict(sorted({**lines, **{u.raw.line: u.reason.code for u in found.unused}}.items()))
