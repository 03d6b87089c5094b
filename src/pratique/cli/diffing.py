# SPDX-License-Identifier: Apache-2.0
"""Two drafts compared for the command line: read, replayed over one history, as plain values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pratique.accord.check import Checked, check
from pratique.accord.comparison.clauses import (
    ClauseChange,
    FieldChange,
    clause_changes,
    former_names,
    setting_changes,
)
from pratique.accord.comparison.redline import Passage, passages
from pratique.accord.program import Program
from pratique.base.moment import Day, iso_day
from pratique.base.text import Code, Sentence, say, say_count
from pratique.cli.methods import methods
from pratique.cli.places import Place
from pratique.cli.replaying import history_at
from pratique.cli.speech import CannotRun, language, told
from pratique.rehearsal.conduct import Conduct, NotConduct, conduct_named
from pratique.rehearsal.drafts import Behaviour, Came, Shift, Sum, behaviour
from pratique.rehearsal.replay import Replay, replay


@dataclass(frozen=True, slots=True)
class Draft:
    """One of the drafts compared: where it is, and what its check said."""

    place: Place
    checked: Checked


@dataclass(frozen=True, slots=True)
class Replayed:
    """Both drafts over one history, and what differs."""

    old: Replay
    new: Replay
    differs: Behaviour


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two drafts; `behaviour`: or why there is none to compare."""

    old: Draft
    new: Draft
    behaviour: Replayed | Sentence
    settings: tuple[FieldChange, ...]
    clauses: tuple[ClauseChange, ...]
    words: tuple[Passage, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        acts_alike = isinstance(self.behaviour, Sentence) or self.behaviour.differs.is_same
        return acts_alike and not (self.settings or self.clauses or self.words)


def compared(old: Place, new: Place, *, history: Path | None, conduct: str) -> Comparison:
    """Return what differs between two drafts, replayed over a history or that of the new one.

    CannotRun if a text, the history or the conduct cannot be read.
    """
    drafts = _draft(old), _draft(new)
    there, here = (one.checked.accord for one in drafts)
    return Comparison(
        *drafts,
        _behaviour(*drafts, history, conduct),
        setting_changes(there.document, here.document),
        clause_changes(there, here),
        passages(there.document, here.document),
    )


def _draft(place: Place) -> Draft:
    checked = check(place.source, methods=methods())
    if not checked.accord.document.lines:
        first = checked.findings[0]
        path = Code(str(place.document))
        raise CannotRun(say("{path} cannot be read: {why}", path=path, why=first.sentence))
    return Draft(place, checked)


def _behaviour(old: Draft, new: Draft, given: Path | None, conduct: str) -> Replayed | Sentence:
    manner = _conduct(conduct)
    folder = given or new.place.history
    if given is None and not folder.is_dir():
        return say("there is no history at {path} to replay them over", path=Code(str(folder)))
    programs: list[Program] = []
    for one in (old, new):
        if one.checked.program is None or one.checked.stops:
            return _stopped(one)
        programs.append(one.checked.program)
    there, here = (history_at(folder, program) for program in programs)
    # What only one of them reads may go on longer: beyond the other's end nothing is compared.
    until = min(there.last_known, here.last_known)
    try:
        before = replay(programs[0], there, manner, until=until)
        after = replay(programs[1], here, manner, until=until)
    except NotConduct as fault:
        raise CannotRun(fault.sentence) from fault
    former = former_names(old.checked.accord, new.checked.accord)
    return Replayed(before, after, behaviour(before, after, former))


def _conduct(name: str) -> Conduct:
    try:
        return conduct_named(name)
    except NotConduct as fault:
        raise CannotRun(fault.sentence) from fault


def _stopped(draft: Draft) -> Sentence:
    return say_count(
        "{n} finding stops {path} from being run; `pratique check` tells which",
        "{n} findings stop {path} from being run; `pratique check` tells which",
        n=len(draft.checked.stops),
        path=Code(str(draft.place.document)),
    )


# --- for machines ---------------------------------------------------------------------------------


def comparison_record(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values. The keys are stable; later versions may add some.

    - `same`; `language` (of `behaviour.reason`); `old`, `new`: `document`, `title`, `draft`
    - `behaviour`: `reason` (a sentence, where they could not be replayed; else null), `history`,
      `conduct`, `begins`, `until` (days), and lists:
      - `changes`: `clause`, `edge`, `party`, `old`, `new` (days, or null), `days` (new - old), and
        `old_amount`, `new_amount` (whole units, 0 where it has none)
      - `totals`, `parties`: `what` (promised, paid_out: of a pool; due, paid_in: into it; owed,
        settled: between parties), `under` (pool or clause), `party`, `type` (`money USD`: in minor
        units; else things, counted), `old`, `new`, `more` (new - old), `first_old`, `first_new`
        (days, or null), `days` (first_new - first_old, or null)
    - `settings`: `name`, `old`, `new` (null: not there), of the front matter
    - `clauses`: `name`, `change` (added, removed, renamed, changed), `was`, `fields`: as `settings`
      (`header` is a clause's first line and `beside` the paragraphs that it formalises)
    - `words`: `article` (0: prose outside of articles), `number` (0: a title), `change` (added,
      removed, changed), `pieces`: `change` (same, out, in), `words`
    """
    return {
        "same": found.is_same,
        "language": language(),
        "old": _draft_record(found.old),
        "new": _draft_record(found.new),
        "behaviour": _behaviour_record(found.behaviour),
        "settings": [asdict(one) for one in found.settings],
        "clauses": [asdict(one) for one in found.clauses],
        "words": [asdict(one) for one in found.words],
    }


def _draft_record(draft: Draft) -> dict[str, str]:
    accord = draft.checked.accord
    return {
        "document": str(draft.place.document),
        "title": accord.title,
        "draft": accord.document.setting("draft", ""),
    }


def _behaviour_record(found: Replayed | Sentence) -> dict[str, Any]:
    keys = ("history", "conduct", "begins", "until")
    if isinstance(found, Sentence):
        empty: dict[str, Any] = dict.fromkeys(keys)
        return {"reason": told(found), **empty, "changes": [], "totals": [], "parties": []}
    new, day = found.new, found.new.program.clock.day
    span = (new.history.title, new.conduct.name, iso_day(day(new.begins)), iso_day(day(new.until)))
    return {
        "reason": None,
        **dict(zip(keys, span, strict=True)),
        "changes": [_shift_record(one) for one in found.differs.shifts],
        "totals": [_sum_record(one) for one in found.differs.totals],
        "parties": [_sum_record(one) for one in found.differs.shares],
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
