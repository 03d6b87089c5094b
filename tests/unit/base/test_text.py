# SPDX-License-Identifier: Apache-2.0
"""Sentences: fields by type and language, plurals, French, the pseudo-language, hostile values."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base import catalogue as catalogue_module
from pratique.base.catalogue import catalogue
from pratique.base.duration import Duration
from pratique.base.text import (
    PSEUDO,
    Code,
    Either,
    Sentence,
    direction,
    languages,
    render,
    say,
    say_count,
    template_fields,
    words,
)

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("as is", "as is", "as is"),
        (40_000, "40,000", f"40{NARROW}000"),
        (np.int64(1_234), "1,234", f"1{NARROW}234"),
        (-5, "-5", "-5"),
        (Decimal("1234.50"), "1,234.50", f"1{NARROW}234,50"),
        (Decimal("0.123456"), "0.123456", "0,123456"),
        (0.25, "0.25", "0,25"),
        (float("nan"), "NaN", "NaN"),
        (True, "yes", "oui"),
        (date(2014, 7, 16), "16 July 2014", "16 juillet 2014"),
        (
            datetime(2014, 7, 16, 6, 10, tzinfo=UTC),
            "16 July 2014, 06:10 UTC",
            "16 juillet 2014, 06:10 UTC",
        ),
        (Duration(48, "hours"), "48 hours", "48 heures"),
        (Duration(1, "weeks"), "1 week", "1 semaine"),
        (("a", 2, Code("c")), "a, 2 and `c`", "a, 2 et `c`"),
        (["a", "b"], "a and b", "a et b"),
        (("a",), "a", "a"),
        ((), "", ""),
        (Either(("a", "b", "c")), "a, b or c", "a, b ou c"),
    ],
)
def test_a_field_is_written_as_its_language_writes_it(
    value: object, english: str, french: str
) -> None:
    assert words(value) == english
    assert words(value, "fr") == french


@pytest.mark.parametrize(
    ("n", "english", "french"),
    [
        (0, "0 days", "0 jour"),
        (1, "1 day", "1 jour"),
        (2, "2 days", "2 jours"),
        (1_500, "1,500 days", f"1{NARROW}500 jours"),
    ],
)
def test_each_language_has_its_own_plurals(n: int, english: str, french: str) -> None:
    counted = say_count("{n} day", "{n} days", n=n)
    assert render(counted) == english
    assert render(counted, "fr") == french


def test_a_sentence_in_a_field_is_rendered_in_the_same_language() -> None:
    outer = say("{a}: {b}", a=say("yes"), b=Duration(2, "days"))
    assert str(outer) == "yes: 2 days"
    assert render(outer, "fr") == "oui: 2 jours"


def test_a_message_without_french_falls_back_to_english() -> None:
    assert render(say("no such message, {when}", when=date(2026, 1, 2)), "fr") == (
        "no such message, 2 janvier 2026"
    )


@pytest.mark.parametrize("language", ["xx", "../fr", "fr/../fr", ""])
def test_an_unknown_language_is_refused(language: str) -> None:
    with pytest.raises(ValueError, match="no language"):
        render(say("yes"), language)


def test_a_regional_tag_reads_its_language() -> None:
    assert render(say("yes"), "fr-SN") == "oui"
    assert render(say("yes"), "en-GB") == "yes"
    assert words(1_000, "fr-SN") == f"1{NARROW}000"


def test_languages_are_those_with_a_catalogue_and_english() -> None:
    assert languages()[:2] == ("en", "fr")


def test_a_fuzzy_message_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '#, fuzzy\nmsgid "yes"\nmsgstr "peut-être"\n\nmsgid "no"\nmsgstr "non"\n'
    (tmp_path / "fr.po").write_text('msgid ""\nmsgstr ""\n"Language: fr\\n"\n\n' + text)
    monkeypatch.setattr(catalogue_module, "FOLDER", tmp_path)
    assert catalogue("fr").template("yes", None) is None
    assert catalogue("fr").template("no", None) == "non"


@pytest.mark.parametrize(
    "template", ["{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{}", "{0}", "{A}", "{a", "a}", "{__x__}"]
)
def test_a_template_knows_plain_names_only(template: str) -> None:
    with pytest.raises(ValueError, match=r"plain name|'\{'|'\}'"):
        say(template, a="x", b="y")


def test_a_field_without_a_value_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="no value for"):
        say("{here} and {there}", here=1)
    with pytest.raises(ValueError, match="no value for"):
        say_count("one {what}", "{n} {what}", n=2)


@given(st.text())
def test_what_stands_in_a_field_is_never_read_as_a_template(value: str) -> None:
    for language in ("en", "fr"):
        assert render(say("<{value}>", value=value), language) == f"<{value}>"
        assert render(say("{a}{b}", a="{b}", b=value), language) == "{b}" + value


def test_braces_can_be_said() -> None:
    assert str(say("{{{name}}}", name="x")) == "{x}"


@pytest.mark.parametrize(
    ("spelling", "shown"),
    [
        ("mano_river", "`mano_river`"),
        ("a\u202eb", "`a\\u202eb`"),
        ("a\x1b[31m\n", "`a\\x1b[31m\\n`"),
        ("a`b", "`` a`b ``"),
        ("Côte", "`Côte`"),
    ],
)
def test_a_code_is_set_in_backticks_and_shows_what_hides(spelling: str, shown: str) -> None:
    assert words(Code(spelling)) == shown


def test_the_pseudo_language_runs_right_to_left_and_is_longer() -> None:
    template = "within {span}, see `pratique check`"
    shown = render(say(template, span="48 hours"), PSEUDO)
    assert shown[0] == "\u202b"
    assert shown[-1] == "\u202c"
    assert "48 hours" in shown
    assert "`pratique check`" in shown
    assert "within" not in shown
    assert len(shown) >= 1.2 * len(template)


@given(st.text(st.sampled_from("abc {}`.xyz"), max_size=30))
def test_the_pseudo_language_keeps_every_field(template: str) -> None:
    try:
        fields = template_fields(template)
    except ValueError:
        return
    marks = {name: f"⟦{name}⟧" for name in fields}
    plain = str(say(template, **marks))
    shown = render(say(template, **marks), PSEUDO)
    assert all(shown.count(mark) == plain.count(mark) for mark in marks.values())


@pytest.mark.parametrize(
    ("language", "way"),
    [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl"), (PSEUDO, "rtl")],
)
def test_direction(language: str, way: str) -> None:
    assert direction(language) == way


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        words(datetime(2026, 1, 1))  # noqa: DTZ001


def test_english_needs_no_babel() -> None:
    code = (
        "import sys, datetime; from pratique.base.text import say; "
        "str(say('{a} {b}', a=40000, b=datetime.date(2014, 7, 16))); "
        "print([name for name in sys.modules if name.startswith('babel')])"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout == "[]\n"


def test_sentences_are_values() -> None:
    assert say("{a}", a=1) == Sentence("{a}", {"a": 1})
    assert render("plain text stays {as} it is", "fr") == "plain text stays {as} it is"
