# SPDX-License-Identifier: Apache-2.0
"""PDF through typst: a fixed source and plain values in, tagged PDF bytes out. It asks no network.

The same values give the same bytes: no day of today goes in, and no font of the machine. The fonts,
embedded, are those that typst carries (Libertinus Serif, DejaVu Sans Mono) and Noto Sans.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pratique.base.text import Code, Sentence, say

EXTRA = "reports"
_FONTS = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
_STANDARD = "ua-1"
_LACKING = re.compile(r'the text `"(.*)"` could not be displayed')
_BEGINNING = 0
"""What the document says of when it was made, in place of the clock: 1 January 1970."""


class NotTypeset(Exception):
    """There is no PDF: the extra is not installed, or a font lacks; `sentence` says what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def require_typst() -> None:
    """NotTypeset unless typst and its fonts are installed."""
    if any(find_spec(name) is None for name in ("typst", *_FONTS)):
        raise NotTypeset(
            say(
                "a PDF needs the extra `{extra}`: run `pip install 'pratique[{extra}]'`",
                extra=EXTRA,
            )
        )


def pdf_bytes(source: str, values: Mapping[str, Any], *, fonts: Sequence[Path] = ()) -> bytes:
    """Return the PDF of a typst source that reads `values` as JSON from `sys.inputs.sheet`.

    `fonts` are folders of further fonts. NotTypeset if the extra is not installed, or no font has a
    character that is to be shown.
    """
    wishes = {"pdf_standards": _STANDARD, "timestamp": _BEGINNING}
    return _made(source, values, fonts, format="pdf", **wishes)[0]


def png_pages(source: str, values: Mapping[str, Any], *, ppi: float = 96.0) -> list[bytes]:
    """Return the pages of the same document as pictures, to be looked at."""
    return _made(source, values, (), format="png", ppi=ppi)


def _made(
    source: str, values: Mapping[str, Any], fonts: Sequence[Path], **wishes: Any
) -> list[bytes]:
    require_typst()
    import typst

    folders = [*_font_folders(), *map(str, fonts)]
    # Its types name each combination of arguments apart.
    compiled: Any = typst.compile
    try:
        made = compiled(
            source.encode(),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=folders),
            sys_inputs={"sheet": json.dumps(values, ensure_ascii=False)},
            **wishes,
        )
    except typst.TypstError as fault:
        lacking = _LACKING.search(fault.message)
        if lacking is None:
            raise
        raise NotTypeset(_no_font(lacking[1])) from fault
    return list(made) if isinstance(made, list) else [made]


def _no_font(text: str) -> Sentence:
    return say(
        "no font here has what `{text}` is written with: name a folder of fonts with {option}",
        text=text,
        option=Code("--fonts"),
    )


def _font_folders() -> list[str]:
    folders = []
    for name in _FONTS:
        found = find_spec(name)
        if found is not None and found.origin is not None:
            folders.append(str(Path(found.origin).parent / "files"))
    return folders
