# SPDX-License-Identifier: Apache-2.0
"""The tier dates from the history table alone: twenty lines, and nothing of Pratique."""

import csv
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter


def days(table, hold):
    """Yield each report date, the first, and each country's confirmed deaths still presumed."""
    latest, begun = {}, None
    for day, rows in groupby(csv.DictReader(table), itemgetter("report_date")):
        for row in rows:
            begun = begun or (date.fromisoformat(day) if int(row["cases"]) else None)
            if row["confirmed_deaths"]:
                spoken = date.fromisoformat(row["data_as_of"] or day)
                latest[row["iso3"]] = str(spoken + timedelta(hold)), int(row["confirmed_deaths"])
        yield day, begun, {iso3: deaths for iso3, (end, deaths) in latest.items() if day <= end}


def tier_dates(table, hold, tiers=(250, 750, 2500)):
    """Return the first report date on which the deaths surely known reach each tier, or None."""
    reached = dict.fromkeys(tiers)
    for day, begun, deaths in days(table, hold):
        lasted = day >= str(begun + timedelta(weeks=12))
        if lasted and sum(number >= 20 for number in deaths.values()) >= 2:
            reached |= {t: day for t in tiers if not reached[t] and sum(deaths.values()) >= t}
    return list(reached.values())
