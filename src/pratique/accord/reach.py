# SPDX-License-Identifier: Apache-2.0
"""How far back figures are kept, by measure, and how far back a term looks."""

from __future__ import annotations

from collections.abc import Iterator

from pratique.accord.kinds.measure import RHYTHM_DAYS, Measure
from pratique.accord.program import Program, terms_of
from pratique.accord.terms.values import Term

LOOK_BACK = 31
"""Days for which it is kept what rules were ready for: how late a figure may be to count."""


def recalled(program: Program) -> Iterator[tuple[str, frozenset[str]]]:
    """Iterate over the rules whose past is judged anew when figures come late: which they read."""
    for name, rule in program.rules.items():
        if (when := rule.trigger.when) is not None and reads_series(when):
            read = (node.name for node in when.walk() if node.op in ("measure", "window"))
            yield name, frozenset(read)


def reads_series(term: Term) -> bool:
    """Say whether a term reads figures, so that its past is judged by the days spoken of."""
    return any(node.op in ("measure", "window") for node in term.walk())


def hold_days(measure: Measure) -> int:
    """Return for how many days after the one it speaks of a report is presumed unchanged."""
    if measure.hold is None:
        return 0
    return measure.hold.seconds // 86_400 if measure.hold.elapses else measure.hold.most_days


def own_reach(program: Program, term: Term) -> int:
    """Return how many days before a day its value may depend on, beyond what it is made of."""
    match term.op:
        case "for" | "in_last" | "window":
            assert term.duration is not None
            extra = hold_days(program.measures[term.name]) if term.op == "window" else 0
            return term.duration.most_days + 1 + extra
        case "for_reports":
            gaps = [
                _gap(program.measures[node.name]) for node in term.walk() if node.op == "measure"
            ]
            return term.reports * max(gaps, default=1)
    return 0


def _gap(measure: Measure) -> int:
    return max(hold_days(measure) + 1, RHYTHM_DAYS[measure.series.rhythm] if measure.series else 1)


def reaches(program: Program) -> dict[str, int]:
    """Return how many days of each measure are kept."""
    reach = {name: hold_days(measure) + 2 for name, measure in program.measures.items()}
    late = {id(program.rules[name].trigger.when) for name, _ in recalled(program)}
    for term in terms_of(program):
        _extend(program, term, LOOK_BACK if id(term) in late else 0, reach)
    return reach


def _extend(program: Program, term: Term, days: int, reach: dict[str, int]) -> None:
    if term.op in ("measure", "window"):
        days += own_reach(program, term)
        reach[term.name] = max(reach[term.name], days + hold_days(program.measures[term.name]) + 2)
        return
    if reads_series(term):
        days += own_reach(program, term)
    for arg in term.args:
        _extend(program, arg, days, reach)
