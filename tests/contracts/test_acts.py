# SPDX-License-Identifier: Apache-2.0
"""Every act keeps the contract of acts: what it says, what it refuses, how it is written."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785

from pratique.register.acts import ACTS, NotAnAct, act_from, body_of

CLOSED = [
    *("adopt", "consent", "report", "submit", "propose", "vote", "use"),
    *("perform", "open", "move", "disclose", "correct", "note"),
]
EACH = pytest.mark.parametrize("name", CLOSED)


def example(name: str) -> dict[str, Any]:
    [body] = ACTS[name].model_config["json_schema_extra"]["examples"]
    return dict(body)


def test_the_list_of_acts_is_closed() -> None:
    assert sorted(ACTS) == sorted(CLOSED)


@EACH
def test_it_says_what_it_means(name: str) -> None:
    meaning = ACTS[name].__doc__ or ""
    assert len(meaning.split()) > 6
    assert meaning != ACTS[name].__base__.__doc__


@EACH
def test_its_example_shows_every_field(name: str) -> None:
    assert sorted(example(name)) == sorted(ACTS[name].model_fields)


@EACH
def test_it_goes_through_json_and_back(name: str) -> None:
    act = act_from(example(name))
    assert body_of(act) == example(name)
    assert act_from(json.loads(json.dumps(body_of(act)))) == act


@EACH
def test_its_json_is_canonical_as_it_comes(name: str) -> None:
    act = act_from(example(name))
    body = {key: value for key, value in body_of(act).items() if key != "act"}
    assert act.model_dump_json(exclude_none=True).encode() == rfc8785.dumps(body)


@EACH
def test_its_fields_are_declared_in_canonical_order(name: str) -> None:
    declared = [field for field in ACTS[name].model_fields if field != "act"]
    assert declared == sorted(declared)


@EACH
def test_it_refuses_a_field_that_it_does_not_have(name: str) -> None:
    with pytest.raises(NotAnAct, match=f"^`weather` is not a field of `{name}`; it has `"):
        act_from({**example(name), "weather": "fine"})


@EACH
def test_it_cannot_be_changed_afterwards(name: str) -> None:
    act = act_from(example(name))
    with pytest.raises(ValueError, match="frozen"):
        act.act = "other"  # type: ignore[assignment]


FIELDS = [(name, field) for name in CLOSED for field in ACTS[name].model_fields if field != "act"]


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_a_required_field_is_asked_for_and_an_empty_one_left_out(name: str, field: str) -> None:
    body = example(name)
    del body[field]
    if ACTS[name].model_fields[field].is_required():
        with pytest.raises(NotAnAct, match=f"^`{name}` needs `{field}`$"):
            act_from(body)
    elif name == "report" and field in ("day", "value"):
        with pytest.raises(NotAnAct, match="needs both `day` and `value`"):
            act_from(body)
    else:
        assert act_from({**body, field: None} if field not in ("text", "fields") else body)
        assert body_of(act_from(body)).get(field) in (None, "", {})


@pytest.mark.parametrize(("name", "field"), FIELDS)
@pytest.mark.parametrize("value", [1.5, float("nan"), True, ["a"], "x" * 10_001, 2**53, -1])
def test_no_field_takes_floats_lists_truths_or_more_than_its_bounds(
    name: str, field: str, value: object
) -> None:
    with pytest.raises(NotAnAct) as refused:
        act_from({**example(name), field: value})
    assert str(refused.value).startswith(f"`{field}` ")
    assert len(str(refused.value)) < 250


TEXTS = [(n, f) for n, f in FIELDS if isinstance(example(n)[f], str)]


@pytest.mark.parametrize(("name", "field"), TEXTS)
@pytest.mark.parametrize("value", ["\ud800", "a\x1b[2J", "a\x00", "\x85", "a\r\nb"])
def test_no_text_holds_half_characters_or_commands_to_a_terminal(
    name: str, field: str, value: str
) -> None:
    with pytest.raises(NotAnAct) as refused:
        act_from({**example(name), field: value})
    assert "\x1b" not in str(refused.value)
