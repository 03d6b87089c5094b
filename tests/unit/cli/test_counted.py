# SPDX-License-Identifier: Apache-2.0
"""What `check` and `tell` count in the end, of none, one and two stories, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from unit.cli.commands import draft, run

CLAUSES = """party aldova, brenia
measure flood per party: event
  from: acts
duty warn "warning"
  on: flood
  by: that party
  must: warn the other
  within: 2 days
  accepted: W506 "nobody is blamed"
"""
CASE = "case rising{n}\n  given: flood in aldova on day 2\n  expect: warn owed by aldova on day 3\n"
STORY = f"# A flood\n\nIt rises.\n\n```accord\n{CASE.format(n='')}```\n"


def place(folder: Path, n: int) -> Path:
    """Write an accord with so many stories and worked cases."""
    draft(folder, CLAUSES + "".join(CASE.format(n=one) for one in range(n)))
    (folder / "stories").mkdir()
    for one in range(n):
        (folder / "stories" / f"flood-{one}.md").write_text(STORY, "utf-8")
    return folder


CHECKED = [
    (0, ["0 worked cases", "0 findings stop adoption", "0 warnings are open"],
     ["0 cas d’école", "0 constat s’oppose à l’adoption", "0 avertissement est en suspens"]),
    (1, ["1 worked case", "1 story"], ["1 cas d’école", "1 récit"]),
    (2, ["2 worked cases", "2 stories"], ["2 cas d’école", "2 récits"]),
]  # fmt: skip


@pytest.mark.parametrize(("n", "english", "french"), CHECKED)
def test_check_counts(n: int, english: list[str], french: list[str], tmp_path: Path) -> None:
    folder = str(place(tmp_path, n))
    for words, lines in ([], english), (["--language", "fr"], french):
        found = run(*words, "check", folder)
        assert found.exit_code == 0, found.output
        assert [line for line in found.output.splitlines() if line in lines] == lines


TOLD = [(1, "1 story comes true", "1 récit se vérifie"),
        (2, "2 stories come true", "2 récits se vérifient")]  # fmt: skip


@pytest.mark.parametrize(("n", "english", "french"), TOLD)
def test_tell_counts(n: int, english: str, french: str, tmp_path: Path) -> None:
    folder = str(place(tmp_path, n))
    assert run("tell", folder).output.splitlines()[-1] == english
    assert run("--language", "fr", "tell", folder).output.splitlines()[-1] == french
