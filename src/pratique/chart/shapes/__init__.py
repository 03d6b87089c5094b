# SPDX-License-Identifier: Apache-2.0
"""The outlines of countries, as they are drawn under points on a map (Natural Earth, 1:50 million).

Written by `scripts/outlines.py`; NOTICE says where from.
"""
