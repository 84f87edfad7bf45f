"""Possible hops in few bytes: the states they lean on are named, and read again when asked for."""

from collections.abc import Iterable
from typing import Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.dates import Holds
from graph.known import Known
from graph.model import Edge
from graph.rules.hop import Held, Picture, PossibleHop


class Hops(Protocol):
    """Possible hops by number, from 0."""

    def __len__(self) -> int:
        """How many there are."""

    def __getitem__(self, number: int, /) -> PossibleHop:
        """One of them."""


class _State(msgspec.Struct, frozen=True, array_like=True):
    """A state that a hop leans on; a picture of a fleet when `says` is not empty."""

    edge: str
    holds: str
    says: str = ""
    years: int | None = None


class _Hop(msgspec.Struct, frozen=True, array_like=True):
    rule: str
    source: str
    target: str
    reason: str
    strength: str
    family: str
    whole_aircraft: bool
    hs: tuple[str, ...]
    states: tuple[_State, ...]


class KeptHops:
    """Hops that were packed, over a store.

    Args:
        packed: all hops, one after another.
        ends: int64 (n + 1): hop i is bytes ends[i] .. ends[i + 1].
        known: gives the edges.
    """

    def __init__(self, packed: NDArray[np.uint8], ends: NDArray[np.int64], known: Known) -> None:
        self._packed = packed.data
        self._ends = ends
        self._known = known

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> PossibleHop:
        packed = self._packed[int(self._ends[number]) : int(self._ends[number + 1])]
        hop = msgspec.msgpack.decode(packed, type=_Hop)
        edges = {e.id: e for e in self._known.edges(ids={state.edge for state in hop.states})}
        return PossibleHop(
            rule=hop.rule,
            source=hop.source,
            target=hop.target,
            reason=hop.reason,
            strength=hop.strength,
            family=hop.family,
            whole_aircraft=hop.whole_aircraft,
            hs=hop.hs,
            leans_on=tuple(_held(s, edges) for s in hop.states if not s.says),
            fleets=tuple(Picture(_held(s, edges), s.years, s.says) for s in hop.states if s.says),
        )


def pack(hops: Iterable[PossibleHop]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The arrays that `KeptHops` reads."""
    encoder = msgspec.msgpack.Encoder()
    packed, ends = bytearray(), [0]
    for hop in hops:
        packed += encoder.encode(_small(hop))
        ends.append(len(packed))
    return np.frombuffer(packed, np.uint8), np.array(ends, np.int64)


def _small(hop: PossibleHop) -> _Hop:
    held = (_State(held.edge.id, held.holds.value) for held in hop.leans_on)
    pictures = (_State(p.held.edge.id, p.held.holds.value, p.says, p.years) for p in hop.fleets)
    return _Hop(
        rule=hop.rule,
        source=hop.source,
        target=hop.target,
        reason=hop.reason,
        strength=hop.strength,
        family=hop.family,
        whole_aircraft=hop.whole_aircraft,
        hs=hop.hs,
        states=(*held, *pictures),
    )


def _held(state: _State, edges: dict[str, Edge]) -> Held:
    return Held(edges[state.edge], Holds(state.holds))
