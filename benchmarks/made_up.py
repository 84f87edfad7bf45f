"""Made-up graphs and stores for benchmarks: the same for everybody from the same seed.

`python -m benchmarks.made_up FILE --parties N --edges M` writes such a store and says what it took.

Every id starts with `made-up-` and every name says that it is made up: nothing here is about a real
party. Countries are real codes, because the rules for possible hops ask for them.
"""

import argparse
import datetime as dt
import random
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from graph.kinds import CAPABILITIES, EntityKind
from graph.model import Claim, Edge, Entity, Identifier, Record, SetMember, Source
from graph.store import Load, open_writer

T = TypeVar("T")

SUPPLIERS, CARRIERS = "made-up-suppliers", "made-up-carriers"
"""The named sets of a made-up store: 50 suppliers and 20 carriers."""

_IN_SETS = {SUPPLIERS: 50, CARRIERS: 20}
_SOURCES, _SUPPLIERS, _AIRLINES, _FAMILIES, _AIRPORTS = 200, 120, 40, 8, 30
_FIRST_DAY, _LAST_DAY = dt.date(2019, 1, 1), dt.date(2026, 6, 30)
_COUNTRIES = ("AE", "AM", "BY", "CN", "DE", "GE", "HK", "IN", "KG", "KZ", "RS", "TR", "US", "UZ")
_UNION = ("BY", "KZ", "RU")

_LATIN = """
ba be bo bel bor da den dor el er fa fen ga gel gor in ka kel kor la len lor ma mel mir mo na nel nor
ol or pa pel por ra ren ros sa sel sor ta tel tor va vel vin vor za zel zor aer tur vik rum don sta
gra kri plo sven
"""
_CYRILLIC = """
ба бе бо бел бор да ден дор ел ер фа фен га гел гор ин ка кел кор ла лен лор ма мел мир мо на нел нор
ол ор па пел пор ра рен рос са сел сор та тел тор ва вел вин вор за зел зор аер тур вик рум дон ста
гра кри пло свен
"""
_TRADES_LATIN = """
Aero Air Airlines Airways Aviation Bearing Carriers Cargo Component Engine Export Freight General
Global Group Hydraulic Industrial International Jet Leasing Logistics Maintenance Motor Parts
Services Spares Supply Support Systems Technic Trade Trading Transit Turbine
"""
_TRADES_CYRILLIC = """
Авиа Аэро Авиакомпания Группа Двигатель Запчасть Импорт Инжиниринг Карго Комплект Логистика Мотор
Ремонт Сервис Снаб Техника Торг Транзит Транспорт Турбина Экспорт
"""
# One sound in two scripts, so that names of two scripts fold alike.
_SYLLABLES = tuple(zip(_LATIN.split(), _CYRILLIC.split(), strict=True))
_TRADES = _TRADES_LATIN.split()
_DEALS = _TRADES_CYRILLIC.split()
_FORMS = ("FZE", "GmbH", "LLC", "Ltd", "PLC", "SA")


def main() -> None:
    """Write a store, and print what it took."""
    parser = argparse.ArgumentParser(description="Write a made-up store.")
    parser.add_argument("file")
    parser.add_argument("--parties", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=500_000)
    options = parser.parse_args()
    print_store(options.file, options.parties, options.edges)


def print_store(path: str, parties: int, edges: int) -> None:
    """Write a store as `write_store` does; print CPU seconds, peak memory of the process and size."""
    start = time.process_time()
    made = sum(1 for _ in records(parties, edges))
    generated = time.process_time()
    write_store(path, parties, edges)
    loaded = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{made} records: {generated - start:.0f} CPU s to make up, {loaded - generated:.0f} to make up "
        f"and load, {peak} MiB at most, {Path(path).stat().st_size // 1_000_000} MB on disk"
    )


def write_store(path: str, parties: int, edges: int, seed: int = 0) -> Load:
    """Write a store at `path` with a made-up case, through the project's own writer.

    Args:
        path: a file that does not exist yet.
        parties: how many companies, persons and aircraft there are beside the fixed few.
        edges: how many edges there are, or more when `parties` and the fixed few need more.
        seed: the same seed gives the same store.

    Returns:
        The manifest of the load.

    Raises:
        StoreError: when the place cannot be written.
    """
    load = Load(dataset="made-up", loader="made-up", digest=f"{parties}-{edges}-{seed}")
    with open_writer(path) as writer:
        return writer.write(load, records(parties, edges, seed))


def records(parties: int, edges: int, seed: int = 0) -> Iterator[Record]:
    """The records that `write_store` writes, of every kind the rules for possible hops reason from."""
    yield from _Case(random.Random(seed)).records(parties, edges)


class _Case:
    """One made-up case; every choice comes from the one random source, in a fixed order."""

    def __init__(self, source: random.Random) -> None:
        self.random = source
        self.edges = 0
        self.claims = 0
        self.airlines = _ids("airline", _AIRLINES)
        self.suppliers = _ids("supplier", _SUPPLIERS)
        self.families = _ids("family", _FAMILIES)
        self.airports = _ids("airport", _AIRPORTS)
        self.countries: dict[str, str] = {}

    def records(self, parties: int, edges: int) -> Iterator[Record]:
        yield from self._sources()
        yield from self._few()
        aircraft, persons = parties // 10, parties // 10
        companies = [f"made-up-{n:06}" for n in range(parties - aircraft - persons)]
        yield from self._parties(companies, aircraft, persons)
        yield from self._fleet_edges()
        yield from self._supply_edges()
        yield from self._state_edges()
        yield from self._operated(aircraft)
        yield from self._directed(persons, companies)
        trading = [*companies, *self.suppliers, *self.airlines]
        yield from self._dealings(trading, edges - self.edges)

    def _sources(self) -> Iterator[Source]:
        for number in range(_SOURCES):
            yield Source(
                id=f"made-up-source-{number:03}",
                title=f"Made-up report {number}",
                publisher="Nobody: made up for a benchmark",
                published=self._day().isoformat(),
            )

    def _few(self) -> Iterator[Record]:
        """Airlines, suppliers, families, airports, an authority, a customs territory, the sets."""
        for number, airline in enumerate(self.airlines):
            # The carriers of the set come first and are established in one country.
            country = "RU" if number < _IN_SETS[CARRIERS] else self._one(_COUNTRIES)
            yield self._company(airline, EntityKind.AIRLINE, country)
        for supplier in self.suppliers:
            yield self._company(supplier, EntityKind.MANUFACTURER)
        yield from (_thing(i, EntityKind.AIRCRAFT_FAMILY) for i in self.families)
        yield from (_thing(i, EntityKind.AIRPORT) for i in self.airports)
        yield _thing("made-up-authority", EntityKind.PUBLIC_BODY, "RU")
        yield _thing("made-up-union", EntityKind.TERRITORY)
        yield from (_thing(f"made-up-country-{c}", EntityKind.COUNTRY, c) for c in _UNION)
        for name, ids in ((SUPPLIERS, self.suppliers), (CARRIERS, self.airlines)):
            for chosen in ids[: _IN_SETS[name]]:
                yield SetMember(set=name, entity=chosen, why="made up")

    def _parties(self, companies: list[str], aircraft: int, persons: int) -> Iterator[Entity]:
        for company in companies:
            kind = EntityKind.MRO if self.random.random() < 0.02 else EntityKind.COMPANY
            yield self._company(company, kind)
        for person in _ids("person", persons):
            latin, cyrillic = self._brand(), self._brand()
            yield Entity(
                id=person,
                kind=EntityKind.PERSON,
                name=f"{latin[0]} {cyrillic[0]} (made up)",
                aliases=(f"{latin[1]} {cyrillic[1]} (выдумано)",),
                person_basis="made up",
                claims=self._claim(),
            )
        for number, craft in enumerate(_ids("aircraft", aircraft)):
            yield self._aircraft(craft, number)

    def _company(self, entity_id: str, kind: str, country: str = "") -> Entity:
        (latin, cyrillic), trade = self._brand(), self._one(_TRADES)
        aliases = [f"{cyrillic} {self._one(_DEALS)} (выдумано)"]
        if self.random.random() < 0.5:
            aliases.append(f"{latin} {self._one(_FORMS)} (made up)")
        self.countries[entity_id] = country or self._one(_COUNTRIES)
        return Entity(
            id=entity_id,
            kind=kind,
            name=f"{latin} {trade} {self._one(_TRADES)} {self._one(_FORMS)} (made up)",
            country=self.countries[entity_id],
            aliases=tuple(aliases),
            claims=self._claim(),
        )

    def _aircraft(self, entity_id: str, number: int) -> Entity:
        mark = f"ZZ-{number:05}"  # a nationality mark that no state has
        return Entity(
            id=entity_id,
            kind=EntityKind.AIRCRAFT,
            name=f"{mark} (made up)",
            identifiers=(Identifier("registration", mark), Identifier("MSN", f"{number:07}")),
            properties={"family": self._one(self.families), "msn": f"{number:07}"},
            claims=self._claim(),
        )

    def _fleet_edges(self) -> Iterator[Edge]:
        for airline in self.airlines:
            for family in self.random.sample(self.families, 3):
                count = str(self.random.randint(1, 40))
                yield self._edge("operates_family", airline, family, count=count, in_service="yes")
            for airport in self.random.sample(self.airports, 8):
                yield self._edge("flies_to", airline, airport)
            yield self._edge("based_at", airline, self._one(self.airports), role="base")

    def _supply_edges(self) -> Iterator[Edge]:
        for supplier in self.suppliers:
            for family in self.random.sample(self.families, 2):
                yield self._edge(self._one(CAPABILITIES), supplier, family, goods="made-up part")

    def _state_edges(self) -> Iterator[Edge]:
        for airline in self.airlines[_IN_SETS[CARRIERS] :: 2]:
            yield self._edge("holds_certificate_from", airline, "made-up-authority")
        for country in _UNION:
            yield self._edge("member_of", f"made-up-country-{country}", "made-up-union")

    def _operated(self, aircraft: int) -> Iterator[Edge]:
        for craft in _ids("aircraft", aircraft):
            yield self._edge("operates", self._one(self.airlines), craft)

    def _directed(self, persons: int, companies: Sequence[str]) -> Iterator[Edge]:
        for person in _ids("person", persons):
            yield self._edge("directs", person, self._one(companies))

    def _dealings(self, trading: Sequence[str], number: int) -> Iterator[Edge]:
        """Mostly hand-overs, skewed towards a few busy parties, and one tie of ownership in twenty."""
        for _ in range(number):
            source, target = self._one(trading), self._one(trading)
            if self.random.random() < 0.05:
                yield self._edge("owns", source, target)
                continue
            busy = trading[int(len(trading) * self.random.random() ** 2)]
            ends = (source, busy) if self.random.random() < 0.5 else (busy, target)
            family = (self._one(self.families),) if self.random.random() < 0.3 else ()
            kind = "supplies" if self.random.random() < 0.7 else "ships_to"
            yield self._edge(kind, *ends, goods="made-up part", families=family)

    def _edge(
        self,
        kind: str,
        source: str,
        target: str,
        goods: str = "",
        families: tuple[str, ...] = (),
        **properties: str,
    ) -> Edge:
        self.edges += 1
        day = self._day().isoformat()
        return Edge(
            id=f"made-up-edge-{self.edges:07}",
            kind=kind,
            source=source,
            target=target,
            # Sources give a day, a month or a year.
            start=self.random.choices((day, day[:7], day[:4]), (70, 20, 10))[0],
            goods=goods,
            families=families,
            properties=properties,
            claims=self._claim() + (self._claim() if self.random.random() < 0.1 else ()),
        )

    def _claim(self) -> tuple[Claim, ...]:
        self.claims += 1
        certainty = self.random.choices(("high", "medium", "low", "contested"), (70, 20, 8, 2))[0]
        return (
            Claim(
                id=f"made-up-claim-{self.claims:07}",
                source=f"made-up-source-{self.random.randrange(_SOURCES):03}",
                status="own-research",
                certainty=certainty,
            ),
        )

    def _brand(self) -> tuple[str, str]:
        """An invented word in Latin and in Cyrillic."""
        parts = [self._one(_SYLLABLES) for _ in range(self.random.choice((2, 3, 3)))]
        latin, cyrillic = ("".join(script).capitalize() for script in zip(*parts, strict=True))
        return latin, cyrillic

    def _day(self) -> dt.date:
        days = (_LAST_DAY - _FIRST_DAY).days
        return _FIRST_DAY + dt.timedelta(days=self.random.randint(0, days))

    def _one(self, choices: Sequence[T]) -> T:
        return choices[int(self.random.random() * len(choices))]


def _ids(what: str, number: int) -> list[str]:
    return [f"made-up-{what}-{n:06}" for n in range(number)]


def _thing(entity_id: str, kind: str, country: str = "") -> Entity:
    name = entity_id.removeprefix("made-up-").replace("-", " ")
    return Entity(id=entity_id, kind=kind, name=f"{name} (made up)", country=country)


if __name__ == "__main__":
    main()
