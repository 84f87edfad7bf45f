"""The parties of a store as arrays: who they are by number, and where they may stand on a route."""

from collections.abc import Iterator
from itertools import islice

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.kinds import COMPANIES, ENDS_ONLY, NEVER_ON_A_ROUTE, EntityKind
from graph.view.names import Gathering, Names

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]

_AT_ONCE = 5000
_CODE: dict[str, int] = {kind: code for code, kind in enumerate(EntityKind)}


class Parties(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The parties of a store, numbered by id in sorted order; arrays over them.

    Attributes:
        never: never on a route.
        ends_only: may end a route and is never passed, as an unnamed party of no shipment.
        together: several parties that are reported together.
        company, airline: companies of every kind, and the airlines among them.
        shipment: number, from 1, of the one shipment that an unnamed party belongs to; else 0.
    """

    ids: Names
    never: Mask
    ends_only: Mask
    together: Mask
    company: Mask
    airline: Mask
    shipment: Ints


def parties(rows: Iterator[tuple[str, str, str]]) -> tuple[Parties, dict[str, int]]:
    """The parties from id, kind and shipment by id, and the numbers of shipments."""
    ids = Gathering()
    codes = [np.zeros(0, np.int8)]
    shipments = {"": 0}
    numbers = [np.zeros(0, np.int32)]
    while some := list(islice(rows, _AT_ONCE)):
        names, kinds, of_shipment = zip(*some, strict=True)
        ids.add(names)
        codes.append(np.fromiter(map(_CODE.__getitem__, kinds), np.int8, len(some)))
        found = (shipments.setdefault(name, len(shipments)) for name in of_shipment)
        numbers.append(np.fromiter(found, np.int32, len(some)))
    kind, shipment = np.concatenate(codes), np.concatenate(numbers)
    unplaced = _are({EntityKind.UNNAMED}, kind) & (shipment == 0)
    return Parties(
        ids=ids.names(),
        never=_are(NEVER_ON_A_ROUTE, kind),
        ends_only=_are(ENDS_ONLY, kind) | unplaced,
        together=_are({EntityKind.GROUP}, kind),
        company=_are(COMPANIES, kind),
        airline=_are({EntityKind.AIRLINE}, kind),
        shipment=shipment,
    ), shipments


def _are(kinds: set[EntityKind] | frozenset[EntityKind], codes: NDArray[np.int8]) -> Mask:
    return np.array([kind in kinds for kind in EntityKind], bool)[codes]
