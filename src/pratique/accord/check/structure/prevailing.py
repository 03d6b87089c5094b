# SPDX-License-Identifier: Apache-2.0
"""W307: a paragraph says that it holds notwithstanding another, and none of its clauses overrides
what that other says.

Reads references to paragraphs and Articles of the accord itself, in English and French. Silent
where the other's clauses say nothing that can be overridden, or make the exception themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pratique.accord.check.syntax import names_read, trees_of
from pratique.accord.clause import Clause
from pratique.accord.document import Article, Paragraph
from pratique.accord.fields.triggers import OVERRIDABLE
from pratique.accord.model import Accord
from pratique.base.finding import Finding
from pratique.base.text import Code, Either, say

_MOST_NAMED = 3
_PREVAILS = re.compile(
    r"""
    (?: \bnotwithstanding\s+(?:the\s+provisions\s+of\s+)?
      | \b(?:by\s+way\s+of|in)\s+derogation\s+from\s+(?:the\s+provisions\s+of\s+)?
      | \bnonobstant\s+(?:les\s+dispositions\s+d(?:e\s+l['’]|u\s+|es\s+))?
      | \bpar\s+dérogation\s+(?:aux?\s+|à\s+l['’])
    )
    (?:les?\s+|l['’])?
    (?P<kind>paragraphs?|paragraphes?|articles?)\s+
    (?P<numbers>\d+(?:\.\d+)?(?:(?:\s*,\s*|\s+(?:and|to|et|à)\s+)\d+(?:\.\d+)?)*)
    (?P<foreign>\s+(?:of|du|de)\s+(?!this\b|the\s+present\b|présent\b|la\s+présente\b))?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def prevailing(accord: Accord) -> list[Finding]:
    """Return W307 for each reference that no clause follows; nothing where something stops."""
    if not accord.is_sound:
        return []
    return [
        finding
        for article in accord.document.articles
        for paragraph in article.paragraphs
        for match in _PREVAILS.finditer(paragraph.text)
        if match["foreign"] is None
        for finding in _of_reference(accord, article, paragraph, match)
    ]


def _of_reference(
    accord: Accord, article: Article, paragraph: Paragraph, match: re.Match[str]
) -> Iterator[Finding]:
    own = _under(accord, [paragraph.label])
    labels = [one for one in _referred(accord, article, match) if one != paragraph.label]
    below = [one for one in _under(accord, labels) if one.kind in OVERRIDABLE]
    upper = [one for one in own if one.kind in OVERRIDABLE]
    if not upper or not below:
        return
    overridden = {name for one in upper for name in one.listed("overrides")}
    if not overridden.isdisjoint(one.name for one in below) or _excepted(below, own):
        return
    # Where both paragraphs share their clauses, what prevails is written after what gives way.
    last = next((one for one in upper if one not in below), upper[-1])
    clause = next((one for one in upper if "W307" in one.accepted), last)
    yield Finding(
        "W307",
        say(
            "paragraph {label} says `{words}`; none of its clauses overrides {clauses}",
            label=paragraph.label,
            words=" ".join(match[0].split()),
            clauses=Either(tuple(Code(one.name) for one in below[:_MOST_NAMED])),
        ),
        clause.span,
        say(
            "add `overrides: {name}` to the clause that is to prevail, or accept the finding",
            name=below[0].name,
        ),
        paragraph.label,
        clause=clause.name,
        accepted=clause.accepted.get("W307"),
    )


def _referred(accord: Accord, article: Article, match: re.Match[str]) -> Iterator[str]:
    """Iterate over the labels of the paragraphs that a reference means."""
    numbers = re.findall(r"\d+(?:\.\d+)?", match["numbers"])
    if re.search(r"\s(?:to|à)\s", match["numbers"]) and len(numbers) == 2:
        first, last = (int(one.partition(".")[0]) for one in numbers)
        numbers = [str(number) for number in range(first, min(last, first + 100) + 1)]
    whole = match["kind"].lower().startswith("article")
    for number in numbers:
        if "." in number:
            yield number
        elif not whole:
            yield f"{article.number}.{number}"
        else:
            wanted = (one for one in accord.document.articles if str(one.number) == number)
            yield from (one.label for other in wanted for one in other.paragraphs)


def _under(accord: Accord, labels: Iterable[str]) -> list[Clause]:
    wanted = set(labels)
    return [one for one in accord.clauses if not wanted.isdisjoint(one.paragraphs)]


def _excepted(below: Iterable[Clause], own: Sequence[Clause]) -> bool:
    """Say whether the clauses that should give way name, themselves, what they give way to.

    One that stands under both paragraphs may be the exception itself: it gives way to what it says
    must not be.
    """
    names = {name.word for one in own for name in one.names}
    for clause in below:
        trees = [*trees_of(clause)]
        if clause in own:
            trees = [node for tree in trees for node in tree.find_data("negation")]
        elsewhere = names - {name.word for name in clause.names}
        if any(not elsewhere.isdisjoint(names_read(tree)) for tree in trees):
            return True
    return False
