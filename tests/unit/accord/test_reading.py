# SPDX-License-Identifier: Apache-2.0
"""Clauses in plain words: every kind of term, actor and effect says each thing that it holds."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, get_args, get_type_hints

import pytest

from pratique.accord.fields.triggers import Trigger
from pratique.accord.terms.values import (
    BOOL,
    COUNT,
    DATE,
    PERCENT,
    CallPower,
    Draw,
    EdgeRef,
    Effect,
    EndStatus,
    Limit,
    StartStatus,
    Term,
    ValueType,
    Vote,
    Who,
)
from pratique.accord.words.reading import (
    condition_words,
    effect_words,
    limit_words,
    silence_words,
    trigger_words,
    vote_words,
    who_words,
)
from pratique.base.duration import Duration
from pratique.base.finding import Span
from pratique.base.text import render

HERE = Span(1)
WEEK = Duration(7, "days")
EUROS = ValueType("money", "EUR")


def term(
    op: str, *args: Term, type_: ValueType = BOOL, per_party: bool = False, **rest: Any
) -> Term:
    return Term(op, args, type_, per_party, HERE, **rest)


def number(value: str, type_: ValueType = COUNT) -> Term:
    return term("number", type_=type_, value=Fraction(value))


def measure(name: str) -> Term:
    return term("measure", type_=COUNT, per_party=True, name=name)


def status(name: str) -> Term:
    return term("status", name=name)


def edge(name: str, change: str) -> Term:
    return term("edge", name=name, detail=change)


def above(name: str, value: str) -> Term:
    return term("compare", measure(name), number(value), per_party=True, detail=">")


def compared(operator: str) -> Term:
    return term("compare", measure("deaths"), number("250"), detail=operator)


def total(name: str) -> Term:
    return term("sum", measure(name), type_=COUNT)


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
    (term("fault"), "something that could not be read"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "words"), WORDS, ids=lambda value: str(value)[:60])
def test_a_term_in_words(given: Term, words: str) -> None:
    assert str(condition_words(given)) == words


def test_every_op_that_a_term_can_have_is_read() -> None:
    listed = re.search(r"op: (.*?)\.", Term.__doc__ or "", re.DOTALL)
    assert listed
    ops = set(re.split(r",\s+", listed[1]))
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


WHO = {
    "that": (Who("that", HERE), "that Party"),
    "other": (Who("other", HERE), "the other Parties"),
    "each": (Who("each", HERE), "each Party"),
    "all": (Who("all", HERE), "all Parties"),
    "any": (Who("any", HERE), "any Party"),
    "where": (
        Who("where", HERE, condition=CONDITION),
        "each Party for which `deaths` is above 5",
    ),
    "named": (Who("named", HERE, ("guinea", "council")), "`guinea` and `council`"),
}


@pytest.mark.parametrize(("who", "words"), WHO.values(), ids=WHO)
def test_an_actor_in_words(who: Who, words: str) -> None:
    assert str(who_words((who,))) == words


def test_every_form_of_actor_is_read() -> None:
    assert set(WHO) == set(get_args(get_type_hints(Who)["form"]))


def test_several_actors_are_a_list() -> None:
    who = (Who("named", HERE, ("council",)), Who("other", HERE), Who("named", HERE, ("guinea",)))
    assert str(who_words(who)) == "`council`, the other Parties and `guinea`"
    assert str(who_words(())) == "somebody not named"


THAT = Who("that", HERE)
TWO_MILLION = number("200000000", EUROS)
EFFECTS: list[tuple[Effect, str]] = [
    (StartStatus("emergency", None, None), "start `emergency`"),
    (StartStatus("emergency", None, WEEK), "start `emergency` for 7 days"),
    (StartStatus("emergency", THAT, None), "start `emergency` in that Party"),
    (StartStatus("emergency", THAT, WEEK), "start `emergency` in that Party for 7 days"),
    (EndStatus("emergency", None), "end `emergency`"),
    (EndStatus("emergency", THAT), "end `emergency` in that Party"),
    (CallPower("review"), "put a decision under `review` to those who decide it"),
    (
        Draw("fund", THAT, TWO_MILLION, None, WEEK, False),
        "pay EUR 2,000,000 from `fund` to that Party within 7 days",
    ),
    (
        Draw("fund", THAT, TWO_MILLION, None, None, False),
        "pay EUR 2,000,000 from `fund` to that Party",
    ),
    (Draw("kits", THAT, number("40"), None, None, True), "send 40 from `kits` to that Party"),
    (
        Draw("kits", THAT, None, Fraction(3, 10), WEEK, True),
        "send 30 % of what is available in `kits` to that Party within 7 days",
    ),
]


@pytest.mark.parametrize(("effect", "words"), EFFECTS, ids=lambda value: str(value)[:60])
def test_an_effect_in_words(effect: Effect, words: str) -> None:
    assert str(effect_words(effect)) == words


def test_every_type_of_effect_is_read() -> None:
    assert {type(effect) for effect, _ in EFFECTS} == set(get_args(Effect))


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(1, None), "This can happen only once."),
        (Limit(3, None), "This can happen at most 3 times."),
        (Limit(1, WEEK), "This can happen only once in 7 days."),
        (Limit(2, WEEK), "This can happen at most 2 times in 7 days."),
    ],
)
def test_a_limit_in_words(limit: Limit, words: str) -> None:
    assert str(limit_words(limit)) == words


@pytest.mark.parametrize(
    ("vote", "words"),
    [
        (
            Vote(Fraction(2, 3), False, False, "parties", WEEK),
            "It needs the votes of at least 2/3 of the Parties within 7 days.",
        ),
        (
            Vote(Fraction(3, 5), False, True, "parties", WEEK),
            "It needs the votes of at least 3/5 of the Parties that vote yes or no within 7 days.",
        ),
        (
            Vote(Fraction(11, 20), False, False, "council", WEEK),
            "It needs the votes of at least 55 % of the seats of `council` within 7 days.",
        ),
        (
            Vote(Fraction(1), False, True, "council", WEEK),
            "It needs the votes of all of the seats of `council` that vote yes or no"
            " within 7 days.",
        ),
        (
            Vote(Fraction(2), True, False, "parties", WEEK),
            "It needs 2 votes of the Parties within 7 days.",
        ),
        (
            Vote(Fraction(1), True, False, "parties", WEEK),
            "It needs 1 vote of the Parties within 7 days.",
        ),
    ],
)
def test_a_vote_in_words(vote: Vote, words: str) -> None:
    assert str(vote_words(vote)) == words


def test_silence_in_words() -> None:
    silences = {word: str(silence_words(word)) for word in ("consents", "refuses", "abstains")}
    assert [words.rpartition(" ")[2] for words in silences.values()] == [
        "yes.",
        "no.",
        "abstaining.",
    ]
