# SPDX-License-Identifier: Apache-2.0
"""How long hostile texts take to be read: repetitions of 100 kB, and mutilated accords.

The limits are 2 s for each repetition and for each check of a mutilated accord without its cases.
"""

from __future__ import annotations

import random
from pathlib import Path
from time import process_time

from benchmarks.machine import write_result
from pratique.accord.check import check
from pratique.accord.quantities import quantities

LIMIT = 2.0
SIZE = 100_000
MUTILATED = 2_000
PIECES = (
    *("1", "and ", " ", "two hundred and ", "un million et ", "1 ", "a-", "(", "111 ", "1,", "'"),
    *("1/", "(1) ", "Articles 1, ", "two thirds ", "half a ", "EUR 5, 500, ", "pour cent "),
)
ACCORD = Path(__file__).parent.parent / "accords" / "mano-river" / "accord.md"


def seconds_of(piece: str, language: str) -> float:
    """Return the seconds in which 100 kB of a repeated piece are read for quantities."""
    prose = piece * (SIZE // len(piece))
    begun = process_time()
    quantities(prose, language)
    return process_time() - begun


def mutilated(text: str, chance: random.Random) -> str:
    """Return an accord with a few pieces cut, doubled, moved or filled with anything."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(text))
        piece = text[start : start + chance.randint(0, 60)]
        place = chance.randrange(len(text))
        noise = "".join(chr(chance.choice((40, 41, 96, 58, 10, 48, 0x202E))) for _ in range(9))
        put = chance.choice(("", piece * 2, noise, "9" * 40, "(" * 40))
        text = text[:start] + text[start + len(piece) :]
        text = text[:place] + put + text[place:]
    return text


def checked(count: int) -> list[float]:
    """Return the seconds of checking so many mutilated accords, none of which may raise."""
    chance = random.Random(20141217)
    whole = ACCORD.read_text("utf-8")
    spent = []
    for _ in range(count):
        text = mutilated(whole, chance)
        begun = process_time()
        check(text)
        spent.append(process_time() - begun)
    return spent


def main() -> None:
    """Measure, print and write the result."""
    repeated = {
        (piece, tongue): seconds_of(piece, tongue) for piece in PIECES for tongue in ("en", "fr")
    }
    slowest = max(repeated, key=lambda key: repeated[key])
    spent = checked(MUTILATED)
    figures = {
        "limit_seconds": LIMIT,
        "repetition_bytes": SIZE,
        "slowest_repetition": " ".join(slowest),
        "slowest_repetition_seconds": round(repeated[slowest], 3),
        "mutilated_accords": MUTILATED,
        "slowest_check_seconds": round(max(spent), 3),
        "mean_check_seconds": round(sum(spent) / len(spent), 4),
        "part_of_limit": round(max(repeated[slowest], *spent) / LIMIT, 3),
    }
    for name, value in figures.items():
        print(f"{name}: {value}")
    print(f"written: {write_result('hostile', figures)}")


if __name__ == "__main__":
    main()
