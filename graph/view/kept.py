"""The layers of a view, kept beside a store from a certain size on; see `graph.view.shelf`.

What is kept is named by all it was made from: what the store holds, the dates, the cost table and
the text of the program, so that nothing made by other rules is ever read.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph import kinds
from graph.cost import Costs
from graph.known import Known
from graph.network import Layer
from graph.rules import Facts
from graph.store.base import Reader, Shelf
from graph.view import shelf as shelves
from graph.view.documented import Documented, documented
from graph.view.hops import KeptHops, pack
from graph.view.names import Names
from graph.view.parties import Parties
from graph.view.possible import Fleets, Possible, possible
from graph.view.ties import Ties, ties
from graph.view.traits import Raw

LEAST_ARCS = 20_000
"""A view with fewer arcs is made in less time than it takes to look after its files."""
_LAYER = tuple(name for name in Layer.__struct_fields__ if name != "dearest")
_TIES = tuple(name for name in Ties.__struct_fields__ if name != "edges")
_PARTIES = tuple(name for name in Parties.__struct_fields__ if name != "ids")
_Arrays = Mapping[str, NDArray[Any]]


def documented_layer(reader: Reader, costs: Costs, known_at: int | None) -> Documented:
    """The documented arcs: mapped from what was kept, or made, and kept when there are many."""
    shelf, key = reader.shelf, _key("documented", costs, known_at)
    kept = shelf and shelves.find(shelf, key)
    if kept:
        return _documented(kept)
    made = documented(reader, costs, known_at)
    if shelf is None or len(made.edge) < LEAST_ARCS:
        return made
    shelves.keep(shelf, key, _documented_arrays(made))
    kept = shelves.find(shelf, key)
    return _documented(kept) if kept else made


def ties_of(known: Known, costs: Costs, before: Documented) -> Ties:
    """The ties of companies: kept where the documented arcs are many."""
    shelf = _shelf(known, before)
    key = _key("ties", costs, known.known_at)
    kept = shelf and shelves.find(shelf, key)
    if kept:
        return _ties(kept)
    made = ties(known.reader, costs, known.known_at)
    if shelf is not None:
        columns = {name: getattr(made, name) for name in _TIES}
        shelves.keep(shelf, key, _names("edge", made.edges) | columns)
    return made


def possible_layer(
    facts: Facts, costs: Costs, before: Documented, of: Callable[[], Ties]
) -> Possible:
    """The possible arcs of a day: kept where the documented ones are many."""
    known = facts.known
    shelf = _shelf(known, before)
    key = _key("possible", costs, known.known_at, facts.as_of, facts.contested)
    kept = shelf and shelves.find(shelf, key)
    if kept:
        return _possible(kept, known)
    made = possible(facts, costs, before, of())
    if shelf is None:
        return made
    shelves.keep(shelf, key, _possible_arrays(made))
    kept = shelves.find(shelf, key)
    return _possible(kept, known) if kept else made


def _shelf(known: Known, before: Documented) -> Shelf | None:
    return known.reader.shelf if len(before.edge) >= LEAST_ARCS else None


def _key(what: str, costs: Costs, *of: int | bool | None) -> str:
    return "|".join([what, _program(), _digest(msgspec.json.encode(costs)), *map(str, of)])


@lru_cache(maxsize=1)
def _program() -> str:
    """A digest of the code that decides what is in a view."""
    folder = Path(kinds.__file__).parent
    places = (folder, folder / "rules", folder / "store", folder / "view")
    files = sorted(path for place in places for path in place.glob("*.py"))
    return _digest(b"".join(path.read_bytes() for path in files))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _documented_arrays(made: Documented) -> _Arrays:
    return {
        **_names("party", made.parties.ids),
        **{name: getattr(made.parties, name) for name in _PARTIES},
        **_names("edge", made.edges),
        "edge": made.edge,
        "traits": _packed(made.traits),
        **_layer_arrays(made.layer),
    }


def _documented(kept: _Arrays) -> Documented:
    return Documented(
        parties=Parties(
            ids=_kept_names("party", kept),
            **{name: kept[name] for name in _PARTIES},
        ),
        edges=_kept_names("edge", kept),
        edge=kept["edge"],
        layer=_layer(kept),
        traits=_unpacked(kept["traits"], tuple[Raw, ...]),
    )


def _possible_arrays(made: Possible) -> _Arrays:
    hops, ends = pack(made.hops[number] for number in range(len(made.hops)))
    return {
        "hops": hops,
        "hop_ends": ends,
        "hop": made.hop,
        "traits": _packed(made.traits),
        "fleets": _packed(made.fleets),
        **_layer_arrays(made.layer),
    }


def _possible(kept: _Arrays, known: Known) -> Possible:
    return Possible(
        layer=_layer(kept),
        traits=_unpacked(kept["traits"], tuple[Raw, ...]),
        hop=kept["hop"],
        hops=KeptHops(kept["hops"], kept["hop_ends"], known),
        fleets=_unpacked(kept["fleets"], Fleets),
    )


def _ties(kept: _Arrays) -> Ties:
    return Ties(edges=_kept_names("edge", kept), **{name: kept[name] for name in _TIES})


def _names(what: str, names: Names) -> dict[str, NDArray[Any]]:
    return {f"{what}_ids": names.texts, f"{what}_ends": names.ends}


def _kept_names(what: str, kept: _Arrays) -> Names:
    return Names(kept[f"{what}_ids"], kept[f"{what}_ends"])


def _layer_arrays(layer: Layer) -> dict[str, NDArray[Any]]:
    arrays = {name: getattr(layer, name) for name in _LAYER}
    return arrays | {"dearest": np.array([layer.dearest], np.int32)}


def _layer(kept: _Arrays) -> Layer:
    return Layer(**{name: kept[name] for name in _LAYER}, dearest=int(kept["dearest"][0]))


def _packed(value: object) -> NDArray[np.uint8]:
    return np.frombuffer(msgspec.msgpack.encode(value), np.uint8)


def _unpacked(packed: NDArray[np.uint8], of: Any) -> Any:
    return msgspec.msgpack.decode(packed.tobytes(), type=of)
