# SPDX-License-Identifier: Apache-2.0
"""Labels with their articles: in a sentence, alone, after prepositions, in lists."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.base.label import Label, label_of, settled
from pratique.base.text import Bare, Code, Either, render, say, words


def label(text: str) -> Label:
    return label_of(text, "fr")


@pytest.mark.parametrize(
    ("text", "article", "noun"),
    [
        ("le Secrétariat", "le ", "Secrétariat"),
        ("la Guinée", "la ", "Guinée"),
        ("les Parties hôtes", "les ", "Parties hôtes"),
        ("l’Université", "l’", "Université"),
        ("l'Université", "l’", "Université"),
        ("Aldova", "", "Aldova"),
        ("La Haye", "", "La Haye"),
        ("lettre", "", "lettre"),
        ("le", "", "le"),
        ("le ", "", "le "),
    ],
)
def test_the_article_of_a_label_is_taken_apart(text: str, article: str, noun: str) -> None:
    assert (label(text).article, label(text)) == (article, noun)


def test_of_a_language_whose_articles_are_not_known_a_label_is_as_written() -> None:
    assert label_of("el Consejo", "es") == "el Consejo"
    assert label_of("le Conseil", "en").article == ""
    assert label_of("le Conseil", "fr-SN").article == "le "


def test_a_label_is_a_text_and_survives_copying() -> None:
    one = label("le Conseil")
    assert one == "Conseil"
    assert {one: 1}["Conseil"] == 1
    assert copy.deepcopy(one).article == pickle.loads(pickle.dumps(one)).article == "le "


def test_an_article_is_said_in_a_sentence_and_not_alone() -> None:
    council = label("le Conseil")
    assert render(say("Obligation pour {who}.", who=council), "fr") == "Obligation pour le Conseil."
    assert words(council, "fr") == "Conseil"
    assert render(say("{who}", who=Bare(council)), "fr") == "Conseil"
    assert render(say("{who}", who=Bare(Code("council"))), "fr") == "`council`"


@pytest.mark.parametrize(
    ("template", "text", "said"),
    [
        ("les sièges de {x}", "le Conseil", "les sièges du Conseil"),
        ("les sièges de {x}", "les Parties", "les sièges des Parties"),
        ("les sièges de {x}", "la Guinée", "les sièges de la Guinée"),
        ("les sièges de {x}", "l’Union", "les sièges de l’Union"),
        ("les sièges de {x}", "Aldova", "les sièges d’Aldova"),
        ("les sièges de {x}", "Brenia", "les sièges de Brenia"),
        ("les sièges de {x}", "État hôte", "les sièges d’État hôte"),
        ("les sièges de {x}", "hôpitaux", "les sièges d’hôpitaux"),
        ("les sièges de {x}", "huit Parties", "les sièges de huit Parties"),
        ("les sièges de {x}", "handicapés", "les sièges de handicapés"),
        ("les sièges de {x}", "onze Parties", "les sièges de onze Parties"),
        ("recours à {x}", "le Fonds", "recours au Fonds"),
        ("recours à {x}", "les Fonds", "recours aux Fonds"),
        ("recours à {x}", "l’appel", "recours à l’appel"),
        ("recours à {x}", "Aldova", "recours à Aldova"),
        ("jusqu’à {x}", "le retrait", "jusqu’au retrait"),
        ("De {x}", "le Conseil", "Du Conseil"),
        ("ce que {x} doit", "Aldova", "ce qu’Aldova doit"),
        ("ce que {x} doit", "le Conseil", "ce que le Conseil doit"),
        ("lorsque {x} tarde", "Aldova", "lorsqu’Aldova tarde"),
        ("un code {x}", "le Conseil", "un code le Conseil"),
    ],
)
def test_the_word_before_a_label_meets_its_article(template: str, text: str, said: str) -> None:
    assert render(say(template, x=label(text)), "fr") == said


def test_a_preposition_is_said_before_each_of_a_list() -> None:
    listed = [label("le Conseil"), label("l’Union"), label("les Parties")]
    assert render(say("envers {x}", x=listed), "fr") == "envers le Conseil, l’Union et les Parties"
    said = render(say("les voix de {x}", x=listed), "fr")
    assert said == "les voix du Conseil, de l’Union et des Parties"
    either = Either((label("le Conseil"), label("Aldova")))
    assert render(say("dû à {x}", x=either), "fr") == "dû au Conseil ou à Aldova"


def test_what_opens_a_text_before_a_colon_is_a_heading() -> None:
    council, sum_ = label("le Conseil"), label("la somme")
    assert render(say("{x}\u00a0: {y}", x=council, y=sum_), "fr") == "Conseil\u00a0: la somme"
    cited = say("{x} (2.1)", x=council)
    assert render(say("{x}: {y}", x=cited, y=sum_), "fr") == "Conseil (2.1): la somme"
    told = say("{x}\u00a0: {y}", x=council, y=sum_)
    assert render(say("2014 {x}", x=told), "fr") == "2014 Conseil\u00a0: la somme"
    assert render(say("Hier, {x}\u00a0: {y}", x=council, y=sum_), "fr") == (
        "Hier, le Conseil\u00a0: la somme"
    )


def test_labels_of_two_phrases_are_no_list() -> None:
    phrases = [
        say("fin de {x}", x=label("le Fonds")),
        say("{x} naît", x=label("le droit")),
    ]
    assert render(say("{x}", x=phrases), "fr") == "fin du Fonds et le droit naît"


def test_nothing_but_labels_is_contracted() -> None:
    assert render(say("de {x} à {y}", x="le Conseil", y="les Parties"), "fr") == (
        "de le Conseil à les Parties"
    )
    assert render(say("de {x}", x=Code("emergency")), "fr") == "de `emergency`"
    english = render(say("of {x} de {x}", x=label("le Conseil")), "en")
    assert english == "of le Conseil de le Conseil"


@given(st.text(), st.sampled_from(["fr", "en"]))
def test_any_text_is_settled_without_raising(text: str, language: str) -> None:
    assert isinstance(settled(f"\ue0f0{text}\ue0f1a\ue0f2b", language), str)
    if not any("\ue0f0" <= one <= "\ue0f5" for one in text):
        assert settled(text, language) == text
        assert text in render(say("de {x}", x=Label(f"x{text}", "le ")), language)
