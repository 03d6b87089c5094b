# SPDX-License-Identifier: Apache-2.0
"""A made-up page of signals, for tests of it; no place or figure is real."""

from __future__ import annotations

from pratique.base.moment import day_from_iso
from pratique.base.text import say
from pratique.chart.signals_page import Panel, Raised, Records, Seen, Shown, Spot

MONDAY = day_from_iso("2014-01-06")
WEEKS = 30
NAN = float("nan")


def shown(place: str = "Alta") -> Shown:
    """Return a page with two series, a cluster and a map."""
    names = (place, "Bora")
    panels = tuple(_panel(number, name) for number, name in enumerate(names))
    last = MONDAY + 7 * (WEEKS - 1)
    return Shown(
        sources=("weekly.csv",),
        known=last + 7,
        rhythm="iso_week",
        period=last,
        since=last,
        given=4,
        looked=3,
        signalling=2,
        raised=tuple(
            Raised(f"{name} · fever · cases", name, last, 40, 4.2, 9.7, _why(), panels[number].name)
            for number, name in enumerate(names)
        ),
        raised_in_all=2,
        panels=panels,
        together=(Seen("fever", names, last - 7, last, 60, 9.4, 0.001, _why()),),
        spots=(
            Spot(place, -10.1, 8.5, "signal", 1, True),
            Spot("Bora", -9.9, 8.6, "signal", 1, True),
            Spot("Cora", -9.5, 8.2, "none"),
            Spot("Dura", -11.5, 7.9, "unknown"),
        ),
        unplaced=("Eura",),
        detector=say("EARS {name}", name="C1"),
        source="Hutwagner and others (2003)",
        choices=(say("{name}: {value}", name="alpha", value=0.001),),
        records=Records("signals.csv", 2, "counts.csv", 60),
        command="pratique detect weekly.csv --detector ears_c1",
    )


def _why() -> object:
    return say("{day}: {name}", day="40 counted, at most 9.7 expected", name="see the counts")


def _panel(number: int, place: str) -> Panel:
    counts = [float(3 + (7 * week + number) % 5) for week in range(WEEKS)]
    counts[-1], counts[10] = 40.0, NAN
    return Panel(
        f"series-{number + 1}",
        f"{place} · fever · cases",
        tuple(MONDAY + 7 * week for week in range(WEEKS)),
        tuple(counts),
        (NAN,) * (WEEKS - 1) + (4.2,),
        (NAN,) * (WEEKS - 1) + (9.7,),
        (False,) * (WEEKS - 1) + (True,),
        (2 + WEEKS * number, 1 + WEEKS * (number + 1)),
    )
