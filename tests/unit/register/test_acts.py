# SPDX-License-Identifier: Apache-2.0
"""What is refused as an act, in the exact words that its author reads."""

from __future__ import annotations

from typing import Any

import pytest

from pratique.base.text import Sentence
from pratique.register.acts import NotAnAct, act_from, body_of
from unit.register.samples import WHOLE, example

ALL = (
    "`adopt`, `consent`, `report`, `submit`, `propose`, `vote`, `use`, `perform`, `open`, `move`, "
    "`disclose`, `correct`"
)


def refused(body: dict[str, Any]) -> str:
    with pytest.raises(NotAnAct) as wrong:
        act_from(body)
    assert isinstance(wrong.value.sentence, Sentence)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, f"`act` must say which act it is: {ALL} or `note`"),
        ({"act": "pay"}, f"`pay` is not an act; the acts are {ALL} and `note`"),
        ({"act": "use"}, "`use` needs `power`"),
        (
            {"act": "use", "powr": "p"},
            "`powr` is not a field of `use`; it has `amount`, `at` and `power`",
        ),
        (
            {"act": "use", "power": "P p"},
            "`power` must be a name such as `sierra_leone`, not `P p`",
        ),
        ({"act": "use", "power": "x" * 81}, "`power` may have at most 80 characters"),
        ({"act": "use", "power": ""}, "`power` must be a name such as `sierra_leone`, not ``"),
        ({"act": "use", "power": None}, "`power` must be text, not `null`"),
        (
            example("vote") | {"ballot": "maybe"},
            "`ballot` must be `yes`, `no` or `abstain`, not `maybe`",
        ),
        (
            example("vote") | {"opened": "2014-08-06 09:00"},
            "`opened` must be a moment such as `2014-07-16T06:10:00Z`, not `2014-08-06 09:00`",
        ),
        (
            example("vote") | {"opened": "2014-08-06T24:00:00Z"},
            "`opened` is not on the calendar: `2014-08-06T24:00:00Z`",
        ),
        (
            example("report") | {"day": "16 July"},
            "`day` must be a day such as `2014-07-16`, not `16 July`",
        ),
        (
            example("report") | {"day": "2014-02-29"},
            "`day` is not on the calendar: `2014-02-29`",
        ),
        (
            example("report") | {"value": "1e5"},
            "`value` must be a number written as text such as `12.5`, or `unknown`, not `1e5`",
        ),
        (example("report") | {"value": 12.5}, "`value` must be text, not `12.5`"),
        (
            {"act": "report", "measure": "cluster", "day": "2014-07-16"},
            "a figure needs both `day` and `value`, an event has neither",
        ),
        (
            example("submit") | {"digest": "abc"},
            "`digest` must have at least 64 characters",
        ),
        (
            example("submit") | {"digest": "Z" * 64},
            "`digest` must be a SHA-256 digest, 64 of the characters 0-9 a-f, not `"
            + "Z" * 60
            + "…`",
        ),
        (example("submit") | {"rows": -1}, "`rows` must be at least 0, not `-1`"),
        (example("submit") | {"rows": "7"}, "`rows` must be a whole number, not `7`"),
        (
            example("submit") | {"rows": WHOLE + 1},
            "`rows` must be at most 9,007,199,254,740,991, not `9007199254740992`",
        ),
        (
            example("move") | {"amount": 0},
            "`amount` must be a whole number above zero (beyond 9,007,199,254,740,991, as text), "
            "not `0`",
        ),
        (
            example("disclose") | {"reference": "Fatou Camara"},
            "`reference` must be a reference without spaces such as `disclosure/2014/17`, "
            "not `Fatou Camara`",
        ),
        (
            example("open") | {"fields": {"a": {"b": 1}}},
            "`fields` must be at most 20 named answers, each a text or a whole number",
        ),
        (example("note") | {"text": ""}, "`text` must not be empty"),
        (
            example("note") | {"text": "a\x07"},
            "`text` may hold no control characters but tab and line feed",
        ),
        (example("note") | {"text": "\ud800"}, "`text` holds a character that cannot be stored"),
    ],
)
def test_a_refusal_says_what_was_expected(body: dict[str, Any], words: str) -> None:
    assert refused(body) == words


def test_an_unknown_act_is_quoted_shortly_and_harmlessly() -> None:
    assert refused({"act": "\x1b[2J" * 100}).startswith("`\\x1b[2J\\x1b[2J")
    assert len(refused({"act": "\x1b[2J" * 100})) < 400


def test_a_large_amount_is_text_and_a_small_one_never() -> None:
    large = str(WHOLE + 1)
    assert body_of(act_from(example("move") | {"amount": large}))["amount"] == large
    assert body_of(act_from(example("move") | {"amount": WHOLE}))["amount"] == WHOLE
    assert refused(example("move") | {"amount": str(WHOLE)})
    assert refused(example("move") | {"amount": WHOLE + 1})
    assert refused(example("move") | {"amount": "0" + large})


def test_answers_are_kept_in_canonical_order() -> None:
    act = act_from(example("open") | {"fields": {"b": "2", "a": 1, "a_b": ""}})
    assert list(body_of(act)["fields"]) == ["a", "a_b", "b"]


def test_a_correction_replaces_a_body_or_withdraws_it() -> None:
    nested = {"procedure": "request", "fields": {"quantity": 300, "item": "kits"}}
    act = act_from({"act": "correct", "seq": 3, "reason": "miscounted", "value": nested})
    assert body_of(act)["value"] == {
        "fields": {"item": "kits", "quantity": 300},
        "procedure": "request",
    }
    assert "value" not in body_of(act_from({"act": "correct", "seq": 3, "reason": "by mistake"}))
    assert refused({"act": "correct", "seq": 3, "reason": "x", "value": {"a": {"b": {"c": 1}}}})


def test_21_answers_are_too_many_and_20_not() -> None:
    answers = {f"a{number}": number for number in range(21)}
    assert refused(example("open") | {"fields": answers})
    del answers["a0"]
    assert act_from(example("open") | {"fields": answers})
