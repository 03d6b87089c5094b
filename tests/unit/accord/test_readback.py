# SPDX-License-Identifier: Apache-2.0
"""The read-back of an accord: everything that a clause says is heard, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from lark import Token

from generative.numbered import example
from pratique.accord.check.codes import CODES
from pratique.accord.clause import Clause
from pratique.accord.kinds import kinds
from pratique.accord.model import Accord, Typed, read_accord
from pratique.accord.words.readback.clauses import Readback, places, readback, readbacks
from pratique.base.text import render
from pratique.cli.methods import methods
from pratique.cli.places import shipped, shipped_names, text_at
from unit.accord.readback_changes import changes

FRONT = "---\naccord: Small\ndate: 2026-01-01\nclock: UTC\ncurrency: USD\n---\n\n## Annex\n\n"
PARTIES = "party aldova, brenia\n  in: donors\nparty corvia\n"
NUMBERED = range(12)


def small(clauses: str) -> Accord:
    accord = read_accord(f"{FRONT}```accord\n{PARTIES}{clauses.strip()}\n```\n", methods())
    assert [str(finding.sentence) for finding in accord.findings if finding.severity == "E"] == []
    return accord


@cache
def accords() -> dict[str, Accord]:
    """Return every accord that the tests read: shipped, of the catalogue, and made by number."""
    texts = {name: text_at(shipped(name) / "accord.md") for name in shipped_names()}
    texts |= {f"{code} good": found.good for code, found in CODES.items()}
    made = ((number, example(number)) for number in NUMBERED)
    texts |= {f"number {number}": found[0] for number, found in made if found is not None}
    read = {name: read_accord(text, methods()) for name, text in texts.items()}
    return {name: accord for name, accord in read.items() if accord.is_sound}


def words(accord: Accord, name: str) -> str:
    return " ".join(str(sentence) for sentence in readback(name, accord).sentences)


def deaf(accord: Accord, name: str) -> Iterator[str]:
    """Iterate over the changes of a clause that its reading does not show."""
    typed = accord.typed[name]
    before = [str(one) for one in kinds()[typed.source.kind].reading(typed)]
    for where, other in changes(typed):
        try:
            after = [str(one) for one in kinds()[typed.source.kind].reading(other)]
        except (KeyError, ValueError, IndexError, AssertionError):
            continue  # what no text can say
        if after == before:
            yield where


def test_there_are_accords_to_read() -> None:
    assert {"mano-river", "three-rivers"} <= accords().keys()
    assert len(accords()) > 40
    seen = {typed.source.kind for one in accords().values() for typed in one.typed.values()}
    assert seen == set(kinds())


@pytest.mark.parametrize("kind", [name for name in kinds() if name != "case"])
def test_every_change_of_a_clause_is_heard(kind: str) -> None:
    unheard: dict[str, str] = {}
    for title, accord in accords().items():
        for name, typed in accord.typed.items():
            if typed.source.kind == kind:
                for where in deaf(accord, name):
                    unheard.setdefault(re.sub(r"\[[^]]*\]", "[]", where), f"{title}: {name}")
    assert unheard == {}


def test_no_two_clauses_of_a_kind_are_read_alike() -> None:
    alike = []
    for title, accord in accords().items():
        seen: dict[tuple[str, str], str] = {}
        for one in readbacks(accord):
            key = (one.kind, " ".join(map(str, one.sentences)))
            same = accord.typed[seen[key]] if key in seen else None
            if same is not None and _said(same) != _said(accord.typed[one.name]):
                alike.append(f"{title}: {one.name} and {same.name}")
            seen[key] = one.name
    assert alike == []


def _said(typed: Typed) -> dict[str, str]:
    return {name: field.text.words for name, field in typed.source.fields.items()}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_name_of_a_clause_is_heard(language: str) -> None:
    """Read from the text's own words, apart from what typing made of them."""
    unheard = []
    for title, accord in accords().items():
        for one in readbacks(accord):
            heard = _heard(one, language)
            names = {str(token) for token in _tokens(accord.typed[one.name], "NAME")}
            named = names & accord.typed.keys() - {one.name}
            unheard += [f"{title}: {one.name}: {n}" for n in named if f"`{n}`" not in heard]
    assert unheard == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_figure_of_a_clause_is_heard(language: str) -> None:
    unheard = []
    for title, accord in accords().items():
        for one in readbacks(accord):
            heard = _plain(_heard(one, language))
            for token in _tokens(accord.typed[one.name], "NUMBER"):
                value = Fraction(str(token))
                said = {str(value / 100), *(_shown(value * scale) for scale in SCALES)}
                if not said & {found for figure in FIGURES for found in figure.findall(heard)}:
                    unheard.append(f"{title}: {one.name}: {token}")
    assert unheard == []


SCALES = (1, 1_000, 1_000_000, 1_000_000_000)
FIGURES = (re.compile(r"\d+(?:\.\d+)?"), re.compile(r"\d+/\d+"))
WORKED_OUT = ("accepted", "was", "given", "expect")
"""Fields that are not read back as they stand, or of worked cases."""


def _heard(one: Readback, language: str) -> str:
    return " ".join(render(sentence, language) for sentence in one.sentences)


def _tokens(typed: Typed, kind: str) -> Iterator[Token]:
    for name, field in typed.source.fields.items():
        if field.tree is None or name in WORKED_OUT:
            continue
        for tree in field.tree.iter_subtrees():
            # A share of a contribution is heard as its amount; "once" and "a year" have no figure.
            if tree.data not in ("portion", "seats_per_party"):
                tokens = (child for child in tree.children if isinstance(child, Token))
                yield from (token for token in tokens if token.type == kind)


def _plain(heard: str) -> str:
    grouped = re.sub(r"(?<=\d)[,\u202f\u00a0](?=\d{3}(?!\d))", "", heard)
    return re.sub(r"(?<=\d),(?=\d)", ".", grouped)


def _shown(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


# --- the text itself changed ----------------------------------------------------------------------


def test_a_field_that_is_left_out_or_has_another_figure_is_heard() -> None:
    unheard: dict[str, str] = {}
    tried = 0
    for title, text in small_texts().items():
        accord = read_accord(text, methods())
        for clause in accord.clauses:
            for where, changed in _changed_texts(text, clause):
                again = read_accord(changed, methods())
                if not again.is_sound or clause.name not in again.typed:
                    continue
                tried += 1
                if words(again, clause.name) == words(accord, clause.name):
                    unheard.setdefault(f"{clause.kind} {where}", f"{title}: {clause.name}")
    assert unheard == {}
    assert tried > 400


def small_texts() -> dict[str, str]:
    texts = {f"{code} good": found.good for code, found in CODES.items()}
    made = ((number, example(number)) for number in NUMBERED[:4])
    return texts | {f"number {number}": found[0] for number, found in made if found is not None}


def _changed_texts(text: str, clause: Clause) -> Iterator[tuple[str, str]]:
    lines = text.split("\n")
    starts = sorted(field.span.line for field in clause.fields.values())
    for field in clause.fields.values():
        # Silence abstains where nothing is said of it.
        if field.name in ("accepted", "was") or field.text.words.strip() == "abstains":
            continue
        first = field.span.line - 1
        after = min([n - 1 for n in starts if n - 1 > first], default=clause.last_line)
        if starts.count(field.span.line) == 1:
            yield f"{field.name} left out", "\n".join([*lines[:first], *lines[after:]])
        for number in re.finditer(r"(?<![\w.-])\d+(?![\w.-])", lines[first]):
            line = f"{lines[first][: number.start()]}{int(number[0]) + 1}"
            line += lines[first][number.end() :]
            yield f"{field.name}: a figure", "\n".join([*lines[:first], line, *lines[first + 1 :]])


# --- what other clauses do to a clause ------------------------------------------------------------

CASES = """
measure cases per party: count in 0..1000
  from: acts
  if missing: unknown
"""


def test_a_clause_and_the_one_that_overrides_it_name_each_other() -> None:
    accord = small(
        CASES + "duty closed\n  by: each party\n  must not: open the border\n"
        "power relief\n  by: any party\n  when: cases > 5\n  may: travel\n  overrides: closed"
    )
    assert "Where this applies, it takes the place of `closed`." in words(accord, "relief")
    assert "Subject to `relief`: where that applies, this does not." in words(accord, "closed")


def test_what_a_status_stops_says_so() -> None:
    accord = small(
        "status waiver\nstatus calm\n  stops: close\nrule close\n  when: waiver\n  then: end waiver"
    )
    assert "While it holds, these do not apply: `close`." in words(accord, "calm")
    assert "Subject to `calm`: while it holds, this does not apply." in words(accord, "close")
    assert "Subject to" not in words(accord, "waiver")


SPREAD_STOP = CASES + "status calm per party\n  stops: {stopped}\n"


def test_a_status_of_each_party_stops_a_clause_for_that_party() -> None:
    told = "duty tell\n  when: cases > 5\n  by: that party\n  must: say so"
    assert (
        "Subject to `calm`: where it holds for a Party, this does not apply to that Party."
        in words(small(SPREAD_STOP.format(stopped="tell") + told), "tell")
    )
    shared = "status grave\nrule rise\n  when: any party (cases > 5)\n  then: start grave"
    assert "Subject to `calm`: while it holds for any Party, this does not apply." in words(
        small(SPREAD_STOP.format(stopped="rise") + shared), "rise"
    )


def test_a_reservation_is_said_on_both_sides() -> None:
    accord = small(
        CASES + "party delta\n  reserves: tell\n"
        "duty tell\n  when: cases > 5\n  by: that party\n  must: say so"
    )
    assert "It is not bound by `tell`." in words(accord, "delta")
    assert "Subject to the reservation of `delta`, to which this does not apply." in words(
        accord, "tell"
    )


def test_who_has_no_vote_and_who_draws_nothing_is_said_where_it_matters() -> None:
    accord = small(
        "status late per party\n  stops: voting, drawing\n"
        "pool fund: money USD\n  from: USD 9 per party\n"
        "power spend\n  by: any party\n  may: start late at that party\n"
        "  decided by: 2/3 of parties within 2 days\n"
        "power dissent\n  by: any party\n  may: speak"
    )
    assert "Subject to `late`: a Party for which it holds has no vote." in words(accord, "spend")
    assert "Subject to `late`: a Party for which it holds draws nothing." in words(accord, "fund")
    assert "Subject to" not in words(accord, "dissent")


def test_what_outlives_being_in_force_says_so() -> None:
    accord = small(
        "status in_force\n  while: count of parties (ratified) >= 2\n  survives: keep_still\n"
        "duty keep_still\n  by: each party\n  must not: tell"
    )
    assert "This goes on after the end of `in_force`." in words(accord, "keep_still")
    assert "After its end these go on: `keep_still`." in words(accord, "in_force")


# --- what could be misread ------------------------------------------------------------------------

AND_OR = "status a, b, c\nrule r\n  when: {}\n  then: start a"


def test_and_within_or_is_not_or_within_and() -> None:
    one, other = small(AND_OR.format("a and (b or c)")), small(AND_OR.format("(a and b) or c"))
    assert words(one, "r") == (
        "This applies when `a` holds and (at least one of these: `b` holds or `c` holds)."
        " Then: start `a`."
    )
    assert words(other, "r") == (
        "This applies when (all of these: `a` holds and `b` holds) or `c` holds. Then: start `a`."
    )


def test_an_amount_with_a_condition_is_bracketed() -> None:
    accord = small(
        CASES + "status grave\npool fund: money USD\n  from: USD 9 per party\n"
        "rule help\n  when: cases > 5\n"
        "  then: pay if grave then USD 3 else USD 1 from fund to that party"
    )
    assert "pay (USD 3 if `grave` holds, otherwise USD 1) from `fund` to that Party" in words(
        accord, "help"
    )


def test_a_signal_of_a_detector_is_not_told_as_an_office_s_report() -> None:
    told = words(accords()["mano-river"], "signal")
    assert told.startswith("`signal` is an event: the detector ")


def test_a_duty_met_by_a_figure_reads_the_figure() -> None:
    told = words(accords()["mano-river"], "milestone_capacity")
    assert "Duty of each Party: to bring it about that `capacity` is at least 60 %." in told


def test_a_worked_case_tells_what_is_given_on_which_day() -> None:
    told = words(accords()["three-rivers"], "slow_surge")
    assert "Given from 1 September 2026 on: incidence, Corvia: 60." in told or (
        "Given from 1 September 2026 on: incidence of Corvia: 60." in told
    )


def test_an_earlier_name_is_said() -> None:
    accord = small("status grave\n  was: alarm")
    assert "Before, its name was `alarm`." in words(accord, "grave")


def test_the_names_in_a_clause_are_explained_and_its_own_words_are_not() -> None:
    accord = accords()["three-rivers"]
    request = readback("stock_request", accord)
    assert "release" not in request.named  # a step, though a rule has that name too
    assert {"hub", "stock", "review_body"} <= set(request.named)
    assert "`hub` (“Regional Health Security Hub”, 1.1–1.2)" in str(request.glossary)
    assert readback("teams", accord).article == 5


@pytest.mark.parametrize(
    ("paragraphs", "shown"),
    [
        ((), ""),
        (("7.2",), "7.2"),
        (("7.2", "7.3", "7.4"), "7.2\N{EN DASH}7.4"),
        (("7.2", "7.4"), "7.2, 7.4"),
        (("7.2", "8.3"), "7.2, 8.3"),
    ],
)
def test_paragraphs_in_short(paragraphs: tuple[str, ...], shown: str) -> None:
    assert places(paragraphs) == shown


def test_a_worked_case_writes_each_answer_as_its_type_is_written() -> None:
    told = " ".join(
        str(sentence)
        for one in readbacks(accords()["mano-river"])
        if one.kind == "case"
        for sentence in one.sentences
    )
    assert "(verdict works; misspent USD 40,000)" in told
    assert "(points 62 %; faults 3)" in told
    assert "(destination Sierra Leone; urgency yellow)" in told


def test_whoever_opens_a_case_is_named_in_the_number_that_fits() -> None:
    asked = "procedure ask\n  opened by: {who}\n  step first: by hub\n"
    given = "case c\n  given: ask opened by {name}{at} on day 1\n  expect: grave on day 1"
    body = "body hub\npeople nurse\nstatus grave\n"
    someone = small(
        body + asked.format(who="anyone") + given.format(name="anyone", at=" at aldova")
    )
    people = small(body + asked.format(who="nurse") + given.format(name="nurse", at=" at aldova"))
    assert "ask: somebody opens a case." in words(someone, "c")
    assert "ask: a case is opened by nurse." in words(people, "c")
    assert words(someone, "c").startswith("A worked case over one day.")


def test_steps_whose_missing_leads_to_the_same_are_told_together() -> None:
    accord = small(
        "body hub\nstatus grave, calm\nprocedure ask\n  opened by: any party\n"
        "  step first: by hub, within 2 days\n  step second: by hub, within 2 days\n"
        "  step third: by hub, within 2 days\n  if missed first: start grave\n"
        "  if missed second: start calm\n  if missed third: start grave"
    )
    told = words(accord, "ask")
    assert "If one of `first` and `third` is missed: start `grave`." in told
    assert "If `second` is missed: start `calm`." in told
