# SPDX-License-Identifier: Apache-2.0
"""The Mano River accord replayed over its history, once for all tests that read the outcome."""

from __future__ import annotations

from dataclasses import replace as changed
from functools import cache
from pathlib import Path

from once import and_silent, replay_once, replays_once
from pratique.accord.compile import compile_accord
from pratique.accord.model import read_accord
from pratique.accord.program import Program
from pratique.chart import draw
from pratique.cli.methods import methods
from pratique.rehearsal.conduct import conduct_named
from pratique.rehearsal.history import History, read_history
from pratique.rehearsal.replay import Replay
from pratique.rehearsal.report import report_html

FOLDER = Path(__file__).parent.parent / "accords" / "mano-river"
HOSTILE = "<script>alert(1)</script>"


def source() -> str:
    """Return the accord's text."""
    return (FOLDER / "accord.md").read_text("utf-8")


@cache
def program(text: str, *without: str) -> Program:
    """Return the program of an accord's text."""
    compiled = compile_accord(read_accord(text, methods()), without=without)
    assert isinstance(compiled, Program)
    return compiled


@cache
def history() -> History:
    """Return the history of the Mano River accord."""
    return read_history(FOLDER / "history", program(source()))


@cache
def replayed(conduct: str = "deadline", *without: str) -> Replay:
    """Return the replay under a conduct, leaving clauses out."""
    return replay_once(program(source(), *without), history(), conduct_named(conduct))


@cache
def silent_in_votes(conduct: str = "deadline") -> Replay:
    """Return the replay with nobody answering in votes."""
    return replays_once(program(source()), history(), and_silent(conduct_named(conduct)))[-1]


@cache
def report(language: str = "en", conduct: str = "deadline", *without: str) -> str:
    """Return the report of a replay; with clauses left out, beside the whole."""
    baseline = replayed(conduct) if without else None
    other = None if without else silent_in_votes(conduct)
    return report_html(
        replayed(conduct, *without), other=other, language=language, draw=draw, baseline=baseline
    )


@cache
def hostile_report() -> str:
    """Return a report of an accord and a history whose every name is markup."""
    text = source().replace('"Guinea"', f'"{HOSTILE}"').replace('"lower tier"', f'"{HOSTILE}"')
    text = text.replace("accord: Mano", f"accord: {HOSTILE} Mano")
    text = text.replace("Illustrative text,", f"Illustrative {HOSTILE} text,")
    events = tuple(changed(one, words=HOSTILE, source=HOSTILE) for one in history().events)
    figures = tuple(changed(one, source=HOSTILE) for one in history().publications)
    told = changed(history(), title=HOSTILE, source=HOSTILE, events=events, publications=figures)
    done = replay_once(program(text), told, conduct_named("deadline"))
    return report_html(done, other=done, language="en", draw=draw)
