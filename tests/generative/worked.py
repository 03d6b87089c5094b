# SPDX-License-Identifier: Apache-2.0
"""Random worked cases for a program, as typed values: what is told, and what is expected of it.

Most can be told; the few that cannot are refused when they are run, alone as together.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from fractions import Fraction

from generative.conditions import Choice
from generative.happenings import BEGINNINGS, VALUES
from pratique.accord.clause import Clause
from pratique.accord.fields.expected import Expectation
from pratique.accord.fields.told import Given
from pratique.accord.kinds.case import Case
from pratique.accord.program import Program
from pratique.base.finding import Span

DAYS = (1, 2, 3, 4, 6, 9, 17)


def cases_of(choice: Choice, program: Program, count: int, source: Clause) -> list[Case]:
    """Draw worked cases; most begin on one day."""
    first = choice.of(BEGINNINGS)
    return [
        Case(
            f"case{number}",
            "",
            tuple(_givens(choice, program)),
            tuple(_expectations(choice, program)),
            source,
            first + (7 if choice.sometimes(10) else 0),
        )
        for number in range(count)
    ]


# --- what is told ---------------------------------------------------------------------------------


def _givens(choice: Choice, program: Program) -> list[Given]:
    tellers = [_level, _level, _event, _status, _use, _done, _opened, _step, _vote, _consent]
    told = [choice.of(tellers)(choice, program, line) for line in range(choice.number(1, 9))]
    return [given for given in told if given is not None]


def _given(choice: Choice, form: str, line: int) -> Given:
    return Given(form, Span(line + 1), day=choice.of(DAYS))


def _party(choice: Choice, program: Program) -> int:
    return choice.number(0, len(program.parties) - 1)


def _level(choice: Choice, program: Program, line: int) -> Given | None:
    figures = [one for one in program.measures.values() if not one.is_event]
    if not figures:
        return None
    measure = choice.of(figures)
    values = VALUES.get(measure.type.kind, (0.0, 1.0, 2.0))
    value = None if choice.sometimes(15) else Fraction(choice.of(values))
    given = _given(choice, "level", line)
    return replace(
        given,
        name=measure.name,
        party=_party(choice, program) if measure.per_party and choice.sometimes(60) else -1,
        value=value,
        weekly=choice.sometimes(15),
        until=given.day + choice.number(0, 9) if choice.sometimes(40) else 0,
    )


def _event(choice: Choice, program: Program, line: int) -> Given | None:
    events = [one for one in program.measures.values() if one.is_event]
    if not events:
        return None
    event = choice.of(events)
    party = _party(choice, program) if event.per_party else -1
    return replace(_given(choice, "event", line), name=event.name, party=party)


def _status(choice: Choice, program: Program, line: int) -> Given | None:
    started = [one for one in program.statuses.values() if one.holds_while is None]
    if not started:
        return None
    status = choice.of(started)
    party = _party(choice, program) if status.per_party and choice.sometimes(60) else -1
    return replace(_given(choice, "status", line), name=status.name, party=party)


def _use(choice: Choice, program: Program, line: int) -> Given | None:
    if not program.powers:
        return None
    power = choice.of(list(program.powers.values()))
    party = _party(choice, program) if power.per_party else -1
    return replace(_given(choice, "use", line), name=power.name, party=party)


def _done(choice: Choice, program: Program, line: int) -> Given | None:
    duties = [one for one in program.duties.values() if not one.prohibits]
    if not duties:
        return None
    who = program.parties[_party(choice, program)] if choice.sometimes(50) else ""
    return replace(_given(choice, "done", line), name=choice.of(duties).name, who=who)


def _opened(choice: Choice, program: Program, line: int) -> Given | None:
    if not program.procedures:
        return None
    procedure = choice.of(list(program.procedures.values()))
    party = _party(choice, program) if procedure.per_party else -1
    return replace(_given(choice, "opened", line), name=procedure.name, party=party)


def _step(choice: Choice, program: Program, line: int) -> Given | None:
    opened = _opened(choice, program, line)
    if opened is None:
        return None
    steps = [one for one in program.procedures[opened.name].steps if not one.is_automatic]
    who = program.parties[_party(choice, program)]
    return replace(opened, form="done", step=choice.of(steps).name, who=who) if steps else None


def _vote(choice: Choice, program: Program, line: int) -> Given | None:
    voted = [one.name for one in program.powers.values() if one.vote is not None]
    if not voted:
        return None
    return replace(
        _given(choice, "vote", line),
        name=choice.of(voted),
        who=program.parties[_party(choice, program)],
        ballot=choice.of(("yes", "no", "abstain")),
        day=0 if choice.sometimes(50) else choice.of(DAYS),
    )


def _consent(choice: Choice, program: Program, line: int) -> Given:
    form = choice.of(("ratified", "signed", "left"))
    who = program.parties[_party(choice, program)]
    return replace(_given(choice, form, line), who=who)


# --- what is expected -----------------------------------------------------------------------------


def _expectations(choice: Choice, program: Program) -> list[Expectation]:
    forms = ["true", "change", "owed", "missed", "undetermined"]
    expected = [
        _expected(choice, program, choice.of(forms), line) for line in range(choice.number(1, 5))
    ]
    return [one for one in expected if one is not None]


def _expected(choice: Choice, program: Program, form: str, line: int) -> Expectation | None:
    conditions = {
        name: clause.trigger.when
        for name, clause in program.acting().items()
        if clause.trigger.when is not None
    }
    names = {
        "true": list(conditions),
        "undetermined": list(conditions),
        "change": [*program.acting(), *program.statuses],
        "owed": [name for name, duty in program.duties.items() if not duty.prohibits],
        "missed": [name for name, duty in program.duties.items() if not duty.prohibits],
    }[form]
    if not names:
        return None
    name = choice.of(names)
    return Expectation(
        form,
        f"{form} {name} {line}",
        Span(line + 1),
        choice.of(("on", "by", "never")),
        choice.of(DAYS),
        # Each watches by itself, also what another clause or case asks.
        term=copy(conditions[name]) if form == "true" else None,
        name=name,
        edge=choice.of(("used", "raised", "done", "missed", "starts", "ends", "opened")),
    )
