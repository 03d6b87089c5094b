# SPDX-License-Identifier: Apache-2.0
"""Whatever is done to an accord's bytes, `check` answers, soon, and without raising."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pratique.accord.check import check
from pratique.rehearsal.trial import try_cases
from unit.cli.commands import MANO_RIVER, ROOT

LONG = (MANO_RIVER / "accord.md").read_bytes()
# It has every kind of clause too and is checked ten times as fast.
SHORT = (ROOT / "accords" / "three-rivers" / "accord.md").read_bytes()
PIECES = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(
        [
            b"(" * 400,
            b"not " * 300,
            b"-" * 300 + b"1",
            b"9" * 400,
            b"1e999",
            b"0.000000000000000001",
            b" or a" * 500,
            b"```accord 1.1-9999.1\n",
            b"```\n",
            b"---\n",
            b"1. " * 200,
            b"> " * 500,
            b"* " * 500,
            b"[" * 500,
            b"#" * 500,
            b"\r",
            b"\x0b\x0c\x85",
            "\u202e\u2066\ufeff\u0000".encode(),
            "𝟗𝟗 ٣ ४ days".encode(),
            b"day 999999999",
            b"for 999999999999999 years",
            b"within 999999999999999 months",
            b"999999999999999 times in 1 minute",
            b"USD 999999999999999.999999999 billion",
            b"per party per party",
            b"999999999/0",
        ]
    ),
)


@st.composite
def mutilated(draw: st.DrawFn, whole: bytes) -> str:
    """Draw an accord after some cuts, insertions, doublings and moves of its bytes."""
    text, places = bytearray(whole), st.integers(0, len(whole))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(places) % (len(text) + 1)
        end = min(len(text), start + draw(st.sampled_from([0, 1, 3, 20, 200, 4000])))
        match draw(st.sampled_from(["insert", "replace", "cut", "double", "move"])):
            case "insert":
                text[start:start] = draw(PIECES)
            case "replace":
                text[start:end] = draw(PIECES)
            case "cut":
                del text[start:end]
            case "double":
                text[start:start] = text[start:end]
            case _:
                piece = bytes(text[start:end])
                del text[start:end]
                place = draw(places) % (len(text) + 1)
                text[place:place] = piece
    return text.decode("utf-8", "replace")


def answers(source: str, *, cases: bool = True) -> None:
    """Hold that check answers, with findings at places that the text has."""
    said = check(source, trial=try_cases if cases else None)
    lines = max(1, len(said.accord.document.lines)) if said.accord.document.lines else 10**9
    for finding in said.findings:
        assert str(finding.sentence)
        assert str(finding.help)
        assert 1 <= finding.span.line <= lines
        assert finding.span.column >= 1


@given(mutilated(SHORT))
@settings(
    max_examples=70,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_mutilated_accord_is_answered(source: str) -> None:
    answers(source, cases=False)


@given(mutilated(LONG))
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_mutilated_long_accord_is_answered(source: str) -> None:
    answers(source, cases=False)


@given(mutilated(SHORT))
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_mutilated_accord_is_answered_with_its_worked_cases(source: str) -> None:
    answers(source)


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
@example("")
@example("\ufeff---\naccord: x\n---\n")
@example("---\naccord: x\nclock: ../../etc/passwd\n---\n")
@example("---\naccord: x\nclock: " + "A" * 5000 + "\n---\n")
def test_any_text_is_answered(source: str) -> None:
    answers(source)


FIELDS = [
    "  when: cases > {}",
    "  when: cases > 3 for {}",
    "  when: cases > 3 in last {}",
    "  when: sum of cases over {} > 3",
    "  then: pay {} from fund to that party",
    "  at most: {}",
    "  at most: once in {}",
]
VALUES = [
    "(" * 2000 + "1" + ")" * 2000,
    "-" * 2000 + "1",
    "1 + " * 900 + "1",
    "9" * 15,
    "9" * 3000,
    "999999999999999 years",
    "90000 years",
    "3000 years",
    "999999999999999 minutes",
    "0 days",
    "0.000000001 minutes",
    "1/0",
    "USD 999999999999999 billion",
    "100000000000 times in 1 day",
    "999999999999999 times",
    "cases / 0",
    "cases / cases",
    "fund / USD 0",
]
ACCORD = """---
accord: x
currency: USD
---

## Annex

```accord
party a, b
measure cases per party: count in 0..100
  from: acts
  if missing: unknown
pool fund: money USD
  from: USD 5 per year as 50% of a, 50% of b
rule r
{}
case c
  given: cases of a = 50 from day 1
  expect: fund = USD 5 on day 3
```
"""


ELSEWHERE = ("if missing: unknown", "= 50 from day 1", "on day 3")
INSTEAD = ("if missing: hold {}", "= {} from day 1", "on day {}")


@pytest.mark.parametrize("value", VALUES, ids=lambda one: one[:30])
@pytest.mark.parametrize(("words", "instead"), list(zip(ELSEWHERE, INSTEAD, strict=True)))
def test_a_hostile_value_elsewhere_is_answered(words: str, instead: str, value: str) -> None:
    rule = "  when: cases > 3\n  then: pay USD 1 from fund to that party"
    answers(ACCORD.format(rule).replace(words, instead.format(value)))


@pytest.mark.parametrize("value", VALUES, ids=lambda one: one[:30])
@pytest.mark.parametrize("field", FIELDS)
def test_a_hostile_value_is_answered(field: str, value: str) -> None:
    other = (
        "  then: pay USD 1 from fund to that party" if "then" not in field else "  when: cases > 3"
    )
    answers(ACCORD.format(f"{field.format(value)}\n{other}"))
