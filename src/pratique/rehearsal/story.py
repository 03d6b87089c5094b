# SPDX-License-Identifier: Apache-2.0
"""Stories beside an accord: prose with worked cases in it, read against its text and run.

What is told comes from people; what follows from it, and whether it was expected, from the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from pratique.accord.clause import Clause
from pratique.accord.document import Document, Fence, read_story_text
from pratique.accord.fields.expected import Expectation
from pratique.accord.fields.told import Given
from pratique.accord.kinds import kinds
from pratique.accord.kinds.case import Case
from pratique.accord.model import Accord, placed
from pratique.accord.program import Program
from pratique.accord.read import read_clauses
from pratique.accord.words.given import given_words
from pratique.base.finding import Finding
from pratique.base.moment import Day
from pratique.base.text import Sentence
from pratique.engine.happening import Happening
from pratique.rehearsal.chronicle import without_echoes
from pratique.rehearsal.history import History
from pratique.rehearsal.trial import findings_of, run_cases, watching
from pratique.rehearsal.trials.run import Run


@dataclass(frozen=True, slots=True)
class Prose:
    """Words between cases, as Markdown, and the line on which they begin."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its title, prose and cases in order, and what was found in reading it."""

    title: str
    document: Document
    pieces: tuple[Prose | Case, ...]
    findings: tuple[Finding, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """Its cases, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Case))

    @property
    def uses_history(self) -> bool:
        """Whether one of its cases wants the figures of a history."""
        return any(case.uses_history for case in self.cases)


def read_story(text: str, accord: Accord, begins: Day | None = None) -> Story:
    """Return a story, typed against an accord. Never raises; findings stand in its own lines.

    `begins`: the first day of the history, from which cases that use it count their days.
    """
    document = read_story_text(text)
    clauses, unread = read_clauses(document, {"case": kinds()["case"]})
    scope = replace(accord.scope, symbols=dict(accord.scope.symbols), used=set(), findings=[])
    cases: dict[int, Case] = {}
    for clause in clauses:
        of_history = "uses" in clause.fields and begins is not None
        scope.first_day = begins if of_history and begins else accord.scope.first_day
        kinds()["case"].declare(clause, scope)
        for case in kinds()["case"].resolve(clause, scope):
            cases[clause.span.line] = cast(Case, case)
    found = [*document.findings, *unread, *scope.findings]
    located = [placed(finding, document, clauses) for finding in found]
    located.sort(key=lambda finding: (finding.span.line, finding.span.column, finding.code))
    pieces = tuple(_pieces(document, cases))
    return Story(document.title(), document, pieces, tuple(located))


def _pieces(document: Document, cases: dict[int, Case]) -> Iterator[Prose | Case]:
    line = 1
    for fence in document.fences:
        yield from _prose(document, line, fence.line - 1)
        line = _after(document, fence)
        yield from (case for at, case in sorted(cases.items()) if fence.line <= at < line)
    yield from _prose(document, line, len(document.lines) + 1)


def _prose(document: Document, first: int, before: int) -> Iterator[Prose]:
    text = "\n".join(document.lines[first - 1 : before - 1]).strip()
    if text:
        yield Prose(text, first)


def _after(document: Document, fence: Fence) -> int:
    # An empty fence has one line of content as Markdown reads it, and none in the text.
    end = fence.line + len(fence.lines)
    closing = document.lines[fence.line - 1 : fence.line]
    if not any(fence.lines) and "".join(closing).lstrip().startswith(("`", "~")):
        end -= 1
    return end + 1


# --- what came of it ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a story: of each of its cases, in order."""

    story: Story
    cases: tuple[ToldCase, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding E904 for all that cannot be or is not so, placed in the story."""
        document = self.story.document
        clauses: list[Clause] = [one.case.source for one in self.cases]
        found = [finding for one in self.cases for finding in one.findings]
        return tuple(placed(finding, document, clauses) for finding in found)

    @property
    def came_true(self) -> bool:
        """Whether all that is expected came true."""
        return not any(one.findings for one in self.cases)


@dataclass(frozen=True, slots=True)
class ToldCase:
    """One case: what was given and what came about, by day; what was expected, and whether it was.

    `given` without a day hold all along.
    """

    case: Case
    given: tuple[tuple[Day | None, Sentence], ...]
    happenings: tuple[Happening, ...]
    """What came about, without what was given."""
    expected: tuple[Expected, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing expected: in its words, its day, whether it came true, what was seen if not."""

    expectation: Expectation
    day: Day | None
    came_true: bool
    witness: Sentence | None


def told(program: Program, story: Story, history: History | None = None) -> Told:
    """Run the cases of a story. ValueError if findings stop it, or the accord does not compile."""
    return told_beside(program.accord, (), [story], history)[1][0]


def told_beside(
    accord: Accord,
    cases: Sequence[Case],
    stories: Sequence[Story],
    history: History | None = None,
) -> tuple[list[Run], list[Told]]:
    """Run cases of an accord and those of stories together; each is what it is alone.

    ValueError if findings stop a story, or the accord does not compile.
    """
    if any(finding.severity == "E" for story in stories for finding in story.findings):
        raise ValueError("a story with findings of severity E cannot be run")
    every = [*cases, *(case for story in stories for case in story.cases)]
    watched = watching(accord, every)
    if isinstance(watched, Finding):
        raise ValueError(str(watched.sentence))
    runs = iter(run_cases(watched, every, history))
    own = [next(runs) for _ in cases]
    return own, [
        Told(story, tuple(_told_case(watched, next(runs)) for _ in story.cases))
        for story in stories
    ]


def _told_case(program: Program, run: Run) -> ToldCase:
    case, accord = run.case, program.accord
    given = [(_day(case, one.day), given_words(one, accord, case.first_day)) for one in case.givens]
    expected = [
        Expected(
            one,
            _day(case, one.day),
            run.seen[one].came_true(),
            None if run.seen[one].came_true() else run.seen[one].witness(),
        )
        for one in case.expectations
    ]
    came = [
        one
        for one in without_echoes(program, run.happenings)
        if not any(_is_given(one, given, program, case) for given in case.givens)
    ]
    return ToldCase(case, tuple(given), tuple(came), tuple(expected), tuple(findings_of(run)))


def _day(case: Case, day: int) -> Day | None:
    return case.first_day + day - 1 if day else None


_EDGES = {"event": "happens", "opened": "opened", "status": "starts"}


def _is_given(one: Happening, given: Given, program: Program, case: Case) -> bool:
    # What is told is not said again as something that the accord brought about.
    clause = f"{given.name}.{given.step}" if given.step else given.name
    edge = "done" if given.form == "done" else _EDGES.get(given.form)
    same_row = given.party < 0 or one.row in (given.party, -1)
    day = program.clock.day(one.moment) - case.first_day + 1
    return same_row and (one.clause, one.edge, day) == (clause, edge, given.day)
