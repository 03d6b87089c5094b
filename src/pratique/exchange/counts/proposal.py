# SPDX-License-Identifier: Apache-2.0
"""A mapping proposed for an unknown file: guesses, printed as TOML for a person to correct.

Guessed from the words of the header and the looks of the first cells; an import never guesses.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path

from pratique.exchange.counts.gazetteer import folded
from pratique.exchange.counts.mapping import FIELDS, Format, Mapping
from pratique.exchange.counts.reading.figures import Writing, figure_of
from pratique.exchange.counts.reading.periods import day_written
from pratique.exchange.counts.rows import Raw, Reason
from pratique.exchange.counts.sources import rows_of
from pratique.surveillance.series.rhythm import Rhythm
from pratique.surveillance.series.weeks import week_from_text

_NOT_COUNTED = re.compile("rate|ratio|percent|cfr|contact|negative|nationality")
_LOOKED_AT = 20_000
_MOST_WORDS = 60


def proposal(path: Path) -> str:
    """Return a mapping to begin with, as TOML; NotCounts if the file cannot be read at all."""
    source = _format(path)
    rows = list(islice(rows_of(path, _open(source)), _LOOKED_AT))
    sound = [row for row in rows if row.ill is None]
    if source == "dhis2":
        return _written(source, {}, _rhythm([_cell(row, "period") for row in sound]), sound)
    header = rows[0].header if rows else ()
    columns = _columns(header, sound)
    bare = {folded(_words(name)) for name in header}
    if source == "csv" and "value" not in columns and bare & set(_names()["persons"]):
        source = "linelist"
    texts = [_cell(row, columns.get("period", "")) for row in sound]
    return _written(source, columns, _rhythm(texts), sound)


@cache
def _names() -> dict[str, list[str]]:
    written = resources.files("pratique.exchange.counts").joinpath("column_names.toml")
    return tomllib.loads(written.read_text("utf-8"))


def _open(source: Format) -> Mapping:
    return Mapping(format=source, rhythm="daily")


def _format(path: Path) -> Format:
    if path.suffix.lower() == ".json":
        return "dhis2"
    return "xlsx" if path.suffix.lower() in (".xlsx", ".xlsm") else "csv"


def _words(name: str) -> str:
    """Return a column's name as words: `caseUuid` and `report_date` alike."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)


def _cell(row: Raw, column: str) -> str:
    return str(row.cell(column)).strip()


def _columns(header: Sequence[str], rows: Sequence[Raw]) -> dict[str, str]:
    """Return which column may be which field, by the first of the field's names that is there."""
    by_word = {folded(_words(name)): name for name in header}
    found: dict[str, str] = {}
    for field in FIELDS:
        for word in _names().get(field, []):
            name = by_word.get(word) or _beginning_with(word, by_word)
            if name and (name not in found.values() or field == "known"):
                found[field] = name
                break
    looks: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("period", _is_period),
        ("value", lambda text: not isinstance(figure_of(text, Writing()), Reason)),
    )
    for field, is_such in looks:
        if field not in found:
            name = next((n for n in header if _mostly(rows, n, is_such, set(found.values()))), "")
            found |= {field: name} if name else {}
    return found


def _beginning_with(word: str, by_word: dict[str, str]) -> str:
    """Return a column such as `district_std` for the word `district`."""
    if len(word) < 6:
        return ""
    return next((name for bare, name in by_word.items() if bare.startswith(f"{word} ")), "")


def _mostly(
    rows: Sequence[Raw], column: str, is_such: Callable[[str], bool], taken: set[str]
) -> bool:
    texts = [text for row in rows[:200] if (text := _cell(row, column))]
    return column not in taken and bool(texts) and sum(map(is_such, texts)) > 0.8 * len(texts)


def _is_period(text: str) -> bool:
    found = day_written(text, ())
    return not isinstance(found, Reason) or found.code == "ambiguous_date" or _is_week(text)


def _is_week(text: str) -> bool:
    try:
        week_from_text(text, "iso_week")
    except ValueError:
        return False
    return True


def _rhythm(texts: Sequence[str]) -> Rhythm:
    """Return weeks if periods are weeks, or days that are all the same day of the week."""
    weeks = sum(map(_is_week, texts))
    days = {day for text in texts if not isinstance(day := day_written(text, ()), Reason)}
    weekdays = {day % 7 for day in days}
    if weeks > len(texts) / 2 or (len(days) > 3 and len(weekdays) == 1):
        # Day 0 was a Thursday: Sundays are 3 days after it.
        return "mmwr_week" if weekdays == {3} else "iso_week"
    return "daily"


def _written(source: Format, columns: dict[str, str], rhythm: Rhythm, rows: Sequence[Raw]) -> str:
    lines = [
        "# Proposed by `pratique import --propose`: a guess. Look at every line before you use it.",
        f"format = {_quoted(source)}",
        f'rhythm = {_quoted(rhythm)}  # "daily", "iso_week" (Monday) or "mmwr_week" (Sunday)',
    ]
    if source == "linelist" and "age" in columns:
        lines.append('ages = ["0-4", "5-14", "15-44", "45+"]')
    lines += ["", "[columns]", *(f"{field} = {_quoted(c)}" for field, c in columns.items()), ""]
    indicator = columns.get("indicator", "dataElement" if source == "dhis2" else "")
    lines += ["[fixed]", *([] if indicator else ['indicator = "cases"']), 'disease = "?"', ""]
    if "known" not in columns:
        lines += ["[dates]", 'known = "period"  # not told: as if known when its period ended', ""]
    lines += _forms(columns, rows)
    if indicator:
        lines += _measures([_cell(row, indicator) for row in rows])
    return "\n".join(lines).rstrip("\n") + "\n"


def _forms(columns: dict[str, str], rows: Sequence[Raw]) -> list[str]:
    texts = [_cell(row, columns.get(field, "")) for field in ("period", "known") for row in rows]
    found = [day_written(text, ()) for text in texts if text]
    if any(isinstance(one, Reason) and one.code == "ambiguous_date" for one in found):
        return ["# Some dates may be two days. Which is right?", '# forms = ["DD/MM/YYYY"]', ""]
    return []


def _measures(texts: Sequence[str]) -> list[str]:
    """Return measures for the words in the column of indicators; what is no case or death waits."""
    words = Counter(filter(None, texts)).most_common(_MOST_WORDS)
    known: dict[tuple[str, ...], list[str]] = {}
    for text, _ in words:
        known.setdefault(_meaning(folded(text)), []).append(text)
    has_totals = any(meaning[-1] == "cumulative" for meaning in known)
    lines: list[str] = []
    for (indicator, class_, group, how), names in known.items():
        named = f"new_{indicator}" if how == "new" and has_totals else indicator
        lines += ["[[measures]]", f"names = [{', '.join(map(_quoted, names))}]"]
        if not indicator:
            lines += ['skip = "not proposed: say what it counts, or why not"', ""]
            continue
        said = {"indicator": named, "class": class_, "group": group, "how": how}
        lines += [*(f"{key} = {_quoted(word)}" for key, word in said.items() if word), ""]
    return lines


def _meaning(bare: str) -> tuple[str, str, str, str]:
    """Return indicator, class, group and how of folded words; blank where there is no telling."""
    is_death = re.search(r"\b(?:deaths?|deces|dead|obitos?)\b", bare)
    is_case = re.search(r"\b(?:cases?|cas|casos?|new|cum)\b", bare)
    if not (is_death or is_case) or re.search(
        r"rate|ratio|percent|cfr|contact|negative|nationality", bare
    ):
        return ("", "", "", "")
    classes = [name for name in ("suspected", "probable", "confirmed") if name[:7] in bare]
    is_total = re.search(r"\b(?:cum|cumulative|total|cumul|cumule)\b", bare)
    return (
        "deaths" if is_death else "cases",
        classes[0] if len(classes) == 1 else "",
        "health workers" if re.search(r"\bhcw|health worker|soignant", bare) else "",
        "cumulative" if is_total else "new",
    )


def _quoted(text: str) -> str:
    """Return a text as a TOML string; JSON's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
