# SPDX-License-Identifier: Apache-2.0
"""What tests of commands may ask for: that long runs be shared among them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from once import replay_once, replays_once, try_cases_once


@pytest.fixture(scope="module")
def long_runs_once() -> Iterator[None]:
    """Commands run a replay, or the worked cases of an accord, only if no test has before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pratique.cli.replaying.replay", replay_once)
        patch.setattr("pratique.cli.replaying.replays", replays_once)
        patch.setattr("pratique.rehearsal.trial.try_cases", try_cases_once)
        yield
