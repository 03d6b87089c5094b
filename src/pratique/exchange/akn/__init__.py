# SPDX-License-Identifier: Apache-2.0
"""An accord as Akoma Ntoso 3.0 (OASIS LegalDocML), valid against its schema. Reads nothing back.

An `act`: the type for texts that bind, and the only one whose body is provisions throughout, but
for `bill`, which ends when the text is adopted. `statement` does not bind, `doc` is all else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pratique.accord.document import Document, read_document
from pratique.accord.model import Accord
from pratique.exchange.akn.clauses import NAMESPACE, PREFIX, Clauses, analysis, clauses_of
from pratique.exchange.akn.defined import (
    PRATIQUE,
    Defined,
    defined_words,
    reference_elements,
)
from pratique.exchange.akn.identifiers import Identifiers, article_id, paragraph_id
from pratique.exchange.akn.identity import (
    Days,
    Identity,
    Names,
    component_of,
    identification,
    identity_of,
)
from pratique.exchange.akn.inline import Place, Writing
from pratique.exchange.akn.outline import Section, fences_of, sections_of
from pratique.exchange.akn.text import Text
from pratique.exchange.akn.tree import Element, written

AKOMA_NTOSO = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NOWHERE = "xx"
"""A code that ISO 3166-1 leaves to its users: the text of no country and no organization."""


def akoma_ntoso(
    accord: Accord,
    *,
    language: str = "",
    translations: Mapping[str, str] | None = None,
    country: str = NOWHERE,
    days: Days | None = None,
) -> bytes:
    """Return an accord's text in one of its languages as Akoma Ntoso 3.0.

    Words stand as they are written. Clauses that formalise paragraphs stand word for word in
    `meta/analysis/otherAnalysis` and point to them: they are a reading of the text and no part of
    its prose; so does what a translation leaves to the first text. Clauses of no paragraph (worked
    cases in an annex) stand in the text, as `foreign`. The front matter stands in `proprietary`.
    `translations` are other languages' texts by language; ValueError if `language` is not there.
    `days` are those of the first draft, which names the work, and of this one; otherwise `date`.
    """
    own = accord.document.setting("language", "en")
    text, language = accord.document, language or own
    if language != own:
        text = _translation(language, translations or {})
    there = _ids_of(text)
    first = clauses_of(accord.document, accord.clauses, own, there)
    in_text = first if language == own else clauses_of(text, (), language, there)
    words = defined_words(accord)
    identity = identity_of(accord.document, text, Names(country, language, words, days or Days()))
    # Labels are words of the accord's own language.
    marked = words if language == own else ()
    meta = _meta(identity, _readings(accord.document, first, text, in_text), words, text)
    root = _act(text, Text(_writing(there, words, marked), in_text), identity, meta, marked)
    spaces = {"xmlns": AKOMA_NTOSO, f"xmlns:{PREFIX}": NAMESPACE}
    return written(Element("akomaNtoso", spaces, (root,)))


def _ids_of(text: Document) -> frozenset[str]:
    """Return the ids that articles and numbered paragraphs have."""
    articles = {article_id(article.number) for article in text.articles}
    return frozenset(articles | {paragraph_id(p.article, p.number) for p in text.paragraphs()})


def _translation(language: str, translations: Mapping[str, str]) -> Document:
    if language not in translations:
        raise ValueError(f"the accord has no text in `{language}`")
    return read_document(translations[language])


def _readings(
    document: Document, first: Clauses, text: Document, in_text: Clauses
) -> list[Element]:
    """Return the blocks that are no part of the prose; of another language, all of the first's."""
    found = [in_text.element(node) for node in fences_of(text) if in_text.is_reading(node)]
    if text is document:
        return found
    return [first.element(node) for node in fences_of(document) if first.is_block(node)] + found


def _writing(there: frozenset[str], words: Iterable[Defined], marked: Iterable[Defined]) -> Writing:
    ids = Identifiers()
    for word in words:
        ids.own(word.reference)
    defined: dict[str, tuple[Defined, ...]] = {}
    for word in marked:
        for label in word.paragraphs:
            defined[label] = (*defined.get(label, ()), word)
    return Writing(ids, there, defined)


def _meta(
    identity: Identity, readings: list[Element], words: Iterable[Defined], text: Document
) -> Element:
    settings = {key: value for key, (value, _) in text.front.items()}
    front = Element("proprietary", {"source": PRATIQUE}, (Element(f"{PREFIX}:settings", settings),))
    references = reference_elements(words, identity.country)
    return Element("meta", {}, (identification(identity), *analysis(readings), references, front))


def _act(
    text: Document, writer: Text, identity: Identity, meta: Element, marked: Iterable[Defined]
) -> Element:
    sections = sections_of(text)
    parties = [word for word in marked if word.is_party]
    parts = [
        meta,
        writer.preface(sections, text.title()),
        *writer.preamble(sections, Place("preamble", 0, parties)),
        writer.body(sections),
        *_attachments(writer, sections, identity),
    ]
    return Element("act", {"name": "treaty", "contains": "originalVersion"}, tuple(parts))


def _attachments(writer: Text, sections: list[Section], identity: Identity) -> tuple[Element, ...]:
    found = []
    for number, (title, identifier, text) in enumerate(writer.annexes(sections), 1):
        named = component_of(identity, f"annex_{number}", title)
        meta = Element("meta", {}, (identification(named),))
        annex = Element("doc", {"name": "annex", "contains": "originalVersion"}, (meta, text))
        found.append(Element("attachment", {"eId": identifier}, (annex,)))
    return (Element("attachments", {}, tuple(found)),) if found else ()
