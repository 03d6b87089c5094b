# SPDX-License-Identifier: Apache-2.0
"""How fast many series are watched, against R's `surveillance` and `EpiEstim` in the same run."""
