# SPDX-License-Identifier: Apache-2.0
"""`pratique diff`: what it prints of two drafts, for people and for machines, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from spec.small_accord import CASES, FUND
from unit.cli.commands import run

FRONT = "---\naccord: Small\ndraft: {draft}\ndate: 2026-01-01\nclock: UTC\ncurrency: USD\n---\n\n"
ARTICLE = """## Article 1 — Aid

1. The Fund pays USD {money} to a Party with over {most} cases, within 5 days,
   at most once in 2 months.

```accord 1.1
rule aid "aid"
  when: cases > {most}
  then: pay USD {money} from fund to that party within 5 days
  at most: once in 2 months
```

"""
ANNEX = """## Annex

```accord
party aldova "Aldova"
party brenia
{clauses}
```
"""
SERIES = """title = "Cholera"
begins = "2026-01-01"
[parties]
aldova = "ALD"
[[series]]
name = "cases"
disease = "cholera"
file = "cases.csv"
party = "country"
known = "day"
value = "cases"
"""
FIGURES = "day,country,cases\n2026-01-07,ALD,11\n2026-01-17,ALD,21\n2026-03-17,ALD,0\n"


def draft(
    folder: Path, name: str, *, money: int = 30, most: int = 10, number: int = 1, more: str = ""
) -> str:
    """Write a draft into a folder of its own, with a history, and return the folder."""
    place = folder / name
    (place / "history").mkdir(parents=True)
    (place / "history" / "series.toml").write_text(SERIES, "utf-8")
    (place / "history" / "cases.csv").write_text(FIGURES, "utf-8")
    clauses = (CASES + FUND).replace("pool fund:", 'pool fund "Fund":') + more
    text = FRONT.format(draft=number) + ARTICLE.format(money=money, most=most)
    text += ANNEX.format(clauses=clauses.strip())
    (place / "accord.md").write_text(text, "utf-8")
    return str(place)


def record(*words: str, code: int = 1) -> dict[str, Any]:
    found = run("diff", *words, "--format", "json")
    assert found.exit_code == code, found.output
    written: dict[str, Any] = json.loads(found.output)
    return written


def test_a_draft_against_itself_is_the_same_and_ends_with_0(tmp_path: Path) -> None:
    one = draft(tmp_path, "one")
    found = run("diff", one, one + "/accord.md")
    assert (found.exit_code, found.output) == (0, "the drafts are the same\n")
    written = record(one, one, code=0)
    assert written["same"] is True
    empty = [written[key] for key in ("settings", "clauses", "words")]
    empty += [written["behaviour"][key] for key in ("changes", "totals", "parties")]
    assert empty == [[]] * 6


def test_what_matters_is_said_first_and_on_one_screen(tmp_path: Path) -> None:
    old = draft(tmp_path, "old")
    found = run("diff", old, draft(tmp_path, "new", money=40, most=20, number=2))
    assert found.exit_code == 1
    lines = found.output.splitlines()
    assert lines[0].startswith("- Small, draft 1: ")
    assert lines[1].startswith("+ Small, draft 2: ")
    assert lines[3] == "Behaviour over Cholera, conduct `deadline`, until 17 March 2026"
    assert (
        lines[4]
        == "  Source: Cholera. Figures count from their publication, the last on 17 March 2026."
    )
    assert lines[6] == (
        "  10 days later, on 17 January 2026 and not on 7 January 2026: aid applies: Aldova"
    )
    told = " ".join(found.output.split())
    assert (
        "promised out of Fund: first 10 days later, on 17 January 2026 and not on 7 January 2026;"
        " in all USD 10 more (USD 40, not USD 30)"
    ) in told
    table = lines.index("  promised out of Fund, by Party, in USD")
    assert lines[table + 2].split() == [
        "Aldova",
        "+10",
        "2026-01-07",
        "2026-01-17",
        "+10",
        "30",
        "40",
    ]
    assert lines.index("Clauses") <= 40
    assert max(map(len, lines)) <= 120


def test_clauses_and_words_follow_as_they_are_written(tmp_path: Path) -> None:
    old = draft(tmp_path, "old")
    lines = run("diff", old, draft(tmp_path, "new", most=20, number=2)).output.splitlines()
    clauses, words = lines.index("Clauses"), lines.index("Words")
    assert lines[clauses:words] == [
        "Clauses",
        "    - draft: 1",
        "    + draft: 2",
        "  `aid` is changed",
        "    - when: cases > 10",
        "    + when: cases > 20",
        "",
    ]
    assert " ".join(" ".join(lines[words + 1 :]).split()) == (
        "1.1 The Fund pays USD 30 to a Party with over [-10-] {+20+} cases, within 5 days,"
        " at most once in 2 months."
    )


def test_the_record_has_days_amounts_fields_and_words(tmp_path: Path) -> None:
    old = draft(tmp_path, "old")
    written = record(old, draft(tmp_path, "new", money=40, most=20))
    acts = written["behaviour"]
    assert [acts[key] for key in ("reason", "history", "conduct", "begins", "until")] == [
        None, "Cholera", "deadline", "2026-01-01", "2026-03-17",
    ]  # fmt: skip
    (used,) = [one for one in acts["changes"] if one["edge"] == "used"]
    assert used == {
        "clause": "aid", "edge": "used", "party": "aldova", "old": "2026-01-07",
        "new": "2026-01-17", "days": 10, "old_amount": 0, "new_amount": 0,
    }  # fmt: skip
    (promised,) = [one for one in acts["totals"] if one["what"] == "promised"]
    assert promised == {
        "what": "promised", "under": "fund", "party": "", "type": "money USD", "old": 3000,
        "new": 4000, "more": 1000, "first_old": "2026-01-07", "first_new": "2026-01-17", "days": 10,
    }  # fmt: skip
    assert [
        (one["party"], one["more"]) for one in acts["parties"] if one["what"] == "promised"
    ] == [("aldova", 1000)]
    (clause,) = written["clauses"]
    assert (clause["name"], clause["change"], clause["was"]) == ("aid", "changed", "")
    assert clause["fields"][0] == {"name": "when", "old": "cases > 10", "new": "cases > 20"}
    (words,) = written["words"]
    assert [words[key] for key in ("article", "number", "change")] == [1, 1, "changed"]
    changed = [(one["change"], one["words"]) for one in words["pieces"] if one["change"] != "same"]
    assert changed == [("out", "30"), ("in", "40"), ("out", "10"), ("in", "20")]


def test_changing_sides_changes_signs(tmp_path: Path) -> None:
    old, new = draft(tmp_path, "old"), draft(tmp_path, "new", money=40, most=20)
    there, back = record(old, new)["behaviour"], record(new, old)["behaviour"]
    for key, sign in (("changes", "days"), ("totals", "more"), ("parties", "more")):
        assert there[key]
        assert sorted(one[sign] for one in there[key]) == sorted(-one[sign] for one in back[key])
    found = " ".join(run("diff", new, old).output.split())
    assert "10 days earlier, on 7 January 2026 and not on 17 January 2026: aid applies" in found
    assert "first 10 days earlier" in found
    assert "in all USD 10 less (USD 30, not USD 40)" in found


def test_a_clause_of_one_draft_only_is_told_as_such(tmp_path: Path) -> None:
    duty = (
        "\nduty tell\n  when: any party (cases > 20)\n  by: hub\n  must: tell\n  within: 3 days\n"
    )
    old = draft(tmp_path, "old", more=duty)
    new = draft(tmp_path, "new")
    there, back = run("diff", old, new).output, run("diff", new, old).output
    assert "only in the old draft, on 17 January 2026: tell is owed by 20 January 2026" in there
    assert "`tell` is left out\n    - duty tell\n    - when: any party (cases > 20)" in there
    assert "only in the new draft, on 17 January 2026: tell is owed by 20 January 2026" in back
    assert "`tell` is new\n    + duty tell\n    + when: any party (cases > 20)" in back


def test_what_a_terminal_would_obey_is_shown_and_not_done(tmp_path: Path) -> None:
    old, new = draft(tmp_path, "old"), draft(tmp_path, "new")
    document = Path(new, "accord.md")
    text = document.read_text("utf-8")
    document.write_text(text.replace("The Fund", "The \x1b[2J\u202eFund"), "utf-8")
    found = run("diff", old, new)
    assert found.exit_code == 1
    assert "{+\\x1b[2J\\u202eFund+}" in found.output
    assert not {"\x1b", "\u202e"} & set(found.output)


def test_another_history_and_another_conduct_may_be_named(tmp_path: Path) -> None:
    old, new = draft(tmp_path, "old"), draft(tmp_path, "new", most=20)
    elsewhere = draft(tmp_path, "elsewhere") + "/history"
    Path(elsewhere, "cases.csv").write_text(FIGURES.replace("21", "12"), "utf-8")
    found = record(old, new, "--history", elsewhere, "--conduct", "silent")["behaviour"]
    assert found["conduct"] == "silent"
    used = [one for one in found["changes"] if one["edge"] == "used"]
    assert [(one["old"], one["new"], one["days"]) for one in used] == [("2026-01-07", None, None)]


def test_without_a_history_the_texts_are_compared_and_the_rest_is_said(tmp_path: Path) -> None:
    old, new = draft(tmp_path, "old"), draft(tmp_path, "new", most=20)
    for place in (old, new):
        rmtree(Path(place, "history"))
    found = run("diff", old, new)
    assert found.exit_code == 1
    told = " ".join(found.output.split())
    assert f"Behaviour: there is no history at `{new}/history` to replay them over" in told
    assert "`aid` is changed" in found.output
    written = record(old, new)
    assert "there is no history" in written["behaviour"]["reason"]
    assert written["behaviour"]["changes"] == []
    same = run("diff", new, new)
    assert same.exit_code == 0
    assert "there is no history" in same.output


def test_a_draft_with_faults_is_compared_as_a_text(tmp_path: Path) -> None:
    old, new = draft(tmp_path, "old"), draft(tmp_path, "new", more="\nduty x\n")
    found = run("diff", old, new)
    assert found.exit_code == 1
    told = " ".join(found.output.split())
    assert "Behaviour: " in told
    assert f"`{new}/accord.md` from being run" in told
    assert "E104 in line 35, this duty lacks `by`" in told
    assert "`x` is new" in found.output


def test_a_history_that_only_the_old_draft_has_serves_both(tmp_path: Path) -> None:
    old, new = draft(tmp_path, "old"), draft(tmp_path, "new", most=20)
    rmtree(Path(new, "history"))
    used = [one for one in record(old, new)["behaviour"]["changes"] if one["edge"] == "used"]
    assert [one["days"] for one in used] == [10]


def test_a_history_that_only_one_draft_can_read_is_said_to_be_so(tmp_path: Path) -> None:
    old, new = draft(tmp_path, "old"), draft(tmp_path, "new")
    document = Path(new, "accord.md")
    text = document.read_text("utf-8")
    document.write_text(text.replace("series cases of cholera", "series cases of measles"), "utf-8")
    for sides in ((old, new), (new, old)):
        reason = record(*sides)["behaviour"]["reason"]
        assert reason.startswith(f"the history can be read for one draft only; for `{document}`: ")
    assert "`cases` is changed" in run("diff", old, new).output


def test_a_worked_case_that_no_longer_fits_does_not_hide_what_would_come_about(
    tmp_path: Path,
) -> None:
    case = "\ncase old_one\n  given: cases of aldova = 11 from day 1\n"
    case += "  expect: {} used at aldova on day 1\n"
    old = draft(tmp_path, "old", more=case.format("aid"))
    new = draft(tmp_path, "new", most=20, more=case.format("relief"))
    written = record(old, new)
    assert written["behaviour"]["reason"] is None
    assert written["asides"] == [
        f"`{new}/accord.md`: its worked cases are left aside, 1 finding stands in them."
    ]
    assert "`old_one` is changed" in run("diff", old, new).output


def test_a_page_is_written_as_well(tmp_path: Path) -> None:
    old, new, file = draft(tmp_path, "old"), draft(tmp_path, "new", most=20), tmp_path / "a.html"
    found = run("diff", old, new, "--html", str(file))
    assert found.exit_code == 1
    assert found.output.endswith(f"page: {file}\n")
    text = file.read_text("utf-8")
    assert '<del data-begins="taken out:" data-ends="end of what is taken out.">10</del>' in text
    assert "10 days later" in text
    same = run("diff", old, old, "--html", str(file), "--format", "json")
    assert same.exit_code == 0
    assert "the drafts are the same" in file.read_text("utf-8")
    nowhere = run("diff", old, old, "--html", str(file / "a.html"))
    assert nowhere.exit_code == 2
    assert "cannot be written to" in nowhere.output


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_lines_keep_to_the_width_of_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    old, new = draft(tmp_path, "old"), draft(tmp_path, "new", money=40, most=20, number=2)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", columns)
    lines = run("diff", Path(old).name, Path(new).name).output.splitlines()
    assert max(map(len, lines)) <= min(int(columns), 100)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["{old}", "no/such/draft"], "there is no accord at `no/such/draft`"),
        (["{old}", "{old}", "--history", "no/such"], "there is no history at `no/such`"),
        (["{old}", "{old}", "--conduct", "brisk"], "there is no conduct `brisk`"),
        (["{old}", "{nul}"], "cannot be read: this is not a text"),
        (["{old}"], "Missing argument"),
    ],
)
def test_what_cannot_be_compared_ends_with_2_and_a_sentence(
    tmp_path: Path, words: list[str], sentence: str
) -> None:
    nul = tmp_path / "nul.md"
    nul.write_text("---\naccord: A\x00\n---\n", "utf-8")
    old = draft(tmp_path, "old")
    found = run("diff", *(word.format(old=old, nul=nul) for word in words))
    assert found.exit_code == 2
    assert sentence in " ".join(found.output.split())
