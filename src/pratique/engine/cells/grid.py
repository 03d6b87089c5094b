# SPDX-License-Identifier: Apache-2.0
"""The cells: every combination of the values of variables, as arrays over [cell, party or 1].

Parties that nothing tells apart are tried in one order only. Beyond a limit, cells are drawn by
chance from a fixed seed, and the grid says that it is a sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from pratique.engine.cells.variables import Key, Variable

Values = NDArray[np.float64] | NDArray[np.bool_]
MOST_CELLS = 1_000_000
SAMPLE = 100_000
SEED = 20_140_323


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells: by variable, its value in each, [cell, party] or [cell, 1]; truths as booleans."""

    cells: int
    parties: int
    arrays: dict[Key, Values]
    is_steady: bool
    is_sample: bool


def grid_of(variables: Sequence[Variable], parties: int, *, symmetric: bool, steady: bool) -> Grid:
    """Return the cells of some variables; of a party each, as tuples over the parties."""
    shared = [one for one in variables if not one.per_party]
    own = [one for one in variables if one.per_party]
    kinds = prod(len(one.values) for one in own)
    orders = comb(kinds + parties - 1, parties) if symmetric else kinds**parties
    count = prod(len(one.values) for one in shared) * orders
    if count > MOST_CELLS:
        return _sampled(variables, parties, steady=steady)
    places = _places([len(one.values) for one in shared])
    tuples = _tuples(kinds, parties, symmetric=symmetric)
    cells = len(places) * len(tuples)
    arrays: dict[Key, Values] = {}
    for column, one in enumerate(shared):
        chosen = np.asarray(one.values)[places[:, column]]
        arrays[one.key] = _typed(one, np.repeat(chosen, len(tuples))[:, None])
    sizes = [len(one.values) for one in own]
    for column, one in enumerate(own):
        index = np.stack(np.unravel_index(tuples, sizes))[column] if sizes else tuples
        arrays[one.key] = _typed(one, np.tile(np.asarray(one.values)[index], (len(places), 1)))
    return Grid(cells, parties, arrays, is_steady=steady, is_sample=False)


def _places(sizes: Sequence[int]) -> NDArray[np.int64]:
    # Of no sizes there is one place: the empty one.
    found = np.array(list(product(*(range(size) for size in sizes))), dtype=np.int64)
    return found.reshape(prod(sizes), len(sizes))


def _tuples(kinds: int, parties: int, *, symmetric: bool) -> NDArray[np.int64]:
    ways = combinations_with_replacement if symmetric else _ordered
    return np.array(list(ways(range(kinds), parties)), dtype=np.int64).reshape(-1, parties)


def _ordered(kinds: range, parties: int) -> product[tuple[int, ...]]:
    return product(kinds, repeat=parties)


def _sampled(variables: Sequence[Variable], parties: int, *, steady: bool) -> Grid:
    chance = np.random.default_rng(SEED)
    arrays: dict[Key, Values] = {
        one.key: _typed(one, chance.choice(one.values, (SAMPLE, parties if one.per_party else 1)))
        for one in variables
    }
    return Grid(SAMPLE, parties, arrays, is_steady=steady, is_sample=True)


def _typed(variable: Variable, values: NDArray[np.float64]) -> Values:
    return values.astype(np.bool_) if variable.is_truth else values
