# SPDX-License-Identifier: Apache-2.0
"""What differs for each Party as a table for a terminal: days and amounts side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from pratique.base.moment import Day, iso_day
from pratique.base.money import decimals
from pratique.base.text import Sentence, say, words
from pratique.cli.speech import language, told
from pratique.rehearsal.comparing.compared import Replayed
from pratique.rehearsal.comparing.sums import Ledger, what_words
from pratique.rehearsal.drafts import Sum

Row = tuple[str, ...]


def table_lines(found: Replayed, ledger: Ledger, width: int) -> list[str]:
    """Return a table of a ledger: in whole units where cents do not fit, under one another else."""
    exact = _places(ledger)
    for places in dict.fromkeys((exact, 0)):
        rows = [_heads(), *(_row(found, one, ledger, places) for one in ledger.rows)]
        lines = _set_out(rows)
        if max(map(len, lines)) <= width - 2:
            break
    else:
        lines = _under_one_another(rows)
    title = told(_title(found, ledger, rounded=places < exact))
    titles = textwrap.wrap(title, width, initial_indent="  ", subsequent_indent="    ")
    return [*titles, *(f"  {line}" for line in lines)]


def _places(ledger: Ledger) -> int:
    """Return how many decimal places the amounts need: none where all are whole."""
    places = decimals(ledger.type.unit) if ledger.type.kind == "money" else 0
    units = (amount for one in ledger.rows for amount in (one.old.units, one.new.units))
    return places if any(amount % 10**places for amount in units) else 0


def _title(found: Replayed, ledger: Ledger, *, rounded: bool) -> Sentence:
    what = what_words(found, ledger)
    if ledger.type.kind != "money":
        return say("{what}, by Party", what=what)
    said = {"what": what, "currency": ledger.type.unit}
    if rounded:
        return say("{what}, by Party, in {currency}, rounded", **said)
    return say("{what}, by Party, in {currency}", **said)


def _heads() -> Row:
    heads = (
        say("Party"),
        say("days"),
        say("first, old"),
        say("first, new"),
        say("difference"),
        say("all, old"),
        say("all, new"),
    )
    return tuple(map(told, heads))


def _row(found: Replayed, one: Sum, ledger: Ledger, places: int) -> Row:
    party = str(found.named(one.party))
    scale = decimals(ledger.type.unit) if ledger.type.kind == "money" else 0
    amounts = [_number(units, scale, places) for units in (one.more, one.old.units, one.new.units)]
    sign = "+" if one.more > 0 else ""
    days = "" if one.days is None else f"{one.days:+d}" if one.days else "0"
    return (
        party,
        days,
        _day(one.old.first),
        _day(one.new.first),
        sign + amounts[0],
        *amounts[1:],
    )


def _number(units: int, scale: int, places: int) -> str:
    value = Decimal(units).scaleb(-scale)
    rounded = round(value, places) if places else round(value)
    return words(rounded, language())


def _day(day: Day | None) -> str:
    return iso_day(day) if day is not None else "-"


def _set_out(rows: Sequence[Row]) -> list[str]:
    """Return rows in columns: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *rest in rows:
        cells = [cell.rjust(size) for cell, size in zip(rest, widths[1:], strict=True)]
        lines.append("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    return lines


def _under_one_another(rows: Sequence[Row]) -> list[str]:
    heads, *others = rows
    lines = []
    for row in others:
        lines.append(row[0])
        pairs = zip_longest(heads[1:], row[1:], fillvalue="")
        lines += [
            f"  {told(say('{name}: {value}', name=head, value=cell))}" for head, cell in pairs
        ]
    return lines
