"""The shipped law over the curated case."""

from collections.abc import Callable
from typing import Any

import pytest

from graph.law.parties import Parties
from graph.law.question import Asked, Asker
from graph.law.regimes import Law, load_law
from graph.law.within import assess_within
from graph.store import Reader
from graph.verdicts import Verdict

Judge = Callable[..., Verdict]


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="session")
def parties(case: Reader) -> Parties:
    return Parties(case)


@pytest.fixture(scope="session")
def asker(case: Reader, law: Law, parties: Parties) -> Asker:
    return Asker(case, law, parties)


@pytest.fixture(scope="session")
def ask(asker: Asker, law: Law, parties: Parties) -> Judge:
    """Judges a question in words, or one that is read already, by the shipped law or another."""

    def judged(question: dict[str, Any] | Asked, by: Law = law) -> Verdict:
        asked = question if isinstance(question, Asked) else asker.file({"question": question})[0]
        return assess_within(
            asked.transaction,
            asked.regime,
            asked.days,
            known_at=asked.known_at,
            law=by,
            parties=parties,
        )

    return judged


def part(date: str, **more: Any) -> dict[str, Any]:
    """A US distributor supplies Belavia a part for one of the eight 737s of the letter."""
    return {
        "regime": "US",
        "date": date,
        "activity": "supply of a Boeing 737 spare part",
        "seller": "US distributor",
        "buyer": "Belavia",
        "via": [],
        "destination": "BY",
        "goods": {"hs6": "880730", "eccn": "9A991.d", "subject_to_ear": True},
        "end_use": "part for one of the eight named in the letter",
    } | more


def layers(verdict: Verdict) -> dict[str, str]:
    """The verdict of each layer by its name."""
    return {layer.layer: layer.verdict for layer in verdict.layers}
