"""What a hop costs: named integer terms from `data/reference/costs.yml`.

Integers keep sums exact, so that the order of routes is the same in every process and store.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from graph.exc import BadInput
from graph.kinds import CERTAINTIES, OUTCOMES, STATUSES
from graph.settings import data_root

MAX_HOPS = 8


class Costs(msgspec.Struct, frozen=True, rename={"stated_in_part": "stated-in-part"}):
    """The cost table; see the comments in the file for each term."""

    hop: int
    certainty: dict[str, int]
    status: dict[str, int]
    undated: int
    unproven: int
    uncertain: int
    stated_in_part: int
    group: int
    outcome: dict[str, int]
    possible: int
    rule: dict[str, dict[str, int]]
    fleet_year: int
    fleet_years: int

    @property
    def dearest_documented(self) -> int:
        """The most that one documented hop can cost."""
        return (
            self.hop
            + max(self.certainty.values())
            + max(self.status.values())
            + self.undated
            + self.unproven
            + self.uncertain
            + self.stated_in_part
            + self.group
            + max(self.outcome.values())
        )

    @property
    def cheapest_possible(self) -> int:
        """The least that one possible hop can cost."""
        return self.hop + self.possible

    @property
    def dearest_possible(self) -> int:
        """The most that one possible hop can cost."""
        return (
            self.cheapest_possible
            + max(max(strengths.values()) for strengths in self.rule.values())
            + max(self.certainty.values())
            + self.undated
            + self.unproven
            + self.uncertain
            + self.fleet_year * self.fleet_years
        )

    def check(self) -> None:
        """Raise `BadInput` unless fewer possible hops always come before more.

        A route of `MAX_HOPS` hops with n possible ones, all as dear as can be, must cost less than
        one with n + 1 possible hops, all as cheap as can be.
        """
        for possible in range(MAX_HOPS):
            dearest = (
                possible * self.dearest_possible + (MAX_HOPS - possible) * self.dearest_documented
            )
            if dearest >= (possible + 1) * self.cheapest_possible:
                raise BadInput(
                    f"costs.yml: {possible} possible hops can cost as much as {possible + 1}: "
                    "raise `possible`"
                )
        for name, wanted in (
            ("certainty", CERTAINTIES),
            ("status", STATUSES),
            ("outcome", OUTCOMES),
        ):
            if missing := set(wanted) - set(getattr(self, name)):
                raise BadInput(f"costs.yml: {name} lacks {', '.join(sorted(missing))}")


def load_costs(path: Path | None = None) -> Costs:
    """The cost table at `path`, or the one that ships with the program.

    Raises:
        BadInput: when the file is missing, is no such table, or breaks the invariant of `check`.
    """
    place = path or data_root() / "reference" / "costs.yml"
    try:
        table: Any = yaml.safe_load(place.read_text(encoding="utf-8"))
        costs = msgspec.convert(table, Costs)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise BadInput(f"{place} is no cost table: {error}") from None
    costs.check()
    return costs


@lru_cache(maxsize=1)
def default_costs() -> Costs:
    """The cost table that ships with the program, read once."""
    return load_costs()
