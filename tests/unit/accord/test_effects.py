# SPDX-License-Identifier: Apache-2.0
"""Effects as they are written: each form is typed, and what cannot be meant is found."""

from __future__ import annotations

from typing import Any

import pytest

from pratique.accord.kinds.procedure import Procedure
from pratique.accord.kinds.rule import Rule
from pratique.accord.model import Accord, read_accord
from spec.small_accord import CLUSTER, accord

AROUND = (
    "party corvia, dorland\n  in: donors\n" + CLUSTER + "body hub\npeople nurses\n"
    "pool fund: money USD\n  from: acts\n  kept by: hub\n"
    "pool kits: count\n  from: acts\n  kept by: hub\n"
    "status wave per party\n  lapses: after 3 days\n"
    "power review\n  by: any party\n  may: start wave at that party\n"
    "procedure appeal\n  opened by: any party\n  asks: partner: party; quantity: count\n"
    "  step hear: by hub, within 5 days\n  step close: by hub\n"
)
RULE = "rule follow\n  on: cluster\n  then: "


def read(clauses: str) -> Accord:
    return read_accord(accord(AROUND + clauses))


def effect(words: str) -> Any:
    """Return the one effect of a rule."""
    found = read(f"{RULE}{words}\n")
    assert [str(one.sentence) for one in found.findings] == []
    (rule,) = found.of_kind(Rule)
    (one,) = rule.effects
    return one


def shown(value: Any) -> str:
    """Return what an effect is and holds, without places and what is not given."""
    fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
    parts = [f"{name}={_words(one)}" for name, one in fields.items() if one not in (None, "")]
    return f"{type(value).__name__}({', '.join(part for part in parts if part)})"


def _words(value: Any) -> str:
    if hasattr(value, "form"):
        return "/".join([value.form, *value.names, value.group]).rstrip("/")
    if hasattr(value, "edge"):
        return " ".join(value.key)
    return str(value.value) if hasattr(value, "value") else str(value)


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("start wave", "StartStatus(status=wave)"),
        (
            "start wave at donors for 2 days",
            "StartStatus(status=wave, at=group/donors, lasting=2 days)",
        ),
        ("end wave at each party", "EndStatus(status=wave, at=each)"),
        (
            "pay USD 5 from fund to that party within 3 days",
            "Draw(pool=fund, to=that, amount=500, within=3 days, sends=False, up_to=False)",
        ),
        (
            "send up to 4 from kits to nurses",
            "Draw(pool=kits, to=people/nurses, amount=4, sends=True, up_to=True)",
        ),
        (
            "send 20% of kits to chair of hub",
            "Draw(pool=kits, to=chair/hub, share=1/5, sends=True, up_to=False)",
        ),
        (
            "hold 4 from kits for that party until wave ends",
            "Hold(pool=kits, to=that, amount=4, until=wave ends, up_to=False)",
        ),
        (
            "pay USD 5 from donors to that party",
            "Transfer(payer=group/donors, to=that, amount=500, up_to=False)",
        ),
        (
            "pay 4 from corvia to kits within 1 week",
            "Transfer(payer=named/corvia, to_pool=kits, amount=4, within=1 week, up_to=False)",
        ),
        ("call review", "CallPower(power=review)"),
        ("open appeal", "OpenCase(procedure=appeal)"),
        ("open appeal at other parties", "OpenCase(procedure=appeal, at=other)"),
        ("adopt protocol", "AdoptText(text=protocol)"),
        ("leave", "Leave()"),
    ],
)
def test_each_effect_is_typed(words: str, typed: str) -> None:
    assert shown(effect(words)) == typed


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("start nothing", "E202 `nothing` is not defined"),
        ("start review", "E400 `review` is a power; a status is wanted here"),
        ("start wave at hub", "E400 this is so in parties; none is named here"),
        ("open review", "E400 `review` is a power; a procedure is wanted here"),
        ("hold 4 from kits for that party", "E103 nothing says until when this is held"),
        (
            "hold 4 from kits for that party until close",
            "E400 `close` is a power; a measure is wanted here",
        ),
        (
            "pay USD 5 from kits to that party",
            "E400 `kits` takes a count; this is an amount in USD",
        ),
        (
            "pay USD 5 from fund to kits",
            "E400 a pool gives to parties, bodies or people, not to a pool",
        ),
        ("pay 4 from corvia to hub", "E400 what is paid is money; this is a count"),
        ("pay USD 4 from corvia to kits", "E400 `kits` takes a count; this is an amount in USD"),
        ("pay USD 5 from nurses to hub", "E400 only parties and bodies can owe a payment"),
        ("send 120% of kits to hub", "E403 this sends more than the whole pool"),
        ("send 4 from kits to nobody", "E202 `nobody` is not defined"),
        ("start wave at strangers where (wave)", "E202 `strangers` is not defined"),
    ],
)
def test_what_cannot_be_meant_is_found(words: str, finding: str) -> None:
    extra = "power close\n  by: hub\n  may: close the file\n"
    found = [f"{one.code} {one.sentence}" for one in read(f"{extra}{RULE}{words}\n").findings]
    assert found == [finding]


@pytest.mark.parametrize(
    "words", ["call review", "open appeal", "leave", "start wave at that party"]
)
def test_an_effect_about_one_party_needs_one(words: str) -> None:
    clauses = f"measure fire: event\n  from: acts\nrule follow\n  on: fire\n  then: {words}\n"
    assert [one.code for one in read(clauses).findings] == ["E406"]


def test_in_a_procedure_what_is_held_comes_back_at_a_step_or_the_close() -> None:
    """And its fields of type party stand for whom they name."""
    found = read(
        "procedure lend\n  opened by: any party\n  asks: partner: party; quantity: count\n"
        "  step give: by hub, within 5 days, holds quantity from kits for partner until back\n"
        "  step back: by hub\n  at give: hold 1 from kits for that party\n"
    )
    assert [str(one.sentence) for one in found.findings] == []
    lend = next(one for one in found.of_kind(Procedure) if one.name == "lend")
    (held,), (kept,) = lend.steps[0].sends, lend.at["give"]
    assert shown(held) == (
        "Hold(pool=kits, to=field/partner, amount=0, until_step=back, up_to=False)"
    )
    assert shown(kept) == "Hold(pool=kits, to=that, amount=1, up_to=False)"


@pytest.mark.parametrize(
    ("step", "finding"),
    [
        (
            "by hub, holds quantity from kits for partner until later",
            "E202 `later` is no step of this procedure",
        ),
        (
            "by hub, sends quantity from kits to quantity",
            "E400 `quantity` is a count; a party is wanted here",
        ),
        ("by hub, before quantity", "E400 `quantity` is not a date"),
        ("by quantity", "E400 `quantity` is a count; a party is wanted here"),
    ],
)
def test_what_a_step_cannot_mean_is_found(step: str, finding: str) -> None:
    found = read(
        "procedure lend\n  opened by: any party\n  asks: partner: party; quantity: count\n"
        f"  step give: {step}\n"
    )
    assert [f"{one.code} {one.sentence}" for one in found.findings] == [finding]
