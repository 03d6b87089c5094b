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
from pratique.accord.kinds.procedure import Procedure
from pratique.accord.labels import MOST_LABEL, is_label, read_labels, relabelled, takers
from pratique.accord.model import Accord, read_accord
from pratique.accord.program import Program, spoken
from pratique.accord.weave.html import sheet_html
from pratique.accord.weave.sheet import Row
from pratique.accord.weave.weaving import woven
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
        (("notifi: avis",), "`notifi` among the labels in fr is no name or part of a clause"),
        (
            ("notify.may: avis",),
            "`notify.may` among the labels in fr is no name or part of a clause",
        ),
        (
            ("aldova.must: x",),
            "`aldova.must` among the labels in fr is no name or part of a clause",
        ),
        (("notify.must.x: avis",), "`notify.must.x: avis` among the labels in fr cannot be read"),
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
    (finding,) = checked("notify.most: notifier").findings
    assert render(finding.help or "") == "did you mean `notify.must`?"
    (finding,) = checked("zzz: rien").findings
    assert render(finding.help or "").startswith("labels are for clauses,")


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


FILE = """
duty notify "notice"
  on: cluster
  by: that party
  must: notify the cluster
  within: 24 hours
procedure request "request"
  opened by: any party
  asks: wanted: count
  step review: by aldova, within 2 days, gives answer: one of yes_of_course, not_now
  step send: by aldova, within 2 days of review
  ends: turned_down at review when answer = not_now; done_with at send
case quick_answer
  given: request opened by brenia on day 1 with wanted = 3
         review of request done by aldova on day 2 with answer = not_now
  expect: turned_down of request done at brenia on day 2
"""
LABELS = (
    "aldova: l’Aldovie",
    "brenia: le Brenia",
    "notify: la notification d’un foyer",
    "notify.must: notifier le foyer en 24 heures",
    "request: la demande",
    "review: l’examen",
    "send: l’envoi",
    "request.answer: la réponse",
    "not_now: pas encore",
    "yes_of_course: oui",
    "turned_down: rejet",
    "done_with: fin",
    "wanted: la quantité",
    "quick_answer: La réponse est rapide",
)


@pytest.fixture
def french() -> Accord:
    """An accord whose procedure, duty and case a translation names."""
    return relabelled(read_accord(accord_with(NOTIFY_WORDS, FILE)), text(*LABELS))


def read_in(name: str, accord: Accord) -> str:
    sentences = [render(one, "fr") for one in readback(name, accord).sentences]
    return " ".join(sentences).replace("\u00a0", " ")


def test_what_takes_a_label_is_told_apart_from_what_does_not(french: Accord) -> None:
    known = takers(french)
    assert {"notify", "notify.must", "request.review", "review", "quick_answer"} <= known.keys()
    assert not {"notify.must_not", "request.must", "review.request", "aldova.chair"} & known.keys()
    assert known["notify"]
    assert known["request.review"]
    assert not known["notify.must"]
    assert not known["quick_answer"]


def test_the_words_of_a_duty_and_a_case_are_said(french: Accord) -> None:
    assert "Obligation pour cette Partie : notifier le foyer en 24 heures." in read_in(
        "notify", french
    )
    case = french.typed["quick_answer"]
    assert isinstance(case, Case)
    # A name of a case is a sentence: its article is no article of a label.
    assert (case.label, getattr(case.label, "article", None)) == ("La réponse est rapide", "")


def test_parts_of_a_procedure_are_called_so_and_what_is_run_is_not(french: Accord) -> None:
    procedure = french.typed["request"]
    assert isinstance(procedure, Procedure)
    parts = ("review", "answer", "not_now", "turned_down")
    assert [procedure.part_label(part) for part in parts] == [
        "examen", "réponse", "pas encore", "rejet"
    ]  # fmt: skip
    assert [step.name for step in procedure.steps] == ["review", "send"]
    plain = read_accord(accord_with(NOTIFY_WORDS, FILE)).typed["request"]
    assert isinstance(plain, Procedure)
    assert plain.part_label("turned_down") == "turned down"


def test_a_glossary_says_what_the_parts_are_called(french: Accord) -> None:
    glossary = readback("request", french).glossary
    assert glossary is not None
    said = render(glossary, "fr").replace("\u00a0", " ")
    assert "`review` (« examen »)" in said
    assert "`answer` (« réponse »)" in said


def test_within_a_clause_its_own_label_goes_before_the_general_one() -> None:
    labels = ("review: l’examen", "request.review: la revue")
    accord = relabelled(read_accord(accord_with(NOTIFY_WORDS, FILE)), text(*labels))
    procedure = accord.typed["request"]
    assert isinstance(procedure, Procedure)
    assert procedure.part_label("review") == "revue"


def test_a_woven_page_says_labels_with_their_articles_and_headings_without() -> None:
    accord = accord_with(NOTIFY_WORDS, FILE)
    page = sheet_html(sheet_of(accord, "fr", text(*LABELS))).replace("\u00a0", " ")
    assert "<b>Notification d’un foyer</b>" in page
    assert ": notifier le foyer en " in page
    assert 'lang="en">notify the cluster' not in page
    assert "à compter de l’examen" in page
    assert 'Étape 1, <bdi class="term">examen</bdi> : par l’Aldovie.' in page
    assert 'si la réponse est <bdi class="term">pas encore</bdi>' in page
    assert "<b>La réponse est rapide</b>" in page
    assert "ouverture par le Brenia d’un dossier « demande » (quantité : 3)" in page


def test_a_figure_in_translated_words_leads_to_the_prose() -> None:
    accord = accord_with(NOTIFY_WORDS, FILE)
    page = sheet_html(sheet_of(accord, "fr", text(*LABELS))).replace("\u00a0", " ")
    place = page.index("notifier le foyer en ")
    assert page[place:].startswith('notifier le foyer en <a class="fig"')


@pytest.mark.parametrize("name", ["mano-river", "three-rivers"])
def test_the_french_of_a_shipped_accord_names_all_that_stands_in_its_readings(name: str) -> None:
    folder = ACCORDS / name
    accord = read_accord((folder / "accord.md").read_text("utf-8"), methods())
    labels = read_labels(read_document((folder / "accord.fr.md").read_text("utf-8")))
    assert (labels.twice, labels.unread) == ((), ())
    known = takers(accord)
    assert labels.given.keys() <= known.keys()
    # What is said for all clauses need not be said within one.
    lacking = {one for one in known if one not in labels.given}
    assert not {one for one in lacking if one.partition(".")[2] not in labels.given}
    assert not any("'" in label for label in labels.given.values())


@pytest.mark.parametrize("name", ["mano-river", "three-rivers"])
def test_a_shipped_accord_is_woven_in_french_without_words_of_the_clauses(name: str) -> None:
    folder = ACCORDS / name
    source, translation = ((folder / f).read_text("utf-8") for f in ("accord.md", "accord.fr.md"))
    checked_ = check(source, methods=methods(), translations={"fr": translation})
    sheet = woven(checked_, language="fr", translation=translation)
    runs = [
        run
        for block in sheet.blocks
        if isinstance(block, Row)
        for one in block.readings
        for line in (*one.lines, one.further, (one.label,))
        for run in line
    ]
    assert not [run.text for run in runs if run.nature in ("name", "term", "words")]
    assert not [case.name for case in sheet.cases if case.label.nature != "plain"]
    said = "".join(run.text for run in runs)
    for wrong in (" de le ", " de les ", " à le ", " à les ", " que il ", " le le ", " la la "):
        assert wrong not in said
