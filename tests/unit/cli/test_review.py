# SPDX-License-Identifier: Apache-2.0
"""`pratique review`: what it lists, shows and finds; what it writes, and refuses to."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pratique.accord.check.catalogue.examples import NOTIFY, NOTIFY_WORDS, accord_with, french_with
from pratique.accord.reviews.stamp import MOST_CHARACTERS, read_stamps
from pratique.cli.places import accord_at, shipped_names
from pratique.cli.speech import CannotRun
from pratique.cli.stamping import Wanted, new_stamps, write_stamps
from unit.cli.commands import run

CONSULT = f"{NOTIFY_WORDS}\n2. The Parties consult."
FRENCH = french_with("Chaque Partie notifie à l’autre Partie tout foyer en moins de 24 heures.")
ON = ("--date", "2026-09-01")
BY = ("--by", "aldova", *ON)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small accord; its paragraph 2.2 has no clause."""
    (tmp_path / "accord.md").write_text(accord_with(CONSULT, NOTIFY), "utf-8")
    return tmp_path


def listed(folder: Path, *words: str) -> list[str]:
    """Return the lines that the list has."""
    found = run("review", str(folder), *words)
    assert found.exit_code == 0, found.output
    return found.output.splitlines()


def record(folder: Path, *words: str) -> dict[str, Any]:
    """Return what is printed for machines."""
    found = run("review", str(folder), "--format", "json", *words)
    assert found.exit_code == 0, found.output
    read: dict[str, Any] = json.loads(found.output)
    return read


def change(folder: Path, old: str, new: str, name: str = "accord.md") -> None:
    """Change words of a file that stand there once or more."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


# --- the list -------------------------------------------------------------------------------------


def test_it_lists_what_is_reviewed_stale_and_not(folder: Path) -> None:
    assert listed(folder) == [
        "1.1: not reviewed",
        "2.1: not reviewed",
        "2.2: it has neither a clause nor `none`",
        "reviewed: 0, stale: 0, not reviewed: 3",
    ]
    assert run("review", str(folder), "1", "2.1", *BY, "--note", "round 2").exit_code == 0
    assert run("review", str(folder), "notify", "--by", "desk of hub", *ON).exit_code == 2
    assert run("review", str(folder), "notify", "--by", "desk of brenia", *ON).exit_code == 0
    change(folder, "shall", "may")
    assert listed(folder) == [
        "1.1: reviewed by `aldova` on 1 September 2026 (“round 2”)",
        "2.1: stale, its words have changed since it was reviewed by `aldova` on 1 September 2026"
        " (“round 2”) and `desk of brenia` on 1 September 2026",
        "2.2: it has neither a clause nor `none`",
        "reviewed: 1, stale: 1, not reviewed: 1",
    ]


def test_what_is_chosen_is_shown_beside_its_reading(folder: Path) -> None:
    lines = listed(folder, "2.1")
    assert lines[0] == "2.1: not reviewed"
    assert f"  2.1. {NOTIFY_WORDS}" in lines
    assert "  duty `notify`" in lines
    assert "    It is due within 24 hours." in lines
    assert lines[-1] == "reviewed: 0, stale: 0, not reviewed: 1"
    change(folder, "by: that party", "by: nobody_known")
    assert "  the clauses cannot be read back: see `pratique check`" in listed(folder, "2.1")


def test_what_asks_nothing_is_shown_so(folder: Path) -> None:
    change(folder, "2. The Parties consult.", "2. The Parties consult.\n\n```accord 2.2 none\n```")
    assert "  it asks nothing of the machine" in listed(folder, "2.2")
    assert run("review", str(folder), "2.2", *BY).exit_code == 0


def test_the_list_is_searched_and_sifted(folder: Path) -> None:
    run("review", str(folder), "1.1", *BY, "--note", "Round 2")
    assert listed(folder, "--only", "reviewed")[0].startswith("1.1: reviewed")
    assert len(listed(folder, "--only", "unreviewed")) == 3
    assert len(listed(folder, "--only", "stale")) == 1
    assert listed(folder, "--find", "CONSULT")[0].startswith("2.2:")
    assert listed(folder, "--find", "notify")[0] == "2.1: not reviewed"
    assert listed(folder, "--find", "round 2")[0].startswith("1.1: reviewed")
    assert listed(folder, "--by", "brenia")[0] == "1.1: not reviewed"
    assert len(listed(folder, "--find", "no such words")) == 1


def test_the_record_has_everything(folder: Path) -> None:
    run("review", str(folder), "2.1", *BY, "--note", "x")
    change(folder, "within: 24", "within: 48")
    found = record(folder, "--only", "stale")
    (one,) = found["passages"]
    assert found["reviews_file"] == str(folder / "reviews.toml")
    assert (one["paragraphs"], one["clauses"], one["status"]) == (["2.1"], ["notify"], "stale")
    assert one["words"] == [NOTIFY_WORDS]
    (old,) = one["stale"]
    assert (old["by"], old["date"], old["note"]) == ("aldova", "2026-09-01", "x")
    assert old["changed"] == "clauses"
    assert old["words_digest"] == one["words_digest"]


def test_what_is_gone_is_listed(folder: Path) -> None:
    run("review", str(folder), "2.1", *BY)
    text = accord_with("The Parties hope.", "", paragraph="2.1 none")
    (folder / "accord.md").write_text(text.replace("Article 2", "Article 3"), "utf-8")
    lines = listed(folder)
    assert "2.1: gone; it was reviewed by `aldova` on 1 September 2026" in lines
    assert [stamp["by"] for stamp in record(folder)["gone"]] == ["aldova"]
    assert "gone" not in "\n".join(listed(folder, "3.1"))


def test_a_number_is_no_name_of_an_accord(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert run("review", "2.1").output.startswith("2.1: not reviewed")
    assert run("review", "2", *BY).exit_code == 2
    assert run("review", "2.1", *BY).exit_code == 0
    assert run("review").output.splitlines()[1].startswith("2.1: reviewed by")


# --- check ----------------------------------------------------------------------------------------


def test_check_warns_of_a_stale_review(folder: Path) -> None:
    change(folder, "2. The Parties consult.", "2. The Parties consult.\n\n```accord 2.2 none\n```")
    assert run("check", "--strict", str(folder)).exit_code == 0
    run("review", str(folder), "2.1", *BY)
    assert run("check", "--strict", str(folder)).exit_code == 0
    change(folder, "shall", "may")
    found = run("check", str(folder))
    assert "W305 the words of 2.1 have changed since the review" in found.output
    assert "note: reviewed by `aldova` on 1 September 2026" in found.output
    assert found.exit_code == 0
    assert run("check", "--strict", str(folder)).exit_code == 1
    run("review", str(folder), "2.1", *BY)
    assert run("check", "--strict", str(folder)).exit_code == 0


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_accord_claims_no_review(name: str) -> None:
    found = record(Path(name))
    assert {one["status"] for one in found["passages"]} == {"unreviewed"}
    assert not Path(found["reviews_file"]).exists()
    refused = run("review", name, "1", *BY)
    assert refused.exit_code == 2
    assert "came with Pratique" in refused.output
    assert not Path(found["reviews_file"]).exists()


# --- writing --------------------------------------------------------------------------------------


def test_a_dry_run_shows_and_writes_nothing(folder: Path) -> None:
    found = run("review", str(folder), "2.1", *BY, "--dry-run")
    assert found.exit_code == 0
    (stamp,) = read_stamps(found.output.rpartition("\n\n")[0])
    assert (stamp.by, stamp.paragraphs) == ("aldova", ("2.1",))
    assert found.output.endswith("1 review would be written\n")
    assert [path.name for path in folder.iterdir()] == ["accord.md"]
    shown = record(folder, "2.1", *BY, "--dry-run")
    assert (shown["dry_run"], len(shown["written"])) == (True, 1)
    assert run("review", "mano-river", "1.1", "--by", "guinea", *ON, "--dry-run").exit_code == 0


def test_what_stands_in_the_file_is_kept_to_the_byte(folder: Path) -> None:
    run("review", str(folder), "1.1", *BY)
    path = folder / "reviews.toml"
    before = b"\xef\xbb\xbf# ours \xe2\x80\x94 keep\r\n" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before + b"# and this")
    path.chmod(0o640)
    assert run("review", str(folder), "2.1", "--by", "brenia", *ON).exit_code == 0
    after = path.read_bytes()
    assert after.startswith(before + b"# and this\r\n")
    assert b"\n" not in after.replace(b"\r\n", b"")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [stamp.by for stamp in read_stamps(after.decode("utf-8-sig"))] == ["aldova", "brenia"]
    assert sorted(one.name for one in folder.iterdir()) == ["accord.md", "reviews.toml"]


def test_what_holds_already_is_not_written_twice(folder: Path) -> None:
    run("review", str(folder), "1.1", *BY)
    before = (folder / "reviews.toml").read_bytes()
    found = run("review", str(folder), "1.1", *BY)
    assert found.exit_code == 0
    assert "1.1: reviewed already, as it stands, by `aldova` on 1 September 2026" in found.output
    assert "0 reviews were written" in found.output
    assert (folder / "reviews.toml").read_bytes() == before
    shown = record(folder, "1.1", "2.1", *BY)
    assert (len(shown["written"]), len(shown["there_already"])) == (1, 1)


def test_a_translation_is_reviewed_apart(folder: Path) -> None:
    (folder / "accord.fr.md").write_text(FRENCH, "utf-8")
    assert run("review", str(folder), "2.1", *BY, "--text", "fr").exit_code == 0
    assert "2.1: not reviewed" in listed(folder)
    assert listed(folder, "--text", "fr") == [
        "1.1 in fr: not reviewed",
        "2.1 in fr: reviewed by `aldova` on 1 September 2026",
        "reviewed: 1, stale: 0, not reviewed: 1",
    ]
    change(folder, "tout foyer", "un foyer", "accord.fr.md")
    found = run("check", str(folder)).output
    assert "W305 the words of 2.1 in fr have changed since the review" in found


def test_a_document_of_another_name_has_its_own_reviews(folder: Path) -> None:
    draft = (folder / "accord.md").rename(folder / "draft-2.md")
    assert run("review", str(draft), "1.1", *BY).exit_code == 0
    assert sorted(one.name for one in folder.iterdir()) == ["draft-2.md", "draft-2.reviews.toml"]
    assert run("review", str(draft)).output.startswith("1.1: reviewed by")


def test_a_link_is_followed(folder: Path) -> None:
    elsewhere = folder / "kept"
    elsewhere.mkdir()
    run("review", str(folder), "1.1", *BY)
    (folder / "reviews.toml").rename(elsewhere / "reviews.toml")
    (folder / "reviews.toml").symlink_to(elsewhere / "reviews.toml")
    assert run("review", str(folder), "2.1", *BY).exit_code == 0
    assert (folder / "reviews.toml").is_symlink()
    assert len(read_stamps((elsewhere / "reviews.toml").read_text("utf-8"))) == 2


REFUSED = [
    (("2.1", "--by", "jane_doe", *ON), "`jane_doe` is no office of the accord"),
    (("2.1", "--by", "Jane Doe", *ON), "never a person"),
    (("2.1", "--by", "legal of nobody", *ON), "is no office of the accord"),
    (("2.1", *ON), "say by which office: `--by`"),
    (BY, "say what was reviewed"),
    (("2.1", "--by", "aldova", "--date", "1 September"), "is not a day such as 2026-09-01"),
    (("2.1", *BY, "--note", "a\nb"), "a note is one line of at most 500 characters"),
    (("2.1", *BY, "--note", "x" * 501), "a note is one line of at most 500 characters"),
    (("2.1", *BY, "--text", "fr"), "the accord has no other text in `fr`"),
    (("2.1", *BY, "--find", "x"), "are for the list"),
    (("2.1", "--by", "aldova", "--dry-run"), "a review is written with `--by` and `--date`"),
    (("2.1", "9.9", *BY), "there is no paragraph 9.9"),
    (("9", *BY), "there is no article 9 with paragraphs"),
    (("notfy", *BY), "the accord has no clause `notfy`: did you mean `notify`?"),
    (("cluster", *BY), "`cluster` stands beside no paragraph"),
    (("2.2", *BY), "2.2 has neither a clause nor `none`"),
]


@pytest.mark.parametrize(("words", "why"), REFUSED)
def test_it_refuses_and_writes_nothing(folder: Path, words: tuple[str, ...], why: str) -> None:
    found = run("review", str(folder), *words)
    assert found.exit_code == 2
    assert why in " ".join(found.output.split())
    assert [path.name for path in folder.iterdir()] == ["accord.md"]


@pytest.mark.parametrize(
    ("old", "new", "code"), [("within: 24", "within: 25", "E301"), ("duty notify", "dty n", "E101")]
)
def test_what_check_stops_cannot_be_confirmed(folder: Path, old: str, new: str, code: str) -> None:
    change(folder, old, new)
    found = run("review", str(folder), "2.1", *BY)
    assert found.exit_code == 2
    assert f"2.1 cannot be reviewed, and nothing was written: {code}" in found.output
    assert run("review", str(folder), "1.1", *BY).exit_code == 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[review]]\nby = 7\n", "reviews.toml:1: a review lacks `paragraphs`"),
        ("x = \n", "reviews.toml:1: this is no TOML: Invalid value"),
        ("#" * 30_000, "reviews.toml:1: the line has more than 20,000 characters"),
    ],
)
def test_a_faulty_file_is_told_with_its_line_and_left(folder: Path, text: str, why: str) -> None:
    path = folder / "reviews.toml"
    path.write_text(text, "utf-8")
    for words in (["review"], ["check"], ["review", "2.1", *BY]):
        found = run(words[0], str(folder), *words[1:])
        assert found.exit_code == 2
        assert why in " ".join(found.output.split())
    assert path.read_text("utf-8") == text
    assert len(list(folder.iterdir())) == 2


def test_what_is_no_text_or_too_large_is_not_read(folder: Path) -> None:
    path = folder / "reviews.toml"
    path.mkdir()
    assert "is not a file" in run("check", str(folder)).output
    path.rmdir()
    path.write_bytes(b"\xff")
    assert "is not UTF-8 text" in run("review", str(folder)).output
    with path.open("wb") as opened:
        opened.truncate(4 * MOST_CHARACTERS + 1)
    assert "is too large" in run("review", str(folder)).output
    path.unlink()
    os.mkfifo(path)
    assert "is not a file" in run("review", str(folder)).output


def test_a_list_of_another_form_is_left_as_it_is(folder: Path) -> None:
    run("review", str(folder), "1.1", *BY)
    path = folder / "reviews.toml"
    table = path.read_text("utf-8").partition("[[review]]\n")[2].strip().replace("\n", ", ")
    path.write_text(f"review = [{{{table}}}]\n", "utf-8")
    assert run("review", str(folder)).output.startswith("1.1: reviewed by `aldova`")
    before = path.read_text("utf-8")
    assert run("review", str(folder), "2.1", *BY).exit_code == 2
    assert path.read_text("utf-8") == before


def test_two_commands_never_write_at_once(folder: Path) -> None:
    lock = folder / ".reviews.toml.lock"
    lock.touch()
    found = run("review", str(folder), "1.1", *BY)
    assert found.exit_code == 2
    assert "another command is writing reviews" in found.output
    assert lock.exists()


def test_none_of_many_writers_loses_what_another_wrote(folder: Path) -> None:
    place = accord_at(str(folder))
    offices = [f"office_{n} of aldova" for n in range(8)]
    (made,) = new_stamps(place, Wanted(("2.1",), offices[0], "2026-09-01"))[1]
    written: list[str] = []

    def write(office: str) -> None:
        for _ in range(5_000):
            try:
                write_stamps(place, [replace(made, by=office)])
            except CannotRun:
                continue
            written.append(office)
            return

    threads = [threading.Thread(target=write, args=(office,)) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == len(offices)
    assert sorted(stamp.by for stamp in place.reviews()) == offices
