# SPDX-License-Identifier: Apache-2.0
"""The page of signals: the answer, the signals worst first, the map, the series, the making.

One file that needs nothing else; the tables beside it hold every figure.
"""

from __future__ import annotations

import math
from importlib import resources

from pratique.base.moment import Clock, date_of
from pratique.base.text import Sentence, say, say_count
from pratique.chart.signals_page.map import disclaimer, map_key, map_svg
from pratique.chart.signals_page.multiples import key, picture
from pratique.chart.signals_page.shown import Panel, Raised, Shown, Spot
from pratique.chart.signals_page.words import figure, period_words, span_words
from pratique.markup.page import page_html
from pratique.markup.table import Table
from pratique.markup.values import Mono, Quoted, Shape
from pratique.markup.writer import Html, Writer

MANY_PANELS = 12
"""Pictures that stand open; those after them are folded."""
LATEST = 26
"""Periods in the table of a picture; the records hold all."""
NO_LEGAL_EFFECT = say(
    "A signal is a detector's, not a decision: it has no legal effect. An office looks into it"
    " and says what it is."
)


def signals_html(shown: Shown, *, language: str) -> str:
    """Return what a detector found as one HTML page that needs nothing else."""
    writer = Writer(language, "und", Clock(), {})
    answer = answer_words(shown)
    period = span_words(shown.since, shown.period, shown.rhythm)
    heading = say("Signals, {period}", period=period)
    title = say_count("{n} signal", "{n} signals", n=shown.raised_in_all)
    body = (
        writer.heading(1, heading)
        + writer.paragraph(answer, kind="answer")
        + f'<p class="fixed">{writer.html(NO_LEGAL_EFFECT)}</p>'
        + _from(shown, writer)
        + _signals(shown, writer)
        + _together(shown, writer)
        + _map(shown, writer)
        + _pictures(shown, writer)
        + _making(shown, writer)
    )
    return page_html(
        writer,
        say("{answer} · {period}", answer=title, period=period),
        body,
        brand=say("Pratique · signals from counts"),
        skip=say("Skip to the answer"),
        further_css=_css(),
    )


def answer_words(shown: Shown) -> Sentence:
    """Return in one sentence what was found, and in how many of the series that were given."""
    said = {"looked": shown.looked, "given": shown.given}
    if shown.raised_in_all:
        return say_count(
            "{n} signal in {series} of {looked} series that could be looked at ({given} given).",
            "{n} signals in {series} of {looked} series that could be looked at ({given} given).",
            n=shown.raised_in_all,
            series=shown.signalling,
            **said,
        )
    if shown.looked == shown.given:
        return say("No signal: all {given} series could be looked at.", **said)
    return say(
        "No signal known: {looked} of {given} series could be looked at; of the others nothing is"
        " known.",
        **said,
    )


def from_words(shown: Shown) -> Sentence:
    """Return where the counts come from, and as known on which day."""
    files = [Mono(name) for name in shown.sources]
    if shown.known is None:
        return say("Source: {files}, as known at the last.", files=files)
    return say("Source: {files}, as known on {day}.", files=files, day=date_of(shown.known))


def _css() -> str:
    return resources.files("pratique.chart.signals_page").joinpath("page.css").read_text("utf-8")


def _from(shown: Shown, writer: Writer) -> str:
    return writer.paragraph(
        from_words(shown),
        say("Records: {signals} ({n} rows), {counts} ({m} rows).", **_records(shown)),
        kind="quiet",
    )


def _records(shown: Shown) -> dict[str, object]:
    records = shown.records
    return {
        "signals": _link(records.signals),
        "n": records.signal_rows,
        "counts": _link(records.counts),
        "m": records.count_rows,
    }


def _link(file: str) -> Html:
    return Html(f'<a href="{file}" download>{file}</a>')


def _section(writer: Writer, name: str, title: Sentence, body: str) -> str:
    return f'<section aria-labelledby="{name}">{writer.heading(2, title, name)}{body}</section>'


# --- signals --------------------------------------------------------------------------------------


def _signals(shown: Shown, writer: Writer) -> str:
    title = say("Signals, worst first")
    if not shown.raised:
        return _section(writer, "signals", title, writer.paragraph(answer_words(shown)))
    expects = any(one.expected is not None for one in shown.raised)
    heads = (
        say("series, and why"),
        say("period"),
        say("count"),
        *((say("expected"),) if expects else ()),
        say("bound"),
    )
    rows = tuple(_row(shown, writer, one, expects=expects) for one in shown.raised)
    table = Table(say("Each signal with its figures and its reason"), heads, rows)
    left = shown.raised_in_all - len(shown.raised)
    more = say_count(
        "{n} more signal stands in {file} only.",
        "{n} more signals stand in {file} only.",
        n=left,
        file=_link(shown.records.signals),
    )
    rest = writer.paragraph(more) if left > 0 else ""
    return _section(writer, "signals", title, writer.table("each", table, "found") + rest)


def _row(shown: Shown, writer: Writer, one: Raised, *, expects: bool) -> tuple[object, ...]:
    label = writer.html(Quoted(one.label))
    linked = f'<a href="#{one.panel}">{label}</a>' if one.panel else label
    return (
        _reasoned(writer, linked, one.why),
        period_words(one.period, shown.rhythm),
        figure(one.count),
        *((figure(one.expected),) if expects else ()),
        figure(one.upper),
    )


def _reasoned(writer: Writer, label: str, why: Sentence) -> Html:
    """Return what a row is about with its reason under it: no table needs to be wide for that."""
    return Html(f"{label}<small>{writer.html(why)}</small>")


def _together(shown: Shown, writer: Writer) -> str:
    if not shown.together:
        return ""
    heads = (say("places, and why"), say("since"), say("cases"), say("expected"))
    rows = tuple(
        (
            _reasoned(writer, writer.html([Quoted(name) for name in one.places]), one.why),
            date_of(one.since),
            "–" if one.count is None else figure(one.count),
            "–" if one.expected is None else figure(one.expected),
        )
        for one in shown.together
    )
    table = Table(say("Places that rose together, up to the last period"), heads, rows)
    body = writer.table("groups", table, "found")
    return _section(writer, "together", say("Rising together"), body)


# --- map ------------------------------------------------------------------------------------------


def _map(shown: Shown, writer: Writer) -> str:
    if not shown.spots:
        return ""
    ordered = sorted(shown.spots, key=lambda spot: (-spot.signals, spot.name))
    heads = (say("place"), say("signals"), say("what is known"))
    table = Table(
        say("Every place on the map"),
        heads,
        tuple((Quoted(spot.name), spot.signals, _standing(spot)) for spot in ordered),
    )
    unplaced = say(
        "Not on the map, because no table says where they are: {places}.",
        places=[Quoted(name) for name in shown.unplaced[:20]],
    )
    body = (
        '<figure class="on-map"><figcaption>'
        + map_key(writer.language, rings=any(spot.together for spot in shown.spots))
        + "</figcaption>"
        + f'<div class="wide">{_drawn(shown, writer, 720, "map-wide")}</div>'
        + f'<div class="phone">{_drawn(shown, writer, 340, "map-phone")}</div>'
        + writer.paragraph(disclaimer(), kind="quiet")
        + (writer.paragraph(unplaced) if shown.unplaced else "")
        + writer.details(say("The map as a table"), writer.table("places", table))
        + _footing(shown, writer, None)
        + "</figure>"
    )
    return _section(writer, "map", say("Where"), body)


def _drawn(shown: Shown, writer: Writer, width: int, name: str) -> str:
    return map_svg(shown.spots, writer.language, width=width, name=name)


def _standing(spot: Spot) -> Shape | Sentence:
    match spot.standing:
        case "signal":
            return Shape("raised", "▼", say("signal"))
        case "unknown":
            return Shape("unknown", "?", say("could not be looked at"))
        case _:
            return Shape("", "○", say("no signal"))


# --- pictures -------------------------------------------------------------------------------------


def _pictures(shown: Shown, writer: Writer) -> str:
    if not shown.panels:
        return ""
    first, rest = shown.panels[:MANY_PANELS], shown.panels[MANY_PANELS:]
    expects = any(not math.isnan(value) for one in shown.panels for value in one.expected)
    body = key(writer.language, expects=expects) + _grid(shown, first, writer)
    if rest:
        summary = say("{n} more series", n=len(rest))
        body += writer.details(summary, _grid(shown, rest, writer))
    return _section(writer, "series", say("Series with signals"), body)


def _grid(shown: Shown, panels: tuple[Panel, ...], writer: Writer) -> str:
    return f'<div class="multiples">{"".join(_figure(shown, one, writer) for one in panels)}</div>'


def _figure(shown: Shown, panel: Panel, writer: Writer) -> str:
    heads = (say("period"), say("count"), say("expected"), say("bound"), say("signal"))
    picked = range(len(panel.periods))[-LATEST:]
    rows = tuple(_period_row(shown, panel, place) for place in reversed(picked))
    caption = say_count(
        "The last period, {series}",
        "The last {n} periods, {series}",
        n=len(rows),
        series=Quoted(panel.label),
    )
    table = writer.table(f"{panel.name}-table", Table(caption, heads, rows), "periods")
    label = f"<h3>{writer.html(Quoted(panel.label))}</h3>"
    return (
        f'<figure id="{panel.name}"><figcaption>{label}</figcaption>'
        f"{picture(panel, writer.language)}"
        f"{writer.details(say('As a table'), table)}{_footing(shown, writer, panel)}</figure>"
    )


def _period_row(shown: Shown, panel: Panel, place: int) -> tuple[object, ...]:
    def monitored(value: float) -> object:
        return "–" if math.isnan(value) else figure(value)

    count = panel.counts[place]
    return (
        period_words(panel.periods[place], shown.rhythm),
        say("not reported") if math.isnan(count) else figure(count),
        monitored(panel.expected[place]),
        monitored(panel.upper[place]),
        Shape("raised", "▼", say("signal")) if panel.signals[place] else "–",
    )


def _footing(shown: Shown, writer: Writer, panel: Panel | None) -> str:
    """Return where the numbers of a figure come from, known when, and where its records are."""
    parts: list[Sentence] = [from_words(shown)]
    if panel is None:
        parts.append(say("Records: {file}.", file=_link(shown.records.signals)))
    else:
        first, last = panel.lines
        parts.append(
            say(
                "Records: {file}, lines {first} to {last}.",
                file=_link(shown.records.counts),
                first=first,
                last=last,
            )
        )
    return writer.paragraph(*parts, kind="quiet footing")


# --- making ---------------------------------------------------------------------------------------


def _making(shown: Shown, writer: Writer) -> str:
    body = (
        writer.paragraph(say("Detector: {name}.", name=shown.detector))
        + writer.paragraph(say("Method: {source}.", source=Quoted(shown.source)))
        + writer.items(shown.choices)
        + writer.paragraph(say("Made by: {command}", command=Mono(shown.command)))
        + writer.paragraph(
            say(
                "A missing count is not zero: a period that nobody reported can raise no signal,"
                " and the page says so."
            )
        )
    )
    return _section(writer, "making", say("How this was made"), body)
