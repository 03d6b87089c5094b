# SPDX-License-Identifier: Apache-2.0
"""Methods of surveillance that steps call: the level of a risk, and what Annex 2 makes of answers.

Grades are counted from the least on, as the forms of the model articles ask for them.
"""

from __future__ import annotations

import numpy as np

from pratique.accord.method import Gives, Method, Numbers, Parameter
from pratique.base.text import say
from pratique.practice.surveillance.annex2 import ihr_2005
from pratique.practice.surveillance.risk import who_2012


def risk_level(likelihood: Numbers, consequence: Numbers) -> Numbers:
    """Return the level of risk, 1 (low) to 4 (very high), of grades from 1 to 5.

    [scenario, party] or [scenario, 1]. A grade between two is read as the lower, one outside as the
    nearest.
    """
    table = who_2012()
    cells = np.array([[table.levels.index(cell) + 1.0 for cell in row] for row in table.cells])
    rows, columns = (_place(g, len(table.likelihoods)) for g in (likelihood, consequence))
    return np.asarray(cells[rows, columns])


def is_notifiable(
    listed: Numbers, serious: Numbers, unusual: Numbers, spread: Numbers, restrictions: Numbers
) -> Numbers:
    """Return 1 where an event is notified to WHO, else 0, of answers that are 1 (yes) or 0 (no).

    [scenario, party] or [scenario, 1]; anything but zero is a yes.
    """
    yes = sum((one != 0).astype(np.int64) for one in (serious, unusual, spread, restrictions))
    return np.asarray((listed != 0) | (yes >= ihr_2005().needed), dtype=np.float64)


def _place(grade: Numbers, grades: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.clip(np.floor(grade), 1, grades).astype(np.int64) - 1


RAPID_RISK = Method(
    "rapid_risk",
    say("the level of risk, from 1 (low) to 4 (very high), of a likelihood and a consequence"),
    # Until somebody has held the cells against the figure, the method says so.
    source=who_2012().source + ("" if who_2012().verified else "; not yet read against it"),
    takes=(
        Parameter(
            "likelihood",
            say("how likely it is, from 1 (very unlikely) to 5 (almost certain)"),
            "number",
            per_party=True,
        ),
        Parameter(
            "consequence",
            say("how grave it would be, from 1 (minimal) to 5 (severe)"),
            "number",
            per_party=True,
        ),
    ),
    gives=Gives("count"),
    compute=risk_level,
)

ANNEX_2 = Method(
    "annex_2",
    say("whether an event is notified under Annex 2 of the International Health Regulations"),
    source=ihr_2005().source + ("" if ihr_2005().verified else "; not yet read against it"),
    takes=(
        Parameter(
            "listed",
            say("whether its disease is always notified, 1 or 0"),
            "number",
            per_party=True,
        ),
        Parameter(
            "serious",
            say("whether its public health impact is serious, 1 or 0"),
            "number",
            per_party=True,
        ),
        Parameter(
            "unusual", say("whether it is unusual or unexpected, 1 or 0"), "number", per_party=True
        ),
        Parameter(
            "spread",
            say("whether the risk of international spread is significant, 1 or 0"),
            "number",
            per_party=True,
        ),
        Parameter(
            "restrictions",
            say("whether the risk of restrictions on travel or trade is significant, 1 or 0"),
            "number",
            per_party=True,
        ),
    ),
    gives=Gives("count"),
    compute=is_notifiable,
)
