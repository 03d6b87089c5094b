# SPDX-License-Identifier: Apache-2.0
"""Days and weeks as people write them; a date that may be two days is refused, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pratique.base.moment import Day, day_of, iso_day
from pratique.base.text import Code, say
from pratique.exchange.counts.reading.figures import plain, shortened
from pratique.exchange.counts.rows import Reason
from pratique.surveillance.series.rhythm import Rhythm
from pratique.surveillance.series.weeks import period_start, week_from_text

_TOKENS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "MMM": r"(?P<name>[^\W\d_]{3,}\.?)",
    "MM": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})",
}
_TOKEN = re.compile("YYYY|YY|MMM|MM|DD")
_PLAIN = ("YYYY-MM-DD", "YYYY/MM/DD", "YYYY.MM.DD", "DD MMM YYYY", "MMM DD, YYYY", "MMM DD YYYY")
_PLAIN_MORE = ("DD-MMM-YYYY",)
_EITHER = tuple(form.replace("/", mark) for mark in "/.-" for form in ("DD/MM/YYYY", "MM/DD/YYYY"))
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\Z")
_TIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_OTHER_PERIOD = re.compile(
    r"\d{4}|\d{6}|\d{4}-\d{2}|\d{4}(?:Q[1-4]|S[12]|Apr|Oct|Nov|BiW\d+|\d\dB)"
)
_MONTHS = (
    ("jan", "janvier", "january", "janv", "janeiro"),
    ("feb", "fév", "fev", "février", "fevrier", "february", "févr", "fevereiro"),
    ("mar", "mars", "march", "março"),
    ("apr", "avr", "avril", "april", "abril"),
    ("may", "mai", "maio"),
    ("jun", "juin", "june", "junho"),
    ("jul", "juil", "juillet", "july", "julho"),
    ("aug", "août", "aout", "august", "agosto", "ago"),
    ("sep", "sept", "septembre", "september", "setembro", "set"),
    ("oct", "octobre", "october", "outubro", "out"),
    ("nov", "novembre", "november", "novembro"),
    ("dec", "déc", "décembre", "decembre", "december", "dezembro", "dez"),
)
_NUMBERS = {name: n + 1 for n, names in enumerate(_MONTHS) for name in names}
YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class Dating:
    """How a source writes days: forms such as DD/MM/YYYY (none: only what cannot be mistaken)."""

    rhythm: Rhythm
    forms: tuple[str, ...] = ()


def period_of(text: str, dating: Dating) -> Day | Reason:
    """Return the first day of the period that a text names, or why it names none."""
    found = _period(text, dating)
    return found if isinstance(found, Reason) else period_start(found, dating.rhythm)


@lru_cache(maxsize=65536)
def day_written(text: str, forms: tuple[str, ...]) -> Day | Reason:
    """Return the day that a text names, or why it names none; `forms` as in Dating."""
    written = _TIME.sub("", plain(text))
    if not written:
        return Reason("no_date", say("there is no date"))
    found = set(_days(written, (*_PLAIN, *_PLAIN_MORE, *(forms or _EITHER))))
    if tight := _TIGHT.fullmatch(written):
        found |= set(_real(int(tight[1]), int(tight[2]), int(tight[3])))
    if len(found) == 1:
        return found.pop()
    if not found:
        return Reason("bad_date", say("{text} is no date known here", text=Code(shortened(text))))
    first, second = sorted(found)[:2]
    return Reason(
        "ambiguous_date",
        say(
            "{text} may be {first} or {second}; say in the mapping: [dates] forms",
            text=Code(text),
            first=iso_day(first),
            second=iso_day(second),
        ),
    )


def is_form(form: str) -> bool:
    """Say whether a form of dates names a day, a month and a year, each once."""
    tokens = _TOKEN.findall(form)
    kinds = {token[0] for token in tokens}
    rest = _TOKEN.sub("", form)
    return len(tokens) == 3 and kinds == {"Y", "M", "D"} and not re.search(r"[^\W_]", rest)


@lru_cache(maxsize=65536)
def _period(text: str, dating: Dating) -> Day | Reason:
    written = plain(text)
    day = day_written(text, dating.forms)
    if not isinstance(day, Reason) or day.code == "ambiguous_date" or not written:
        return day
    if dating.rhythm == "daily":
        if any(_is_week(written, rhythm) for rhythm in ("iso_week", "mmwr_week")):
            return Reason(
                "other_period", say("{text} is a week in a table of days", text=Code(written))
            )
        return _not_a_period(written, day)
    try:
        return week_from_text(_one_name(written, dating.rhythm), dating.rhythm)
    except ValueError:
        if re.search(r"(?i)\bM?W|week|sem", written):
            return Reason("bad_week", say("{text} is no week of that year", text=Code(written)))
        return _not_a_period(written, day)


def _one_name(text: str, rhythm: Rhythm) -> str:
    return text.replace("MW", "W", 1) if rhythm == "mmwr_week" else text


def _not_a_period(text: str, otherwise: Reason) -> Reason:
    if _OTHER_PERIOD.fullmatch(text):
        return Reason("other_period", say("{text} is neither a day nor a week", text=Code(text)))
    return otherwise


def _is_week(text: str, rhythm: Rhythm) -> bool:
    try:
        week_from_text(_one_name(text, rhythm), rhythm)
    except ValueError:
        return False
    return True


def _days(text: str, forms: tuple[str, ...]) -> Iterator[Day]:
    for form in forms:
        found = _pattern(form).fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = parts.get("month") or _NUMBERS.get((parts.get("name") or "").rstrip(".").lower(), 0)
        # Two digits of a year are of this century, until the year they would be written in full.
        year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short"])
        yield from _real(year, int(month), int(parts["day"]))


def _real(year: int, month: int, day: int) -> Iterator[Day]:
    if year in YEARS:
        try:
            yield day_of(date(year, month, day))
        except ValueError:
            return


@lru_cache(maxsize=256)
def _pattern(form: str) -> re.Pattern[str]:
    parts, last = [], 0
    for token in _TOKEN.finditer(form):
        parts += [re.escape(form[last : token.start()]), _TOKENS[token[0]]]
        last = token.end()
    return re.compile("".join([*parts, re.escape(form[last:])]))
