# SPDX-License-Identifier: Apache-2.0
"""`measure`: an observed input, a figure that is reported or an event that happens."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from lark import Tree

from pratique.accord.clause import Clause, Field, Kind
from pratique.accord.fields.detectors import Setting, require_detector, settings_of
from pratique.accord.terms.expression import Syntax
from pratique.accord.terms.literals import duration_of, literal
from pratique.accord.terms.scope import Scope, Symbol
from pratique.accord.terms.values import ANY, COUNT, EVENT, NUMBER, PERCENT, ValueType
from pratique.accord.words.figures import measure_words
from pratique.base.duration import Duration
from pratique.base.text import Sentence, say

_TYPES = {"number": NUMBER, "count": COUNT, "percent": PERCENT, "event": EVENT}
RHYTHM_DAYS = {"daily": 1, "weekly": 7, "monthly": 31, "irregular": 0}


@dataclass(frozen=True, slots=True)
class Series:
    """Where figures come from: a published series, its class, rhythm and the authority.

    With a `detector` the figures are what that detector makes of them, with these `controls`.
    """

    name: str
    disease: str
    group: str
    rhythm: str
    authority: str
    detector: str = ""
    controls: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """An observed input. `low` and `high` bound it (money in minor units, shares as fractions).

    `hold`: days that a report is presumed unchanged; `assumed`: the value where none is known.
    `group`: whose members alone have one each; `split_by`: how its figures are split.
    """

    name: str
    label: str
    type: ValueType
    per_party: bool
    low: float
    high: float
    series: Series | None
    hold: Duration | None
    assumed: Fraction | None
    source: Clause
    group: str = ""
    split_by: tuple[str, ...] = ()

    @property
    def is_event(self) -> bool:
        """Whether it happens instead of having a value."""
        return self.type == EVENT

    @property
    def detector(self) -> str:
        """The detector that makes its figures; none: they are as published."""
        return self.series.detector if self.series is not None else ""


def _declare(clause: Clause, scope: Scope) -> None:
    type_, low, high = _type(clause, scope)
    spread, group = clause.per_party, clause.group
    for name in clause.names:
        scope.declare(
            Symbol(name.word, "measure", name.span, type_, spread, None, low, high, group=group)
        )


def _type(clause: Clause, scope: Scope) -> tuple[ValueType, float, float]:
    tree = clause.type.tree if clause.type else None
    if tree is None or clause.type is None:
        if clause.type is None:
            help_ = say("write it after a colon: `measure cases per party: count in 0..1000000`")
            scope.report("E104", say("this measure has no type"), clause.span, help_)
        return ANY, float("-inf"), float("inf")
    if tree.data == "money_type":
        type_ = ValueType("money", str(tree.children[0]))
    elif tree.data == "rate_type":
        type_ = ValueType("rate", f"{tree.children[0]} per {tree.children[1]}")
    else:
        known = _TYPES.get(str(tree.children[0]))
        if known is None:
            sentence = say("`{word}` is not a type", word=str(tree.children[0]))
            help_ = say("types: number, count, percent, money CUR, rate CUR per CUR, event")
            scope.report("E103", sentence, clause.type.text.span, help_)
            return ANY, float("-inf"), float("inf")
        type_ = known
    bounds = [literal(child) for child in tree.children[1:] if isinstance(child, Tree)]
    if len(bounds) == 2:
        return type_, float(bounds[0].value), float(bounds[1].value)
    return type_, (0.0 if type_.kind in ("count", "rate") else float("-inf")), float("inf")


def _resolve(clause: Clause, scope: Scope) -> list[object]:
    series = _series(clause, scope)
    hold, assumed = _missing(clause.tree("if missing"))
    if hold is not None and hold.unit not in ("days", "weeks"):
        sentence = say("a report is held for whole days")
        scope.report(
            "E103", sentence, clause.fields["if missing"].text.span, say("give days or weeks")
        )
    measures: list[object] = []
    for name in clause.names:
        symbol = scope.symbols.get(name.word)
        if symbol is None or symbol.kind != "measure":
            continue
        measures.append(
            Measure(
                name.word,
                clause.label_of(name.word),
                symbol.type,
                symbol.per_party,
                symbol.low,
                symbol.high,
                series,
                hold,
                assumed,
                clause,
                clause.group,
                clause.listed("split by"),
            )
        )
    if measures and not cast(Measure, measures[0]).is_event and "if missing" not in clause.fields:
        help_ = say("write `hold D`, `assume V` or `unknown`: what holds where no report has come")
        sentence = say("this measure lacks {fields}", fields="`if missing`")
        scope.report("E104", sentence, clause.span, help_)
    return measures


def _series(clause: Clause, scope: Scope) -> Series | None:
    tree = clause.tree("from")
    if tree is None or tree.data == "from_acts":
        return None
    name, disease, group, rhythm, authority = (
        str(child) if child else "" for child in cast(Syntax, tree.children[-1]).children
    )
    if tree.data != "detector":
        return Series(name, disease, group, rhythm, authority)
    symbol = scope.symbols.get(clause.name)
    type_ = symbol.type if symbol is not None else ANY
    require_detector(tree, clause.fields["from"].text, type_, scope)
    detector = str(tree.children[0])
    return Series(name, disease, group, rhythm, authority, detector, settings_of(tree))


def _missing(tree: Syntax | None) -> tuple[Duration | None, Fraction | None]:
    if tree is None or tree.data == "unknown":
        return None, None
    inner = cast(Syntax, tree.children[0])
    if tree.data == "hold":
        return duration_of(inner), None
    return None, literal(inner).value


def _reading(typed: object) -> list[Sentence]:
    return measure_words(cast(Measure, typed))


KIND = Kind(
    name="measure",
    summary=say("an observed input: a figure that is reported, or an event that happens"),
    fields=(
        Field(
            "from",
            "source",
            say("`series NAME of DISEASE class CLASS, RHYTHM, by WHOM`, `detector …`, or `acts`"),
            required=True,
        ),
        Field("if missing", "missing", say("`hold D`, `assume V` or `unknown`")),
        Field("split by", "names", say("how its figures are split, such as `age, income`")),
    ),
    declare=_declare,
    resolve=_resolve,
    reading=_reading,
    takes_type="value_type",
    takes_spread=True,
    takes_many=True,
    example=(
        "measure deaths per party: count in 0..1000000\n"
        "  from: series deaths of ebola class confirmed, irregular, by who\n"
        "  if missing: hold 30 days"
    ),
)
