"""The cost table: one possible hop is dearer than eight of the dearest documented ones."""

from pathlib import Path

import pytest
import yaml

from graph.arcs import DOCUMENTED
from graph.cost import MAX_HOPS, default_costs, load_costs
from graph.exc import BadInput
from graph.settings import data_root
from graph.store import Reader
from graph.view import build_view
from tests import graphs

SHIPPED = data_root() / "reference" / "costs.yml"


def test_invariant_holds_for_the_shipped_table() -> None:
    costs = default_costs()
    assert costs.cheapest_possible > MAX_HOPS * costs.dearest_documented
    costs.check()


def test_invariant_holds_for_every_hop_of_the_case(case: Reader) -> None:
    view = build_view(case, graphs.AS_OF, contested=True)
    documented = [arc.cost for arc in view.arcs if arc.basis == DOCUMENTED]
    possible = [arc.cost for arc in view.arcs if arc.basis != DOCUMENTED]
    dearest = max(documented) + view.costs.unproven
    assert min(possible) > MAX_HOPS * dearest
    assert max(documented) <= view.costs.dearest_documented
    assert max(possible) <= view.costs.dearest_possible


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"possible": 100}, "can cost as much"),
        ({"fleet_year": 2000}, "can cost as much"),
        ({"status": {"official-order": 0}}, "status lacks"),
        ({"hop": "dear"}, "is no cost table"),
        ({"hop": None}, "is no cost table"),
    ],
)
def test_table_that_cannot_be_used_is_refused(
    tmp_path: Path, change: dict[str, object], says: str
) -> None:
    table = yaml.safe_load(SHIPPED.read_text(encoding="utf-8")) | change
    path = tmp_path / "costs.yml"
    path.write_text(yaml.safe_dump(table), encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        load_costs(path)


@pytest.mark.parametrize("content", ["", "[1, 2", "just text"])
def test_file_that_is_no_table_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "costs.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match="is no cost table"):
        load_costs(path)


def test_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no cost table"):
        load_costs(tmp_path / "absent.yml")
