"""Lines that turn unlawful at their last hop, and what just misses."""

import msgspec
import pytest

from graph.routes.lawful import lawful_until_last
from graph.routes.records import Answer, RouteRecord
from graph.verdicts import LayerVerdict, Word
from tests.ui.test_state import route


def judged(*hops: tuple[Word, ...]) -> RouteRecord:
    """A route whose hops have these verdicts, a layer each."""
    made = route("r", *(f"p{n}" for n in range(len(hops) + 1)))
    told = tuple(
        msgspec.structs.replace(
            hop,
            verdicts=tuple(
                LayerVerdict(regime="R", layer=str(n), verdict=w) for n, w in enumerate(ws)
            ),
        )
        for hop, ws in zip(made.hops, hops, strict=True)
    )
    return msgspec.structs.replace(made, hops=told)


def kept(line: RouteRecord) -> bool:
    empty = Answer(
        question={}, store={}, truncated=False, explored_to_cost=None, counts=None, more=False,  # type: ignore[arg-type]
        routes=(line,), parties=(), why_none=(), statements=(), no_takers=(), fleet_unknown=(),
    )  # fmt: skip
    found = lawful_until_last(empty)
    assert found.question["lawful_until_last"] is True  # no export is cut without saying so
    return found.routes == (line,)


@pytest.mark.parametrize(
    "hops",
    [
        [("licensed", "permitted"), ("prohibited",)],
        [("permitted",), ("licensed",), ("unknown", "prohibited")],
    ],
)
def test_line_that_turns_at_its_last_hop_is_kept(hops: list[tuple[Word, ...]]) -> None:
    assert kept(judged(*hops))


@pytest.mark.parametrize(
    "hops",
    [
        [("prohibited",)],
        [("licensed",), ("unknown",)],
        [("licensed",), ("licensed",)],
        [("licensed", "unknown"), ("prohibited",)],
        [("prohibited",), ("prohibited",)],
        [(), ("prohibited",)],
        [("licensed",), ()],
    ],
)
def test_what_just_misses_is_not(hops: list[tuple[Word, ...]]) -> None:
    assert not kept(judged(*hops))
