# SPDX-License-Identifier: Apache-2.0
"""One clause explained: its paragraph, its reading in words, and its trace over a history."""

from __future__ import annotations

from pathlib import Path

from pratique.accord.clause import Clause
from pratique.accord.kinds import kinds
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.pool import Pool
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.kinds.status import Status
from pratique.accord.labels import relabelled
from pratique.accord.model import Accord, Typed
from pratique.accord.words.readback.clauses import readback
from pratique.base.moment import date_of
from pratique.base.text import Code, Sentence, say, say_count
from pratique.cli.places import Place
from pratique.cli.replaying import Question, replayed, sound_accord
from pratique.cli.speech import CannotRun, language, tell, told
from pratique.engine.trace import Reason
from pratique.rehearsal.chronicle import clause_of, party_label, told_happening, without_echoes
from pratique.rehearsal.replay import Replay

_ACTING = Measure | Status | Pool | Duty | Power | Rule | Procedure
"""Clauses of which something may come over a history."""


def explain_clause(what: str, place: Place, history: Path, conduct: str) -> None:
    """Print a clause's paragraph, reading and trace; CannotRun if there is no such clause."""
    accord = relabelled(sound_accord(place), place.translation(language()))
    clause = _clause(what, accord)
    typed = [accord.typed[name.word] for name in clause.names if name.word in accord.typed]
    tell(
        say(
            "{kind} {name}, on lines {first} to {last}",
            kind=clause.kind,
            name=Code(clause.name),
            first=str(clause.span.line),
            last=str(clause.last_line),
        )
    )
    for label in clause.paragraphs:
        paragraph = accord.document.paragraph(label)
        if paragraph is not None:
            tell(f"\n  {label}. {' '.join(paragraph.text.split())}")
    tell()
    for sentence in _reading(typed, accord):
        tell("  " + told(sentence))
    acting = [one.name for one in typed if isinstance(one, _ACTING)]
    if history.is_dir() and acting:
        _trace(place, history, conduct, acting)


def _clause(what: str, accord: Accord) -> Clause:
    if what.isdecimal():
        found = next((c for c in accord.clauses if c.span.line <= int(what) <= c.last_line), None)
        if found is None:
            raise CannotRun(say("there is no clause on line {line}", line=what))
        return found
    found = next((c for c in accord.clauses if what in [name.word for name in c.names]), None)
    if found is None:
        help_ = accord.scope.suggestion(what, tuple(kinds()))
        raise CannotRun(say("the accord has no clause {name}: {help}", name=Code(what), help=help_))
    return found


def _reading(typed: list[Typed], accord: Accord) -> list[Sentence]:
    return [sentence for one in typed for sentence in readback(one.name, accord).sentences]


def _trace(place: Place, history: Path, conduct: str, names: list[str]) -> None:
    replay = replayed(Question(place, history, conduct=conduct)).replay
    came = without_echoes(replay.program, replay.happenings)
    found = [one for one in came if clause_of(one) in names]
    tell()
    tell(say("Over {title}, conduct {conduct}:", title=replay.history.title, conduct=Code(conduct)))
    if not found:
        tell("  " + told(say("nothing came of it")))
    for one in found:
        tell("  " + told(told_happening(replay, one)))
        if (question := replay.undetermined_before(one)) is not None and one.why:
            since = date_of(replay.program.clock.day(question.since))
            tell("      " + told(say("no later than this: undetermined since {day}", day=since)))
        for reason in one.why:
            tell("      " + told(reason_words(replay, reason)))
    for name in names:
        _undetermined(replay, name)


def reason_words(replay: Replay, reason: Reason) -> Sentence:
    """Return a figure that a condition read, in words: whose, what, and of which day."""
    measure = replay.program.accord.label(reason.measure)
    party = party_label(replay.program, reason.party)
    if reason.value is None and party:
        return say("{measure}, {party}: unknown", measure=measure, party=party)
    if reason.value is None:
        return say("{measure}: unknown", measure=measure)
    value = int(reason.value) if reason.value == int(reason.value) else reason.value
    if reason.spoken is None:
        return say("{measure}, {party}: {value} assumed", measure=measure, party=party, value=value)
    day = date_of(reason.spoken)
    if party:
        return say(
            "{measure}, {party}: {value}, of {day}",
            measure=measure,
            party=party,
            value=value,
            day=day,
        )
    return say("{measure}: {value}, of {day}", measure=measure, value=value, day=day)


def _undetermined(replay: Replay, name: str) -> None:
    seconds = replay.standing.undetermined.get(name)
    if seconds is None or not seconds[replay.scenario].any():
        return
    days = round(int(seconds[replay.scenario].max()) / 86_400)
    first = next((one for one in replay.open_questions if one.clause == name), None)
    if first is None:
        return
    how_long = say_count(
        "undetermined for {n} day in all", "undetermined for {n} days in all", n=days
    )
    tell("  " + told(how_long))
    if first.wanted:
        figures = [_figure(replay, reason) for reason in first.wanted]
        tell("  " + told(say("first for want of: {figures}", figures=figures)))


def _figure(replay: Replay, reason: Reason) -> Sentence | str:
    measure = replay.program.accord.label(reason.measure)
    if reason.party < 0:
        return measure
    party = party_label(replay.program, reason.party)
    return say("{measure} of {party}", measure=measure, party=party)
