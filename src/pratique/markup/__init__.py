# SPDX-License-Identifier: Apache-2.0
"""Sentences and values as HTML: what every page that the software writes is made with.

It knows no accord. Everything is escaped here; a page needs no other file and asks the network
for nothing.
"""
