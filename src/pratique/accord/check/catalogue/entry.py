# SPDX-License-Identifier: Apache-2.0
"""What the catalogue keeps of one public finding."""

from __future__ import annotations

from dataclasses import dataclass

from pratique.accord.check.catalogue.examples import shown_part
from pratique.base.text import Sentence


@dataclass(frozen=True, slots=True)
class FindingCode:
    """A public code. `bad` is a whole small accord with this finding, `good` the same without.

    `french`: their French texts, of a finding on translations. `reviews`: the stamps of both, of a
    finding on reviews. `rehearsed`: found not by `check` but by a rehearsal of the bad accord.
    """

    code: str
    title: Sentence
    meaning: Sentence
    bad: str
    good: str
    french: tuple[str, str] = ("", "")
    reviews: str = ""
    rehearsed: bool = False

    def shown_bad(self) -> str:
        """Return what a reader needs to see of the accord with the finding."""
        return _shown(self.bad, self.french[0], self.reviews)

    def shown_good(self) -> str:
        """Return what a reader needs to see of the accord without it."""
        return _shown(self.good, self.french[1], self.reviews)


def _shown(accord: str, french: str, reviews: str) -> str:
    parts = [shown_part(accord)]
    if french:
        parts.append(f"accord.fr.md:\n\n{shown_part(french)}")
    if reviews:
        parts.append(f"reviews.toml:\n\n{reviews.rstrip()}")
    return "\n\n".join(parts)
