# SPDX-License-Identifier: Apache-2.0
"""What a woven treaty says of itself, on a page as on paper: how to read it, where to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pratique.accord.weave.sheet import Row, Sheet
from pratique.base.text import Sentence, say, say_count
from pratique.markup.values import Named


def draft_line(sheet: Sheet) -> Sentence:
    """Return which draft this is, and of which day."""
    if sheet.draft and sheet.date:
        return say("Draft {draft}, {date}", draft=sheet.draft, date=sheet.date)
    if sheet.date:
        return say("Draft of {date}", date=sheet.date)
    return say("Draft {draft}", draft=sheet.draft) if sheet.draft else say("Draft")


def hints(sheet: Sheet) -> Iterator[Sentence]:
    """Iterate over how the sheet is read."""
    yield say(
        "Left, the treaty as it is written. Right, what its clauses say, put into words from the"
        " clauses alone: hold the one against the other."
    )
    yield say(
        "An underlined figure stands on both sides; each leads to the other. It was matched by"
        " its meaning, as `pratique check` matches it."
    )
    yield say(
        "A small letter marks figures of one unit that stand together. That each is said has been"
        " checked; that each stands in its own place is for the reader to see."
    )
    yield say(
        "In the margin: findings, figures to compare, and the worked cases that try the clauses."
    )
    if sheet.tongue.partition("-")[0] != sheet.language.partition("-")[0]:
        yield say(
            "Words in italics are names that a clause gives to its own parts; where no translation"
            " gives words, they are the clauses' own."
        )


def comparing_words() -> Sentence:
    """Return what stands above the figures of one unit in a margin."""
    return say("Compare")


def tried_words(row: Row) -> Sentence:
    """Return what stands above the worked cases of a row."""
    return say_count("Worked case", "Worked cases", n=len(row.cases))


def accepted_words() -> Sentence:
    """Return what stands before the reason for which a finding is accepted."""
    return say("Accepted:")


def failing_words() -> Sentence:
    """Return what stands at a worked case that fails."""
    return say("Does not hold")


def unread_words(row: Row) -> Sentence:
    """Return what stands where no clause does."""
    if row.asks_nothing:
        return say("No clause: the text says that it asks nothing of the machine.")
    return say("No clause stands under it.")


CONTENTS = say("Contents")
HOW_TO_READ = say("How to read it")
CHECKED = say("What was checked")
CASES = say("The worked cases, read back")
SIGNATURES = say("Signatures")


@dataclass(frozen=True, slots=True)
class SignWords:
    """What stands where parties sign: what to know first, whose block it is, what is filled in."""

    warning: Sentence
    parties: tuple[Sentence, ...]
    fields: tuple[Sentence, ...]


def sign_words(sheet: Sheet) -> SignWords:
    """Return the words of the signature blocks; an illustrative text says that it has none."""
    warning = say("These blocks show where the Parties would sign. Nothing here has been signed.")
    if sheet.is_illustrative:
        warning = say(
            "This text is illustrative and is not for signature. The blocks only show where"
            " Parties would sign."
        )
    parties = tuple(say("For {party}", party=Named(name)) for name in sheet.parties)
    fields = (say("Name"), say("Office held"), say("Place and date"), say("Signature"))
    return SignWords(warning, parties, fields)
