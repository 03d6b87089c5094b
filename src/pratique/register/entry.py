# SPDX-License-Identifier: Apache-2.0
"""Entries, format version 1: one act in a register, the bytes that stand for it, and their digest.

Bytes are RFC 8785 of all but `seals`; leaf = SHA-256(0x00 ‖ bytes) as in RFC 6962; `prev` is the
leaf of the entry before. How a stored line is read is the business of `line`.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import rfc8785

from pratique.base.moment import Moment, iso_moment
from pratique.base.text import Sentence
from pratique.register.acts import Act, body_of

VERSION = 1
NOTHING_BEFORE = "0" * 64
"""The `prev` of the first entry, whose `seq` is 0."""


class NotAnEntry(ValueError):
    """What was given is no entry, or cannot follow the one before: what is wrong, what may help."""

    def __init__(self, sentence: Sentence, advice: Sentence) -> None:
        self.sentence, self.advice = sentence, advice
        super().__init__(str(sentence))


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in a register. `leaf` is its digest, by which the next entry names it."""

    accord: str
    seq: int
    prev: str
    recorded: Moment
    happened: Moment | None
    office: str
    act: Act
    leaf: str

    @property
    def moment(self) -> Moment:
        """When the register took it in: what orders everything."""
        return self.recorded


def signed_bytes(entry: Entry) -> bytes:
    """Return what an entry's seals stand for: RFC 8785 of everything in it but `seals`."""
    body = body_of(entry.act)
    fields = {
        "accord": entry.accord,
        "act": body.pop("act"),
        "body": body,
        "office": entry.office,
        "prev": entry.prev,
        "recorded": iso_moment(entry.recorded),
        "seq": entry.seq,
        "v": VERSION,
    }
    if entry.happened is not None:
        fields["happened"] = iso_moment(entry.happened)
    return rfc8785.dumps(fields)


def leaf_of(content: bytes) -> bytes:
    """Return the leaf hash of bytes (RFC 6962 section 2.1)."""
    return sha256(b"\x00" + content).digest()


def line_of(entry: Entry) -> bytes:
    """Return an entry as its line in a journal: its bytes with `seals` put in, and a line feed."""
    signed = signed_bytes(entry)
    end = b'"seq":%d,"v":%d}' % (entry.seq, VERSION)
    return signed.removesuffix(end) + seals_of(leaf_of(signed)) + b"," + end + b"\n"


def seals_of(leaf: bytes) -> bytes:
    """Return the member `seals`: the leaf, so that damage shows in the very entry that has it."""
    return b'"seals":[{"kind":"leaf","sha256":"%s"}]' % leaf.hex().encode()
