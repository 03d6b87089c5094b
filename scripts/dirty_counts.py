# SPDX-License-Identifier: Apache-2.0
"""Write `tests/data/import/dirty.csv`: 200 dirty rows, and beside them what should become of each.

The kinds of dirt are those of real situation reports; the rows are invented. What is expected is
known from how a row was made, not from reading it. `python scripts/dirty_counts.py`
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "data" / "import"
ROWS = 200
SEED = 20140804
HEADER = b"district,date,reported,cases,note\n"
PLACES = {
    "Guéckédou": ("Guéckédou", "Gueckedou", "GUECKEDOU", "gueckédou", "Guekedou", "GIN-GU"),
    "Nzérékoré": ("Nzérékoré", "Nzerekore", "N'Zérékoré", "Mzerekore", "GIN-NZ"),
    "Kailahun": ("Kailahun", "kailahun", " Kailahun ", "SLE-KA"),
    "Lofa": ("Lofa", "Lofa County", "LOFA COUNTY", "LBR-LO"),
}
NOT_PLACES = ("Kailahum", "Unnamed: 18", "Hastings-F/Town", "=1+1", "Totals")
NO_FIGURES = ("", "-", "n/a", "NR", "Nr", "...")
DATES = ("{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%Y-%m-%d} 00:00:00", "{0.day} {1} {0.year}")
MONTHS = ("janv.", "février", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.")
Row = tuple[bytes, str]


class Dirt:
    """Makes rows, one after another; every row but a repetition has a place and day of its own."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.day = date(2014, 1, 6)

    def row(self, **cells: str) -> bytes:
        """Return a row, sound but for the cells given."""
        self.day += timedelta(days=1)
        place = self.chance.choice(list(PLACES))
        told = {
            "district": self.chance.choice(PLACES[place]),
            "date": self.written(self.day),
            "reported": (self.day + timedelta(days=2)).isoformat(),
            "cases": str(self.chance.randrange(40)),
            "note": "",
        }
        return _line([*{**told, **cells}.values()])

    def written(self, day: date) -> str:
        """Return a day in one of several writings that cannot be mistaken."""
        return self.chance.choice(DATES).format(day, MONTHS[day.month - 1])

    def figure(self) -> Row:
        """Return a row whose figure can be read, however it is written."""
        n = self.chance.randrange(1000, 9000)
        forms = (
            *(f"{n:,}", f"{n:,}".replace(",", " "), f"{n:,}".replace(",", "\u00a0"), f"{n}.0"),
            *(f"+{n}", f"{n}\u200e", f" {n} ", f"~{n}"),
            "".join(chr(0x660 + int(digit)) for digit in str(n)),
        )
        return self.row(cases=self.chance.choice(forms)), str(n)

    def plain(self) -> Row:
        """Return a row without fault."""
        n = self.chance.randrange(40)
        return self.row(cases=str(n)), str(n)

    def misread(self) -> Row:
        """Return a row whose figure is none."""
        choices = {
            "negative": ("-3", "−1"),
            "not_whole": ("12.5", "1,234.5"),
            "no_number": ("many", "1O", "3e4", "12-14", "1,23,4"),
            "per_cent": ("66%", "97.00 %"),
            "too_large": ("99999999999999999",),
            "parentheses": ("12 (3)",),
        }
        code = self.chance.choice(list(choices))
        return self.row(cases=self.chance.choice(choices[code])), code

    def undated(self) -> Row:
        """Return a row whose date is none, or may be two."""
        choices = {
            "ambiguous_date": "04/08/2014",
            "bad_date": "2014-02-30",
            "future": "2015-12-01",
            "no_date": "",
            "other_period": "2014-W33",
            "before": "2014-12-31",
        }
        code = self.chance.choice(list(choices))
        return self.row(date=choices[code]), code

    def missing(self) -> Row:
        """Return a row without a figure."""
        return self.row(cases=self.chance.choice(NO_FIGURES)), "missing"

    def misplaced(self) -> Row:
        """Return a row of a place that is none."""
        return self.row(district=self.chance.choice(NOT_PLACES)), "unknown_place"

    def skipped(self) -> Row:
        """Return a row that the mapping skips."""
        return self.row(note="exercise"), "skip"

    def broken(self) -> Row:
        """Return a row that is no row of the table."""
        whole = self.row().rstrip(b"\n")
        choices: dict[str, bytes] = {
            "ragged": whole + b",one,too many\n",
            "nul": whole + b"\0\n",
            "encoding": whole + "à vérifier".encode("latin-1") + b"\n",
            "open_quote": b'"' + whole + b"\n",
            "blank": b",,,,\n",
        }
        code = self.chance.choice(list(choices))
        return choices[code], code

    def noted(self) -> Row:
        """Return a row with a cell over two lines."""
        n = self.chance.randrange(40)
        return self.row(cases=str(n), note='first line,\nthen "another"'), str(n)


def _line(cells: list[str]) -> bytes:
    quoted = (
        '"{}"'.format(cell.replace('"', '""')) if set(cell) & set(',"\n') else cell
        for cell in cells
    )
    return (",".join(quoted) + "\n").encode()


def rows(seed: int = SEED) -> list[Row]:
    """Return 200 rows, and what should become of each: the count taken, or the reason why not."""
    chance = random.Random(seed)
    dirt = Dirt(chance)
    kinds: list[Callable[[], Row]] = [
        *(dirt.plain, dirt.figure, dirt.misread, dirt.undated, dirt.missing),
        *(dirt.misplaced, dirt.skipped, dirt.broken, dirt.noted),
    ]
    made: list[Row] = []
    while len(made) < ROWS - 20:
        made.append(kinds[len(made) % len(kinds)]())
    return [*made, *_repeated(dirt)]


def _repeated(dirt: Dirt) -> list[Row]:
    """Return ten rows told twice: five the same, five otherwise on the same day."""
    found: list[Row] = []
    for n in range(5):
        day = date(2014, 10, 1) + timedelta(days=n)
        cells = {"district": "Lofa", "date": day.isoformat(), "reported": day.isoformat()}
        found.append((dirt.row(**cells, cases=str(n + 1)), str(n + 1)))
        found.append(
            (dirt.row(**{**cells, "district": "Lofa County"}, cases=str(n + 1)), "duplicate")
        )
        cells["district"] = "Kailahun"
        found.append((dirt.row(**cells, cases=str(n)), "conflict"))
        found.append((dirt.row(**cells, cases=str(n + 7)), "conflict"))
    return found


def main() -> None:
    """Write the rows, and what should become of them, by the line each begins on."""
    made = rows()
    (FOLDER / "dirty.csv").write_bytes(HEADER + b"".join(row for row, _ in made))
    line = 2
    with (FOLDER / "dirty.expected.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["line", "fate"])
        for row, fate in made:
            table.writerow([line, fate])
            line += row.count(b"\n")


if __name__ == "__main__":
    main()
