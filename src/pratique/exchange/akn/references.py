# SPDX-License-Identifier: Apache-2.0
"""References of the prose to articles and paragraphs of its own: where they stand, what they name.

English and French. `Article 6 of the International Health Regulations` is another text's: no
reference. In doubt there is none, since a wrong one misleads and an absent one does not.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from pratique.exchange.akn.identifiers import article_id, paragraph_id

_UNIT = (
    r"(?:%|per\s+cent|minutes?|hours?|days?|weeks?|months?|years?"
    r"|heures?|jours?|semaines?|mois|ans?|années?)(?!\w)"
)
_NUMBER = rf"\d{{1,4}}(?!\d)(?:\(\d{{1,4}}\)|\.\d{{1,4}}(?!\d))?(?!\s*{_UNIT})"
_JOINT = r"(?:\s*,\s*(?:(?:and|or|et|ou)\s+)?|\s+(?:and|or|to|et|ou|à)\s+|\s*[–-]\s*)"
_LIST = re.compile(
    rf"(?<!\w)(?P<noun>[Aa]rticles?|[Pp]aragraphe?s?)\s+"
    rf"(?P<numbers>(?<=s\s){_NUMBER}(?:{_JOINT}{_NUMBER})*|{_NUMBER})"
)
_ONE = re.compile(r"(?P<first>\d{1,4})(?:[.(](?P<second>\d{1,4})\)?)?")
_OURS = r"(?:this|the\s+present|présent|cet)(?!\w)"
_OF = r"(?:of|de\s+la|de\s+l[’']|de|du|des|d[’'])"
_OF_ANOTHER = re.compile(
    rf"\s+(?:{_OF}(?<![’'])\s+(?!{_OURS})|d[’']|de\s+l[’']|[A-Z]{{2,}}\b)"
    rf"|,\s+(?:of\s+(?!{_OURS})(?:the\s|[A-Z])|du\s+(?!{_OURS})|de\s+la\s)"
)
_OF_ARTICLE = re.compile(r"\s+(?:of|de)\s+(?:l[’']\s*)?(?=[Aa]rticle\s)")
_COMMA = re.compile(r",\s*\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of words that stands in an inline element."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str]


def references(words: str, article: int, there: Container[str]) -> list[Mark]:
    """Return the references in words of an article (0: of none) to what is `there`, by id."""
    found = list(_LIST.finditer(words))
    marks = []
    for place, match in enumerate(found):
        if not _is_article(match):
            within = _article_around(words, found, place, article)
            marks += _to_paragraphs(match, within, there)
        elif not _is_foreign(words, found, place):
            marks += _to_articles(match, there)
    return marks


def _is_article(match: re.Match[str]) -> bool:
    return match["noun"].lower().startswith("article")


def _is_foreign(words: str, found: list[re.Match[str]], place: int) -> bool:
    """Say whether a reference is to another text: what follows says of which."""
    after = found[place + 1] if place + 1 < len(found) else None
    if after and _is_article(found[place]) and _are_joined(words, found[place], after):
        return _is_foreign(words, found, place + 1)
    return _OF_ANOTHER.match(words, found[place].end()) is not None


def _are_joined(words: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Say whether they stand as `Article 8, paragraph 2`."""
    between = words[first.end() : second.start()]
    return not _is_article(second) and _COMMA.fullmatch(between) is not None


def _article_around(words: str, found: list[re.Match[str]], place: int, otherwise: int) -> int:
    """Return the article whose paragraphs a reference names: 0 if another text's."""
    match, before = found[place], found[place - 1] if place else None
    after = found[place + 1] if place + 1 < len(found) else None
    if joined := _OF_ARTICLE.match(words, match.end()):
        if after is None or after.start() != joined.end() or _is_foreign(words, found, place + 1):
            return 0
        return _first(after)
    if _is_foreign(words, found, place):
        return 0
    if before and _is_article(before) and _are_joined(words, before, match):
        return _first(before)
    return otherwise


def _first(match: re.Match[str]) -> int:
    one = _ONE.match(match["numbers"])
    return int(one["first"]) if one else 0


def _numbers(match: re.Match[str]) -> Iterator[tuple[int, int, re.Match[str]]]:
    # The first stretch takes the noun in, `Article 4`; of the others only the number, `7`.
    begin = match.start()
    for one in _ONE.finditer(match["numbers"]):
        offset = match.start("numbers")
        yield (begin if one.start() == 0 else offset + one.start()), offset + one.end(), one


def _to_articles(match: re.Match[str], there: Container[str]) -> list[Mark]:
    marks = []
    for start, end, one in _numbers(match):
        named = article_id(int(one["first"]))
        if one["second"] is not None:
            named = paragraph_id(int(one["first"]), int(one["second"]))
        if named in there:
            marks.append(Mark(start, end, "ref", {"href": f"#{named}"}))
    return marks


def _to_paragraphs(match: re.Match[str], article: int, there: Container[str]) -> list[Mark]:
    marks = []
    for start, end, one in _numbers(match):
        named = paragraph_id(article, int(one["first"]))
        if one["second"] is None and named in there:
            marks.append(Mark(start, end, "ref", {"href": f"#{named}"}))
    return marks
