# SPDX-License-Identifier: Apache-2.0
"""Every sentence that a person sees: a template with named fields, kept apart from its language.

`say` makes a Sentence; `render` puts it into a language from the one catalogue. It formats numbers,
days and durations by that language; it never glues pieces of phrases. A template knows plain
`{name}` only, and what stands in a field is never read as a template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from numbers import Integral, Real
from string import Formatter
from typing import Literal

from pratique.base.catalogue import SOURCE, catalogue, languages
from pratique.base.duration import Duration
from pratique.base.label import Bare, Label, headed, is_marked, marked, settled, together
from pratique.base.numerals import (
    Joint,
    date_words,
    is_right_to_left,
    list_words,
    number_words,
)

__all__ = [
    "PSEUDO",
    "Bare",
    "Code",
    "Either",
    "Label",
    "Sentence",
    "direction",
    "languages",
    "render",
    "say",
    "say_count",
    "template_fields",
]

PSEUDO = "qps-plocm"
"""A language that nobody speaks: right to left and 40 % longer, to find what a layout forgot."""

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_KEPT = re.compile(r"(\{\{|\}\}|\{[a-z][a-z0-9_]*\}|`[^`]*`)")
_MIRRORED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ɐqɔpǝɟƃɥıɾʞןɯuodbɹsʇnʌʍxʎz∀ᙠƆᗡƎℲ⅁HIſ⋊⅂WNOԀΌᴚS⊥∩ΛMX⅄Z",
)
_RIGHT_TO_LEFT, _POP = "\u202b", "\u202c"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template and the values of its fields; `many` is the plural form, chosen by field `n`."""

    template: str
    fields: Mapping[str, object]
    many: str = ""

    def __str__(self) -> str:
        return render(self)


@dataclass(frozen=True, slots=True)
class Code:
    """A name, keyword or code in the user's spelling: set in backticks, never translated."""

    text: str

    def __str__(self) -> str:
        shown = "".join(c if c.isprintable() else _escaped(c) for c in self.text)
        return f"`{shown}`" if "`" not in shown else f"`` {shown} ``"


@dataclass(frozen=True, slots=True)
class Either:
    """Things of which one is meant: "a, b or c" (a plain tuple or list is "a, b and c")."""

    items: tuple[object, ...]


def say(template: str, /, **fields: object) -> Sentence:
    """Return a sentence: a template in plain English with `{named}` fields.

    ValueError if the template names a field that is not given, or holds more than plain names.
    """
    _require_fields(template, fields)
    return Sentence(template, fields)


def say_count(one: str, many: str, /, *, n: int, **fields: object) -> Sentence:
    """Return a sentence that counts: `one` for one of them, `many` for any other `{n}`."""
    filled = {"n": n, **fields}
    _require_fields(one, filled)
    _require_fields(many, filled)
    return Sentence(one, filled, many)


def render(sentence: Sentence | str, language: str = SOURCE) -> str:
    """Return the words of a sentence in a language; ValueError if there is no such language."""
    return sentence if isinstance(sentence, str) else settled(_said(sentence, language), language)


def words(value: object, language: str = SOURCE) -> str:
    """Return a field's value as a language writes it; a label alone without its article."""
    if isinstance(value, Label):
        return str(value)
    return settled(_words(value, language), language)


def _said(sentence: Sentence, language: str) -> str:
    """Return the words of a sentence, the labels in it still marked."""
    pieces = _pieces(_template_in(sentence, language))
    fields = sentence.fields
    said = [text + (_words(fields[name], language) if name else "") for text, name in pieces]
    # What opens a sentence and has a colon behind it is its heading.
    if len(said) > 1 and not pieces[0][0] and pieces[1][0].lstrip().startswith(":"):
        said[0] = headed(said[0])
    return "".join(said)


def _words(value: object, language: str) -> str:
    if isinstance(value, Label):
        return marked(value, value)
    if isinstance(value, Bare):
        held = value.value
        return str(held) if isinstance(held, Label) else _words(held, language)
    return _value_words(value, language)


def _value_words(value: object, language: str) -> str:
    match value:
        case Sentence():
            return _said(value, language)
        case str():
            return value
        case bool():
            return _said(say("yes") if value else say("no"), language)
        case Decimal() | Real():
            return number_words(_exact(value), language)
        case datetime():
            return _said(_moment(value), language)
        case date():
            return date_words(value, language)
        case Duration():
            return _said(_duration(value), language)
        case Either(items):
            return _listed(items, "or", language)
        case tuple() | list():
            return _listed(value, "and", language)
        case _:
            return str(value)


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction a language is written in, as HTML's `dir` spells it."""
    return "rtl" if language == PSEUDO or is_right_to_left(language) else "ltr"


def template_fields(template: str) -> frozenset[str]:
    """Return the names of a template's fields; ValueError if it holds more than plain `{name}`."""
    return frozenset(name for _, name in _pieces(template) if name)


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    pieces = []
    for text, name, form, conversion in Formatter().parse(template):
        if name is not None and (form or conversion or not _NAME.match(name)):
            raise ValueError(f"a template's field is a plain name: {template!r}")
        pieces.append((text, name or ""))
    return tuple(pieces)


def _require_fields(template: str, fields: Mapping[str, object]) -> None:
    missing = template_fields(template) - fields.keys()
    if missing:
        raise ValueError(f"no value for {sorted(missing)} in {template!r}")


def _template_in(sentence: Sentence, language: str) -> str:
    n = _count(sentence)
    english = sentence.many if sentence.many and n != 1 else sentence.template
    if language == SOURCE:
        return english
    if language == PSEUDO:
        return _pseudo(english)
    if language.partition("-")[0] == SOURCE:
        return english
    return catalogue(language).template(sentence.template, n) or english


def _count(sentence: Sentence) -> int | None:
    n = sentence.fields.get("n")
    return int(n) if sentence.many and isinstance(n, Integral) else None


@lru_cache(maxsize=1024)
def _pseudo(template: str) -> str:
    parts = _KEPT.split(template)
    letters = sum(len(part) for part in parts[::2])
    parts[::2] = (part.translate(_MIRRORED) for part in parts[::2])
    return f"{_RIGHT_TO_LEFT}{''.join(parts)}{'~' * -(-letters * 2 // 5)}{_POP}"


def _exact(value: Decimal | Real) -> int | Decimal:
    if isinstance(value, Integral):
        return int(value)
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))


def _listed(items: tuple[object, ...] | list[object], joint: Joint, language: str) -> str:
    said = [_words(item, language) for item in items]
    listed = list_words(said, joint, language)
    return together(listed) if len(said) > 1 and all(map(is_marked, said)) else listed


def _moment(value: datetime) -> Sentence:
    # A naive moment has no zone to name, and naming none would leave the reader guessing.
    if value.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    hour, zone = value.strftime("%H:%M"), value.tzname() or ""
    return say("{day}, {hour} {zone}", day=value.date(), hour=hour, zone=zone)


def _duration(value: Duration) -> Sentence:
    n = value.count
    match value.unit:
        case "minutes":
            return say_count("{n} minute", "{n} minutes", n=n)
        case "hours":
            return say_count("{n} hour", "{n} hours", n=n)
        case "days":
            return say_count("{n} day", "{n} days", n=n)
        case "weeks":
            return say_count("{n} week", "{n} weeks", n=n)
        case "months":
            return say_count("{n} month", "{n} months", n=n)
        case "years":
            return say_count("{n} year", "{n} years", n=n)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
