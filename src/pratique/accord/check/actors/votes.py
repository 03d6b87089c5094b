# SPDX-License-Identifier: Apache-2.0
"""W306 of votes: a clause asks for the vote of all, of which its paragraphs do not speak."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pratique.accord.check.actors.acting import sentences_saying, time_in, words_of
from pratique.accord.check.actors.saying import finding
from pratique.accord.check.syntax import whole_clauses
from pratique.accord.model import Accord
from pratique.accord.terms.expression import place_of
from pratique.accord.words.readback.clauses import places
from pratique.base.finding import Finding
from pratique.base.text import say_count

_WHOLE = {
    "en": r"\b(?:all|unanim\w*|every|each|both|consensus|together|none|object\w*"
    r"|no (?:one|party))\b",
    "fr": r"\b(?:tou(?:te)?s|unanim\w*|chaque|chacune?|les deux|consensus|ensemble|aucune?|oppos\w*"
    r"|object\w*)\b",
}


def votes(accord: Accord) -> Iterator[Finding]:
    """Iterate over the findings on majorities of all; other languages than two are not read."""
    whole = _WHOLE.get(accord.document.setting("language", "en"))
    for clause in whole_clauses(accord, "power") if whole is not None else ():
        tree, labels = clause.tree("decided by"), tuple(dict.fromkeys(clause.paragraphs))
        asked = next(tree.find_data("need_all"), None) if tree is not None else None
        if asked is None or not labels or whole is None:
            continue
        time, words = time_in(clause, accord, ("decided by",)), words_of(accord, clause)
        said = sentences_saying(time, words) if time is not None else []
        if not any(re.search(whole, one, re.IGNORECASE) for one in said or [words.text]):
            sentence = say_count(
                "the clause asks for the vote of all; paragraph {labels} does not",
                "the clause asks for the vote of all; the paragraphs {labels} do not",
                n=len(labels),
                labels=places(labels),
            )
            yield finding(clause, sentence, place_of(clause.fields["decided by"].text, asked))
