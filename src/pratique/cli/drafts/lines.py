# SPDX-License-Identifier: Apache-2.0
"""A comparison of two drafts laid out for a terminal: what matters first on one screen."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from unicodedata import category

from pratique.accord.comparison.clauses import BESIDE, HEADER, ClauseChange, FieldChange
from pratique.accord.comparison.redline import Passage, Piece
from pratique.base.text import Code, Sentence, say, say_count
from pratique.cli.drafts.table import table_lines
from pratique.cli.speech import told
from pratique.rehearsal.comparing.compared import Comparison, Replayed
from pratique.rehearsal.comparing.limits import limits, over_words, source_words
from pratique.rehearsal.comparing.shifts import foremost, others
from pratique.rehearsal.comparing.sums import (
    PAY_ALIKE,
    ledgers,
    parties_pay_alike,
    totals_words,
)

WIDTH, LEAST = 100, 40
MOST_FOREMOST, MOST_TOTALS, MOST_TABLES, MOST_CLAUSES = 4, 3, 2, 3
"""Lines of each part of the first screen; the page and JSON have all."""
KEPT = 8
"""Words shown at each end of what stayed the same."""

_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def comparison_lines(found: Comparison) -> Iterator[str]:
    """Iterate over the lines of a comparison: behaviour, clauses, words; only what differs."""
    yield from map(_harmless, _lines(found))


def _harmless(line: str) -> str:
    """Return a line in which nothing is left that a terminal would obey."""
    return "".join(
        one.encode("unicode_escape").decode("ascii")
        if category(one) == "Cc" or one in _TURNING
        else one
        for one in line
    )


def _lines(found: Comparison) -> Iterator[str]:
    if found.is_same:
        yield told(say("the drafts are the same"))
        if isinstance(found.behaviour, Sentence):
            yield told(found.behaviour)
        return
    for sign, draft in (("-", found.old), ("+", found.new)):
        yield from _wrapped(f"{sign} {told(draft.sentence)}", "")
    yield from _behaviour(found)
    if found.settings or found.clauses:
        yield from ("", told(say("Clauses")))
        yield from _fields(found.settings)
        for clause in found.clauses:
            yield from _clause(clause)
    if found.words:
        yield from ("", told(say("Words")))
        for passage in found.words:
            yield from _passage(passage)


# --- behaviour ------------------------------------------------------------------------------------


def _behaviour(found: Comparison) -> Iterator[str]:
    yield ""
    differs = found.behaviour
    if isinstance(differs, Sentence):
        yield from _wrapped(told(say("Behaviour: {reason}", reason=differs)), "")
        return
    yield from _wrapped(told(over_words(differs)), "")
    for sentence in (source_words(differs), *found.asides):
        yield from _wrapped(told(sentence), "  ")
    yield ""
    if differs.differs.is_same:
        yield "  " + told(say("no difference: the same comes about on the same days"))
    else:
        yield from _differences(differs)
    yield from ("", told(say("What this cannot know")))
    for sentence in limits(differs):
        yield from _wrapped(told(sentence), "  ")


def _differences(found: Replayed) -> Iterator[str]:
    yield from _listed(foremost(found), MOST_FOREMOST)
    yield from _listed(list(totals_words(found)), MOST_TOTALS)
    tables = ledgers(found)
    for ledger in tables[:MOST_TABLES]:
        yield ""
        yield from table_lines(found, ledger, _width())
    yield from _left(len(tables) - MOST_TABLES)
    if parties_pay_alike(found) and found.differs.totals:
        yield from _wrapped(told(PAY_ALIKE), "  ")
    if rest := others(found):
        yield from ("", "  " + told(say("Also:")))
        yield from _listed(rest, MOST_CLAUSES)


def _listed(sentences: Sequence[Sentence], most: int) -> Iterator[str]:
    for sentence in sentences[:most]:
        yield from _wrapped(told(sentence), "  ")
    yield from _left(len(sentences) - most)


def _left(n: int) -> Iterator[str]:
    if n > 0:
        more = say_count(
            "… and {n} more such line: `--html` and `--format json` have all",
            "… and {n} more such lines: `--html` and `--format json` have all",
            n=n,
        )
        yield from _wrapped(told(more), "  ")


# --- clauses and words ----------------------------------------------------------------------------


def _clause(one: ClauseChange) -> Iterator[str]:
    name, was = Code(one.name), Code(one.was)
    match one.change:
        case "added":
            yield "  " + told(say("{name} is new", name=name))
        case "removed":
            yield "  " + told(say("{name} is left out", name=name))
        case "renamed":
            yield "  " + told(say("{name} was {was}", name=name, was=was))
        case "changed":
            yield "  " + told(say("{name} is changed", name=name))
    yield from _fields(one.fields)


def _fields(fields: Sequence[FieldChange]) -> Iterator[str]:
    for one in fields:
        for sign, words in (("-", one.old), ("+", one.new)):
            if words is not None:
                yield from _wrapped(f"{sign} {_field(one.name, words)}", "    ")


def _field(name: str, words: str) -> str:
    if name == HEADER:
        return words
    if name == BESIDE:
        return told(say("beside paragraphs {labels}", labels=words))
    return f"{name}: {words}"


def _passage(one: Passage) -> Iterator[str]:
    text = " ".join(_piece(piece) for piece in one.pieces)
    label = f"{one.was} → {one.label}" if one.was else one.label or "·"
    yield from _wrapped(f"{label}  {text}", "  ")


def _piece(piece: Piece) -> str:
    match piece.change:
        case "out":
            return f"[-{piece.words}-]"
        case "in":
            return f"{{+{piece.words}+}}"
    words = piece.words.split(" ")
    if len(words) <= 2 * KEPT + 2:
        return piece.words
    return " ".join((*words[:KEPT], "…", *words[-KEPT:]))


def _wrapped(text: str, indent: str) -> list[str]:
    deeper = indent + "  "
    return textwrap.wrap(
        text,
        _width(),
        initial_indent=indent,
        subsequent_indent=deeper,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [indent]


def _width() -> int:
    """Return how wide lines may be: the terminal's width, within what reads well."""
    return max(LEAST, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))
