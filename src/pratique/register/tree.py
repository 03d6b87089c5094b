# SPDX-License-Identifier: Apache-2.0
"""The Merkle tree over a register's leaves (RFC 6962 section 2.1): one seal that compares all.

It knows hashes only; what a leaf stands for is the entry's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


class Tree:
    """A tree that grows by leaves; it keeps one hash a full subtree, 17 at most for 100,000."""

    __slots__ = ("_count", "_full")

    def __init__(self) -> None:
        self._count = 0
        self._full: list[bytes] = []

    @property
    def count(self) -> int:
        """How many leaves it has."""
        return self._count

    def grow(self, leaf: bytes) -> None:
        """Add a leaf hash on the right, joining subtrees of one size."""
        full, count = self._full, self._count
        while count & 1:
            leaf = _joined(full.pop(), leaf)
            count >>= 1
        full.append(leaf)
        self._count += 1

    def root(self) -> bytes:
        """Return the root: SHA-256 of nothing for an empty tree."""
        if not self._full:
            return sha256(b"").digest()
        *rest, root = self._full
        for left in reversed(rest):
            root = _joined(left, root)
        return root


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes, in their order."""
    tree = Tree()
    for leaf in leaves:
        tree.grow(leaf)
    return tree.root()


def _joined(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
