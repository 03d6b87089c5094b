# SPDX-License-Identifier: Apache-2.0
"""Who, when, which: the names of a text as work, expression and manifestation (FRBR).

By the Akoma Ntoso Naming Convention 1.0, section 4. No day but those that the text or the caller
gives.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from pratique.accord.document import Document
from pratique.accord.terms.scope import UNDATED
from pratique.base.moment import day_from_iso
from pratique.exchange.akn.defined import CONTRACTING, PRATIQUE, Defined
from pratique.exchange.akn.tree import Element

# ISO 639-2/T, which the convention asks for; of any other language the code as it is written.
_THREE_LETTERS = {
    "am": "amh", "ar": "ara", "bm": "bam", "de": "deu", "en": "eng", "es": "spa", "ff": "ful",
    "fr": "fra", "ha": "hau", "hi": "hin", "ig": "ibo", "it": "ita", "lg": "lug", "ln": "lin",
    "mg": "mlg", "nl": "nld", "pt": "por", "ru": "rus", "rw": "kin", "so": "som", "sw": "swa",
    "wo": "wol", "yo": "yor", "zh": "zho",
}  # fmt: skip
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*\Z")


@dataclass(frozen=True, slots=True)
class Identity:
    """What names a text; `component` is the part of it that is meant, `main` or `annex_1`."""

    country: str
    begun: str
    number: str
    title: str
    language: str
    dated: str
    draft: str
    is_dated: bool
    authors: tuple[str, ...]
    """Its parties, by their ids among the references."""
    component: str = "main"

    @property
    def work(self) -> str:
        """The IRI of the work: the same for every draft and language."""
        return f"/akn/{self.country}/act/treaty/{self.begun[:4]}/{self.number}"

    @property
    def expression(self) -> str:
        """The IRI of this text of it: a language, a day."""
        return f"{self.work}/{self.language}@{self.dated}"


@dataclass(frozen=True, slots=True)
class Days:
    """Days that a caller gives: of the first draft, and of this one; empty: as the text says."""

    begun: str = ""
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """What names a text and does not stand in it."""

    country: str
    language: str
    words: tuple[Defined, ...]
    days: Days


def identity_of(document: Document, text: Document, names: Names) -> Identity:
    """Return what names `text`, one of the languages of the accord of `document`."""
    written = document.setting("date", "")
    dated = _day(names.days.dated or text.setting("date", written))
    return Identity(
        country=names.country,
        begun=_day(names.days.begun) or _day(written) or UNDATED,
        number=_slug(document.title()) or "accord",
        title=text.title() or document.title(),
        language=language_code(names.language),
        dated=dated or UNDATED,
        draft=text.setting("draft", document.setting("draft", "")),
        is_dated=bool(dated),
        authors=tuple(word.reference for word in names.words if word.is_party),
    )


def language_tag(language: str) -> str:
    """Return a language's tag as it is written; `und` for what is none."""
    return language if _LANGUAGE.match(language) else "und"


def language_code(language: str) -> str:
    """Return a language's code of three letters, if known."""
    tag = language_tag(language)
    return _THREE_LETTERS.get(tag.split("-", maxsplit=1)[0].lower(), tag)


def component_of(identity: Identity, component: str, title: str) -> Identity:
    """Return what names a component of a text."""
    return replace(identity, component=component, title=title)


def identification(identity: Identity) -> Element:
    """Return the metadata `identification`."""
    levels = (_work(identity), _expression(identity), _manifestation(identity))
    return Element("identification", {"source": PRATIQUE}, levels)


def _work(identity: Identity) -> Element:
    properties = (
        *_named(identity, identity.work, ""),
        Element("FRBRdate", {"date": identity.begun, "name": _date_name(identity)}),
        *_authors(identity),
        _value("FRBRcountry", identity.country),
        _value("FRBRsubtype", "treaty"),
        _value("FRBRnumber", identity.number),
        # Prescriptive is what may come to bind, so a draft is. Which text is authentic, the parties
        # say and not this file.
        _value("FRBRprescriptive", "true"),
        _value("FRBRauthoritative", "false"),
    )
    return Element("FRBRWork", {}, properties)


def _expression(identity: Identity) -> Element:
    version = (_value("FRBRversionNumber", identity.draft),) if identity.draft else ()
    properties = (
        *_named(identity, identity.expression, ""),
        Element("FRBRdate", {"date": identity.dated, "name": _date_name(identity)}),
        *_authors(identity),
        *version,
        Element("FRBRlanguage", {"language": identity.language}),
    )
    return Element("FRBRExpression", {}, properties)


def _manifestation(identity: Identity) -> Element:
    properties = (
        *_named(identity, identity.expression, ".xml"),
        Element("FRBRdate", {"date": identity.dated, "name": _date_name(identity)}),
        Element("FRBRauthor", {"href": PRATIQUE}),
        _value("FRBRformat", "application/xml"),
    )
    return Element("FRBRManifestation", {}, properties)


def _named(identity: Identity, iri: str, suffix: str) -> tuple[Element, ...]:
    this = _value("FRBRthis", f"{iri}/!{identity.component}{suffix}")
    alias = Element("FRBRalias", {"value": identity.title, "name": "title"})
    shown = (alias,) if identity.title and not suffix else ()
    return (this, _value("FRBRuri", f"{iri}{suffix}"), *shown)


def _authors(identity: Identity) -> tuple[Element, ...]:
    if not identity.authors:
        return (Element("FRBRauthor", {"href": PRATIQUE}),)
    return tuple(
        Element("FRBRauthor", {"href": f"#{author}", "as": CONTRACTING})
        for author in identity.authors
    )


def _value(tag: str, value: str) -> Element:
    return Element(tag, {"value": value})


def _date_name(identity: Identity) -> str:
    if not identity.is_dated:
        return "undated"
    return "draft" if identity.draft else "version"


def _day(iso: str) -> str:
    try:
        day_from_iso(iso)
    except ValueError:
        return ""
    return iso


def _slug(title: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c))
    return "-".join(re.findall(r"[^\W_]+", plain.casefold()))
