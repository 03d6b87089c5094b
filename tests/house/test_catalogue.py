# SPDX-License-Identifier: Apache-2.0
"""The French catalogue is whole: every sentence has its French, with its fields and its spaces."""

from __future__ import annotations

from pathlib import Path

import pytest

import messages

SOURCE = messages.survey()
FRENCH = messages.catalogue()


def test_every_sentence_can_be_translated() -> None:
    assert SOURCE.faults == ()
    assert SOURCE.messages


def test_no_sentence_lacks_its_french_or_has_other_fields() -> None:
    assert messages.missing(FRENCH, SOURCE) == []


def test_no_message_is_fuzzy() -> None:
    assert [message.id for message in FRENCH if message.id and message.fuzzy] == []


def test_no_message_is_obsolete() -> None:
    known = {forms[0] if isinstance(forms := m.id, tuple) else forms for m in FRENCH if m.id}
    assert sorted(known - SOURCE.messages.keys()) == []
    assert not FRENCH.obsolete


def test_the_french_is_set_as_french_is() -> None:
    forms = {m.id: (m.string,) if isinstance(m.string, str) else m.string for m in FRENCH if m.id}
    ill = [place for french in forms.values() for f in french if (place := messages.ill_spaced(f))]
    assert ill == []


def test_the_file_is_as_the_script_writes_it() -> None:
    again, refused = messages.merged(FRENCH, SOURCE, french={})
    assert refused == []
    assert messages.FRENCH.read_bytes() == messages.po_bytes(again)


@pytest.mark.parametrize(
    ("french", "well"),
    [
        ("il manque : rien", False),
        ("il manque\u00a0: rien", True),
        ("quoi?", False),
        ("quoi\u202f?", True),
        ("le `a: b` de 12:30", True),
        ("«\u00a0mot\u00a0»", True),
        ("« mot\u00a0»", False),
        ("l'accord", False),
        ("l’accord `l'a`", True),
    ],
)
def test_ill_spaced(french: str, *, well: bool) -> None:
    assert (messages.ill_spaced(french) is None) is well


def test_a_template_that_is_no_literal_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "pratique"
    folder.mkdir()
    (folder / "a.py").write_text('say("one {n}" " two")\nsay(f"x{y}")\nsay(t)\nsay_count("a", b)\n')
    found = messages.survey(folder)
    assert list(found.messages) == ["one {n} two"]
    assert [fault.split(":")[1] for fault in found.faults] == ["2", "3", "4"]


@pytest.mark.parametrize(
    ("english", "french", "why"),
    [
        (("{a} of {b}",), ("{a} sur {b}",), None),
        (("{a} of {b}",), ("{a}",), "fields differ: ['b']"),
        (("one", "{n} many"), ("un", "{n} plusieurs"), None),
        (("one", "{n} many"), ("un",), "2 form(s) in English, 1 in French"),
        (("x",), ("",), "a form is empty"),
        (("x",), ("{a.b}",), "a template's field is a plain name: '{a.b}'"),
    ],
)
def test_refusal(english: tuple[str, ...], french: tuple[str, ...], why: str | None) -> None:
    assert messages.refusal(english, french) == why


def test_merge_keeps_what_is_there_and_drops_what_is_said_no_more() -> None:
    said = {
        text: messages.Message((text,), frozenset({"pratique/a.py"})) for text in ("kept", "new")
    }
    old, _ = messages.merged(
        messages.catalogue(Path("absent.po")),
        messages.Survey({**said, "gone": messages.Message(("gone",), frozenset({"m"}))}, ()),
        french={"kept": ("gardé",), "gone": ("parti",)},
    )
    source = messages.Survey(said, ())
    given = {"kept": ("autre",), "new": ("neuf",), "gone": ("parti",)}
    new, refused = messages.merged(old, source, french=given)
    assert messages.forms_of(new, "kept") == ("gardé",)
    assert messages.forms_of(new, "new") == ("neuf",)
    assert messages.forms_of(new, "gone") is None
    assert refused == ["'gone': nothing in the source says it"]
    replaced, _ = messages.merged(old, source, french=given, replace=True)
    assert messages.forms_of(replaced, "kept") == ("autre",)
