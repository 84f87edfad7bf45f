"""September 2025 on the curated case, and what must hold of every measure in the law."""

import msgspec
import pytest

from graph.dates import day_of
from graph.law.parties import Parties
from graph.law.regimes import Law
from graph.law.relief import State, Switch, day_before, find_measures, overall, switched
from graph.law.schema import Authorisation, Prohibition
from graph.layout import layout
from graph.relief import DEFAULT_FROM, DEFAULT_TO, DEFAULT_VIA, Relief, as_answer, marks, relief
from graph.routes import Question, parse_set
from graph.store import Reader
from graph.verdicts import BARRED, LAWFUL, OPENED
from graph.view import View, build_view

GL11, LETTER = "us-ofac-gl11", "us-bis-letter"


def asked(view: View, origins: str = DEFAULT_FROM) -> Question:
    return Question(
        origins=parse_set(view, origins),
        destinations=parse_set(view, DEFAULT_TO),
        via=(parse_set(view, DEFAULT_VIA),),
    )


def september(case: Reader, law: Law, *names: str, by_day: bool = False) -> Relief:
    found = find_measures(names, law, case.measures())
    switch = day_before(found, law) if by_day else switched(found, law)
    view = build_view(case, switch.after.day)
    return relief(view, asked(view), switch, Parties(case), k=1000, version="test")


def nothing(found: Relief) -> bool:
    return not (found.gained or found.lost or found.changed or found.loopholes)


@pytest.mark.parametrize("by_day", [False, True])
def test_licence_of_ofac_alone_opens_nothing_while_the_ear_bars(
    case: Reader, law: Law, by_day: bool
) -> None:
    found = september(case, law, GL11, by_day=by_day)
    assert found.after.as_of == "2025-09-11"
    assert found.after.routes > 300
    assert nothing(found)


def test_letter_alone_opens_nothing_without_the_licence_of_ofac(case: Reader, law: Law) -> None:
    assert not september(case, law.without(GL11), LETTER).changed


@pytest.mark.parametrize("by_day", [False, True])
@pytest.mark.parametrize("names", [(LETTER,), (GL11, LETTER)])
def test_letter_with_the_licence_opens_the_first_hop_and_none_beyond(
    case: Reader, law: Law, names: tuple[str, ...], by_day: bool
) -> None:
    found = september(case, law, *names, by_day=by_day)
    assert found.after.as_of == "2025-09-12"
    assert (found.more, found.truncated, found.gained, found.lost) == (False, False, (), ())
    assert (found.before.lawful_first, found.after.lawful) == (0, 0)
    assert ("boeing", "belavia") in {opened.entities for opened in found.opened}
    assert all(opened.entities[1:] == ("belavia",) for opened in found.opened)
    assert len(found.loopholes) > 100
    for hole in found.loopholes:
        assert (hole.lawful_before, hole.lawful_after, hole.unlawful_hop) == (0, 1, 2)
        assert hole.route.hops[1].origin == "belavia"
        assert "us-ear-ru-2022-02-24" in hole.under
        assert overall(hole.route.hops[1].verdicts) == hole.after[1] == "prohibited"
        assert marks(hole) == (OPENED, BARRED)
    onward = [hop for c in found.changed for hop in c.route.hops if hop.origin == "belavia"]
    assert onward
    assert not [hop for hop in onward if overall(hop.verdicts) in LAWFUL]


def test_loopholes_come_by_cost_and_say_what_is_taken_for_granted(case: Reader, law: Law) -> None:
    found = september(case, law, LETTER, GL11)
    costs = [hole.route.cost for hole in found.loopholes]
    assert costs == sorted(costs)
    assert found.loopholes[0].route.entities == ("boeing", "belavia", "smartavia")
    assert sum(opened.routes for opened in found.opened) == len(found.loopholes)
    assert "the part is for one of the eight 737s that the BIS letter names" in found.assumed
    assert {GL11, LETTER, *(i for h in found.loopholes for i in h.under)} == {
        record.id for record in found.cited
    }


def test_order_of_the_measures_does_not_matter(case: Reader, law: Law) -> None:
    one, other = september(case, law, GL11, LETTER), september(case, law, LETTER, GL11, GL11)
    assert msgspec.json.encode(one) == msgspec.json.encode(other)


@pytest.fixture(scope="module", params=["2023-08-20", "2025-10-15"])
def view(request: pytest.FixtureRequest, case: Reader) -> View:
    return build_view(case, day_of(request.param))


@pytest.fixture(scope="module")
def known(case: Reader) -> Parties:
    return Parties(case)


def test_no_authorisation_removes_a_lawful_route_and_no_prohibition_adds_one(
    view: View, law: Law, known: Parties
) -> None:
    question = asked(view, "boeing,safran,turkish-technic")
    judged = 0
    for _, rule in law.rules():
        if not isinstance(rule, Authorisation | Prohibition):
            continue
        switch = switched(find_measures([rule.id], law, ()), law, view.as_of)
        found = relief(view, question, switch, known, k=40, version="test")
        judged += len(found.changed)
        shorter = [c for c in found.changed if c.lawful_after < c.lawful_before]
        longer = [c for c in found.changed if c.lawful_after > c.lawful_before]
        if isinstance(rule, Authorisation):
            assert [*found.lost, *shorter] == [], rule.id
        else:
            assert [*found.gained, *longer, *found.loopholes] == [], rule.id
    assert judged or view.as_of < day_of("2025-09-12")


def test_off_and_on_again_is_the_identity(view: View, law: Law, known: Parties) -> None:
    without = law.without(*(rule.id for _, rule in law.rules()))
    again = msgspec.structs.replace(without, off=frozenset())
    before, after = State(day=view.as_of, law=law), State(day=view.as_of, law=again)
    switch = Switch(measures=(), before=before, after=after)
    found = relief(view, asked(view), switch, known, k=1000, version="test")
    assert found.before == found.after
    assert nothing(found)


def test_loopholes_are_drawn_like_any_routes(case: Reader, law: Law) -> None:
    """Whole where they fit: the parties of every line drawn are drawn, and what is cut is counted."""
    found = september(case, law, GL11, LETTER)
    answer = as_answer(found, 5)
    assert (len(answer.routes), answer.counts.routes) == (5, len(found.loopholes))
    assert answer.more
    assert not as_answer(found, 1000).more
    whole = as_answer(found, len(found.loopholes))
    picture = layout(whole, 0, [marks(hole) for hole in found.loopholes])
    assert picture.left_out == 0
    assert {link.law for link in picture.links if link.target == "belavia"} == {OPENED}
    assert {link.law for link in picture.links if link.source == "belavia"} == {BARRED}
    assert "became lawful" in next(k.title for k in picture.links if k.target == "belavia")
