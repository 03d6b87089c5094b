# SPDX-License-Identifier: Apache-2.0
"""The commands: one module each, named as it is typed, with a `command`."""
