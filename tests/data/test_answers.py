"""What the curated case must answer: each statement of docs/method.md "What the case answers"."""

from functools import lru_cache

import pytest

from graph import dates
from graph.kinds import EntityKind
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.routes.records import Answer, RouteRecord
from graph.rules import RULES
from graph.store import Reader
from graph.view import View, build_view

AS_OF = "2025-10-15"


class Ask:
    """Asks the case."""

    def __init__(self, reader: Reader) -> None:
        self.view = lru_cache(lambda as_of, contested: self._view(reader, as_of, contested))

    def _view(self, reader: Reader, as_of: str, contested: bool) -> View:
        return build_view(reader, dates.day_of(as_of), None, contested)

    def __call__(
        self,
        origins: str,
        destinations: str,
        *,
        via: str = "",
        as_of: str = AS_OF,
        possible: bool = True,
        contested: bool = False,
        folded: bool = False,
        max_hops: int = 6,
    ) -> Answer:
        view = self.view(as_of, contested)
        question = Question(
            origins=parse_set(view, origins),
            destinations=parse_set(view, destinations),
            via=(parse_set(view, via),) if via else (),
            rules=tuple(RULES) if possible else (),
            contested=contested,
            max_hops=max_hops,
        )
        return answer(view, question, 2000, folded=folded, version="test")


@pytest.fixture(scope="module")
def ask(case: Reader) -> Ask:
    return Ask(case)


def test_unlike_fleet_is_no_taker_and_said_as_such(ask: Ask) -> None:
    found = ask("boeing", "severstal-air")
    assert found.routes == ()
    (said,) = found.no_takers
    assert said.startswith("Severstal Aircompany is no taker: it flies SSJ100, and the parts")


@pytest.fixture(scope="module")
def belavia(ask: Ask) -> Answer:
    return ask("western-suppliers", "russian-carriers", via="belavia")


@pytest.fixture(scope="module")
def everything(ask: Ask) -> list[RouteRecord]:
    asked = [
        ask("western-suppliers", "russian-carriers"),
        ask("western-suppliers", "russian-aviation", as_of="2026-11-01"),
        ask("documented-sellers", "russian-aviation", as_of="2023-06-15"),
        ask("magic-air", "belavia"),
    ]
    return [route for found in asked for route in found.routes]


def chains(found: Answer) -> set[tuple[str, ...]]:
    return {route.entities for route in found.routes}


def test_belavia_has_no_documented_route_and_says_so(belavia: Answer) -> None:
    assert belavia.counts.documented == 0
    (said,) = belavia.statements
    assert all("is no taker: it flies" in sentence for sentence in belavia.no_takers)
    assert said.startswith("No shipment of parts from Belavia Belarusian Airlines to any of")
    assert "russian-carriers" in said


def test_belavia_has_hundreds_of_possible_routes(belavia: Answer) -> None:
    assert 300 <= len(chains(belavia)) == belavia.counts.possible <= 700
    assert not belavia.truncated
    assert not belavia.more
    kinds = {hop.rule for route in belavia.routes for hop in route.hops}
    assert {"supply", "flight", "maintenance", "open_border"} <= kinds


def test_every_possible_hop_names_its_rule_family_and_claims(belavia: Answer) -> None:
    for route in belavia.routes:
        assert route.family
        for hop in route.hops:
            assert hop.rule in RULES
            assert hop.reason
            assert hop.families
            assert [c for c in hop.claims if c.url]


def test_reported_maintenance_of_smartavia_is_near_the_top(ask: Ask) -> None:
    lines = ask("western-suppliers", "russian-carriers", via="belavia", folded=True).routes
    rank, line = next(
        (n, r) for n, r in enumerate(lines, 1) if r.entities == ("boeing", "belavia", "smartavia")
    )
    assert rank <= 5
    assert line.hops[1].rule == "maintenance"
    assert "work reported 2023-03" in line.hops[1].reason
    notes = " ".join(claim.note for claim in line.hops[1].claims)
    assert "285-23-019" in notes
    assert "flight tracking" in notes


def test_first_ten_folded_lines_are_ten_different_things(ask: Ask) -> None:
    lines = ask("western-suppliers", "russian-carriers", via="belavia", folded=True).routes[:10]
    assert len(lines) == 10
    assert len({line.entities[1:] for line in lines}) == 10


def test_no_taker_without_a_common_family(ask: Ask, belavia: Answer) -> None:
    takers = {route.entities[-1] for route in belavia.routes}
    view = ask.view(AS_OF, False)
    assert "severstal-air" not in takers  # CRJ and Superjet only
    assert "volga-dnepr" not in takers  # Antonov and Ilyushin only
    assert takers < set(view.sets["russian-carriers"])


@pytest.mark.parametrize(
    ("origins", "destinations", "chain", "outcome"),
    [
        ("mic-pi", "smartavia", ("mic-pi", "intermodal-maldives", "smartavia"), "attempted"),
        ("nl-exporter", "s7", ("nl-exporter", "s7"), "delivered"),
        ("nl-exporter", "ural", ("nl-exporter", "ural"), "delivered"),
        ("nl-exporter", "s7-engineering", ("nl-exporter", "s7-engineering"), "delivered"),
        ("moldova-three", "pobeda", ("moldova-three", "pobeda"), None),
        ("moldova-three", "s7", ("moldova-three", "s7"), None),
        ("moldova-three", "rossiya", ("moldova-three", "rossiya"), None),
        ("moldova-three", "s7-engineering", ("moldova-three", "s7-engineering"), "delivered"),
        ("ats", "aeroflot", ("ats", "aeroflot"), "delivered"),
        ("mask-trans", "s7-engineering", ("mask-trans", "s7-engineering"), "delivered"),
        ("turboshaft-fze", "s7", ("turboshaft-fze", "s7"), None),
        ("turboshaft-fze", "s7-engineering", ("turboshaft-fze", "s7-engineering"), None),
        ("turboshaft-fze", "nordstar", ("turboshaft-fze", "nordstar"), None),
        ("kanrus", "fsb", ("kanrus", "fsb"), "unknown"),
    ],
)
def test_documented_chain(
    ask: Ask, origins: str, destinations: str, chain: tuple[str, ...], outcome: str | None
) -> None:
    first = ask(origins, destinations, possible=False).routes[0]
    assert first.entities == chain
    assert first.basis == "documented"
    assert first.chain == "one-source"
    assert first.hops[-1].outcome == outcome
    assert all(hop.claims for hop in first.hops)


def test_dutch_exporter_declared_other_countries(case: Reader) -> None:
    declared = {
        edge.properties.get("declared_destination") for edge in case.edges_of("nl-exporter")
    }
    assert declared == {"RS;TJ;TR"}


def test_group_is_one_node_reported_together(ask: Ask) -> None:
    hop = ask("moldova-three", "pobeda", possible=False).routes[0].hops[0]
    assert "reported together" in hop.marks
    assert ask("moldova-three", "s7-engineering").routes[0].hops[0].denials


def test_landing_gear_was_detained_on_the_first_hop(ask: Ask) -> None:
    route = ask("hml-aviation", "S014:end-user", possible=False).routes[0]
    assert route.entities == ("hml-aviation", "gq-solution", "rmdd", "S014:end-user")
    assert [hop.outcome for hop in route.hops] == ["detained", "attempted", "attempted"]
    assert "did not arrive" in route.hops[0].marks
    assert {d.party for d in route.hops[0].denials} == {"gq-solution", "hml-aviation"}


def test_kanrus_ends_at_the_fsb(ask: Ask) -> None:
    found = ask("kanrus", "russian-aviation", contested=True)
    assert all("fsb" not in route.entities for route in found.routes)


def test_right_direction_to_cargoline_is_documented_and_explained(ask: Ask) -> None:
    route = ask("right-direction", "cargoline", possible=False).routes[0]
    assert route.basis == "documented"
    assert not route.hops[0].contested
    assert [d for d in route.hops[0].denials if d.party == "right-direction"]


def test_cargoline_to_i_fly_comes_only_when_asked_for(ask: Ask) -> None:
    hidden = ask("right-direction", "i-fly", possible=False)
    assert not hidden.routes
    assert {e.without: e.routes for e in hidden.why_none}["leaving out contested claims"] == 1
    shown = ask("right-direction", "i-fly", possible=False, contested=True).routes[0]
    assert shown.hops[1].contested
    assert [d for d in shown.hops[1].denials if d.party == "right-direction"]


def test_cargoline_to_its_importer_is_assembled_from_two_shipments(ask: Ask) -> None:
    route = ask("right-direction", "S026:importer", possible=False).routes[0]
    assert route.chain == "assembled"
    assert [hop.shipment for hop in route.hops] == ["S025", "S026"]


def test_nothing_passes_ter_assala_by_default(ask: Ask) -> None:
    assert not ask("ter-assala", "S036:importer").routes
    assert ask("ter-assala", "S036:importer", contested=True).routes


def test_relief_does_not_change_which_routes_there_are(ask: Ask) -> None:
    before = ask("western-suppliers", "russian-carriers", via="belavia", as_of="2025-09-11")
    after = ask("western-suppliers", "russian-carriers", via="belavia", as_of="2025-09-12")
    assert chains(before) == chains(after)


def test_named_dealing_makes_boeing_and_belavia_stronger(ask: Ask) -> None:
    def boeing_to_belavia(as_of: str) -> list[str]:
        found = ask("boeing", "aeroflot", via="belavia", as_of=as_of)
        return [hop.reason for hop in found.routes[0].hops[:1]]

    assert "negotiates with" not in boeing_to_belavia("2025-10-15")[0]
    assert "negotiates with 2025-11" in boeing_to_belavia("2025-12-15")[0]


def test_documented_flights_outrank_an_undated_timetable(ask: Ask) -> None:
    def flight(as_of: str) -> int:
        arcs = ask.view(as_of, False).arcs
        ends = ("flight", "belavia", "aeroflot")
        return min(a.terms["rule"] for a in arcs if (a.rule, a.source, a.target) == ends)

    assert flight("2025-10-15") < flight("2026-06-15")


def test_no_route_runs_backwards_in_time(everything: list[RouteRecord]) -> None:
    for route in everything:
        assert all(hop.order in ("proven", "unproven") for hop in route.hops)
        earliest = 0
        for hop in route.hops:
            span = dates.event_span(hop.start, hop.end)
            if hop.basis == "documented":
                earliest = max(earliest, span.first)
                assert earliest <= span.last


def test_no_route_passes_a_party_twice(everything: list[RouteRecord]) -> None:
    assert all(len(set(route.entities)) == len(route.entities) for route in everything)


def test_no_person_or_public_body_is_passed(ask: Ask, everything: list[RouteRecord]) -> None:
    entities = ask.view(AS_OF, False).entities
    for route in everything:
        kinds = [entities[entity_id].kind for entity_id in route.entities]
        assert EntityKind.PERSON not in kinds
        assert EntityKind.PUBLIC_BODY not in kinds[1:-1]


def test_no_unnamed_party_is_passed_between_shipments(everything: list[RouteRecord]) -> None:
    for route in everything:
        for before, after in zip(route.hops, route.hops[1:], strict=False):
            if ":" in before.target:
                assert before.shipment == after.shipment == before.target.split(":")[0]


def test_no_route_mixes_aircraft_with_parts(ask: Ask, everything: list[RouteRecord]) -> None:
    whole = {arc.id: arc.whole_aircraft for arc in ask.view(AS_OF, False).arcs}
    for route in everything:
        assert len({whole[hop.edge] for hop in route.hops if hop.edge in whole}) <= 1


def test_no_route_changes_family_between_possible_hops(everything: list[RouteRecord]) -> None:
    for route in everything:
        families = [set(hop.families) for hop in route.hops if hop.families]
        assert not families or set.intersection(*families)
        assert "OTHER" not in {family for group in families for family in group}


def test_no_contested_claim_is_used_by_default(everything: list[RouteRecord]) -> None:
    for route in everything:
        for hop in route.hops:
            assert not hop.contested
            assert all(claim.certainty != "contested" for claim in hop.claims)


def test_documented_routes_come_before_possible_ones(everything: list[RouteRecord]) -> None:
    for route in everything:
        possible = sum(hop.basis == "possible" for hop in route.hops)
        assert route.cost // 6000 == possible


def test_cost_of_a_route_is_the_sum_of_its_terms(everything: list[RouteRecord]) -> None:
    for route in everything:
        assert route.cost == sum(route.terms.values()) == sum(hop.cost for hop in route.hops)


def test_origin_of_goods_is_never_a_hop(case: Reader, everything: list[RouteRecord]) -> None:
    assert not list(case.edges(["origin_of_goods"]))
    assert all(route.entities != ("boeing", "aeroflot") for route in everything)
    labelled = [e for e in case.edges() if any(c.kind == "origin" for c in e.claims)]
    assert {edge.shipment for edge in labelled} == {"S032", "S045"}
