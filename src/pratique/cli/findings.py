# SPDX-License-Identifier: Apache-2.0
"""Findings as a person reads them (line, caret, paragraph, help) and as a machine does (JSON)."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from pratique.base.finding import Finding
from pratique.base.text import Sentence, render, say
from pratique.cli.speech import language, told

_COLOURS = {"E": "red", "W": "yellow"}


def finding_text(finding: Finding, lines: Sequence[str], name: str) -> str:
    """Return a finding laid out for a terminal: code, sentence, place, caret, paragraph, help."""
    span = finding.span
    head = click.style(finding.code, fg=_COLOURS.get(finding.severity), bold=True)
    margin = " " * len(str(span.line))
    parts = [f"{head} {told(finding.sentence)}", f"{margin}--> {told(_place(finding, name))}"]
    if 0 < span.line <= len(lines):
        parts += _pointed(lines[span.line - 1], finding, margin)
    if finding.quote:
        quote = textwrap.shorten(" ".join(finding.quote.split()), 200, placeholder=" …")
        parts += _wrapped(f"{finding.article}. {quote}", f"{margin} | ")
    for note in _notes(finding):
        parts += _wrapped(told(note), f"{margin} = ")
    return "\n".join(parts)


def _notes(finding: Finding) -> Iterator[Sentence]:
    if finding.witness is not None:
        yield say("example: {words}", words=finding.witness)
    if finding.note is not None:
        yield say("note: {words}", words=finding.note)
    yield say("help: {words}", words=finding.help)
    if finding.accepted is not None:
        yield say("accepted: {reason}", reason=finding.accepted)


def _place(finding: Finding, name: str) -> Sentence | str:
    place = f"{name}:{finding.span.line}:{finding.span.column}"
    if finding.article and finding.clause:
        return say(
            "{place}, article {article}, clause `{clause}`",
            place=place,
            article=finding.article,
            clause=finding.clause,
        )
    if finding.article:
        return say("{place}, article {article}", place=place, article=finding.article)
    if finding.clause:
        return say("{place}, clause `{clause}`", place=place, clause=finding.clause)
    return place


def _pointed(line: str, finding: Finding, margin: str) -> list[str]:
    start = finding.span.column - 1
    # Long lines are prose: show what stands round the place.
    left = max(0, start - 40) if len(line) > 100 else 0
    shown = line[left : left + 100]
    width = max(1, min(finding.span.end - finding.span.column, len(shown) - (start - left)))
    caret = " " * (start - left) + "^" * width
    return [
        f"{margin} |",
        f"{finding.span.line} | {shown}",
        f"{margin} | {click.style(caret, fg='cyan')}",
    ]


def _wrapped(words: str, prefix: str) -> list[str]:
    return textwrap.wrap(
        words,
        100,
        initial_indent=prefix,
        subsequent_indent=" " * len(prefix),
        break_long_words=False,
        break_on_hyphens=False,
    )


def finding_record(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values, its sentences in the language chosen."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "sentence": told(finding.sentence),
        "line": finding.span.line,
        "column": finding.span.column,
        "end": finding.span.end,
        "article": finding.article,
        "clause": finding.clause,
        "quote": finding.quote,
        "witness": _maybe(finding.witness),
        "note": _maybe(finding.note),
        "help": told(finding.help),
        "accepted": finding.accepted,
    }


def _maybe(sentence: Sentence | None) -> str | None:
    return None if sentence is None else render(sentence, language())


def findings_text(findings: Iterable[Finding], lines: Sequence[str], name: str) -> str:
    """Return findings one after another."""
    return "\n\n".join(finding_text(finding, lines, name) for finding in findings)
