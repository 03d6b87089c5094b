# SPDX-License-Identifier: Apache-2.0
"""A stored line is read without trust: what is refused, and in which words."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from pratique.register.entry import NotAnEntry, leaf_of
from pratique.register.line import MOST_BYTES, read_line
from unit.register.samples import short_lines

RAW = short_lines(3)[2]
UNKNOWN_SEAL = "`seals` must hold the entry's own leaf, and no seal that this release does not know"


def refused(raw: bytes) -> str:
    with pytest.raises(NotAnEntry) as wrong:
        read_line(raw)
    assert str(wrong.value.advice)
    return str(wrong.value)


def changed(**fields: Any) -> bytes:
    """Return the sample with other fields, canonical and sealed anew; None takes a field out."""
    kept = {**json.loads(RAW), **fields}
    kept = {name: value for name, value in kept.items() if value is not None}
    if "seals" not in fields:
        del kept["seals"]
        leaf = leaf_of(rfc8785.dumps(kept)).hex()
        kept["seals"] = [{"kind": "leaf", "sha256": leaf}]
    return rfc8785.dumps(kept) + b"\n"


def with_body(**fields: Any) -> bytes:
    return changed(body={**json.loads(RAW)["body"], **fields})


def test_the_sample_itself_is_sound() -> None:
    line, leaf = read_line(RAW)
    assert line.act == "report"
    assert changed() == RAW
    assert line.seals[0].sha256 == leaf.hex()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\n", "the line is not JSON from character 2 on"),
        (b"", "the line is cut off: it has no line feed at its end"),
        (RAW[:-1], "the line is cut off: it has no line feed at its end"),
        (RAW[:50] + b"\n", "the line is not JSON from character 51 on"),
        (b"7\n", "`7` is no entry"),
        (b"[]\n", "`[]` is no entry"),
        (b"NaN\n", "`NaN` is no entry"),
        (b'{"v":"\\ud800"}\n', "the line holds half a character, or a number that is none"),
        (b'{"v":"\xff"}\n', "the line is not text in UTF-8 from byte 7 on"),
        (b"[" * 100_000 + b"\n", "the line has brackets within brackets, deeper than any entry"),
        (b"x" * MOST_BYTES + b"\n", "the line is not JSON from character 1 on"),
        (b"x" * (MOST_BYTES + 1) + b"\n", "the entry is longer than 1,000,000 bytes"),
        (b"x" * (MOST_BYTES + 1), "the entry is longer than 1,000,000 bytes"),
        (
            RAW.replace(b'"v":1', b'"v":1,"v":1'),
            "the line names `v` twice",
        ),
        (
            RAW.replace(b'{"accord":', b'{ "accord":'),
            "the line is not spelt as it was written: from byte 2 on, "
            '` "accord":"mano-rive` instead of `"accord":"mano-river`',
        ),
        (
            RAW[:-1] + b" \n",
            "the line is not spelt as it was written: from byte 401 on, ` \\n` instead of ``",
        ),
        (RAW[:-1] + b"\r\n", None),
        (b"\xef\xbb\xbf" + RAW, None),
        (RAW.replace(b"situation", b"situ\\u0061tion"), None),
        (RAW.replace(b"WHO", b"WHo"), "the entry does not match its own seal: it was changed"),
        (changed(seals=[]), UNKNOWN_SEAL),
        (changed(seals=[{"kind": "other", "sha256": "0" * 64}]), UNKNOWN_SEAL),
        (changed(seals=2 * json.loads(RAW)["seals"]), UNKNOWN_SEAL),
        (changed(seals={}), UNKNOWN_SEAL),
        (
            changed(seals=[{"kind": "leaf", "sha256": "0" * 64}]),
            "the entry does not match its own seal: it was changed",
        ),
        (changed(v=2), "`v` must be `1`, not `2`"),
        (changed(v=None), "an entry needs `v`"),
        (changed(place="Conakry"), "`place` is not a field of an entry"),
        (changed(seq=-1), "`seq` must be at least 0, not `-1`"),
        (changed(seq=1.5), "`seq` must be a whole number, not `1.5`"),
        (
            changed(office="Dr Camara"),
            "`office` must be an office such as `guinea.focal_point`, not `Dr Camara`",
        ),
        (
            changed(accord="Mano River"),
            "`accord` must be an accord's name such as `mano-river`, not `Mano River`",
        ),
        (
            changed(recorded="2014-03-22T00:00:00+00:00"),
            "`recorded` must be a moment such as `2014-07-16T06:10:00Z`, "
            "not `2014-03-22T00:00:00+00:00`",
        ),
        (changed(recorded="2014-03-32T00:00:00Z"), None),
        (changed(act="weather"), None),
        (changed(act=None), None),
        (changed(body=None), "an entry needs `body`"),
        (changed(body=[]), "`body` cannot be `[]`"),
        (with_body(weather="fine"), None),
        (with_body(value=251.5), "`value` must be text, not `251.5`"),
        (with_body(act="report"), None),
        (with_body(party=None), None),
    ],
)
def test_a_refusal_says_what_is_wrong(raw: bytes, words: str | None) -> None:
    found = refused(raw)
    assert words is None or found == words
    assert len(found) < 400


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_otherwise(raw: bytes) -> None:
    refused(raw + b"\n")


@given(
    st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(), st.lists), st.data()
)
def test_no_value_in_the_place_of_another_makes_it_fail_otherwise(
    value: Any, draws: st.DataObject
) -> None:
    fields = json.loads(RAW)
    name = draws.draw(st.sampled_from(sorted(fields)))
    if fields[name] != value:
        refused(json.dumps({**fields, name: value}, sort_keys=True).encode() + b"\n")
