"""Lines that are lawful up to their last hop: what a loophole looks like on a day."""

import msgspec

from graph.routes.records import Answer, Hop, RouteRecord, named
from graph.verdicts import LAWFUL, worst


def lawful_until_last(answer: Answer) -> Answer:
    """The answer with only the lines whose hops are all lawful but the last one, which is not.

    A hop is lawful when every layer that is tied to it says licensed or permitted. What is unknown, or
    tied to no regime, is never lawful; a last hop that is only unknown is not unlawful either. Counts
    stay those of all routes found; the question says what was kept, in every export too.
    """
    kept = tuple(route for route in answer.routes if _turns_at_the_end(route))
    question = answer.question | {"lawful_until_last": True}
    ids = set(named(kept))
    parties = tuple(party for party in answer.parties if party.id in ids)
    return msgspec.structs.replace(answer, routes=kept, parties=parties, question=question)


def _turns_at_the_end(route: RouteRecord) -> bool:
    *before, last = route.hops
    return bool(before) and all(map(_lawful, before)) and _word(last) == "prohibited"


def _lawful(hop: Hop) -> bool:
    return _word(hop) in LAWFUL


def _word(hop: Hop) -> str:
    return worst([layer.verdict for layer in hop.verdicts])
