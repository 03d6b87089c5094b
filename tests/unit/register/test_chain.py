# SPDX-License-Identifier: Apache-2.0
"""What may follow what: numbers, leaves, one accord, a clock that only goes forward."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pratique.register.acts import Act, Correct, Note, act_from
from pratique.register.chain import Chain
from pratique.register.entry import Entry, NotAnEntry, line_of
from pratique.register.line import read_line
from unit.register.samples import BEGUN, example, short_register

USE = act_from(example("use"))


def refused(chain: Chain, act: Act = USE, **fields: object) -> str:
    was = (chain.count, chain.leaf, chain.recorded, chain.accord)
    with pytest.raises(NotAnEntry) as wrong:
        chain.append(**{"office": "guinea", "act": act, "recorded": BEGUN, **fields})  # type: ignore[arg-type]
    assert (chain.count, chain.leaf, chain.recorded, chain.accord) == was
    return str(wrong.value)


def not_admitted(chain: Chain, entry: Entry) -> str:
    with pytest.raises(NotAnEntry) as wrong:
        chain.admit(*read_line(line_of(entry)))
    return str(wrong.value)


def test_entries_count_on_and_name_the_one_before() -> None:
    made = short_register(4)
    assert [entry.seq for entry in made] == [0, 1, 2, 3]
    assert [entry.prev for entry in made[1:]] == [entry.leaf for entry in made[:-1]]


def test_a_chain_goes_on_from_any_entry() -> None:
    made = short_register(3)
    chain = Chain.after(made[1])
    chain.admit(*read_line(line_of(made[2])))
    assert (chain.count, chain.leaf) == (3, made[2].leaf)


def test_acts_of_one_moment_share_it_and_none_is_back_dated() -> None:
    chain = Chain("a")
    for _ in range(2):
        chain.append(office="guinea", act=USE, recorded=BEGUN)
    assert refused(chain, recorded=BEGUN - 1) == (
        "the entry is recorded at `2014-03-21T23:59:59Z`, the one before it at "
        "`2014-03-22T00:00:00Z`"
    )


def test_nothing_happened_after_it_was_recorded() -> None:
    assert refused(Chain("a"), happened=BEGUN + 1) == (
        "the entry says it happened at `2014-03-22T00:00:01Z`, after it was recorded at "
        "`2014-03-22T00:00:00Z`"
    )


def test_only_an_earlier_entry_can_be_corrected_or_noted() -> None:
    chain = Chain("a")
    chain.append(office="guinea", act=USE, recorded=BEGUN)
    note, correct = Note(how="reply", about=1, text="x"), Correct(seq=2, reason="x")
    assert refused(chain, note) == "entry 1 concerns entry 1, which comes no earlier"
    assert refused(chain, correct) == "entry 1 concerns entry 2, which comes no earlier"
    chain.append(office="guinea", act=Note(how="reply", about=0, text="x"), recorded=BEGUN)


def test_an_entry_that_could_not_be_read_is_not_made() -> None:
    assert refused(Chain()) == "`accord` must be an accord's name such as `mano-river`, not ``"
    assert refused(Chain("a"), office="Dr Camara").startswith("`office` must be an office")
    # A text in Ethiopic or Chinese takes three bytes a letter, an emoji four.
    answers = {f"a{number}": "\n😀" * 5_000 for number in range(20)}
    assert act_from({"act": "open", "procedure": "p", "fields": answers})
    wide = {f"a{n}": {f"b{m}": "x" * 10_000 for m in range(20)} for n in range(20)}
    act = Correct(seq=0, reason="x", value=wide)
    assert refused(Chain("a"), act) == "the entry is longer than 1,000,000 bytes"


def test_what_does_not_follow_is_named() -> None:
    first, second, third, *_ = short_register()
    chain = Chain.after(first)
    assert not_admitted(chain, third) == "the entry has number 2, where 1 comes next"
    assert not_admitted(chain, replace(second, prev="f" * 64)) == (
        "the entry names another entry before it than the one that is there"
    )
    assert not_admitted(chain, replace(second, accord="other")) == (
        "the entry is of `other`, the register is of `mano-river`"
    )
    chain.admit(*read_line(line_of(second)))
