# SPDX-License-Identifier: Apache-2.0
"""Who acts, what follows, by when, how it is decided: each thing said in plain words."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args, get_type_hints

import pytest

from pratique.accord.terms.values import (
    AdoptText,
    CallPower,
    Clock,
    Draw,
    EdgeRef,
    Effect,
    EndStatus,
    Hold,
    Leave,
    Limit,
    OpenCase,
    StartStatus,
    Transfer,
    Vote,
    Who,
)
from pratique.accord.words.clocks import clock_words
from pratique.accord.words.effects import draws_words, effect_words
from pratique.accord.words.reading import (
    limit_words,
    silence_words,
    vote_words,
    who_words,
)
from pratique.base.duration import Duration
from unit.accord.made_terms import (
    EUROS,
    HERE,
    WEEK,
    above,
    number,
    status,
)

HOLDS = status("emergency")
CONDITION = above("deaths", "5")

WHO = {
    "that": (Who("that", HERE), "that Party"),
    "other": (Who("other", HERE), "the other Parties"),
    "each": (Who("each", HERE), "each Party"),
    "all": (Who("all", HERE), "all Parties"),
    "any": (Who("any", HERE), "any Party"),
    "where": (
        Who("where", HERE, condition=CONDITION),
        "each Party for which (`deaths` is above 5)",
    ),
    "named": (Who("named", HERE, ("guinea", "council")), "`guinea` and `council`"),
    "group": (Who("group", HERE, group="donors"), "the Parties in `donors`"),
    "chair": (Who("chair", HERE, ("council",)), "the chair of `council`"),
    "people": (Who("people", HERE, ("nurses",)), "persons of the class `nurses`"),
    "field": (Who("field", HERE, ("partner",)), "the Party that `partner` names"),
    "anyone": (Who("anyone", HERE), "anyone"),
}


@pytest.mark.parametrize(("who", "words"), WHO.values(), ids=WHO)
def test_an_actor_in_words(who: Who, words: str) -> None:
    assert str(who_words((who,))) == words


def test_some_parties_of_a_group_in_words() -> None:
    donors = Who("where", HERE, condition=CONDITION, group="donors")
    assert str(who_words((donors,))) == "each Party in `donors` for which (`deaths` is above 5)"


def test_every_form_of_actor_is_read() -> None:
    assert set(WHO) == set(get_args(get_type_hints(Who)["form"]))


def test_several_actors_are_a_list() -> None:
    who = (Who("named", HERE, ("council",)), Who("other", HERE), Who("named", HERE, ("guinea",)))
    assert str(who_words(who)) == "`council`, the other Parties and `guinea`"
    assert str(who_words(())) == "somebody not named"


THAT = Who("that", HERE)
OTHERS = Who("other", HERE)
ENDS = EdgeRef("emergency", "ends", False, HERE)
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
    (
        Draw("fund", THAT, TWO_MILLION, None, None, False, up_to=True),
        "pay up to EUR 2,000,000 from `fund` to that Party",
    ),
    (
        Hold("teams", THAT, number("2"), ENDS),
        "hold 2 from `teams` for that Party until `emergency` ends",
    ),
    (
        Hold("teams", THAT, number("2"), None, "returned"),
        "hold 2 from `teams` for that Party until `returned` is done",
    ),
    (
        Hold("teams", THAT, number("2"), None, up_to=True),
        "hold up to 2 from `teams` for that Party until the case is closed",
    ),
    (
        Transfer(OTHERS, THAT, "", TWO_MILLION, WEEK),
        "have the other Parties pay EUR 2,000,000 to that Party within 7 days",
    ),
    (
        Transfer(THAT, None, "fund", TWO_MILLION, None),
        "have that Party pay EUR 2,000,000 into `fund`",
    ),
    (OpenCase("referral", None), "open a case under `referral`"),
    (OpenCase("referral", THAT), "open a case under `referral` for that Party"),
    (AdoptText("protocol"), "adopt `protocol`"),
    (Leave(), "let that Party leave the accord"),
]


@pytest.mark.parametrize(("effect", "words"), EFFECTS, ids=lambda value: str(value)[:60])
def test_an_effect_in_words(effect: Effect, words: str) -> None:
    assert str(effect_words(effect)) == words


def test_every_type_of_effect_is_read() -> None:
    assert {type(effect) for effect, _ in EFFECTS} == set(get_args(Effect))


def test_what_a_duty_draws_in_words() -> None:
    held = Hold("teams", THAT, number("2"), ENDS)
    words = "hold 2 from `teams` for that Party until `emergency` ends"
    assert str(draws_words(held, each=False)) == f"When it is raised: {words}."
    assert str(draws_words(held, each=True)) == f"When it is raised, for each recipient: {words}."


CLOCKS: list[tuple[Clock, list[str]]] = [
    (Clock(WEEK), ["It is due within 7 days."]),
    (Clock(WEEK, of_step="review"), ["It is due within 7 days of `review`."]),
    (Clock(WEEK, of_step="referral"), ["It is due within 7 days of the opening."]),
    (Clock(before=16_267), ["It is due before 16 July 2014."]),
    (Clock(before_field="needed_by"), ["It is due before the day that `needed_by` gives."]),
    (
        Clock(WEEK, otherwise=Duration(24, "hours"), when=HOLDS, before=16_267),
        [
            "It is due within 7 days.",
            "It is due within 24 hours instead when `emergency` holds.",
            "It is due before 16 July 2014.",
        ],
    ),
]


@pytest.mark.parametrize(("clock", "words"), CLOCKS, ids=lambda value: str(value)[:60])
def test_a_clock_in_words(clock: Clock, words: list[str]) -> None:
    assert [str(sentence) for sentence in clock_words(clock, "referral")] == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("starts", "last started"), ("ends", "last ended"), ("done", "was last done"),
        ("missed", "was last missed"), ("used", "was last used"), ("refused", "was last refused"),
        ("opened", "was last opened"), ("happens", "last happened"),
    ],
)  # fmt: skip
def test_every_change_that_a_clock_counts_from(change: str, words: str) -> None:
    clock = Clock(WEEK, EdgeRef("it", change, False, HERE))
    assert [str(one) for one in clock_words(clock)] == [
        f"It is due within 7 days of when `it` {words}."
    ]
    part = Clock(WEEK, EdgeRef("referral", change, False, HERE, part="review"))
    assert [str(one) for one in clock_words(part)] == [
        f"It is due within 7 days of when `review` of `referral` {words}."
    ]


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
