# SPDX-License-Identifier: Apache-2.0
"""`pratique tell` and the stories that `check` runs: what is printed, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unit.cli.commands import ROOT, draft, run

CLAUSES = """party aldova, brenia
measure flood per party: event
  from: acts
duty warn "warning"
  on: flood
  by: that party
  must: warn the other
  within: 2 days
duty yearly "yearly account"
  every: 12 months
  by: each party
  must: account"""
STORY = """# The flood

A *river* rises.

```accord
case rising
  given: flood in aldova on day 2
  expect: warn owed by aldova on day 3
          warn missed by aldova {when}
          not flood at aldova on day 9
```

The end.
"""


def place(tmp_path: Path, when: str = "by day 9", text: str = STORY) -> Path:
    """Write an accord with one story beside it, and return its folder."""
    draft(tmp_path, CLAUSES)
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "the-flood.md").write_text(text.replace("{when}", when), "utf-8")
    return tmp_path


def test_a_story_that_comes_true_is_told_and_ends_with_0(tmp_path: Path) -> None:
    found = run("tell", str(place(tmp_path)))
    assert found.exit_code == 0, found.output
    lines = found.output.splitlines()
    assert lines[:3] == ["The flood", "", "A river rises."]
    assert "2 January 2026       flood in Aldova" in found.output
    assert "→ warning is owed by 4 January 2026: Aldova" in found.output
    assert "→ warning is missed: Aldova" in found.output
    assert "  ✓ warn owed by aldova on day 3" in lines
    assert lines.index("The end.") > lines.index("  ✓ warn missed by aldova by day 9")
    assert lines[-1] == "1 story comes true"


def test_what_does_not_come_true_is_crossed_with_what_was_seen_and_ends_with_1(
    tmp_path: Path,
) -> None:
    found = run("tell", str(place(tmp_path, "never")))
    assert found.exit_code == 1
    assert "  ✗ warn missed by aldova never" in found.output
    assert "      it first comes about on day 5" in found.output
    assert "1 story does not come true" in found.output


def test_what_comes_round_whatever_happens_is_left_out_unless_asked_for(tmp_path: Path) -> None:
    folder = str(place(tmp_path))
    assert "yearly account" not in run("tell", folder).output
    assert "come round whatever happens" in run("tell", folder).output
    every = run("tell", folder, "--all").output
    assert "yearly account is owed by 31 December 2026: Aldova and Brenia" in every
    assert "come round whatever happens" not in every


def test_a_story_is_found_by_its_name_or_path(tmp_path: Path) -> None:
    folder = place(tmp_path)
    path = folder / "stories" / "the-flood.md"
    for name in ("the-flood", "the-flood.md", str(path)):
        assert run("tell", str(folder), name).exit_code == 0
    found = run("tell", str(folder), "the-fire")
    assert found.exit_code == 2
    assert "there is no story at `the-fire`; there are: the-flood" in found.output


def test_an_accord_without_stories_says_so(tmp_path: Path) -> None:
    draft(tmp_path, CLAUSES)
    found = run("tell", str(tmp_path))
    assert found.exit_code == 2
    assert "there are no stories beside" in found.output


def test_a_story_that_cannot_be_read_ends_with_2_and_shows_its_line(tmp_path: Path) -> None:
    found = run("tell", str(place(tmp_path, text=STORY.replace("flood in", "storm in"))))
    assert found.exit_code == 2
    assert "E205 this case speaks of `storm`" in found.output
    assert "the-flood.md:7:10" in found.output
    assert "1 story cannot be read" in found.output


def test_as_json_it_says_all_that_came_about(tmp_path: Path) -> None:
    found = run("tell", str(place(tmp_path, "never")), "--json")
    assert found.exit_code == 1
    (told,) = json.loads(found.output)
    assert (told["title"], told["came_true"]) == ("The flood", False)
    assert [one["code"] for one in told["findings"]] == ["E904"]
    (case,) = told["cases"]
    assert case["given"] == [{"day": "2026-01-02", "words": "flood in Aldova"}]
    assert [one["came_true"] for one in case["expected"]] == [True, False, True]
    missed = [one for one in case["happened"] if one["change"] == "missed"]
    assert [(one["clause"], one["party"], one["moment"]) for one in missed] == [
        ("warn", "aldova", "2026-01-05T00:00:00Z")
    ]


def test_check_runs_the_stories_beside_an_accord(tmp_path: Path) -> None:
    good = run("check", str(place(tmp_path)))
    assert good.exit_code == 0, good.output
    assert "1 story" in good.output


def test_check_shows_what_does_not_come_true_in_the_storys_own_file(tmp_path: Path) -> None:
    folder = place(tmp_path, "never")
    found = run("check", str(folder))
    assert found.exit_code == 1
    assert "E904 case `rising`: `warn missed by aldova never` does not come true" in found.output
    assert "the-flood.md:9:11" in found.output
    assert "1 finding stops adoption" in found.output
    record = json.loads(run("check", str(folder), "--format", "json").output)
    assert {one["severity"] for one in record["findings"]} == {"W"}
    (story,) = record["stories"]
    assert story["document"].endswith("the-flood.md")
    assert [one["code"] for one in story["findings"]] == ["E904"]


def test_a_case_of_the_accord_itself_has_no_history(tmp_path: Path) -> None:
    told = "  given: flood in aldova on day 2\n  expect: flood at aldova on day 2"
    case = f"case past\n  uses: history\n{told}"
    found = run("check", str(draft(tmp_path, f"{CLAUSES}\n{case}")))
    assert found.exit_code == 1
    assert "case `past`: there is no history for it to run on" in found.output


@pytest.mark.parametrize("accord", ["three-rivers", "mano-river"])
def test_the_stories_that_came_with_pratique_come_true(accord: str) -> None:
    stories = sorted((ROOT / "accords" / accord / "stories").glob("*.md"))
    found = run("tell", accord)
    assert stories
    assert found.exit_code == 0, "\n".join(
        line for line in found.output.splitlines() if "✗" in line
    )
    assert found.output.count("What was expected") >= len(stories)
