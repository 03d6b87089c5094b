# SPDX-License-Identifier: Apache-2.0
"""The woven treaty as one HTML page: three columns on a wide screen, one after another on a phone.

No script; a figure leads to its words and back by a link. The prose is shown as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources

from pratique.accord.weave.hints import (
    CASES,
    CHECKED,
    CONTENTS,
    HOW_TO_READ,
    SIGNATURES,
    accepted_words,
    comparing_words,
    draft_line,
    failing_words,
    hints,
    sign_words,
    tried_words,
    unread_words,
)
from pratique.accord.weave.sheet import (
    Heading,
    Line,
    Numbered,
    Prose,
    Reading,
    Remark,
    Row,
    Run,
    Sheet,
    Worked,
)
from pratique.base.moment import Clock
from pratique.base.text import Sentence, direction, say
from pratique.markup.page import page_html
from pratique.markup.writer import Writer

_SIGN = "signatures"
_CASES = "worked-cases"


def sheet_html(sheet: Sheet) -> str:
    """Return a sheet as an HTML page that needs nothing else."""
    page = _Page(sheet)
    body = page.head() + page.contents() + page.blocks() + page.cases() + page.signatures()
    return page_html(
        page.writer,
        sheet.title,
        body,
        brand=say("Pratique · the text and its reading"),
        skip=say("Skip to the text"),
        further_css=_css(),
    )


class _Page:
    """A sheet being written: its writer, and which figures have their anchors already."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.writer = Writer(sheet.language, sheet.tongue, Clock("UTC"), {})
        self.anchored: set[str] = set()
        self.tried = {case.name: case.label for case in sheet.cases}

    # --- head and contents ------------------------------------------------------------------------

    def head(self) -> str:
        """Return the title, the notice, what this is, and what was checked."""
        sheet, writer = self.sheet, self.writer
        notice = f'<p class="law notice"{self._of_prose()}>{self.text(sheet.notice)}</p>'
        meta = writer.paragraph(draft_line(sheet), kind="meta")
        key = writer.heading(2, HOW_TO_READ) + writer.items(hints(sheet))
        found = writer.heading(2, CHECKED) + writer.items(sheet.summary)
        return (
            f"<h1{self._of_prose()}>{self.text(sheet.title)}</h1>"
            f"{notice if sheet.notice else ''}{meta}"
            f'<div class="lead"><div class="key">{key}</div>'
            f'<div class="key">{found}</div></div>'
        )

    def contents(self) -> str:
        """Return the parts and articles as links."""
        writer = self.writer
        entries = [
            f"<li{' class=part' if block.level == 1 else ''}>"
            f'<a href="#{block.name}"{self._of_prose()}>{self.text(block.text)}</a></li>'
            for block in self.sheet.blocks
            if isinstance(block, Heading) and block.level <= 2
        ]
        for name, title in self._closing():
            entries.append(f'<li class=part><a href="#{name}">{writer.html(title)}</a></li>')
        return (
            f'<nav aria-labelledby="contents">{writer.heading(2, CONTENTS, "contents")}'
            f"<ol>{''.join(entries)}</ol></nav>"
        )

    def _closing(self) -> list[tuple[str, Sentence]]:
        cases = [(_CASES, CASES)] if self.sheet.cases else []
        return [*cases, (_SIGN, SIGNATURES)]

    # --- the text ---------------------------------------------------------------------------------

    def blocks(self) -> str:
        """Return the text from its first block to its last."""
        return "".join(self._block(block) for block in self.sheet.blocks)

    def _block(self, block: Heading | Prose | Row) -> str:
        match block:
            case Heading(level, text, name):
                tag = f"h{level + 1}"
                return f'<{tag} id="{name}"{self._of_prose()}>{self.text(text)}</{tag}>'
            case Prose(text):
                return f'<p class="free"{self._of_prose()}>{self.text(text)}</p>'
            case Row():
                return self._row(block)

    def _row(self, row: Row) -> str:
        words = "".join(self._numbered(row, one) for one in row.paragraphs)
        readings = "".join(self._reading(row, one) for one in row.readings)
        if not readings:
            readings = self.writer.paragraph(unread_words(row), kind="quiet")
        margin = self._margin(row)
        aside = f'<aside class="margin">{margin}</aside>' if margin else ""
        return (
            f'<div class="row"><div class="words">{words}</div>'
            f'<div class="reading">{readings}</div>{aside}</div>'
        )

    def _numbered(self, row: Row, one: Numbered) -> str:
        lines = "".join(f"<div>{self.line(row, line, 'w')}</div>" for line in one.lines)
        language = self.sheet.tongue if one.foreign else self.sheet.prose_language
        said = f' lang="{self.text(language)}" dir="{direction_of(language)}"'
        return (
            f'<div class="numbered" id="{_row_anchor(one.label)}"><b>{self.text(one.label)}</b>'
            f"<div{said}>{lines}</div></div>"
        )

    def _reading(self, row: Row, one: Reading) -> str:
        beside = f" {self.text(one.beside)}" if one.beside else ""
        lines = [*one.lines, *([one.further] if one.further else [])]
        body = "".join(f"<p>{self.line(row, line, 'r')}</p>" for line in lines)
        return (
            f"<h4><b>{self._natural(one.label)}</b>{beside} "
            f'<code lang="en">{self.text(one.kind)} {self.text(one.name)}</code></h4>{body}'
        )

    # --- the margin -------------------------------------------------------------------------------

    def _margin(self, row: Row) -> str:
        writer = self.writer
        remarks = "".join(self._remark(one) for one in row.remarks)
        compared = self._compared(row) if row.alike else ""
        cases = ""
        if row.cases:
            links = "".join(
                f'<li><a href="#{_case_anchor(name)}">{self._natural(self.tried[name])}</a></li>'
                for name in row.cases
            )
            cases = f"<p><b>{writer.html(tried_words(row))}</b></p><ul>{links}</ul>"
        return remarks + compared + cases

    def _compared(self, row: Row) -> str:
        figures = "".join(
            f"<li><b>{one.letter}</b> <bdi{self._of_prose()}>{self.text(one.words)}</bdi></li>"
            for one in row.alike
        )
        return f"<p><b>{self.writer.html(comparing_words())}</b></p><ul class=run>{figures}</ul>"

    def _remark(self, one: Remark) -> str:
        css = "remark stops" if one.code.startswith("E") else "remark"
        reason = ""
        if one.reason.text:
            accepted = self.writer.html(accepted_words())
            reason = f"<br>{accepted} {self._natural(one.reason)}"
        line = self.line(None, one.sentence, "")
        return f'<p class="{css}"><b>{self.text(one.code)}</b> {line}{reason}</p>'

    # --- cases and signatures ---------------------------------------------------------------------

    def cases(self) -> str:
        """Return the worked cases, each in words."""
        if not self.sheet.cases:
            return ""
        heading = self.writer.heading(2, CASES, _CASES)
        return f'{heading}<div class="pair">{"".join(map(self._worked, self.sheet.cases))}</div>'

    def _worked(self, case: Worked) -> str:
        lines = "".join(f"<li>{self.line(None, line, '')}</li>" for line in case.lines)
        rows = ", ".join(
            f'<a class="place" href="#{_row_anchor(row)}">{self.text(row)}</a>' for row in case.rows
        )
        fails = (
            f'<p><span class="tag late">{self.writer.html(failing_words())}</span></p>'
            if case.fails
            else ""
        )
        return (
            f'<section class="worked" id="{_case_anchor(case.name)}">'
            f"<h4><b>{self._natural(case.label)}</b> {rows}</h4>"
            f"{fails}<ul>{lines}</ul></section>"
        )

    def signatures(self) -> str:
        """Return where the parties would sign."""
        writer, words = self.writer, sign_words(self.sheet)
        heading = writer.heading(2, SIGNATURES, _SIGN)
        fields = "".join(f"<dt>{writer.html(one)}</dt><dd></dd>" for one in words.fields)
        blocks = "".join(
            f'<section class="sign"><h3>{writer.html(one)}</h3><dl>{fields}</dl></section>'
            for one in words.parties
        )
        warning = writer.paragraph(words.warning, kind="fixed")
        return f'{heading}{warning}<div class="pair signs">{blocks}</div>'

    # --- lines ------------------------------------------------------------------------------------

    def line(self, row: Row | None, line: Iterable[Run] | Line, side: str) -> str:
        """Return runs as HTML; a figure of a row is a link to the other side."""
        return "".join(self._run(row, run, side) for run in line)

    def _run(self, row: Row | None, run: Run, side: str) -> str:
        text = self._natural(run)
        if row is None or run.thread is None:
            return text
        here = f"{side}-{row.name}-{run.thread}"
        there = f"{'r' if side == 'w' else 'w'}-{row.name}-{run.thread}"
        anchor = "" if here in self.anchored else f' id="{here}"'
        self.anchored.add(here)
        letter = row.threads[run.thread].letter
        mark = f"<sup>{letter}</sup>" if letter else ""
        return f'<a class="fig"{anchor} href="#{there}">{text}{mark}</a>'

    def _natural(self, run: Run) -> str:
        text = self.text(run.text)
        match run.nature:
            case "name" | "words":
                return f"<bdi{self._of_clauses()}>{text}</bdi>"
            case "term":
                return f'<bdi class="term"{self._of_clauses()}>{text}</bdi>'
            case "part":
                return f'<bdi class="term">{text}</bdi>'
            case "place":
                return f'<a class="place" href="#{_row_anchor(run.target)}">{text}</a>'
            case "code":
                return f"<code><bdi>{text}</bdi></code>"
        return text

    def text(self, words: str) -> str:
        """Return words escaped, exactly as they are."""
        return escaped(words)

    def _of_clauses(self) -> str:
        same = self.sheet.tongue == self.sheet.language
        return "" if same else f' lang="{self.text(self.sheet.tongue)}"'

    def _of_prose(self) -> str:
        language = self.sheet.prose_language
        if language == self.sheet.language:
            return ""
        return f' lang="{self.text(language)}" dir="{direction_of(language)}"'


def _row_anchor(label: str) -> str:
    return f"p-{label}"


def _case_anchor(name: str) -> str:
    return f"case-{name}"


def direction_of(language: str) -> str:
    """Return the direction of a language; left to right where it is not known."""
    try:
        return direction(language)
    except (ValueError, LookupError):
        return "ltr"


def escaped(words: str) -> str:
    """Return words as HTML."""
    from html import escape

    return escape(words, quote=True)


@cache
def _css() -> str:
    return resources.files("pratique.accord.weave").joinpath("weave.css").read_text("utf-8")
