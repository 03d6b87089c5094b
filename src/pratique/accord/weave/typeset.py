# SPDX-License-Identifier: Apache-2.0
"""The woven treaty for typst: one fixed source, and the sheet as plain values beside it.

No word of an accord ever becomes typst source: it is read as JSON, so it cannot run anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

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
from pratique.accord.weave.runs import Voice
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
)
from pratique.base.text import Sentence, direction, render, say

Values = dict[str, Any]
_SHORT = 420
"""Characters of prose that stand together on a page."""


def typst_source() -> str:
    """Return the typst source that sets any sheet; it reads the sheet from `sys.inputs`."""
    return resources.files("pratique.accord.weave").joinpath("sheet.typ").read_text("utf-8")


def sheet_values(sheet: Sheet) -> Values:
    """Return a sheet as values for JSON, each sentence in the reader's language."""
    return _Setting(sheet).values()


class _Setting:
    """A sheet being set: the rows that there are to lead to, the figures that have anchors."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = {block.name for block in sheet.blocks if isinstance(block, Row)}
        self.cases = {case.name: case.label for case in sheet.cases}
        self.anchored: set[str] = set()
        self.voice = Voice(sheet.language, sheet.tongue)

    def values(self) -> Values:
        sheet = self.sheet
        return {
            "title": sheet.title,
            "lang": _language(sheet.language),
            "dir": direction(sheet.language),
            "prose": {"lang": _language(sheet.prose_language), "dir": way(sheet.prose_language)},
            "clauses": {"lang": _language(sheet.tongue), "dir": way(sheet.tongue)},
            "foreign": sheet.tongue.partition("-")[0] != sheet.language.partition("-")[0],
            "draft": self.said(draft_line(sheet)),
            "notice": sheet.notice,
            "heads": self._heads(),
            "hints": [self.line(self.voice.line(one)) for one in hints(sheet)],
            "summary": [self.said(one) for one in sheet.summary],
            "blocks": list(self._blocks()),
            "cases": list(self._cases()),
            "signing": self._signing(),
        }

    def said(self, sentence: Sentence) -> str:
        return render(sentence, self.sheet.language)

    def _heads(self) -> dict[str, str]:
        heads = {
            "contents": CONTENTS,
            "how": HOW_TO_READ,
            "checked": CHECKED,
            "cases": CASES,
            "signatures": SIGNATURES,
            "text": say("The text"),
            "reading": say("What its clauses say"),
            "margin": say("Margin"),
            "compare": comparing_words(),
            "accepted": accepted_words(),
            "fails": failing_words(),
        }
        return {name: self.said(head) for name, head in heads.items()}

    def _blocks(self) -> Iterator[Values]:
        level = 0
        for block in self.sheet.blocks:
            match block:
                case Heading():
                    # A level that is left out would be a fault of the tagged document.
                    level = min(block.level, level + 1)
                    yield {"is": "heading", "level": level, "text": block.text}
                case Prose(text):
                    yield {"is": "prose", "text": text}
                case Row():
                    yield self._row(block)

    def _row(self, row: Row) -> Values:
        return {
            "is": "row",
            "short": _length(row) < _SHORT,
            "paragraphs": [self._numbered(row, one) for one in row.paragraphs],
            "readings": [self._reading(row, one) for one in row.readings],
            "unread": "" if row.readings else self.said(unread_words(row)),
            "remarks": [
                {"code": one.code, "line": self.line(one.sentence), "reason": self._reason(one)}
                for one in row.remarks
            ],
            "alike": [{"letter": one.letter, "words": one.words} for one in row.alike],
            "tried": self.said(tried_words(row)),
            "cases": [self._case(name) for name in row.cases],
        }

    def _reason(self, one: Remark) -> Values | None:
        return self._run(one.reason, None, "") if one.reason.text else None

    def _case(self, name: str) -> Values:
        return {**self._run(self.cases[name], None, ""), "to": f"case-{name}"}

    def _numbered(self, row: Row, one: Numbered) -> Values:
        own = self.sheet.tongue if one.foreign else self.sheet.prose_language
        is_first = bool(row.name) and one.label == row.name
        return {
            "label": one.label,
            "id": f"p-{row.name}" if is_first else "",
            "lines": [self.line(line, row, "w") for line in one.lines],
            "lang": _language(own),
            "dir": way(own),
        }

    def _reading(self, row: Row, one: Reading) -> Values:
        lines = [*one.lines, *([one.further] if one.further else [])]
        return {
            "label": self._run(one.label, None, ""),
            "beside": one.beside,
            "code": f"{one.kind} {one.name}",
            "lines": [self.line(line, row, "r") for line in lines],
        }

    def _cases(self) -> Iterator[Values]:
        for case in self.sheet.cases:
            yield {
                "label": self._run(case.label, None, ""),
                "id": f"case-{case.name}",
                "rows": [{"t": row, "to": self._to_row(row)} for row in case.rows],
                "fails": case.fails,
                "lines": [self.line(line) for line in case.lines],
            }

    def _signing(self) -> Values:
        words = sign_words(self.sheet)
        return {
            "warning": self.said(words.warning),
            "parties": [self.line(self.voice.line(one)) for one in words.parties],
            "fields": [self.said(one) for one in words.fields],
        }

    def line(
        self, line: Iterable[Run] | Line, row: Row | None = None, side: str = ""
    ) -> list[Values]:
        """Return runs as values; a figure of a row leads to the other side."""
        return [self._run(run, row, side) for run in line]

    def _run(self, run: Run, row: Row | None, side: str) -> Values:
        values: Values = {"t": run.text, "n": run.nature}
        if run.nature == "place":
            return {**values, "to": self._to_row(run.target)}
        if row is None or run.thread is None:
            return values
        here = f"{side}-{row.name}-{run.thread}"
        values["fig"] = row.threads[run.thread].letter
        values["to"] = f"{'r' if side == 'w' else 'w'}-{row.name}-{run.thread}"
        if here not in self.anchored:
            self.anchored.add(here)
            values["id"] = here
        return values

    def _to_row(self, name: str) -> str:
        return f"p-{name}" if name in self.rows else ""


def _length(row: Row) -> int:
    """Return how many characters of prose a row is as high as; a reading is set smaller."""
    words = sum(len(run.text) for one in row.paragraphs for line in one.lines for run in line)
    read = sum(len(run.text) for one in row.readings for line in one.lines for run in line)
    return max(words, (read + 60 * len(row.readings)) // 2, 100 * len(row.remarks))


def way(language: str) -> str:
    """Return the direction of a language; left to right where it is not known."""
    try:
        return direction(language)
    except (ValueError, LookupError):
        return "ltr"


def _language(language: str) -> str:
    """Return a language as typst takes it; English for those that nobody speaks."""
    first = language.partition("-")[0].lower()
    return first if first.isascii() and first.isalpha() and len(first) == 2 else "en"
