# SPDX-License-Identifier: Apache-2.0
"""Every single change of a typed clause: one figure, word, time or part of it made another.

What has no effect of its own is left alone: see SILENT. It reads no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from math import isfinite, isinf
from typing import Any

from pratique.accord.clause import Clause
from pratique.accord.fields.procedures import End, FieldSpec
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.power import Power
from pratique.accord.terms.values import COUNT, QUANTIFIERS, Draw, Majority, Term, ValueType, Vote
from pratique.base.duration import Duration
from pratique.base.finding import Span

SILENT: dict[str, dict[str, str]] = {
    "*": {"source": "as read", "span": "its place", "per_party": "follows from what it reads"},
    "Term": {"type": "follows from what it is made of"},
    "EdgeRef": {"party": "said by `at`, its name"},
    "Party": {"name": "its label is said"},
    "Body": {"name": "its label is said"},
    "People": {"name": "its label is said"},
    "Measure": {"label": "said in the glossary of other clauses"},
    "Status": {"label": "as above"},
    "Pool": {"label": "as above"},
    "Dataset": {"label": "as above"},
    "Duty": {"label": "as above", "name": "the head of the reading"},
    "Rule": {"label": "as above", "name": "as above"},
    "Power": {"label": "as above", "name": "as above", "may": "its effects are said"},
    "NamedTerm": {"label": "as above"},
    "Procedure": {"label": "as above", "name": "as above"},
    "FieldSpec": {"step": "the step that gives it says it"},
    "Stream": {
        "amount": "the sum of its dues",
        "shares": "its dues say it",
        "every": "one year or month",
    },
    "Trigger": {"unread": "of a text that cannot be read"},
    "Vote": {"of_group": "follows from the electorate"},
    "End": {"goes_to": "its name, where that is a step"},
    "Majority": {"weight": "said by its name"},
}
"""Fields that are not heard by themselves, by class (`*`: of every class), each with its reason."""


def silent(owner: object) -> set[str]:
    """Return the fields of a value that need not be heard."""
    return {*SILENT["*"], *SILENT.get(type(owner).__name__, {}), *_moot(owner)}


def _moot(owner: object) -> tuple[str, ...]:
    # What no text can say beside what the value holds already.
    match owner:
        case Vote(as_power=str(power)) if power:
            return tuple(field.name for field in fields(Vote) if field.name != "as_power")
        case Power(vote=vote) if vote is None or vote.as_power:
            return ("silence",)
        case Majority(weight=weight) if weight is not None:
            return ("counts_votes",)
        case Body():
            seats = ("seats",) if owner.shares else ("plain_seats",)
            asked = owner.quorum is not None or owner.quorum_share is not None
            return (*seats, *(() if asked else ("quorum_of",)))
        case Draw(amount=None):
            return ("sends", "up_to")
        case Duty(draws=draws, met_when=met_when):
            unsaid = ("per_recipient",) if draws is None else ()
            return (*unsaid, *(("must",) if met_when is not None else ()))
        case Measure(high=high) | FieldSpec(high=high) if isinf(high):
            return ("low",)
        case End(late=late, when=when):
            return (*(("late",) if when is not None else ()), *(("when",) if late else ()))
    return ()


def changes(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Iterate over (what was changed, the value with that one change)."""
    match value:
        case Span() | Clause():
            return
        case tuple() | dict():
            yield from _of_several(value, path)
        case Term():
            yield from _of_term(value, path)
        case Duration() | ValueType():
            yield from _of_measured(value, path)
        case _ if is_dataclass(value):
            yield from _of_fields(value, path, [field.name for field in fields(value)])
        case _:
            yield from _of_leaf(value, path)


def _of_leaf(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    match value:
        case bool():
            yield path, not value
        case int() | float() if isfinite(value):
            yield path, value + 1
        case Fraction():
            yield path, value + 1
        case str() if value:
            yield path, f"{value}x"


def _of_measured(value: Duration | ValueType, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Duration):
        yield f"{path}.count", Duration(value.count + 1, value.unit)
        yield f"{path}.unit", Duration(value.count, "weeks" if value.unit == "days" else "days")
        return
    yield f"{path}.kind", COUNT if value.kind != "count" else ValueType("money", "EUR")
    if value.kind == "money":
        yield f"{path}.unit", ValueType("money", "EUR" if value.unit != "EUR" else "USD")


def _of_several(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, one in value.items():
            for where, other in changes(one, f"{path}[{key}]"):
                yield where, {**value, key: other}
        return
    if value:
        yield f"{path} one less", value[:-1]
    for index, one in enumerate(value):
        for where, other in changes(one, f"{path}[{index}]"):
            yield where, (*value[:index], other, *value[index + 1 :])


def _of_fields(value: Any, path: str, names: list[str]) -> Iterator[tuple[str, Any]]:
    for name in names:
        if name in silent(value):
            continue
        old = getattr(value, name)
        if name in CHOICES:
            yield f"{path}.{name}", replace(value, **{name: CHOICES[name](old)})
            continue
        for where, other in changes(old, f"{path}.{name}"):
            yield where, replace(value, **{name: other})


CHOICES: dict[str, Callable[[str], str]] = {
    "edge": lambda edge: "ends" if edge == "starts" else "starts",
    "form": lambda form: "each" if form == "all" else "all",
    "silence": lambda silence: "refuses" if silence == "consents" else "consents",
}
"""Fields that hold one of a few words, with another of them."""

PAYLOADS = {
    "number": ("value", "duration", "detail"), "term": ("name",), "measure": ("name",),
    "status": ("name",), "edge": ("name", "detail"), "event": ("name",), "pool": ("name", "detail"),
    "compare": ("detail",), "for": ("duration",), "for_reports": ("reports",),
    "in_last": ("duration",), "window": ("name", "detail", "duration"), "at": ("detail",),
    "dated": ("dates",), "method": ("name",), "field": ("name",), "builtin": ("name",),
}  # fmt: skip
"""What a term holds besides its args, by its op."""


ONE_OF = {
    ("pool", "detail"): ("paid", "held"), ("window", "detail"): ("mean", "sum"),
    ("builtin", "name"): ("ratified", "left"), ("edge", "detail"): ("done", "missed"),
    ("compare", "detail"): (">", "<"),
}  # fmt: skip
"""Two of the few words that a payload may be."""


def _of_term(term: Term, path: str) -> Iterator[tuple[str, Any]]:
    here = f"{path}<{term.op}>"
    names = PAYLOADS.get(term.op, ("name",) if term.op in QUANTIFIERS else ())
    for name in names:
        value = getattr(term, name)
        if term.op == "number" and name == ("value" if term.duration or term.detail else "detail"):
            continue
        if (term.op, name) in ONE_OF:
            one, other = ONE_OF[term.op, name]
            yield f"{here}.{name}", replace(term, **{name: other if value == one else one})
            continue
        for where, other in changes(value, f"{here}.{name}"):
            yield where, replace(term, **{name: other})
    # The second arg of a quantifier says who counts: its group, which its name says too.
    heard = term.args[:1] if term.op in QUANTIFIERS else term.args
    for index, arg in enumerate(heard):
        if term.op == "values" and not arg.value and arg.span == term.span:
            continue  # a party that the list leaves out
        for where, other in changes(arg, f"{here}[{index}]"):
            args = (*term.args[:index], other, *term.args[index + 1 :])
            yield where, replace(term, args=args)
