# SPDX-License-Identifier: Apache-2.0
"""The how-to on counts, followed: its files, its commands, what it says that they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from unit.cli.commands import run

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
PAGE = (HOW_TO / "bring-your-own-counts.md").read_text("utf-8")


def fences(language: str) -> list[str]:
    """Return what the page shows in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_who_follows_the_page_sees_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reports, places = fences("csv")
    (mapping,) = fences("toml")
    for name, text in (("reports.csv", reports), ("places.csv", places), ("reports.toml", mapping)):
        Path(name).write_text(text, "utf-8")
    commands = [shlex.split(one)[1:] for one in fences("console") if " import " in one]
    propose, dry, write = commands
    proposed = run(*propose[:-2])
    assert proposed.exit_code == 0
    assert 'period = "report date"' in proposed.output
    (shown,) = fences("text")
    assert run(*dry).output.startswith(shown)
    assert not list(tmp_path.glob("counts*"))
    assert run(*write).exit_code == 0
    assert Path("counts.csv").read_text("utf-8").splitlines()[1:] == [
        "cases,ebola,,Lofa,,,,2014-08-05,2014-08-05,6,270114,,",
        "cases,ebola,,Lofa,,,,2014-08-07,2014-08-07,6,270114,,",
        "new_cases,ebola,,Nzérékoré,,,,2014-08-07,2014-08-07,3,396949,,",
    ]
    assert {path.name for path in tmp_path.glob("counts*")} == {
        *("counts.csv", "counts.quarantine.csv", "counts.report.json")
    }  # fmt: skip
