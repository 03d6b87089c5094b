# SPDX-License-Identifier: Apache-2.0
"""The register: acts, entries, their chain and seal, journals and their verification. No database,
no network, no clock; what an act leads to is the engine's.
"""
