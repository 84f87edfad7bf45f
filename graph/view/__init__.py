"""A store seen on a day, as compact arrays for the route search; `graph.network` says how they lie."""

from graph.view.assemble import assemble
from graph.view.build import build_view
from graph.view.items import MOST_FAMILIES, Items
from graph.view.view import Part, View

__all__ = ["MOST_FAMILIES", "Items", "Part", "View", "assemble", "build_view"]
