# SPDX-License-Identifier: Apache-2.0
"""The detector and its controls as a person writes them: found, or answered with what there is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from pratique.base.text import Code, Sentence, say
from pratique.cli.speech import CannotRun
from pratique.surveillance.detector import Control, Detector
from pratique.surveillance.detectors import detectors

_WORDS: Mapping[str, Any] = {"yes": True, "true": True, "no": False, "false": False, "none": None}


def detector_asked(name: str) -> Detector:
    """Return the detector of a name; CannotRun says which are like it, and which there are."""
    known = detectors()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name.lower().replace("-", "_"), list(known), 1)
    there = ", ".join(known)
    if near:
        raise CannotRun(
            say(
                "there is no detector {name}; did you mean {near}? There are: {names}",
                name=Code(name),
                near=Code(near[0]),
                names=there,
            )
        )
    raise CannotRun(
        say("there is no detector {name}; there are: {names}", name=Code(name), names=there)
    )


def controls_asked(detector: Detector, given: Iterable[str]) -> dict[str, Any]:
    """Return controls written `name=value`; CannotRun if one is unknown or out of its range."""
    known = {control.name: control for control in detector.controls}
    found: dict[str, Any] = {}
    for text in given:
        name, sign, written = text.partition("=")
        name = name.strip().replace("-", "_")
        if not sign:
            raise CannotRun(
                say(
                    "`--set` takes a control and its value, such as {such}", such=Code("alpha=0.01")
                )
            )
        if name not in known:
            raise CannotRun(_unknown(detector, name, list(known)))
        words = isinstance(known[name].default, str)
        value = written.strip() if words else value_written(written.strip())
        _require(detector, known[name], value, written)
        found[name] = value
    return found


def value_written(text: str) -> Any:
    """Return a value as a control takes it: a number, yes or no, a list "5,4", else the words."""
    if "," in text:
        return tuple(value_written(part.strip()) for part in text.split(","))
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _require(detector: Detector, control: Control, value: Any, written: str) -> None:
    try:
        detector.controlled({control.name: value})
    except ValueError as fault:
        raise CannotRun(
            say(
                "`{control}` cannot be {value}: it is {help}, otherwise {default}",
                control=control.name,
                value=Code(written),
                help=control.help,
                default=shown(control.default),
            )
        ) from fault


def _unknown(detector: Detector, name: str, known: list[str]) -> Sentence:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return say(
            "{detector} has no control {name}; did you mean {near}? It has: {names}",
            detector=Code(detector.name),
            name=Code(name),
            near=Code(near[0]),
            names=", ".join(known),
        )
    return say(
        "{detector} has no control {name}; it has: {names}",
        detector=Code(detector.name),
        name=Code(name),
        names=", ".join(known),
    )


def shown(value: Any) -> str:
    """Return a control's value as it is written after `--set`."""
    match value:
        case bool():
            return "yes" if value else "no"
        case None:
            return "none"
        case tuple() | list():
            return ",".join(shown(one) for one in value)
        case _:
            return str(value)
