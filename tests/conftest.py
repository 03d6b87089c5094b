# SPDX-License-Identifier: Apache-2.0
"""What every test may ask for: repeatable Hypothesis runs in CI, the reference folder, the root."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

ROOT = Path(__file__).parent.parent

# A slow, shared machine must not make a true property fail: no deadlines, in CI the same examples.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    print_blob=True,
    # A failure is printed with what repeats it; making it smaller is for the machine at hand.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def reference_folder() -> Path:
    """Return where outside references are looked for; it need not exist."""
    return Path(os.environ.get("PRATIQUE_REFERENCE", "../shared")).resolve()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what reads the outside references where there are none, and say so."""
    folder = reference_folder()
    if folder.is_dir():
        return
    absent = pytest.mark.skip(reason=f"PRATIQUE_REFERENCE is absent ({folder.name})")
    for item in items:
        if item.get_closest_marker("reference"):
            item.add_marker(absent)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many tests read the references, and how many were skipped for want of them."""
    reports = [
        report
        for outcome in ("passed", "failed", "skipped")
        for report in terminalreporter.stats.get(outcome, [])
        if "reference" in getattr(report, "keywords", {})
    ]
    skipped = sum(report.outcome == "skipped" for report in reports)
    terminalreporter.write_line(f"reference tests: {len(reports) - skipped} run, {skipped} skipped")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of outside references, skipping where it is absent."""
    folder = reference_folder()
    if not folder.is_dir():
        pytest.skip("PRATIQUE_REFERENCE is absent")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT
