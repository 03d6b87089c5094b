# SPDX-License-Identifier: Apache-2.0
"""How fast a journal is verified: entries a second over stored bytes, on one core.

The limit beside it is the least any verifier must do to the same bytes in the same run: split
lines, SHA-256 and the standard library's JSON reader, nothing checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.machine import best_seconds, commit, machine, write_result
from pratique.base.moment import iso_day
from pratique.register.acts import ACTS, Act, act_from
from pratique.register.chain import Chain
from pratique.register.entry import Entry
from pratique.register.journal import read_journal, write_journal
from pratique.register.verify import verify

GOAL = 50_000
ENTRIES = 50_000
MIX = {"report": 60, "perform": 10, "vote": 8, "submit": 6, "move": 4, "open": 3, "note": 2}
"""How often each act stands in a register, in parts; the others once."""


def entries(count: int, *, seed: int = 1) -> Iterator[Entry]:
    """Yield a register's entries in a realistic mix of acts, some with long notes."""
    chance, chain = Random(seed), Chain("mano-river")
    names = list(ACTS)
    weights = [MIX.get(name, 1) for name in names]
    for number in range(count):
        act = _act(chance.choices(names, weights)[0], number, chance)
        moment = 1_400_000_000 + 600 * number
        happened = moment - 3_600 if chance.random() < 0.2 else None
        yield chain.append(office="guinea.focal_point", act=act, recorded=moment, happened=happened)


def _act(name: str, number: int, chance: Random) -> Act:
    [example] = ACTS[name].model_config["json_schema_extra"]["examples"]
    match name:
        case "report":
            day = iso_day(16_200 + number // 100)
            return act_from({**example, "day": day, "value": str(chance.randrange(20_000))})
        case "note":
            return act_from({**example, "about": None, "text": "Épidémie à Guéckédou. " * 40})
        case "correct":
            return act_from({**example, "seq": max(0, number - 40)})
        case _:
            return act_from(example)


def bare_limit(path: Path) -> None:
    """Read, hash and parse every line, checking nothing."""
    with path.open("rb") as file:
        for raw in file:
            sha256(raw).digest()
            json.loads(raw)


def _written(path: Path) -> float:
    """Write the journal and return the seconds it took; nothing of it stays in memory."""
    made = list(entries(ENTRIES))
    return best_seconds(lambda: write_journal(path, made), rounds=2)


def figures(path: Path) -> dict[str, object]:
    """Return the figures of verification over a journal of the mix."""
    write = _written(path)
    size = path.stat().st_size
    limit = best_seconds(lambda: bare_limit(path))
    verified = best_seconds(lambda: verify(path))
    read = best_seconds(lambda: read_journal(path), rounds=3)
    verdict = verify(path)
    if not verdict.ok or verdict.entries != ENTRIES:
        raise SystemExit(f"what was measured is not sound: {verdict.sentence}")
    return {
        "entries": ENTRIES,
        "bytes": size,
        "bytes_per_entry": round(size / ENTRIES),
        "verified_entries_per_second": round(ENTRIES / verified),
        "verified_megabytes_per_second": round(size / verified / 1e6, 1),
        "read_entries_per_second": round(ENTRIES / read),
        "written_entries_per_second": round(ENTRIES / write),
        "limit_entries_per_second": round(ENTRIES / limit),
        "limit": "sha256 and json.loads of each line, nothing checked, same bytes, same run",
        "part_of_limit": round(limit / verified, 2),
        "goal_entries_per_second": GOAL,
        "goal_met": ENTRIES / verified >= GOAL,
    }


def main() -> None:
    """Measure, print, and keep the result."""
    with TemporaryDirectory() as folder:
        found = figures(Path(folder) / "journal.jsonl")
    lines = {"commit": commit(), **machine(), **found}
    print("\n".join(f"{name:32} {value}" for name, value in lines.items()))
    print(write_result("register", found))


if __name__ == "__main__":
    main()
