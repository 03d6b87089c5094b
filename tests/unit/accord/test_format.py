# SPDX-License-Identifier: Apache-2.0
"""The canonical form of a block: order, indents, blanks, comments, references; and what is left."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from pratique.accord.document import MOST_LINE
from pratique.accord.form.layout import laid_out
from pratique.accord.form.opening import MOST_RANGE
from pratique.accord.form.spacing import line_of, spaced, spaced_header
from pratique.accord.form.text import Formed, formed
from pratique.accord.kinds import kinds
from pratique.accord.read import _COMMENT

HEAD = "---\naccord: Small\nclock: UTC\ncurrency: USD\n---\n\n# Small\n\n"
PARTIES = "party aldova, brenia\nbody hub\n"


def document(block: str, opening: str = "accord") -> str:
    return f"{HEAD}Some  prose , left   alone. \n\n```{opening}\n{block}```\n\nMore  prose.\t\n"


def form(block: str) -> str:
    """Return what becomes of a block that can be read, as its words stand in the whole text."""
    found = formed(document(PARTIES + block))
    assert (found.left, found.unread) == ((), ())
    begin, end = document(PARTIES), "```\n\nMore  prose.\t\n"
    opening = begin.index(PARTIES) + len(PARTIES)
    assert found.text.startswith(begin[:opening])
    assert found.text.endswith(end)
    assert formed(found.text) == Formed(found.text, found.after, found.after)
    return found.text[opening : -len(end)]


def test_fields_stand_in_the_order_of_their_kind() -> None:
    shuffled = "duty tell\n  within: 3 days\n  must: say so\n  by: hub\n  every: 2 months\n"
    assert form(shuffled) == (
        "duty tell\n  every: 2 months\n  by: hub\n  must: say so\n  within: 3 days\n"
    )


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_the_order_is_the_one_that_the_kind_declares(kind: str) -> None:
    shown = [f"  {field.shown.replace('NAME', 'n')}: x" for field in kinds()[kind].fields]
    whole = [f"{kind} one", *shown, "  was: old", '  accepted: W303 "so"']
    turned = [whole[0], *reversed(whole[1:])]
    assert list(laid_out(turned, kinds())) == whole


def test_fields_that_carry_names_keep_their_own_order() -> None:
    lines = [
        "procedure ask",
        "  if missed two: call a",
        "  step two: by hub",
        "  if missed one: call b",
        "  step one: by hub",
        "  opened by: any party",
    ]
    assert list(laid_out(lines, kinds())) == [lines[i] for i in (0, 5, 2, 4, 1, 3)]


def test_fields_are_indented_their_lines_stand_under_the_value_and_trailing_blanks_go() -> None:
    ragged = "power act   \n by: hub\n when: 1 > 0\n    or 2 > 1\t\n      or 3 > 2\n may:\n  act\n"
    assert form(ragged) == (
        "power act\n  by: hub\n  when: 1 > 0\n        or 2 > 1\n        or 3 > 2\n"
        "  may:\n       act\n"
    )


def test_tabs_count_as_the_reader_counts_them() -> None:
    assert form("duty tell\n\tby:\thub\n\tmust: say\n\t\tso\n") == (
        "duty tell\n  by: hub\n  must: say\n        so\n"
    )


def test_runs_of_blanks_become_one_but_not_in_quotes() -> None:
    assert form('body  post   "a  post:  of two"   per  party\n  kind :  post\n') == (
        'body post "a  post:  of two" per party\n  kind: post\n'
    )
    assert form('term limit :5\nterm  other  "x : y":  6 +  1\n') == (
        'term limit: 5\nterm other "x : y": 6 + 1\n'
    )
    assert form("power act\n  by: hub\n  when: 1>0 or  2  > 1\n  may: act\n") == (
        "power act\n  by: hub\n  when: 1>0 or 2 > 1\n  may: act\n"
    )


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ('a  "b  c"  d', 'a "b  c" d'),
        ('a  "b  c', 'a  "b  c'),
        ("", ""),
        ("a \u00a0 b", "a \u00a0 b"),
    ],
)
def test_blanks_within_words(words: str, after: str) -> None:
    assert spaced(words) == after


def test_only_the_first_colon_of_a_first_line_is_its_types() -> None:
    assert spaced_header('term x "a : b" :3; from 2026-01-01 :4') == (
        'term x "a : b": 3; from 2026-01-01 :4'
    )


def test_comments_keep_to_their_line_and_to_the_line_below() -> None:
    commented = (
        "# of the duty\nduty tell   # who tells\n      # within what\n\n  within: 3 days #soon\n"
        "  must: say\n        # the rest\n      so\n  by: hub\n  # behind all\n# quite\n"
    )
    assert form(commented) == (
        "# of the duty\nduty tell  # who tells\n  by: hub\n  must: say\n        # the rest\n"
        "        so\n"
        "  # within what\n\n  within: 3 days  #soon\n  # behind all\n# quite\n"
    )


@pytest.mark.parametrize(
    "raw",
    [
        "a # b",
        'a "# b" c',
        'a "b # c',
        'a # "b',
        'a # "b" # c',
        '# "',
        "#",
        "",
        'x#"a"#"b',
        '"#"#"#',
    ],
)
def test_a_comment_begins_where_the_reader_says(raw: str) -> None:
    line, words = line_of(raw), _COMMENT.sub("", raw)
    assert (line.words, line.comment) == (words.strip(), raw[len(words) :])


def test_empty_lines_are_as_many_as_there_were() -> None:
    spread = "\nparty corvia\n\n\nparty dorvia\n  \n\n"
    assert form(spread) == "\nparty corvia\n\n\nparty dorvia\n\n\n"


@pytest.mark.parametrize(
    ("opening", "after"),
    [
        ("accord  1.1 -1.3", "accord 1.1-1.3"),
        (" accord 1.1,1.2, 1.3,2.1", "accord 1.1-1.3, 2.1"),
        ("accord 01.1-1.01,1.1", "accord 1.1, 1.1"),
        ("accord 1.3,1.2 , 1.1", "accord 1.3, 1.2, 1.1"),
        ("accord 1.9, 2.10", "accord 1.9, 2.10"),
        ("accord 1.1  none ", "accord 1.1 none"),
        ("accord", "accord"),
    ],
)
def test_references_of_a_block_are_short_ranges_in_their_order(opening: str, after: str) -> None:
    assert f"\n```{after}\n" in formed(document(PARTIES, opening)).text


def test_a_range_is_no_longer_than_the_reader_takes() -> None:
    listed = ", ".join(f"1.{n}" for n in range(1, MOST_RANGE + 5))
    text = formed(document(PARTIES, f"accord {listed}")).text
    assert f"\n```accord 1.1-1.{MOST_RANGE + 1}, 1.{MOST_RANGE + 2}-1.{MOST_RANGE + 4}\n" in text


def test_line_ends_stay_even_where_they_differ() -> None:
    text = document(f"{PARTIES}duty tell\r\n  must: x\n  by: hub\r\n").replace("```\n", "```\r\n")
    after = formed(text).text
    assert "duty tell\r\n  by: hub\n  must: x\r\n```\r\n" in after
    assert after.replace("\r\n", "\n").count("\n") == after.count("\n")


@pytest.mark.parametrize(
    ("first", "margin"),
    [
        ("  ", "  "),
        ("1. ", "   "),
        ("> ", "> "),
        ("> - ", ">   "),
        ("- - ", "    "),
        ("-\t", " \t"),
    ],
)
def test_a_block_in_a_list_or_quotation_stays_in_it(first: str, margin: str) -> None:
    block = f"```accord\n{PARTIES}duty tell\n  must: x\n\n      y\n  by:  hub\n```\n"
    after = block.replace("  must: x\n\n      y\n  by:  hub", "  by: hub\n  must: x\n\n        y")

    def placed(words: str) -> str:
        inside = indent(words, margin, lambda line: bool(line.strip()) or ">" in margin)
        return (
            HEAD
            + first
            + inside.removeprefix(margin).replace("> \n", ">\n").replace(">   \n", ">\n")
        )

    found = formed(placed(block))
    assert found.left == ()
    assert found.text == placed(after)
    assert formed(found.text).changed == ()


UNREADABLE = [
    ("E101", "dooty tell\n  by:  hub\n"),
    ("E102", "body post\n  colour:  red\n"),
    ("E103", "body post\n  seats:  1 for each\n"),
    ("E103", "body post\n  seats  1\n"),
    ("E103", "  body  post\n"),
    ("E103", "case  one\n  given:  aldova does something odd\n  expect: 1 > 0 by day 1\n"),
    ("E104", "duty tell\n  by:  hub\n"),
]


@pytest.mark.parametrize(("code", "block"), UNREADABLE)
def test_a_block_that_cannot_be_read_is_left_and_the_others_are_not(code: str, block: str) -> None:
    text = document(block) + "```accord\nparty  aldova,   brenia\nbody hub\n```\n"
    found = formed(text)
    (left,) = found.left
    assert text.splitlines()[left.line - 1] == "```accord"
    assert code in {finding.code for finding in left.findings}
    assert found.text == text.replace("party  aldova,   brenia", "party aldova, brenia")
    assert len(found.changed) == 1


def test_a_block_that_names_no_paragraph_is_left() -> None:
    text = document("party  aldova, brenia\n", "accord 2-1")
    found = formed(text)
    assert found.text == text
    assert [one.code for one in found.left[0].findings] == ["E103"]


def test_what_is_wrong_but_can_be_read_is_put_into_form() -> None:
    found = formed(document("party aldova\nduty tell\n  must:  x\n  by:  nobody\n", "accord 9.9"))
    assert found.left == ()
    assert "\n  by: nobody\n  must: x\n" in found.text


def test_a_field_that_stands_twice_keeps_the_one_that_counts() -> None:
    assert form("duty tell\n  must: a\n  by: hub\n  must: b\n") == (
        "duty tell\n  by: hub\n  must: a\n  must: b\n"
    )


def test_a_block_that_would_be_read_otherwise_is_left() -> None:
    # With one blank more, its last line is longer than a line may be.
    words = "x" * (MOST_LINE - len(" must: "))
    long = f"{PARTIES}duty tell\n by:  hub\n must: {words}\n"
    text = document(long) + "```accord\nparty  corvia\n```\n"
    found = formed(text)
    assert (found.text, found.changed) == (text, ())
    assert [one.findings for one in found.left] == [(), ()]


@pytest.mark.parametrize(
    "text", ["", "\n", "No  block.\n", "```accord\n```\n", HEAD + "```accord 1.1 none\n```"]
)
def test_where_nothing_is_to_change_nothing_does(text: str) -> None:
    found = formed(text)
    assert (found.text, found.changed, found.left) == (text, (), ())


@pytest.mark.parametrize(("code", "text"), [("E100", "a\x00b"), ("E103", "---\naccord: x\n")])
def test_a_text_of_which_nothing_can_be_read_says_why(code: str, text: str) -> None:
    found = formed(text)
    assert found.text == text
    assert [one.code for one in found.unread] == [code]


def test_a_story_is_put_into_form_too() -> None:
    case = "case one\n  expect:  x on day 1\n  given:  y from day 1\n"
    text = f"# A story\n\nProse.\n\n```accord\n{case}```\n"
    after = "case one\n  given: y from day 1\n  expect: x on day 1\n"
    assert after in formed(text).text


def test_the_page_shows_what_comes_of_its_draft() -> None:
    page = Path(__file__).parents[3] / "docs" / "how-to" / "format-a-draft.md"
    before, after = re.findall(r"````markdown\n(.*?)````", page.read_text("utf-8"), re.DOTALL)
    assert formed(before).text == after
