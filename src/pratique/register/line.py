# SPDX-License-Identifier: Apache-2.0
"""A stored line, read without trust: the one spelling accepted is the one that would be written.

Types, canonical bytes (RFC 8785), the act's own rules and the seal are checked here; what must
follow what, in `chain`.
"""

from __future__ import annotations

import json
from functools import reduce
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from pratique.base.moment import moment_from_iso
from pratique.base.text import Sentence, say
from pratique.register.acts import ACTS, ActBody
from pratique.register.entry import Entry, NotAnEntry, leaf_of, seals_of
from pratique.register.fields import AccordName, Count, Digest, IsoMoment, Office
from pratique.register.wording import entry_sentence, shown

MOST_BYTES = 1_000_000
"""The longest line, its line feed not counted."""

_SHOWN_BYTES = 20
_ADVICE_COPY = say("take this entry again from another copy of the register, and compare the two")
_ADVICE_FORM = say("a journal holds one entry a line, as it was written: do not edit or indent it")
_ADVICE_LONG = say("keep long texts beside the register, and put their digest into it")


class Seal(BaseModel):
    """The entry's own leaf. It proves no author, since anyone can compute it; signatures will stand
    beside it as further kinds.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    kind: Literal["leaf"]
    sha256: Digest


# INVARIANT: fields in alphabetical order, like the acts', so that the JSON comes canonical.
class Line(BaseModel):
    """An entry as stored."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    accord: AccordName
    act: str
    body: ActBody
    happened: IsoMoment | None = None
    office: Office
    prev: Digest
    recorded: IsoMoment
    seals: tuple[Seal]
    seq: Count
    v: Literal[1]


def read_line(raw: bytes) -> tuple[Line, bytes]:
    """Return what a line of a journal holds, and its leaf.

    NotAnEntry unless it is, byte for byte, what would be written, and its seal fits.
    """
    if len(raw) - raw.endswith(b"\n") > MOST_BYTES:
        raise NotAnEntry(
            say("the entry is longer than {most} bytes", most=MOST_BYTES), _ADVICE_LONG
        )
    if not raw.endswith(b"\n"):
        raise NotAnEntry(say("the line is cut off: it has no line feed at its end"), _ADVICE_COPY)
    try:
        line = _LINES.validator.validate_json(raw)
    except ValidationError as wrong:
        raise NotAnEntry(_unfit(raw, wrong), _ADVICE_FORM) from None
    written = line.__pydantic_serializer__.to_json(line, exclude_none=True)
    if len(raw) != len(written) + 1 or not raw.startswith(written):
        raise NotAnEntry(_misspelt(raw, written), _ADVICE_FORM)
    leaf = _leaf_in(raw)
    if line.seals[0].sha256 != leaf.hex():
        raise NotAnEntry(say("the entry does not match its own seal: it was changed"), _ADVICE_COPY)
    return line, leaf


def entry_in(line: Line, leaf: bytes) -> Entry:
    """Return the entry that a line holds."""
    return Entry(
        accord=line.accord,
        seq=line.seq,
        prev=line.prev,
        recorded=moment_from_iso(line.recorded),
        happened=None if line.happened is None else moment_from_iso(line.happened),
        office=line.office,
        act=line.body,  # type: ignore[arg-type]  # each line's type has one act for its body
        leaf=leaf.hex(),
    )


_SEALS = seals_of(bytes(32)) + b","
_SEALS_START = _SEALS[: _SEALS.index(b"0")]


def _leaf_in(raw: bytes) -> bytes:
    """Return the leaf of a canonical line: of its bytes without `seals` and line feed."""
    # No text can hold this start, since its quotation marks would be escaped; no act has `seals`.
    start = raw.rindex(_SEALS_START)
    return leaf_of(raw[:start] + raw[start + len(_SEALS) : -1])


def _line_with(act: type[ActBody]) -> Any:
    """Return the type of the lines that hold one act."""
    fields: dict[str, Any] = {"act": (act.model_fields["act"].annotation, ...), "body": (act, ...)}
    return create_model(f"{act.__name__}Line", __base__=Line, **fields)


_ANY: Any = Annotated[reduce(or_, map(_line_with, ACTS.values())), Field(discriminator="act")]
_LINES: TypeAdapter[Line] = TypeAdapter(_ANY)


def _unfit(raw: bytes, wrong: ValidationError) -> Sentence:
    fault = wrong.errors(include_url=False)[0]
    if fault["type"] == "json_invalid":
        return _unreadable(raw)
    if not fault["loc"] and not raw.startswith(b"{"):
        return say("{found} is no entry", found=shown(fault["input"]))
    return entry_sentence(wrong, ACTS)


def _unreadable(raw: bytes) -> Sentence:
    try:
        json.loads(raw.decode())
    except UnicodeDecodeError as wrong:
        return say("the line is not text in UTF-8 from byte {at} on", at=wrong.start + 1)
    except json.JSONDecodeError as wrong:
        return say("the line is not JSON from character {at} on", at=wrong.pos + 1)
    except RecursionError:
        return say("the line has brackets within brackets, deeper than any entry")
    return say("the line holds half a character, or a number that is none")


def _misspelt(raw: bytes, written: bytes) -> Sentence:
    twice = _named_twice(raw)
    if twice:
        return say("the line names {field} twice", field=shown(twice))
    pairs = enumerate(zip(raw, written, strict=False))
    at = next((i for i, (found, wanted) in pairs if found != wanted), len(written))
    found, wanted = (
        text[at : at + _SHOWN_BYTES].decode(errors="replace") for text in (raw, written)
    )
    return say(
        "the line is not spelt as it was written: from byte {at} on, {found} instead of {wanted}",
        at=at + 1,
        found=shown(found),
        wanted=shown(wanted),
    )


def _named_twice(raw: bytes) -> str:
    """Return the first name that an object of the line has twice, else nothing."""
    twice: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        names = [name for name, _ in pairs]
        twice.extend(name for name in names if names.count(name) > 1)

    json.loads(raw, object_pairs_hook=look)
    return twice[0] if twice else ""
