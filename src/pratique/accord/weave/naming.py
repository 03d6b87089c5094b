# SPDX-License-Identifier: Apache-2.0
"""What clauses are called for one reader: by label, and a party by its name in a translation.

A label is in the accord's language, unless a translation gives its own. A party that is a country
is otherwise called as the reader's language calls it, if the text in that language calls it so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from unicodedata import normalize

from pratique.accord.model import Accord
from pratique.accord.weave.rows import Rows, home
from pratique.accord.weave.runs import Named
from pratique.accord.words.readback.clauses import Readback, places


def party_name(label: str, *, tongue: str, language: str, text: str) -> str | None:
    """Return what a language calls a country, as a text in it writes it; None if it does not."""
    if language.partition("-")[0] == tongue.partition("-")[0] or not text:
        return None
    from babel import Locale, UnknownLocaleError

    try:
        own, other = Locale.parse(tongue, sep="-"), Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None
    code = next((code for code, name in own.territories.items() if name == label), "")
    called = other.territories.get(code, "")
    # Accents apart: the text may well write Libéria where the table has Liberia.
    place = _bare(text).find(_bare(called)) if called else -1
    return text[place : place + len(called)] if place >= 0 else None


def party_names(accord: Accord, *, language: str, text: str) -> dict[str, Named]:
    """Return what each party is called, by its name in the clauses; `text` is the translation."""
    tongue = accord.document.setting("language", "en")
    return {
        party.name: _own(party.name, accord)
        if party.name in accord.translated
        else _party(
            party.label, party_name(party.label, tongue=tongue, language=language, text=text)
        )
        for party in accord.parties
    }


def _party(label: str, translated: str | None) -> Named:
    return Named(label if translated is None else translated, is_translated=translated is not None)


def _bare(text: str) -> str:
    """Return a text without accents, as many characters long."""
    return "".join(normalize("NFD", character)[0] for character in text)


def names_in(
    one: Readback, accord: Accord, rows: Rows, parties: Mapping[str, Named]
) -> dict[str, Named]:
    """Return how the clauses that a reading names are called; where those elsewhere stand."""
    own = home(one.paragraphs, rows)
    return {
        name: parties.get(name) or _named(name, accord, rows, own)
        for name in (one.name, *one.named)
        if name in accord.typed
    }


def all_names(accord: Accord, parties: Mapping[str, Named]) -> dict[str, Named]:
    """Return how all clauses are called, without their places."""
    return {name: _own(name, accord) for name in accord.typed} | dict(parties)


def _named(name: str, accord: Accord, rows: Rows, own: str) -> Named:
    paragraphs = accord.typed[name].source.paragraphs
    row = home(paragraphs, rows)
    if row in ("", own):
        return _own(name, accord)
    return replace(_own(name, accord), place=places(paragraphs), target=row)


def _own(name: str, accord: Accord) -> Named:
    return Named(accord.label(name), is_translated=name in accord.translated)
