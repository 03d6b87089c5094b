# SPDX-License-Identifier: Apache-2.0
"""The entry format, version 1, seen from outside: any JSON reader and SHA-256 can check it."""

from __future__ import annotations

import json
from hashlib import sha256

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from pratique.register.acts import Act, Correct, Note, body_of
from pratique.register.chain import Chain
from pratique.register.entry import NOTHING_BEFORE, line_of, signed_bytes
from pratique.register.line import entry_in, read_line
from unit.register.samples import ANY_ACT, BEGUN, short_lines, short_register

FIELDS = {"v", "accord", "seq", "prev", "recorded", "office", "act", "body"}


def test_an_outsider_finds_the_same_leaves() -> None:
    before = "0" * 64
    for seq, raw in enumerate(short_lines(26)):
        fields = json.loads(raw)
        assert raw == rfc8785.dumps(fields) + b"\n"
        seals = fields.pop("seals")
        assert set(fields) - {"happened"} == FIELDS
        assert (fields["v"], fields["seq"], fields["prev"]) == (1, seq, before)
        before = sha256(b"\x00" + rfc8785.dumps(fields)).hexdigest()
        assert seals == [{"kind": "leaf", "sha256": before}]


def test_an_entry_knows_its_leaf_and_moment() -> None:
    first, second, *_ = short_register()
    assert first.prev == NOTHING_BEFORE
    assert second.prev == first.leaf == sha256(b"\x00" + signed_bytes(first)).hexdigest()
    assert first.moment == first.recorded == BEGUN
    assert first.happened == BEGUN - 60
    assert second.happened is None


@given(ANY_ACT, st.integers(0, 2**40), st.booleans())
def test_what_is_written_is_canonical_and_reads_back(act: Act, seq: int, is_late: bool) -> None:
    if isinstance(act, Correct):
        act = act.model_copy(update={"seq": min(act.seq, seq)})
    if isinstance(act, Note):
        act = act.model_copy(update={"about": None})
    chain = Chain("a")
    chain.count = seq + 1
    happened = BEGUN - 1 if is_late else None
    entry = chain.append(office="guinea", act=act, recorded=BEGUN, happened=happened)
    raw = line_of(entry)
    assert raw == rfc8785.dumps(json.loads(raw)) + b"\n"
    assert entry_in(*read_line(raw)) == entry
    assert json.loads(raw)["body"] == {k: v for k, v in body_of(act).items() if k != "act"}
