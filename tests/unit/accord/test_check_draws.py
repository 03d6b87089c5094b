# SPDX-License-Identifier: Apache-2.0
"""What the catalogue leaves open of E702: draws that come together."""

from __future__ import annotations

import pytest

from pratique.accord.check import check
from pratique.accord.check.catalogue.examples import accord_with
from unit.accord.found_rows import Row, holds

FUND = "body hub\nmeasure siren per party: event\n  from: acts\npool fund: money EUR\n"
YEARLY = "  from: EUR 9 million per party per year\n"


def pays(name: str, amount: str, to: str = "that party", on: str = "siren") -> str:
    """Return a rule that pays out of the fund."""
    return f"rule {name}\n  on: {on}\n  then: pay EUR {amount} million from fund to {to}\n"


def yearly(name: str, amount: str, every: str = "12 months") -> str:
    """Return a duty of the hub that draws from the fund again and again."""
    return (
        f"duty {name}\n  every: {every}\n  by: hub\n  must: work\n"
        f"  draws: EUR {amount} million from fund\n"
    )


ONE = "  cap: EUR 3 million to one party in 12 months\n"
ALL = "  cap: EUR 9 million in 12 months\n"
KITS = "body hub\npool kits: count\n  from: 4 per party\n{keeps}"
SENDS = "rule {name}\n  on: siren\n  then: send {n} from kits to {to}\n"
SIREN = "measure siren per party: event\n  from: acts\n"
CASES = "measure cases per party: count in 0..9\n  from: acts\n  if missing: unknown\n"
SENDS_WHERE = "rule help\n  on: siren\n  then: send {n} from kits to parties where (cases > 5)\n"
TERM = "status in_force\n  while: count of parties (ratified) >= 2\n  lapses: after 5 years\n"
DRAWS: dict[str, Row] = {
    "to one party, at one change": (
        FUND + YEARLY + ONE + pays("help", "2") + pays("more", "2"),
        [("E702", "EUR 4,000,000 is to be given at once; `fund` gives one Party at most EUR 3,0",
          "`help` draws EUR 2,000,000 and `more` draws EUR 2,000,000")],
    ),
    "at two changes": (
        FUND + YEARLY + ONE + SIREN.replace("siren", "horn") + pays("help", "2")
        + pays("more", "2", on="horn"),
        [],
    ),
    "just as much as the cap": (
        FUND + YEARLY + ONE + pays("help", "1") + pays("more", "2"),
        [],
    ),
    "one by name, the other as the party concerned": (
        FUND + YEARLY + ONE + pays("help", "2") + pays("more", "2", "aldova"),
        [],
    ),
    "each party and the one concerned": (
        FUND + YEARLY + ONE + pays("help", "2") + pays("more", "2", "each party"),
        [("E702", "EUR 4,000,000", "`more` draws EUR 6,000,000")],
    ),
    "each party, against the cap of all": (
        FUND + YEARLY + ALL + pays("help", "4", "each party"),
        [("E702", "EUR 12,000,000 is to be given at once; `fund` gives at most EUR 9", "siren")],
    ),
    "what stands back is not sure": (
        FUND + YEARLY + ONE + pays("help", "2") + pays("more", "2")
        + "duty halt\n  when: ratified\n  by: that party\n  must not: ask\n  overrides: more\n",
        [],
    ),
    "goods that are brought once": (
        SIREN + KITS.format(keeps="") + SENDS.format(name="help", n=5, to="each party"),
        [("E702", "15 is to be given at once; `kits` never holds more than 12", "draws 15")],
    ),
    "goods that are brought once, less what is kept": (
        SIREN
        + KITS.format(keeps="  keeps: 4 for urgent\n")
        + SENDS.format(name="help", n=3, to="each party")
        + "power urgent\n  by: hub\n  may: send 1 from kits to aldova\n",
        [("E702", "never holds more than 12, of which 4 is kept back", "draws 9")],
    ),
    "to whom it concerns, just as much as there ever is": (
        SIREN + KITS.format(keeps="") + CASES + SENDS_WHERE.format(n=12),
        [],
    ),
    "to whom it concerns, more than there ever is": (
        SIREN + KITS.format(keeps="") + CASES + SENDS_WHERE.format(n=13),
        [("E702", "13 is to be given at once; `kits` never holds more than 12", "draws 13")],
    ),
    "gifts come too": (
        SIREN
        + KITS.format(keeps="").replace("per party", "per party; acts")
        + SENDS.format(name="help", n=5, to="each party"),
        [],
    ),
    "every three months, against the cap of a year": (
        FUND + YEARLY + ALL + yearly("work", "3", "3 months"),
        [("E702", "EUR 12,000,000 is to be given in 12 months", "`work` draws 4 times EUR 3,0")],
    ),
    "every 14 days, against what flows in": (
        FUND + "  from: EUR 1 million per party per month\n" + yearly("work", "2", "14 days"),
        [("E702", "EUR 36,000,000 flows into `fund` in 12 months", "draws 26 times")],
    ),
    "what flows in suffices": (
        FUND + "  from: EUR 1 million per party per month\n" + yearly("work", "1", "14 days"),
        [],
    ),
    "a reserve beside what flows in": (
        FUND + "  from: EUR 1 million per party per year; EUR 9 million per party\n"
        + yearly("work", "1", "3 months"),
        [],
    ),
    "once, above what comes in before the accord lapses": (
        FUND + YEARLY + TERM + pays("help", "163"),
        [("E702", "EUR 163,000,000 is to be given at once; no more than EUR 162,000,000 flows into "
          "`fund` before `in_force` lapses after 5 years", "`help` draws EUR 163,000,000")],
    ),
    "once, after years of saving": (FUND + YEARLY + TERM + pays("help", "162"), []),
    "once, and nothing says for how long the accord is agreed": (
        FUND + YEARLY + pays("help", "163"),
        [],
    ),
    "a clause pays in": (
        FUND + "  from: EUR 1 million per party per year\n" + yearly("work", "1", "3 months")
        + "rule levy\n  on: siren\n  then: pay EUR 5 million from that party to fund\n",
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWS)
def test_draws_that_come_together_above_what_there_can_be_are_found(name: str) -> None:
    holds(DRAWS[name])


def test_one_draw_above_a_cap_is_not_said_twice() -> None:
    text = accord_with("Nothing is said here.", "", paragraph="2.1 none")
    clauses = FUND + YEARLY + ONE + pays("help", "4") + pays("more", "2")
    said = check(f"{text}\n## Annex\n\n```accord\n{clauses}\n```\n").findings
    assert [one.code for one in said if one.code in ("W704", "E702")] == ["W704"]
