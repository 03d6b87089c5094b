# SPDX-License-Identifier: Apache-2.0
"""Akoma Ntoso: valid by the official schema, word for word, ids that stay."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from generative.accords import accord_of
from generative.conditions import numbered
from generative.methods import REGISTRY
from pratique.accord.document import read_document
from pratique.accord.model import Accord, read_accord
from pratique.exchange.akn import akoma_ntoso
from pratique.exchange.akn.identifiers import Identifiers
from pratique.exchange.akn.identity import Days, language_code
from pratique.exchange.akn.outline import fences_of
from pratique.exchange.akn.references import references
from unit.exchange.akn_reading import (
    AKN,
    OWN,
    blocks_of,
    element,
    faults,
    ids,
    prose_of,
    tree_of,
    words_of,
    words_of_markdown,
)

SHIPPED = ("mano-river", "three-rivers")
LANGUAGES = ("en", "fr")
FRONT = "---\naccord: Small Accord\ndraft: 1\ndate: 2026-02-03\nlanguage: en\n---\n\n"
SMALL = f"""{FRONT}# Small Accord

The Parties agree.

# Part I — Aid

## Article 1 — Parties

1. The Parties are Aldova and Brenia. The "Fund" is theirs.
2. As Article 2 says.

```accord 1.1
party aldova, brenia # two

# the money
pool fund: money USD
  from: USD 5 per year
```

```accord 1.2 none
```

## Article 2 — Times

1. In time. {{more}}

A note on paragraph 1.

2. Later.

# Part II — End

## Article 3 — End

1. It ends.

## Annex — Cases

```accord
case one
  given: nothing
```
"""


@cache
def source(name: str, language: str) -> str:
    """Return the text of a shipped accord in a language."""
    ending = "" if language == "en" else f".{language}"
    return (ROOT / "accords" / name / f"accord{ending}.md").read_text("utf-8")


@cache
def shipped(name: str) -> Accord:
    """Return a shipped accord."""
    return read_accord(source(name, "en"))


@cache
def exported(name: str, language: str) -> bytes:
    """Return a shipped accord in a language as Akoma Ntoso."""
    others = {"fr": source(name, "fr")}
    return akoma_ntoso(shipped(name), language=language, translations=others)


def small(more: str = "", **options: object) -> bytes:
    """Return the small accord, with words added to its paragraph 2.1."""
    return akoma_ntoso(read_accord(SMALL.replace("{more}", more)), **options)  # type: ignore[arg-type]


# --- the shipped accords --------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_accord_is_valid_and_the_same_each_time(name: str, language: str) -> None:
    others = {"fr": source(name, "fr")}
    octets = exported(name, language)
    assert faults(octets) == []
    assert akoma_ntoso(shipped(name), language=language, translations=others) == octets


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_word_stands_in_its_order(name: str, language: str) -> None:
    """The dash that parts a heading's number from its words is the only thing left out."""
    expected = [word for word in words_of_markdown(source(name, language)) if word != "—"]
    found = [word for word in words_of(tree_of(exported(name, language))) if word != "—"]
    assert len(expected) > 400
    assert found == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_paragraph_stands_under_its_own_id(name: str, language: str) -> None:
    tree = tree_of(exported(name, language))
    document = read_document(source(name, language))
    assert document.articles
    for article in document.articles:
        heading = element(tree, f"art_{article.number}__heading")
        assert "".join(heading.itertext()) == article.title
    for paragraph in document.paragraphs():
        found = element(tree, f"art_{paragraph.article}__para_{paragraph.number}")
        assert prose_of(found) == paragraph.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_block_of_clauses_stands_word_for_word(name: str, language: str) -> None:
    accord, tree = shipped(name), tree_of(exported(name, language))
    expected = ["\n".join(fence.lines) for fence in accord.document.fences]
    found = [lines for _, lines in blocks_of(tree)]
    # In the other language the annex's blocks are no part of its text, and all stand together.
    assert found == expected
    if language == "en":
        assert [opening for opening, _ in blocks_of(tree)] == [
            node.info.strip() for node in fences_of(accord.document)
        ]
        clauses = [str(one.get("names")) for one in tree.iter(OWN + "clause")]
        assert clauses == [" ".join(n.word for n in clause.names) for clause in accord.clauses]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_no_id_stands_twice_and_each_pointer_finds_one(name: str, language: str) -> None:
    tree = tree_of(exported(name, language))
    there = set(ids(tree))
    assert len(there) == len(ids(tree))
    pointers = [
        one.removeprefix("#")
        for found in tree.iter()
        for key in ("href", "refersTo", "as", "source", "of")
        for one in str(found.get(key) or "").split()
        if one.startswith("#")
    ]
    assert len(pointers) > 50
    assert set(pointers) <= there


def test_what_the_standard_says_must_have_an_id_has_one() -> None:
    tree = tree_of(exported("mano-river", "en"))
    wanted = "article part paragraph hcontainer content heading recitals recital ref term party"
    without = [
        one.tag
        for tag in f"{wanted} container attachment TLCConcept TLCOrganization TLCRole".split()
        for one in tree.iter(AKN + tag)
        if not one.get("eId")
    ]
    assert without == []


def test_both_languages_are_one_work_with_the_same_provisions() -> None:
    english, french = (tree_of(exported("mano-river", language)) for language in LANGUAGES)
    works = {
        str(tree.find(f".//{AKN}FRBRWork/{AKN}FRBRuri").get("value")) for tree in (english, french)
    }
    assert works == {"/akn/xx/act/treaty/2026/mano-river-health-security-accord"}
    uri = french.find(f".//{AKN}FRBRExpression/{AKN}FRBRuri").get("value")
    assert uri == f"{works.pop()}/fra@2026-11-22"
    provisions = re.compile(r"art_\d+(__para_\d+)?\Z")
    one, other = ([i for i in ids(tree) if provisions.match(i)] for tree in (english, french))
    assert len(one) == 201
    assert one == other


def test_the_references_of_a_shipped_accord_are_to_its_own_articles() -> None:
    """All that name an article, but for those of other texts (`Article 6 of the …`)."""
    tree = tree_of(exported("mano-river", "en"))
    found = [
        ("".join(one.itertext()), str(one.get("href")))
        for one in tree.iter(AKN + "ref")
        if "aragraph" not in "".join(one.itertext())
    ]
    assert found == [
        ("Articles 4", "#art_4"), ("7", "#art_7"), ("Article 4", "#art_4"),
        ("Article 7", "#art_7"), ("Article 25", "#art_25"), ("Article 10", "#art_10"),
        ("Article 21", "#art_21"), ("Article 16", "#art_16"), ("Article 8", "#art_8"),
    ]  # fmt: skip


# --- random accords, hostile prose ----------------------------------------------------------------


@pytest.mark.parametrize("number", range(50))
def test_a_random_accord_is_valid_and_keeps_its_clauses(number: int) -> None:
    accord = read_accord(accord_of(numbered(number)), methods=REGISTRY)
    tree = tree_of(akoma_ntoso(accord))
    (fence,) = accord.document.fences
    assert blocks_of(tree) == [("accord 1.1", "\n".join(fence.lines))]


HOSTILE = (
    "]]> <!-- & --> <script>alert(1)</script> &lt; &amp;amp; <?php ?> \"'",
    "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]> &e; %e;",
    "\x01\x02\x0b\x1f\x7f\x85 \ud800 \ufffe \uffff \U0001f600 \u202e",
    "[a](javascript:alert(1)) [b](<http://[::z]/ x#y#z>) ![c](data:text/html,x) [d](%zz) [e](#a)",
    "# Article 1\n\n## Article 1 — again\n\n1. one\n1. two\n\n## Article 1 — again\n\n1. one",
    "```accord 9.9\nparty x\n```\n\n```accord 3-5\nduty é\n\n```\n\n```python\nx < 1 && y\n```",
    "> - a\n>   1. b\n>\n>          code\n>\n> * * *\n\n- ```accord\n  case x\n    given: y\n  ```",
    "## Annex\n\nx\n\n# Article 4\n\n1. y\n\n# Part I\n\n## Chapter 2 – *z*\n\n### d\n\n## Annex",
    "Setext\n======\n\nline  \nbreak\\\nmore **bold *both* `code < 1`** ![alt *x*](p.png \"t\")",
    "## Preamble\n\n# Part I\n\n## Article 3\n\n# Part II\n\n```accord 3.1\n```",
    "",
)  # fmt: skip


@pytest.mark.parametrize("prose", HOSTILE)
def test_hostile_prose_is_valid_and_its_words_are_kept(prose: str) -> None:
    text = (
        f"{FRONT}# Title\n\n{prose}\n\n## Article 7 — Last\n\n1. {prose}\n\n## Annex\n\n{prose}\n"
    )
    tree = tree_of(akoma_ntoso(read_accord(text)))
    legal = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    dashes = ("—", "–")
    expected = sorted(word for word in words_of_markdown(legal) if word not in dashes)
    assert sorted(word for word in words_of(tree) if word not in dashes) == expected
    assert len(set(ids(tree))) == len(ids(tree))


PIECES = (
    "# ", "## ", "Article 1", " — ", "Part II", "\n", "\n\n", "1. ", "- ", "> ", "`", "*", "_", "[",
    "](", ")", "```accord 1.1", "```accord", "```", "party a, b", "  in: c", "paragraph 1", "---",
    "accord: x", "date: 2026-02-31", "language: é!", "&", "<", "]]>", "\x00", "\x07", "\r", "\t",
    "    ", "Annex", "Preamble", "\\", "é", "ⴰ", "http://", "%", "#",
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40), st.booleans())
def test_any_text_at_all_is_valid(pieces: list[str], with_front: bool) -> None:
    text = (FRONT if with_front else "") + "".join(pieces)
    assert faults(akoma_ntoso(read_accord(text))) == []


def test_what_is_hostile_in_the_front_matter_is_valid_too() -> None:
    text = '---\naccord: "<x>" & \x02 Ж\ndate: 2026-02-31\nlanguage: x y\ndraft: ]]>\n---\n'
    octets = akoma_ntoso(read_accord(text))
    assert faults(octets) == []
    assert b"/akn/xx/act/treaty/2026/x-" in octets


# --- ids ------------------------------------------------------------------------------------------


def test_the_ids_of_the_small_accord() -> None:
    found = [one for one in ids(tree_of(small())) if not one.endswith(("__content", "__heading"))]
    assert found == [
        "pratique", "contracting_party", "party_aldova", "party_brenia", "pool_fund",
        "preface", "preamble", "preamble__recs_1", "preamble__recs_1__rec_1", "body",
        "part_I", "art_1", "art_1__para_1", "art_1__para_1__party_1", "art_1__para_1__party_2",
        "art_1__para_1__def_1", "art_1__para_2", "art_1__para_2__ref_1",
        "art_2", "art_2__para_1", "art_2__hcontainer_1", "art_2__ref_1", "art_2__para_2",
        "part_II", "art_3", "art_3__para_1", "att_1",
    ]  # fmt: skip


def test_ids_stay_where_another_paragraph_is_edited() -> None:
    text = source("mano-river", "en")
    old = "3. The Secretariat serves the Council and the Parties, and can be reached at all hours."
    new = "3. It follows Articles 2 and 4, and paragraph 1:\n   - one\n   - two"
    assert old in text
    edited = akoma_ntoso(read_accord(text.replace(old, new)))
    before, after = (
        [one for one in ids(tree_of(octets)) if not one.startswith("art_1__para_3__")]
        for octets in (exported("mano-river", "en"), edited)
    )
    assert before == after


def test_ids_stay_where_a_paragraph_is_added_behind_and_parts_are_taken_away() -> None:
    before = ids(tree_of(small()))
    added = SMALL.replace("2. Later.", "2. Later.\n3. Later still.").replace("{more}", "")
    flat = re.sub(r"# Part .*\n", "", added)
    after = ids(tree_of(akoma_ntoso(read_accord(flat))))
    provisions = [one for one in before if one.startswith("art_")]
    assert set(provisions) < set(after)
    assert set(after) - set(before) == {"art_2__para_3", "art_2__para_3__content"}


def test_a_number_that_stands_twice_gets_ids_of_its_own() -> None:
    identifiers = Identifiers()
    wanted = ["a_1", "a_1", "a_1", "a_1-2"]
    assert [identifiers.own(one) for one in wanted] == ["a_1", "a_1-2", "a_1-3", "a_1-2-2"]


# --- what stands where ----------------------------------------------------------------------------


def test_parts_articles_notes_and_the_annex_have_their_places() -> None:
    tree = tree_of(small())
    assert "".join(element(tree, "part_I__heading").itertext()) == "Aid"
    assert element(tree, "art_2").getparent() is element(tree, "part_I")
    note = element(tree, "art_2__hcontainer_1")
    assert note.get("name") == "note"
    assert prose_of(note) == "A note on paragraph 1."
    assert element(tree, "art_2__ref_1").get("href") == "#art_2__para_1"
    cases = element(tree, "att_1").find(f".//{AKN}foreign/{OWN}clauses")
    assert "".join(cases.itertext()) == "case one\n  given: nothing"
    readings = tree.findall(f".//{AKN}otherAnalysis/{OWN}clauses")
    assert [(one.get("opening"), one.get("of")) for one in readings] == [
        ("accord 1.1", "#art_1__para_1"),
        ("accord 1.2 none", "#art_1__para_2"),
    ]
    assert "".join(readings[0].itertext()).splitlines()[1:3] == ["", "# the money"]


def test_parties_and_terms_are_marked_where_their_clauses_define_them() -> None:
    tree = tree_of(small())
    found = [
        (one.tag.removeprefix(AKN), one.text, one.get("refersTo"))
        for one in element(tree, "art_1__para_1").iter()
        if one.get("refersTo")
    ]
    assert found == [
        ("party", "Aldova", "#party_aldova"),
        ("party", "Brenia", "#party_brenia"),
        ("def", "Fund", "#pool_fund"),
    ]
    assert element(tree, "pool_fund").tag == AKN + "TLCConcept"


def test_emphasis_code_links_and_lists_are_kept() -> None:
    more = '*a* **b** `c < d` [e](https://example.org/f "g")\n   - h\n\n     i\n   - j\n     1) k'
    paragraph = element(tree_of(small(more)), "art_2__para_1")
    tags = [one.tag.removeprefix(AKN) for one in paragraph.iter() if one.tag != AKN + "p"]
    assert tags[3:7] == ["i", "b", "inline", "a"]
    assert ids(paragraph)[2:] == [
        "art_2__para_1__list_1", "art_2__para_1__list_1__item_1", "art_2__para_1__list_1__item_2",
        "art_2__para_1__list_1__item_2__list_1", "art_2__para_1__list_1__item_2__list_1__item_1",
    ]  # fmt: skip
    assert prose_of(paragraph) == "In time. a b c < d e\nh\ni\nj\nk"
    assert paragraph.find(f".//{AKN}a").get("href") == "https://example.org/f"


def test_settings_are_kept_and_a_draft_is_called_one() -> None:
    tree = tree_of(exported("mano-river", "en"))
    kept = tree.find(f".//{AKN}proprietary/{OWN}settings")
    front = read_document(source("mano-river", "en")).front
    assert dict(kept.attrib) == {key: value for key, (value, _) in front.items()}
    assert {one.get("name") for one in tree.iter(AKN + "FRBRdate")} == {"draft"}
    assert tree.find(f".//{AKN}FRBRversionNumber").get("value") == "2"


# --- names and days -------------------------------------------------------------------------------


def test_the_days_are_those_of_the_text_or_of_the_caller() -> None:
    assert set(re.findall(rb'FRBRdate date="([^"]+)"', small())) == {b"2026-02-03"}
    octets = small(days=Days(begun="2024-05-06", dated="2027-08-09"), country="un")
    assert faults(octets) == []
    assert b'"/akn/un/act/treaty/2024/small-accord/eng@2027-08-09"' in octets
    assert set(re.findall(rb'FRBRdate date="([^"]+)"', octets)) == {b"2024-05-06", b"2027-08-09"}
    undated = akoma_ntoso(read_accord(SMALL.replace("date: 2026-02-03\n", "")))
    assert b'<FRBRdate date="2026-01-01" name="undated"/>' in undated


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="the accord has no text in `sw`"):
        small(language="sw", translations={"fr": SMALL})


@pytest.mark.parametrize(
    ("written", "code"),
    [("en", "eng"), ("fr-GN", "fra"), ("ar", "ara"), ("kri", "kri"), ("x y", "und"), ("", "und")],
)
def test_a_language_is_given_by_three_letters(written: str, code: str) -> None:
    assert language_code(written) == code


# --- references -----------------------------------------------------------------------------------

THERE = {f"art_{n}" for n in range(1, 9)} | {f"art_{n}__para_{k}" for n in (5, 8) for k in (1, 2)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("under Article 8.", {"Article 8": "art_8"}),
        ("Articles 4, 5 and 7 ask", {"Articles 4": "art_4", "5": "art_5", "7": "art_7"}),
        ("Article 4, 5 days later", {"Article 4": "art_4"}),
        ("Articles 4 and 7 days", {"Articles 4": "art_4"}),
        ("see Article 8(2)", {"Article 8(2)": "art_8__para_2"}),
        ("Article 8.1 says", {"Article 8.1": "art_8__para_1"}),
        ("Article 8, paragraph 2", {"Article 8": "art_8", "paragraph 2": "art_8__para_2"}),
        ("paragraph 1 of Article 8", {"paragraph 1": "art_8__para_1", "Article 8": "art_8"}),
        ("paragraphs 1 and 2 apply", {"paragraphs 1": "art_5__para_1", "2": "art_5__para_2"}),
        ("paragraph 1 of this Article", {"paragraph 1": "art_5__para_1"}),
        ("Article 6 of this Accord", {"Article 6": "art_6"}),
        ("Article 6 of the present Accord", {"Article 6": "art_6"}),
        ("Article 6 of the Regulations", {}),
        ("Article 6, paragraph 1, of the Regulations", {}),
        ("paragraph 1 of Article 6 of the Regulations", {}),
        ("paragraph 1 of the plan", {}),
        ("Article 6 IHR and Article 8 TFEU", {}),
        ("Article 99, paragraph 9", {}),
        ("particle 5, Article 55, Article", {}),
        ("paragraph 1, of members and of money,", {"paragraph 1": "art_5__para_1"}),
        ("Article\n8", {"Article\n8": "art_8"}),
        ("de l’article 8 du présent Accord", {"article 8": "art_8"}),
        ("les articles 4 et 7 peuvent", {"articles 4": "art_4", "7": "art_7"}),
        ("de l’article 6 du Règlement", {}),
        ("l’article 8 de la Charte", {}),
        ("paragraphe 2 de l’article 8", {"paragraphe 2": "art_8__para_2", "article 8": "art_8"}),
        ("paragraphe 2 de l’article 8 de la Charte", {}),
        ("du paragraphe 1 du présent article", {"paragraphe 1": "art_5__para_1"}),
        ("les paragraphes 1 à 2", {"paragraphes 1": "art_5__para_1", "2": "art_5__para_2"}),
    ],
)  # fmt: skip
def test_references_are_to_this_text_or_none(words: str, expected: dict[str, str]) -> None:
    found = references(words, 5, THERE)
    assert {words[one.start : one.end]: one.attributes["href"][1:] for one in found} == expected


def test_outside_an_article_a_paragraph_alone_names_none() -> None:
    assert references("paragraph 1", 0, THERE) == []
