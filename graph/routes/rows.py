"""Small tools over arrays that the search is made of."""

import numpy as np
from numpy.typing import NDArray

from graph.network import Mask, Numbers


def improve(best: Numbers, place: Numbers, value: Numbers, mark: NDArray[np.int32]) -> Numbers:
    """Raise `best[place]` to `value` wherever that is more; the places raised, each once.

    Without sorting: of equal offers for one place the last to leave its mark stands for all.

    Args:
        best: what is raised, in place.
        place, value: the offers; a place may come several times.
        mark: as long as `best`, of any content, overwritten.
    """
    better = np.flatnonzero(value > best[place])
    place, value = place[better], value[better]
    np.maximum.at(best, place, value)
    place = place[best[place] == value]
    serial = np.arange(len(place), dtype=np.int32)
    mark[place] = serial
    raised: Numbers = place[mark[place] == serial]
    return raised


def row_minima(values: Numbers, first: Numbers, absent: int) -> Numbers:
    """The least value of each row first[u] .. first[u + 1]; `absent` for an empty row."""
    least = np.full((len(first) - 1, *values.shape[1:]), absent, values.dtype)
    filled = np.flatnonzero(first[:-1] < first[1:])
    if len(filled):
        least[filled] = np.minimum.reduceat(values, first[filled], axis=0)
    return least


def firsts(keys: list[Numbers]) -> Mask:
    """For columns sorted together: where a row differs from the one before it."""
    new = np.zeros(len(keys[0]), bool)
    new[:1] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return new
