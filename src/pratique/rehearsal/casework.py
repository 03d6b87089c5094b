# SPDX-License-Identifier: Apache-2.0
"""What offices do on cases in a replay: who performs which step, and what is written there.

No words of people are made up: what is text says that it is a replay. Nothing is revoked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from pratique.accord.fields.procedures import PARTY, FieldSpec, Step
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.program import Program
from pratique.accord.terms.values import Who
from pratique.base.moment import Clock, Moment, day_from_iso, iso_day, iso_moment
from pratique.base.text import Code, Sentence, say
from pratique.engine.acts import intake_of
from pratique.engine.casework.acts import may_act
from pratique.engine.casework.files import written_as
from pratique.engine.refusal import NotTakenIn
from pratique.engine.rows.cases import CaseSlot
from pratique.engine.standing import Standing
from pratique.register.acts import Open, Perform
from pratique.rehearsal.conduct import ASKED, NOTHING, Conduct, NotConduct, Opened, Values

UNWRITTEN = "Not known: this case was gone through in a replay."
"""What stands where people would have written words."""
_AMOUNTS = ("count", "money", "number")


@dataclass(frozen=True, slots=True)
class AtStep:
    """A case that stands at a step: of which row, by its number, since when and due when."""

    procedure: Procedure
    row: int
    number: int
    step: Step
    entered: Moment
    due: Moment
    recorded: Values

    @property
    def name(self) -> str:
        """The step as acts name it."""
        return f"{self.procedure.name}.{self.step.name}"


def cases_at_steps(standing: Standing, name: str, scenario: int = 0) -> Iterator[AtStep]:
    """Iterate over the open cases of a procedure in one scenario, each at its step."""
    rows = standing.cases[name]
    for slot in rows.slots:
        for row in map(int, np.flatnonzero(slot.open[scenario])):
            step = rows.procedure.steps[int(slot.step[scenario, row])]
            yield AtStep(
                rows.procedure,
                row if rows.procedure.per_party else -1,
                int(slot.number[scenario, row]),
                step,
                int(slot.entered[scenario, row]),
                int(slot.due[scenario, row]),
                _recorded(rows.procedure, slot, (scenario, row), standing.program.parties),
            )


def _recorded(
    procedure: Procedure, slot: CaseSlot, place: tuple[int, int], parties: tuple[str, ...]
) -> dict[str, str | int]:
    known = {name: float(held[place]) for name, held in slot.fields.items()}
    return {
        name: parties[int(value)]
        if procedure.fields[name].type == PARTY
        else written_as(procedure.fields[name], value)
        for name, value in known.items()
        if not np.isnan(value)
    }


# --- who performs a step --------------------------------------------------------------------------


def performers(case: AtStep, parties: tuple[str, ...], program: Program) -> list[str]:
    """Return who performs a step: one for each of its actors, or all of them where it gathers."""
    own = parties[case.row] if case.row >= 0 else ""
    found: list[str] = []
    for who in case.step.by:
        able = _able(who, own, case, program)
        found += able if case.step.many else able[:1]
    return list(dict.fromkeys(found)) if case.step.by else [own or parties[0]]


def _able(who: Who, own: str, case: AtStep, program: Program) -> list[str]:
    match who.form:
        case "named" | "chair" | "people":
            return list(who.names)
        case "field":
            party = str(case.recorded.get(who.names[0], ""))
            return [party] if party in program.parties else []
        case "that":
            return [own] if own else []
    parties = [party for party in program.parties if may_act(who, party, program)]
    if who.form == "other":
        return [party for party in parties if party != own]
    # The party's own case first.
    return sorted(parties, key=lambda party: party != own)


# --- what is written ------------------------------------------------------------------------------


def step_act(case: AtStep, by: str, at: Moment, said: Values, program: Program) -> Perform:
    """Return the act by which someone performs a step at a moment, `said` by the conduct."""
    asked = {spec.name: spec for spec in case.procedure.asks}
    earlier = {
        name: value
        for name, value in case.recorded.items()
        if case.procedure.fields[name].on_arrays
    }
    writer = _Writer(program, case.procedure, asked, earlier, at, case.row)
    fields = writer.written(case.step.gives, said)
    party = program.parties[case.row] if case.row >= 0 else None
    return Perform(duty=case.name, by=by, at=party, case=case.number, fields=fields or None)


def opening(opened: Opened, program: Program, said: Values) -> tuple[Moment, str, Open]:
    """Return when somebody opens a case, who, and the act; NotConduct if the text has no such."""
    procedure = program.procedures.get(opened.procedure)
    if procedure is None:
        raise _no_place(opened, say("the accord's text has no procedure of that name"))
    try:
        day = _day(opened.on)
        at = program.clock.start(day) + 60
        row = program.parties.index(opened.party) if opened.party in program.parties else -1
        writer = _Writer(program, procedure, {}, {}, at, row)
        fields = writer.written(procedure.asks, {**said, **opened.fields})
        party = opened.party if procedure.per_party and opened.party else None
        act = Open(procedure=procedure.name, party=party, fields=fields)
        intake_of(program, [act])
    except NotTakenIn as fault:
        raise _no_place(opened, fault.sentence) from fault
    return at, _opener(procedure, opened.party, program), act


def require_fitting(conduct: Conduct, program: Program) -> None:
    """Raise NotConduct if a conduct answers what no procedure of the text asks."""
    for key, values in conduct.answers.items():
        name, _, step_name = key.partition(".")
        procedure = program.procedures.get(name)
        steps = {step.name: step.gives for step in procedure.steps} if procedure else {}
        asked = procedure.asks if procedure and not step_name else steps.get(step_name)
        if asked is None:
            raise NotConduct(
                say(
                    "conduct `{name}`: the accord has no procedure or step `{key}`",
                    name=conduct.name,
                    key=key,
                )
            )
        names = [spec.name for spec in asked]
        if absent := next((one for one in values if one not in names), ""):
            raise NotConduct(
                say(
                    "conduct `{name}`: `{key}` records no `{field}`; it records: {names}",
                    name=conduct.name,
                    key=key,
                    field=absent,
                    names=", ".join(names) or "—",
                )
            )


def _opener(procedure: Procedure, party: str, program: Program) -> str:
    bodies = [who.names[0] for who in procedure.opened_by if who.form in ("named", "chair")]
    others = [name for name in bodies if name not in program.parties]
    may = any(may_act(who, party, program) for who in procedure.opened_by)
    return party if may or not others else others[0]


def _day(words: str) -> int:
    try:
        return day_from_iso(words)
    except ValueError:
        raise NotTakenIn(say("`{words}` is not a day such as 2014-12-31", words=words)) from None


def _no_place(opened: Opened, why: Sentence) -> NotConduct:
    return NotConduct(
        say("the conduct cannot open {procedure}: {why}", procedure=Code(opened.procedure), why=why)
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """What is written into one case at one moment. `earlier`: what it records already."""

    program: Program
    procedure: Procedure
    asked: Mapping[str, FieldSpec]
    earlier: Values
    at: Moment
    row: int

    def written(self, specs: tuple[FieldSpec, ...], said: Values) -> dict[str, str | int]:
        return {spec.name: self._value(spec, said.get(spec.name)) for spec in specs}

    def _value(self, spec: FieldSpec, said: str | int | None) -> str | int:
        kind = spec.type.kind
        if kind in _AMOUNTS:
            return self._amount(spec, said)
        if said is not None:
            return sha256(str(said).encode()).hexdigest() if kind == "sealed" else said
        return _unsaid(spec, self.at, self.program.clock, self._party())

    def _amount(self, spec: FieldSpec, said: str | int | None) -> str | int:
        if said == NOTHING:
            return _least(spec)
        if said is not None and said != ASKED:
            return said
        same = {
            name: value
            for name, value in self.earlier.items()
            if self.procedure.fields[name].type == spec.type
        }
        like = [value for name, value in same.items() if _alike(name, spec.name)]
        asked = [value for name, value in same.items() if name in self.asked]
        found = like or (asked if said == ASKED else [])
        return found[0] if found else _least(spec)

    def _party(self) -> str:
        return self.program.parties[max(0, self.row)]


def _alike(one: str, other: str) -> bool:
    return bool(set(one.split("_")) & set(other.split("_")))


def _least(spec: FieldSpec) -> int:
    return max(0, int(np.ceil(spec.low))) if np.isfinite(spec.low) else 0


def _unsaid(spec: FieldSpec, at: Moment, clock: Clock, party: str) -> str | int:
    if spec.type == PARTY:
        return party
    match spec.type.kind:
        case "choice":
            return spec.choices[0]
        case "percent":
            return 100
        case "date":
            return iso_day(clock.day(at))
        case "moment":
            return iso_moment(at)
        case "sealed":
            return sha256(UNWRITTEN.encode()).hexdigest()
    return UNWRITTEN
