# SPDX-License-Identifier: Apache-2.0
"""Weaving as the command line asks for it: checked, woven, written as HTML, PDF, Akoma Ntoso."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pratique.accord.check import Checked, check
from pratique.accord.weave.html import sheet_html
from pratique.accord.weave.sheet import Sheet
from pratique.accord.weave.typeset import sheet_values, typst_source
from pratique.accord.weave.weaving import woven
from pratique.base.text import Code, say
from pratique.cli.methods import methods
from pratique.cli.places import Place, replace_whole
from pratique.cli.speech import CannotRun, language
from pratique.cli.storytelling import Trial
from pratique.engine.cells.reasoning import reason
from pratique.exchange.akn import akoma_ntoso
from pratique.exchange.pdf import NotTypeset, pdf_bytes, require_typst

SHEET = "treaty.html"


@dataclass(frozen=True, slots=True)
class Files:
    """What is written, and where; None: it is not. `fonts` are folders of further fonts."""

    html: Path | None
    pdf: Path | None
    akn: Path | None
    fonts: tuple[Path, ...] = ()

    @property
    def written(self) -> tuple[Path, ...]:
        """The files that are written."""
        return tuple(path for path in (self.html, self.pdf, self.akn) if path is not None)


@dataclass(frozen=True, slots=True)
class Weaving:
    """A treaty woven: its sheet, what its check said, its texts in other languages."""

    place: Place
    checked: Checked
    sheet: Sheet
    translations: dict[str, str]


def weaving(place: Place) -> Weaving:
    """Return a treaty woven for the reader's language; CannotRun if there is nothing to weave.

    Where that language has an authentic text of its own, that is the prose. What is found in the
    text does not stop it: it stands in the margin.
    """
    translations = place.translations()
    checked = check(
        place.source,
        trial=Trial(place).cases,
        cells=reason,
        methods=methods(),
        translations=translations,
        reviews=place.reviews(),
    )
    document = checked.accord.document
    if not document.articles:
        fault = checked.findings[0].sentence if checked.findings else say("there are no articles")
        path = Code(str(place.document))
        raise CannotRun(say("{path} cannot be read: {why}", path=path, why=fault))
    own = document.setting("language", "en")
    other = "" if own == language() else translations.get(language(), "")
    sheet = woven(checked, language=language(), translation=other, tried=True)
    return Weaving(place, checked, sheet, translations)


def write_sheet(woven_: Weaving, files: Files) -> None:
    """Write a woven treaty; CannotRun if a file cannot be written, or typst is not there."""
    if files.html is not None:
        replace_whole(files.html, sheet_html(woven_.sheet).encode())
    if files.pdf is not None:
        replace_whole(files.pdf, _pdf(woven_.sheet, files.fonts))
    if files.akn is not None:
        replace_whole(files.akn, _akn(woven_))


def require(files: Files) -> None:
    """CannotRun if what is asked for needs what is not installed: said before long work begins."""
    if files.pdf is None:
        return
    try:
        require_typst()
    except NotTypeset as fault:
        raise CannotRun(fault.sentence) from fault


def _pdf(sheet: Sheet, fonts: tuple[Path, ...]) -> bytes:
    try:
        return pdf_bytes(typst_source(), sheet_values(sheet), fonts=fonts)
    except NotTypeset as fault:
        raise CannotRun(fault.sentence) from fault


def _akn(woven_: Weaving) -> bytes:
    accord = woven_.checked.accord
    own = accord.document.setting("language", "en")
    wanted = language() if language() in woven_.translations else own
    return akoma_ntoso(accord, language=wanted, translations=woven_.translations)
