# SPDX-License-Identifier: Apache-2.0
"""Stamps as `reviews.toml` keeps them: read from its text, and written as text to put behind it.

A stamp names an office and never a person. Whether it still holds is not asked here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pratique.base.moment import Day, day_of, iso_day
from pratique.base.text import Code, Sentence, say

MOST_CHARACTERS = 2_000_000
MOST_LINE = 20_000
MOST_NOTE = 500
MOST_DOTS = 8

OFFICE = re.compile(r"[a-z][a-z0-9_]{0,99}(?: of [a-z][a-z0-9_]{0,99})?\Z")
"""A party or a body, or an office of one: `aldova`, `legal_adviser of aldova`."""

_LABEL = re.compile(r"\d{1,4}\.\d{1,4}\Z")
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*\Z")
_HEAD = re.compile(r"\s*\[\[\s*review\s*\]\]")
_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')
_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)\Z|\s*\(at end of document\)\Z")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an office confirmed, on a day, of the words and the clauses that had these digests.

    `text` is the language of another authentic text than the first.
    """

    paragraphs: tuple[str, ...]
    clauses: tuple[str, ...]
    by: str
    day: Day
    words_digest: str
    clauses_digest: str
    text: str = ""
    note: str = ""


class NotReviews(Exception):
    """A text that holds no reviews: why, and on which of its lines (0: not known)."""

    def __init__(self, sentence: Sentence, line: int = 0) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.line = line


def read_stamps(source: str) -> tuple[Stamp, ...]:
    """Return the stamps of a `reviews.toml`, in order; NotReviews if one cannot be read."""
    _require_small(source)
    tables = _tables(source)
    return tuple(_stamp(table, _Place(source, at, len(tables))) for at, table in enumerate(tables))


def stamp_text(stamp: Stamp) -> str:
    """Return a stamp as `reviews.toml` writes it."""
    lines = [
        "[[review]]",
        f"paragraphs = {_list(stamp.paragraphs)}",
        f"clauses = {_list(stamp.clauses)}",
        *([f"text = {_quoted(stamp.text)}"] if stamp.text else []),
        f"by = {_quoted(stamp.by)}",
        f"date = {iso_day(stamp.day)}",
        *([f"note = {_quoted(stamp.note)}"] if stamp.note else []),
        f"words_digest = {_quoted(stamp.words_digest)}",
        f"clauses_digest = {_quoted(stamp.clauses_digest)}",
    ]
    return "\n".join(lines) + "\n"


def is_note(words: str) -> bool:
    """Say whether words may stand as a note: one line of what can be seen, and not too long."""
    return len(words) <= MOST_NOTE and words.isprintable()


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one of a file's stamps stands in it."""

    source: str
    at: int
    number: int

    def line(self, key: str = "") -> int:
        """Return the line of a stamp's key, or of its head; 0 where it cannot be told."""
        lines = self.source.split("\n")
        heads = [line for line, words in enumerate(lines, 1) if _HEAD.match(words)]
        if len(heads) != self.number:
            return 0
        head = heads[self.at]
        end = heads[self.at + 1] - 1 if self.at + 1 < self.number else len(lines)
        keyed = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=") if key else _HEAD
        return next((n for n in range(head, end + 1) if keyed.match(lines[n - 1])), head)


def _require_small(source: str) -> None:
    if len(source) > MOST_CHARACTERS:
        raise NotReviews(say("it has more than {most} characters", most=MOST_CHARACTERS))
    for number, line in enumerate(source.split("\n"), 1):
        if len(line) > MOST_LINE:
            raise NotReviews(
                say("the line has more than {most} characters", most=MOST_LINE), number
            )
        # Keys of very many parts take minutes to read.
        if _STRING_OR_COMMENT.sub("", line).count(".") > MOST_DOTS:
            raise NotReviews(say("a key has too many parts"), number)


def _tables(source: str) -> list[dict[str, Any]]:
    try:
        found = tomllib.loads(source)
    except RecursionError as fault:
        raise NotReviews(say("its values stand too deep within one another")) from fault
    except ValueError as fault:
        raise _no_toml(str(fault), source) from fault
    tables = found.pop("review", [])
    if found:
        key = next(iter(found))
        pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}\b")
        lines = source.split("\n")
        line = next((n for n, words in enumerate(lines, 1) if pattern.match(words)), 0)
        raise NotReviews(
            say("{key} is not known here: each review stands under {head}", **_head(key[:60])), line
        )
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise NotReviews(say("each review stands under {head}", **_head("")))
    return tables


def _head(key: str) -> dict[str, object]:
    return {"key": Code(key), "head": Code("[[review]]")}


def _no_toml(fault: str, source: str) -> NotReviews:
    place = _PLACE.search(fault)
    line = int(place[1]) if place and place[1] else len(source.rstrip().split("\n"))
    words = fault[: place.start()] if place else fault
    return NotReviews(say("this is no TOML: {fault}", fault=words), line)


def _stamp(table: Mapping[str, Any], place: _Place) -> Stamp:
    for key in table:
        if key not in _KEYS:
            raise NotReviews(
                say(
                    "{key} is not known in a review; there are: {keys}",
                    key=Code(key[:60]),
                    keys=_keys(),
                ),
                place.line(key),
            )
    return Stamp(
        _listed(table, "paragraphs", _LABEL, place),
        _listed(table, "clauses", _NAME, place),
        _word(table, "by", OFFICE, place),
        _day(table, place),
        _word(table, "words_digest", _DIGEST, place),
        _word(table, "clauses_digest", _DIGEST, place),
        _word(table, "text", _LANGUAGE, place) if "text" in table else "",
        _note(table, place),
    )


_KEYS: dict[str, Sentence] = {
    "paragraphs": say("a list of paragraphs such as {example}", example=Code('["7.2"]')),
    "clauses": say("a list of names such as {example}", example=Code('["first_tranche"]')),
    "text": say("a language such as {example}", example=Code('"fr"')),
    "by": say(
        "an office and no person, such as {first} or {second}",
        first=Code('"aldova"'),
        second=Code('"legal_adviser of aldova"'),
    ),
    "date": say("a day such as {example}, without quotes", example=Code("2026-09-01")),
    "note": say("one line of at most {most} characters", most=MOST_NOTE),
    "words_digest": say("64 digits from 0 to f in quotes"),
    "clauses_digest": say("64 digits from 0 to f in quotes"),
}
"""The keys of a review, each with what it takes."""


def _keys() -> list[Code]:
    return [Code(key) for key in _KEYS]


def _wrong(key: str, place: _Place) -> NotReviews:
    return NotReviews(say("{key} must be {what}", key=Code(key), what=_KEYS[key]), place.line(key))


def _value(table: Mapping[str, Any], key: str, place: _Place) -> object:
    if key not in table:
        raise NotReviews(say("a review lacks {key}", key=Code(key)), place.line())
    found: object = table[key]
    return found


def _word(table: Mapping[str, Any], key: str, form: re.Pattern[str], place: _Place) -> str:
    value = _value(table, key, place)
    if not isinstance(value, str) or not form.match(value):
        raise _wrong(key, place)
    return value


def _listed(
    table: Mapping[str, Any], key: str, form: re.Pattern[str], place: _Place
) -> tuple[str, ...]:
    value = _value(table, key, place)
    needed = key == "paragraphs"
    if not isinstance(value, list) or (needed and not value):
        raise _wrong(key, place)
    words = tuple(one for one in value if isinstance(one, str) and form.match(one))
    if len(words) < len(value):
        raise _wrong(key, place)
    return words


def _day(table: Mapping[str, Any], place: _Place) -> Day:
    value = _value(table, "date", place)
    # A moment is a day too, by its type; what is wanted is a day alone.
    if type(value) is not date:
        raise _wrong("date", place)
    return day_of(value)


def _note(table: Mapping[str, Any], place: _Place) -> str:
    value = table.get("note", "")
    if not isinstance(value, str) or not is_note(value):
        raise _wrong("note", place)
    return value


# --- writing --------------------------------------------------------------------------------------


def _list(words: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
