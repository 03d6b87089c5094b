# SPDX-License-Identifier: Apache-2.0
"""Woven treaties for tests: a small one that can be hostile, and the shipped ones, woven once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from once import try_cases_once
from pratique.accord.check import check
from pratique.accord.weave.html import sheet_html
from pratique.accord.weave.sheet import Row, Sheet
from pratique.accord.weave.weaving import woven
from pratique.cli.methods import methods

ACCORDS = Path(__file__).parent.parent / "accords"
HOSTILE = '#panic("x") $x$ @nowhere <script>alert(1)</script> "]) \\u{41} `rm` *b* _i_ \N{SNOWMAN}'
SMALL = """---
accord: Small {hostile}
draft: 1
date: 2026-01-01
clock: UTC
currency: USD
language: en
---

# Small

## Article 1 — Aid {hostile}

1. The Parties are Guinea and Brenia. {hostile}

```accord 1.1
party guinea "Guinea"
party brenia "Brenia {label}"
```

2. A Party with over fifty cases tells the other Party within 14 days,
   and answers its questions within 30 days.
3. This is for people alone.

```accord 1.2
measure cases per party: count in 0..1000
  from: acts
  if missing: unknown
duty tell "to tell"
  when: cases > 50
  by: that party
  to: other parties
  must: tell it {label}
  within: 14 days
duty answer
  when: cases > 50
  by: that party
  must: answer
  within: 30 days
```

```accord 1.3 none
```

A note. {hostile}

## Annex

```accord
case told
  given: cases of guinea = 60 from day 1
  expect: tell owed by guinea on day 1
```
"""


def small(hostile: str = "", label: str = "") -> str:
    """Return a small accord; `hostile` stands in its prose, `label` in its clauses."""
    return SMALL.format(hostile=hostile, label=label)


def sheet_of(source: str, language: str = "en", translation: str = "") -> Sheet:
    """Return the sheet of a text; its worked cases are not run."""
    others = {language: translation} if translation else None
    checked = check(source, methods=methods(), translations=others)
    return woven(checked, language=language, translation=translation)


@cache
def shipped(name: str, language: str = "en") -> Sheet:
    """Return the sheet of a shipped accord, its worked cases run."""
    source = (ACCORDS / name / "accord.md").read_text("utf-8")
    french = (ACCORDS / name / "accord.fr.md").read_text("utf-8")
    checked = check(source, trial=try_cases_once, methods=methods(), translations={"fr": french})
    translation = french if language == "fr" else ""
    return woven(checked, language=language, translation=translation, tried=True)


@cache
def page(name: str, language: str = "en") -> str:
    """Return the page of a shipped accord."""
    return sheet_html(shipped(name, language))


def rows(sheet: Sheet) -> dict[str, Row]:
    """Return the rows of a sheet by name."""
    return {block.name: block for block in sheet.blocks if isinstance(block, Row)}
