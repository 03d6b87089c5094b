# SPDX-License-Identifier: Apache-2.0
"""W306 of Parties: a clause names one that its paragraphs do not, or binds each of them for what
concerns one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pratique.accord.check.actors.acting import Deed, own_sentences, words_of
from pratique.accord.check.actors.naming import Naming
from pratique.accord.check.actors.saying import finding, unnamed, whom
from pratique.accord.check.syntax import tokens_of, trees_in
from pratique.accord.clause import Clause, FieldText
from pratique.accord.kinds.duty import Duty
from pratique.accord.model import Accord
from pratique.accord.terms.expression import place_of
from pratique.base.finding import Finding, Span
from pratique.base.text import say

_KINDS = ("duty", "power", "rule", "procedure", "status", "pool", "term")
_NOT_NAMES = ("was", "accepted", "in")
_EACH = re.compile(
    r"\b(?:each|every|no|all|both|neither|none)\s+(?:of\s+)?(?:the\s+)?(?:[\w-]+\s+){0,2}?"
    r"part(?:y|ies)\b|(?<!\bother )(?<!\bof )(?<!\bto )\bthe parties\b"
    r"|\b(?:nobody|everybody|everyone)\b|^they\b",
    re.IGNORECASE,
)


def parties(accord: Accord, naming: Naming, deeds: Sequence[Deed]) -> Iterator[Finding]:
    """Iterate over the findings on Parties named in clauses, and on `each party`."""
    for clause in accord.clauses:
        if clause.kind in _KINDS and clause.paragraphs:
            yield from _named(clause, accord, naming)
    if accord.document.setting("language", "en") == "en":
        yield from _each_of_one(accord, deeds)


def _named(clause: Clause, accord: Accord, naming: Naming) -> Iterator[Finding]:
    every = set(accord.scope.parties)
    said: set[str] | None = None
    for field in (*([clause.type] if clause.type is not None else []), *clause.fields.values()):
        places = dict(_parties_in(clause, field, every)) if field.name not in _NOT_NAMES else {}
        if not places or places.keys() == every:
            continue
        if said is None:
            words = words_of(accord, clause)
            said = naming.named_in(f"{words.before}\n{words.text}")
        for name, span in places.items():
            if name not in said:
                others = whom(sorted(said & every), naming, party=False)
                yield finding(clause, unnamed(clause, name, others), span)


def _parties_in(clause: Clause, field: FieldText, every: set[str]) -> Iterator[tuple[str, Span]]:
    read = [(field.tree, field.text)] if field.tree is not None else trees_in(clause, field)
    for tree, text in read:
        for token in tokens_of(tree):
            if token.type == "NAME" and str(token) in every:
                yield str(token), place_of(text, token)


def _each_of_one(accord: Accord, deeds: Sequence[Deed]) -> Iterator[Finding]:
    """Iterate over duties of each Party that fall due when something concerns one of them."""
    for deed in deeds:
        duty = accord.typed[deed.clause.name]
        if not isinstance(duty, Duty) or not duty.trigger.per_party:
            continue
        who = next((one for one in duty.by if one.form in ("each", "all")), None)
        words = words_of(accord, deed.clause)
        said = own_sentences(deed, deeds, words) or [words.text]
        if who is not None and not any(map(_EACH.search, said)):
            sentence = say(
                "this binds every Party for what concerns one; paragraph {label} does not",
                label=deed.clause.paragraphs[0],
            )
            yield finding(deed.clause, sentence, who.span)
