# SPDX-License-Identifier: Apache-2.0
"""What a translation calls the clauses: read, found fault with, and used where clauses are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.accord.check import Checked, check
from pratique.accord.check.catalogue.examples import NOTIFY, NOTIFY_WORDS, accord_with, french_with
from pratique.accord.compile import compile_accord
from pratique.accord.document import read_document
from pratique.accord.kinds.case import Case
from pratique.accord.labels import MOST_LABEL, is_label, read_labels, relabelled, takes_label
from pratique.accord.model import read_accord
from pratique.accord.program import Program, spoken
from pratique.accord.weave.html import sheet_html
from pratique.accord.words.readback.clauses import readback
from pratique.base.text import render
from pratique.cli.methods import methods
from weaves import sheet_of

ACCORD = accord_with(NOTIFY_WORDS, NOTIFY)
WORDS = "Chaque Partie notifie tout foyer inhabituel dans un délai de 24 heures."
ACCORDS = Path(__file__).parents[3] / "accords"


def text(*labels: str) -> str:
    """Return a French text with a block of labels."""
    return "\n".join([french_with(WORDS), "## Annexe", "", "```labels", *labels, "```", ""])


def checked(*labels: str) -> Checked:
    return check(ACCORD, translations={"fr": text(*labels)})


def test_a_label_is_read_with_its_line_and_is_no_finding() -> None:
    labels = read_labels(read_document(text("notify: avis : d’un foyer ", "")))
    assert labels.given == {"notify": "avis : d’un foyer"}
    line = labels.lines["notify"]
    assert text("notify: avis").split("\n")[line - 1] == "notify: avis"
    assert (labels.twice, labels.unread) == ((), ())
    assert checked("notify: avis d’un foyer").findings == ()


def test_a_text_without_a_block_and_a_block_of_another_name_have_no_labels() -> None:
    assert not read_labels(read_document(french_with(WORDS))).given
    other = text("notify: avis").replace("```labels", "```text")
    assert not read_labels(read_document(other)).given


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (("notifi: avis",), "`notifi` among the labels in fr is no clause that takes one"),
        (("notify: avis", "notify: autre"), "the labels in fr give `notify` twice"),
        (("notify",), "`notify` among the labels in fr cannot be read"),
        (("notify:",), "`notify:` among the labels in fr cannot be read"),
        (("Notify: avis",), "`Notify: avis` among the labels in fr cannot be read"),
    ],
)
def test_what_is_amiss_is_found(labels: tuple[str, ...], said: str) -> None:
    (finding,) = checked(*labels).findings
    assert finding.code == "W304"
    assert render(finding.sentence) == said
    assert finding.note is not None
    line = text(*labels).split("\n").index(labels[-1]) + 1
    assert render(finding.note) == f"there it is on line {line}"


def test_an_unknown_name_is_told_of_a_near_one() -> None:
    (finding,) = checked("notifi: avis").findings
    assert finding.help is not None
    assert render(finding.help) == "did you mean `notify`?"


def test_of_a_name_twice_the_first_holds() -> None:
    accord = relabelled(read_accord(ACCORD), text("notify: avis", "notify: autre"))
    assert accord.label("notify") == "avis"


@pytest.mark.parametrize(
    "label",
    ["a" * (MOST_LABEL + 1), "a\x1b[2Jb", "a\u202eb", "a\u2066b", "a\ue000b", "a\u2028b"],
)
def test_a_label_that_is_long_or_has_what_is_not_seen_is_refused(label: str) -> None:
    assert not is_label(label)
    assert len(read_labels(read_document(text(f"notify: {label}"))).unread) == 1


def test_a_label_may_be_of_any_script() -> None:
    assert all(map(is_label, ("إخطار", "通知", "حالت\u200cها", "a" * MOST_LABEL)))


@given(st.text(max_size=200))
def test_any_block_is_read_without_raising(block: str) -> None:
    labels = read_labels(read_document(text(block)))
    assert all(is_label(label) for label in labels.given.values())
    relabelled(read_accord(ACCORD), text(block))


def test_only_labels_change_and_a_name_without_one_stays() -> None:
    accord = read_accord(ACCORD)
    french = relabelled(accord, text("notify: avis", "nobody: personne"))
    assert french.translated == {"notify"}
    assert french.label("notify") == "avis"
    assert french.typed["notify"].source is accord.typed["notify"].source
    assert {n: c for n, c in french.typed.items() if n != "notify"} == {
        n: c for n, c in accord.typed.items() if n != "notify"
    }
    assert relabelled(accord, "").typed == accord.typed


def test_a_reading_and_a_program_use_them() -> None:
    accord = read_accord(ACCORD)
    translation = text("notify: avis d’un foyer")
    assert readback("notify", relabelled(accord, translation)).label == "avis d’un foyer"
    program = compile_accord(accord)
    assert isinstance(program, Program)
    french = spoken(program, translation)
    assert french.duties["notify"].label == french.accord.label("notify") == "avis d’un foyer"
    assert french.order == program.order


def test_a_woven_page_does_not_mark_them_as_the_accords_language() -> None:
    page = sheet_html(sheet_of(ACCORD, "fr", text("notify: avis d’un foyer <b>")))
    assert "<b>Avis d’un foyer &lt;b&gt;</b>" in page
    without = sheet_html(sheet_of(ACCORD, "fr", french_with(WORDS)))
    assert '<b><bdi lang="en">Notify</bdi></b>' in without


@pytest.mark.parametrize("name", ["mano-river", "three-rivers"])
def test_the_french_of_a_shipped_accord_names_every_clause_but_the_cases(name: str) -> None:
    folder = ACCORDS / name
    accord = read_accord((folder / "accord.md").read_text("utf-8"), methods())
    labels = read_labels(read_document((folder / "accord.fr.md").read_text("utf-8")))
    assert (labels.twice, labels.unread) == ((), ())
    assert labels.given.keys() == {one for one in accord.typed if takes_label(one, accord)}
    assert not any(isinstance(accord.typed[one], Case) for one in labels.given)
    assert not any("'" in label for label in labels.given.values())
