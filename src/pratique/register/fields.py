# SPDX-License-Identifier: Apache-2.0
"""What a field of an act may hold: names, digests, days, moments, amounts, texts; all bounded.

Every kind of value has one way of being written, so that equal acts have equal bytes. Numbers are
whole and exact in any language that reads JSON (RFC 8785); larger or decimal ones are text.
A fault is raised as a ValueError by its name, which `wording` puts into words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator

from pratique.base.moment import day_from_iso, moment_from_iso

WHOLE = 2**53 - 1
"""The largest whole number that JSON readers agree on (RFC 8785 section 3.2.2.3, I-JSON)."""
MOST_LETTERS = 10_000
MOST_IN_NAME = 80
MOST_ANSWERS = 20

NAME = r"^[a-z][a-z0-9_]*$"
ACCORD = r"^[a-z][a-z0-9_-]*$"
OFFICE = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"
ELECTOR = r"^[a-z][a-z0-9_]*([.][1-9][0-9]*)?$"
STEP = r"^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)?$"
DIGEST = r"^[0-9a-f]+$"
DAY = r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$"
MOMENT = r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
READING = r"^(unknown|-?(0|[1-9][0-9]*)(\.[0-9]+)?)$"
REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9._:/-]*$"
# Control characters could command a terminal; line feed and tab are the only ones that text needs.
TEXT = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"

_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}\Z")
_TEXT = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]*\Z")
_LARGE = re.compile(r"[1-9][0-9]{15,39}\Z")


@lru_cache(maxsize=4096)
def _day(text: str) -> str:
    try:
        day_from_iso(text)
    except ValueError:
        raise ValueError("no_such_day") from None
    return text


@lru_cache(maxsize=4096)
def _moment(text: str) -> str:
    try:
        moment_from_iso(text)
    except ValueError:
        raise ValueError("no_such_moment") from None
    return text


def _is_large(value: object) -> bool:
    return isinstance(value, str) and bool(_LARGE.match(value)) and int(value) > WHOLE


def _amount(value: object) -> int | str:
    """Return a positive whole amount; as digits in text if, and only if, it is beyond 2^53 - 1."""
    if type(value) is int and 1 <= value <= WHOLE:
        return value
    if isinstance(value, str) and _is_large(value):
        return value
    raise ValueError("amount")


def _is_plain(value: object) -> bool:
    if type(value) is int:
        return -WHOLE <= value <= WHOLE
    return isinstance(value, str) and len(value) <= MOST_LETTERS and bool(_TEXT.match(value))


def _is_flat(value: object) -> bool:
    return (
        isinstance(value, dict)
        and len(value) <= MOST_ANSWERS
        and all(
            isinstance(name, str) and _NAME.match(name) and _is_plain(held)
            for name, held in value.items()
        )
    )


def _answers(value: object) -> dict[str, str | int]:
    """Return the named answers in canonical order, each a text or a whole number."""
    if not isinstance(value, dict) or not _is_flat(value):
        raise ValueError("answers")
    return dict(sorted(value.items()))


def _replacement(value: object) -> dict[str, object]:
    """Return the body that replaces another: answers, of which some may hold answers in turn."""
    if not isinstance(value, dict):
        raise ValueError("answers")
    inner = {name: _answers(held) for name, held in value.items() if isinstance(held, dict)}
    outer = _answers({name: held for name, held in value.items() if name not in inner})
    _answers(dict.fromkeys(value, ""))
    return dict(sorted((outer | inner).items()))


Name = Annotated[str, Field(pattern=NAME, max_length=MOST_IN_NAME)]
AccordName = Annotated[str, Field(pattern=ACCORD, max_length=MOST_IN_NAME)]
Office = Annotated[str, Field(pattern=OFFICE, max_length=2 * MOST_IN_NAME)]
Elector = Annotated[str, Field(pattern=ELECTOR, max_length=2 * MOST_IN_NAME)]
"""A party, or a seat that belongs to none, `BODY.2`."""
Step = Annotated[str, Field(pattern=STEP, max_length=2 * MOST_IN_NAME)]
"""A duty, or a procedure's step `PROCEDURE.STEP`."""
Digest = Annotated[str, Field(pattern=DIGEST, min_length=64, max_length=64)]
IsoDay = Annotated[str, Field(pattern=DAY), AfterValidator(_day)]
IsoMoment = Annotated[str, Field(pattern=MOMENT), AfterValidator(_moment)]
Reading = Annotated[str, Field(pattern=READING, max_length=MOST_IN_NAME)]
Reference = Annotated[str, Field(pattern=REFERENCE, max_length=2 * MOST_IN_NAME)]
Text = Annotated[str, Field(pattern=TEXT, max_length=MOST_LETTERS)]
Words = Annotated[str, Field(pattern=TEXT, min_length=1, max_length=MOST_LETTERS)]
Count = Annotated[int, Field(ge=0, le=WHOLE)]
Ordinal = Annotated[int, Field(ge=1, le=WHOLE)]
Amount = Annotated[int | str, PlainValidator(_amount, json_schema_input_type=int | str)]
Answers = Annotated[
    dict[str, str | int], PlainValidator(_answers, json_schema_input_type=dict[str, str | int])
]
Replacement = Annotated[
    dict[str, object],
    PlainValidator(
        _replacement, json_schema_input_type=dict[str, str | int | dict[str, str | int]]
    ),
]
