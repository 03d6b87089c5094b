# SPDX-License-Identifier: Apache-2.0
"""The charts of a replay: for each measure that its rules read, the figures as published and known.

Thresholds are found in the conditions, marks are the rules' uses. Nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.rule import Rule
from pratique.accord.program import Program
from pratique.accord.reach import hold_days
from pratique.accord.terms.values import Term, ValueType
from pratique.base.moment import Moment, date_of
from pratique.base.money import decimals
from pratique.base.text import Sentence, say
from pratique.rehearsal.figures import Chart, Line, Mark, Point, Stretch, Threshold
from pratique.rehearsal.replay import Replay

MOST = 4


def charts_of(replay: Replay, language: str) -> tuple[Chart, ...]:
    """Return a chart for each measure that the rules' conditions read; four at most."""
    measures = [name for name in _measures_read(replay.program) if _points(replay, name)]
    return tuple(_chart(replay, name, language) for name in measures[:MOST])


def _measures_read(program: Program) -> list[str]:
    found: dict[str, None] = {}
    for rule in program.rules.values():
        found |= dict.fromkeys(read_by(rule))
    for status in program.statuses.values() if not found else ():
        found |= dict.fromkeys(_measures(status.holds_while))
    return [name for name in found if not program.measures[name].is_event]


def read_by(rule: Rule) -> list[str]:
    """Return the measures that a rule's condition reads."""
    return list(dict.fromkeys(_measures(rule.trigger.when)))


def _measures(term: Term | None) -> Iterator[str]:
    nodes = term.walk() if term is not None else ()
    return (node.name for node in nodes if node.op in ("measure", "window"))


def _chart(replay: Replay, name: str, language: str) -> Chart:
    program, label = replay.program, replay.program.accord.label(name)
    rules = [rule for rule in program.rules.values() if name in read_by(rule)]
    lines = _lines(replay, name, rules)
    thresholds = _thresholds(rules, name)
    description = say(
        "One line for each Party, as published from {begins} to {until}; a line stops where the"
        " figure is unknown. Thresholds and decisions are marked. The table after the chart has"
        " every figure.",
        begins=_date(replay, replay.begins),
        until=_date(replay, replay.until),
    )
    return Chart(
        name,
        say("{measure}, as published", measure=_capital(label)),
        description,
        lines,
        thresholds,
        tuple(_marks(replay, rules, lines)),
        _first_shown(replay, name),
        replay.until,
        program.clock,
        language,
    )


def _date(replay: Replay, moment: Moment) -> object:
    return date_of(replay.program.clock.day(moment))


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


def _first_shown(replay: Replay, name: str) -> Moment:
    """Return a moment a little before a measure's first figure."""
    first = min(point.known for _, point in _points(replay, name))
    return max(replay.begins, first - (replay.until - first) // 20)


def _points(replay: Replay, name: str) -> list[tuple[str | None, Point]]:
    return [
        (one.party, Point(one.known, one.day, float(Fraction(one.value)), one.source))
        for one in replay.history.publications
        if one.measure == name and one.known <= replay.until
    ]


# --- lines ---------------------------------------------------------------------------------------


def _lines(replay: Replay, name: str, rules: Iterable[Rule]) -> tuple[Line, ...]:
    measure, found = replay.program.measures[name], _points(replay, name)
    if not measure.per_party:
        points = [point for _, point in found]
        return (
            Line(
                _capital(measure.label), tuple(_stretches(replay, measure, points)), tuple(points)
            ),
        )
    lines = []
    for party in replay.program.accord.parties:
        points = [point for owner, point in found if owner == party.name]
        lines.append(Line(party.label, tuple(_stretches(replay, measure, points)), tuple(points)))
    if any(
        _is_total(node, name)
        for rule in rules
        if rule.trigger.when
        for node in rule.trigger.when.walk()
    ):
        lines.append(Line(say("all Parties together"), tuple(_total(lines)), is_total=True))
    return tuple(lines)


def _stretches(replay: Replay, measure: Measure, points: list[Point]) -> Iterator[Stretch]:
    """Yield how a figure stood, as known at each moment: presumed unchanged for its `hold` days."""
    clock, hold = replay.program.clock, hold_days(measure)
    given = measure.assumed
    assumed = float(_written(given, measure.type)) if given is not None else None
    latest: Point | None = None
    knowns = sorted({point.known for point in points})
    begins = replay.begins
    for known, following in pairwise([*knowns, replay.until]):
        if latest is None and known > begins:
            yield Stretch(begins, known, assumed)
        latest = max((p for p in points if p.known <= known), key=lambda p: (p.spoken, p.known))
        expires = clock.start(latest.spoken + hold + 1)
        if expires > known:
            yield Stretch(known, min(expires, following), latest.value)
        if expires < following:
            yield Stretch(max(expires, known), following, assumed)
    if latest is None:
        yield Stretch(begins, replay.until, assumed)


def _total(lines: list[Line]) -> Iterator[Stretch]:
    edges = sorted({edge for line in lines for s in line.stretches for edge in (s.start, s.end)})
    for start, end in pairwise(edges):
        values = [value_at(line, start) for line in lines]
        known = [value for value in values if value is not None]
        yield Stretch(start, end, sum(known) if known else None, partial=len(known) < len(values))


def value_at(line: Line, moment: Moment) -> float | None:
    """Return how a line stands at a moment; None where it is unknown."""
    last = line.stretches[-1] if line.stretches else None
    for stretch in line.stretches:
        if stretch.start <= moment < stretch.end or (stretch is last and moment == stretch.end):
            return stretch.value
    return None


# --- thresholds and marks ------------------------------------------------------------------------


def _thresholds(rules: Iterable[Rule], name: str) -> tuple[Threshold, ...]:
    owners: dict[tuple[float, bool], list[str]] = {}
    for rule in rules:
        for node in rule.trigger.when.walk() if rule.trigger.when else ():
            value = _compared_with(node, name)
            if value is not None:
                owners.setdefault(value, []).append(rule.label)
    ordered = sorted(owners.items())
    return tuple(
        Threshold(value, _named(labels, total), total) for (value, total), labels in ordered
    )


def _named(labels: list[str], total: bool) -> Sentence | str:
    if len(set(labels)) == 1:
        return _capital(labels[0])
    return say("all Parties together") if total else say("in one Party")


def _compared_with(node: Term, name: str) -> tuple[float, bool] | None:
    if node.op != "compare":
        return None
    for read, constant in (node.args, node.args[::-1]):
        if constant.is_constant and (_is_total(read, name) or _is_figure(read, name)):
            value = _constant(constant)
            return None if value is None else (float(value), _is_total(read, name))
    return None


def _is_figure(term: Term, name: str) -> bool:
    inner = term.args[0] if term.op == "at" else term
    return inner.op == "measure" and inner.name == name


def _is_total(term: Term, name: str) -> bool:
    return term.op == "sum" and _is_figure(term.args[0], name)


def _constant(term: Term) -> Fraction | None:
    """Return the value of a literal or a named term of one; None for what is computed."""
    if term.op == "term":
        return _constant(term.args[0])
    if term.op != "number":
        return None
    return _written(term.value, term.type)


def _written(value: Fraction, type_: ValueType) -> Fraction:
    """Return a value of the text as publications do: money in its unit, shares in per cent."""
    if type_.kind == "money":
        return value / Fraction(10 ** decimals(type_.unit))
    return value * 100 if type_.kind == "percent" else value


def _marks(replay: Replay, rules: Iterable[Rule], lines: tuple[Line, ...]) -> Iterator[Mark]:
    marks: dict[tuple[Moment, str], list[int]] = {}
    names = {rule.name for rule in rules}
    for one in replay.happenings:
        if one.edge == "used" and one.clause in names:
            marks.setdefault((one.moment, one.clause), []).append(one.row)
    for (moment, clause), rows in marks.items():
        yield Mark(moment, clause, tuple(rows), _height(lines, rows, moment))


def _height(lines: tuple[Line, ...], rows: list[int], moment: Moment) -> float | None:
    chosen = (
        [line for line in lines if line.is_total]
        if rows == [-1]
        else [lines[row] for row in rows if row >= 0]
    )
    values = [value for line in chosen if (value := value_at(line, moment)) is not None]
    return max(values, default=None)
