# SPDX-License-Identifier: Apache-2.0
"""Which numerals of a line are no quantities: those of articles, labels, names and years."""

from __future__ import annotations

from collections.abc import Mapping

from pratique.accord.quantities.lexis import Line
from pratique.accord.quantities.numerals import Numeral

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_LIST_MARK = 100
_MODIFIERS_AT_MOST = 2


def references(line: Line, found: list[Numeral]) -> set[int]:
    """Return the tokens that refer, label or name, and so hold no quantity."""
    at = {numeral.first: numeral for numeral in found}
    taken = _named(line)
    for i in range(len(line.tokens)):
        taken |= _chain(line, at, i)
    nouns = line.wording.references | {f"{word}s" for word in line.wording.references}
    taken |= {n.first for n in found if line.low(_past_modifiers(line, n.last + 1)) in nouns}
    return taken | {n.first for n in found if is_year(line, n) or _is_list_mark(line, n)}


def _past_modifiers(line: Line, place: int) -> int:
    end = place + _MODIFIERS_AT_MOST
    while place < end and line.low(place) in line.wording.modifiers:
        place += 1
    return place


def _named(line: Line) -> set[int]:
    taken: set[int] = set()
    for i in range(len(line.tokens)):
        phrase = line.phrase(i, line.wording.names)
        # `a third Party` is one more Party to the agreement, `a third party` none at all.
        if phrase and (phrase[0] or line.tokens[phrase[1] - 1].text.islower()):
            taken.update(range(i, phrase[1]))
    return taken


def _chain(line: Line, at: Mapping[int, Numeral], index: int) -> set[int]:
    """Return the numerals of `Articles 3, 4 and 5(2)` that follow the noun at a token."""
    wording, word = line.wording, line.low(index)
    many = word in wording.many_references
    if not many and word not in wording.references and word not in wording.labels:
        return set()
    if word == "no" and line.low(index + 1) not in (".", "°"):
        return set()
    place = index + 1
    while line.low(place) in (".", "°", "no", "nos", "n", "n°", "nº", "number", "numéro"):
        place += 1
    taken: set[int] = set()
    while (end := _one(line, at, place, first=not taken)) is not None:
        taken.update(range(place, end))
        place = _joined(line, end, many=many)
        if place == end:
            break
    return taken


def _one(line: Line, at: Mapping[int, Numeral], place: int, *, first: bool) -> int | None:
    """Return the token after one reference: 3, 5(2), (b), 6.1; None if there is none."""
    end = _bracketed(line, at, place)
    if end is None and line.kind(place) == "code":
        end = place + 1
    if end is None:
        numeral = at.get(place)
        if numeral is None or (not first and _is_measured(line, numeral.last + 1)):
            return None
        end = numeral.last + 1
    while (further := _bracketed(line, at, end)) is not None:
        end = further
    return end


def _bracketed(line: Line, at: Mapping[int, Numeral], place: int) -> int | None:
    if line.low(place) != "(" or line.low(place + 2) != ")":
        return None
    inner = place + 1 in at or line.kind(place + 1) == "code" or len(line.low(place + 1)) == 1
    return place + 3 if inner else None


def _is_measured(line: Line, place: int) -> bool:
    wording = line.wording
    return bool(
        line.phrase(place, wording.units)
        or line.phrase(place, wording.percents)
        or line.phrase(place, wording.money)
    )


def _joined(line: Line, end: int, *, many: bool) -> int:
    """Return the token after the joining words of a list of references; `end` if there are none."""
    wording, place = line.wording, end
    joins = wording.tos | wording.ands if many else wording.tos | {"or", "ou"}
    if many and line.low(place) in (",", ";"):
        place += 1
    return place + 1 if line.low(place) in joins else place


def is_year(line: Line, numeral: Numeral) -> bool:
    """Say whether a four-figure number is a calendar year: (2005), in 2014, 2014 to 2016."""
    before, after = line.low(numeral.first - 1), line.low(numeral.last + 1)
    if numeral.first != numeral.last or not _looks_like_year(line, numeral.first):
        return False
    if _is_measured(line, numeral.last + 1):
        return False
    if line.is_noun(numeral.last + 1):
        return before == "the"
    joins = line.wording.ands | line.wording.tos
    return (
        (before == "(" and after in (")", ",", ";"))
        or before in line.wording.year_after
        or (before in joins and _looks_like_year(line, numeral.first - 2))
        or (after in joins and _looks_like_year(line, numeral.first + 2))
    )


def _looks_like_year(line: Line, index: int) -> bool:
    if line.kind(index) != "figure":
        return False
    text = line.tokens[index].text
    return len(text) == len("2014") and text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _is_list_mark(line: Line, numeral: Numeral) -> bool:
    """Say whether a numeral is `(2)`, or the `2.` that opens the prose."""
    before, after = line.low(numeral.first - 1), line.low(numeral.last + 1)
    if numeral.spelled or numeral.value >= _LIST_MARK:
        return False
    return (before == "(" and after == ")") or (
        numeral.first == 0 and after in (".", ")") and not line.prose[:1].isspace()
    )
