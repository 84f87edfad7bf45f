"""A transaction as the law sees it. What is not known is empty or None, never a guess."""

import msgspec


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """What moves. Empty codes are unknown; `families` are the aircraft it is or is for.

    Attributes:
        hs: Harmonized System code, digits only.
        eccn: entry of the Commerce Control List, `EAR99` for what is on none.
        subject_to_ear: whether it is subject to the EAR: US-made, of US content above the limit
            of the rule, or once exported from the United States.
    """

    hs: str = ""
    eccn: str = ""
    families: tuple[str, ...] = ()
    subject_to_ear: bool | None = None


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One of the parties: an entity of the store, or only where it is from.

    Attributes:
        id: of an entity; empty when it is not named.
        country: of establishment; empty when unknown.
        nationalities: of persons who are bound wherever they act.
    """

    id: str = ""
    country: str = ""
    nationalities: tuple[str, ...] = ()

    @property
    def countries(self) -> frozenset[str]:
        """Whose law binds the party."""
        return frozenset((self.country, *self.nationalities)) - {""}


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """One hand-over, flight, service or payment.

    Attributes:
        others: carriers, banks and brokers that take part.
        activity: a word of `graph.law.schema.ACTIVITIES`; empty when unknown.
        goods: None when nothing moves.
        origin: the country the goods leave from; empty: that of the seller.
        destination: the country they go to; empty: that of the buyer.
        bound_for: where a source says they were to end up, if elsewhere.
        via: countries passed on the way; None when the route is not known.
        aircraft: id of the aircraft it is about.
        named: whether that aircraft is one that a text names without its names being known.
        purposes: what it serves; None when unknown.
        assumed: what was taken for granted in making this transaction, in words.
    """

    seller: Party = Party()
    buyer: Party = Party()
    others: tuple[Party, ...] = ()
    activity: str = "supply"
    goods: Goods | None = Goods()
    origin: str = ""
    destination: str = ""
    bound_for: str = ""
    via: tuple[str, ...] | None = None
    aircraft: str = ""
    named: bool | None = None
    purposes: tuple[str, ...] | None = None
    assumed: tuple[str, ...] = ()

    @property
    def parties(self) -> tuple[Party, ...]:
        """All parties, seller first."""
        return self.seller, self.buyer, *self.others

    @property
    def from_country(self) -> str:
        """Where the goods leave from, or empty."""
        return self.origin or self.seller.country

    @property
    def to_countries(self) -> frozenset[str]:
        """Where the goods go; empty when that is unknown."""
        return frozenset((self.destination or self.buyer.country, self.bound_for)) - {""}

    @property
    def subject_to_ear(self) -> bool | None:
        """Whether an item subject to the EAR moves (15 CFR 734.3(a)).

        Exports from the United States are, and US-made items wherever they are; foreign-made
        items by their US content.
        """
        if self.goods is None:
            return False
        if self.goods.subject_to_ear is None and self.from_country == "US":
            return True
        return self.goods.subject_to_ear
