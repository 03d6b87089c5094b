# SPDX-License-Identifier: Apache-2.0
"""What the catalogue's examples leave open of the findings on text, names, norms, means and data.

Each row: the clauses of an Article, and what is found of them, `CODE` and the words pointed at.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pratique.accord.check import Checked, check
from pratique.accord.check.batches import queue_full
from pratique.accord.check.catalogue.examples import NOTIFY, NOTIFY_WORDS, accord_with, french_with
from pratique.accord.check.echo_sides import sides_of
from pratique.accord.check.letters import deceptive_words
from pratique.accord.check.translation import translated
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.model import Accord, read_accord
from pratique.base.finding import Finding
from pratique.base.text import render

FUND = "pool fund: money EUR\n  from: acts\n{fields}"


def found(clauses: str) -> list[str]:
    """Return the codes found of clauses in an annex, where nothing is held against words."""
    text = accord_with("Nothing is said here.", "", paragraph="2.1 none")
    said = check(f"{text}\n## Annex\n\n```accord\n{clauses}\n```\n")
    lines = said.accord.document.lines
    return [
        f"{one.code} {lines[one.span.line - 1][one.span.column - 1 : one.span.end - 1]}".strip()
        for one in said.findings
    ]


EVENT = "measure cluster per party: event\n  from: acts\n"
ROWS = {
    "a group used in a quantifier, a header and a who": (
        EVENT + "party corvia\n  in: coast, hills, plains\n"
        "measure beds per hills: count in 0..900\n  from: acts\n  if missing: unknown\n"
        "duty report\n  when: any coast (in_need)\n  by: plains\n  must: publish a report\n"
        "status in_need per party\n  while: (cluster in last 3 days)\n"
        "duty make_room\n  when: beds < 3\n  by: that party\n  must not: close a ward",
        [],
    ),
    "two groups, one unused": (
        "party corvia\n  in: coast\nparty dorvia\n  in: hills\n"
        "duty report\n  by: coast\n  must not: close a ward",
        ["W203 hills"],
    ),
    "a measure of which only a case speaks": (
        EVENT + "measure siren per party: event\n  from: acts\n"
        "duty notify\n  on: cluster\n  by: that party\n  must: notify it\n  within: 1 day\n"
        "rule missed_notice\n  on: notify missed\n  then: end notice at that party\n"
        "status notice per party\n  while: (cluster in last 3 days)\n"
        "case one\n  given: siren in aldova on day 2\n  expect: notice at aldova never",
        ["W203 siren"],
    ),
    "names are used in words that read as effects or as a condition": (
        "status ready per party\n  lapses: after 30 days\n"
        "measure score per party: percent in 0%..100%\n  from: acts\n  if missing: unknown\n"
        "power begin\n  by: any party\n  may: start ready at that party\n"
        "duty improve\n  when: ready\n  by: that party\n  must: score >= 60%",
        [],
    ),
    "a permission in words names nothing": (
        "people nurses\npower help\n  by: any party\n  may: ask nurses to help",
        ["W203 nurses"],
    ),
    "two clauses with one older name": (
        "duty report\n  by: aldova\n  must not: hide\n  was: telling\n"
        "duty answer\n  by: aldova\n  must not: lie\n  was: telling",
        ["E205 telling"],
    ),
    "an older name that nothing has": (
        "duty report\n  by: aldova\n  must not: hide\n  was: telling",
        [],
    ),
    "a ban binds persons": (
        "people clinicians\nduty register\n  by: clinicians\n  must not: practise unregistered",
        [],
    ),
    "one of two who owe can": (
        "people clinicians\nbody hub\nduty teach\n  every: 12 months\n  by: clinicians, hub\n"
        "  must: teach\n  accepted: W506 \"nobody is blamed\"",
        ["W506 teach"],
    ),
    "a party that keeps out of what another owes too": (
        EVENT + "party corvia\n  reserves: notify\n"
        "duty notify\n  on: cluster\n  by: that party\n  must: notify it\n  within: 1 day\n"
        "  accepted: W506 \"told elsewhere\"",
        ["W506 notify"],
    ),
    "only the party that keeps out owes": (
        "party corvia\n  reserves: notify\n"
        "duty notify\n  every: 12 months\n  by: corvia\n  must: tell\n"
        "  accepted: W506 \"told elsewhere\"",
        ["E501 corvia"],
    ),
    "a duty kept up while something holds has no deadline": (
        "duty be_open\n  when: not left\n  by: that party\n  must: keep crossing points open",
        [],
    ),
    "a duty that a condition meets has none either": (
        "measure score: percent in 0%..100%\n  from: acts\n  if missing: unknown\n"
        "duty be_good\n  by: aldova\n  must: score >= 60%",
        [],
    ),
    "a start for a time of its own ends": (
        EVENT + "status alert per party\nrule raise_alert\n  on: cluster\n"
        "  then: start alert at that party for 30 days",
        [],
    ),
    "a start without one does not": (
        EVENT + "status alert per party\nrule raise_alert\n  on: cluster\n"
        "  then: start alert at that party for 30 days; start alert at that party",
        ["E503 alert"],
    ),
    "a procedure starts it, another ends it": (
        "status alert per party\n"
        "procedure ask\n  opened by: any party\n  step decide: by that party\n"
        "  at decide: start alert at that party\n"
        "procedure calm\n  opened by: any party\n  step decide: by that party\n"
        "  at decide: end alert at that party",
        [],
    ),
    "a vote as another says what silence means": (
        "power first\n  by: any party\n  may: meet\n  decided by: 2 of parties within 3 days\n"
        "  silence: refuses\n"
        "power second\n  by: any party\n  may: part\n  decided by: as first",
        [],
    ),
    "what is missed is waited for": (
        EVENT + "duty notify\n  on: cluster\n  by: that party\n  must: notify it\n  within: 1 day\n"
        "rule missed_notice\n  on: notify missed\n  then: leave",
        [],
    ),
    "a late end answers a missed step, a waiting clause another": (
        "procedure ask\n  opened by: any party\n  step decide: by that party, within 2 days\n"
        "  step tell: by that party, within 2 days\n  ends: lost at decide when late\n"
        "rule missed_word\n  on: tell of ask missed\n  then: leave",
        [],
    ),
    "a step without a clock cannot be missed": (
        "procedure ask\n  opened by: any party\n  step decide: by that party",
        [],
    ),
    "the cap of one party and equal parts": (
        EVENT + FUND.format(fields="  cap: EUR 3 million to one party in 12 months\n")
        + "rule help\n  on: cluster\n  then: pay EUR 6 million from fund to all parties\n"
        "rule more\n  on: cluster\n  then: pay EUR 7 million from fund to all parties",
        ["W704 EUR 7 million"],
    ),
    "the cap of all parties together, an amount up to": (
        FUND.format(fields="  cap: EUR 3 million in 12 months\n")
        + "power help\n  by: any party\n  may: pay up to EUR 4 million from fund to that party",
        ["W704 EUR 4 million"],
    ),
    "a cap of one party, and a body that is paid": (
        FUND.format(fields="  cap: EUR 3 million to one party in 12 months\n")
        + "body hub\npower help\n  by: hub\n  may: pay EUR 4 million from fund to hub",
        [],
    ),
    "a cap that is a share, an amount that is not constant": (
        EVENT + FUND.format(fields="  cap: 40% to one party in 12 months; EUR 3 million\n")
        + "rule help\n  on: cluster\n  then: pay 30% * fund from fund to that party",
        [],
    ),
    "people are split by in a measure": (
        "people displaced\npool kits: count\n  from: 4 per party\n"
        "  floor: 25% to displaced\n"
        "measure reached per party: percent in 0%..100%\n  from: acts\n  if missing: unknown\n"
        "  split by: displaced, age\n"
        "rule help\n  when: reached < 50%\n  then: send 2 from kits to that party",
        [],
    ),
    "a reader with a permit that a procedure grants, or none does": (
        "people clinicians\nbody hub\n"
        "procedure licensing\n  opened by: any party\n  asks: applicant: person\n"
        "  step decide: by hub\n  ends: granted at decide\n"
        "  grants: licence to applicant at granted\n"
        "data records\n  for: care\n  read by: clinicians with licence, hub with diploma\n"
        "  protect: encrypted\n  keep: always",
        ["E802 hub"],
    ),
    "a data set that lacks all": (
        "data records\n  smallest cell: 5",
        ["E801 data records", "E801 data records", "E801 data records", "E801 data records"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_row_of_clauses_is_found(name: str) -> None:
    clauses, wanted = ROWS[name]
    assert found(clauses) == wanted


def test_what_lies_across_clauses_is_not_said_where_something_else_stops_the_accord() -> None:
    clauses = "measure siren: event\n  from: acts\nstatus alert\nduty tell\n  on: alrt starts\n"
    assert found(clauses + "  by: aldova\n  must: tell\n  within: 1 day") == ["E202 alrt starts"]


def test_a_case_is_not_tried_where_a_norm_stops_the_accord() -> None:
    case = "case one\n  given: cluster in aldova on day 2\n  expect: notify owed by aldova never"
    text = accord_with(NOTIFY_WORDS, NOTIFY, case=case)
    text = text.replace("party aldova, brenia", "party aldova, brenia\n  reserves: notify")
    tried: list[str] = []

    def trial(accord: Accord) -> list[Finding]:
        tried.append(accord.title)
        return []

    said = check(text, trial=trial)
    assert [one.code for one in said.findings] == ["E501"]
    assert tried == []
    assert said.program is not None


# --- letters --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("The P\u0430rty and the Party", ["P\u0430rty"]),
        ("\u0430\u0440\u0440\u0435\u0430\u0440", ["\u0430\u0440\u0440\u0435\u0430\u0440"]),
        ("10 \u03bcg of TNF\u03b1, \u03b2-lactam, k\u03a9", []),
        ("d\u03bfse", ["d\u03bfse"]),
        ("Ministère, Côte d’Ivoire, São Tomé, Škoda, Đà Nẵng", []),
        ("Министерство здравоохранения, 保健省, وزارة", []),
        ("\uff21ccord", ["\uff21ccord"]),
    ],
)
def test_words_that_pass_for_latin_are_seen(line: str, words: list[str]) -> None:
    assert [word for word, _, _ in deceptive_words(line)] == words
    for word, column, sign in deceptive_words(line):
        assert line[column - 1 :].startswith(word)
        assert sign in word


def test_a_deceptive_name_is_one_finding_in_words_that_name_the_letter() -> None:
    text = accord_with(NOTIFY_WORDS, NOTIFY.replace("on: cluster", "on: clust\u0435r"))
    (finding,) = check(text).findings
    assert render(finding.sentence) == (
        "`clust\u0435r` looks like a word of one alphabet,"
        " but `\u0435` is the letter `cyrillic small letter ie`"
    )


# --- translations ---------------------------------------------------------------------------------

FRENCH = "Chaque Partie notifie tout foyer inhabituel dans un délai de {time}."


def in_french(french: str, *, words: str = NOTIFY_WORDS) -> Checked:
    return check(accord_with(words, NOTIFY), translations={"fr": french})


def test_a_figure_in_words_of_another_language_is_found() -> None:
    for time in ("24 heures", "vingt-quatre heures", "vingt-quatre (24) heures", "un jour"):
        assert in_french(french_with(FRENCH.format(time=time))).findings == ()


def test_a_figure_that_a_translation_lacks_stands_at_the_clause_and_names_the_line_there() -> None:
    (finding,) = in_french(french_with(FRENCH.format(time="48 heures"))).findings
    assert (finding.code, finding.clause, finding.article) == ("W304", "notify", "2.1")
    assert render(finding.sentence) == "paragraph 2.1 in fr does not say `24 hours`"
    assert finding.note is not None
    assert render(finding.note) == "there it is on line 12"


def test_what_the_first_text_lacks_is_not_said_again_of_its_translation() -> None:
    said = in_french(french_with("Elle notifie."), words="Each Party notifies it at once.")
    assert [finding.code for finding in said.findings] == ["E301"]


def test_paragraphs_that_are_missing_or_added_are_found() -> None:
    french = french_with(FRENCH.format(time="24 heures"))
    said = in_french(french.replace("1. Les Parties sont l’Aldovie et la Brénie.", "Les Parties."))
    assert [(f.code, f.article) for f in said.findings] == [("W304", "1.1")]
    said = in_french(f"{french}2. De plus.\n")
    assert [render(f.sentence) for f in said.findings] == [
        "the text in fr has a paragraph 2.2, which is not here"
    ]
    said = in_french("Rien de tel.")
    assert [render(f.sentence) for f in said.findings] == [
        "the text in fr has no numbered paragraphs"
    ]


# --- rehearsals -----------------------------------------------------------------------------------


def test_a_full_queue_is_said_of_its_procedure_and_can_be_accepted() -> None:
    clause = "procedure ask\n  opened by: any party\n  step decide: by that party\n"
    for accepted, reason in (("", None), ('  accepted: W904 "rare"\n', "rare")):
        accord = read_accord(accord_with("A Party may ask.", clause + accepted))
        (procedure,) = accord.of_kind(Procedure)
        finding = queue_full(procedure, 3)
        assert (finding.code, finding.clause, finding.article) == ("W904", "ask", "2.1")
        assert render(finding.sentence) == "3 cases of `ask` had to wait for a place"
        assert finding.accepted == reason


def test_changed_figures_of_a_whole_translation_are_found(root: Path) -> None:
    folder = root / "accords" / "three-rivers"
    accord = read_accord((folder / "accord.md").read_text("utf-8"))
    french, sides = (folder / "accord.fr.md").read_text("utf-8"), sides_of(accord)
    assert translated(accord, sides, {"fr": french}) == []
    total, missed = 0, []
    for place in re.finditer(r"(?<![\w.,])\d{1,2}(?=\u00a0(?:heures|jours|mois|%))", french):
        changed = f"{french[: place.start()]}{int(place[0]) * 2 + 1}{french[place.end() :]}"
        total += 1
        if not translated(accord, sides, {"fr": changed}):
            missed.append(french[place.start() - 20 : place.end() + 10])
    # What is missed stands twice in its paragraph, or stands there in another unit.
    assert total > 20
    assert len(missed) <= total // 5, missed
