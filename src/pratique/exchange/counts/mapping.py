# SPDX-License-Identifier: Apache-2.0
"""The mapping file: what a source's columns, words, dates and figures mean. TOML, read strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pratique.base.moment import day_from_iso
from pratique.base.text import Code, Sentence, say
from pratique.exchange.counts.faults import NotMapping
from pratique.exchange.counts.layout import IDENTITY
from pratique.exchange.counts.reading.figures import MISSING, Writing
from pratique.exchange.counts.reading.periods import Dating, is_form
from pratique.exchange.counts.rows import How
from pratique.surveillance.series.rhythm import Rhythm

Format = Literal["csv", "xlsx", "dhis2", "linelist", "matrix"]
FIELDS = (
    *IDENTITY,
    *("option", "period", "year", "week", "known"),
    *("value", "population", "expected", "reporting", "person"),
)
"""What a column may mean; `option` gives several of the others by [words.option]."""
_LARGEST_FILE = 4_000_000
_BAND = re.compile(r"(\d{1,3})(?:-(\d{1,3})|\+)\Z")
Gives = dict[str, str]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Dates(_Strict):
    """[dates]: how days are written, and when figures without a day known became known."""

    forms: list[str] = []
    known: str = ""


class Numbers(_Strict):
    """[numbers]: how figures are written."""

    decimal: Literal[".", ","] | None = None
    grouping: Literal[",", ".", " ", "'"] | None = None
    missing: list[str] = list(MISSING)
    approximate: Literal["refuse", "take"] = "refuse"
    parentheses: Literal["refuse", "first"] = "refuse"


class Places(_Strict):
    """[places]: names accepted as others, beyond what the gazetteer knows."""

    accept: dict[str, str] = {}


class Sheet(_Strict):
    """[sheet]: where in a workbook the table stands."""

    name: str = ""
    header: int = Field(default=1, ge=1, le=1000)
    merged: Literal["refuse", "fill"] = "refuse"


class Matrix(_Strict):
    """[matrix]: columns that are none of [columns] are values of one field."""

    across: Literal["period", "indicator", "disease", "class", "place", "age", "sex", "group"]
    ignore: list[str] = []


class Measure(_Strict):
    """[[measures]]: what some words in the column of indicators mean, or why they are skipped."""

    names: list[str] = Field(min_length=1)
    indicator: str = ""
    disease: str = ""
    class_: str = Field(default="", alias="class")
    place: str = ""
    age: str = ""
    sex: str = ""
    group: str = ""
    how: How = "new"
    skip: str = ""


class Skip(_Strict):
    """[[skip]]: rows set aside on purpose, by the words in a column, and why."""

    column: str
    values: list[str] = Field(min_length=1)
    reason: str = Field(min_length=1)


class Mapping(_Strict):
    """A mapping file as a whole."""

    format: Format = "csv"
    encoding: str = "auto"
    fallback: str = ""
    delimiter: str = ""
    rhythm: Rhythm
    columns: dict[str, str] = {}
    fixed: dict[str, str] = {}
    dates: Dates = Dates()
    numbers: Numbers = Numbers()
    places: Places = Places()
    sheet: Sheet = Sheet()
    matrix: Matrix | None = None
    measures: list[Measure] = []
    words: dict[str, dict[str, str | Gives]] = {}
    ages: list[str] = []
    skip: list[Skip] = []
    conflicts: Literal["refuse", "last"] = "refuse"
    first_total: Literal["aside", "count"] = "aside"

    @property
    def writing(self) -> Writing:
        """How figures are written."""
        numbers = self.numbers
        return Writing(
            numbers.decimal,
            numbers.grouping,
            frozenset({"", *(word.casefold().strip() for word in numbers.missing)}),
            numbers.approximate == "take",
            numbers.parentheses == "first",
        )

    @property
    def dating(self) -> Dating:
        """How days are written."""
        return Dating(self.rhythm, tuple(self.dates.forms))


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in a TOML file; NotMapping, with the key, if it is not sound."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise NotMapping(say("{file} is too large", file=str(path)))
        table = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as fault:
        why = fault.strerror or ""
        raise NotMapping(
            say("{file} cannot be opened: {fault}", file=str(path), fault=why)
        ) from fault
    except UnicodeDecodeError as fault:
        raise NotMapping(say("{file} is not UTF-8 text", file=str(path))) from fault
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise NotMapping(
            say("{file} cannot be read: {fault}", file=str(path), fault=str(fault))
        ) from fault
    return mapping_from(table, path.name)


def mapping_from(table: Table[str, Any], name: str = "mapping") -> Mapping:
    """Return the mapping in a table; NotMapping, with the key, if it is not sound."""
    try:
        mapping = Mapping.model_validate(table)
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_context=True)[0]
        key = ".".join(str(part) for part in first["loc"] if part not in ("str", "dict[str,str]"))
        raise NotMapping(
            say(
                "{file}, key {key}: {why}",
                file=name,
                key=Code(key),
                why=_why(str(first["type"]), dict(first.get("ctx", {}))),
            )
        ) from fault
    for key, why in _faults(mapping):
        raise NotMapping(say("{file}, key {key}: {why}", file=name, key=Code(key), why=why))
    return mapping


def _why(type_: str, given: dict[str, Any]) -> Sentence:
    match type_:
        case "missing":
            return say("it is missing")
        case "extra_forbidden":
            return say("there is no such key")
        case "literal_error":
            return say("it is one of {words}", words=str(given.get("expected", "")))
        case "too_short" | "string_too_short":
            return say("it is empty")
        case "greater_than_equal" | "less_than_equal":
            return say("it is out of range")
        case _:
            return say("it should be {kind}", kind=_kind(type_))


def _kind(type_: str) -> Sentence:
    kinds = {
        "string_type": say("text in quotes"),
        "int_type": say("a whole number"),
        "list_type": say("a list"),
        "dict_type": say("a table"),
        "model_type": say("a table"),
    }
    return kinds.get(type_, say("written otherwise; see the how-to"))


def _faults(mapping: Mapping) -> list[tuple[str, Sentence]]:
    """Return what the keys cannot mean together."""
    known = ", ".join(FIELDS)
    found = [
        (f"columns.{field}", say("there is no such field; there are {fields}", fields=known))
        for field in mapping.columns
        if field not in FIELDS
    ]
    found += [
        (f"{table}.{field}", say("only {fields} can stand here", fields=", ".join(allowed)))
        for table, fields, allowed in (
            ("fixed", mapping.fixed, IDENTITY),
            ("words", mapping.words, (*IDENTITY, "option")),
        )
        for field in fields
        if field not in allowed
    ]
    found += [
        (
            f"words.{field}.{word}.{part}",
            say("only {fields} can stand here", fields=", ".join(IDENTITY)),
        )
        for field, words in mapping.words.items()
        for word, gives in words.items()
        if isinstance(gives, dict)
        for part in gives
        if part not in IDENTITY
    ]
    return [*found, *_lacking(mapping), *_ill_written(mapping), *_twice(mapping)]


def _lacking(mapping: Mapping) -> list[tuple[str, Sentence]]:
    has = {*mapping.columns, *mapping.fixed, mapping.matrix.across if mapping.matrix else ""}
    if mapping.format == "dhis2":
        has |= {"indicator", "period", "value", "place"}
    found = []
    if "period" not in has and not {"year", "week"} <= has:
        found.append(("columns.period", say("some column has to tell the day or the week")))
    counted = mapping.format in ("linelist", "matrix")
    if not counted and "value" not in has:
        found.append(("columns.value", say("some column has to hold the figures")))
    if "indicator" not in has:
        found.append(("fixed.indicator", say("say what is counted, for example `cases`")))
    if (mapping.format == "matrix") != (mapping.matrix is not None):
        found.append(("matrix", say("it goes with format `matrix`, and only with it")))
    if "known" not in has and not mapping.dates.known:
        found.append(
            (
                "dates.known",
                say("without a column of days known: `period`, or a day such as 2014-12-31"),
            )
        )
    if mapping.format == "linelist" and "age" in mapping.columns and not mapping.ages:
        found.append(("ages", say("ages of persons need bands, such as 0-4 and 45+")))
    return found


def _ill_written(mapping: Mapping) -> list[tuple[str, Sentence]]:
    found = [
        ("dates.forms", say("{form} names no day, month and year", form=Code(form)))
        for form in mapping.dates.forms
        if not is_form(form)
    ]
    if mapping.dates.known not in ("", "period") and not _is_day(mapping.dates.known):
        found.append(("dates.known", say("it is `period`, or a day such as 2014-12-31")))
    if mapping.numbers.decimal and mapping.numbers.decimal == mapping.numbers.grouping:
        found.append(("numbers.grouping", say("the same mark cannot do both")))
    if len(mapping.delimiter) > 1:
        found.append(("delimiter", say("it is one character")))
    for key in ("encoding", "fallback"):
        name = getattr(mapping, key)
        if name not in ("", "auto") and not _is_encoding(name):
            found.append((key, say("there is no encoding {name}", name=Code(name))))
    found += [
        ("ages", say("{band} is no band such as 0-4 or 45+", band=Code(band)))
        for band in mapping.ages
        if not _BAND.match(band)
    ]
    found += [
        (
            f"measures.{n}",
            say("it names an indicator, or says in `skip` why it is not taken; not both"),
        )
        for n, measure in enumerate(mapping.measures)
        if bool(measure.skip) == bool(measure.indicator)
        and not (measure.how in ("population", "expected", "reporting") and not measure.skip)
    ]
    return found


def _twice(mapping: Mapping) -> list[tuple[str, Sentence]]:
    seen: dict[str, int] = {}
    found = []
    ways: dict[tuple[str, ...], str] = {}
    for n, measure in enumerate(mapping.measures):
        whose = tuple(getattr(measure, "class_" if f == "class" else f) for f in IDENTITY)
        is_counted = measure.indicator != ""
        if is_counted and ways.setdefault(whose, measure.how) != measure.how:
            found.append(
                (
                    f"measures.{n}.how",
                    say("the same counts come as new and as totals; give one another indicator"),
                )
            )
        for name in measure.names:
            if seen.setdefault(same_word(name), n) != n:
                found.append(
                    (
                        f"measures.{n}.names",
                        say("{name} stands in two measures", name=Code(name)),
                    )
                )
    return found


def same_word(text: str) -> str:
    """Return a word of a source without case and superfluous spaces, for comparison only."""
    return " ".join(text.split()).casefold()


def _is_day(text: str) -> bool:
    try:
        day_from_iso(text)
    except ValueError:
        return False
    return True


def _is_encoding(name: str) -> bool:
    import codecs

    try:
        # Only encodings of text: "hex" and the like are codecs too.
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False


def bands(ages: list[str]) -> list[tuple[int, int, str]]:
    """Return age bands as (from, up to and including, name)."""
    found = [(_BAND.match(band), band) for band in ages]
    return [(int(m[1]), int(m[2]) if m[2] else 999, band) for m, band in found if m]
