# SPDX-License-Identifier: Apache-2.0
"""What stands in the margin: findings on a paragraph and its clauses, cases that try them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pratique.accord.check import Checked
from pratique.accord.kinds.body import Body
from pratique.accord.kinds.case import Case
from pratique.accord.kinds.measure import Measure
from pratique.accord.kinds.party import Party
from pratique.accord.kinds.people import People
from pratique.accord.model import Accord
from pratique.accord.weave.rows import Rows, home
from pratique.accord.weave.runs import Voice, plain
from pratique.accord.weave.sheet import Remark, Run
from pratique.base.finding import Finding

_NAME = re.compile(r"[a-z][a-z0-9_]*")
FAILS = "E904"
"""The finding of a worked case that does not hold."""


def remarks(checked: Checked, rows: Rows, voice: Voice) -> dict[str, list[Remark]]:
    """Return the findings of each row, in order; under "" those of no row."""
    found: dict[str, list[Remark]] = {}
    for finding in checked.findings:
        found.setdefault(_row(finding, checked.accord, rows), []).append(
            _remark(finding, checked.accord, voice)
        )
    return found


def _row(finding: Finding, accord: Accord, rows: Rows) -> str:
    if finding.article in rows.labels:
        return rows.name(finding.article)
    typed = accord.typed.get(finding.clause)
    return home(typed.source.paragraphs, rows) if typed is not None else ""


def _remark(finding: Finding, accord: Accord, voice: Voice) -> Remark:
    sentence = voice.line(finding.sentence)
    if finding.witness is not None:
        sentence = (*sentence, Run(" "), *voice.line(finding.witness))
    return Remark(finding.code, sentence, _reason(finding, accord))


def _reason(finding: Finding, accord: Accord) -> Run:
    translated = accord.called.get(f"{finding.clause}.{finding.code.lower()}")
    if translated is not None and finding.accepted is not None:
        return Run(plain(translated))
    return Run(plain(finding.accepted or ""), "words")


def cases_by_row(accord: Accord, rows: Rows) -> dict[str, list[str]]:
    """Return the names of the worked cases that try the clauses of each row."""
    found: dict[str, list[str]] = {}
    for case in accord.of_kind(Case):
        for row in rows_tried(case, accord, rows):
            found.setdefault(row, []).append(case.name)
    return found


def rows_tried(case: Case, accord: Accord, rows: Rows) -> tuple[str, ...]:
    """Return the rows of the clauses of which a worked case expects something."""
    found = (home(accord.typed[name].source.paragraphs, rows) for name in _expected(case, accord))
    return tuple(row for row in dict.fromkeys(found) if row)


def _expected(case: Case, accord: Accord) -> Iterator[str]:
    for expected in case.expectations:
        for name in _NAME.findall(expected.text):
            typed = accord.typed.get(name)
            # What is only where or of whom something is expected is not tried.
            if typed is not None and not isinstance(typed, Party | Body | People | Measure | Case):
                yield name
