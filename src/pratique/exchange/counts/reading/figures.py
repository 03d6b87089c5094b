# SPDX-License-Identifier: Apache-2.0
"""Counts as people write them, in several languages, into whole numbers; never by a guess.

Where "1.234" may be a thousand or a fraction, the mapping says which; otherwise it is refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from pratique.base.text import Code, say
from pratique.exchange.counts.rows import Cell, Reason

MISSING = (
    *("", "-", "--", "–", "—", ".", "..", "...", "n/a", "na", "n.a.", "n.d.", "nd", "nr", "null"),
    *("none", "nan", "missing", "unknown", "#n/a", "#value!", "#ref!"),
)
"""What is written where no figure is known, unless the mapping lists its own."""
LARGEST = 10**12
"""More than people on Earth, with room for doses; what is larger is a slip."""
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f]+")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in " ',."}
_APPROXIMATE = re.compile(r"(?:[~≈]|c\.|ca\.?|about |approx\.? |environ )\s*(?=[\d+-])", re.I)
_ASIDE = re.compile(r"(.*\S)\s*[(\[][^()\[\]]*[)\]]")


@dataclass(frozen=True, slots=True)
class Writing:
    """How a source writes figures; None: not said, so nothing that hangs on it is taken."""

    decimal: Literal[".", ","] | None = None
    grouping: Literal[",", ".", " ", "'"] | None = None
    missing: frozenset[str] = frozenset(MISSING)
    approximate: bool = False
    parentheses: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as read; `rule` names how it was read if it is not written in plain digits."""

    value: int
    rule: str = ""


def figure_of(cell: Cell, writing: Writing) -> Figure | Reason:
    """Return the count that a cell says, or why it is none."""
    if isinstance(cell, int | float):
        return _typed(cell)
    text = plain(cell)
    if text.isascii() and text.isdecimal() and len(text) < 13:
        return Figure(int(text), "" if text == cell.strip() else "digits")
    if text.casefold() in writing.missing:
        return Reason("missing", say("there is no figure: {text}", text=Code(cell)), aside=True)
    return _written(text, cell, writing)


def plain(text: str) -> str:
    """Return a text with plain digits, spaces and minus, without marks that cannot be seen."""
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    seen = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip().replace("’", "'").replace("−", "-")
    seen = seen.replace("٫", ".").replace("٬", ",")
    return "".join(_digit(letter) for letter in seen)


def _digit(letter: str) -> str:
    return letter if letter.isascii() else str(unicodedata.decimal(letter, letter))


def _typed(cell: float) -> Figure | Reason:
    """Return a count that a workbook or JSON keeps as a number."""
    if not abs(cell) <= LARGEST:  # nor is NaN
        return _too_large(str(cell))
    if cell < 0:
        return _negative(str(cell))
    if cell != int(cell):
        return _not_whole(str(cell))
    return Figure(int(cell))


def _written(text: str, cell: str, writing: Writing) -> Figure | Reason:
    rule = ""
    if found := _APPROXIMATE.match(text):
        if not writing.approximate:
            return Reason(
                "approximate",
                say("{text} is only about right; the mapping does not take that", text=Code(cell)),
            )
        text, rule = text[found.end() :], "approximate"
    if found := _ASIDE.fullmatch(text):
        if not writing.parentheses:
            return Reason(
                "parentheses",
                say(
                    "{text} holds a second figure; the mapping does not say which", text=Code(cell)
                ),
            )
        text, rule = found[1], "parentheses"
    return _signed(text, cell, writing, rule)


def _signed(text: str, cell: str, writing: Writing, rule: str) -> Figure | Reason:
    if text.endswith("%"):
        return Reason("per_cent", say("{text} is a share, not a count", text=Code(cell)))
    sign, digits = (text[0], text[1:].lstrip()) if text[:1] in ("-", "+") else ("", text)
    whole = _whole(digits, cell, writing)
    if isinstance(whole, Reason):
        return whole
    if sign == "-" and whole:
        return _negative(cell)
    if whole > LARGEST:
        return _too_large(cell)
    return Figure(whole, rule or "number")


def _whole(digits: str, cell: str, writing: Writing) -> int | Reason:
    """Return digits with grouping or decimals as a whole number, or why they are none."""
    if digits.isascii() and digits.isdecimal():
        return int(digits) if len(digits) <= 15 else LARGEST + 1
    marks = sorted(set(digits) - set("0123456789"), key=digits.rfind)
    if not marks or len(digits) > 40 or not set(marks) <= set(" ',.") or len(marks) > 2:
        return _no_number(cell)
    last = marks[-1]
    if len(marks) == 1 and _GROUPED[last].fullmatch(digits):
        return _grouped(digits, last, cell, writing)
    head, _, tail = digits.rpartition(last)
    if last not in ".," or not tail.isdecimal() or last == writing.grouping:
        return _no_number(cell)
    if writing.decimal not in (None, last):
        return _no_number(cell)
    if len(marks) == 2 and not _GROUPED[marks[0]].fullmatch(head):
        return _no_number(cell)
    units = head.replace(marks[0], "") if len(marks) == 2 else head
    if not units.isdecimal():
        return _no_number(cell)
    return _not_whole(cell) if tail.strip("0") else int(units)


def _grouped(digits: str, mark: str, cell: str, writing: Writing) -> int | Reason:
    once = digits.count(mark) == 1
    if mark in ".," and (mark == writing.decimal or writing.grouping not in (None, mark)):
        if not once:
            return _no_number(cell)
        return _not_whole(cell) if digits[-3:].strip("0") else int(digits[:-4])
    if mark in ".," and once and writing.grouping != mark and writing.decimal is None:
        return Reason(
            "ambiguous_number",
            say(
                "{text} may be a thousand or a fraction; say in the mapping: [numbers] grouping",
                text=Code(cell),
            ),
        )
    if digits.startswith("0"):
        return _no_number(cell)
    return int(digits.replace(mark, ""))


def _no_number(cell: str) -> Reason:
    return Reason("no_number", say("{text} is no count", text=Code(shortened(cell))))


def _negative(cell: str) -> Reason:
    return Reason("negative", say("{text} is negative", text=Code(cell)))


def _not_whole(cell: str) -> Reason:
    return Reason("not_whole", say("{text} is not a whole number", text=Code(cell)))


def _too_large(cell: str) -> Reason:
    return Reason("too_large", say("{text} is too large for a count", text=Code(shortened(cell))))


def shortened(text: str) -> str:
    """Return the beginning of a text, for a sentence to show."""
    return text if len(text) <= 60 else f"{text[:57]}..."
