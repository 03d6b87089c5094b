# SPDX-License-Identifier: Apache-2.0
"""Registers to test with: a short one of every act, and Hypothesis strategies for acts."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from pratique.base.moment import iso_day, iso_moment, moment_from_iso
from pratique.register.acts import ACTS, Act, act_from
from pratique.register.chain import Chain
from pratique.register.entry import Entry, line_of

BEGUN = moment_from_iso("2014-03-22T00:00:00Z")
WHOLE = 2**53 - 1


def example(name: str) -> dict[str, Any]:
    """Return the body that an act's own documentation gives as its example."""
    [body] = ACTS[name].model_config["json_schema_extra"]["examples"]
    return dict(body)


def short_register(count: int = 5) -> list[Entry]:
    """Return a register of so many entries, the acts in turn, some with `happened`."""
    chain, names = Chain("mano-river"), list(ACTS)
    made = []
    for number in range(count):
        body = example(names[number % len(names)])
        body |= {"about": 0} if body["act"] == "note" else {}
        moment = BEGUN + 3_600 * (number // 2)
        made.append(
            chain.append(
                office="guinea.focal_point" if number % 2 else "guinea",
                act=act_from(body),
                recorded=moment,
                happened=moment - 60 if number % 3 == 0 else None,
            )
        )
    return made


def short_lines(count: int = 5) -> list[bytes]:
    """Return that register's journal, line by line."""
    return [line_of(entry) for entry in short_register(count)]


NAMES = st.builds(
    str.__add__,
    st.sampled_from(string.ascii_lowercase),
    st.text(string.ascii_lowercase + string.digits + "_", max_size=20),
)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\/\u2028é😀'),
    max_size=60,
)
WORDS = TEXTS.filter(bool)
COUNTS = st.integers(0, WHOLE)
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
DAYS = st.integers(-300_000, 900_000).map(iso_day)
MOMENTS = st.integers(-30_000_000_000, 90_000_000_000).map(iso_moment)
READINGS = st.just("unknown") | st.decimals(-(10**9), 10**9, places=3).map(lambda d: f"{d + 0:f}")
AMOUNTS = st.integers(1, WHOLE) | st.integers(WHOLE + 1, 10**30).map(str)
ANSWERS = st.dictionaries(NAMES, TEXTS | st.integers(-WHOLE, WHOLE), max_size=6)


def _act(name: str, required: dict[str, Any], **optional: Any) -> st.SearchStrategy[Act]:
    fields = {"act": st.just(name), **required}
    return st.fixed_dictionaries(fields, optional=optional).map(act_from)


def _one_of(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


HOW_BOUND = _one_of("sign", "ratify", "reserve", "withdraw")
KINDS_MOVED = _one_of("contribution", "payment", "dispatch", "receipt", "loss", "return")
ANY_ACT: st.SearchStrategy[Act] = st.one_of(
    _act("adopt", {"text": DIGESTS, "title": WORDS}, draft=WORDS),
    _act("consent", {"party": NAMES, "how": HOW_BOUND}),
    _act("report", {"measure": NAMES}, party=NAMES, source=WORDS),
    _act("report", {"measure": NAMES, "day": DAYS, "value": READINGS}, party=NAMES, source=WORDS),
    _act("submit", {"series": NAMES, "digest": DIGESTS, "rows": COUNTS, "known": DAYS}),
    _act("propose", {"power": NAMES}, at=NAMES),
    _act(
        "vote",
        {"power": NAMES, "party": NAMES, "ballot": _one_of("yes", "no", "abstain")},
        at=NAMES,
        opened=MOMENTS,
    ),
    _act("use", {"power": NAMES}, at=NAMES),
    _act("perform", {"duty": NAMES, "by": NAMES}, at=NAMES, raised=MOMENTS, text=TEXTS),
    _act("open", {"procedure": NAMES}, party=NAMES, fields=ANSWERS),
    _act(
        "move",
        {"pool": NAMES, "kind": KINDS_MOVED, "party": NAMES, "amount": AMOUNTS},
        clause=NAMES,
    ),
    _act(
        "disclose",
        {
            "dataset": NAMES,
            "to": NAMES,
            "purpose": NAMES,
            "reference": NAMES,
            "digest": DIGESTS,
        },
    ),
    _act("correct", {"seq": COUNTS, "reason": WORDS}, value=ANSWERS),
    _act(
        "note",
        {"how": _one_of("dissent", "reply", "story", "finding"), "text": WORDS},
        about=COUNTS,
    ),
)
