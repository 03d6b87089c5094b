# SPDX-License-Identifier: Apache-2.0
"""Two drafts compared clause by clause: by name, in the order of the kind's fields, both ways."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.accord.comparison.clauses import (
    ClauseChange,
    FieldChange,
    clause_changes,
    former_names,
    setting_changes,
)
from pratique.accord.model import Accord, read_accord
from spec.small_accord import CASES, FUND, accord

HELP = """
rule aid "aid"
  when: cases > 10
  then: pay USD 30 from fund to that party within 5 days
  at most: once in 2 months
"""
TELL = """
duty tell
  when: any party (cases > 10)
  by: hub
  must: tell everybody
  within: 3 days
"""
SWAPPED = {"added": "removed", "removed": "added"}


def read(clauses: str) -> Accord:
    """Return the accord of some clauses, which must be sound."""
    found = read_accord(accord(CASES + FUND + clauses))
    assert found.is_sound, [str(one.sentence) for one in found.findings]
    return found


def changes(old: str, new: str) -> tuple[ClauseChange, ...]:
    return clause_changes(read(old), read(new))


def backwards(one: ClauseChange) -> ClauseChange:
    """Return what a change is when the drafts change sides."""
    fields = tuple(FieldChange(f.name, f.new, f.old) for f in one.fields)
    turned = replace(one, change=SWAPPED.get(one.change, one.change), fields=fields)
    return replace(turned, name=one.was, was=one.name) if one.was else turned


def test_a_draft_against_itself_is_empty() -> None:
    assert changes(HELP + TELL, HELP + TELL) == ()


def test_spaces_line_breaks_comments_and_order_are_no_change() -> None:
    loose = HELP.replace("cases > 10", "cases\n      >   10   # as agreed")
    assert changes(HELP + TELL, TELL + loose) == ()


def test_a_changed_clause_has_its_fields_old_and_new_in_the_order_of_its_kind() -> None:
    new = """
rule aid "first aid"
  at most: once in 3 months
  then: pay USD 40 from fund to that party within 5 days
  when: cases  >  20
"""
    (one,) = changes(HELP, new)
    assert (one.name, one.change, one.was) == ("aid", "changed", "")
    assert one.fields == (
        FieldChange("header", 'rule aid "aid"', 'rule aid "first aid"'),
        FieldChange("when", "cases > 10", "cases > 20"),
        FieldChange(
            "then",
            "pay USD 30 from fund to that party within 5 days",
            "pay USD 40 from fund to that party within 5 days",
        ),
        FieldChange("at most", "once in 2 months", "once in 3 months"),
    )


def test_a_field_that_is_new_or_gone_has_nothing_on_the_other_side() -> None:
    (one,) = changes(HELP, HELP.replace("  at most: once in 2 months\n", ""))
    assert one.fields == (FieldChange("at most", "once in 2 months", None),)


def test_what_is_added_comes_with_its_fields_and_what_is_removed_comes_last() -> None:
    added, removed = changes(TELL, HELP)
    assert (added.name, added.change) == ("aid", "added")
    assert [one.name for one in added.fields] == ["header", "when", "then", "at most"]
    assert all(one.old is None and one.new for one in added.fields)
    assert (removed.name, removed.change) == ("tell", "removed")
    assert removed.fields[-1] == FieldChange("within", "3 days", None)


def test_a_renamed_clause_is_known_by_what_it_was_and_says_what_else_changed() -> None:
    new = HELP.replace("rule aid", "rule relief").replace("> 10", "> 20") + "  was: aid\n"
    (one,) = changes(HELP, new)
    assert (one.name, one.change, one.was) == ("relief", "renamed", "aid")
    assert one.fields == (FieldChange("when", "cases > 10", "cases > 20"),)
    assert former_names(read(HELP), read(new)) == {"relief": "aid"}
    assert former_names(read(new), read(HELP)) == {"aid": "relief"}


def test_without_was_a_new_name_is_another_clause() -> None:
    found = changes(HELP, HELP.replace("rule aid", "rule relief"))
    assert [(one.name, one.change) for one in found] == [("relief", "added"), ("aid", "removed")]


def test_a_name_that_neither_text_had_renames_nothing() -> None:
    (one,) = changes(HELP, HELP + "  was: older\n")
    assert one.fields == (FieldChange("was", None, "older"),)


def test_a_clause_that_becomes_another_kind_is_changed() -> None:
    duty = "\nduty aid\n  when: any party (cases > 10)\n  by: hub\n  must: help\n"
    (one,) = changes(HELP, duty)
    assert one.change == "changed"
    assert one.fields[0] == FieldChange("header", 'rule aid "aid"', "duty aid")


def test_each_name_of_a_clause_is_compared_on_its_own() -> None:
    two = "measure sick, dead per party: count in 0..10\n  from: acts\n  if missing: unknown\n"
    found = changes(two, two.replace("0..10", "0..20").replace(", dead", ""))
    assert [(one.name, one.change) for one in found] == [("sick", "changed"), ("dead", "removed")]
    header = "measure sick per party: count in 0..10"
    assert found[0].fields == (FieldChange("header", header, header.replace("10", "20")),)


FRONT = "---\naccord: A\nclock: UTC\n---\n\n## Article 1 — One\n\n1. First.\n2. Second.\n\n"
PARTIES = "```accord {label}\nparty a, b\n```\n"


def test_a_clause_beside_other_words_is_changed_but_not_by_renumbering() -> None:
    old = read_accord(FRONT + PARTIES.format(label="1.1"))
    moved = read_accord(FRONT + PARTIES.format(label="1.2"))
    found = clause_changes(old, moved)
    assert {one.fields for one in found} == {(FieldChange("beside", "1.1", "1.2"),)}
    renumbered = (FRONT + PARTIES.format(label="2.1")).replace("Article 1", "Article 2")
    assert clause_changes(old, read_accord(renumbered)) == ()


def test_settings_are_compared_as_they_are_written() -> None:
    old = read_accord(FRONT).document
    new = read_accord(FRONT.replace("clock: UTC", "clock: Africa/Conakry\ndraft: 2")).document
    assert setting_changes(old, new) == (
        FieldChange("draft", None, "2"),
        FieldChange("clock", "UTC", "Africa/Conakry"),
    )
    assert setting_changes(old, old) == ()


PARTS = (HELP, TELL, HELP.replace("> 10", "> 20"), TELL.replace("3 days", "4 days"),
         HELP.replace("rule aid", "rule relief") + "  was: aid\n",
         TELL.replace("duty tell", "duty inform") + "  was: tell\n",
         HELP.replace("  at most: once in 2 months\n", "").replace("30", "40"))  # fmt: skip
ACCORDS = [read(part) for part in ("", *PARTS)] + [
    read(one + other)
    for one in PARTS for other in PARTS
    if ("rule" in one) != ("rule" in other)
]  # fmt: skip


@given(old=st.sampled_from(ACCORDS), new=st.sampled_from(ACCORDS))
def test_changing_sides_turns_every_change_round(old: Accord, new: Accord) -> None:
    there, back = clause_changes(old, new), clause_changes(new, old)
    assert {backwards(one) for one in there} == set(back)
    assert clause_changes(old, old) == ()
    assert former_names(new, old) == {was: name for name, was in former_names(old, new).items()}


@pytest.mark.parametrize("source", ["", "no accord at all", "---\naccord: A\n"])
def test_what_cannot_be_read_is_compared_without_a_fault(source: str) -> None:
    broken, sound = read_accord(source), read(HELP)
    assert {one.change for one in clause_changes(broken, sound)} == {"added"}
    assert {one.change for one in clause_changes(sound, broken)} == {"removed"}
