# SPDX-License-Identifier: Apache-2.0
"""Stories read and run for the command line, and laid out for a terminal or as plain values."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from pratique.accord.check import Checked
from pratique.accord.kinds.case import Case
from pratique.accord.kinds.status import IN_FORCE
from pratique.accord.model import Accord
from pratique.accord.program import Program
from pratique.accord.terms.values import Term
from pratique.base.finding import Finding
from pratique.base.moment import Day, date_of, iso_day, iso_moment
from pratique.base.numerals import date_words
from pratique.base.text import say, say_count
from pratique.cli.aside import Aside
from pratique.cli.findings import finding_record
from pratique.cli.places import Place, text_at
from pratique.cli.replaying import history_at
from pratique.cli.speech import CannotRun, language, told
from pratique.engine.happening import Happening
from pratique.rehearsal.chronicle import alike, happening_words, together_words
from pratique.rehearsal.history import History
from pratique.rehearsal.story import (
    Expected,
    Prose,
    Story,
    Told,
    ToldCase,
    read_story,
    told_beside,
)
from pratique.rehearsal.story import told as run_story
from pratique.rehearsal.trial import findings_of, watching
from pratique.rehearsal.trials.run import Run

WIDTH = 96
_ITEM = re.compile(r"\s*([-*+]|\d{1,4}[.)])\s+|\s*")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*?|__?)(?=\S)(.+?)(?<=\S)\1(?![\w*])")


@dataclass(frozen=True, slots=True)
class Ran:
    """A story and where it is; what came of it, unless findings stopped it."""

    path: Path
    story: Story
    told: Told | None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that was found in it, in its own lines."""
        return (*self.story.findings, *(self.told.findings if self.told is not None else ()))

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Those that stop adoption (severity E)."""
        return tuple(finding for finding in self.findings if finding.severity == "E")


class Trial:
    """The worked cases of an accord and the stories beside it, run together when it is checked.

    Its `cases` are what `check` takes as its trial; what came of the stories is kept for later.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.ran: list[Ran] = []
        self.fault: CannotRun | None = None

    def cases(self, accord: Accord) -> list[Finding]:
        """Return what is found in the accord's own cases; run the stories beside them."""
        program = watching(accord, ())
        if isinstance(program, Finding):
            return [program]
        own = accord.of_kind(Case)
        try:
            read, history = _read_stories(program, self.place.stories, self.place.history)
        except CannotRun as fault:
            # Said only if nothing is found that stops the accord.
            read, history, self.fault = [], None, fault
        sound = [story for _, story in read if not _is_stopped(story)]
        runs, told_of = _beside(accord, own, sound, history)
        came = iter(told_of)
        self.ran = [
            Ran(path, story, None if _is_stopped(story) else next(came)) for path, story in read
        ]
        return [finding for run in runs for finding in findings_of(run)]

    def stories(self, checked: Checked) -> list[Ran]:
        """Return the stories beside the accord, run; none where findings stop the accord.

        CannotRun if a story cannot be opened, or a history that is there cannot be read.
        """
        if checked.program is None or checked.stops:
            return []
        if self.fault is not None:
            raise self.fault
        return self.ran


def _beside(
    accord: Accord, own: Sequence[Case], stories: Sequence[Story], history: History | None
) -> tuple[list[Run], list[Told]]:
    """Run cases and stories; those over a history, a timeline of their own, at the same time."""
    past = [story for story in stories if story.uses_history]
    if not past or history is None:
        return told_beside(accord, own, stories, history)
    aside = Aside(lambda: [told.cases for told in told_beside(accord, (), past, history)[1]])
    runs, now = told_beside(accord, own, [one for one in stories if not one.uses_history])
    told_of = iter(now)
    cases = iter(aside.result())
    return runs, [
        Told(story, next(cases)) if story.uses_history else next(told_of) for story in stories
    ]


def stories_at(place: Place, names: Iterable[str]) -> list[Path]:
    """Return the stories named, or all beside an accord; CannotRun if there is none."""
    beside = place.stories
    named = [_story_named(name, beside) for name in names]
    if not named and not beside:
        raise CannotRun(say("there are no stories beside {path}", path=str(place.document)))
    return named or beside


def _story_named(name: str, beside: list[Path]) -> Path:
    for path in [Path(name), *beside]:
        if path.is_file() and (str(path) == name or name in (path.name, path.stem)):
            return path
    known = ", ".join(path.stem for path in beside) or "—"
    raise CannotRun(
        say("there is no story at `{path}`; there are: {names}", path=name, names=known)
    )


def run_stories(program: Program, paths: Iterable[Path], folder: Path) -> Iterator[Ran]:
    """Run stories, each on the history in a folder if it uses one.

    CannotRun if a story cannot be opened, or a history that is there cannot be read.
    """
    read, history = _read_stories(program, paths, folder)
    for path, story in read:
        yield Ran(path, story, None if _is_stopped(story) else run_story(program, story, history))


def _read_stories(
    program: Program, paths: Iterable[Path], folder: Path
) -> tuple[list[tuple[Path, Story]], History | None]:
    """Return stories, and the history that one of them uses, if it is there."""
    history: History | None = None
    read: list[tuple[Path, Story]] = []
    for path in paths:
        text = text_at(path)
        story = read_story(text, program.accord)
        if story.uses_history and history is None and folder.is_dir():
            history = history_at(folder, program)
        if story.uses_history and history is not None:
            story = read_story(text, program.accord, program.clock.day(history.begins))
        read.append((path, story))
    return read, history


def _is_stopped(story: Story) -> bool:
    return any(finding.severity == "E" for finding in story.findings)


# --- for people -----------------------------------------------------------------------------------


def story_lines(ran: Ran, program: Program, *, all_of_it: bool = False) -> Iterator[str]:
    """Iterate over the lines of a story as a person reads it: prose, what happened, what of it."""
    assert ran.told is not None
    cases = iter(ran.told.cases)
    for piece in ran.story.pieces:
        if isinstance(piece, Prose):
            yield from _prose_lines(piece)
        else:
            yield from _case_lines(next(cases), program, all_of_it=all_of_it)


def _prose_lines(prose: Prose) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", prose.text):
        if block.startswith("#"):
            yield click.style(_plain(block.lstrip("# ")), bold=True)
        else:
            for line in block.split("\n"):
                item = _ITEM.match(line)
                indent = " " * (item.end() if item else 0)
                yield from textwrap.wrap(_plain(line), WIDTH, subsequent_indent=indent)
        yield ""


def _plain(markdown: str) -> str:
    return _EMPHASIS.sub(r"\2", markdown)


def _case_lines(one: ToldCase, program: Program, *, all_of_it: bool) -> Iterator[str]:
    came = [each for each in one.happenings if all_of_it or not _is_routine(each, one, program)]
    days: dict[Day | None, list[str]] = {}
    for day, words in sorted(one.given, key=lambda given: given[0] or 0):
        days.setdefault(day, []).append(told(words))
    for each in _together(came):
        day = program.clock.day(each[0].moment)
        came_about = f"→ {told(together_words(program, each))}"
        days.setdefault(day, []).append(click.style(came_about, bold=True))
    yield click.style(told(say("What happens")), underline=True)
    for day, lines in sorted(days.items(), key=lambda entry: entry[0] or 0):
        yield from _dated(day, lines)
    if hidden := len(one.happenings) - len(came):
        yield ""
        yield told(
            say_count(
                "{n} thing besides comes round whatever happens, and is left out; --all shows it.",
                "{n} things besides come round whatever happens, and are left out;"
                " --all shows them.",
                n=hidden,
            )
        )
    yield ""
    yield click.style(told(say("What was expected")), underline=True)
    for expected in one.expected:
        yield from _expected_lines(expected)
    yield from _unexpected(one)
    yield ""


def _together(happenings: Iterable[Happening]) -> Iterator[list[Happening]]:
    ordered: dict[object, list[Happening]] = {}
    for one in happenings:
        ordered.setdefault(alike(one), []).append(one)
    yield from ordered.values()


def _dated(day: Day | None, lines: list[str]) -> Iterator[str]:
    head = date_words(date_of(day), language()) if day is not None else told(say("all along"))
    for line in lines:
        yield from _hung(line, f"{head:<20} ")
        head = ""


def _hung(line: str, prefix: str) -> list[str]:
    # Styles are put on again, line by line: a wrapped line has no width of its own for them.
    bare = click.unstyle(line)
    wrapped = textwrap.wrap(bare, WIDTH - len(prefix)) or [""]
    bold = bare != line
    shown = [click.style(text, bold=True) if bold else text for text in wrapped]
    blank = " " * len(prefix)
    return [f"{blank if n else prefix}{'  ' if bold and n else ''}{t}" for n, t in enumerate(shown)]


def _is_routine(one: Happening, case: ToldCase, program: Program) -> bool:
    # What comes round by the calendar, and the parties' contributions, unless the case is about it.
    if one.clause in _subjects(case):
        return False
    duty = program.duties.get(one.clause)
    if duty is not None:
        return duty.every is not None or (not duty.trigger.on and _always(duty.trigger.when))
    if one.clause in program.pools:
        return one.edge in ("claimed", "done")
    return one.clause == IN_FORCE


def _always(when: Term | None) -> bool:
    return when is None or {node.name for node in when.walk()} <= {"", IN_FORCE}


def _subjects(case: ToldCase) -> set[str]:
    expected = {one.expectation.name.partition(".")[0] for one in case.expected}
    return expected | {given.name for given in case.case.givens}


def _expected_lines(one: Expected) -> Iterator[str]:
    mark = click.style("✓", fg="green") if one.came_true else click.style("✗", fg="red", bold=True)
    words = f"{one.expectation.text}"
    for number, line in enumerate(textwrap.wrap(words, WIDTH - 4)):
        yield f"  {'  ' if number else mark + ' '}{line}"
    if one.witness is not None:
        yield from textwrap.wrap(
            told(one.witness), WIDTH - 6, initial_indent="      ", subsequent_indent="      "
        )


def _unexpected(one: ToldCase) -> Iterator[str]:
    """Yield what was found besides expectations that did not come true."""
    spans = {each.expectation.span for each in one.expected}
    for finding in one.findings:
        if finding.span not in spans:
            yield f"  {click.style('✗', fg='red', bold=True)} {told(finding.sentence)}"


# --- for machines ---------------------------------------------------------------------------------


def story_record(ran: Ran, program: Program) -> dict[str, Any]:
    """Return a story and what came of it as plain values, sentences in the language chosen."""
    cases = ran.told.cases if ran.told is not None else ()
    return {
        "story": str(ran.path),
        "title": ran.story.title,
        "came_true": ran.told is not None and ran.told.came_true,
        "findings": [finding_record(finding) for finding in ran.findings],
        "cases": [_case_record(one, program) for one in cases],
    }


def _case_record(one: ToldCase, program: Program) -> dict[str, Any]:
    return {
        "case": one.case.name,
        "line": one.case.source.span.line,
        "uses_history": one.case.uses_history,
        "given": [{"day": _iso(day), "words": told(words)} for day, words in one.given],
        "happened": [_happening_record(each, program) for each in one.happenings],
        "expected": [
            {
                "text": each.expectation.text,
                "day": _iso(each.day),
                "came_true": each.came_true,
                "witness": told(each.witness) if each.witness is not None else None,
            }
            for each in one.expected
        ],
    }


def _happening_record(one: Happening, program: Program) -> dict[str, Any]:
    return {
        "moment": iso_moment(one.moment),
        "clause": one.clause,
        "change": one.edge,
        "party": program.parties[one.row] if 0 <= one.row < len(program.parties) else None,
        "amount": one.amount or None,
        "words": told(happening_words(program, one)),
    }


def _iso(day: Day | None) -> str | None:
    return iso_day(day) if day is not None else None
