# SPDX-License-Identifier: Apache-2.0
"""The decision instrument of the International Health Regulations (2005), Annex 2.

What it says follows from answers that people gave; it notifies nobody. The clocks run in the text
(`articles.md`), from the act that records the assessment.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pratique.base.text import Sentence, say

DISEASES: Mapping[str, Sentence] = {
    "smallpox": say("smallpox"),
    "poliomyelitis_wild": say("poliomyelitis due to wild-type poliovirus"),
    "influenza_new_subtype": say("human influenza caused by a new subtype"),
    "sars": say("severe acute respiratory syndrome"),
    "cholera": say("cholera"),
    "plague_pneumonic": say("pneumonic plague"),
    "yellow_fever": say("yellow fever"),
    "viral_haemorrhagic_fever": say("viral haemorrhagic fever"),
    "west_nile_fever": say("West Nile fever"),
    "special_concern": say("another disease of special national or regional concern"),
}
_ANSWERS: Mapping[str, Mapping[bool | None, Sentence]] = {
    "serious": {
        True: say("its public health impact is serious"),
        False: say("its public health impact is not serious"),
        None: say("whether its public health impact is serious is not known"),
    },
    "unusual": {
        True: say("it is unusual or unexpected"),
        False: say("it is neither unusual nor unexpected"),
        None: say("whether it is unusual or unexpected is not known"),
    },
    "spread": {
        True: say("the risk of international spread is significant"),
        False: say("the risk of international spread is not significant"),
        None: say("whether the risk of international spread is significant is not known"),
    },
    "restrictions": {
        True: say("the risk of restrictions on travel or trade is significant"),
        False: say("the risk of restrictions on travel or trade is not significant"),
        None: say(
            "whether the risk of restrictions on travel or trade is significant is not known"
        ),
    },
}
"""The four criteria, in the instrument's order, as answered."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """The lists, the criteria, how many of them make an event notifiable, the clocks in hours."""

    always: tuple[str, ...]
    examined: tuple[str, ...]
    criteria: tuple[str, ...]
    needed: int
    hours: Mapping[str, int]
    source: str
    edition: str
    verified: bool = False
    """Whether the lists have been held against the amended text."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an event is to be notified (None: not known yet), with the reasons in order."""

    notify: bool | None
    listed: bool
    reasons: tuple[Sentence, ...]


def decided(disease: str | None, answers: Mapping[str, bool | None]) -> Decision:
    """Return whether an event is notified: always if its disease is, else by two criteria.

    `disease`: a name of the lists, another, or None where the cause is unknown; `answers` by
    criterion, None or absent where it is not known. It is decided as soon as no further answer can
    change it. ValueError for a criterion that the instrument does not have.
    """
    known = ihr_2005()
    if unknown := [name for name in answers if name not in known.criteria]:
        raise ValueError(f"a criterion is one of {', '.join(known.criteria)}, not {unknown[0]!r}")
    given = {name: answers.get(name) for name in known.criteria}
    if disease in known.always:
        named = say("a case of {disease} is always notified", disease=DISEASES[disease])
        return Decision(True, True, (named,))
    yes = sum(answer is True for answer in given.values())
    open_ = sum(answer is None for answer in given.values())
    notify = True if yes >= known.needed else None if yes + open_ >= known.needed else False
    return Decision(notify, False, tuple(_reasons(known, disease, given)))


def decision_words(decision: Decision) -> Sentence:
    """Return a decision with its reasons, in a sentence."""
    reasons = list(decision.reasons)
    match decision.notify:
        case True:
            return say("The event is notified: {reasons}.", reasons=reasons)
        case False:
            return say(
                "The event is not notified at this stage, and is assessed again as more is known:"
                " {reasons}.",
                reasons=reasons,
            )
    return say("Whether the event is notified is not known yet: {reasons}.", reasons=reasons)


def _reasons(
    known: Instrument, disease: str | None, given: Mapping[str, bool | None]
) -> Iterator[Sentence]:
    if disease in known.examined:
        yield say("{disease} is always put through the instrument", disease=DISEASES[disease])
    yield from (_ANSWERS[name][answer] for name, answer in given.items())


@cache
def ihr_2005() -> Instrument:
    """Return the instrument that is shipped."""
    file = resources.files("pratique.practice.surveillance").joinpath("annex2.toml")
    table = tomllib.loads(file.read_text("utf-8"))
    return Instrument(
        always=tuple(table["always"]),
        examined=tuple(table["examined"]),
        criteria=tuple(table["criteria"]),
        needed=table["needed"],
        hours=dict(table["hours"]),
        source=table["source"],
        edition=table["edition"],
        verified=table["verified"] is True,
    )
