# SPDX-License-Identifier: Apache-2.0
"""The echo check: what a clause and its paragraph do not say alike, in English and in French.

A row of `data/echo/*.csv` reads: the paragraph, its clause (lines parted by `|`), what is found:
`E301 FIGURE < WORDS`, the figure of the clause and the words it was set against, or `W303 WORDS`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pratique.accord.check.codes import CODES
from pratique.accord.check.echo import echo
from pratique.accord.model import read_accord
from pratique.accord.quantities import quantities
from pratique.base.finding import Finding
from pratique.base.text import render
from pratique.cli.methods import methods

TABLES = Path(__file__).parents[2] / "data" / "echo"

ACCORD = """\
---
accord: Two Rivers Health Accord
date: 2026-09-01
clock: UTC
currency: EUR
language: {language}
---

## Article 1 — Agreed

1. {paragraph}

```accord 1.1
{clause}
```
{more}
## Annex — Names used above

```accord
party aldova, brenia
body hub
body council
measure cases per party: count in 0..1000000
  from: series cases of cholera, daily, by registers
  if missing: unknown
measure cluster per party: event
  from: acts
term limit: 20
pool fund: money EUR
  from: EUR 77 million per year as 50% of aldova, 50% of brenia
status emergency
  lapses: after 77 days
```
"""

TELL = "duty told\n  on: cluster\n  by: hub\n  must: tell\n  within: {time}"
DUTY = TELL.format(time="48 hours")


def found_in(paragraph: str, clause: str, *, language: str = "en", more: str = "") -> list[Finding]:
    words = {"paragraph": paragraph, "clause": clause, "language": language}
    accord = read_accord(ACCORD.format(more=more, **words))
    return echo(accord)


def brief(finding: Finding) -> str:
    fields = finding.sentence.fields
    if finding.code == "W303":
        return f"W303 {fields['words']}"
    meant = f" < {fields['words']}" if "words" in fields else ""
    return f"E301 {fields['figure']}{meant}"


def rows(language: str) -> list[tuple[str, str, str]]:
    with (TABLES / f"{language}.csv").open(encoding="utf-8", newline="") as table:
        return [(r["paragraph"], r["clause"], r["found"]) for r in csv.DictReader(table)]


@pytest.mark.parametrize(
    ("language", "paragraph", "clause", "found"),
    [(language, *row) for language in ("en", "fr") for row in rows(language)],
)
def test_a_row_of_the_table_is_found(
    language: str, paragraph: str, clause: str, found: str
) -> None:
    findings = found_in(paragraph, clause.replace("|", "\n  "), language=language)
    assert "; ".join(map(brief, findings)) == found


@pytest.mark.parametrize(("language", "least"), [("en", 50), ("fr", 20)])
def test_the_tables_are_large_enough_and_their_clauses_can_be_read(
    language: str, least: int
) -> None:
    table = rows(language)
    assert len(table) >= least
    for paragraph, clause, _ in table:
        words = {"paragraph": paragraph, "clause": clause.replace("|", "\n  ")}
        accord = read_accord(ACCORD.format(more="", language=language, **words))
        assert not [f for f in accord.findings if f.code.startswith("E1")], clause


def test_the_finding_stands_at_the_figure_and_names_the_remedy() -> None:
    (finding,) = found_in("It is told within 72 hours.", DUTY)
    assert (finding.span.line, finding.span.column, finding.span.end) == (18, 11, 19)
    assert (finding.article, finding.clause) == ("1.1", "told")
    said = render(finding.sentence, "en")
    assert said == "the paragraph says `72 hours`, the clause says `48 hours`"
    assert render(finding.help, "en") == "change one of the two"


def test_a_figure_that_nothing_echoes_names_its_paragraph() -> None:
    (finding,) = found_in("It is told at once.", DUTY)
    said = render(finding.sentence, "en")
    assert said == "`48 hours` stands in the clause, not in paragraph 1.1"


def test_a_figure_found_elsewhere_is_noted_with_its_place() -> None:
    more = "\n2. It is heard within two days.\n3. It is over in 48 hours.\n"
    (finding,) = found_in("It is told at once.", DUTY, more=more)
    assert finding.note is not None
    assert render(finding.note, "en") == "it stands in the paragraphs 1.2, 1.3"
    (finding,) = found_in("It is told at once.", DUTY, more=more.replace("48", "49"))
    assert finding.note is not None
    assert render(finding.note, "en") == "it stands in paragraph 1.2"


def test_a_quantity_that_no_clause_uses_stands_at_its_words() -> None:
    paragraph = "It is told within 48 hours\n   by the Hub, for\n   90 days."
    (finding,) = found_in(paragraph, DUTY)
    assert (finding.span.line, finding.span.column, finding.span.end) == (13, 4, 11)
    assert (finding.code, finding.article, finding.clause) == ("W303", "1.1", "told")
    said = render(finding.sentence, "en")
    assert said == "paragraph 1.1 says `90 days`; none of its clauses does"


def test_a_reason_given_in_any_clause_of_the_paragraph_is_kept() -> None:
    accepted = f'{DUTY}\nduty again\n  by: hub\n  must: tell\n  accepted: W303 "said in Annex B"'
    (finding,) = found_in("It is told within 48 hours, for 90 days.", accepted)
    assert (finding.accepted, finding.clause) == ("said in Annex B", "again")


def test_a_block_for_several_paragraphs_is_echoed_by_any_of_them() -> None:
    text = ACCORD.format(
        paragraph="It is told.\n2. Within 48 hours.", clause=DUTY, more="", language="en"
    )
    assert echo(read_accord(text.replace("accord 1.1", "accord 1.1-1.2"))) == []
    (finding,) = echo(
        read_accord(text.replace("accord 1.1", "accord 1.1-1.2").replace("48 hours.", "soon."))
    )
    said = render(finding.sentence, "en")
    assert said == "`48 hours` stands in the clause, in none of the paragraphs 1.1, 1.2"


def test_several_blocks_of_one_paragraph_use_its_quantities_together() -> None:
    more = "\n```accord 1.1\n" + TELL.format(time="72 hours").replace("told", "retold") + "\n```\n"
    assert found_in("It is told within 48 hours, and again within 72 hours.", DUTY, more=more) == []


def test_paragraphs_without_clauses_or_that_ask_for_nothing_are_left_alone() -> None:
    more = "\n2. It lasts 5 years.\n\n```accord 1.2 none\n```\n\n3. It ends after 6 years.\n"
    assert found_in("It is told within 48 hours.", DUTY, more=more) == []


def test_worked_cases_are_exempt() -> None:
    case = "case first\n  given: cluster in aldova on day 2\n  expect: told missed by hub by day 9"
    assert found_in("It is told within 48 hours.", f"{DUTY}\n{case}") == []


def test_what_could_not_be_read_is_not_said_to_be_unused() -> None:
    assert found_in("It is told within 48 hours.", TELL.format(time="48 hourz")) == []
    assert found_in("It is told within 48 hours.", DUTY.replace("duty", "obligation")) == []


def test_a_paragraph_that_is_not_there_is_no_matter_of_the_echo() -> None:
    text = ACCORD.format(paragraph="It is told.", clause=DUTY, more="", language="en")
    assert echo(read_accord(text.replace("accord 1.1", "accord 1.7"))) == []


@pytest.mark.parametrize("code", CODES)
def test_the_good_examples_of_the_catalogue_echo_and_the_bad_ones_have_no_other_fault(
    code: str,
) -> None:
    assert echo(read_accord(CODES[code].good)) == []
    found = [finding.code for finding in echo(read_accord(CODES[code].bad))]
    assert found == ([code] if code in ("E301", "W303") else [])


# --- an accord of some length ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def three_rivers(root: Path) -> str:
    return (root / "accords" / "three-rivers" / "accord.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["mano-river", "three-rivers"])
def test_a_shipped_accord_echoes(name: str, root: Path) -> None:
    text = (root / "accords" / name / "accord.md").read_text("utf-8")
    assert [brief(f) for f in echo(read_accord(text, methods())) if f.accepted is None] == []


def figures_of_clauses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and digits of each number in the clauses, but for ranges and cases."""
    lines = text.split("\n")
    for clause in read_accord(text).clauses:
        for line in range(clause.span.line, clause.last_line + 1) if clause.kind != "case" else ():
            for match in re.finditer(r"(?<![\w.])\d+(\.\d+)?(?!\.)", lines[line - 1]):
                yield line, match.start() + 1, match[0]


def doubled(digits: str) -> str:
    return str(int(digits) * 2) if digits.isdecimal() else f"{float(digits) * 2:g}"


def test_doubled_figures_of_clauses_are_found_at_their_place(three_rivers: str) -> None:
    lines = three_rivers.split("\n")
    missed, total = [], 0
    for line, column, digits in figures_of_clauses(three_rivers):
        total += 1
        old = lines[line - 1]
        new = old[: column - 1] + doubled(digits) + old[column - 1 + len(digits) :]
        findings = echo(read_accord("\n".join([*lines[: line - 1], new, *lines[line:]])))
        places = [f.span for f in findings if f.code == "E301" and f.span.line == line]
        if not any(place.column <= column < place.end for place in places):
            missed.append((line, old.strip(), digits))
    # What is missed becomes a figure that its paragraph also says, or is one seat or observer.
    assert total > 50
    assert len(missed) <= total // 8, missed


def test_doubled_quantities_of_paragraphs_are_found(three_rivers: str) -> None:
    accord = read_accord(three_rivers)
    formalised = {label for clause in accord.clauses for label in clause.paragraphs}
    missed, total = [], 0
    for paragraph in accord.document.paragraphs():
        for quantity in quantities(paragraph.text) if paragraph.label in formalised else ():
            match = re.search(r"\d[\d,.]*", quantity.text)
            if match is None or "(" in quantity.text or paragraph.text.count(quantity.text) > 1:
                continue
            total += 1
            number = f"{float(match[0].replace(',', '')) * 2:g}"
            words = quantity.text.replace(match[0], number)
            text = paragraph.text[: quantity.start] + words + paragraph.text[quantity.end :]
            findings = echo(read_accord(three_rivers.replace(paragraph.text, text)))
            if not any(finding.article == paragraph.label for finding in findings):
                missed.append((paragraph.label, quantity.text))
    assert total > 20
    assert not missed, str(missed)


@pytest.mark.reference
def test_the_example_of_the_design_says_all_but_the_seats_of_a_committee(reference: Path) -> None:
    """Its paragraph 13.1 gives the committee no number of seats; 1.3 defines a rate by its time."""
    text = (reference / "design" / "example.accord.md").read_text("utf-8")
    found = [brief(finding) for finding in echo(read_accord(text))]
    assert found == ["E301 3 of council", "W303 seven days"]


# --- hostile texts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["`48 hours`", "*48* hours", "48\u00a0hours", "48 hours\\", "\t48 hours"]
)
def test_marks_in_the_prose_hide_no_quantity(words: str) -> None:
    assert found_in(f"It is told within {words}, then.", DUTY) == []


def test_each_figure_of_a_long_accord_is_held_against_its_paragraph() -> None:
    count = 400
    paragraph = "\n".join(f"It is told in {n} hours." for n in range(1000, 1000 + count))
    clauses = "\n".join(
        TELL.format(time=f"{n} days").replace("told", f"told_{n}")
        for n in range(2000, 2000 + count)
    )
    text = ACCORD.format(paragraph=paragraph, clause=clauses, more="", language="en")
    found = echo(read_accord(text))
    assert sum(finding.code == "E301" for finding in found) == count
