# SPDX-License-Identifier: Apache-2.0
"""Prose in, quantities out: the order in which numerals, references, days and meanings are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from pratique.accord.quantities.dates import written_days
from pratique.accord.quantities.english import ENGLISH
from pratique.accord.quantities.french import FRENCH
from pratique.accord.quantities.lexis import Line, line_of
from pratique.accord.quantities.match import same
from pratique.accord.quantities.meaning import (
    Meaning,
    meaning,
    shared,
    spent_by,
)
from pratique.accord.quantities.numerals import Numeral, numerals
from pratique.accord.quantities.quantity import Quantity
from pratique.accord.quantities.reference import references
from pratique.accord.quantities.wordless import article_part, wordless

_WORDINGS = {wording.name: wording for wording in (ENGLISH, FRENCH)}
_LED_AT_LEAST = 100


def is_read(language: str) -> bool:
    """Say whether units and number words of a language are understood."""
    return language[:2].lower() in _WORDINGS


def quantities(prose: str, language: str = "en") -> list[Quantity]:
    """Return the quantities of prose in order of place; `language` is en or fr, with any region.

    Another language is read with English rules. Never raises on any prose; takes time linear in it.
    """
    return list(_read(prose, language[:2].lower()))


@lru_cache(maxsize=4096)
def _read(prose: str, language: str) -> tuple[Quantity, ...]:
    # Most paragraphs of a draft are those of the draft before.
    line = line_of(prose, _WORDINGS.get(language, ENGLISH))
    return tuple(_unrepeated(line, [_quantity(line, meant) for meant in _meanings(line)]))


def _meanings(line: Line) -> list[Meaning]:
    found = numerals(line)
    days = written_days(line, found)
    written = [
        Meaning("date", Fraction(d.day), "", d.first, d.last) for d in days if d.day is not None
    ]
    spent = {i for d in days for i in range(d.first, d.last + 1)}
    refers = references(line, found) | spent
    kept = [numeral for numeral in found if numeral.first not in refers]
    told = _told(line, kept)
    told |= _led(line, kept, told)
    counted = {
        numeral.first: meant
        for numeral in kept
        if (meant := told.get(numeral.first)) and _stands(line, numeral, meant)
    }
    loose = wordless(line, spent_by(counted) | refers)
    return list(_apart(sorted([*counted.values(), *written, *loose], key=lambda m: m.first)))


def _apart(found: list[Meaning]) -> Iterator[Meaning]:
    """Yield what does not share a word with what stands before it: `5 EUR 6` is one amount."""
    end = -1
    for meant in found:
        if meant.first > end:
            end = meant.last
            yield meant


def _told(line: Line, kept: list[Numeral]) -> dict[int, Meaning]:
    """Return what each numeral means, by its first token, units shared along lists and ranges."""
    told: dict[int, Meaning] = {}
    borrowed: set[int] = set()
    for i in range(len(kept) - 1, -1, -1):
        numeral, following = kept[i], kept[i + 1] if i + 1 < len(kept) else None
        own = article_part(line, numeral) or meaning(line, numeral, following)
        if following and own.kind == "number" and not own.led:
            right = told.get(following.first)
            join = _join(line, numeral, following)
            if right and right.per and (join == "and" or (join and following.first in borrowed)):
                own = shared(numeral, right) or own
                borrowed.add(numeral.first)
        if following and own.last >= following.first and own.kind == "share":
            told.pop(following.first, None)
        told[numeral.first] = own
    return told


def _join(line: Line, left: Numeral, right: Numeral) -> str:
    """Return how two numerals are joined: `and` (also to, or), `,`, or "" if they are not."""
    between = [line.low(k) for k in range(left.last + 1, min(right.first, left.last + 4))]
    if left.last + 1 + len(between) != right.first or not between:
        return ""
    wording = line.wording
    if between[-1] in wording.ands | wording.tos | {"("} and set(between[:-1]) <= {","}:
        return "and"
    return "," if between == [","] else ""


def _led(line: Line, kept: list[Numeral], told: dict[int, Meaning]) -> dict[int, Meaning]:
    """Return the later amounts of `EUR 40,000, 60,000 and 20,000`: the currency leads them all."""
    found: dict[int, Meaning] = {}
    leading: Meaning | None = None
    for left, right in pairwise(kept):
        before = told.get(left.first)
        leading = before if before and before.led else leading if left.first in found else None
        own = told.get(right.first)
        if leading is None or own is None or own.kind != "number" or own.value < _LED_AT_LEAST:
            continue
        if _join(line, left, right):
            found[right.first] = replace(own, kind="money", unit=leading.unit)
    return found


def _stands(line: Line, numeral: Numeral, meant: Meaning) -> bool:
    """Say whether a numeral is a quantity: not `one of them`, `first`, `un véhicule neuf`."""
    if meant.kind not in ("number", "count"):
        return True
    word, after = line.low(numeral.first), line.low(numeral.last + 1)
    wording, alone = line.wording, numeral.first == numeral.last
    if numeral.value <= 1 and (numeral.spelled or numeral.ordinal):
        return False
    if numeral.plural and (numeral.ordinal or (alone and word in wording.crowds)):
        return False
    if alone and word in wording.crowds:
        return False
    if alone and word in wording.seconds:
        return _is_second(line, numeral, after)
    if alone and numeral.spelled and word in wording.new_or_nine:
        return meant.kind == "count" or line.low(numeral.first - 1) in wording.number_before
    return True


def _is_second(line: Line, numeral: Numeral, after: str) -> bool:
    before = line.low(numeral.first - 1)
    allowed = line.wording.second_after
    if allowed and before not in allowed:
        return False
    return (
        after != "-" and line.is_noun(numeral.last + 1) and line.kind(numeral.first - 1) != "figure"
    )


def _quantity(line: Line, meant: Meaning) -> Quantity:
    start, end = line.tokens[meant.first].start, line.tokens[meant.last].end
    return Quantity(meant.kind, meant.value, meant.unit, start, end, line.prose[start:end])


def _unrepeated(line: Line, found: list[Quantity]) -> list[Quantity]:
    """Return quantities with `sixty per cent (60 %)` as one."""
    kept: list[Quantity] = []
    for quantity in found:
        if kept and _repeats(line.prose, kept[-1], quantity):
            end = line.prose.index(")", quantity.end - 1) + 1
            kept[-1] = replace(kept[-1], end=end, text=line.prose[kept[-1].start : end])
        else:
            kept.append(quantity)
    return kept


def _repeats(prose: str, before: Quantity, quantity: Quantity) -> bool:
    between = prose[before.end : quantity.start].strip()
    after = prose[quantity.end - 1 : quantity.end + 1]
    bare = quantity.kind == "number" and quantity.value == before.value
    return between == "(" and ")" in after and (bare or same(before, quantity))
