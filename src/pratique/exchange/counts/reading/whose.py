# SPDX-License-Identifier: Apache-2.0
"""Whose count a row is: its measure, words, place and age, from the mapping and the gazetteer.

Rows of a source say the same few things over and over: what is found once is kept.
"""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field

from pratique.base.text import Code, Either, say
from pratique.exchange.counts.gazetteer import Gazetteer
from pratique.exchange.counts.layout import IDENTITY
from pratique.exchange.counts.mapping import Gives, Mapping, Measure, bands, same_word
from pratique.exchange.counts.reading.figures import plain, shortened
from pratique.exchange.counts.reading.refused import NotTaken, stopped
from pratique.exchange.counts.rows import Change, How, Raw, Reason
from pratique.surveillance.series.collection import Identity

PERSONAL = ("age", "sex", "person")
"""Fields of a line list that are never quoted, nor kept beyond the count."""
_OLDEST = 130
_MOST_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Named:
    """Whose a row's count is, how its figure counts, and what was read otherwise than written."""

    whose: Identity
    how: How
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Naming:
    """Finds whose the rows of a source are; `columns` says which column holds each field."""

    mapping: Mapping
    gazetteer: Gazetteer | None
    columns: Table[str, str]
    _measures: dict[str, Measure] = field(init=False)
    _words: dict[str, dict[str, str | Gives]] = field(init=False)
    _skips: list[tuple[str, frozenset[str], str]] = field(init=False)
    _wanted: list[str] = field(init=False)
    _at: tuple[tuple[str, ...], list[int]] = field(init=False, default=((), []))
    _kept: dict[tuple[object, ...], Named | Reason] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        mapping = self.mapping
        self._measures = {same_word(n): one for one in mapping.measures for n in one.names}
        self._words = {
            name: {same_word(word): gives for word, gives in words.items()}
            for name, words in mapping.words.items()
        }
        self._skips = [
            (one.column, frozenset(map(same_word, one.values)), one.reason) for one in mapping.skip
        ]
        said = [self.columns[name] for name in (*IDENTITY, "option") if name in self.columns]
        self._wanted = list(dict.fromkeys([*said, *(column for column, _, _ in self._skips)]))

    def of(self, raw: Raw) -> Named:
        """Return whose a row's count is; NotTaken if the row does not say."""
        if self._at[0] is not raw.header:
            places = [raw.header.index(one) for one in self._wanted if one in raw.header]
            self._at = (raw.header, places)
        key = tuple([raw.cells[n] for n in self._at[1]])
        found = self._kept.get(key)
        if found is None:
            texts = {raw.header[n]: str(cell) for n, cell in zip(self._at[1], key, strict=True)}
            found = self._found(texts)
            if len(self._kept) < _MOST_KEPT:
                self._kept[key] = found
        if isinstance(found, Reason):
            raise NotTaken(found)
        return found

    def _found(self, texts: Table[str, str]) -> Named | Reason:
        try:
            return self._named(texts)
        except NotTaken as reached:
            return reached.reason

    def _named(self, texts: Table[str, str]) -> Named:
        for column, words, reason in self._skips:
            if same_word(texts.get(column, "")) in words:
                raise stopped("skip", say("{reason}", reason=reason), aside=True)
        said = {
            name: " ".join(texts.get(self.columns.get(name, ""), "").split())
            for name in (*IDENTITY, "option")
        }
        changes: list[Change] = []
        parts = {name: said[name] or self.mapping.fixed.get(name, "") for name in IDENTITY}
        how = self._measured(texts, parts, changes)
        self._translated(said, parts, changes)
        if "place" in self.columns:
            self._placed(parts, changes)
        self._aged(parts)
        _require_plain(parts)
        return Named(Identity(*parts.values()), how, tuple(changes))

    def _measured(
        self, texts: Table[str, str], parts: dict[str, str], changes: list[Change]
    ) -> How:
        """Put what the measure says into the parts, and return how its figures count."""
        if not self._measures:
            return "new"
        written = parts["indicator"]
        measure = self._measures.get(same_word(written))
        if measure is None:
            told = say("{text} is in none of the measures", text=Code(shortened(written)))
            raise stopped("unknown_measure", told)
        if measure.skip:
            raise stopped("skip", say("{reason}", reason=measure.skip), aside=True)
        if texts.get(self.columns.get("indicator", ""), written) not in measure.names:
            changes.append(Change("spelling", written, measure.names[0]))
        parts["indicator"] = measure.indicator or measure.how
        for name in IDENTITY[1:]:
            parts[name] = getattr(measure, "class_" if name == "class" else name) or parts[name]
        return measure.how

    def _translated(
        self, said: Table[str, str], parts: dict[str, str], changes: list[Change]
    ) -> None:
        for name, words in self._words.items():
            written = said[name]
            # What the measure says of the row goes before the row's own word.
            if not written or (name != "option" and parts[name] != written):
                continue
            gives = words.get(same_word(written))
            if gives is None:
                is_personal = self.mapping.format == "linelist" and name in PERSONAL
                text = Code(name if is_personal else shortened(written))
                told = say("{text} is not in [words.{field}]", text=text, field=name)
                raise stopped("unknown_word", told)
            told_parts: Table[str, str] = {name: gives} if isinstance(gives, str) else gives
            parts.update(told_parts)
            read = ", ".join(told_parts.values())
            if read != written:
                changes.append(Change("word", written, read))

    def _placed(self, parts: dict[str, str], changes: list[Change]) -> None:
        written = parts["place"]
        if not written:
            raise stopped("no_place", say("no place is named"))
        accepted = self.mapping.places.accept.get(written)
        name, rule = accepted or written, "accepted"
        if self.gazetteer is not None:
            found = self.gazetteer.find(name)
            if found is None:
                raise NotTaken(_unknown_place(name, self.gazetteer))
            name, rule = found.name, "accepted" if accepted else found.rule
        if name != written:
            changes.append(Change(f"place_{rule}", written, name))
        parts["place"] = name

    def _aged(self, parts: dict[str, str]) -> None:
        """Put ages of persons into bands; elsewhere an age is a word like others."""
        if self.mapping.format != "linelist" or "age" not in self.columns:
            return
        written = plain(parts["age"])
        if not written:
            parts["age"] = "unknown"
            return
        years = float(written) if written.replace(".", "", 1).isdecimal() else -1.0
        for low, high, name in bands(self.mapping.ages):
            if low <= years < high + 1 and years <= _OLDEST:
                parts["age"] = name
                return
        raise stopped("bad_age", say("the age is no number of years in a band"))


def _unknown_place(name: str, gazetteer: Gazetteer) -> Reason:
    place, close = Code(shortened(name)), gazetteer.close_to(name)
    if not close:
        return Reason("unknown_place", say("{place} is not in the gazetteer", place=place))
    told = say(
        "{place} is not in the gazetteer; is it {names}? If so, accept it in the mapping",
        place=place,
        names=Either(tuple(Code(one) for one in close)),
    )
    return Reason("unknown_place", told)


def _require_plain(parts: dict[str, str]) -> None:
    """A word that a spreadsheet would take for a formula is no name of anything."""
    for name, text in parts.items():
        if text[:1] in ("=", "+", "-", "@") or not text.isprintable():
            told = say(
                "{text} is no word for {field}", text=Code(shortened(text)), field=Code(name)
            )
            raise stopped("odd_word", told)
