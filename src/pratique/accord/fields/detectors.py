# SPDX-License-Identifier: Apache-2.0
"""`detector NAME with CONTROL VALUE, …`: is there such a detector, does it take what is given?

What it computes is none of the language's business; here is only whether the words mean something.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import cast

from lark import Token

from pratique.accord.terms.expression import Syntax, Text, place_of
from pratique.accord.terms.scope import Scope
from pratique.accord.terms.values import ANY, COUNT, EVENT, NUMBER, ValueType
from pratique.base.text import Code, Sentence, say
from pratique.surveillance.detector import Control, Detector

Setting = tuple[str, object]
"""A control as the text sets it: a number, a word, yes or no, or several numbers."""

_TRUTHS = {"yes": True, "no": False}
_RHYTHMS = ("daily", "weekly", "irregular")


def settings_of(tree: Syntax) -> tuple[Setting, ...]:
    """Return the controls that the text sets, in order."""
    return tuple((str(one.children[0]), _value(one)) for one in _controls(tree))


def settings_words(settings: tuple[Setting, ...]) -> list[Code]:
    """Return controls as the text writes them, in one form."""
    return [Code(f"{name} {_written(value)}") for name, value in settings]


def require_detector(tree: Syntax, text: Text, type_: ValueType, scope: Scope) -> None:
    """Report what is wrong with a detector: its name (E202), its controls, its series, its use."""
    _require_fitting(tree, text, type_, scope)
    if not scope.detectors:
        return
    word = cast(Token, tree.children[0])
    detector = scope.detectors.get(str(word))
    if detector is None:
        sentence = say("there is no detector `{name}`", name=str(word))
        scope.report("E202", sentence, place_of(text, word), _near(str(word), scope.detectors))
        return
    for control in _controls(tree):
        _require_control(control, text, detector, scope)
    names = [str(one.children[0]) for one in _controls(tree)]
    for place, control in enumerate(_controls(tree)):
        if names[place] in names[:place]:
            sentence = say("the control `{name}` is set twice", name=names[place])
            span = place_of(text, cast(Token, control.children[0]))
            scope.report("E201", sentence, span, say("take one of them away"))


def _require_fitting(tree: Syntax, text: Text, type_: ValueType, scope: Scope) -> None:
    if type_ not in (EVENT, COUNT, NUMBER, ANY):
        sentence = say("what a detector gives is an event, or a count of signals")
        help_ = say("write `: event`, or `: count in 0..1` (1 where there is a signal)")
        scope.report("E400", sentence, place_of(text, cast(Token, tree.children[0])), help_)
    rhythm = next(
        one for one in cast(Syntax, tree.children[-1]).children if _is_rhythm(one)
    )  # The grammar has one.
    if str(rhythm) not in _RHYTHMS:
        sentence = say("a detector watches the counts of days or of weeks")
        help_ = say("write `daily`, `weekly`, or `irregular` (then weeks are counted)")
        scope.report("E400", sentence, place_of(text, cast(Token, rhythm)), help_)


def _is_rhythm(child: object) -> bool:
    return isinstance(child, Token) and child.type == "RHYTHM"


def _require_control(tree: Syntax, text: Text, detector: Detector, scope: Scope) -> None:
    known = {control.name: control for control in detector.controls}
    name, span = str(tree.children[0]), place_of(text, cast(Token, tree.children[0]))
    control = known.get(name)
    if control is None:
        sentence = say(
            "the detector `{detector}` has no control `{name}`", detector=detector.name, name=name
        )
        scope.report("E202", sentence, span, _near(name, known))
        return
    if not _is_taken(control, _value(tree)):
        sentence = say(
            "the control `{name}` of the detector `{detector}` cannot be `{value}`",
            name=name,
            detector=detector.name,
            value=_written(_value(tree)),
        )
        scope.report("E403", sentence, place_of(text, tree), _takes(control))


def _is_taken(control: Control, value: object) -> bool:
    try:
        control.takes(value)
    except (TypeError, ValueError):
        return False
    return True


def _takes(control: Control) -> Sentence:
    if control.default is None or isinstance(control.default, tuple | list | dict):
        return say("it is {help}", help=control.help)
    default = _written(control.default)
    return say("it is {help}; where it is not set, `{default}`", help=control.help, default=default)


def _near(name: str, known: Mapping[str, object]) -> Sentence:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return say("did you mean `{near}`?", near=near[0])
    return say("there are: {names}", names=", ".join(sorted(known)))


# --- controls as written --------------------------------------------------------------------------


def _controls(tree: Syntax) -> Iterator[Syntax]:
    controls = tree.children[1]
    if controls is not None:
        yield from (cast(Syntax, one) for one in cast(Syntax, controls).children)


def _value(control: Syntax) -> object:
    values = [_one(cast(Syntax, child)) for child in control.children[1:]]
    return values[0] if len(values) == 1 else tuple(values)


def _one(setting: Syntax) -> object:
    word = str(setting.children[0])
    match setting.data:
        case "plain_setting":
            return float(word) if "." in word else int(word)
        case "percent":
            return float(word) / 100
        case "quoted_setting":
            return word[1:-1]
    return _TRUTHS.get(word, word)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(_written(one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
