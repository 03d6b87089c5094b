# SPDX-License-Identifier: Apache-2.0
"""The one door to the drawing library: a Chart becomes SVG text and its table.

The same Chart gives the same text. Nothing is fetched; fonts are the reader's own.
"""

from __future__ import annotations

import html
import json
import re

from pratique.base.text import render
from pratique.chart.figures_table import table_of
from pratique.chart.spec import spec_of
from pratique.rehearsal.figures import Chart, Drawn

VEGA_LITE = "6.4"
_TAG = re.compile(r"<[^>]+>")
_ROLE = re.compile(r' (?:role|aria-\w+)="[^"]*"')
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>')


def draw(chart: Chart) -> Drawn:
    """Return a chart as SVG text with title and description, and the table that says the same."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg(
        json.dumps(spec_of(chart)), vl_version=VEGA_LITE, allowed_base_urls=[]
    )
    return Drawn(_named(svg, chart), table_of(chart))


def _named(svg: str, chart: Chart) -> str:
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("the drawing library gave no SVG")
    width, height = found.groups()
    title, description = (
        html.escape(render(s, chart.language)) for s in (chart.title, chart.description)
    )
    name = html.escape(chart.name)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" direction="ltr"'
        f' aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">'
        f'<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>'
    )
    # The whole is one image with a name: its parts are not told one by one.
    return opening + _TAG.sub(lambda tag: _ROLE.sub("", tag[0]), svg[found.end() :])
