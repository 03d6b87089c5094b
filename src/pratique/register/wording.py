# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a would-be act or entry, in the words of whoever wrote it: the first fault,
and what was expected instead. It knows the faults that can be made, not the acts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from pratique.base.text import Code, Either, Sentence, say
from pratique.register import fields

_MOST_SHOWN = 60
Acts = Mapping[str, type[BaseModel]]
_Details = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Fault:
    """One fault, its type and bounds as pydantic names them; no act where the entry is at fault."""

    type: str
    bounds: Mapping[str, Any]
    found: Code
    act: str
    field: str


def shown(value: object) -> Code:
    """Return a value fit to be quoted: short, and never a character that commands a terminal."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    cut = text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"
    return Code(cut.encode("utf-8", "backslashreplace").decode())


def act_sentence(wrong: ValidationError, acts: Acts) -> Sentence:
    """Return what is wrong with an act."""
    found = _first(wrong)
    act, *path = _path(found)
    return _sentence(_fault(found, act, path), acts)


def entry_sentence(wrong: ValidationError, acts: Acts) -> Sentence:
    """Return what is wrong with an entry or with the act in it."""
    found = _first(wrong)
    act, *path = _path(found)
    if path[:1] == ["seals"]:
        return say(
            "{field} must hold the entry's own leaf, and no seal that this release does not know",
            field=Code("seals"),
        )
    if path[:1] != ["body"] or len(path) == 1:
        return _sentence(_fault(found, "", path), acts)
    return _sentence(_fault(found, act, path[1:]), acts)


def _first(wrong: ValidationError) -> _Details:
    """Return the first fault; an unknown field goes before the missing one that it hides."""
    faults = wrong.errors(include_url=False)
    return next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])


def _path(found: _Details) -> list[str]:
    return [str(part) for part in found["loc"]] or [""]


def _fault(found: _Details, act: str, path: list[str]) -> _Fault:
    bounds = found.get("ctx", {})
    # What our own checks raise comes as a `value_error` whose words are the name of the fault.
    kind = str(bounds["error"]) if found["type"] == "value_error" else found["type"]
    return _Fault(kind, bounds, shown(found["input"]), act, ".".join(path))


def _sentence(fault: _Fault, acts: Acts) -> Sentence:
    field = shown(fault.field)
    match fault.type:
        case "missing":
            return _missing(fault.act, field)
        case "extra_forbidden":
            return _unknown(fault.act, field, acts)
        case "union_tag_invalid":
            tag, known = shown(fault.bounds["tag"]), _codes(acts)
            return say("{found} is not an act; the acts are {acts}", found=tag, acts=known)
        case "union_tag_not_found":
            return say(
                "{field} must say which act it is: {acts}", field=Code("act"), acts=_any(acts)
            )
        case "literal_error":
            return _choice(fault, field, acts)
        case "string_pattern_mismatch":
            return _PATTERNS[fault.bounds["pattern"]](field, fault.found)
        case _:
            return _BOUNDS.get(fault.type, _unfit)(field, fault)


def _missing(act: str, field: Code) -> Sentence:
    if act:
        return say("{act} needs {field}", act=Code(act), field=field)
    return say("an entry needs {field}", field=field)


def _unknown(act: str, field: Code, acts: Acts) -> Sentence:
    if not act:
        return say("{field} is not a field of an entry", field=field)
    known = _codes(name for name in acts[act].model_fields if name != "act")
    return say(
        "{field} is not a field of {act}; it has {known}", act=Code(act), field=field, known=known
    )


def _choice(fault: _Fault, field: Code, acts: Acts) -> Sentence:
    if not fault.act:
        expected = Code(str(fault.bounds["expected"]).strip("'"))
        return say(
            "{field} must be {expected}, not {found}",
            field=field,
            expected=expected,
            found=fault.found,
        )
    choices = _any(get_args(acts[fault.act].model_fields[fault.field].annotation))
    return say(
        "{field} must be {choices}, not {found}", field=field, choices=choices, found=fault.found
    )


def _codes(names: Iterable[str]) -> tuple[Code, ...]:
    return tuple(Code(name) for name in names)


def _any(names: Iterable[str]) -> Either:
    return Either(_codes(names))


_PATTERNS: Mapping[str, Callable[[Code, Code], Sentence]] = {
    fields.NAME: lambda field, found: say(
        "{field} must be a name such as {example}, not {found}",
        field=field,
        found=found,
        example=Code("sierra_leone"),
    ),
    fields.ACCORD: lambda field, found: say(
        "{field} must be an accord's name such as {example}, not {found}",
        field=field,
        found=found,
        example=Code("mano-river"),
    ),
    fields.OFFICE: lambda field, found: say(
        "{field} must be an office such as {example}, not {found}",
        field=field,
        found=found,
        example=Code("guinea.focal_point"),
    ),
    fields.ELECTOR: lambda field, found: say(
        "{field} must be a party such as {example}, or a seat such as {seat}, not {found}",
        field=field,
        found=found,
        example=Code("guinea"),
        seat=Code("council.2"),
    ),
    fields.STEP: lambda field, found: say(
        "{field} must be a duty such as {example}, or a step such as {step}, not {found}",
        field=field,
        found=found,
        example=Code("notify"),
        step=Code("stock_request.review"),
    ),
    fields.DIGEST: lambda field, found: say(
        "{field} must be a SHA-256 digest, 64 of the characters 0-9 a-f, not {found}",
        field=field,
        found=found,
    ),
    fields.DAY: lambda field, found: say(
        "{field} must be a day such as {example}, not {found}",
        field=field,
        found=found,
        example=Code("2014-07-16"),
    ),
    fields.MOMENT: lambda field, found: say(
        "{field} must be a moment such as {example}, not {found}",
        field=field,
        found=found,
        example=Code("2014-07-16T06:10:00Z"),
    ),
    fields.READING: lambda field, found: say(
        "{field} must be a number written as text such as {example}, or {unknown}, not {found}",
        field=field,
        found=found,
        example=Code("12.5"),
        unknown=Code("unknown"),
    ),
    fields.REFERENCE: lambda field, found: say(
        "{field} must be a reference without spaces such as {example}, not {found}",
        field=field,
        found=found,
        example=Code("disclosure/2014/17"),
    ),
    fields.TEXT: lambda field, _: say(
        "{field} may hold no control characters but tab and line feed", field=field
    ),
}


def _whole_number(field: Code, fault: _Fault) -> Sentence:
    return say("{field} must be a whole number, not {found}", field=field, found=fault.found)


def _not_a_date(field: Code, fault: _Fault) -> Sentence:
    return say("{field} is not on the calendar: {found}", field=field, found=fault.found)


def _too_short(field: Code, fault: _Fault) -> Sentence:
    least = fault.bounds["min_length"]
    if least == 1:
        return say("{field} must not be empty", field=field)
    return say("{field} must have at least {least} characters", field=field, least=least)


def _unfit(field: Code, fault: _Fault) -> Sentence:
    return say("{field} cannot be {found}", field=field, found=fault.found)


_BOUNDS: Mapping[str, Callable[[Code, _Fault], Sentence]] = {
    "no_such_day": _not_a_date,
    "no_such_moment": _not_a_date,
    "int_type": _whole_number,
    "int_from_float": _whole_number,
    "int_parsing_size": _whole_number,
    "half_a_figure": lambda *_: say(
        "a figure needs both {day} and {value}, an event has neither",
        day=Code("day"),
        value=Code("value"),
    ),
    "moved_for_nothing": lambda *_: say(
        "what moves belongs to a {pool}, or is owed under a {clause}",
        pool=Code("pool"),
        clause=Code("clause"),
    ),
    "string_too_short": _too_short,
    "string_too_long": lambda field, fault: say(
        "{field} may have at most {most} characters", field=field, most=fault.bounds["max_length"]
    ),
    "string_unicode": lambda field, _: say(
        "{field} holds a character that cannot be stored", field=field
    ),
    "string_type": lambda field, fault: say(
        "{field} must be text, not {found}", field=field, found=fault.found
    ),
    "greater_than_equal": lambda field, fault: say(
        "{field} must be at least {least}, not {found}",
        field=field,
        least=fault.bounds["ge"],
        found=fault.found,
    ),
    "less_than_equal": lambda field, fault: say(
        "{field} must be at most {most}, not {found}",
        field=field,
        most=fault.bounds["le"],
        found=fault.found,
    ),
    "amount": lambda field, fault: say(
        "{field} must be a whole number above zero (beyond {most}, as text), not {found}",
        field=field,
        most=fields.WHOLE,
        found=fault.found,
    ),
    "answers": lambda field, _: say(
        "{field} must be at most {most} named answers, each a text or a whole number",
        field=field,
        most=fields.MOST_ANSWERS,
    ),
}
