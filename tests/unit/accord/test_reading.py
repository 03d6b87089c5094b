# SPDX-License-Identifier: Apache-2.0
"""Clauses in plain words: every kind of term, every trigger and limit says each thing it holds."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from pratique.accord.fields.triggers import Trigger
from pratique.accord.terms.values import (
    COUNT,
    DATE,
    PERCENT,
    EdgeRef,
    Term,
    ValueType,
)
from pratique.accord.words.reading import (
    condition_words,
    trigger_words,
)
from pratique.base.duration import Duration
from pratique.base.text import render
from unit.accord.made_terms import (
    EUROS,
    HERE,
    WEEK,
    above,
    compared,
    edge,
    measure,
    number,
    status,
    term,
    total,
)

HOLDS, OPEN = status("emergency"), status("border_open")
BOTH = term("and", HOLDS, OPEN)
EITHER = term("or", HOLDS, OPEN)
FUND = {"type_": EUROS, "name": "fund"}

WORDS: list[tuple[Term, str]] = [
    (number("1200"), "1,200"),
    (number("0.25"), "0.25"),
    (number("3/10", PERCENT), "30 %"),
    (number("1/8", PERCENT), "12.5 %"),
    (number("285000000", ValueType("money", "USD")), "USD 2,850,000"),
    (number("50", EUROS), "EUR 0.50"),
    (number("5000", ValueType("money", "XOF")), "XOF 5,000"),
    (number("16267", DATE), "16 July 2014"),
    (term("number", duration=Duration(1, "weeks")), "1 week"),
    (term("term", number("50"), name="threshold"), "`threshold` (50)"),
    (measure("deaths"), "`deaths`"),
    (
        term("at", measure("deaths"), type_=COUNT, party=1, detail="liberia"),
        "`deaths` of `liberia`",
    ),
    (term("at", HOLDS, party=1, detail="liberia"), "in `liberia`, `emergency` holds"),
    (term("at", HOLDS, party=1), "in Party no. 2, `emergency` holds"),
    (
        term("at", term("builtin", name="ratified"), party=0, detail="guinea"),
        "`guinea` has ratified the accord",
    ),
    (HOLDS, "`emergency` holds"),
    (term("builtin", name="ratified"), "the Party has ratified the accord"),
    (term("builtin", name="signed"), "the Party has signed the accord"),
    (term("builtin", name="left"), "the Party has left the accord"),
    (term("pool", detail="available", **FUND), "what is available in `fund`"),
    (term("pool", detail="received", **FUND), "what `fund` has received"),
    (term("pool", detail="committed", **FUND), "what `fund` has committed"),
    (term("pool", detail="paid", **FUND), "what `fund` has paid out"),
    (edge("emergency", "starts"), "`emergency` has started"),
    (edge("emergency", "ends"), "`emergency` has ended"),
    (edge("notify", "done"), "`notify` has been done"),
    (edge("notify", "missed"), "`notify` has been missed"),
    (edge("first_tier", "used"), "`first_tier` has been used"),
    (edge("declare", "refused"), "`declare` has been refused"),
    (edge("declare", "opened"), "`declare` has been opened"),
    (term("event", name="cluster", detail="happens"), "`cluster` has happened"),
    (term("known", measure("deaths")), "`deaths` is known"),
    (BOTH, "`emergency` holds and `border_open` holds"),
    (EITHER, "`emergency` holds or `border_open` holds"),
    (
        term("and", EITHER, HOLDS),
        "(at least one of these: `emergency` holds or `border_open` holds) and `emergency` holds",
    ),
    (
        term("or", HOLDS, BOTH),
        "`emergency` holds or (all of these: `emergency` holds and `border_open` holds)",
    ),
    (term("not", HOLDS), "`emergency` does not hold"),
    (
        term("and", term("not", HOLDS), term("all", above("deaths", "5")), OPEN),
        "`emergency` does not hold, (in every Party, `deaths` is above 5) and `border_open` holds",
    ),
    (
        term("or", term("at", HOLDS, party=0, detail="guinea"), OPEN),
        "(in `guinea`, `emergency` holds) or `border_open` holds",
    ),
    (term("not", term("known", measure("deaths"))), "`deaths` is not known"),
    (
        term("not", EITHER),
        "it is not the case that (at least one of these: `emergency` holds or `border_open` holds)",
    ),
    (term("not", edge("notify", "done")), "it is not the case that `notify` has been done"),
    (compared(">"), "`deaths` is above 250"),
    (compared(">="), "`deaths` is at least 250"),
    (compared("<"), "`deaths` is below 250"),
    (compared("<="), "`deaths` is at most 250"),
    (compared("="), "`deaths` is equal to 250"),
    (compared("!="), "`deaths` differs from 250"),
    (term("not", compared(">")), "`deaths` is not above 250"),
    (term("not", compared(">=")), "`deaths` is not at least 250"),
    (term("not", compared("<")), "`deaths` is not below 250"),
    (term("not", compared("<=")), "`deaths` is not at most 250"),
    (term("not", compared("=")), "`deaths` differs from 250"),
    (term("not", compared("!=")), "`deaths` is equal to 250"),
    (term("range", measure("deaths"), number("5"), number("9")), "`deaths` is from 5 to 9"),
    (term("add", number("1"), number("2")), "1 plus 2"),
    (term("sub", number("1"), number("2")), "1 minus 2"),
    (term("mul", term("add", number("1"), number("2")), number("3")), "(1 plus 2) times 3"),
    (term("div", measure("cases"), number("3")), "`cases` divided by 3"),
    (term("neg", number("4")), "minus 4"),
    (
        term("if", HOLDS, number("10"), number("20"), type_=COUNT),
        "10 if `emergency` holds, otherwise 20",
    ),
    (term("for", above("deaths", "5"), duration=WEEK), "`deaths` is above 5 for 7 days"),
    (term("for", term("not", HOLDS), duration=WEEK), "(`emergency` does not hold) for 7 days"),
    (
        term("not", term("for", HOLDS, duration=WEEK)),
        "it is not the case that (`emergency` holds for 7 days)",
    ),
    (term("for_reports", compared("<"), reports=2), "`deaths` is below 250 in 2 reports in a row"),
    (term("for_reports", compared("<"), reports=1), "`deaths` is below 250 in 1 report"),
    (
        term("in_last", edge("first_tier", "used"), duration=WEEK),
        "`first_tier` has been used in the last 7 days",
    ),
    (
        term("in_last", above("deaths", "5"), duration=WEEK),
        "`deaths` is above 5 at some time in the last 7 days",
    ),
    *(
        (
            term("window", type_=COUNT, name="cases", detail=detail, duration=Duration(3, "weeks")),
            f"the {words} of `cases` over 3 weeks",
        )
        for detail, words in [
            ("mean", "mean"),
            ("max", "highest value"),
            ("min", "lowest value"),
            ("sum", "sum"),
            ("change", "change"),
        ]
    ),
    (term("any", above("deaths", "5")), "in at least one Party, `deaths` is above 5"),
    (term("all", above("deaths", "5")), "in every Party, `deaths` is above 5"),
    (term("count", above("deaths", "5")), "the number of Parties for which (`deaths` is above 5)"),
    (
        term("compare", total("deaths"), number("250"), detail=">="),
        "the sum of `deaths` over all Parties is at least 250",
    ),
    (term("max", measure("cases")), "the highest `cases` of all Parties"),
    (term("min", measure("cases")), "the lowest `cases` of all Parties"),
    (term("mean", measure("cases")), "the mean of `cases` over all Parties"),
    (
        term("count", above("deaths", "5"), term("member", name="donors"), name="donors"),
        "the number of `donors` for which (`deaths` is above 5)",
    ),
    (term("member", name="donors"), "the Party is one of `donors`"),
    (term("member"), "the accord binds the Party"),
    (
        term(
            "values",
            term("number", type_=PERCENT, value=Fraction(3, 10), party=0, detail="kenya"),
            term("number", type_=PERCENT, value=Fraction(7, 10), party=1, detail="uganda"),
            type_=PERCENT,
            per_party=True,
        ),
        "30 % of `kenya` and 70 % of `uganda`",
    ),
    (
        term("dated", number("50"), number("40"), dates=(21_184,)),
        "50 at first, then 40 from 1 January 2028 on",
    ),
    (
        term("method", measure("cases"), number("3"), name="share_of"),
        "what the method `share_of` makes of `cases` and 3",
    ),
    (term("field", type_=COUNT, name="quantity"), "`quantity`"),
    (term("fault"), "something that could not be read"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "words"), WORDS, ids=lambda value: str(value)[:60])
def test_a_term_in_words(given: Term, words: str) -> None:
    assert str(condition_words(given)) == words


def test_every_op_that_a_term_can_have_is_read() -> None:
    listed = re.search(r"op: (.*?); (.*?)\n    A quant", Term.__doc__ or "", re.DOTALL)
    assert listed
    ops = {*re.split(r",\s+", listed[1]), *re.findall(r"`(\w+)`\s\(", listed[2])}
    assert {node.op for given, _ in WORDS for node in given.walk()} == ops


def test_numbers_and_lists_follow_the_language() -> None:
    three = term("or", compared(">"), HOLDS, OPEN)
    assert " or " not in render(condition_words(three), "fr")
    assert render(condition_words(number("2.5")), "fr") == "2,5"
    assert "2\u202f850\u202f000" in render(condition_words(number("285000000", EUROS)), "fr")


CONDITION = above("deaths", "5")
ON = EdgeRef("emergency", "starts", False, HERE)


@pytest.mark.parametrize(
    ("trigger", "words"),
    [
        (Trigger(HOLDS, ()), "This applies when `emergency` holds."),
        (Trigger(CONDITION, ()), "This applies to each Party for which `deaths` is above 5."),
        (Trigger(None, (ON,)), "This follows when `emergency` starts."),
        (
            Trigger(None, (ON, EdgeRef("cluster", "happens", True, HERE))),
            "This follows when `emergency` starts or `cluster` happens in a Party.",
        ),
        (
            Trigger(None, (EdgeRef("cluster", "happens", False, HERE, 1),)),
            "This follows when `cluster` happens in Party no. 2.",
        ),
        (Trigger(None, ()), "This applies at any time."),
    ],
)
def test_a_trigger_in_words(trigger: Trigger, words: str) -> None:
    assert str(trigger_words(trigger)) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("starts", "starts"), ("ends", "ends"), ("done", "is done"), ("missed", "is missed"),
        ("used", "is used"), ("refused", "is refused"), ("opened", "is opened"),
        ("happens", "happens"),
    ],
)  # fmt: skip
def test_every_change_in_words(change: str, words: str) -> None:
    trigger = Trigger(None, (EdgeRef("it", change, False, HERE),))
    assert str(trigger_words(trigger)) == f"This follows when `it` {words}."
