"""Questions in a line or two."""

from collections.abc import Iterable

from graph.law.ownership import OwnershipAnswer, Question, decide
from graph.law.ownership.question import Arrangement, Control, Listed, Stake
from graph.law.ownership.rules import Regime

LISTS = {
    "US-OFAC": "US-SDN",
    "EU": "EU",
    "UK": "UK",
    "CH": "CH",
    "CA": "CA",
    "BIS-AFF": "US-EL",
}


def stakes(text: str) -> tuple[Stake, ...]:
    """Stakes from text such as `X 50 A, P ? B, X 10-20 C`."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        owner, much, owned = part.split()
        least, dash, most = much.partition("-")
        if dash:
            found.append(Stake(owner=owner, owned=owned, pct_min=least, pct_max=most))
        else:
            found.append(Stake(owner=owner, owned=owned, pct=None if much == "?" else much))
    return tuple(found)


def question(
    edges: str | Iterable[Stake],
    regime: Regime = "US-OFAC",
    as_of: str = "2026-06-01",
    *,
    listed: str = "X",
    control: str = "",
    joint: Iterable[Arrangement] = (),
    law_known_at: str = "",
    eu_case_law: bool = False,
) -> Question:
    """A question; `listed` are ids, `control` is text such as `X A, Y B`."""
    facts = (pair.split() for pair in control.split(",") if pair.strip())
    return Question(
        id="test",
        regime=regime,
        as_of=as_of,
        listed=tuple(Listed(id=name, lists=(LISTS[regime],)) for name in listed.split()),
        edges=stakes(edges) if isinstance(edges, str) else tuple(edges),
        control=tuple(Control(controller=one, controlled=other) for one, other in facts),
        joint=tuple(joint),
        law_known_at=law_known_at,
        eu_case_law=eu_case_law,
    )


def words(answer: OwnershipAnswer) -> str:
    """The statuses in one line: `A restricted, B unknown`."""
    return ", ".join(f"{name} {status}" for name, status in answer.status.items())


def ask(
    edges: str | Iterable[Stake],
    regime: Regime = "US-OFAC",
    as_of: str = "2026-06-01",
    **rest: object,
) -> str:
    """The statuses of a question in one line."""
    return words(decide(question(edges, regime, as_of, **rest)))  # type: ignore[arg-type]


def codes(answer: OwnershipAnswer) -> set[tuple[str, str]]:
    """Every warning as entity and code."""
    return {(warn.entity, warn.code) for warn in answer.warnings}
