# SPDX-License-Identifier: Apache-2.0
"""All that a sheet is woven from, and one row of it: paragraphs, readings, threads, margin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pratique.accord.check import Checked
from pratique.accord.check.echo_sides import Sides, Stated, sides_of
from pratique.accord.document import Document, Paragraph, read_document
from pratique.accord.kinds.case import Case
from pratique.accord.labels import relabelled
from pratique.accord.quantities import Quantity, is_read, quantities
from pratique.accord.weave.blocks import Item
from pratique.accord.weave.margin import cases_by_row, remarks
from pratique.accord.weave.naming import all_names, names_in, party_names
from pratique.accord.weave.rows import Rows, by_label, home, rows_of
from pratique.accord.weave.runs import Named, Voice, plain, prose_line, stanzas
from pratique.accord.weave.sheet import Line, Numbered, Reading, Remark, Row, Run
from pratique.accord.weave.threads import Said, Weft, weft
from pratique.accord.words.readback.clauses import Readback, places, readbacks
from pratique.base.text import say


@dataclass(frozen=True, slots=True)
class Loom:
    """What is woven: `prose` is the text shown, `sides` are those of the echo check.

    `read`, `remarks`, `cases` are by row; `parties` are called so, by their names in the clauses.
    """

    checked: Checked
    prose: Document
    language: str
    rows: Rows
    sides: Sides
    read: Mapping[str, Sequence[Readback]]
    parties: Mapping[str, Named]
    remarks: Mapping[str, Sequence[Remark]]
    cases: Mapping[str, Sequence[str]]

    @property
    def tongue(self) -> str:
        """The language of the clauses."""
        return self.checked.accord.document.setting("language", "en")

    @property
    def is_translated(self) -> bool:
        """Whether the prose is another authentic text than that with the clauses."""
        return self.prose is not self.checked.accord.document

    def quantities(self, paragraph: Paragraph) -> Sequence[Quantity]:
        """Return the quantities of a paragraph shown; the echo check's own in the first text."""
        if not self.is_translated and paragraph.label in self.sides.said:
            return self.sides.said[paragraph.label].quantities
        spoken = self.prose.setting("language", self.language)
        return quantities(paragraph.text, spoken) if is_read(spoken) else ()

    def stated(self, row: str) -> list[Stated]:
        """Return the clauses that are read beside a row, with their figures."""
        return [one for one in self.sides.stated if home(one.clause.paragraphs, self.rows) == row]

    def voice(self, one: Readback) -> Voice:
        """Return who reads a clause to whom."""
        accord = self.checked.accord
        names = names_in(one, accord, self.rows, self.parties)
        called = {
            accord.label(name): named.label
            for name, named in all_names(accord, self.parties).items()
            if named.is_translated
        }
        return Voice(self.language, self.tongue, names, called, accord.called_within(one.name))

    def is_case(self, one: Readback) -> bool:
        """Say whether a clause is a worked case, which is read apart."""
        return isinstance(self.checked.accord.typed[one.name], Case)


def loom_of(checked: Checked, language: str, translation: str) -> Loom:
    """Return all that a sheet is woven from; a `translation` with articles is its prose."""
    # What is checked is the first text; a translation's labels are for its readers.
    accord = relabelled(checked.accord, translation)
    checked = replace(checked, accord=accord)
    other = read_document(translation) if translation else None
    prose = other if other is not None and other.articles else accord.document
    rows = rows_of(accord.document)
    parties = party_names(accord, language=language, text=translation)
    read: dict[str, list[Readback]] = {}
    for one in readbacks(accord):
        read.setdefault(home(one.paragraphs, rows), []).append(one)
    tongue = accord.document.setting("language", "en")
    general = accord.called_within("")
    voice = Voice(language, tongue, all_names(accord, parties), terms=general)
    found = remarks(checked, rows, voice)
    cases = cases_by_row(accord, rows)
    return Loom(checked, prose, language, rows, sides_of(accord), read, parties, found, cases)


def row_of(name: str, items: Sequence[Item], loom: Loom) -> Row:
    """Return a row: its paragraphs as the prose has them, then those that the prose lacks."""
    original = by_label(loom.checked.accord.document)
    lacking = [
        Item(original[label], ())
        for label in loom.rows.labels.get(name, ())
        if label in original and label not in {item.paragraph.label for item in items}
    ]
    stated = loom.stated(name)
    weave = weft(stated, {i.paragraph.label: loom.quantities(i.paragraph) for i in items})
    foreign = loom.is_translated
    ones = [one for one in loom.read.get(name, ()) if not loom.is_case(one)]
    return Row(
        name,
        (
            *(_numbered(one, weave.said.get(one.paragraph.label, ())) for one in items),
            *(replace(_numbered(one, ()), foreign=foreign) for one in lacking),
        ),
        tuple(reading_of(one, loom, weave, stated) for one in ones),
        weave.threads,
        tuple(loom.remarks.get(name, ())),
        tuple(loom.cases.get(name, ())),
        _asks_nothing(name, loom),
    )


def bare_row(items: Sequence[Item]) -> Row:
    """Return the row of paragraphs beside which nothing stands: their numbers stand twice."""
    return Row("", tuple(_numbered(item, ()) for item in items), (), (), (), ())


def _numbered(item: Item, said: Sequence[Said]) -> Numbered:
    paragraph = item.paragraph
    lines = []
    for start, end in pairwise([0, *item.breaks, len(paragraph.text) + 1]):
        within = [one for one in said if start <= one.quantity.start < end]
        moved = [(_moved(one.quantity, -start), one.thread) for one in within]
        lines.append(prose_line(paragraph.text[start:end].rstrip("\n"), moved))
    return Numbered(paragraph.label, tuple(lines))


def _moved(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by)


def _asks_nothing(name: str, loom: Loom) -> bool:
    fences = loom.checked.accord.document.fences
    return any(fence.asks_nothing and name in fence.paragraphs for fence in fences)


def reading_of(one: Readback, loom: Loom, weave: Weft, stated: Iterable[Stated]) -> Reading:
    """Return a clause read back, its figures tied to the threads of its row."""
    source = loom.checked.accord.typed[one.name].source
    figures = next((s.figures for s in stated if s.clause is source), ())
    voice = loom.voice(one)
    lines = stanzas(one.sentences, voice, lambda quantity: weave.told(quantity, figures))
    told = {run.thread for line in lines for run in line}
    further: dict[int, Run] = {}
    for figure in figures:
        thread = weave.of(figure)
        if thread is not None and thread not in told:
            further.setdefault(thread, Run(plain(figure.words), "code", thread))
    row = loom.rows.labels.get(home(one.paragraphs, loom.rows), ())
    return Reading(
        one.name,
        one.kind,
        voice.label(one.name),
        "" if one.paragraphs == row or len(row) < 2 else places(one.paragraphs),
        lines,
        _further(list(further.values()), voice),
    )


def _further(figures: list[Run], voice: Voice) -> Line:
    if not figures:
        return ()
    return voice.line(say("The clause writes it so: {figures}.", figures=figures))
