"""`make bench-ownership`: who is restricted over a million made-up stakes, and against a peer.

Questions are made up from a seed. The figures are CPU seconds of this process: from a question in memory
to its status for everybody, and to the whole answer with proofs, bounds and warnings. The peer
(`benchmarks/ownership_peer.py`, networkx and fractions) answers smaller questions in the same run, and
the statuses are asserted equal before a ratio is printed; it takes every company again in each round.
"""

import argparse
import platform
import random
import resource
import time
from collections.abc import Callable
from typing import TypeVar

import networkx as nx

from benchmarks.ownership_peer import LISTS, statuses
from graph.law.ownership import Question, decide, default_rules
from graph.law.ownership.case import Case
from graph.law.ownership.law import law_of
from graph.law.ownership.question import Listed, Stake
from graph.law.ownership.rules import Regime

T = TypeVar("T")
_EDGES = 1_000_000
_PEER = (1_000, 4_000, 16_000)
_AS_OF = "2026-06-01"


def made_up_question(
    edges: int, seed: int, regime: Regime = "US-OFAC", unknown: float = 0.0, chain: int = 0
) -> Question:
    """Made-up companies and stakes: four holders a company, circles among them, one in 100 listed.

    No company has more than 100 per cent of known holders.

    Args:
        edges: how many stakes.
        seed: the same seed gives the same question.
        regime: whose rule.
        unknown: which part of the stakes has no figure.
        chain: how many of the companies stand in one chain of majority stakes.
    """
    source = random.Random(seed)
    parties = max(8, edges // 4)
    names = [f"made-up-{n}" for n in range(parties)]
    links = min(chain, edges, parties - 1)
    stakes = [Stake(owner=names[n], owned=names[n + 1], pct="50.01") for n in range(links)]
    left = [10_000 - (5_001 if 0 < n <= links else 0) for n in range(parties)]
    while len(stakes) < edges:
        owner, owned = source.randrange(parties), source.randrange(parties)
        if source.random() < unknown:
            pct = None
        else:
            most = source.choice((500, 1_000, 2_000, 2_500, 3_000, 5_000, 5_100, 7_500))
            part = min(left[owned], source.randrange(1, most) + most // 2)
            left[owned] -= part
            pct = f"{part // 100}.{part % 100:02d}"
        stakes.append(Stake(owner=names[owner], owned=names[owned], pct=pct))
    source.shuffle(stakes)
    listed = [names[0], *source.sample(names, parties // 100)]
    return Question(
        id=f"made-up-{seed}",
        regime=regime,
        as_of=_AS_OF,
        listed=tuple(Listed(id=name, lists=(LISTS[regime],)) for name in dict.fromkeys(listed)),
        edges=tuple(stakes),
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=_EDGES)
    edges = parser.parse_args().edges
    print(f"Python {platform.python_version()}, {platform.machine()}, networkx {nx.__version__}\n")
    _large(edges)
    print()
    _against_peer()


def _large(edges: int) -> None:
    print("| made-up stakes | regime | restricted, unknown | status CPU s | whole answer CPU s |")
    print("|---|---|---|---|---|")
    kinds: tuple[tuple[str, Regime, float, int], ...] = (
        ("all known, circles", "US-OFAC", 0.0, 0),
        ("a tenth unknown, circles", "US-OFAC", 0.1, 0),
        ("one chain through a fifth of them", "US-OFAC", 0.0, edges // 5),
        ("all known, circles", "UK", 0.0, 0),
        ("a tenth unknown, circles", "EU", 0.1, 0),
    )
    for title, regime, unknown, chain in kinds:
        question = made_up_question(edges, 1, regime, unknown, chain)
        status, case = _timed(lambda q=question: Case(q, law_of(q, default_rules())))  # type: ignore[misc]
        whole, _ = _timed(lambda q=question: decide(q))  # type: ignore[misc]
        words = list(case.status.values())
        counts = f"{words.count('restricted')}, {words.count('unknown')}"
        print(f"| {edges:,}, {title} | {regime} | {counts} | {status:.1f} | {whole:.1f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\npeak memory of the process, questions included: {peak} MiB")


def _against_peer() -> None:
    print("| made-up stakes | status CPU ms | the peer takes |\n|---|---|---|")
    for edges in _PEER:
        question = made_up_question(edges, 2, chain=edges // 20)
        ours, case = _timed(lambda q=question: Case(q, law_of(q, default_rules())))  # type: ignore[misc]
        theirs, expected = _timed(lambda q=question: statuses(q))  # type: ignore[misc]
        assert case.status == expected
        print(f"| {edges:,} | {ours * 1000:.1f} | {theirs / ours:.0f} times as long |")


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    value = work()
    return time.process_time() - start, value


if __name__ == "__main__":
    main()
