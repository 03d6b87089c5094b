# SPDX-License-Identifier: Apache-2.0
"""W306 and W307: who acts, and what prevails, in the words and in the clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from pratique.accord.check import check
from pratique.accord.check.actors.sentences import sentences
from pratique.base.finding import Finding
from pratique.base.text import render

FRONT = """\
---
accord: Three Rivers
draft: 1
date: 2026-09-01
clock: UTC
currency: EUR
language: {language}
---

## Article 1 — Parties and bodies

1. The Parties are Aldova, Brenia and Corvia. The Watch is the Regional Centre.

```accord 1.1
party aldova, brenia, corvia
body council "Council"
  seats: 1 per party
body hub "Regional Centre"
body cell "Cellule de veille"
body aid_committee "Aid Committee"
  seats: 3
body ministry "health ministry" per party
measure cluster, breach per party: event
  from: acts
```

## Article 2 — What is agreed

{words}

```accord {label}
{clauses}
```
"""


@dataclass(frozen=True)
class Row:
    """Words with their clauses, and what is said of who acts (nothing: they agree)."""

    words: str
    clauses: str
    said: str = ""
    label: str = "2.1"
    language: str = "en"


def said_of(row: Row) -> list[Finding]:
    """Return the findings on who acts and what prevails."""
    paragraphs = re.split(r"\n(?! )", row.words)
    numbered = "\n".join(f"{n}. {one}" for n, one in enumerate(paragraphs, 1))
    text = FRONT.format(words=numbered, clauses=row.clauses, label=row.label, language=row.language)
    said = check(text)
    stops = [f"{one.code} {render(one.sentence)}" for one in said.accord.findings]
    assert [one for one in stops if one[0] == "E"] == []
    return [one for one in said.findings if one.code in ("W306", "W307")]


def duty(by: str, on: str = "cluster", more: str = "") -> str:
    """Return a duty that somebody has within 2 days."""
    return f"duty notify\n  on: {on}\n  by: {by}\n  must: tell it\n  within: 2 days\n{more}"


STEPS = """\
procedure request
  opened by: any party
  step ask: by {0}, within 2 days
  step decide: by {1}, within 2 days of ask
  ends: decided at decide"""
REQUEST = "Any Party may ask. The Council checks the request within two days; the Aid Committee"
REQUEST += " decides within two days of that."
POOL = "pool kits: count\n  from: {0} of aldova, {1} of brenia, {2} of corvia"
BAN = "people doctor\nduty enrol\n  by: doctor\n  must not: work unregistered\n"
VISIT = "power visit\n  by: doctor\n  when: {0}\n  may: work\n"

VOTE = "power vote\n  by: council\n  may: act\n  decided by: all of parties within 2 days\n"
VOTE += "  silence: refuses"

ROWS: dict[str, Row] = {
    "an office by its label": Row("The Council tells it within two days.", duty("council")),
    "an office that is not named": Row(
        "The Council tells it within two days.",
        duty("aid_committee"),
        "paragraph 2.1 names Council; the clause names `aid_committee`",
    ),
    "where nobody is named": Row(
        "It is told within two days.",
        duty("council"),
        "the clause names `council`; paragraph 2.1 does not",
    ),
    "an office by its noun alone": Row(
        "The Committee tells it in two days.", duty("aid_committee")
    ),
    "an office by what the accord calls it": Row("The Watch tells it in two days.", duty("hub")),
    "offices in the plural": Row("All health ministries tell it in two days.", duty("ministry")),
    "a chair": Row("The chair of the Council tells it in two days.", duty("chair of council")),
    "an office in a line of its own": Row("The Aid\n   Committee tells it.", duty("aid_committee")),
    "what a pronoun goes back to": Row(
        "The Council meets once.\nIt tells it within two days.", duty("council"), label="2.2"
    ),
    "an office that tells itself": Row(
        "A Party tells the Council within two days.",
        duty("council", more="  to: council"),
        "`council` owes this to itself",
    ),
    "an office where a Party acts": Row(
        "A Party tells the Council and the other Parties within two days.",
        duty("council"),
        "paragraph 2.1 says `2 days` of a Party; the clause names `council`",
    ),
    "an office of the sentence before": Row(
        "The Council meets. The Regional Centre tells it within two days.",
        duty("council"),
        "says `2 days` of Regional Centre; the clause names `council`",
    ),
    "an office by whom it is done": Row(
        "Within two days it is told by the Regional Centre, as the Council asked.", duty("hub")
    ),
    "one with another": Row(
        "Within two days the Regional Centre, with the Party concerned, tells it.", duty("hub")
    ),
    "two together": Row(
        "The Party that asked and the Council both sign within two days.",
        duty("that party, council"),
    ),
    "an officer of an office": Row("A clerk of the Council tells it in two days.", duty("council")),
    "a committee of an office": Row(
        "A committee of three members of the Council tells it within two days.",
        duty("council"),
        "says `2 days` of Aid Committee; the clause names `council`",
    ),
    "steps in their order": Row(REQUEST, STEPS.format("council", "aid_committee")),
    "a step of another": Row(
        REQUEST,
        STEPS.format("council", "council"),
        "says `2 days` of Aid Committee; the clause names `council`",
    ),
    "a Party that is not named": Row(
        "Aldova tells it in two days.",
        duty("brenia"),
        "paragraph 2.1 names Aldova; the clause names `brenia`",
    ),
    "all Parties by name": Row("Each Party tells it.", duty("aldova, brenia, corvia")),
    "a change in a Party that is not named": Row(
        "On a breach in Aldova the Council tells it in two days.",
        duty("corvia", "breach"),
        "names Aldova; the clause names `corvia`",
    ),
    "each for what concerns one": Row(
        "A Party with a cluster tells it in two days.",
        duty("each party"),
        "this binds every Party for what concerns one; paragraph 2.1 does not",
    ),
    "each for what concerns one, as agreed": Row(
        "On a cluster in any Party, each Party tells it in two days.", duty("each party")
    ),
    "shares in their order": Row(
        "Aldova, Brenia and Corvia bring 40, 60 and 20 kits.", POOL.format(40, 60, 20)
    ),
    "shares in another order": Row(
        "Aldova, Brenia and Corvia bring 40, 60 and 20 kits.",
        POOL.format(60, 40, 20),
        "paragraph 2.1 says 40 of `aldova`, 60 of `brenia` and 20 of `corvia`",
    ),
    "shares each with its Party": Row(
        "Aldova brings 40 kits, Brenia 60 and Corvia 20.", POOL.format(40, 60, 20)
    ),
    "a vote of all that nobody agreed to": Row(
        "The Council decides within two days.",
        VOTE,
        "the clause asks for the vote of all; paragraph 2.1 does not",
    ),
    "a vote of all as agreed": Row("The Council decides by unanimity within two days.", VOTE),
    "French: an office by its first noun": Row(
        "La Cellule le signale dans les deux jours.", duty("cell"), language="fr"
    ),
    "French: an office that is not named": Row(
        "Le Conseil le signale dans les deux jours.",
        duty("hub"),
        "the clause names `hub`; paragraph 2.1 does not",
        language="fr",
    ),
    "an exception that overrides": Row(
        "A doctor works where registered.\nNotwithstanding paragraph 1 a doctor may work.",
        BAN + VISIT.format("any party (ratified)") + "  overrides: enrol",
        label="2.1-2.2",
    ),
    "an exception that overrides nothing": Row(
        "A doctor works where registered.\nNotwithstanding paragraph 1 a doctor may work.",
        BAN + VISIT.format("any party (ratified)"),
        "paragraph 2.2 says `Notwithstanding paragraph 1`",
        label="2.1-2.2",
    ),
    "a derogation in French": Row(
        "Un médecin exerce où il est inscrit.\nPar dérogation au paragraphe 1, il exerce.",
        BAN + VISIT.format("any party (ratified)"),
        "`Par dérogation au paragraphe 1`",
        label="2.1-2.2",
        language="fr",
    ),
    "another treaty's Article": Row(
        "A doctor works where registered.\nNotwithstanding Article 2 of the Charter one may work.",
        BAN + VISIT.format("any party (ratified)"),
        label="2.1-2.2",
    ),
    "the rule makes the exception itself": Row(
        "A doctor works where registered.\nNotwithstanding paragraph 1 a doctor may work.",
        "status open\n  while: any party (ratified)\n"
        + BAN.replace("  by: doctor\n", "  when: not open\n  by: doctor\n")
        + VISIT.format("open"),
        label="2.1-2.2",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_who_acts_and_what_prevails_is_as_the_words_say(name: str) -> None:
    row = ROWS[name]
    said = [render(one.sentence) for one in said_of(row)]
    assert len(said) == bool(row.said), said
    assert all(row.said in one for one in said)


def test_a_finding_that_is_accepted_has_its_reason() -> None:
    accepted = duty("council", more='  accepted: W306 "the rules of procedure say who"')
    found = said_of(Row("It is told within two days.", accepted))
    assert [one.accepted for one in found] == ["the rules of procedure say who"]


def test_nothing_is_said_of_an_annex() -> None:
    row = Row("It is agreed.", "").clauses
    text = FRONT.format(words="1. It is agreed.", clauses=row, label="2.1 none", language="en")
    said = check(f"{text}\n## Annex\n\n```accord\n{duty('council')}\n```\n")
    assert [one.code for one in said.findings if one.code == "W306"] == []


def test_a_sentence_ends_with_a_stop_or_a_semicolon() -> None:
    said = "The rate is 1.5 per cent; the\nHub pays it. It keeps nothing."
    assert sentences(said) == ["The rate is 1.5 per cent", "the Hub pays it", "It keeps nothing"]
