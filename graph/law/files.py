"""What each file of `data/regimes` may say, and its JSON Schema.

`json_schema` is committed as `data/regimes/schema.json`, for editors and for readers of other tools.
"""

from typing import Any, Literal

import msgspec

from graph.law.schema import Activity, Confidence, Rule, Scope, Strict

Needs = Literal["parties", "goods"]


class Nexus(Strict, frozen=True, kw_only=True):
    """What ties a transaction to a layer.

    Attributes:
        persons: countries whose persons are bound, wherever they act.
        territory: countries whose law binds what sets out, passes or arrives there.
        items: goods subject to the EAR are reached, whoever holds them.
        maybe_items: goods subject to the EAR may bring in a bound person: not known.
    """

    persons: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    items: bool = False
    maybe_items: bool = False


class Layer(Strict, frozen=True, kw_only=True):
    """A body of rules that must be passed by itself.

    Attributes:
        covered_by: which kinds of coverage must both be there before silence means permitted.
        when: asked only for such transactions; for all when not given.
    """

    title: str
    text: str
    url: str
    confidence: Confidence
    last_reviewed: str
    nexus: Nexus
    covered_by: tuple[Needs, ...]
    when: Scope | None = None


class RegimeFile(Strict, frozen=True, kw_only=True):
    """One regime: its layers and rules."""

    regime: str
    name: str
    layers: dict[str, Layer]
    entries: tuple[Rule, ...]


class Coverage(Strict, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    """Where "no measure found" means permitted.

    Attributes:
        parties: of a list layer: ids or classes whose listing was looked for.
        countries: of a list layer: parties established there are taken not to be listed.
        unnamed: of a list layer: a party without a name is taken not to be listed.
        when: of a goods layer: the transactions whose rules are all in the tables.
        assumed: what must be said where the row is used.
    """

    id: str
    regime: str
    layer: str
    of: Needs
    start: str
    end: str
    reviewed: str
    note: str
    parties: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    unnamed: bool = False
    when: Scope | None = None
    assumed: str = ""


class CoverageFile(Strict, frozen=True, kw_only=True):
    """`coverage.yml`."""

    coverage: tuple[Coverage, ...]


class Group(Strict, frozen=True, kw_only=True):
    """Countries under one name."""

    name: str
    members: tuple[str, ...]
    url: str
    confidence: Confidence
    last_reviewed: str
    note: str = ""


class GroupsFile(Strict, frozen=True, kw_only=True):
    """`groups.yml`."""

    groups: dict[str, Group]


class Item(Strict, frozen=True, kw_only=True):
    """Goods that a hop is judged as, where its codes are not known."""

    hs: str
    eccn: str
    says: str


class Named(Strict, frozen=True, kw_only=True):
    """For which possible hops the aircraft is taken to be one that a text names."""

    buyers: tuple[str, ...]
    families: tuple[str, ...]
    says: str


class GoodsFile(Strict, frozen=True, kw_only=True):
    """`goods.yml`: typical ECCN by HS code, and what possible hops are judged as."""

    typical_eccn: dict[str, str]
    url: str
    last_reviewed: str
    note: str
    part: Item
    aircraft: Item
    named: Named


class WordsFile(Strict, frozen=True, kw_only=True):
    """`words.yml`: words of a question in plain language, and what they say of a transaction."""

    last_reviewed: str
    activities: dict[Activity, tuple[str, ...]]
    purposes: dict[str, tuple[str, ...]]
    named: tuple[str, ...]
    not_named: tuple[str, ...]
    families: dict[str, tuple[str, ...]]
    peoples: dict[str, tuple[str, ...]]


FILES: dict[str, type[msgspec.Struct]] = {
    "coverage.yml": CoverageFile,
    "groups.yml": GroupsFile,
    "goods.yml": GoodsFile,
    "words.yml": WordsFile,
}
"""What files other than those of a regime hold."""


def json_schema() -> dict[str, Any]:
    """A JSON Schema of every kind of file, by name; `regime` for those of a regime."""
    kinds = [RegimeFile, *FILES.values()]
    schemas, parts = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    names = ["regime", *FILES]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "anyOf": list(schemas),
        "$defs": parts,
        "x-files": dict(zip(names, schemas, strict=True)),
    }
