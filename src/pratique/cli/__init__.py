# SPDX-License-Identifier: Apache-2.0
"""The command line: parses words, calls one function below, prints. One module a command."""
