# SPDX-License-Identifier: Apache-2.0
"""The report's table of what each article did: every paragraph, counts that lead to their dates."""

from __future__ import annotations

import re
from functools import cache

from markup_read import Tag, page
from pratique.rehearsal.chronicle import without_echoes
from replays import replayed, report


@cache
def root() -> Tag:
    return page(report())


def part(name: str) -> Tag:
    sections = root().all("section")
    return next(one for one in sections if one.attributes["aria-labelledby"] == name)


def rows() -> dict[str, str]:
    """Return what is said of each paragraph."""
    cells = [(row.all("th"), row.all("td")) for row in part("articles").all("tr")]
    return {head[0].text: body[0].text for head, body in cells if body}


def test_every_paragraph_has_its_row() -> None:
    paragraphs = [one.label for one in replayed().program.accord.document.paragraphs()]
    assert list(rows()) == paragraphs


def test_a_clause_is_told_with_counts_first_date_amount_and_undetermined_share() -> None:
    said = rows()["4.1"].replace("\u00a0", " ")
    assert "early action: applied 3 times and promised USD 450,000 (3 times)" in said
    assert "first on 1 April 2014." in said
    assert re.search(r"Undetermined for \d+ % of its time\.", said)


def test_what_did_nothing_is_said_to_have_done_nothing() -> None:
    did = {one.clause.partition(".")[0] for one in replayed().happenings}
    assert "notify" not in did
    assert "notice of an unusual event: did nothing in this history." in rows()["3.1"]
    for name, rule in replayed().program.rules.items():
        label = rule.source.paragraphs[0]
        assert ("applied" in rows()[label]) or (name not in did), name


def test_every_number_leads_to_as_many_dated_changes() -> None:
    program = replayed().program
    counted = without_echoes(program, replayed().happenings)
    links = [one for one in part("articles").all("a") if "#records-" in one.attributes["href"]]
    assert sum(int(link.text.split()[0]) for link in links) == len(counted)
    names = {one.attributes["id"] for one in part("records").all("h3")}
    assert {link.attributes["href"][1:] for link in links} == names


def test_the_records_are_dated_and_in_order() -> None:
    html = report()
    listed = re.search(r'id="records-early_action-used".*?<ol>(.*?)</ol>', html, re.DOTALL)
    assert listed is not None
    assert re.findall(r'datetime="(\S+)"', listed[1]) == ["2014-04-01", "2014-05-28"]


def test_cases_of_procedures_have_their_own_table() -> None:
    text = part("procedures").text
    assert "playbook of the emergency (art.\u00a024.1" in text
    assert "case 1" in text


def test_late_figures_are_said_to_have_changed_something_or_nothing() -> None:
    late = [one for one in replayed().happenings if one.edge == "would_have_fired"]
    nothing = "No figure that came late shows that a rule would have applied earlier."
    assert (nothing in part("late").text) is (late == [])
