# SPDX-License-Identifier: Apache-2.0
"""What acts record in cases, typed against the text: to numbers on arrays; NotTakenIn says why not.

Figures stand in acts as people write them: money in units of its currency, shares in per cent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from pratique.accord.fields.procedures import FieldSpec
from pratique.base.moment import day_from_iso, moment_from_iso
from pratique.base.money import minor_units
from pratique.base.text import Code, Either, Sentence, say
from pratique.engine.refusal import NotTakenIn

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


def typed_answers(
    specs: Iterable[FieldSpec], said: Mapping[str, str | int], parties: Sequence[str]
) -> dict[str, float]:
    """Return what goes onto arrays of what an act records; NotTakenIn if it does not fit the text.

    Every field that is asked for must be there, and no other.
    """
    asked = {spec.name: spec for spec in specs}
    for name in said:
        if name not in asked:
            raise NotTakenIn(_unknown(name, asked))
    for name in asked:
        if name not in said:
            raise NotTakenIn(say("{field} is asked for, and not given", field=Code(name)))
    values = {name: _value(spec, said[name], parties) for name, spec in asked.items()}
    return {name: value for name, value in values.items() if value is not None}


def _unknown(name: str, asked: Mapping[str, FieldSpec]) -> Sentence:
    if not asked:
        return say("{field} is not asked for here: nothing is", field=Code(name))
    known = tuple(Code(one) for one in asked)
    return say("{field} is not asked for here; {fields} is", field=Code(name), fields=Either(known))


def _value(spec: FieldSpec, word: str | int, parties: Sequence[str]) -> float | None:
    kind = spec.type.kind
    if known := spec.choices_among(parties):
        return _chosen(spec, word, known)
    read = _READ.get(kind, _text)
    value = read(spec, word)
    if value is None or spec.low <= value <= spec.high:
        return value
    raise NotTakenIn(
        say(
            "{field} cannot be {value}: it lies outside its range",
            field=Code(spec.name),
            value=word,
        )
    )


def _chosen(spec: FieldSpec, word: str | int, known: tuple[str, ...]) -> float:
    if word in known:
        return float(known.index(str(word)))
    choices = Either(tuple(Code(one) for one in known))
    raise NotTakenIn(
        say(
            "{field} must be {choices}, not {found}",
            field=Code(spec.name),
            choices=choices,
            found=_shown(word),
        )
    )


def _number(spec: FieldSpec, word: str | int) -> Fraction:
    if _NUMBER.match(str(word)):
        return Fraction(word)
    raise NotTakenIn(
        say("{field} must be a number, not {found}", field=Code(spec.name), found=_shown(word))
    )


def _count(spec: FieldSpec, word: str | int) -> float:
    number = _number(spec, word)
    if number.denominator == 1:
        return float(number)
    raise NotTakenIn(
        say(
            "{field} must be a whole number, not {found}", field=Code(spec.name), found=_shown(word)
        )
    )


def _money(spec: FieldSpec, word: str | int) -> float:
    amount = minor_units(_number(spec, word), spec.type.unit)
    if amount.denominator == 1:
        return float(amount)
    raise NotTakenIn(
        say(
            "{field} has more decimals than {currency} has",
            field=Code(spec.name),
            currency=spec.type.unit,
        )
    )


def _day(spec: FieldSpec, word: str | int) -> float:
    try:
        return float(day_from_iso(str(word)))
    except ValueError:
        raise NotTakenIn(
            say(
                "{field} must be a day such as {example}, not {found}",
                field=Code(spec.name),
                example=Code("2014-07-16"),
                found=_shown(word),
            )
        ) from None


def _moment(spec: FieldSpec, word: str | int) -> None:
    try:
        moment_from_iso(str(word))
    except ValueError:
        raise NotTakenIn(
            say(
                "{field} must be a moment such as {example}, not {found}",
                field=Code(spec.name),
                example=Code("2014-07-16T06:10:00Z"),
                found=_shown(word),
            )
        ) from None


def _sealed(spec: FieldSpec, word: str | int) -> None:
    # Personal words stay outside the register; what stands in it binds them without telling them.
    if not _DIGEST.match(str(word)):
        raise NotTakenIn(
            say(
                "{field} is sealed: give the SHA-256 digest of the text, 64 of 0-9 a-f",
                field=Code(spec.name),
            )
        )


def _text(spec: FieldSpec, word: str | int) -> None:
    if not str(word).strip():
        raise NotTakenIn(say("{field} must not be empty", field=Code(spec.name)))


_READ: dict[str, Callable[[FieldSpec, str | int], float | None]] = {
    "count": _count,
    "number": lambda spec, word: float(_number(spec, word)),
    "percent": lambda spec, word: float(_number(spec, word) / 100),
    "money": _money,
    "date": _day,
    "moment": _moment,
    "sealed": _sealed,
}


def _shown(word: str | int) -> Code:
    return Code(str(word)[:60])
