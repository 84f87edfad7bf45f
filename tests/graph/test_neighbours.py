"""Relations drawn around a party: everything that stood stays, nothing overlaps, hubs are counted."""

import msgspec
import pytest

from graph import dates
from graph.layout import layout
from graph.neighbours import FEW, MOST, expanded, group_id, relations
from graph.picture import HEIGHT, RELATION, SEVERAL, WIDTH, Picture
from graph.routes import Question, parse_set
from graph.routes.answer import answer
from graph.show import show
from graph.store import Reader
from graph.view import build_view

DAY = dates.day_of("2025-10-15")


@pytest.fixture(scope="module")
def picture(case: Reader) -> Picture:
    view = build_view(case, DAY)
    question = Question(
        origins=parse_set(view, "western-suppliers"),
        destinations=parse_set(view, "russian-carriers"),
        via=(("belavia",),),
    )
    return layout(answer(view, question, 40, folded=True, version="test"))


def by_id(picture: Picture) -> dict[str, tuple[float, float]]:
    return {node.id: (node.x, node.y) for node in picture.nodes}


OPENED = ["belavia", group_id("belavia", "operates", True), "smartavia", "boeing"]


def test_nothing_that_stood_moves(case: Reader, picture: Picture) -> None:
    before = by_id(picture)
    now = picture
    for step in range(1, len(OPENED) + 1):
        now = expanded(picture, case, OPENED[:step], DAY)
        places = by_id(now)
        kept = before.keys() & places.keys()
        assert {i: places[i] for i in kept} == {i: before[i] for i in kept}
        assert before.keys() - kept <= {o for o in OPENED if "#" in o}  # an opened group goes
        before = places
    assert len(now.nodes) > len(picture.nodes) + 20


def test_nothing_overlaps(case: Reader, picture: Picture) -> None:
    nodes = expanded(picture, case, OPENED, DAY).nodes
    for i, one in enumerate(nodes):
        for other in nodes[i + 1 :]:
            assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT
    boxes = picture.boxes
    for node in nodes:
        if node.aside:
            for box in boxes:
                assert (
                    node.x >= box.x + box.width
                    or node.x + WIDTH <= box.x
                    or node.y >= box.y + box.height
                    or node.y + HEIGHT <= box.y
                )


def test_everything_is_inside_the_frame(case: Reader, picture: Picture) -> None:
    now = expanded(picture, case, OPENED, DAY)
    for node in now.nodes:
        assert now.left <= node.x <= now.left + now.width - WIDTH
        assert now.top <= node.y <= now.top + now.height - HEIGHT


def test_links_join_what_is_drawn_each_once(case: Reader, picture: Picture) -> None:
    now = expanded(picture, case, OPENED, DAY)
    drawn = {node.id for node in now.nodes}
    assert all({link.source, link.target} <= drawn for link in now.links)
    assert len({link.id for link in now.links}) == len(now.links)
    new = [link for link in now.links if link not in picture.links]
    assert {link.basis for link in new} == {RELATION}


def test_hub_is_counted_before_it_is_opened(case: Reader, picture: Picture) -> None:
    operated = relations(show(case, "belavia", DAY))["operates", True]
    assert len(operated) > FEW
    group = group_id("belavia", "operates", True)
    closed = expanded(picture, case, ["belavia"], DAY)
    (node,) = [n for n in closed.nodes if n.id == group]
    assert (node.kind, node.more) == (SEVERAL, len(operated))
    opened = expanded(picture, case, ["belavia", group], DAY)
    drawn = {n.id for n in opened.nodes}
    assert group not in drawn
    assert {e.target for e in operated[:MOST]} <= drawn


def test_relation_that_does_not_hold_is_not_drawn(case: Reader, picture: Picture) -> None:
    before_the_fleet = dates.day_of("1990-01-01")
    now = {k: len(v) for k, v in relations(show(case, "belavia", DAY)).items()}
    then = {k: len(v) for k, v in relations(show(case, "belavia", before_the_fleet)).items()}
    assert sum(then.values()) < sum(now.values())
    assert "lists" not in {kind for kind, _ in now}


def test_what_is_not_drawn_cannot_be_opened(case: Reader, picture: Picture) -> None:
    assert expanded(picture, case, ["nobody", "nobody#owns>", "#", ""], DAY) == picture


def test_same_opening_gives_the_same_picture(case: Reader, picture: Picture) -> None:
    assert expanded(picture, case, OPENED, DAY) == expanded(picture, case, OPENED, DAY)
    assert msgspec.json.encode(expanded(picture, case, OPENED, DAY))
