# SPDX-License-Identifier: Apache-2.0
"""What a numeral is a number of, by the words beside it: a share, money, time, things, or nothing
said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from babel.numbers import list_currencies

from pratique.accord.quantities.lexis import Line
from pratique.accord.quantities.numerals import Numeral, percent_at

_SYMBOLS = {
    "$": "",
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "HK$": "HKD",
    "GH₵": "GHS",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₦": "NGN",
    "₵": "GHS",
    "₹": "INR",
}
_ENGLISH_WORDS = {"ALL", "TOP"}
_MODIFIERS_AT_MOST = 3
SMALLEST_DENOMINATOR = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """A quantity by its tokens; `per` is what one of the numeral is worth, if it may be shared."""

    kind: str
    value: Fraction
    unit: str
    first: int
    last: int
    per: Fraction = Fraction(0)
    led: bool = False


def meaning(line: Line, numeral: Numeral, following: Numeral | None) -> Meaning:
    """Return what a numeral means; `following` is the next numeral of the line."""
    part = _part(line, numeral, following)
    if part:
        return part
    readings: tuple[Callable[[Line, Numeral], Meaning | None], ...] = (_percent, _money, _duration)
    for reading in readings:
        if (found := reading(line, numeral)) is not None:
            return found
    return _number(line, numeral)


def _percent(line: Line, numeral: Numeral) -> Meaning | None:
    place = numeral.last + 1
    phrase = percent_at(line, place + (line.low(place) == "-"))
    if phrase is None:
        return None
    value, end = phrase
    return Meaning("share", numeral.value * value, "", numeral.first, end - 1, per=value)


def _part(line: Line, numeral: Numeral, following: Numeral | None) -> Meaning | None:
    """Return a share such as two thirds, three-quarters, one fifth, 2/3."""
    if numeral.ordinal:
        return None
    if line.kind(numeral.first) == "ratio":
        return Meaning("share", numeral.value, "", numeral.first, numeral.last)
    place = numeral.last + 1 + (line.low(numeral.last + 1) == "-")
    below, end = line.wording.parts.get(line.low(place)), place
    if below is None and following and _is_denominator(following, place):
        below, end = int(following.value), following.last
        if not following.plural and (numeral.value != 1 or line.is_noun(end + 1)):
            return None
    if below is None or not 0 < numeral.value <= below or not _is_share(line, numeral, place):
        return None
    return Meaning("share", numeral.value / below, "", numeral.first, end)


def _is_denominator(numeral: Numeral, place: int) -> bool:
    return numeral.first == place and numeral.ordinal and numeral.value >= SMALLEST_DENOMINATOR


def _is_share(line: Line, numeral: Numeral, place: int) -> bool:
    """Say whether `un tiers` is a third, not a third party; `two quarters` are time."""
    wording, word = line.wording, line.low(place)
    if word == "quarters" and numeral.value != SMALLEST_DENOMINATOR:
        return False
    if word not in wording.shy_parts or numeral.value > 1:
        return True
    return line.low(place + 1) in wording.of or line.low(numeral.first - 1) in ("moins", "plus")


def _money(line: Line, numeral: Numeral) -> Meaning | None:
    if numeral.ordinal:
        return None
    leading = _currency_at(line, numeral.first - 1)
    if leading is not None:
        return Meaning("money", numeral.value, leading, numeral.first - 1, numeral.last, led=True)
    place = _past_of(line, numeral)
    trailing = line.phrase(place, line.wording.money)
    if trailing is not None:
        unit, end = trailing
        return Meaning("money", numeral.value, unit, numeral.first, end - 1, per=Fraction(1))
    unit_after = _currency_at(line, numeral.last + 1)
    if unit_after is None or _is_number_at(line, numeral.last + 2):
        return None
    return Meaning(
        "money", numeral.value, unit_after, numeral.first, numeral.last + 1, per=Fraction(1)
    )


def _is_number_at(line: Line, index: int) -> bool:
    return line.kind(index) == "figure"


def _currency_at(line: Line, index: int) -> str | None:
    kind = line.kind(index)
    if kind == "currency":
        return _SYMBOLS[line.tokens[index].text]
    text = line.tokens[index].text if kind == "word" else ""
    return text if text in _codes() else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies()) - _ENGLISH_WORDS


def _past_of(line: Line, numeral: Numeral) -> int:
    """Return the token after `of`, `de`, `d'` that stands between a large number and its noun."""
    place = numeral.last + 1
    large = numeral.scale > 1 or line.low(numeral.last) in line.wording.scales
    if not large or line.low(place) not in line.wording.of:
        return place
    return place + 1 + (line.low(place + 1) == "'")


def _duration(line: Line, numeral: Numeral) -> Meaning | None:
    place = _past_of(line, numeral)
    found = unit_at(line, place + (line.low(place) == "-"))
    if found is None or (numeral.ordinal and numeral.value == 1):
        return None
    (per, unit), end = found
    return timed(line, numeral.value, (per, unit), (numeral.first, end))


def timed(
    line: Line, count: Fraction, measure: tuple[Fraction, str], place: tuple[int, int]
) -> Meaning:
    (per, unit), (first, end) = measure, place
    if tail := line.phrase(end, line.wording.tails):
        count, end = count + tail[0], tail[1]
    return Meaning("duration", count * per, unit, first, end - 1, per=per)


def unit_at(line: Line, place: int) -> tuple[tuple[Fraction, str], int] | None:
    """Return the unit of time at a token, past words such as `consecutive` or `-calendar-`."""
    for _ in range(_MODIFIERS_AT_MOST + 1):
        if found := line.phrase(place, line.wording.units):
            return found
        if line.low(place) not in line.wording.modifiers:
            return None
        place += 1 + (line.low(place + 1) == "-")
    return None


def _number(line: Line, numeral: Numeral) -> Meaning:
    counted = (
        not numeral.ordinal
        and line.low(numeral.first - 1) not in line.wording.per
        and line.is_noun(_past_of(line, numeral))
    )
    kind = "count" if counted else "number"
    return Meaning(kind, numeral.value, "", numeral.first, numeral.last)


def shared(left: Numeral, right: Meaning) -> Meaning | None:
    """Return a numeral with the unit of what it is joined to: seven in `seven to ten days`."""
    if right.kind == "share" and left.value * right.per > 1:
        return None
    return Meaning(
        right.kind, left.value * right.per, right.unit, left.first, left.last, per=right.per
    )


def spent_by(found: Mapping[int, Meaning]) -> set[int]:
    """Return every token that a meaning covers."""
    return {i for meant in found.values() for i in range(meant.first, meant.last + 1)}
