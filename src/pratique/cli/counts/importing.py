# SPDX-License-Identifier: Apache-2.0
"""Imports as the command line asks for them: read with progress, told, and written."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pratique.base.moment import Day, day_from_iso, day_of
from pratique.base.text import Sentence, say, say_count
from pratique.cli.places import unwritten
from pratique.cli.speech import CannotRun, is_loud, language, told
from pratique.exchange.counts.faults import NotCounts
from pratique.exchange.counts.gazetteer import Gazetteer, read_gazetteer
from pratique.exchange.counts.importing import Imported, Progress, imported
from pratique.exchange.counts.mapping import read_mapping
from pratique.exchange.counts.proposal import proposal
from pratique.exchange.counts.reading.figures import shortened
from pratique.exchange.counts.report import (
    Readings,
    Report,
    Tally,
    by_rows,
    reason_words,
    report_record,
    rule_words,
)
from pratique.exchange.counts.writing import write_quarantine, write_report, write_tidy
from pratique.surveillance.series.rhythm import Rhythm

_SHOWN = 12
_EXAMPLES = 2
_WORDS = 5


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import came to, and in which rhythm its table is written."""

    made: Imported
    rhythm: Rhythm


def proposed(path: Path) -> str:
    """Return a mapping proposed for a file, as TOML; CannotRun if the file cannot be read."""
    try:
        return proposal(path)
    except NotCounts as fault:
        raise CannotRun(fault.sentence) from fault


def brought_in(
    paths: Sequence[Path], mapping: str | None, gazetteer: str | None, as_of: str | None
) -> Brought:
    """Return what files come to; CannotRun if one, or the mapping, cannot be read."""
    if mapping is None:
        raise CannotRun(
            say("give a mapping with `--mapping`; `--propose` prints one to begin with")
        )
    today = _today(as_of)
    try:
        meant = read_mapping(Path(mapping))
        places: Gazetteer | None = read_gazetteer(Path(gazetteer)) if gazetteer else None
        with _spinner() as progress:
            made = imported(paths, meant, gazetteer=places, today=today, progress=progress)
    except NotCounts as fault:
        raise CannotRun(fault.sentence) from fault
    return Brought(made, meant.rhythm)


def outputs(out: Path) -> tuple[Path, Path, Path]:
    """Return where the table, the quarantine and the report of an import go."""
    stem = out.with_suffix("") if out.suffix == ".csv" else out
    endings = (".csv", ".quarantine.csv", ".report.json")
    table, quarantine, report = (stem.with_name(f"{stem.name}{ending}") for ending in endings)
    return table, quarantine, report


def write(found: Brought, out: Path) -> tuple[Path, Path, Path]:
    """Write table, quarantine and report, and return where; CannotRun if that cannot be."""
    table, quarantine, report = outputs(out)
    try:
        write_tidy(table, found.made.counts, found.rhythm)
        write_quarantine(quarantine, found.made.unused, language())
        write_report(report, found.made.report, language())
    except OSError as fault:
        raise unwritten(out, fault) from fault
    return table, quarantine, report


def report_json(found: Brought) -> str:
    """Return the report as JSON."""
    return json.dumps(report_record(found.made.report, language()), ensure_ascii=False, indent=2)


def account(found: Brought) -> Iterator[Sentence | str]:
    """Yield the report as lines for a terminal: the sum first, then why and what."""
    report = found.made.report
    yield _given(report)
    width = len(told(say("{n}", n=report.given)))
    for number, sentence in (
        (report.taken, _taken(report)),
        (report.set_aside, say("set aside: nothing wrong, nothing to count")),
        (report.refused, say("refused")),
    ):
        yield _line(_number(number, width), told(sentence))
    yield from _reasons(say("Refused"), report.refused_for, width, is_shown=True)
    yield from _reasons(say("Set aside"), report.aside_for, width, is_shown=False)
    yield from _otherwise(report.read_otherwise, width)
    yield ""


def _given(report: Report) -> Sentence:
    files = ", ".join(report.files)
    n = report.given
    match report.unit:
        case "persons":
            return say_count("{files}: {n} person", "{files}: {n} persons", n=n, files=files)
        case "cells":
            return say_count("{files}: {n} cell", "{files}: {n} cells", n=n, files=files)
        case _:
            return say_count("{files}: {n} row", "{files}: {n} rows", n=n, files=files)


def _taken(report: Report) -> Sentence:
    return say(
        "taken, as {counts} counts of {series} series", counts=report.written, series=report.series
    )


def _reasons(
    title: Sentence, reasons: Mapping[str, Tally], width: int, *, is_shown: bool
) -> Iterator[str]:
    if not reasons:
        return
    yield ""
    yield told(title)
    for key, tally in list(reasons.items())[:_SHOWN]:
        yield _line(_number(tally.rows, width), told(reason_words(key, tally)))
        if is_shown:
            yield from (_line(" " * width, told(one)) for one in _shown(tally))
    if len(reasons) > _SHOWN:
        rest = say_count("and {n} more reason", "and {n} more reasons", n=_rest(reasons))
        yield f"  {told(rest)}"


def _shown(tally: Tally) -> Iterator[Sentence]:
    """Yield what was said of the first row; of words not known, of the most frequent ones."""
    if not tally.words:
        yield say("{place}: {words}", place=tally.first[0], words=tally.told)
    for words, rows in by_rows(tally)[:_WORDS]:
        yield say_count("{n} row: {words}", "{n} rows: {words}", n=rows, words=words)


def _line(number: str, words: str) -> str:
    """Return a line of the account, wrapped beside its number."""
    indent = " " * (len(number) + 4)
    return textwrap.fill(
        f"  {number}  {words}",
        100,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _rest(reasons: Mapping[str, object]) -> int:
    return len(reasons) - _SHOWN


def _otherwise(rules: Mapping[str, Readings], width: int) -> Iterator[str]:
    if not rules:
        return
    yield ""
    yield told(say("Read otherwise than written"))
    for rule, one in rules.items():
        number, means = _number(one.cells, width), told(rule_words(rule))
        most = sorted(one.examples.items(), key=lambda pair: (-pair[1], pair[0]))[:_EXAMPLES]
        pairs = [f"{shortened(given)} → {shortened(read)}" for (given, read), _ in most if given]
        shown = say("{rule}: {examples}", rule=means, examples="; ".join(pairs))
        yield _line(number, told(shown) if pairs and rule != "total" else means)


def _number(number: int, width: int) -> str:
    return told(say("{n}", n=number)).rjust(width)


def _today(as_of: str | None) -> Day:
    if as_of is None:
        return day_of(datetime.now(UTC).date())
    try:
        return day_from_iso(as_of)
    except ValueError as fault:
        raise CannotRun(say("`{words}` is not a day such as 2014-12-31", words=as_of)) from fault


@contextmanager
def _spinner() -> Iterator[Progress | None]:
    """Show on a terminal's standard error how far the reading is; nothing elsewhere."""
    if not is_loud():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda name, n: status.update(told(say("{name}: {n} rows read", name=name, n=n)))
