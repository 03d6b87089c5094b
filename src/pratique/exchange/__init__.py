# SPDX-License-Identifier: Apache-2.0
"""Other people's formats, reading and writing.

Each module knows one format and nothing of the others. Nothing here asks the network.
When something is sent or fetched is decided elsewhere.
"""
