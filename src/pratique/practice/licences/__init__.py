# SPDX-License-Identifier: Apache-2.0
"""Licences: professionals recognised across borders, and medicines decided upon in reliance.

Serves mutual recognition of people and harmonised standards.
"""
