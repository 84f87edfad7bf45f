"""What gained, lost, changed and loophole mean, with near misses: a made-up law over a tiny graph."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import day_of, iso
from graph.exc import BadInput, NotFound
from graph.law.files import Coverage, Layer, Nexus, RegimeFile
from graph.law.parties import Parties
from graph.law.regimes import Law
from graph.law.relief import Move, day_before, find_measures, lawful_to, move, switched
from graph.law.schema import Authorisation, Prohibition, Record, Rule, Scope
from graph.model import Measure
from graph.relief import Loophole, Relief, marks, relief
from graph.routes import Question
from graph.verdicts import BARRED, OPENED, WORST_FIRST, LayerVerdict, Word
from tests.graphs import AS_OF, MemoryReader, arc, entity, view
from tests.ui.test_state import route

Words = list[Word]
words = st.lists(st.sampled_from(WORST_FIRST), min_size=1, max_size=4)


def hops(*each: Word) -> list[tuple[LayerVerdict, ...]]:
    return [
        (LayerVerdict(regime="XX", layer="one", verdict=word, measures=(f"m{place}",)),)
        for place, word in enumerate(each, 1)
    ]


def moved(before: Words, after: Words) -> Move:
    return move(hops(*before), hops(*after))


P, U, L, OK = WORST_FIRST


@pytest.mark.parametrize(
    ("before", "after", "kind", "barred"),
    [
        ([P], [L], "gained", 0),
        ([P, OK], [OK, OK], "gained", 0),
        ([P], [U], "same", 0),  # unknown is not lawful
        ([U, P], [L, U], "changed", 0),  # the later hop is not known to be barred
        ([P, P], [L, P], "changed", 2),
        ([P, U, P], [L, U, P], "changed", 3),
        ([P, OK, P], [P, OK, P], "same", 1),
        ([L, P], [L, P], "same", 2),  # lawful all along: nothing opened it
        ([OK, OK], [OK, P], "lost", 2),
        ([L, OK, P], [P, OK, P], "changed", 1),
    ],
)
def test_group_and_first_barred_hop(before: Words, after: Words, kind: str, barred: int) -> None:
    found = moved(before, after)
    assert (found.kind, found.barred) == (kind, barred)
    assert found.is_loophole == (found.after > found.before and barred > 0)


def test_worst_layer_counts_and_a_hop_without_any_is_unknown() -> None:
    good = LayerVerdict(regime="XX", layer="one", verdict="permitted")
    bad = LayerVerdict(regime="XX", layer="two", verdict="unknown")
    assert lawful_to([(good,), (good, bad)]) == 1
    assert lawful_to([()]) == 0


def test_only_the_layers_that_prohibit_are_told() -> None:
    bars = LayerVerdict(regime="XX", layer="one", verdict="prohibited", measures=("a", "b"))
    says = LayerVerdict(regime="XX", layer="two", verdict="unknown", measures=("c",))
    assert move([(bars,), (bars, says)], [*hops(L), (bars, says)]).under == ("a", "b")


@given(words, st.data())
def test_groups_do_not_overlap_and_a_turn_back_turns_them(
    before: Words, data: st.DataObject
) -> None:
    size = len(before)
    after = data.draw(st.lists(st.sampled_from(WORST_FIRST), min_size=size, max_size=size))
    there, back = moved(before, after), moved(after, before)
    turned = {"gained": "lost", "lost": "gained", "changed": "changed", "same": "same"}
    assert back.kind == turned[there.kind]
    assert not (there.is_loophole and there.kind in ("gained", "lost"))
    assert not (there.is_loophole and back.is_loophole)
    assert moved(before, before).kind == "same"


@given(words, st.data())
def test_better_verdicts_never_shorten_a_prefix(before: Words, data: st.DataObject) -> None:
    after = [data.draw(st.sampled_from(WORST_FIRST[WORST_FIRST.index(w) :])) for w in before]
    assert moved(before, after).after >= moved(before, after).before


def rule(
    kind: type[Prohibition] | type[Authorisation], name: str, to: str, start: str = ""
) -> Rule:
    return kind(
        id=name,
        layer="goods",
        title=f"made-up {name}",
        text="made-up act",
        url="https://example.org",
        status="in_force",
        confidence="high",
        last_reviewed="2025-06-01",
        start=start,
        when=Scope(destinations=(to,)),
    )


@pytest.fixture(scope="module")
def made_up(law: Law) -> Law:
    """Bans to BY and RU, a licence for BY since June 2025; nothing is known of other countries."""
    layer = Layer(
        title="made-up goods",
        text="made-up act",
        url="https://example.org",
        confidence="high",
        last_reviewed="2025-06-01",
        nexus=Nexus(persons=("US", "BY", "KZ", "RU")),
        covered_by=("goods",),
    )
    record = Record(
        id="on-record",
        layer="goods",
        title="made-up",
        text="made-up act",
        url="https://example.org",
        status="in_force",
        confidence="high",
        last_reviewed="2025-06-01",
    )
    entries = (
        rule(Prohibition, "ban-by", "BY", "2022-03-02"),
        rule(Prohibition, "ban-ru", "RU", "2022-02-24"),
        rule(Authorisation, "licence-by", "BY", "2025-06-01"),
        record,
    )
    file = RegimeFile(regime="XX", name="made-up", layers={"goods": layer}, entries=entries)
    row = Coverage(
        id="row",
        regime="XX",
        layer="goods",
        of="goods",
        start="2000",
        end="2100",
        reviewed="2025-06-01",
        note="made-up",
        when=Scope(destinations=("BY", "RU", "US")),
    )
    return msgspec.structs.replace(law, regimes={"XX": file}, coverage=(row,), groups={})


COUNTRIES = {"seller": "US", "hub": "BY", "kazakh": "KZ", "taker": "RU"}


def opened(law: Law, *path: str, measures: str = "licence-by", by_day: bool = False) -> Relief:
    """The relief diff of the one route through some parties."""
    arcs = [
        arc(a, b, basis="possible", families=("B737NG",), kind="supply") for a, b in pairwise(path)
    ]
    seen = view(arcs)
    parties = Parties(MemoryReader([entity(i, country=c) for i, c in COUNTRIES.items()], []))
    found = find_measures(measures.split(","), law, ())
    switch = day_before(found, law) if by_day else switched(found, law, AS_OF)
    question = Question(origins=(path[0],), destinations=(path[-1],))
    return relief(seen, question, switch, parties, k=10, version="test")


def groups(found: Relief) -> tuple[int, int, int, int]:
    return len(found.gained), len(found.lost), len(found.changed), len(found.loopholes)


def test_gained(made_up: Law) -> None:
    assert groups(opened(made_up, "seller", "hub")) == (1, 0, 0, 0)


def test_lost_by_a_prohibition(made_up: Law) -> None:
    law = made_up.without("licence-by")
    found = opened(law, "seller", "hub", measures="ban-by")
    assert groups(found) == (0, 1, 0, 0)
    assert found.before.off == ("ban-by", "licence-by")


def test_loophole_tells_the_hop_and_the_text(made_up: Law) -> None:
    found = opened(made_up, "seller", "hub", "taker")
    assert groups(found) == (0, 0, 1, 1)
    (hole,) = found.loopholes
    assert (hole.lawful_before, hole.lawful_after, hole.unlawful_hop) == (0, 1, 2)
    assert hole.before == ("prohibited", "prohibited")
    assert hole.after == ("licensed", "prohibited")
    assert hole.under == ("ban-ru",)
    assert [o.entities for o in found.opened] == [("seller", "hub")]
    assert [c.id for c in found.cited] == ["licence-by", "ban-ru"]


def test_unknown_hop_on_the_way_is_passed_to_the_first_prohibited_one(made_up: Law) -> None:
    (hole,) = opened(made_up, "seller", "hub", "kazakh", "taker").loopholes
    assert hole.after == ("licensed", "unknown", "prohibited")
    assert (hole.lawful_after, hole.unlawful_hop) == (1, 3)


def test_near_misses(made_up: Law) -> None:
    # the later hop is unknown; the first hop is unknown; nothing the licence reaches
    assert groups(opened(made_up, "seller", "hub", "kazakh")) == (0, 0, 1, 0)
    assert groups(opened(made_up, "seller", "kazakh", "hub")) == (0, 0, 0, 0)
    assert groups(opened(made_up, "seller", "taker")) == (0, 0, 0, 0)


def test_off_and_on_is_the_identity(made_up: Law) -> None:
    both = opened(made_up, "seller", "hub", "taker", measures="licence-by,ban-by")
    again = opened(made_up, "seller", "hub", "taker", measures="ban-by,licence-by")
    assert msgspec.json.encode(both) == msgspec.json.encode(again)
    assert both.measure == "ban-by,licence-by"
    assert groups(both) == (0, 0, 0, 0)  # permitted without the ban, licensed with both


def test_day_before_and_the_day(made_up: Law) -> None:
    found = opened(made_up, "seller", "hub", "taker", by_day=True)
    assert (found.before.as_of, found.after.as_of) == ("2025-05-31", "2025-06-01")
    assert groups(found) == (0, 0, 1, 1)
    assert "Whatever else took effect" in found.statements[0]


def test_day_is_that_of_the_last_measure_and_one_not_in_force_is_said(made_up: Law) -> None:
    measures = find_measures(["licence-by", "ban-by"], made_up, ())
    assert iso(switched(measures, made_up).after.day) == "2025-06-01"
    early = switched(measures, made_up, day_of("2025-05-01"))
    assert early.statements == ("licence-by was not in force on 2025-05-01.",)


def test_measure_that_is_none_is_refused_with_close_ids(made_up: Law) -> None:
    for wrong, close in (
        ("licence", "licence-by"),
        ("ban-uy", "ban-by"),
        ("licenceby", "licence-by"),
    ):
        with pytest.raises(NotFound, match=f"no measure '{wrong}': close to it are .*{close}"):
            find_measures([wrong], made_up, ())
    with pytest.raises(NotFound, match="lists those upon a party"):
        find_measures(["zzzzzz"], made_up, ())


def test_measure_that_the_store_makes_of_a_rule_is_the_rule(made_up: Law) -> None:
    made = Measure(
        id="licence-by:hub", entity="hub", regime="XX", layer="goods", kind="authorisation"
    )
    (found,) = find_measures(["licence-by:hub", "LICENCE-BY"], made_up, [made])
    assert found.id == "licence-by"


def test_what_cannot_be_switched_is_refused(made_up: Law) -> None:
    with pytest.raises(BadInput, match="no measure is asked about"):
        find_measures([" ", ""], made_up, ())
    with pytest.raises(BadInput, match="no verdict rests on it"):
        find_measures(["on-record"], made_up, ())
    ended = Measure(
        id="delisting", entity="hub", regime="XX", layer="goods", kind="listing", action="lifted"
    )
    fine = msgspec.structs.replace(ended, id="fine", kind="other")
    with pytest.raises(BadInput, match="'fine' is on record and no verdict rests on it"):
        find_measures(["fine"], made_up, [ended, fine])
    found = find_measures(["Delisting"], made_up, [ended])
    with pytest.raises(BadInput, match="--day-before"):
        switched(found, made_up, AS_OF)
    with pytest.raises(BadInput, match="took effect is not known"):
        day_before(found, made_up)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([P, P], [L, P], (OPENED, BARRED)),
        ([P, OK, P], [L, OK, P], (OPENED, "", BARRED)),  # lawful already: nothing opened it
        ([U, P], [OK, P], (OPENED, BARRED)),  # what was not known to be lawful became so
        (
            [P, U, P, OK],
            [L, U, P, OK],
            (OPENED, "", BARRED, ""),
        ),  # only what is barred is said to be
        ([P, P, P], [L, P, P], (OPENED, BARRED, BARRED)),
        ([P, P, P], [L, P, L], (OPENED, BARRED, "")),  # beyond the bar nothing was opened
    ],
)
def test_what_a_picture_tells_of_each_hop(
    before: Words, after: Words, told: tuple[str, ...]
) -> None:
    fared = moved(before, after)
    hole = Loophole(
        route=route("r", *"abcde"[: len(after) + 1]),
        lawful_before=fared.before,
        lawful_after=fared.after,
        before=tuple(before),
        after=tuple(after),
        unlawful_hop=fared.barred,
        under=fared.under,
    )
    assert marks(hole) == told
