# SPDX-License-Identifier: Apache-2.0
"""`pratique replay` and `pratique demo`: what they print, write and refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pratique.register.verify import verify
from pratique.rehearsal.replay import replays
from unit.cli.commands import MANO_RIVER, draft, run

pytestmark = pytest.mark.usefixtures("long_runs_once")
TIERS = {"lower_tier": "2014-07-16", "middle_tier": "2014-09-16", "upper_tier": "2014-12-17"}
LABELS = {"lower_tier": "lower tier", "middle_tier": "middle tier", "upper_tier": "upper tier"}
SMALL = """party aldova, brenia
measure cases per party: count in 0..1000
  from: series cases of ebola class all, irregular, by world_health_organization
"""


@pytest.fixture(scope="module")
def whole(long_runs_once: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the replay of the Mano River accord prints, and the folder that it writes."""
    folder = tmp_path_factory.mktemp("whole")
    found = run("replay", str(MANO_RIVER), "--out", str(folder))
    assert found.exit_code == 0, found.output
    return found.output, folder


def dated(output: str) -> list[str]:
    """Return the lines of a replay that tell of something on a day."""
    return [
        line
        for line in output.splitlines()
        if re.match(r"\d{4}-\d{2}-\d{2}|\d{1,2} \w+ \d{4}", line)
    ]


def committed(output: str) -> dict[str, str]:
    """Return the day on which each tier was first committed."""
    return {
        name: next((line[:10] for line in dated(output) if label in line and "commit" in line), "")
        for name, label in LABELS.items()
    }


def test_a_replay_tells_the_tiers_on_their_days(whole: tuple[str, Path]) -> None:
    assert committed(whole[0]) == TIERS


def test_who_does_it_and_for_whom_it_is_done_are_told_apart(whole: tuple[str, Path]) -> None:
    assert any("joint plan: done by Secretariat, for Guinea" in line for line in dated(whole[0]))


def test_a_replay_ends_with_what_it_does_not_show(whole: tuple[str, Path]) -> None:
    text = " ".join(whole[0].split())
    assert "not what it would have prevented. Its thresholds were written afterwards." in text
    assert "undetermined: " in text


def test_a_replay_writes_a_sound_journal_and_a_page_that_needs_nothing(
    whole: tuple[str, Path],
) -> None:
    output, folder = whole
    verdict = verify(folder / "journal.jsonl")
    assert verdict.ok
    assert verdict.root in output
    assert f"{verdict.entries:,} entries" in output
    page = (folder / "report.html").read_text("utf-8")
    assert page.startswith("<!doctype html>") or page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="https?://[^"]+\.(?:css|js|png|woff2?)"', page) == []
    assert page.count("<svg") >= 1
    assert page.count("<table") >= page.count("<svg")


def test_a_replay_is_the_same_every_time(
    whole: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pratique.cli.replaying.replays", replays)  # the second run is a real one
    assert run("replay", str(MANO_RIVER), "--out", str(tmp_path)).exit_code == 0
    for name in ("journal.jsonl", "report.html"):
        assert (tmp_path / name).read_bytes() == (whole[1] / name).read_bytes()


def test_until_ends_it_earlier(whole: tuple[str, Path], tmp_path: Path) -> None:
    found = run("replay", str(MANO_RIVER), "--until", "2014-09-15", "--out", str(tmp_path))
    assert found.exit_code == 0
    assert committed(found.output) == {**TIERS, "middle_tier": "", "upper_tier": ""}
    assert max(line[:10] for line in dated(found.output)) <= "2014-09-15"
    early = [line for line in dated(whole[0]) if line[:10] < "2014-09-15"]
    assert [line for line in dated(found.output) if line[:10] < "2014-09-15"] == early


def test_under_silence_nobody_acts_and_what_needs_nobody_stays(
    whole: tuple[str, Path], tmp_path: Path
) -> None:
    found = run("replay", str(MANO_RIVER), "--conduct", "silent", "--out", str(tmp_path))
    assert found.exit_code == 0
    assert re.search(r"\b0 done\b", found.output)
    assert "missed" in found.output
    journal = (tmp_path / "journal.jsonl").read_text("utf-8")
    assert '"act":"perform"' not in journal
    assert '"act":"move"' not in journal
    assert '"act":"perform"' in (whole[1] / "journal.jsonl").read_text("utf-8")


def test_leaving_out_a_clause_changes_only_what_hangs_on_it(
    whole: tuple[str, Path], tmp_path: Path
) -> None:
    found = run("replay", str(MANO_RIVER), "--without", "early_action", "--out", str(tmp_path))
    assert found.exit_code == 0
    gone = set(dated(whole[0])) - set(dated(found.output))
    hanging = ("early action", "joint plan", "account for early action", "review of a breach")
    assert gone
    assert all("paid to" in line for line in gone if not any(name in line for name in hanging))
    early = [line for line in dated(whole[0]) if "early action: " in line and "commit" in line]
    assert sum("paid to" in line for line in gone) == len(early) > 0
    assert set(dated(found.output)) - set(dated(whole[0])) == set()
    assert committed(found.output) == TIERS


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--history", "no/such/folder"], "there is no history at `no/such/folder`"),
        (["--until", "yesterday"], "`yesterday` is not a day such as 2014-12-31"),
        (["--until", "2014-02-30"], "`2014-02-30` is not a day such as 2014-12-31"),
        (["--until", "1999-01-01"], "before the history begins"),
        (["--conduct", "brisk"], "there is no conduct `brisk`"),
        (["--conduct", "no/such/conduct.toml"], "cannot be read"),
        (["--without", "early_actions"], "`early_actions` is no rule, duty or power"),
        (["--without", "cases"], "`cases` is no rule, duty or power"),
    ],
)
def test_what_cannot_be_run_ends_with_2_and_a_sentence(
    tmp_path: Path, words: list[str], sentence: str
) -> None:
    found = run("replay", str(MANO_RIVER), *words, "--out", str(tmp_path / "out"))
    assert found.exit_code == 2
    assert sentence in " ".join(found.output.split())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"series.toml": ""},
        {"series.toml": "not toml ["},
        {"series.toml": b"\xff\xfe"},
        {"series.toml": "title = 3\nfiles = 4\n"},
    ],
    ids=["empty", "no series", "not TOML", "not text", "of other types"],
)
def test_a_history_that_cannot_be_read_ends_with_2_and_a_sentence(
    tmp_path: Path, files: dict[str, str | bytes]
) -> None:
    folder = tmp_path / "history"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    found = run("replay", str(MANO_RIVER), "--history", str(folder), "--out", str(tmp_path / "o"))
    assert found.exit_code == 2
    assert found.output.startswith("Error: ")


def test_an_accord_with_faults_is_not_replayed(tmp_path: Path) -> None:
    found = run("replay", str(draft(tmp_path, SMALL + "duty x")), "--out", str(tmp_path / "out"))
    assert found.exit_code == 2
    assert "E104" in found.output


def test_a_place_that_cannot_be_written_to_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    found = run(
        "replay", str(MANO_RIVER), "--until", "2014-03-31", "--out", str(tmp_path / "taken")
    )
    assert found.exit_code == 2
    assert "cannot be written to" in found.output


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_demo_fits_a_screen_says_that_it_worked_and_needs_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    elsewhere = ["--out", str(tmp_path / "there")] if language == "fr" else []
    found = run("demo", *elsewhere, "--language", language)
    assert found.exit_code == 0, found.output
    lines = found.output.rstrip("\n").splitlines()
    assert len(lines) <= 20
    assert max(map(len, lines)) <= 120
    assert all(any(line.startswith(day) for line in lines) for day in TIERS.values())
    assert "pratique explain lower_tier mano-river" in found.output
    assert "pratique replay mano-river --without early_action" in found.output
    assert ("It worked: journal verified" in found.output) == (language == "en")
    folder = Path("there" if elsewhere else "pratique-report")
    assert str(folder / "report.html") in found.output
    assert sorted(path.name for path in folder.iterdir()) == ["journal.jsonl", "report.html"]
