"""Who is restricted: the least fixpoint of a rule, at least and at most.

The listed persons are members. An entity joins when the stakes of members in it meet the threshold, or
when a member controls it; its whole stake in others then counts (OFAC FAQ 401). Percentages are never
multiplied. Members join in rounds, so that the round of each, and the proof, do not depend on the order
of the facts. Every holding is looked at once a run: O(edges).
"""

from collections import deque
from collections.abc import Iterable, Iterator

import msgspec

from graph.law.ownership.network import Network


class Reach(msgspec.Struct, frozen=True):
    """One run. `rounds` has every member; `low` and `high` what they hold in a slot;
    `high` is kept at the upper bound only."""

    rounds: dict[int, int]
    low: dict[int, int]
    high: dict[int, int]


class Members(msgspec.Struct, frozen=True):
    """All runs of a question.

    Attributes:
        listed, perhaps: nodes listed for certain; those and the ones that may be.
        certain: members at the lower bound, with the earliest round of each.
        possible: members at the upper bound.
        runs: the runs at the lower bound, with the person of each where persons are not added.
        least, most: bounds of what members hold together in a slot; of one person where not added.
    """

    listed: frozenset[int]
    perhaps: frozenset[int]
    certain: dict[int, int]
    possible: frozenset[int]
    runs: tuple[tuple[int | None, Reach], ...]
    least: dict[int, int]
    most: dict[int, int]


def members(network: Network, listed: Iterable[int], perhaps: Iterable[int]) -> Members:
    """Run the rule of the network's law: over all listed persons together, or one at a time.

    Where the law does not settle which, the lower bound takes them one at a time and the upper
    together, so that what differs is unknown.
    """
    main = network.law.main
    sure, maybe = sorted(listed), sorted({*listed, *perhaps})
    runs: list[tuple[int | None, Reach]] = []
    highest: list[Reach] = []
    if main is not None and main.counts:
        alone_low, alone_high = main.aggregate != "added", main.aggregate == "single"
        runs = [(one, spread(network, seeds)) for one, seeds in _groups(sure, alone_low)]
        if network.exact and sure == maybe and alone_low == alone_high:
            highest = [Reach(reach.rounds, reach.low, reach.low) for _, reach in runs]
        else:
            highest = [
                spread(network, seeds, upper=True) for _, seeds in _groups(maybe, alone_high)
            ]
    return Members(
        listed=frozenset(sure),
        perhaps=frozenset(maybe),
        certain=_earliest(sure, runs),
        possible=frozenset(maybe).union(*(reach.rounds for reach in highest)),
        runs=tuple(runs),
        least=_largest(reach.low for _, reach in runs),
        most=_largest(
            {slot: network.most(slot, low, reach.high[slot]) for slot, low in reach.low.items()}
            for reach in highest
        ),
    )


def _groups(seeds: list[int], alone: bool) -> Iterator[tuple[int | None, list[int]]]:
    if alone:
        yield from ((seed, [seed]) for seed in seeds)
    else:
        yield None, seeds


def _earliest(seeds: list[int], runs: list[tuple[int | None, Reach]]) -> dict[int, int]:
    found = dict.fromkeys(seeds, 0)
    for _, reach in runs:
        for node, number in reach.rounds.items():
            found[node] = min(number, found.get(node, number))
    return found


def _largest(tables: Iterable[dict[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for table in tables:
        for slot, amount in table.items():
            if amount > found.get(slot, -1):
                found[slot] = amount
    return found


def spread(network: Network, seeds: Iterable[int], *, upper: bool = False) -> Reach:
    """The members that follow from some seeds, at the lower or the upper bound."""
    reach = Reach(dict.fromkeys(seeds, 0), {}, {})
    frontier = list(reach.rounds)
    main = network.law.main
    cascade = main is not None and main.cascade
    number = 0
    while frontier:
        number += 1
        touched = _hold(network, frontier, reach, upper)
        joining = {
            *_joining(network, touched, reach, upper),
            *_controlled_by(network, frontier, upper),
        }
        new = [node for node in joining if node not in reach.rounds]
        reach.rounds.update(dict.fromkeys(new, number))
        # Without a cascade nobody below counts; a joint arrangement only stands for its holders.
        frontier = new if cascade else [node for node in new if not network.names[node]]
    return reach


def _hold(network: Network, frontier: list[int], reach: Reach, upper: bool) -> set[int]:
    """Add what new members hold; the slots in which they do."""
    low, high, slots = reach.low, reach.high, network.slots
    least, most = network.low, network.high
    touched = set()
    for owner in frontier:
        for n in network.out(owner):
            slot = slots[n]
            low[slot] = low.get(slot, 0) + least[n]
            if upper:
                high[slot] = high.get(slot, 0) + most[n]
            touched.add(slot)
    return touched


def _joining(network: Network, touched: set[int], reach: Reach, upper: bool) -> Iterator[int]:
    rights, need = len(network.need), network.need
    for slot in touched:
        total = reach.low[slot]
        if upper:
            total = network.most(slot, total, reach.high[slot])
        if total >= need[slot % rights]:
            yield slot // rights


def _controlled_by(network: Network, frontier: list[int], upper: bool) -> Iterator[int]:
    if network.ties:
        for node in frontier:
            yield from (t.target for t in network.ties.get(node, ()) if t.certain or upper)


def greatest(network: Network, listed: frozenset[int]) -> set[int]:
    """The greatest fixpoint at the lower bound: all, less those who cannot stay.

    It lets a circle of companies hold itself up. No authority reads its rule so; what it would add
    is a warning.
    """
    held = list(network.known)
    members = set(range(len(network.names)))
    controlled = _controlled(network)
    queue = deque(node for node in members if not _stays(network, node, held, controlled, listed))
    members.difference_update(queue)
    while queue:
        node = queue.popleft()
        for shaken in _leave(network, node, held, controlled):
            if shaken in members and not _stays(network, shaken, held, controlled, listed):
                members.discard(shaken)
                queue.append(shaken)
    return members


def _controlled(network: Network) -> dict[int, int]:
    counts: dict[int, int] = {}
    for ties in network.ties.values():
        for tie in ties:
            counts[tie.target] = counts.get(tie.target, 0) + tie.certain
    return counts


def _stays(
    network: Network,
    node: int,
    held: list[int],
    controlled: dict[int, int],
    listed: frozenset[int],
) -> bool:
    if node in listed or controlled.get(node, 0) > 0:
        return True
    rights = len(network.need)
    return any(network.reaches(s, held[s]) for s in range(node * rights, (node + 1) * rights))


def _leave(
    network: Network, node: int, held: list[int], controlled: dict[int, int]
) -> Iterator[int]:
    """Take a node's holdings and control away; those who had them."""
    for n in network.out(node):
        held[network.slots[n]] -= network.low[n]
        yield network.of(network.slots[n])
    for tie in network.ties.get(node, ()):
        controlled[tie.target] -= tie.certain
        yield tie.target
