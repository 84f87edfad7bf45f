"""How an answer reads: basis, chain, order, families, what else fits, folding, and why there is none."""

from graph.arcs import Arc
from graph.routes import Question
from graph.routes.answer import answer
from graph.routes.records import Answer
from graph.view import View
from tests.graphs import arc, view


def ask(
    made: list[Arc] | View,
    origins: str = "a",
    destinations: str = "c",
    folded: bool = False,
    **more: object,
) -> Answer:
    v = made if isinstance(made, View) else view(made)
    question = Question(
        origins=tuple(origins.split()),
        destinations=tuple(destinations.split()),
        **more,  # type: ignore[arg-type]
    )
    return answer(v, question, 50, folded=folded, version="test")


def test_route_is_documented_only_when_every_hop_is() -> None:
    mixed = [arc("a", "b"), arc("b", "c", basis="possible", kind="supply")]
    assert ask(mixed).routes[0].basis == "possible"
    assert ask([arc("a", "b"), arc("b", "c")]).routes[0].basis == "documented"


def test_chain_is_one_source_when_one_shipment_states_it_all() -> None:
    def chain(*shipments: str) -> str:
        names = "abcd"
        made = [arc(names[i], names[i + 1], shipment=s) for i, s in enumerate(shipments)]
        return ask(made, destinations=names[len(shipments)]).routes[0].chain

    assert chain("S1", "S1") == "one-source"
    assert chain("S1", "S2") == "assembled"
    assert chain("", "") == "assembled"
    assert chain("") == "one-source"


def test_order_is_proven_only_when_every_choice_of_days_is_in_order() -> None:
    def second(first: str, then: str, order: str = "time") -> str:
        return (
            ask([arc("a", "b", dates=first), arc("b", "c", dates=then)], order=order)
            .routes[0]
            .hops[1]
            .order
        )

    assert second("2022..2022", "2023..2023") == "proven"
    assert second("2022-05-19..2022-05-19", "2022-05-19..2022-05-19") == "proven"
    assert second("2022..2022", "2022-06..2023") == "unproven"
    assert second("2022..", "2023..2023") == "unproven"
    assert second("2023..2023", "2022..2022", "any") == "backwards"


def test_unproven_order_is_a_term_of_the_cost() -> None:
    route = ask([arc("a", "b", 5, "2022..2022"), arc("b", "c", 7, "2022-06..2023")]).routes[0]
    unproven = view([]).costs.unproven
    assert route.cost == 12 + unproven
    assert route.terms == {"hop": 12, "unproven": unproven}


def test_family_is_that_of_the_hops_taken_and_families_all_that_could_run() -> None:
    made = [
        arc("a", "b", 1, families=("A320",)),
        arc("a", "b", 2, families=("B737NG",)),
        arc("b", "c", 1, families=("A320",)),
        arc("b", "c", 2, families=("B737NG",)),
    ]
    (route,) = ask(made).routes
    assert route.family == "A320"
    assert route.families == ("A320", "B737NG")


def test_also_lists_other_hops_that_would_fit() -> None:
    made = [
        arc("a", "b", 1, "2022..2022", name="first"),
        arc("a", "b", 9, "2021..2021", name="fits"),
        arc("a", "b", 9, "2024..2024", name="too late"),
        arc("a", "b", 9, "2022..2022", certainty="contested", name="contested"),
        arc("b", "c", 1, "2023..2023"),
    ]
    assert ask(made).routes[0].hops[0].also == ("fits",)


def test_id_depends_on_the_parties_in_order_alone() -> None:
    once = ask([arc("a", "b", 1), arc("b", "c", 1)]).routes[0].id
    again = ask([arc("a", "b", 9), arc("b", "c", 9), arc("a", "c", 99)]).routes[0].id
    assert once == again
    assert ask([arc("c", "b"), arc("b", "a")], "c", "a").routes[0].id != once


def test_routes_that_differ_at_one_end_share_a_line() -> None:
    made = [arc(o, "m", n) for n, o in enumerate("abc")] + [arc("m", "x", 1), arc("m", "y", 5)]
    lines = ask(made, "a b c", "x y", folded=True)
    assert [(r.entities, r.also_from, r.also_to) for r in lines.routes] == [
        (("a", "m", "x"), ("b", "c"), ()),
        (("a", "m", "y"), ("b", "c"), ()),
    ]
    assert lines.counts.routes == 6
    one_origin = ask(made, "a", "x y", folded=True)
    assert [(r.entities, r.also_to) for r in one_origin.routes] == [(("a", "m", "x"), ("y",))]


def test_no_line_joins_documented_with_possible() -> None:
    made = [arc("a", "m"), arc("b", "m", basis="possible", kind="supply"), arc("m", "x")]
    assert len(ask(made, "a b", "x", folded=True).routes) == 2


def test_without_which_constraint_there_would_be_a_route() -> None:
    backwards = [arc("a", "b", dates="2024..2024"), arc("b", "c", dates="2022..2022")]
    found = {e.without: e.routes for e in ask(backwards).why_none}
    assert found["the date order"] == 1
    assert found["the limit of 6 hops"] == 0
    avoided = ask([arc("a", "b"), arc("b", "c")], avoid=("b",))
    assert {e.without: e.routes for e in avoided.why_none}["the parties to avoid"] == 1
    assert ask([arc("a", "c")]).why_none == ()


def test_answer_says_when_no_hand_over_is_documented() -> None:
    possible = [arc("a", "b"), arc("b", "c", basis="possible", kind="supply")]
    assert "No shipment of parts from Test b" in ask(possible, via=(("b",),)).statements[0]
    assert ask([arc("a", "b"), arc("b", "c")], via=(("b",),)).statements == ()


def test_goods_of_unknown_code_are_marked_when_goods_were_asked_for() -> None:
    made = [arc("a", "c")]
    assert "goods code unknown" in ask(made, goods="8807").routes[0].hops[0].marks
    assert "goods code unknown" not in ask(made).routes[0].hops[0].marks
