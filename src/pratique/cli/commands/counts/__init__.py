# SPDX-License-Identifier: Apache-2.0
"""The commands on counts, a module each, found by walking as the others are."""
