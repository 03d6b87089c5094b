# SPDX-License-Identifier: Apache-2.0
"""Review stamps: what makes one stale and what does not, W305, and hostile files of them."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.accord.check import check
from pratique.accord.check.catalogue.examples import (
    NOTIFY,
    NOTIFY_WORDS,
    accord_with,
    french_with,
)
from pratique.accord.form.text import formed
from pratique.accord.model import read_accord
from pratique.accord.reviews.passage import passages
from pratique.accord.reviews.stamp import (
    MOST_CHARACTERS,
    NotReviews,
    Stamp,
    read_stamps,
    stamp_text,
)
from pratique.accord.reviews.validity import Reviews, reviews_of
from pratique.base.finding import Finding
from pratique.base.moment import day_from_iso
from pratique.cli.methods import methods
from pratique.cli.places import shipped, shipped_names

DAY = day_from_iso("2026-09-01")
PLAIN = accord_with(NOTIFY_WORDS, NOTIFY)
FRENCH = french_with("Chaque Partie notifie à l’autre Partie tout foyer en moins de 24 heures.")


def found(text: str, *stamps: Stamp, french: str = "") -> Reviews:
    return reviews_of(read_accord(text), stamps, {"fr": french} if french else {})


def stamped(text: str, label: str = "2.1", *, by: str = "aldova", french: str = "") -> Stamp:
    """Return a stamp of what stands in a paragraph of a text."""
    language = "fr" if french else ""
    ones = found(text, french=french).passages
    one = next(o for o in ones if label in o.passage.labels and o.text == language)
    names = one.passage.names
    digests = one.words_digest, one.clauses_digest
    return Stamp(one.passage.labels, names, by, DAY, *digests, language)


def stale(text: str, *stamps: Stamp, french: str = "") -> list[Finding]:
    """Return what `check` says of a text's stamps."""
    others = {"fr": french} if french else {}
    said = check(text, reviews=stamps, translations=others).findings
    return [finding for finding in said if finding.code == "W305"]


# --- what makes a review stale --------------------------------------------------------------------

STAMP = stamped(PLAIN)


def test_without_reviews_nothing_is_said() -> None:
    assert stale(PLAIN) == []
    assert [found(PLAIN).passages[1].holding, found(PLAIN).gone] == [(), ()]


@pytest.mark.parametrize(
    "again",
    [
        NOTIFY_WORDS.replace(" ", "\n   ", 3),
        NOTIFY_WORDS.replace("24 hours", "24\u00a0hours"),
        NOTIFY_WORDS.replace(" ", "  "),
    ],
)
def test_spaces_and_line_ends_of_the_words_are_not_compared(again: str) -> None:
    assert again != NOTIFY_WORDS
    assert stale(accord_with(again, NOTIFY), STAMP) == []


def test_the_shape_of_quotes_is_not_compared() -> None:
    words = f"""{NOTIFY_WORDS} "Cluster" means the Party's own."""
    curly = f"{NOTIFY_WORDS} “Cluster” means the Party’s own."
    assert stale(accord_with(curly, NOTIFY), stamped(accord_with(words, NOTIFY))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [(".", "!"), ("shall", "may"), ("Party", "party"), ("cluster", "cluster,"), (" to", " – to")],
)
def test_any_other_sign_of_the_words_is_compared(old: str, new: str) -> None:
    (finding,) = stale(accord_with(NOTIFY_WORDS.replace(old, new, 1), NOTIFY), STAMP)
    assert str(finding.sentence) == "the words of 2.1 have changed since the review"
    assert str(finding.note) == "reviewed by `aldova` on 1 September 2026"
    assert (finding.article, finding.clause, finding.severity) == ("2.1", "", "W")
    assert PLAIN.split("\n")[finding.span.line - 1].startswith("1. Each Party shall")


@pytest.mark.parametrize(
    "again",
    [
        f"# A comment.\n{NOTIFY}",
        NOTIFY.replace("  by: that party\n", "") + "\n  by: that party",
        NOTIFY.replace("must: notify it", "must:   notify\n        it"),
        f"{NOTIFY}\n  was: tell",
        f'{NOTIFY}\n  accepted: W506 "agreed"',
    ],
)
def test_the_form_of_a_clause_is_not_compared(again: str) -> None:
    assert stale(accord_with(NOTIFY_WORDS, again), STAMP) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("24 hours", "25 hours"),
        ("must: notify", "must: report"),
        ("duty notify", 'duty notify "notice"'),
        ("  if missed: call review", "  # if missed: call review"),
        ("duty notify", "duty tell"),
    ],
)
def test_any_change_of_a_clause_is_compared(old: str, new: str) -> None:
    (finding,) = stale(accord_with(NOTIFY_WORDS, NOTIFY.replace(old, new)), STAMP)
    assert str(finding.sentence) == "the clauses of 2.1 have changed since the review"


def test_lines_that_are_statements_are_not_a_line_that_goes_on() -> None:
    grants = "licensed to applicant for 365 days at agreed{}listed to applicant at agreed"
    written = [
        f"procedure request\n  opened by: any party\n  grants: {grants.format(between)}"
        for between in ("\n        ", "; ", " ")
    ]
    read = [found(accord_with(NOTIFY_WORDS, one)).passages[1] for one in written]
    lines, semicolon, joined = (one.clauses_digest for one in read)
    assert lines == semicolon
    assert lines != joined


def test_words_and_clauses_that_change_together_are_told_together() -> None:
    later = ("24 hours", "48 hours")
    (finding,) = stale(accord_with(NOTIFY_WORDS.replace(*later), NOTIFY.replace(*later)), STAMP)
    assert str(finding.sentence) == "the words and the clauses of 2.1 have changed since the review"


def test_a_change_elsewhere_makes_nothing_stale() -> None:
    assert stale(PLAIN.replace("The Parties are", "Parties are"), STAMP) == []


def test_a_change_taken_back_is_reviewed_again() -> None:
    assert stale(accord_with(NOTIFY_WORDS.replace("shall", "may"), NOTIFY), STAMP)
    assert found(PLAIN, STAMP).passages[1].holding == (STAMP,)


# --- where the passage went -----------------------------------------------------------------------


def test_another_number_makes_nothing_stale() -> None:
    text = accord_with(f"The Parties meet.\n2. {NOTIFY_WORDS}", NOTIFY, paragraph="2.2")
    assert stale(text, STAMP) == []
    assert found(text, STAMP).passages[2].holding == (STAMP,)


def test_a_passage_that_moved_and_changed_is_found_by_its_clauses() -> None:
    words = f"The Parties meet.\n2. {NOTIFY_WORDS.replace('shall', 'may')}"
    (finding,) = stale(accord_with(words, NOTIFY, paragraph="2.2"), STAMP)
    assert finding.article == "2.2"


def test_a_renamed_clause_is_found_by_the_name_that_it_had() -> None:
    renamed = NOTIFY.replace("duty notify", "duty tell") + "\n  was: notify"
    words = f"The Parties meet.\n2. {NOTIFY_WORDS.replace('shall', 'may')}"
    (finding,) = stale(accord_with(words, renamed, paragraph="2.2"), STAMP)
    assert finding.article == "2.2"


def test_what_is_no_longer_there_is_gone_and_no_finding() -> None:
    gone = replace(STAMP, paragraphs=("9.9",), clauses=("no_such",), words_digest="0" * 64)
    assert stale(PLAIN, gone) == []
    assert found(PLAIN, gone).gone == (gone,)


# --- passages, offices, texts ---------------------------------------------------------------------


def test_paragraphs_of_one_block_are_reviewed_together() -> None:
    text = accord_with(f"{NOTIFY_WORDS}\n2. Brenia too.", NOTIFY, paragraph="2.1-2.2")
    stamp = stamped(text)
    assert stamp.paragraphs == ("2.1", "2.2")
    (finding,) = stale(text.replace("Brenia too", "Both do"), stamp)
    assert str(finding.sentence) == "the words of 2.1–2.2 have changed since the review"


def test_blocks_that_share_a_paragraph_are_one_passage() -> None:
    words = f"{NOTIFY_WORDS}\n2. Two.\n3. Three.\n4. Four."
    text = accord_with(words, NOTIFY, paragraph="2.2-2.3")
    text += "\n```accord 2.1-2.2\n```\n"
    labels = [one.labels for one in passages(read_accord(text))]
    assert labels == [("1.1",), ("2.1", "2.2", "2.3"), ("2.4",)]
    assert [one.is_formalised for one in passages(read_accord(text))] == [True, True, False]


def test_what_asks_nothing_can_be_reviewed_too() -> None:
    text = accord_with(f"{NOTIFY_WORDS}\n2. The Parties hope.\n\n```accord 2.2 none\n```", NOTIFY)
    stamp = stamped(text, "2.2")
    assert stamp.clauses == ()
    assert stale(text, stamp) == []
    assert len(stale(text.replace("hope", "must"), stamp)) == 1


def test_only_the_last_word_of_an_office_counts() -> None:
    text = accord_with(NOTIFY_WORDS.replace("shall", "may"), NOTIFY)
    anew = stamped(text)
    assert stale(text, STAMP, anew) == []
    assert stale(text, anew, STAMP) == []
    brenia = replace(STAMP, by="brenia")
    (finding,) = stale(text, STAMP, anew, brenia)
    assert str(finding.note) == "reviewed by `brenia` on 1 September 2026"
    (both,) = stale(text, STAMP, brenia, replace(STAMP, day=DAY + 1))
    assert str(both.note) == (
        "reviewed by `aldova` on 2 September 2026 and `brenia` on 1 September 2026"
    )


def test_a_translation_is_reviewed_apart() -> None:
    stamp = stamped(PLAIN, french=FRENCH)
    assert stamp.text == "fr"
    assert stale(PLAIN, stamp, french=FRENCH) == []
    assert found(PLAIN, stamp, french=FRENCH).passages[1].holding == ()
    other = FRENCH.replace("tout foyer", "un foyer")
    (finding,) = stale(PLAIN, stamp, STAMP, french=other)
    assert str(finding.sentence) == "the words of 2.1 in fr have changed since the review"
    assert found(PLAIN, stamp).gone == (stamp,)
    clauses = accord_with(NOTIFY_WORDS, NOTIFY.replace("notify it", "report it"))
    (finding,) = stale(clauses, stamp, french=FRENCH)
    assert str(finding.sentence) == "the clauses of 2.1 have changed since the review in fr"


@pytest.mark.parametrize("name", shipped_names())
def test_the_canonical_form_of_a_shipped_accord_makes_nothing_stale(name: str) -> None:
    source = (shipped(name) / "accord.md").read_text("utf-8")
    ragged = source.replace("\n  by: ", "\n  by:   # why\n        ")
    again = [
        reviews_of(read_accord(text, methods()), (), {}).passages
        for text in (source, formed(ragged).text)
    ]
    assert ragged != source
    first, second = ([(o.words_digest, o.clauses_digest) for o in one] for one in again)
    assert first == second


# --- the file -------------------------------------------------------------------------------------


def test_a_stamp_is_read_as_it_was_written() -> None:
    stamps = (STAMP, replace(STAMP, text="fr", note='said "so", \\ é “x”', by="legal of aldova"))
    assert read_stamps("\n".join(map(stamp_text, stamps))) == stamps
    assert read_stamps("# nothing yet\n") == ()


@given(st.text(st.characters(codec="utf-8"), max_size=60).filter(str.isprintable))
def test_a_note_of_any_signs_is_read_as_it_was_written(note: str) -> None:
    (read,) = read_stamps(stamp_text(replace(STAMP, note=note)))
    assert read.note == note


WRONG = [
    ('by = "aldova"', 'by = "Jane Doe"', 4, "an office and no person"),
    ('by = "aldova"', 'by = "j.doe@example.org"', 4, "an office and no person"),
    ('by = "aldova"', "by = 7", 4, "an office and no person"),
    ("date = 2026-09-01", "date = 2026-09-01T10:00:00", 5, "`date` must be a day"),
    ("date = 2026-09-01", 'date = "2026-09-01"', 5, "without quotes"),
    ("date = 2026-09-01", "date = 2026-02-31", 5, "this is no TOML: Invalid date"),
    ('paragraphs = ["2.1"]', "paragraphs = []", 2, "`paragraphs` must be a list"),
    ('paragraphs = ["2.1"]', "paragraphs = [2.1]", 2, "`paragraphs` must be a list"),
    ('clauses = ["notify"]', 'clauses = "notify"', 3, "`clauses` must be a list"),
    ('words_digest = "', 'words_digest = "z', 6, "64 digits"),
    ("[[review]]", "[[reviews]]", 1, "`reviews` is not known here"),
    ("[[review]]", "[review]", 1, "each review stands under `[[review]]`"),
    ('by = "aldova"', 'by = "aldova"\nnote = "a\\nb"', 5, "`note` must be one line"),
    ('by = "aldova"', 'by = "aldova"\nseen = 1', 5, "`seen` is not known in a review"),
    ('by = "aldova"', 'by = "aldova"\nby = "brenia"', 5, "this is no TOML"),
    ('by = "aldova"\n', "", 1, "a review lacks `by`"),
    ('by = "aldova"', 'by = "aldova', 4, "this is no TOML"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), WRONG)
def test_what_is_wrong_in_the_file_is_told_with_its_line(
    old: str, new: str, line: int, words: str
) -> None:
    text = stamp_text(STAMP)
    assert text.count(old) == 1
    with pytest.raises(NotReviews, match=r".") as caught:
        read_stamps(text.replace(old, new))
    assert words in str(caught.value.sentence)
    if new != "[review]":
        assert caught.value.line == line


def test_the_line_of_a_later_review_is_told() -> None:
    text = stamp_text(STAMP) * 2
    at = text.rindex("date")
    with pytest.raises(NotReviews) as caught:
        read_stamps(f"{text[:at]}date = 1{text[at + 17 :]}")
    assert caught.value.line == 12


HOSTILE = {
    "deep lists": "review = " + "[" * 9_000,
    "deep tables": "review = " + "{a = " * 4_000,
    "long line": "#" * 30_000,
    "too long": "# x\n" * (MOST_CHARACTERS // 4 + 1),
    "key of many parts": (".".join("a" * 2_000) + " = 1\n") * 900,
    "table of many parts": f"[[{'.'.join('a' * 2_000)}]]\n" * 400,
    "quoted key of many parts": ".".join(['"a"'] * 2_000) + " = 1\n",
    "large number": f"review = {'1' * 9_000}",
    "NUL": 'review = "\0"',
    "endless string": 'x = """' + "a\n" * 100_000,
    "many empty": "[[review]]\n" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once(name: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(NotReviews):
        read_stamps(HOSTILE[name])
    assert time.perf_counter() - begun < 3


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(source: str) -> None:
    with suppress(NotReviews):
        assert read_stamps(source) == ()
