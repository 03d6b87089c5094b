# SPDX-License-Identifier: Apache-2.0
"""What is measured, against what, and how to repeat it: `python -m benchmarks.NAME`."""
