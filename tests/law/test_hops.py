"""Verdicts on the hops of routes: each on its own days, with what is assumed of it."""

import time
from collections.abc import Callable

import pytest

from graph import dates
from graph.law.hops import HopJudge, hop_verdicts
from graph.law.parties import Parties
from graph.law.regimes import Law
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.routes.records import Answer, Hop
from graph.store import Reader
from graph.verdicts import LAWFUL, LayerVerdict, worst
from graph.view import View, build_view
from tests.graphs import arc

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def views(case: Reader) -> Callable[[str], View]:
    known: dict[str, View] = {}

    def view(as_of: str) -> View:
        if as_of not in known:
            known[as_of] = build_view(case, dates.day_of(as_of))
        return known[as_of]

    return view


@pytest.fixture(scope="module")
def ask(views: Callable[[str], View], law: Law, parties: Parties) -> Ask:
    def asked(origins: str, destinations: str, as_of: str, via: str = "", k: int = 500) -> Answer:
        view = views(as_of)
        question = Question(
            origins=parse_set(view, origins),
            destinations=parse_set(view, destinations),
            via=(parse_set(view, via),) if via else (),
        )
        judge = HopJudge(law, parties, view.as_of)
        return answer(view, question, k, folded=False, version="test", judge=judge)

    return asked


def overall(hop: Hop) -> str:
    return worst([layer.verdict for layer in hop.verdicts])


def of(verdicts: tuple[LayerVerdict, ...], layer: str) -> LayerVerdict:
    return next(found for found in verdicts if found.layer == layer)


def test_search_without_a_judge_gives_no_verdicts(views: Callable[[str], View]) -> None:
    view = views("2025-09-12")
    question = Question(origins=("boeing",), destinations=("belavia",))
    found = answer(view, question, 5, folded=False, version="test")
    assert all(hop.verdicts == () for route in found.routes for hop in route.hops)


@pytest.mark.parametrize(
    ("as_of", "first"), [("2025-09-11", "prohibited"), ("2025-09-12", "licensed")]
)
def test_letter_opens_the_hop_to_belavia_and_none_beyond_it(
    ask: Ask, as_of: str, first: str
) -> None:
    found = ask("boeing", "russian-carriers", as_of, via="belavia")
    routes = [route for route in found.routes if route.entities[:2] == ("boeing", "belavia")]
    assert routes
    for route in routes:
        assert overall(route.hops[0]) == first
        for hop in route.hops[1:]:
            assert overall(hop) == "prohibited", hop
            assert "us-ear-ru-2022-02-24" in of(hop.verdicts, "EAR").measures


def test_no_hop_from_belavia_to_a_russian_carrier_is_lawful(ask: Ask) -> None:
    for as_of in ("2022-03-01", "2025-09-12", "2025-11-05"):
        found = ask("western-suppliers", "russian-carriers", as_of, via="belavia", k=300)
        hops = [hop for r in found.routes for hop in r.hops if hop.origin == "belavia"]
        assert hops
        assert not [hop for hop in hops if overall(hop) in LAWFUL]


def test_every_hop_of_every_route_has_a_verdict(ask: Ask) -> None:
    for found in (
        ask("western-suppliers", "russian-carriers", "2025-10-15", k=300),
        ask("documented-sellers", "russian-aviation", "2024-06-01"),
    ):
        assert all(hop.verdicts for route in found.routes for hop in route.hops)


def test_what_is_assumed_of_a_possible_hop_is_said(ask: Ask) -> None:
    (route,) = ask("boeing", "belavia", "2025-10-15", k=1).routes
    assumed = of(route.hops[0].verdicts, "EAR").assumed
    assert "the part is for one of the eight 737s that the BIS letter names" in assumed
    assert any(text.startswith("the goods are parts of an aircraft") for text in assumed)


def test_documented_hop_is_judged_on_its_own_days_and_never_assumed_to_be_for_the_eight(
    law: Law, parties: Parties
) -> None:
    as_of = dates.day_of("2026-01-01")
    hop = arc("boeing", "belavia", dates="2025-10-01..2025-10-01", families=("B737NG",))
    found = hop_verdicts(hop, law=law, parties=parties, as_of=as_of)
    assert of(found, "EAR").verdict == "unknown"
    early = arc("boeing", "belavia", dates="2022-03-01..2022-03-01", families=("B737NG",))
    assert of(hop_verdicts(early, law=law, parties=parties, as_of=as_of), "EAR").verdict == (
        "permitted"
    )


def test_hand_over_of_an_unknown_day_is_unknown(law: Law, parties: Parties) -> None:
    as_of = dates.day_of("2026-01-01")
    for span, said in (("", "the day of the hand-over"), ("2022-02..2022-03", "permitted, then")):
        hop = arc("boeing", "belavia", dates=span, families=("B737NG",))
        ear = of(hop_verdicts(hop, law=law, parties=parties, as_of=as_of), "EAR")
        assert ear.verdict == "unknown"
        assert said in ear.missing[0]


def test_goods_exported_from_the_us_stay_subject_to_the_ear(law: Law, parties: Parties) -> None:
    as_of = dates.day_of("2025-10-15")
    judge = HopJudge(law, parties, as_of)
    onward = arc("belavia", "aeroflot", basis="possible", families=("B737NG",), kind="flight")
    for seller, expected in (("boeing", "prohibited"), ("turkish-technic", "unknown")):
        first = arc(seller, "belavia", basis="possible", families=("B737NG",), kind="supply")
        assert of(judge.route([first, onward])[1], "EAR").verdict == expected
    shipped = arc("boeing", "belavia", dates="2025-10-01..2025-10-01", shipment="S1")
    other = arc("belavia", "aeroflot", dates="2025-10-02..2025-10-02", shipment="S2", hs=("8807",))
    assert of(judge.route([shipped, other])[1], "EAR").verdict == "unknown"  # other goods


def test_goods_of_the_question_stand_in_for_an_unknown_code(law: Law, parties: Parties) -> None:
    as_of = dates.day_of("2025-10-15")
    hop = arc("airbus", "belavia", dates="2025-10-01..2025-10-01")
    for goods, expected in (("", "unknown"), ("8807.30", "prohibited")):
        judge = HopJudge(law, parties, as_of, goods=goods)
        assert of(judge.route([hop])[0], "aviation_goods").verdict == expected


def test_hundreds_of_hops_are_judged_in_little_time(ask: Ask, law: Law, case: Reader) -> None:
    view = build_view(case, dates.day_of("2025-10-15"))
    arcs = view.arcs[:600]
    judge = HopJudge(law, Parties(case), view.as_of)
    started = time.process_time()
    for hop in arcs:
        judge.route([hop])
    assert time.process_time() - started < 10
