# SPDX-License-Identifier: Apache-2.0
"""A comparison of two drafts as a plain value: told by terminal, page and record alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pratique.accord.comparison.clauses import ClauseChange, FieldChange
from pratique.accord.comparison.redline import Passage
from pratique.accord.model import Accord
from pratique.base.text import Sentence, say
from pratique.markup.values import Mono, Named
from pratique.rehearsal.drafts import Behaviour
from pratique.rehearsal.replay import Replay


@dataclass(frozen=True, slots=True)
class Draft:
    """One of the drafts compared, and where its document is."""

    accord: Accord
    path: str

    @property
    def number(self) -> str:
        """The draft's number as its front matter says, or nothing."""
        return self.accord.document.setting("draft", "")

    @property
    def sentence(self) -> Sentence:
        """Its title, number and place."""
        title, path = Named(self.accord.title), Mono(self.path)
        if self.number:
            return say(
                "{title}, draft {number}: {path}", title=title, number=self.number, path=path
            )
        return say("{title}: {path}", title=title, path=path)


@dataclass(frozen=True, slots=True)
class Replayed:
    """Both drafts over one history, and what differs.

    `former`: by the new name of what is renamed, its old one.
    """

    old: Replay
    new: Replay
    differs: Behaviour
    former: Mapping[str, str]

    def named(self, name: str) -> Named:
        """Return a party, pool or clause by its label: the new draft's, or the old one's."""
        here = self.new.program.accord
        return Named((here if name in here.typed else self.old.program.accord).label(name))

    @property
    def parties(self) -> Sequence[str]:
        """The parties by name: the new draft's in its order, then those that only the old has."""
        here, there = self.new.program.parties, self.old.program.parties
        return [*here, *(one for one in there if one not in here)]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two drafts; `behaviour`: or why there is none to compare.

    `asides`: what was left aside so that they could be replayed.
    """

    old: Draft
    new: Draft
    behaviour: Replayed | Sentence
    settings: tuple[FieldChange, ...]
    clauses: tuple[ClauseChange, ...]
    words: tuple[Passage, ...]
    asides: tuple[Sentence, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        acts_alike = isinstance(self.behaviour, Sentence) or self.behaviour.differs.is_same
        return acts_alike and not (self.settings or self.clauses or self.words)
