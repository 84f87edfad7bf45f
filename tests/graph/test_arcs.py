"""What a hop is told with: its certainty, and what its parties say of themselves."""

import msgspec
import pytest

from graph.arcs import documented_arc
from graph.cost import default_costs
from graph.model import DENIAL, Claim, Entity
from tests.graphs import edge, entity, facts


@pytest.mark.parametrize(
    ("claims", "certainty"),
    [
        ((Claim(id="c", source="", certainty="medium"),), "medium"),
        ((Claim(id="c", source=""),), "low"),
        ((), "low"),
        ((Claim(id="c", source="", certainty="contested"),), "contested"),
    ],
)
def test_certainty_is_the_best_claims_and_low_where_none_says(
    claims: tuple[Claim, ...], certainty: str
) -> None:
    sold = msgspec.structs.replace(edge("supplies", "test-a", "test-b"), claims=claims)
    seen = facts([entity("test-a"), entity("test-b")], [sold])
    assert documented_arc(seen, default_costs(), sold).certainty == certainty


@pytest.mark.parametrize("speaker", ["test-a", "test-b"])
def test_what_either_party_says_stands_beside_the_hop(speaker: str) -> None:
    said = Claim(id="d", source="", kind=DENIAL, party=speaker, stance="denies", note="never")
    parties: list[Entity] = [
        msgspec.structs.replace(entity(name), claims=(said,) if name == speaker else ())
        for name in ("test-a", "test-b")
    ]
    sold = edge("supplies", "test-a", "test-b")
    found = documented_arc(facts(parties, [sold]), default_costs(), sold)
    assert [claim.note for claim in found.denials] == ["never"]
