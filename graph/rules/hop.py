"""What a rule answers with."""

import msgspec

from graph.dates import Holds
from graph.model import Claim, Edge, digest


class Held(msgspec.Struct, frozen=True):
    """A state that a rule leans on: the edge that states it, and how surely it holds on the date."""

    edge: Edge
    holds: Holds = Holds.YES

    @property
    def undated(self) -> bool:
        """True when no date bounds the state."""
        return not (self.edge.start or self.edge.end)


class Picture(msgspec.Struct, frozen=True):
    """The newest picture of one family in one airline's fleet.

    `years` is the age of the picture in whole years on the date, None when it is undated.
    """

    held: Held
    years: int | None
    says: str


class PossibleHop(msgspec.Struct, frozen=True, kw_only=True):
    """A hop that no source states, and the facts that make it possible.

    Attributes:
        family: the aircraft family the goods would be for; empty where any family may pass.
        whole_aircraft: the goods would be an aircraft itself, not parts.
        strength: a key of the rule's strengths in the cost table.
        hs: Harmonized System codes of the parts, where the facts name them.
        leans_on: the states the rule used, each with how surely it holds.
        fleets: the fleet pictures among them.
    """

    rule: str
    source: str
    target: str
    reason: str
    strength: str
    family: str = ""
    whole_aircraft: bool = False
    hs: tuple[str, ...] = ()
    leans_on: tuple[Held, ...] = ()
    fleets: tuple[Picture, ...] = ()

    @property
    def id(self) -> str:
        """The same in every process and store."""
        return f"possible:{self.rule}:{digest((self.source, self.target, self.family))}"

    @property
    def states(self) -> tuple[Held, ...]:
        """All states the hop leans on, fleet pictures included."""
        return self.leans_on + tuple(picture.held for picture in self.fleets)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims behind those states, each once, in order of use."""
        found = {claim.id: claim for held in self.states for claim in held.edge.claims}
        return tuple(found.values())
