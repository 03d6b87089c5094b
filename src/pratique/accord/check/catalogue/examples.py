# SPDX-License-Identifier: Apache-2.0
"""The skeleton of the catalogue's examples: a small accord with the clauses of one Article.

What those clauses name is defined in its Annex A, so that a pair of examples differs in little but
the fault.
"""

from __future__ import annotations

import re

_SKELETON = """\
---
accord: Two Rivers Health Accord
draft: 1
date: 2026-09-01
clock: UTC
currency: EUR
---

## Article 1 — Parties

1. The Parties are Aldova and Brenia.

```accord 1.1
party aldova, brenia
```

## Article 2 — What is agreed

1. {words}

```accord {paragraph}
{clauses}
```
{annex}{named}"""

_CASE_ANNEX = """
## Annex B — Worked case

```accord
{clauses}
```
"""

_NAMED_ANNEX = """
## Annex A — Names used above

```accord
{clauses}
```
"""

_FRENCH = """\
---
accord: Accord sanitaire des Deux Rivières
language: fr
---

## Article 1 — Parties

1. Les Parties sont l’Aldovie et la Brénie.

## Article 2 — Ce qui est convenu

1. {words}
"""

_DEFINED = {
    "hub": "body hub",
    "council": "body council\n  seats: 1 per party",
    "patients": "people patients",
    "cases": (
        "measure cases per party: count in 0..1000000\n"
        "  from: series cases of cholera, daily, by registers\n  if missing: unknown"
    ),
    "cluster": "measure cluster per party: event\n  from: acts",
    "emergency": "status emergency\n  while: any party (cases >= 1000)",
    "review": (
        "power review\n  by: council\n  may: find that there is a breach\n"
        "  decided by: 2/3 of parties within 14 days\n  silence: refuses"
    ),
}

NOTIFY = (
    "duty notify\n  on: cluster\n  by: that party\n  must: notify it\n"
    "  within: 24 hours\n  if missed: call review"
)
NOTIFY_WORDS = "Each Party shall notify an unusual cluster to the other Party within 24 hours."
REPORT = "duty report\n  {trigger}\n  by: hub\n  must: publish a report"
DURING = REPORT.format(trigger="when: emergency")
DURING_WORDS = "In an emergency the Hub publishes reports."
STARTED = (
    "duty report\n  {trigger}\n  by: hub\n  must: publish a report\n"
    "  within: 72 hours\n  if missed: call review"
)
STARTED_WORDS = "When an emergency begins, the Hub publishes a report within 72 hours."


def accord_with(words: str, clauses: str, *, paragraph: str = "2.1", case: str = "") -> str:
    """Return a small accord whose Article 2 has these words and these clauses."""
    return _SKELETON.format(
        words=words,
        clauses=clauses,
        paragraph=paragraph,
        annex=_CASE_ANNEX.format(clauses=case) if case else "",
        named=_named(clauses),
    )


def french_with(words: str) -> str:
    """Return the French text of a small accord whose Article 2 has these words."""
    return _FRENCH.format(words=words)


def shown_part(accord: str) -> str:
    """Return the part of an example that a reader needs to see: all but the skeleton."""
    part = accord.partition("## Article 2")[2].partition("## Annex A")[0]
    return part.partition("\n")[2].strip("\n").replace("\x00", "\N{SYMBOL FOR NULL}")


def _named(clauses: str) -> str:
    """Return the annex that defines what clauses name, and what those clauses name."""
    defined: list[str] = []
    waiting = [clauses]
    while waiting:
        words = re.findall(r"[a-z_]+", re.sub(r"must:.*|may: (?!start|end).*", "", waiting.pop()))
        for name in (word for word in words if word in _DEFINED and word not in defined):
            if not re.search(rf"^[a-z]+ {name}\b", clauses, re.MULTILINE):
                defined.append(name)
                waiting.append(_DEFINED[name])
    if not defined:
        return ""
    ordered = [clause for name, clause in _DEFINED.items() if name in defined]
    return _NAMED_ANNEX.format(clauses="\n".join(ordered))
