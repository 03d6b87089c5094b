# SPDX-License-Identifier: Apache-2.0
"""Model articles, put together into a draft: the opening, the fields asked for, the closing.

A field's are in `articles.md` of its package: `# Title`, a line on where the text comes from, then
articles and `## Worked cases`. In them `{1}` is the number of the first article, `{parties}`,
`{first party}` and `{second party}` are names (identifiers within a block of clauses), and a line
of a block that holds `{each party}` stands once for each Party.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import resources

_CASES = "## Worked cases"
_BLANK = re.compile(r"\{([^{}\n]*)\}")
_HEADING = re.compile(r"^## Article \{(\d+)\} — ", re.MULTILINE)
_FENCE = "```"
_ROOM = "pratique.practice"

_HEAD = """\
---
accord: {title}
draft: 1
clock: UTC
currency: USD
language: en
---

# {title}

{origin}

"""


@dataclass(frozen=True, slots=True)
class Signatory:
    """A Party to be: its name in clauses, and as words write it."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class ModelArticles:
    """Model articles as they are written, with blanks: title, origin, articles, worked cases."""

    title: str
    origin: str
    articles: str
    cases: str

    @property
    def count(self) -> int:
        """How many articles there are."""
        return len(_HEADING.findall(self.articles))


def fields_of_practice() -> tuple[str, ...]:
    """Return the names of the fields that have model articles, in order of the alphabet."""
    rooms = (room for room in resources.files(_ROOM).iterdir() if room.is_dir())
    return tuple(sorted(room.name for room in rooms if room.joinpath("articles.md").is_file()))


def model_articles(field: str) -> ModelArticles:
    """Return the model articles of a field; FileNotFoundError if it has none."""
    return model_articles_in(_text(f"{field}/articles.md"))


def model_articles_in(text: str) -> ModelArticles:
    """Return what a file of model articles holds; ValueError if it is not of that shape."""
    title, origin, rest = text.split("\n\n", 2)
    articles, mark, cases = rest.partition(f"{_CASES}\n")
    if not title.startswith("# ") or not mark or not _HEADING.match(articles):
        raise ValueError("model articles are a title, an origin, articles and worked cases")
    return ModelArticles(title.removeprefix("# "), origin, articles.strip(), cases.strip())


def draft_with(title: str, parties: Sequence[Signatory], fields: Iterable[str]) -> str:
    """Return a draft of the opening, the model articles of some fields in their order, the end."""
    chosen = [model_articles(field) for field in fields]
    opening, closing = (model_articles_in(_text(name)) for name in ("opening.md", "closing.md"))
    return assembled(title, parties, [opening, *chosen, closing])


def assembled(title: str, parties: Sequence[Signatory], parts: Sequence[ModelArticles]) -> str:
    """Return a whole draft: the parts one after the other, all worked cases in one annex.

    Needs two parties or more, and a part or more; ValueError for a blank that is not known.
    """
    texts: list[str] = []
    cases: list[str] = []
    before = 0
    for part in parts:
        texts.append(f"# {part.title}\n\n{filled(part.articles, parties, before)}")
        cases.append(filled(part.cases, parties, before))
        before += part.count
    head = _HEAD.format(title=title, origin=parts[0].origin)
    return head + "\n\n".join([*texts, "## Annex — Worked cases", *cases]) + "\n"


def filled(text: str, parties: Sequence[Signatory], before: int) -> str:
    """Return model articles with their blanks filled, when so many articles stand before them."""
    return "\n".join(_lines(text, parties, before))


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: `a, b and c`."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _lines(text: str, parties: Sequence[Signatory], before: int) -> Iterator[str]:
    within = False
    for line in text.splitlines():
        if line.startswith(_FENCE):
            within = not within
        if within and "{each party}" in line:
            named = (f'{party.name} "{party.label}"' for party in parties)
            yield from (line.replace("{each party}", one) for one in named)
            continue
        words = _fillings(parties, within)
        yield _BLANK.sub(partial(_filling, words=words, before=before), line)


def _filling(blank: re.Match[str], *, words: dict[str, str], before: int) -> str:
    name = blank[1]
    if name.isdecimal():
        return str(before + int(name))
    if name not in words:
        raise ValueError(f"model articles have a blank that is not known: {name!r}")
    return words[name]


def _fillings(parties: Sequence[Signatory], within: bool) -> dict[str, str]:
    names = [party.name if within else party.label for party in parties]
    every = ", ".join(names) if within else listed(names)
    return {"parties": every, "first party": names[0], "second party": names[1]}


def _text(path: str) -> str:
    return resources.files(_ROOM).joinpath(path).read_text("utf-8")
