# SPDX-License-Identifier: Apache-2.0
"""How long hostile texts take to be read: repetitions of 100 kB, and mutilated accords.

The limits are 2 s for each repetition and for each check of a mutilated accord without its cases.
One in a thousand is whole and one in fifty is two articles; the others are the first clauses and a
piece of an article cut anywhere, so that many can be tried. `--documents 1000000` is the long run;
it can be interrupted, says how far it came, and goes on from `--first NUMBER`. A document that
raises is named by its number: `--only NUMBER` tries it alone.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import process_time

from benchmarks.machine import write_result
from pratique.accord.check import check
from pratique.accord.quantities import quantities

LIMIT = 2.0
SIZE = 100_000
MUTILATED = 2_000
CHUNK = 500
WHOLE_IN, ARTICLES_IN, SLICE = 1_000, 50, 800
PIECES = (
    *("1", "and ", " ", "two hundred and ", "un million et ", "1 ", "a-", "(", "111 ", "1,", "'"),
    *("1/", "(1) ", "Articles 1, ", "two thirds ", "half a ", "EUR 5, 500, ", "pour cent "),
)
FOLDER = Path(__file__).parent.parent / "accords"
TEXTS = tuple(path.read_text("utf-8") for path in sorted(FOLDER.glob("*/accord.md")))
ARTICLES = re.compile(r"^(?=## )", re.MULTILINE)


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


def document(number: int) -> str:
    """Return the mutilated accord of a number: always the same one."""
    chance = random.Random(number)
    whole = chance.choice(TEXTS)
    if number % WHOLE_IN == 0:
        return mutilated(whole, chance)
    head, first, *articles = ARTICLES.split(whole)
    drawn = chance.choice(articles)
    if number % ARTICLES_IN == 0:
        return mutilated(head + first + drawn, chance)
    start = chance.randrange(len(drawn))
    parties = first[: first.index("```\n", first.index("```accord")) + 4]
    return mutilated(head + parties + drawn[start : start + SLICE], chance)


def slowest_of(numbers: range) -> tuple[float, int, float]:
    """Return the seconds and number of the slowest check among some documents, and all seconds."""
    slowest, which, spent = 0.0, numbers.start, 0.0
    gc.freeze()
    for number in numbers:
        text = document(number)
        begun = process_time()
        try:
            check(text)
        except Exception as raised:
            raise RuntimeError(f"document {number} raises {raised!r}") from raised
        seconds = process_time() - begun
        spent += seconds
        if seconds > slowest:
            slowest, which = seconds, number
    return slowest, which, spent


def checked(begin: int, count: int) -> Iterator[tuple[int, float, int, float]]:
    """Iterate over how many documents are checked, the slowest so far, and all seconds spent."""
    last = begin + count
    chunks = [range(first, min(first + CHUNK, last)) for first in range(begin, last, CHUNK)]
    done, slowest, which, spent = 0, 0.0, 0, 0.0
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        for numbers, found in zip(chunks, workers.map(slowest_of, chunks), strict=True):
            done += len(numbers)
            spent += found[2]
            if found[0] > slowest:
                slowest, which = found[0], found[1]
            yield done, slowest, which, spent


def main() -> None:
    """Measure, print and write the result."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--documents", type=int, default=MUTILATED)
    words.add_argument("--first", type=int, default=0)
    words.add_argument("--only", type=int)
    asked = words.parse_args()
    if asked.only is not None:
        print(slowest_of(range(asked.only, asked.only + 1)))
        return
    repeated = {
        (piece, tongue): seconds_of(piece, tongue) for piece in PIECES for tongue in ("en", "fr")
    }
    longest = max(repeated, key=lambda key: repeated[key])
    done, slowest, which, spent = 0, 0.0, 0, 0.0
    try:
        for found in checked(asked.first, asked.documents):
            done, slowest, which, spent = found
            if done % (20 * CHUNK) == 0:
                print(
                    f"{done} of {asked.documents}: slowest {slowest:.3f} s (document {which})",
                    flush=True,
                )
    except KeyboardInterrupt:
        print(f"interrupted after {done}")
    figures = {
        "limit_seconds": LIMIT,
        "repetition_bytes": SIZE,
        "slowest_repetition": " ".join(longest),
        "slowest_repetition_seconds": round(repeated[longest], 3),
        "first_document": asked.first,
        "mutilated_accords": done,
        "raised": 0,
        "slowest_check_seconds": round(slowest, 3),
        "slowest_document": which,
        "mean_check_seconds": round(spent / max(1, done), 4),
        "part_of_limit": round(max(repeated[longest], slowest) / LIMIT, 3),
    }
    for name, value in figures.items():
        print(f"{name}: {value}")
    print(f"written: {write_result('hostile', figures)}")


if __name__ == "__main__":
    main()
