# SPDX-License-Identifier: Apache-2.0
"""Replays as the command line asks for them: checked, shown while running, written at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pratique.accord.check import check
from pratique.accord.compile import compile_accord
from pratique.accord.kinds.duty import Duty
from pratique.accord.kinds.power import Power
from pratique.accord.kinds.rule import Rule
from pratique.accord.model import Accord
from pratique.accord.program import Program, spoken
from pratique.base.finding import Finding
from pratique.base.moment import Moment, date_of, day_from_iso
from pratique.base.text import Code, Sentence, say, say_count
from pratique.cli.findings import findings_text
from pratique.cli.methods import methods
from pratique.cli.places import Place, unwritten
from pratique.cli.speech import CannotRun, is_loud, language, tell
from pratique.register.journal import write_journal
from pratique.rehearsal.chronicle import told_happening, without_echoes
from pratique.rehearsal.conduct import Conduct, NotConduct, conduct_named
from pratique.rehearsal.history import History, NotHistory, read_history
from pratique.rehearsal.replay import Progress, Replay, replay, replays

JOURNAL, REPORT = "journal.jsonl", "report.html"


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be replayed."""

    place: Place
    history: Path
    until: str | None = None
    conduct: str = "deadline"
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A replay, the same with silence in votes, the whole accord's where clauses were left out."""

    replay: Replay
    silent_votes: Replay | None
    baseline: Replay | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Written:
    """The files written."""

    report: Path
    journal: Path


def replayed(question: Question) -> Answer:
    """Return the answer to a question; CannotRun if the accord, its history or conduct stops it."""
    accord = sound_accord(question.place)
    program = program_of(accord, question.without)
    history = history_at(question.history, program)
    conduct = _conduct(question.conduct)
    conducts = _and_silent(conduct, program)
    until = _until(question.until, program)
    if until is not None and until <= history.begins:
        raise CannotRun(
            say(
                "`--until` is before the history begins, on {day}",
                day=date_of(program.clock.day(history.begins)),
            )
        )
    begun = time.perf_counter()
    try:
        with _bar(accord.title) as told_progress:
            main, *silent = replays(program, history, conducts, until=until, progress=told_progress)
    except NotConduct as fault:
        raise CannotRun(fault.sentence) from fault
    seconds = time.perf_counter() - begun
    baseline = None
    if question.without:
        whole = program_of(accord, ())
        baseline = replay(whole, history, conduct, until=until)
    was_voted = any(one.edge == "opened" for one in main.happenings)
    answer = Answer(main, silent[0] if silent and was_voted else None, baseline, seconds)
    return _spoken(answer, question.place.translation(language()))


def _spoken(answer: Answer, translation: str) -> Answer:
    """Return an answer that calls clauses as the reader's own text does; nothing else changes."""
    if not translation:
        return answer
    others = (answer.silent_votes, answer.baseline)
    silent, baseline = (one and _in_words_of(translation, one) for one in others)
    return Answer(_in_words_of(translation, answer.replay), silent, baseline, answer.seconds)


def _in_words_of(translation: str, one: Replay) -> Replay:
    return replace(one, program=spoken(one.program, translation))


def _and_silent(conduct: Conduct, program: Program) -> list[Conduct]:
    """Return a conduct, and the same with nobody answering in votes if that can differ."""
    votes = any(power.vote is not None for power in program.powers.values())
    return (
        [conduct, conduct.silent_in_votes()] if votes and conduct.ballot != "silent" else [conduct]
    )


def sound_accord(place: Place) -> Accord:
    """Return the accord at a place; CannotRun, with its findings, if some stop adoption."""
    checked = check(place.source, methods=methods())
    if checked.stops:
        tell(
            findings_text(checked.stops, checked.accord.document.lines, str(place.document)) + "\n",
            error=True,
        )
        raise CannotRun(
            say_count(
                "{n} finding stops the accord from being run",
                "{n} findings stop the accord from being run",
                n=len(checked.stops),
            )
        )
    return checked.accord


def program_of(accord: Accord, without: tuple[str, ...]) -> Program:
    """Return the accord's program without some clauses; CannotRun if there is no such clause."""
    leavable = Rule | Duty | Power
    known = sorted(name for name, clause in accord.typed.items() if isinstance(clause, leavable))
    for name in without:
        if name not in known:
            raise CannotRun(
                say(
                    "`{name}` is no rule, duty or power of this accord; there are: {names}",
                    name=name,
                    names=", ".join(known),
                )
            )
    program = compile_accord(accord, without=without)
    if isinstance(program, Finding):
        raise CannotRun(program.sentence)
    return program


def history_at(folder: Path, program: Program) -> History:
    """Return the history in a folder; CannotRun if there is none that can be read."""
    if not folder.is_dir():
        raise CannotRun(
            say(
                "there is no history at {path}: give a folder with `series.toml`",
                path=Code(str(folder)),
            )
        )
    try:
        return read_history(folder, program)
    except NotHistory as fault:
        raise CannotRun(fault.sentence) from fault


def _conduct(name: str) -> Conduct:
    try:
        return conduct_named(name)
    except NotConduct as fault:
        raise CannotRun(fault.sentence) from fault


def _until(words: str | None, program: Program) -> Moment | None:
    if words is None:
        return None
    try:
        return program.clock.start(day_from_iso(words) + 1) - 1
    except ValueError as fault:
        raise CannotRun(say("`{words}` is not a day such as 2014-12-31", words=words)) from fault


@contextmanager
def _bar(title: str) -> Iterator[Progress | None]:
    """Show a progress bar on a terminal's standard error; nothing elsewhere."""
    if not is_loud():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda share: bar.update(task, completed=share)


def chronicle(answer: Answer) -> Iterator[Sentence]:
    """Iterate over what came of a replay, a dated line each."""
    program = answer.replay.program
    for one in without_echoes(program, answer.replay.happenings):
        if one.edge not in ("opened", "claimed") or one.clause in program.procedures:
            yield told_happening(answer.replay, one)
    yield Sentence("", {})
    count = _counted(answer.replay)
    yield say(
        "duties: {raised} raised, {done} done, {missed} missed; contributions missed: {claims}",
        raised=count["raised"],
        done=count["done"],
        missed=count["missed"],
        claims=count["claims"],
    )


def _counted(replay: Replay) -> dict[str, int]:
    duties = [one for one in replay.happenings if one.clause in replay.program.duties]
    counted = {
        edge: sum(one.edge == edge for one in duties) for edge in ("raised", "done", "missed")
    }
    pools = [one for one in replay.happenings if one.clause in replay.program.pools]
    return counted | {"claims": sum(one.edge == "missed" for one in pools)}


def write_outcome(answer: Answer, folder: Path) -> Written:
    """Write the journal and the report; CannotRun if the folder cannot be written to."""
    from pratique.chart import draw
    from pratique.rehearsal.report import report_html

    page = report_html(
        answer.replay,
        other=answer.silent_votes,
        baseline=answer.baseline,
        language=language(),
        draw=draw,
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_journal(folder / JOURNAL, answer.replay.entries)
        (folder / REPORT).write_text(page, "utf-8")
    except OSError as fault:
        raise unwritten(folder, fault) from fault
    return Written(folder / REPORT, folder / JOURNAL)
