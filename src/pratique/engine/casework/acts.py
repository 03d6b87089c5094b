# SPDX-License-Identifier: Apache-2.0
"""Acts on cases to what they bring in: cases opened, steps performed, permits taken back.

Whether a case is open there is the moment's business; here an act is held against the text alone.
"""

from __future__ import annotations

import numpy as np

from pratique.accord.fields.procedures import FieldSpec
from pratique.accord.kinds.procedure import REVOKE, Procedure
from pratique.accord.program import Program
from pratique.accord.terms.values import Who
from pratique.accord.words.reading import who_words
from pratique.base.text import Code, Either, say
from pratique.engine.arrays import Bools, Numbers, falses
from pratique.engine.casework.answers import typed_answers
from pratique.engine.intake import Intake, Opening, Revocation, StepAct
from pratique.engine.refusal import NotTakenIn
from pratique.register import acts as register


def take_opening(act: register.Open, program: Program, intake: Intake) -> None:
    """Take in the opening of a case; NotTakenIn if the text does not allow it."""
    procedure = procedure_named(program, act.procedure)
    row = _opener(act, procedure, program)
    fields = _fields(procedure.asks, dict(act.fields), program)
    where = falses(1, len(program.parties) if procedure.per_party else 1)
    where[0, row] = True
    intake.opened.append(Opening(procedure.name, where, fields, {row: dict(act.fields)}))


def take_step(act: register.Perform, program: Program, intake: Intake) -> None:
    """Take in an act on a case: a step performed, or what it granted taken back."""
    name, _, step_name = act.duty.partition(".")
    procedure = procedure_named(program, name)
    if step_name == REVOKE:
        intake.revoked.append(_revocation(act, procedure, program))
        return
    step = next((one for one in procedure.steps if one.name == step_name), None)
    if step is None:
        known = Either(tuple(Code(one.name) for one in procedure.steps))
        raise NotTakenIn(
            say(
                "{procedure} has no step {step}; it has {known}",
                procedure=Code(name),
                step=Code(step_name),
                known=known,
            )
        )
    if step.is_automatic:
        raise NotTakenIn(say("{step} passes by itself: nobody performs it", step=Code(act.duty)))
    fields = _fields(step.gives, dict(act.fields or {}), program)
    actors = _actors(act.by, step.by, program, act.duty)
    either = len(intake.steps) + 1 if len(actors) > 1 else 0
    for actor in actors:
        where, anywhere = _rows(act, procedure, step.by[actor] if step.by else None, program)
        intake.steps.append(
            StepAct(
                name,
                procedure.position(step_name),
                where,
                fields,
                actor,
                program.parties.index(act.by) if act.by in program.parties else -1,
                act.case or 0,
                anywhere,
                dict(act.fields or {}),
                either,
            )
        )


def procedure_named(program: Program, name: str) -> Procedure:
    """Return a procedure; NotTakenIn if the text has none of that name."""
    if name not in program.procedures:
        raise NotTakenIn(say("the accord's text has no procedure {name}", name=Code(name)))
    return program.procedures[name]


def _fields(
    specs: tuple[FieldSpec, ...], said: dict[str, str | int], program: Program
) -> dict[str, Numbers]:
    values = typed_answers(specs, said, program.parties)
    return {name: np.array([[value]]) for name, value in values.items()}


# --- who may --------------------------------------------------------------------------------------


def _opener(act: register.Open, procedure: Procedure, program: Program) -> int:
    if not procedure.per_party:
        return 0
    if act.party is None:
        raise NotTakenIn(say("this act must say for which party it is"))
    if act.party not in program.parties:
        raise NotTakenIn(say("{name} is not a party", name=Code(act.party)))
    if not any(_opens(who, act.party, program) for who in procedure.opened_by):
        raise NotTakenIn(
            say(
                "{party} may not open {procedure}; this is for {who}",
                party=Code(act.party),
                procedure=Code(procedure.name),
                who=who_words(procedure.opened_by),
            )
        )
    return program.parties.index(act.party)


def _opens(who: Who, party: str, program: Program) -> bool:
    if who.form == "named":
        # A body opens for a party: which one, its act says.
        return party in who.names or who.names[0] not in program.parties
    return not who.group or _is_member(who.group, party, program)


def _is_member(group: str, party: str, program: Program) -> bool:
    if party not in program.parties:
        return False
    return program.groups[group][program.parties.index(party)]


def _actors(by: str, actors: tuple[Who, ...], program: Program, step: str) -> list[int]:
    """Return which of a step's actors someone can be; NotTakenIn if none."""
    if not actors:
        return [0]
    if able := [number for number, who in enumerate(actors) if may_act(who, by, program)]:
        return able
    raise NotTakenIn(
        say(
            "{who} does not perform {step}; that is for {actors}",
            who=Code(by),
            step=Code(step),
            actors=who_words(actors),
        )
    )


def may_act(who: Who, by: str, program: Program) -> bool:
    """Say whether someone is of those whom a clause names, as far as the text alone tells."""
    if who.form in ("named", "chair", "people"):
        return by in who.names
    if who.form == "anyone":
        return True
    return by in program.parties and (not who.group or _is_member(who.group, by, program))


def _rows(
    act: register.Perform, procedure: Procedure, who: Who | None, program: Program
) -> tuple[Bools, bool]:
    """Return the rows that an act may mean, and whether it means the oldest case of them all."""
    if not procedure.per_party:
        return ~falses(1, 1), False
    where = falses(1, len(program.parties))
    own = program.parties.index(act.by) if act.by in program.parties else -1
    row = own if who is not None and who.form == "that" else -1
    if act.at is not None:
        if act.at not in program.parties:
            raise NotTakenIn(say("{name} is not a party", name=Code(act.at)))
        if row >= 0 and program.parties[row] != act.at:
            raise NotTakenIn(
                say(
                    "{step} is for the party that opened the case: {party}, not {who}",
                    step=Code(act.duty),
                    party=Code(act.at),
                    who=Code(act.by),
                )
            )
        row = program.parties.index(act.at)
    if row >= 0:
        where[0, row] = True
        return where, False
    if act.case is not None:
        raise NotTakenIn(say("this act must say for which party it is"))
    where[...] = True
    if who is not None and who.form == "other" and own >= 0:
        where[0, own] = False
    return where, True


def _revocation(act: register.Perform, procedure: Procedure, program: Program) -> Revocation:
    _actors(act.by, procedure.revoked_by, program, act.duty)
    if not procedure.revoked_by:
        raise NotTakenIn(say("nobody takes back what {name} grants", name=Code(procedure.name)))
    if act.case is None:
        raise NotTakenIn(say("this act must say which case it is about"))
    at = act.at or (act.by if act.by in program.parties else None)
    if procedure.per_party and at not in program.parties:
        raise NotTakenIn(say("this act must say for which party it is"))
    row = program.parties.index(at) if procedure.per_party and at else 0
    return Revocation(procedure.name, row, act.case)
