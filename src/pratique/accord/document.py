# SPDX-License-Identifier: Apache-2.0
"""Markdown to articles, numbered paragraphs and clause fences, each with its place in the text.

Reads any text without raising; what it cannot place it says in findings. Knows no clause kind.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pratique.base.finding import Finding, Span
from pratique.base.moment import is_zone
from pratique.base.text import say

MOST_CHARACTERS = 2_000_000
MOST_LINE = 20_000

FRONT_KEYS = ("accord", "draft", "date", "clock", "currency", "language")

LABELS = "labels"
"""What opens a block of labels in a translation."""

_ARTICLE = re.compile(r"Article\s+(\d{1,4})\s*(?:[—–:.-]+\s*(.*))?\Z")
_FENCE_INFO = re.compile(r"accord(?:\s+(?P<refs>[\d.,\s-]+?))?(?:\s+(?P<none>none))?\s*\Z")
_REFERENCE = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\s*-\s*(\d{1,4})\.(\d{1,4}))?\Z")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph; `text` is its words as written, `line` where it begins."""

    article: int
    number: int
    text: str
    line: int

    @property
    def label(self) -> str:
        """Its number as printed, `7.2`."""
        return f"{self.article}.{self.number}"


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its numbered paragraphs."""

    number: int
    title: str
    line: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of clauses; `paragraphs` are the labels that it formalises, none in an annex."""

    paragraphs: tuple[str, ...]
    asks_nothing: bool
    lines: tuple[str, ...]
    line: int
    """The line of the first line of its content."""


@dataclass(frozen=True, slots=True)
class Document:
    """A treaty text taken apart; `front` maps a key to its value and line."""

    lines: tuple[str, ...]
    front: dict[str, tuple[str, int]]
    articles: tuple[Article, ...]
    fences: tuple[Fence, ...]
    notes: tuple[str, ...]
    """Free prose, recitals and notes, in order."""
    findings: tuple[Finding, ...] = field(default=())
    labels: tuple[tuple[int, str], ...] = ()
    """The lines of its blocks ```labels, each with its number: what a translation calls clauses."""

    def title(self) -> str:
        """Return the accord's name, as its front matter gives it."""
        return self.front.get("accord", ("", 0))[0]

    def setting(self, key: str, default: str) -> str:
        """Return a value of the front matter, or a default."""
        return self.front.get(key, (default, 0))[0] or default

    def paragraph(self, label: str) -> Paragraph | None:
        """Return the paragraph of a label such as `7.2`."""
        for paragraph in self.paragraphs():
            if paragraph.label == label:
                return paragraph
        return None

    def paragraphs(self) -> Iterator[Paragraph]:
        """Iterate over all numbered paragraphs in order."""
        for article in self.articles:
            yield from article.paragraphs


@cache
def _markdown() -> MarkdownIt:
    # It keeps nothing of what it has parsed.
    return MarkdownIt("commonmark", {"html": False})


def read_document(source: str) -> Document:
    """Return the parts of a treaty text. Never raises; what cannot be read is a finding."""
    if refused := _refused(source):
        return Document((), {}, (), (), (), (refused,))
    lines = tuple(source.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    front, body_line, findings = _front_matter(lines)
    body = "\n".join(("",) * body_line + lines[body_line:])
    tokens = _markdown().parse(body)
    articles, notes = _articles(tokens)
    fences = tuple(_fences(tokens, findings))
    document = Document(lines, front, articles, fences, notes)
    findings += _places(document)
    labels = tuple(_label_lines(tokens))
    return Document(lines, front, articles, fences, notes, tuple(findings), labels)


def read_story_text(source: str) -> Document:
    """Return the fences and prose of a text that is no treaty: without front matter or articles.

    Its title is its first heading. Never raises; what cannot be read is a finding.
    """
    if refused := _refused(source):
        return Document((), {}, (), (), (), (refused,))
    lines = tuple(source.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    tokens = _markdown().parse("\n".join(lines))
    findings: list[Finding] = []
    fences = tuple(_fences(tokens, findings))
    headings = [i + 1 for i, token in enumerate(tokens) if token.type == "heading_open"]
    first = tokens[headings[0]] if headings else None
    front = {"accord": (first.content, _line(first))} if first is not None else {}
    return Document(lines, front, (), fences, _articles(tokens)[1], tuple(findings))


def _refused(source: str) -> Finding | None:
    if len(source) > MOST_CHARACTERS:
        sentence = say(
            "the document has {size} characters; at most {most} are read",
            size=len(source),
            most=MOST_CHARACTERS,
        )
        return Finding(
            "E100", sentence, Span(1), say("split annexes off into documents of their own")
        )
    for number, line in enumerate(source.split("\n"), 1):
        if len(line) > MOST_LINE:
            sentence = say(
                "line {line} is longer than {most} characters", line=number, most=MOST_LINE
            )
            return Finding("E100", sentence, Span(number), say("break the line"))
    if "\x00" in source:
        return Finding(
            "E100",
            say("this is not a text: it has a NUL character"),
            Span(source[: source.index("\x00")].count("\n") + 1),
            say("take the character out; an editor may not show it"),
        )
    return None


def _front_matter(
    lines: tuple[str, ...],
) -> tuple[dict[str, tuple[str, int]], int, list[Finding]]:
    front: dict[str, tuple[str, int]] = {}
    findings: list[Finding] = []
    if not lines or lines[0].strip() != "---":
        help_ = say("begin the document with `---`, `accord: NAME`, `---`")
        return front, 0, [Finding("E104", say("the front matter is absent"), Span(1), help_)]
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            return front, number, findings + _front_values(front)
        if line.strip() and not line.lstrip().startswith("#"):
            findings += _front_line(front, line, number)
    help_ = say("close it with a line `---`")
    return front, len(lines), [Finding("E103", say("the front matter has no end"), Span(1), help_)]


def _front_line(front: dict[str, tuple[str, int]], line: str, number: int) -> list[Finding]:
    key, colon, value = line.partition(":")
    key = key.strip()
    span = Span(number, 1, len(line) + 1)
    known = say("known keys: {keys}", keys=", ".join(FRONT_KEYS))
    if not colon:
        return [
            Finding("E103", say("`{line}` is not `key: value`", line=line.strip()), span, known)
        ]
    if key not in FRONT_KEYS:
        return [
            Finding("E102", say("unknown key `{key}` in the front matter", key=key), span, known)
        ]
    if key in front:
        return [Finding("E201", say("`{key}` is given twice", key=key), span, say("keep one"))]
    front[key] = (value.strip(), number)
    return []


def _front_values(front: dict[str, tuple[str, int]]) -> list[Finding]:
    findings = []
    if not front.get("accord", ("", 0))[0]:
        help_ = say("add a line `accord: NAME`")
        findings.append(Finding("E104", say("the accord has no name"), Span(1), help_))
    checks = (
        ("clock", is_zone, say("give a time zone such as UTC or Africa/Monrovia")),
        ("currency", re.compile(r"[A-Z]{3}\Z").match, say("give a code such as EUR or USD")),
        (
            "date",
            re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z").match,
            say("give a day such as 2026-09-01"),
        ),
    )
    for key, good, help_ in checks:
        value, number = front.get(key, ("", 0))
        if value and not good(value):
            sentence = say("`{value}` cannot be read as {key}", value=value, key=key)
            findings.append(Finding("E103", sentence, Span(number), help_))
    return findings


def _articles(tokens: list[Token]) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    articles: list[Article] = []
    notes: list[str] = []
    heading: tuple[int, str, int] | None = None
    paragraphs: list[Paragraph] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open" and token.tag in ("h1", "h2"):
            if heading:
                articles.append(Article(*heading, tuple(paragraphs)))
            paragraphs = []
            match = _ARTICLE.match(tokens[index + 1].content.strip())
            heading = (int(match[1]), match[2] or "", _line(token)) if match else None
        elif token.type == "list_item_open" and token.level == 1 and heading and token.info:
            paragraphs.append(_paragraph(tokens, index, heading[0]))
        elif (
            token.type == "inline" and token.level == 1 and tokens[index - 1].type != "heading_open"
        ):
            notes.append(token.content)
        index += 1
    if heading:
        articles.append(Article(*heading, tuple(paragraphs)))
    return tuple(articles), tuple(notes)


def _paragraph(tokens: list[Token], opening: int, article: int) -> Paragraph:
    item = tokens[opening]
    words = []
    for token in tokens[opening + 1 :]:
        if token.type == "list_item_close" and token.level == item.level:
            break
        if token.type == "inline":
            words.append(token.content)
    return Paragraph(article, int(item.info), "\n".join(words), _line(item))


def _fences(tokens: list[Token], findings: list[Finding]) -> Iterator[Fence]:
    for token in tokens:
        opening = token.info.strip()
        if token.type != "fence" or not opening.startswith("accord"):
            if token.type == "fence" and _is_slip(opening):
                help_ = say("write ```accord and the paragraph's number; this block is not read")
                sentence = say("`{info}` is not a block of clauses", info=opening)
                findings.append(
                    Finding("E103", sentence, Span(_line(token), 1, len(opening) + 4), help_)
                )
            continue
        line = _line(token)
        match = _FENCE_INFO.match(opening)
        labels = _labels(match["refs"] or "") if match else None
        if match is None or labels is None:
            help_ = say("write ```accord 7.2, ```accord 8.1-8.2, or ```accord 3.4 none")
            sentence = say("`{info}` does not name paragraphs", info=opening)
            findings.append(Finding("E103", sentence, Span(line, 1, len(opening) + 4), help_))
            labels = ()
        content = tuple(token.content.rstrip("\n").split("\n"))
        yield Fence(labels, bool(match and match["none"]), content, line + 1)


def _label_lines(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    for token in tokens:
        if token.type == "fence" and token.info.strip() == LABELS:
            yield from enumerate(token.content.split("\n"), _line(token) + 1)


def _is_slip(opening: str) -> bool:
    first = opening.split(maxsplit=1)[0].lower() if opening else ""
    return bool(difflib.get_close_matches(first, ["accord"], cutoff=0.75))


def _labels(references: str) -> tuple[str, ...] | None:
    labels: list[str] = []
    for part in filter(None, (piece.strip() for piece in references.split(","))):
        match = _REFERENCE.match(part)
        if match is None:
            return None
        article, first = int(match[1]), int(match[2])
        last = int(match[4]) if match[4] else first
        if (match[3] and int(match[3]) != article) or not first <= last <= first + 200:
            return None
        labels += [f"{article}.{number}" for number in range(first, last + 1)]
    return tuple(labels)


def _places(document: Document) -> list[Finding]:
    findings = []
    seen: dict[str, int] = {}
    for paragraph in document.paragraphs():
        if paragraph.label in seen:
            sentence = say("paragraph {label} stands twice", label=paragraph.label)
            help_ = say(
                "the first is on line {line}; number them apart", line=seen[paragraph.label]
            )
            findings.append(Finding("E201", sentence, Span(paragraph.line), help_, paragraph.label))
        seen.setdefault(paragraph.label, paragraph.line)
    for fence in document.fences:
        for label in fence.paragraphs:
            if label not in seen:
                sentence = say("there is no paragraph {label}", label=label)
                help_ = say("paragraph N.k is item k of the numbered list under `## Article N`")
                findings.append(Finding("E105", sentence, Span(fence.line - 1), help_, label))
    return findings


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
