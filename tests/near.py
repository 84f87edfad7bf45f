"""The way to parts of any store, by looking through all its edges; answers from parts and the whole."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from graph.dates import event_span
from graph.kinds import ROUTED
from graph.model import Edge
from graph.neighbourhood import Parts, Whole
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.routes.records import Answer
from graph.store import Reader
from graph.store.base import Near
from graph.view import build_view
from tests.graphs import AS_OF


class Looking:
    """`graph.store.base.Near` over the edges of a reader.

    Attributes:
        given: how many edges were given.
        opened: the parties that were asked for, by the end they stand at.
    """

    def __init__(self, reader: Reader) -> None:
        self._edges = list(reader.edges(sorted(ROUTED)))
        self.given = 0
        self.opened: dict[str, list[str]] = {"source": [], "target": []}

    def degrees(self, parties: Collection[str], end: str) -> dict[str, int]:
        return dict(Counter(e for e in (getattr(x, end) for x in self._edges) if e in parties))

    def at(
        self, parties: Collection[str], end: str, kinds: Iterable[str], day: int
    ) -> Iterator[Edge]:
        wanted = set(kinds)
        self.opened[end] += parties
        for edge in self._edges:
            begun = event_span(edge.start, edge.end).first <= day
            if getattr(edge, end) in parties and edge.kind in wanted and begun:
                self.given += 1
                yield edge


CASE_QUESTIONS: tuple[dict[str, object], ...] = (
    {},
    {"via": (("belavia",),)},
    {"via": (("belavia",),), "max_hops": 3, "contested": True},
    {"rules": ()},
    {"rules": (), "via": (("belavia",),)},
    {"goods": "8807.30", "min_certainty": "medium"},
    {"max_hops": 1, "kinds": ("ships_to",)},
)


def case_question(case: Reader, fields: dict[str, object]) -> Question:
    """One of `CASE_QUESTIONS`, from the suppliers of the case to its carriers."""
    names = build_view(case, AS_OF)
    return Question(
        origins=parse_set(names, "western-suppliers"),
        destinations=parse_set(names, "russian-carriers"),
        **fields,  # type: ignore[arg-type]
    )


def whole(reader: Reader, q: Question, known_at: int | None = None) -> Answer:
    """The answer from the whole store."""
    view = build_view(reader, AS_OF, known_at, q.contested)
    later = Whole(build_view(reader, AS_OF, None, q.contested))
    return answer(view, q, 1000, folded=False, version="", known_now=lambda: later.of(q))


def parts(
    reader: Reader, near: Near, q: Question, known_at: int | None = None, most: int | None = None
) -> Answer:
    """The answer from what surrounds a question."""
    around = Parts(reader, near, AS_OF, known_at, q.contested, most=most)
    later = Parts(reader, near, AS_OF, None, q.contested, most=most)
    part = around.of(q)
    return answer(
        part.view,
        q,
        1000,
        folded=False,
        version="",
        known_now=lambda: later.of(q),
        wider=lambda eased: around.of(eased, q.named),
        cut=part.cut,
    )
