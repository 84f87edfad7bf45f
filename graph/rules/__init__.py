"""Possible hops: what the facts allow and no source states. See `table.RULES` for the list."""

from graph.rules.facts import Facts
from graph.rules.hop import PossibleHop
from graph.rules.table import RULES, Rule, possible_hops

__all__ = ["RULES", "Facts", "PossibleHop", "Rule", "possible_hops"]
