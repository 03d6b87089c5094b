# SPDX-License-Identifier: Apache-2.0
"""What counts do not say by themselves: the final count, the reproduction number, the growth."""
