# SPDX-License-Identifier: Apache-2.0
"""What became of every row of an import: taken, set aside, refused; and what was read otherwise.

INVARIANT: given = taken + set aside + refused. Rows as given are counted where they are read, the
others where they end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pratique.base.text import Sentence, render, say
from pratique.exchange.counts.rows import Change, Reading, Unused

_EXAMPLES = 5
_MOST_WORDS = 1000


@dataclass(slots=True)
class Tally:
    """How many rows share a reason; the first of them, and what was said of that one."""

    rows: int
    told: Sentence
    first: list[str] = field(default_factory=list)
    words: dict[str, tuple[Sentence, int]] = field(default_factory=dict)
    """Of words and places that are not known: what was said of each, and of how many rows."""


@dataclass(slots=True)
class Readings:
    """How many cells one rule read otherwise than they are written, and examples, numbered."""

    cells: int = 0
    examples: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every row. `unit` is what is counted: rows, cells or persons."""

    unit: str
    files: Mapping[str, int]
    given: int
    taken: int
    set_aside: int
    refused: int
    written: int
    series: int
    aside_for: Mapping[str, Tally]
    refused_for: Mapping[str, Tally]
    read_otherwise: Mapping[str, Readings]

    @property
    def is_whole(self) -> bool:
        """Whether every row given is accounted for."""
        return self.given == self.taken + self.set_aside + self.refused


def tallies(unused: Iterable[Unused]) -> dict[str, Tally]:
    """Return rows not taken, by reason, the most frequent first; each skip rule for itself."""
    found: dict[str, Tally] = {}
    for one in unused:
        code = one.reason.code
        key = f"skip: {render(one.reason.sentence)}" if code == "skip" else code
        tally = found.setdefault(key, Tally(0, one.reason.sentence))
        tally.rows += 1
        if len(tally.first) < _EXAMPLES:
            tally.first.append(f"{one.raw.file}:{one.raw.line}")
        if code.startswith("unknown") and len(tally.words) < _MOST_WORDS:
            word = render(one.reason.sentence)
            tally.words[word] = (one.reason.sentence, tally.words.get(word, (0, 0))[1] + 1)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].rows, pair[0])))


def read_otherwise(taken: Iterable[Reading]) -> dict[str, Readings]:
    """Return what was read otherwise than it is written in the rows taken, by rule."""
    found: dict[str, Readings] = {}
    for row in taken:
        for change in row.changes:
            _note(found.setdefault(change.code, Readings()), change)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].cells, pair[0])))


def _note(readings: Readings, change: Change) -> None:
    readings.cells += 1
    pair = (change.given, change.read)
    if pair in readings.examples or len(readings.examples) < 1000:
        readings.examples[pair] = readings.examples.get(pair, 0) + 1


def report_record(report: Report, language: str) -> dict[str, Any]:
    """Return a report as plain values, for JSON; codes and keys are the same in every language."""
    return {
        "unit": report.unit,
        "files": dict(report.files),
        "given": report.given,
        "taken": report.taken,
        "set_aside": report.set_aside,
        "refused": report.refused,
        "rows_written": report.written,
        "series_written": report.series,
        "set_aside_for": _reasons(report.aside_for, language),
        "refused_for": _reasons(report.refused_for, language),
        "read_otherwise": [
            {
                "rule": rule,
                "means": render(rule_words(rule), language),
                "cells": one.cells,
                "most": [
                    {"given": given, "read": read, "cells": cells}
                    for (given, read), cells in _most(one)
                ],
            }
            for rule, one in report.read_otherwise.items()
        ],
    }


def _reasons(reasons: Mapping[str, Tally], language: str) -> list[dict[str, Any]]:
    return [
        {
            "reason": key.partition(":")[0],
            "means": render(reason_words(key, tally), language),
            "rows": tally.rows,
            "for_example": render(tally.told, language),
            "first": tally.first,
            "each": [
                {"why": render(told, language), "rows": rows} for told, rows in by_rows(tally)
            ],
        }
        for key, tally in reasons.items()
    ]


def _most(readings: Readings) -> list[tuple[tuple[str, str], int]]:
    return sorted(readings.examples.items(), key=lambda pair: (-pair[1], pair[0]))[:20]


def by_rows(tally: Tally) -> list[tuple[Sentence, int]]:
    """Return what was said of each word or place that is not known, the most frequent first."""
    return sorted(tally.words.values(), key=lambda pair: (-pair[1], render(pair[0])))


def reason_words(key: str, tally: Tally) -> Sentence:
    """Return what a reason means, of all its rows."""
    if key.startswith("skip"):
        return tally.told
    return _reasons_told().get(key, tally.told)


def rule_words(rule: str) -> Sentence:
    """Return what a rule of reading does."""
    return _rules_told()[rule]


def _reasons_told() -> dict[str, Sentence]:
    return {
        "ambiguous_date": say("a date that may be two days"),
        "ambiguous_number": say("a figure that may be a thousand or a fraction"),
        "approximate": say("a figure that is only about right"),
        "bad_age": say("an age that is no number of years in a band"),
        "bad_date": say("a date in no form known here"),
        "bad_week": say("a week that its year does not have"),
        "before": say("known before its period began"),
        "blank": say("a blank row"),
        "conflict": say("the same count told otherwise on the same day"),
        "deleted": say("deleted in the source"),
        "duplicate": say("the same told twice"),
        "encoding": say("octets that are no text in the encoding"),
        "falling_total": say("a total that falls: a correction of what was counted before"),
        "first_total": say("a first total, whose days are not told"),
        "formula": say("a formula without a stored result"),
        "future": say("a day in the future"),
        "huge": say("a cell or a line too long to be one"),
        "merged": say("a merged cell whose meaning is not told"),
        "missing": say("no figure is told"),
        "negative": say("a negative count"),
        "no_count": say("a denominator without a count beside it"),
        "no_date": say("no date"),
        "no_known": say("no day on which it was known"),
        "no_number": say("a figure that is no count"),
        "no_place": say("no place"),
        "no_value": say("no data value"),
        "not_whole": say("a count that is not a whole number"),
        "nul": say("a NUL character"),
        "odd_word": say("a word that is no name, such as a formula"),
        "open_quote": say("a quotation mark never closed"),
        "other_period": say("a period of another kind"),
        "parentheses": say("two figures in one cell"),
        "per_cent": say("a share in per cent, no count"),
        "ragged": say("more or fewer cells than the header has"),
        "replaced": say("told anew on the same day"),
        "same_person": say("the same person told twice"),
        "too_large": say("a figure too large for a count"),
        "unknown_measure": say("words that no measure of the mapping knows"),
        "unknown_place": say("a place that the gazetteer does not know"),
        "unknown_word": say("a word that the mapping does not know"),
    }


def _rules_told() -> dict[str, Sentence]:
    return {
        "date": say("a day written otherwise than 2014-03-17"),
        "figure_approximate": say("a figure that is only about right"),
        "figure_digits": say("figures in other digits or with marks that cannot be seen"),
        "figure_number": say("figures with groups, signs or decimals"),
        "figure_parentheses": say("the first of two figures"),
        "formula": say("the stored result of a formula"),
        "gap": say("a difference of totals over more than one period, laid on the last"),
        "merged": say("merged cells, filled with the first"),
        "period": say("a period written otherwise than in the tidy table"),
        "place_accepted": say("a place accepted in the mapping"),
        "place_code": say("a place by its code"),
        "place_folded": say("a place in other capitals, accents or punctuation"),
        "place_other_name": say("a place by another of its names"),
        "spelling": say("words of a measure in other capitals or spaces"),
        "total": say("a total into a new count, by its difference"),
        "word": say("a word of the source into ours"),
    }
