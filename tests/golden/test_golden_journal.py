# SPDX-License-Identifier: Apache-2.0
"""A journal sealed with entry format version 1 stays sound, and is read and written the same."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

from pratique.base.moment import iso_moment
from pratique.register.acts import ACTS, body_of
from pratique.register.entry import line_of
from pratique.register.journal import head_of, read_journal, seal_of
from pratique.register.verify import verify

JOURNAL = Path(__file__).parent / "register-v1.jsonl"
SEAL = "4cfdd5d8bbca33da71daeea62ac17d546ebf43aa4834623cf6130e77bf7254a4"
LAST = "d000059c15c52729762f2d711b76ba577256265a4fe0fbd8518dfe3ceab78bc5"


def test_its_seal_is_the_one_it_was_released_with() -> None:
    verdict = verify(JOURNAL, expect_count=35, expect_root=SEAL)
    assert verdict.ok, str(verdict.sentence)
    assert verdict.leaf == LAST


def test_it_is_written_again_byte_for_byte() -> None:
    made = read_journal(JOURNAL)
    assert b"".join(map(line_of, made)) == JOURNAL.read_bytes()
    assert (head_of(made).leaf, seal_of(made)) == (LAST, SEAL)


def test_it_says_what_its_json_says() -> None:
    stored = [json.loads(raw) for raw in JOURNAL.read_bytes().splitlines()]
    for entry, fields in zip(read_journal(JOURNAL), stored, strict=True):
        assert body_of(entry.act) == {"act": fields["act"], **fields["body"]}
        assert (entry.seq, entry.office) == (fields["seq"], fields["office"])
        assert iso_moment(entry.recorded) == fields["recorded"]
        assert (entry.happened and iso_moment(entry.happened)) == fields.get("happened")


def test_it_has_every_act() -> None:
    assert Counter(entry.act.act for entry in read_journal(JOURNAL)).keys() == ACTS.keys()


def test_the_standard_library_alone_finds_the_same_seal() -> None:
    """For these fields RFC 8785 is JSON with names sorted, nothing between, UTF-8."""
    hashes = []
    for raw in JOURNAL.read_bytes().splitlines():
        fields = json.loads(raw)
        del fields["seals"]
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        hashes.append(sha256(b"\x00" + text.encode()).digest())
    assert hashes[-1].hex() == LAST
    while len(hashes) > 1:
        # Level by level; an odd one at the end goes up as it is, as in RFC 6962.
        pairs = [hashes[at : at + 2] for at in range(0, len(hashes), 2)]
        hashes = [sha256(b"\x01" + b"".join(p)).digest() if len(p) == 2 else p[0] for p in pairs]
    assert hashes[0].hex() == SEAL
