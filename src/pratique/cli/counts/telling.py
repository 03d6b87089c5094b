# SPDX-License-Identifier: Apache-2.0
"""Tables for a terminal: columns as wide as they need, reasons under rows, nothing cut off."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from pratique.base.text import Sentence, say, words
from pratique.chart.signals_page.words import figure, told_apart
from pratique.cli.counts.gathering import Found
from pratique.cli.speech import language, told
from pratique.exchange.counts.layout import period_text
from pratique.surveillance.series.rhythm import Rhythm

MOST_ROWS = 40
_EXPECTED = 3
Row = tuple[str, ...]


def told_figure(value: float | None) -> str:
    """Return a figure as people read it."""
    return words(figure(value), language())


def width() -> int:
    """Return how many letters the terminal has in a line."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def filled(sentence: Sentence, across: int, *, hang: int = 0) -> str:
    """Return a sentence broken into lines of at most so many letters."""
    return textwrap.fill(
        told(sentence), across, subsequent_indent=" " * hang, break_on_hyphens=False
    )


def signal_lines(
    found: Found, rhythm: Rhythm, heads: Sequence[Sentence], *, across: int
) -> Iterator[str]:
    """Iterate over the lines of the table of signals, worst first, each with its reason."""
    shown = found.signals[:MOST_ROWS]
    expects = any(one.expected is not None for one in shown)
    heads = [head for place, head in enumerate(heads) if expects or place != _EXPECTED]
    rows = [
        (
            label,
            period_text(one.period, rhythm),
            told_figure(one.count),
            *([told_figure(one.expected)] if expects else []),
            told_figure(one.upper),
        )
        for one, label in zip(shown, told_apart([one.identity for one in shown]), strict=True)
    ]
    under = [told(one.why) for one in shown]
    yield from table_lines([tuple(map(told, heads)), *rows], across=across, under=["", *under])
    left = len(found.signals) - len(shown)
    if left > 0:
        yield told(say("and {n} more", n=left))


def table_lines(rows: Sequence[Row], *, across: int, under: Sequence[str] = ()) -> Iterator[str]:
    """Iterate over lines of a table: first column left, others right; what is long is wrapped."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    rest = sum(widths[1:]) + 2 * len(widths[1:]) + 2
    first = min(widths[0], max(across - rest, 24))
    for place, (name, *cells) in enumerate(rows):
        wrapped = textwrap.wrap(name, first) or [""]
        figures = "  ".join(
            _padded(cell, size, left=False) for cell, size in zip(cells, widths[1:], strict=True)
        )
        yield f"  {_padded(wrapped[0], first, left=True)}  {figures}".rstrip()
        for more in wrapped[1:]:
            yield f"  {more}"
        if under and under[place]:
            yield from textwrap.wrap(
                under[place], across, initial_indent="    ", subsequent_indent="    "
            )


def _padded(text: str, size: int, *, left: bool) -> str:
    spaces = " " * max(0, size - cell_len(text))
    return text + spaces if left else spaces + text
