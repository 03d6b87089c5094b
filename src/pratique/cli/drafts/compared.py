# SPDX-License-Identifier: Apache-2.0
"""Two drafts compared for the command line: read, replayed over one history, as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pratique.accord.check import Checked, check
from pratique.accord.comparison.clauses import clause_changes, former_names, setting_changes
from pratique.accord.comparison.redline import passages
from pratique.accord.program import Program
from pratique.base.finding import Finding
from pratique.base.moment import Day, iso_day
from pratique.base.text import Code, Sentence, say, say_count
from pratique.cli.methods import methods
from pratique.cli.places import Place, replace_whole
from pratique.cli.speech import CannotRun, language, told
from pratique.rehearsal.comparing.compared import Comparison, Draft, Replayed
from pratique.rehearsal.comparing.limits import limits
from pratique.rehearsal.conduct import Conduct, NotConduct, conduct_named
from pratique.rehearsal.drafts import Came, Shift, Sum, behaviour
from pratique.rehearsal.history import History, NotHistory, read_history
from pratique.rehearsal.replay import replay

CASE = "case"
"""The kind of a worked case: it tries a text, and does nothing in it."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A draft as given: where it is, what its check said, and what was left aside to run it."""

    place: Place
    checked: Checked
    aside: Sentence | None = None

    @property
    def draft(self) -> Draft:
        return Draft(self.checked.accord, str(self.place.document))


def compared(old: Place, new: Place, *, history: Path | None, conduct: str) -> Comparison:
    """Return what differs between two drafts, replayed over a history or one of their own.

    CannotRun if a text, the history or the conduct cannot be read.
    """
    given = _given(old), _given(new)
    there, here = (one.checked.accord for one in given)
    runnable = tuple(_without_cases(one) for one in given)
    found = _behaviour(runnable[0], runnable[1], history, conduct)
    was_run = isinstance(found, Replayed)
    return Comparison(
        given[0].draft,
        given[1].draft,
        found,
        setting_changes(there.document, here.document),
        clause_changes(there, here),
        passages(there.document, here.document),
        tuple(one.aside for one in runnable if one.aside is not None and was_run),
    )


def _given(place: Place) -> _Given:
    checked = check(place.source, methods=methods())
    if not checked.accord.document.lines:
        first = checked.findings[0]
        path = Code(str(place.document))
        raise CannotRun(say("{path} cannot be read: {why}", path=path, why=first.sentence))
    return _Given(place, checked)


def _without_cases(given: _Given) -> _Given:
    """Return a draft that only its worked cases stop without those; any other as it is.

    A case has no effect in a replay, and is what a struck clause leaves behind last.
    """
    clauses = given.checked.accord.clauses
    cases = [one for one in clauses if one.kind == CASE]
    names = {one.name for one in cases}
    stops = given.checked.stops
    if not stops or any(one.clause not in names for one in stops):
        return given
    lines = list(given.checked.accord.document.lines)
    for one in cases:
        for place in range(one.span.line - 1, one.last_line):
            lines[place] = ""
    checked = check("\n".join(lines), methods=methods())
    aside = say_count(
        "{path}: its worked cases are left aside, {n} finding stands in them.",
        "{path}: its worked cases are left aside, {n} findings stand in them.",
        n=len(stops),
        path=Code(str(given.place.document)),
    )
    return given if checked.stops else _Given(given.place, checked, aside)


def _behaviour(old: _Given, new: _Given, given: Path | None, conduct: str) -> Replayed | Sentence:
    manner = _conduct(conduct)
    folder = _folder(old, new, given)
    if isinstance(folder, Sentence):
        return folder
    programs: list[Program] = []
    for one in (old, new):
        if one.checked.program is None or one.checked.stops:
            return _stopped(one)
        programs.append(one.checked.program)
    histories = [_history(folder, program) for program in programs]
    unread = [one for one in histories if isinstance(one, NotHistory)]
    if len(unread) == len(histories):
        raise CannotRun(unread[0].sentence) from unread[0]
    there, here = histories
    if isinstance(there, NotHistory) or isinstance(here, NotHistory):
        side = old if isinstance(there, NotHistory) else new
        return _one_sided(side, unread[0])
    # What only one of them reads may go on longer: beyond the other's end nothing is compared.
    until = min(there.last_known, here.last_known)
    try:
        before = replay(programs[0], there, manner, until=until)
        # The same text over the same history comes to the same: it is not run twice.
        is_same = old.place.source == new.place.source
        after = before if is_same else replay(programs[1], here, manner, until=until)
    except NotConduct as fault:
        raise CannotRun(fault.sentence) from fault
    former = former_names(old.checked.accord, new.checked.accord)
    return Replayed(before, after, behaviour(before, after, former), former)


def _folder(old: _Given, new: _Given, given: Path | None) -> Path | Sentence:
    """Return the folder of the history: the one given, the new draft's, the old one's, or why."""
    if given is not None:
        if given.is_dir():
            return given
        path = Code(str(given))
        raise CannotRun(
            say("there is no history at {path}: give a folder with `series.toml`", path=path)
        )
    own = [one.place.history for one in (new, old)]
    for folder in own:
        if folder.is_dir():
            return folder
    return say(
        "there is no history at {path} to replay them over; `--history` names one",
        path=Code(str(own[0])),
    )


def _history(folder: Path, program: Program) -> History | NotHistory:
    try:
        return read_history(folder, program)
    except NotHistory as fault:
        return fault


def _one_sided(side: _Given, fault: NotHistory) -> Sentence:
    return say(
        "the history can be read for one draft only; for {path}: {why}",
        path=Code(str(side.place.document)),
        why=fault.sentence,
    )


def _conduct(name: str) -> Conduct:
    try:
        return conduct_named(name)
    except NotConduct as fault:
        raise CannotRun(fault.sentence) from fault


def _stopped(given: _Given) -> Sentence:
    """Return why a draft cannot be run, and the first finding that stops it."""
    stops = given.checked.stops
    outside = [one for one in stops if not _in_case(given, one.clause)]
    first = (outside or list(stops))[0]
    return say_count(
        "{n} finding stops {path} from being run: {code} in {where}, {first}",
        "{n} findings stop {path} from being run, such as {code} in {where}, {first};"
        " `pratique check` tells all",
        n=len(stops),
        path=Code(str(given.place.document)),
        code=first.code,
        where=_where(first),
        first=first.sentence,
    )


def _in_case(given: _Given, name: str) -> bool:
    return any(one.kind == CASE and one.name == name for one in given.checked.accord.clauses)


def _where(finding: Finding) -> Sentence:
    if finding.article:
        return say("article {number}", number=finding.article)
    return say("line {number}", number=finding.span.line)


def write_page(found: Comparison, path: Path) -> None:
    """Write a comparison as one page; CannotRun if the file cannot be written."""
    from pratique.chart import draw
    from pratique.rehearsal.comparing.page import comparison_html

    page = comparison_html(found, language=language(), draw=draw)
    replace_whole(path, page.encode("utf-8"))


# --- for machines ---------------------------------------------------------------------------------


def comparison_record(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values. The keys are stable; later versions may add some.

    - `same`; `language` (of `behaviour.reason`); `old`, `new`: `document`, `title`, `draft`
    - `behaviour`: `reason` (a sentence, where they could not be replayed; else null), `history`,
      `source`, `conduct`, `begins`, `until` (days), and lists:
      - `changes`: `clause`, `edge`, `party`, `old`, `new` (days, or null), `days` (new - old), and
        `old_amount`, `new_amount` (whole units, 0 where it has none)
      - `totals`, `parties`: `what` (promised, paid_out: of a pool; due, paid_in: into it; owed,
        settled: between parties), `under` (pool or clause), `party`, `type` (`money USD`: in minor
        units; else things, counted), `old`, `new`, `more` (new - old), `first_old`, `first_new`
        (days, or null), `days` (first_new - first_old, or null)
      - `limits`: what it cannot know, sentences
    - `asides`: sentences on what was left aside so that they could be replayed
    - `settings`: `name`, `old`, `new` (null: not there), of the front matter
    - `clauses`: `name`, `change` (added, removed, renamed, changed), `was`, `fields`: as `settings`
      (`header` is a clause's first line and `beside` the paragraphs that it formalises)
    - `words`: `article` (0: prose outside of articles), `number` (0: a title), `was` (its label in
      the old draft, where another), `change` (added, removed, changed, renumbered), `pieces`:
      `change` (same, out, in), `words`
    """
    return {
        "same": found.is_same,
        "language": language(),
        "old": _draft_record(found.old),
        "new": _draft_record(found.new),
        "asides": [told(one) for one in found.asides],
        "behaviour": _behaviour_record(found.behaviour),
        "settings": [asdict(one) for one in found.settings],
        "clauses": [asdict(one) for one in found.clauses],
        "words": [asdict(one) for one in found.words],
    }


def _draft_record(draft: Draft) -> dict[str, str]:
    return {"document": draft.path, "title": draft.accord.title, "draft": draft.number}


def _behaviour_record(found: Replayed | Sentence) -> dict[str, Any]:
    keys = ("history", "source", "conduct", "begins", "until")
    if isinstance(found, Sentence):
        empty: dict[str, Any] = dict.fromkeys(keys)
        lists: dict[str, Any] = {"changes": [], "totals": [], "parties": [], "limits": []}
        return {"reason": told(found), **empty, **lists}
    new, day = found.new, found.new.program.clock.day
    past, days = new.history, [iso_day(day(one)) for one in (new.begins, new.until)]
    span = (past.title, past.source, new.conduct.name, *days)
    return {
        "reason": None,
        **dict(zip(keys, span, strict=True)),
        "changes": [_shift_record(one) for one in found.differs.shifts],
        "totals": [_sum_record(one) for one in found.differs.totals],
        "parties": [_sum_record(one) for one in found.differs.shares],
        "limits": [told(one) for one in limits(found)],
    }


def _shift_record(one: Shift) -> dict[str, Any]:
    return {
        "clause": one.clause,
        "edge": one.edge,
        "party": one.party,
        "old": _came(one.old),
        "new": _came(one.new),
        "days": one.days,
        "old_amount": one.old.happening.amount if one.old else 0,
        "new_amount": one.new.happening.amount if one.new else 0,
    }


def _sum_record(one: Sum) -> dict[str, Any]:
    return {
        "what": one.what,
        "under": one.under,
        "party": one.party,
        "type": str(one.type),
        "old": one.old.units,
        "new": one.new.units,
        "more": one.more,
        "first_old": _iso(one.old.first),
        "first_new": _iso(one.new.first),
        "days": one.days,
    }


def _came(one: Came | None) -> str | None:
    return _iso(one.day) if one is not None else None


def _iso(day: Day | None) -> str | None:
    return iso_day(day) if day is not None else None
