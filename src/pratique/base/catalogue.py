# SPDX-License-Identifier: Apache-2.0
"""The one catalogue: `locale/<language>.po`, read as it stands, when a language is first asked for.

English is the source and has no file. A message that is missing or marked fuzzy is not found, and
its reader falls back to English. There are no compiled .mo files to go stale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from pathlib import Path

SOURCE = "en"
FOLDER = Path(__file__).parent.parent / "locale"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What one language has: for each English template its forms, one or as many as plurals."""

    forms: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]

    def template(self, english: str, n: int | None) -> str | None:
        """Return the translated template, in the plural form for n; None if there is none."""
        forms = self.forms.get(english)
        if forms is None:
            return None
        return forms[0] if n is None else forms[min(self.plural(abs(n)), len(forms) - 1)]


def languages() -> tuple[str, ...]:
    """Return the languages there are, English first."""
    return (SOURCE, *sorted(path.stem for path in FOLDER.glob("*.po")))


def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language, `fr` also for `fr-SN`; ValueError if there is none."""
    name = language.partition("-")[0]
    path = FOLDER / f"{name}.po"
    # A name of letters only can lead to no other folder.
    if not name.isalpha() or not path.is_file():
        raise ValueError(f"there is no language `{language}` here")
    return _read(path)


@lru_cache(maxsize=8)
def _read(path: Path) -> Catalogue:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        messages = read_po(file, locale=path.stem)
    forms: dict[str, tuple[str, ...]] = {}
    for message in messages:
        english = message.id if isinstance(message.id, str) else message.id[0]
        given = message.string or ""
        strings = (given,) if isinstance(given, str) else tuple(given)
        if english and not message.fuzzy and all(strings):
            forms[english] = strings
    return Catalogue(forms, c2py(messages.plural_expr))
