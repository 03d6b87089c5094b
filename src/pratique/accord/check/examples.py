# SPDX-License-Identifier: Apache-2.0
"""A small accord with each fault of the catalogue, and the same accord without it.

All are made from one skeleton, so that a pair differs in little but the fault.
"""

from __future__ import annotations

from dataclasses import dataclass

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
{annex}
## Annex A — Names used above

```accord
body hub
measure cases per party: count in 0..1000000
  from: series cases of cholera, daily, by registers
  if missing: unknown
measure cluster per party: event
  from: acts
status emergency
  lapses: after 90 days
```
"""

_ANNEX = """
## Annex B — Worked case

```accord
{clauses}
```
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A whole accord with a fault, and without it."""

    bad: str
    good: str


def accord_with(words: str, clauses: str, *, paragraph: str = "2.1", annex: str = "") -> str:
    """Return a small accord whose Article 2 has these words and these clauses."""
    annexed = _ANNEX.format(clauses=annex) if annex else ""
    return _SKELETON.format(words=words, clauses=clauses, paragraph=paragraph, annex=annexed)


def shown_part(accord: str) -> str:
    """Return the part of an example that a reader needs to see: all but the skeleton."""
    part = accord.partition("## Article 2")[2].partition("## Annex A")[0]
    return part.partition("\n")[2].strip("\n").replace("\x00", "\N{SYMBOL FOR NULL}")


def _with(words: str, bad: str, good: str) -> Example:
    return Example(accord_with(words, bad), accord_with(words, good))


_NOTIFY = "duty notify\n  on: cluster\n  by: that party\n  must: notify the cluster to the Hub"
_NOTIFY_WORDS = "Each Party shall notify an unusual cluster to the Hub."
_REPORT = "duty report\n  {trigger}\n  by: hub\n  must: publish a report"
_DURING = _REPORT.format(trigger="when: emergency")
_PER_CASES = "When cases are reported, the Hub publishes a report."
_VOTE = (
    "power declare\n  by: any party\n  may: start emergency\n  decided by: {need} within 12 hours"
)
_CASE = (
    "case first_cluster\n  given: {event} in aldova on day 2\n"
    "  expect: notify owed by aldova {expected}"
)

EXAMPLES = {
    "E100": Example(
        accord_with("Each Party shall notify\x00 an unusual cluster to the Hub.", _NOTIFY),
        accord_with(_NOTIFY_WORDS, _NOTIFY),
    ),
    "E101": _with(_NOTIFY_WORDS, _NOTIFY.replace("duty", "obligation"), _NOTIFY),
    "E102": _with(_NOTIFY_WORDS, f"{_NOTIFY}\n  to whom: hub", f"{_NOTIFY}\n  to: hub"),
    "E103": _with(
        "When an emergency begins, the Hub publishes a report.",
        _REPORT.format(trigger="on: emergency begins"),
        _REPORT.format(trigger="on: emergency starts"),
    ),
    "E104": _with(_NOTIFY_WORDS, _NOTIFY.replace("  by: that party\n", ""), _NOTIFY),
    "E105": Example(
        accord_with(_NOTIFY_WORDS, _NOTIFY, paragraph="2.3"),
        accord_with(_NOTIFY_WORDS, _NOTIFY),
    ),
    "E201": _with(
        f"{_NOTIFY_WORDS} While there is an emergency the Hub publishes a report.",
        f"{_NOTIFY}\n{_DURING.replace('duty report', 'duty notify')}",
        f"{_NOTIFY}\n{_DURING}",
    ),
    "E202": _with(_NOTIFY_WORDS, f"{_NOTIFY}\n  to: bureau", f"{_NOTIFY}\n  to: hub"),
    "E205": Example(
        accord_with(
            _NOTIFY_WORDS, _NOTIFY, annex=_CASE.format(event="outbreak", expected="on day 2")
        ),
        accord_with(
            _NOTIFY_WORDS, _NOTIFY, annex=_CASE.format(event="cluster", expected="on day 2")
        ),
    ),
    "E301": Example(
        accord_with(
            "Each Party shall notify an unusual cluster to the Hub as soon as it can.",
            f"{_NOTIFY}\n  within: 24 hours",
        ),
        accord_with(
            "Each Party shall notify an unusual cluster to the Hub within 24 hours.",
            f"{_NOTIFY}\n  within: 24 hours",
        ),
    ),
    "W303": _with(
        "Each Party shall notify an unusual cluster to the Hub within 24 hours.",
        _NOTIFY,
        f"{_NOTIFY}\n  within: 24 hours",
    ),
    "E400": _with(
        _PER_CASES,
        _REPORT.format(trigger="when: any party (cases)"),
        _REPORT.format(trigger="when: any party (cases > 0)"),
    ),
    "E401": _with(
        "There is an alert in a Party while cases are reported there.",
        "status alert\n  while: cases > 0",
        "status alert per party\n  while: cases > 0",
    ),
    "E402": Example(
        accord_with(
            "The Parties pay EUR 12 million a year into the Fund, Aldova 50 % and Brenia 40 %.",
            "pool fund: money EUR\n  from: EUR 12 million per year as 50% of aldova, 40% of brenia",
        ),
        accord_with(
            "The Parties pay EUR 12 million a year into the Fund, Aldova 60 % and Brenia 40 %.",
            "pool fund: money EUR\n  from: EUR 12 million per year as 60% of aldova, 40% of brenia",
        ),
    ),
    "E403": Example(
        accord_with(
            "At 2,000,000 cases in a Party the Hub publishes a report.",
            _REPORT.format(trigger="when: any party (cases >= 2000000)"),
        ),
        accord_with(
            "At 20,000 cases in a Party the Hub publishes a report.",
            _REPORT.format(trigger="when: any party (cases >= 20000)"),
        ),
    ),
    "E404": Example(
        accord_with(
            "Three Parties may together declare an emergency, deciding within 12 hours.",
            _VOTE.format(need="3 of parties"),
        ),
        accord_with(
            "Two Parties may together declare an emergency, deciding within 12 hours.",
            _VOTE.format(need="2 of parties"),
        ),
    ),
    "E406": _with(
        "When an emergency starts, each Party shall publish a report.",
        _REPORT.format(trigger="on: emergency starts").replace("by: hub", "by: that party"),
        _REPORT.format(trigger="on: emergency starts").replace("by: hub", "by: each party"),
    ),
    "E407": _with(
        "In an emergency, or after cases on 7 days together, the Hub publishes a report.",
        _REPORT.format(trigger="when: emergency or any party (cases > 0) for 7 days"),
        _REPORT.format(trigger="when: emergency or (any party (cases > 0) for 7 days)"),
    ),
    "E408": _with(
        "When an emergency starts, the Hub publishes a report.",
        _REPORT.format(trigger="when: emergency starts"),
        _REPORT.format(trigger="on: emergency starts"),
    ),
    "E605": _with(
        "There is calm while there is no alert, and an alert while cases are reported.",
        "status calm\n  while: not alert\nstatus alert\n  while: not calm",
        "status calm\n  while: not alert\nstatus alert\n  while: any party (cases > 0)",
    ),
    "E904": Example(
        accord_with(_NOTIFY_WORDS, _NOTIFY, annex=_CASE.format(event="cluster", expected="never")),
        accord_with(
            _NOTIFY_WORDS, _NOTIFY, annex=_CASE.format(event="cluster", expected="on day 2")
        ),
    ),
}
