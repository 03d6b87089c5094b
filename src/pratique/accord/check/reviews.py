# SPDX-License-Identifier: Apache-2.0
"""W305: the words or the clauses of a passage have changed since an office reviewed them.

Only stamps that are there are asked about: what nobody has reviewed is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pratique.accord.model import Accord
from pratique.accord.reviews.stamp import Stamp
from pratique.accord.reviews.validity import Change, Reviewed, reviews_of
from pratique.accord.words.readback.clauses import places
from pratique.base.finding import Finding, Span
from pratique.base.moment import date_of
from pratique.base.text import Code, Sentence, say


def reviewed(
    accord: Accord, stamps: Sequence[Stamp], translations: Mapping[str, str]
) -> list[Finding]:
    """Return W305 for each passage whose stamps are stale, one for each way in which they are."""
    if not stamps:
        return []
    found = reviews_of(accord, stamps, translations)
    return [finding for one in found.passages for finding in _of(one)]


def change_words(change: Change, one: Reviewed) -> Sentence:
    """Return what of a passage has changed since it was reviewed."""
    named = {"places": places(one.passage.labels), "language": one.text}
    match change:
        case "words" if one.text:
            return say("the words of {places} in {language} have changed since the review", **named)
        case "words":
            return say("the words of {places} have changed since the review", **named)
        case "clauses" if one.text:
            return say(
                "the clauses of {places} have changed since the review in {language}", **named
            )
        case "clauses":
            return say("the clauses of {places} have changed since the review", **named)
        case _ if one.text:
            return say(
                "the words of {places} in {language} and the clauses have changed since the review",
                **named,
            )
        case _:
            return say(
                "the words and the clauses of {places} have changed since the review", **named
            )


def stamp_words(stamp: Stamp) -> Sentence:
    """Return who reviewed, and when."""
    return say("{office} on {day}", office=Code(stamp.by), day=date_of(stamp.day))


def _of(one: Reviewed) -> Iterator[Finding]:
    for change in dict.fromkeys(stale.change for stale in one.stale):
        stamps = [stale.stamp for stale in one.stale if stale.change == change]
        yield Finding(
            "W305",
            change_words(change, one),
            Span(one.passage.line),
            say(
                "compare them again; {command} confirms them anew", command=Code("pratique review")
            ),
            article=one.passage.labels[0],
            note=say("reviewed by {reviews}", reviews=[stamp_words(stamp) for stamp in stamps]),
        )
