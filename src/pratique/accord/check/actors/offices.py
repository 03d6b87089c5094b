# SPDX-License-Identifier: Apache-2.0
"""W306 of offices: one acts that no paragraph of its clause names, that is told by itself, or in
whose sentence somebody else acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pratique.accord.check.actors.acting import (
    Deed,
    Words,
    own_sentences,
    words_of,
)
from pratique.accord.check.actors.naming import Naming
from pratique.accord.check.actors.saying import finding, unnamed, whom
from pratique.accord.check.actors.sentences import acting, has_pronoun, parties_act
from pratique.accord.kinds.body import Body
from pratique.accord.model import Accord
from pratique.accord.terms.values import Who
from pratique.accord.words.readback.clauses import places
from pratique.base.finding import Finding
from pratique.base.text import Code, say, say_count


def offices(accord: Accord, naming: Naming, deeds: Sequence[Deed]) -> Iterator[Finding]:
    """Iterate over the findings on offices that act, and on groups of Parties that do."""
    english = accord.document.setting("language", "en") == "en"
    for deed in deeds:
        words = words_of(accord, deed.clause)
        named = naming.named_in(f"{words.before}\n{words.text}")
        for who, name in _by_name(deed, accord, naming):
            if name not in named:
                yield _unnamed(deed, who, name, naming, words)
            elif not isinstance(accord.typed.get(name), Body):
                continue
            elif any(name in other.names for other in deed.to):
                yield _told_by_itself(deed, who, name)
            elif english and who.form == "named":
                own = own_sentences(deed, deeds, words)
                yield from _of_others(deed, who, name, own, naming)


def _by_name(deed: Deed, accord: Accord, naming: Naming) -> Iterator[tuple[Who, str]]:
    for who in deed.by:
        names = (who.group,) if who.form == "group" else who.names
        for name in names if who.form in ("named", "chair", "group") else ():
            if name in naming.labels and name not in accord.scope.parties:
                yield who, name


# --- what the sentence of a deed says -------------------------------------------------------------


def _of_others(
    deed: Deed, who: Who, name: str, own: list[str], naming: Naming
) -> Iterator[Finding]:
    """Iterate over the finding that in all sentences of a deed others act, not its actor."""
    acts = [acting(sentence, naming) for sentence in own]
    if not own or any(name in one for one in acts) or any(map(has_pronoun, own)):
        return
    others = sorted({other for one in acts for other in one})
    party = any(map(parties_act, own))
    if all(one or parties_act(sentence) for one, sentence in zip(acts, own, strict=True)):
        assert deed.time is not None
        labels = tuple(dict.fromkeys(deed.clause.paragraphs))
        sentence = say_count(
            "paragraph {labels} says `{time}` of {others}; the clause names {name}",
            "the paragraphs {labels} say `{time}` of {others}; the clause names {name}",
            n=len(labels),
            labels=places(labels),
            time=deed.time.words,
            others=whom(others, naming, party=party),
            name=Code(name),
        )
        yield finding(deed.clause, sentence, who.span)


def _unnamed(deed: Deed, who: Who, name: str, naming: Naming, words: Words) -> Finding:
    surely = [one.names[0] for one in naming.mentions(words.text) if len(one.names) == 1]
    others = whom(list(dict.fromkeys(surely)), naming, party=parties_act(words.text))
    return finding(deed.clause, unnamed(deed.clause, name, others), who.span)


def _told_by_itself(deed: Deed, who: Who, name: str) -> Finding:
    return finding(deed.clause, say("{name} owes this to itself", name=Code(name)), who.span)
