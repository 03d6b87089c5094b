# SPDX-License-Identifier: Apache-2.0
"""The PDF of a woven treaty, read by another program: its words, pages, links, fonts, its bytes."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from pratique.accord.weave.sheet import Sheet
from pratique.accord.weave.typeset import sheet_values, typst_source
from pratique.exchange import pdf
from pratique.exchange.pdf import NotTypeset, pdf_bytes, png_pages
from weaves import HOSTILE, sheet_of, shipped, small

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

DRAWABLE = HOSTILE.replace("\N{SNOWMAN}", "")


def made(sheet: Sheet) -> bytes:
    """Return the PDF of a sheet."""
    return pdf_bytes(typst_source(), sheet_values(sheet))


def flat(text: str) -> str:
    """Return a text with each space as one."""
    return " ".join(text.split())


@pytest.fixture(scope="module", params=["en", "fr"])
def treaty(request):
    """The Mano River accord as a PDF, read; and its language."""
    return pypdf.PdfReader(io.BytesIO(made(shipped("mano-river", request.param)))), request.param


def test_each_page_says_that_the_text_is_illustrative_and_which_page_it_is(treaty) -> None:
    reader, language = treaty
    notice = {"en": "Illustrative text, written for this software", "fr": "Texte d’illustration"}
    pages = [flat(page.extract_text()) for page in reader.pages]
    assert 30 < len(pages) < 50
    assert all(notice[language] in page for page in pages)
    assert all(f"{n} / {len(pages)}" in page for n, page in enumerate(pages, 1))


def test_the_heads_of_the_columns_repeat_and_no_page_is_half_empty(treaty) -> None:
    reader, language = treaty
    heads = {"en": "The text", "fr": "Le texte"}
    pages = [flat(page.extract_text()) for page in reader.pages]
    headed = [place for place, page in enumerate(pages[:-1]) if heads[language] in page[:400]]
    assert len(headed) > 25
    assert headed == list(range(headed[0], headed[-1] + 1))
    assert all(len(page) > 1_500 for page in pages[1:-2])


def test_prose_and_readings_are_all_there(treaty) -> None:
    reader, language = treaty
    sheet = shipped("mano-river", language)
    text = _bare("".join(page.extract_text() for page in reader.pages))
    for one in (one for b in sheet.blocks for one in getattr(b, "readings", ())):
        assert _bare(one.name) in text
    for party in sheet.parties:
        assert _bare(party) in text


def test_figures_are_links_to_their_words(treaty) -> None:
    reader, _ = treaty
    links = [
        note.get_object()
        for page in reader.pages
        for note in page.get("/Annots", ())
        if note.get_object()["/Subtype"] == "/Link"
    ]
    assert len(links) > 900
    assert all("/URI" not in link.get("/A", {}) for link in links)


def test_fonts_are_embedded_and_the_document_is_tagged_titled_and_without_a_day(treaty) -> None:
    reader, language = treaty
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1].split("-")[0]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts <= {"/LibertinusSerif", "/NotoSans", "/DejaVuSansMono"} | {
        "LibertinusSerif",
        "NotoSans",
        "DejaVuSansMono",
    }
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.metadata is not None
    assert reader.metadata.title == shipped("mano-river", language).title
    assert not str(reader.metadata.get("/CreationDate", "")).startswith("D:20")
    assert reader.outline


def test_the_same_sheet_gives_the_same_bytes_in_another_interpreter() -> None:
    sheet = sheet_of(small())
    here = made(sheet)
    assert here == made(sheet)
    code = (
        "import hashlib, weaves\n"
        "from pratique.accord.weave.typeset import sheet_values, typst_source\n"
        "from pratique.exchange.pdf import pdf_bytes\n"
        "made = pdf_bytes(typst_source(), sheet_values(weaves.sheet_of(weaves.small())))\n"
        "print(hashlib.sha256(made).hexdigest())\n"
    )
    import hashlib

    there = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "tests", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "HOME": "/"},
        cwd=_root(),
    )
    assert there.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_hostile_words_are_printed_and_run_nothing() -> None:
    values = sheet_values(sheet_of(small(DRAWABLE, "#panic(1) @gone")))
    text = _bare("".join(p.extract_text() for p in _read(pdf_bytes(typst_source(), values)).pages))
    assert _bare('#panic("x") $x$ @nowhere <script>alert(1)</script>') in text
    assert _bare("Brenia #panic(1) @gone") in text


def test_a_character_without_a_font_is_said_and_not_printed_as_a_box() -> None:
    with pytest.raises(NotTypeset) as raised:
        made(sheet_of(small("\U0001f6a8")))
    assert "--fonts" in str(raised.value)


def test_right_to_left_puts_the_prose_at_the_right() -> None:
    values = sheet_values(sheet_of(small()))
    places = {}
    for way in ("ltr", "rtl"):
        reader = _read(pdf_bytes(typst_source(), {**values, "dir": way}))
        places[way] = _place_of(reader.pages[1], "fifty")
    assert places["ltr"] < 250 < places["rtl"]


def test_arabic_words_have_a_font() -> None:
    arabic = small().replace("Small", "اتفاق الأمن الصحي").replace("fifty cases", "خمسين حالة")
    fonts = _read(made(sheet_of(arabic))).pages[0]["/Resources"]["/Font"].values()
    assert any("NotoSansArabic" in font.get_object()["/BaseFont"] for font in fonts)


def test_pages_can_be_looked_at_as_pictures() -> None:
    pages = png_pages(typst_source(), sheet_values(sheet_of(small())), ppi=40)
    assert len(pages) >= 2
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_without_the_extra_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    with pytest.raises(NotTypeset, match="pip install"):
        pdf_bytes("", {})


def _read(content: bytes):
    return pypdf.PdfReader(io.BytesIO(content))


def _bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in "\u00a0\u202f\u00ad\u2060")


def _place_of(page, word: str) -> float:
    found: list[float] = []

    def look(text, matrix, *rest) -> None:
        if word in text:
            found.append(matrix[4])

    page.extract_text(visitor_text=look)
    return found[0]


def _root() -> str:
    from pathlib import Path

    return str(Path(__file__).parents[3])
