"""How curated tables become a graph: legs, what restates them, denials, fleets, persons."""

import csv
from pathlib import Path

import pytest

from graph.exc import BadInput
from graph.model import Edge
from graph.store import Reader, open_store
from loaders import run

SOURCED = "citation,status,certainty,note"
TABLES = {
    "sources": """id,title,publisher,url,published,licence,retrieved
src,Test report,Test press,https://example.org/r,2024-05,,
later,Second report,Test press,https://example.org/s,2024-06,,
""",
    "entities": f"""id,kind,name,country,aliases,identifiers,role,person_basis,{SOURCED}
seller,Company,Test Seller,AE,,,,,src,press-reported,high,
middle,Company,Test Middle,KG,,,,,src,press-reported,high,
air,Airline,Test Air,RU,,ICAO:TST,,,src,press-reported,high,
carrier,Airline,Test Carrier,IR,,,,,src,press-reported,high,
maker,Manufacturer,Test Maker,US,,,,,src,press-reported,high,
law,PublicBody,Test Authority,US,,,,,src,press-reported,high,
who,Person,Test Person,US,,,,charge: test,src,press-reported,high,
field,Airport,Test Field,RU,,,,,src,press-reported,high,
""",
    "airports": "id,iata,icao,name,city,country,latitude,longitude,citation\nfield,,,F,C,RU,1,2,src\n",
    "places": "airport,place\n",
    "families": f"id,airframer,type_icao,engine_options,{SOURCED}\n"
    "B737NG,maker,B738,,src,press-reported,high,\nOTHER,,IL76,,,,,types outside the list\n",
    "aircraft": "id,registration,icao24,type_icao,model,msn,year_built,operator,owner_or_lessor,"
    f"status_of_aircraft,bis_listed,ofac_blocked,start,end,{SOURCED}\n"
    "tail,RA-1,,B738,737,77,,air,,,,,,2024-01,src,press-reported,high,\n",
    "unnamed_parties": "id,shipment,label,country,role,note\nS2:buyer,S2,a buyer,RU,importer,\n",
    "territories": "territory,territory_name,country,country_name,start,end,"
    f"{SOURCED}\nunion,Union,RU,Russia,2015-01-01,,src,press-reported,high,\n",
    "classes": "id,predicate,member_kinds,how_decided\n",
    "sets": "set,entity,why\ntest-set,air,because\n",
    "refused": "claim,why,source_keys,citation\na claim,no source,,src\n",
    "measures": "id,entity,regime,layer,kind,programme,text,action,start,end,scope,observed_from,"
    f"observed_to,{SOURCED}\nm1,seller,US,OFAC,listing,SDN,E.O.,imposed,2024,,,,,src,official-listing,high,\n",
    "readings": "measure,reading,who_says,weight,citation\nm1,wide,someone,weak,src\n",
    "shipments": "id,exporter,importer,intermediaries,route,start,end,hs,hs_basis,goods,quantity,value,"
    f"currency,final_user,outcome,{SOURCED}\n"
    "S1,seller,air,,,2023,2023,,,parts,5,900,USD,,reported,src,press-reported,contested,whole\n"
    "S2,carrier,S2:buyer,,,,,,,,,,,,reported,src,press-reported,medium,\n"
    "S3,seller,air,,,,,,,,,,,,reported,src,press-reported,medium,\n",
    "legs": "id,shipment,seq,from,to,from_country,to_country,role_from,role_to,declared_destination,"
    "actual_destination,start,end,basis,certainty,outcome,goods,hs,via_countries,note\n"
    "S1.1,S1,1,seller,middle,AE,KG,exporter,,KG,RU,2023,2023,documented,high,delivered,parts,,,first\n"
    "S1.2,S1,2,middle,air,KG,RU,,,,RU,2023,2023,stated-in-part,,unknown,parts,,,\n"
    "S2.1,S2,1,carrier,S2:buyer,IR,RU,carrier,,,RU,,,documented,,delivered,parts,,,\n"
    "S3.1,S3,1,seller,air,AE,RU,owner,,,RU,,,documented,,delivered,an aircraft,8802,,\n",
    "relations": "source,target,kind,start,end,share,quantity,value,currency,hs,goods,family,"
    f"restates,{SOURCED}\n"
    "seller,middle,ships_to,2022,,,,,,,boxes,,S1.1,later,official-order,high,says so\n"
    "seller,air,supplies,,,,,,,,parts,,S1,later,press-reported,high,sum\n"
    "maker,air,origin_of_goods,,,,,,,,marked parts,,S1,later,press-reported,high,\n"
    "law,seller,lists,2024,,,,,,,,,m1,later,official-listing,high,\n"
    "who,seller,owns,,,25.5,,,,,,,,later,court-charged,high,\n"
    "air,tail,operates,,,,,,,,,,,later,press-reported,high,\n",
    "capabilities": "supplier,relation,part,ata_chapter,family,airframer,exclusive,start,end,hs,"
    f"hs_basis,eccn,eccn_basis,{SOURCED}\n"
    "maker,makes_part_for,brakes,32,B737NG,maker,no,,,,,,,src,press-reported,high,\n"
    "seller,maintains,checks,,B737NG,maker,no,,,,,,,src,press-reported,high,\n",
    "fleets": f"carrier,family,count,as_of,in_service,{SOURCED}\n"
    "air,B737NG,4,2024-01,yes,src,press-reported,high,\nair,YAK,2,2024-01,yes,src,press-reported,high,\n",
    "bases": f"carrier,airport,role,start,end,{SOURCED}\nair,field,base,,,src,press-reported,high,\n",
    "denials": "party,about,kind,statement,citation\nseller,S1,denies,never sold,src\n"
    "maker,*,explains,complies,src\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "test-case"
    made.mkdir()
    for name, content in TABLES.items():
        (made / f"{name}.csv").write_text(content, encoding="utf-8")
    return made


@pytest.fixture
def reader(folder: Path, tmp_path: Path) -> Reader:
    run.load(str(tmp_path / "store.db"), folder)
    return open_store(str(tmp_path / "store.db"))


def edges(reader: Reader, source: str, target: str) -> list[Edge]:
    return [e for e in reader.edges() if (e.source, e.target) == (source, target)]


def test_kind_of_a_leg_is_that_of_the_relation_it_repeats(reader: Reader) -> None:
    (leg,) = edges(reader, "seller", "middle")
    assert (leg.kind, leg.start, leg.goods, leg.outcome) == (
        "ships_to",
        "2023",
        "parts",
        "delivered",
    )


def test_other_legs_are_carriage_aircraft_or_supply(reader: Reader) -> None:
    assert edges(reader, "carrier", "S2:buyer")[0].kind == "transports_for"
    kinds = {e.shipment: e.kind for e in edges(reader, "seller", "air") if e.shipment}
    assert kinds == {"S3": "transfers_aircraft"}
    assert edges(reader, "middle", "air")[0].kind == "supplies"


def test_relation_that_restates_a_leg_is_its_second_claim(reader: Reader) -> None:
    (leg,) = edges(reader, "seller", "middle")
    notes = [c.note for c in leg.claims if c.kind == "supports" and not c.property]
    assert sorted(notes) == ["first; whole", "says so"]


def test_relation_that_sums_up_a_shipment_is_a_claim_on_each_leg_and_no_edge(
    reader: Reader,
) -> None:
    for ends in (("seller", "middle"), ("middle", "air")):
        (leg,) = edges(reader, *ends)
        (note,) = [c.note for c in leg.claims if c.property == "summary"]
        assert note.startswith("sums up the shipment (supplies, Test Seller → Test Air: ")
    assert {e.shipment for e in edges(reader, "seller", "air")} == {"S3"}


def test_origin_of_goods_is_a_claim_and_no_edge(reader: Reader) -> None:
    (leg,) = edges(reader, "seller", "middle")
    assert [c.party for c in leg.claims if c.kind == "origin"] == ["maker"]
    assert edges(reader, "maker", "air") == []


def test_leg_may_be_surer_than_its_shipment(reader: Reader) -> None:
    assert not edges(reader, "seller", "middle")[0].contested
    assert edges(reader, "middle", "air")[0].contested


def test_value_belongs_to_the_shipment(reader: Reader) -> None:
    properties = edges(reader, "seller", "middle")[0].properties
    assert properties["shipment_value"] == "900"
    assert "value" not in properties


def test_law_relation_is_a_claim_on_the_measure(reader: Reader) -> None:
    (measure,) = reader.measures_upon("seller")
    assert {c.source for c in measure.claims} == {"src", "later"}
    assert edges(reader, "law", "seller") == []


def test_denial_stands_beside_party_and_every_leg(reader: Reader) -> None:
    for ends in (("seller", "middle"), ("middle", "air")):
        assert [c.note for c in edges(reader, *ends)[0].claims if c.kind == "denial"] == [
            "never sold"
        ]
    assert [c.property for c in reader.entity("maker").claims if c.kind == "denial"] == ["*"]


def test_two_rows_that_state_one_edge_join_their_claims(reader: Reader) -> None:
    (operated,) = edges(reader, "air", "tail")
    assert (operated.end, len(operated.claims)) == ("2024-01", 2)


def test_fleets_families_and_capabilities(reader: Reader) -> None:
    pictured = {e.target: e.properties["count"] for e in reader.edges(["operates_family"])}
    assert pictured == {"B737NG": "4", "OTHER": "2"}
    assert reader.entity("tail").properties["family"] == "B737NG"
    assert {e.kind for e in reader.edges() if e.target == "B737NG"} == {
        "makes_aircraft",
        "makes_part_for",
        "maintains_family",
        "operates_family",
    }


@pytest.mark.parametrize(
    ("table", "old", "new", "says"),
    [
        ("entities", "charge: test", "", "person 'who' has no person_basis"),
        ("entities", "seller,Company", "seller,Firm", "'Firm' is no kind of entity"),
        ("entities", "middle,Company", "seller,Company", "id 'seller' stands twice"),
        ("sets", "test-set,air", "air,air", "set 'air' is named like an entity"),
        ("sets", "test-set,air", "test-set,nobody", "'nobody' is no entity"),
        ("legs", "S1.1,S1,1,seller", "S1.1,S1,1,nobody", "'nobody' is no entity"),
        ("legs", "S2.1,S2,", "S2.1,S9,", "'S9' is no shipment"),
        ("relations", ",S1.1,later", ",S7.1,later", "'S7.1' is no leg, shipment or measure"),
        ("relations", "ships_to", "walks_to", "'walks_to' is no kind of edge"),
        ("capabilities", "makes_part_for", "frobs", "'frobs' is no kind of edge"),
        ("relations", "S1.1,later", "S1.1,unread", "citation 'unread' is not in sources.csv"),
        ("measures", "imposed,2024", "imposed,20x4", "start '20x4' is no date"),
        ("denials", "seller,S1", "nobody,S1", "'nobody' is no entity"),
        ("readings", "m1,wide", "m9,wide", "'m9' is no measure"),
        ("sources", "2024-05", "May", "published 'May' is no date"),
    ],
)
def test_bad_row_is_named_and_nothing_is_loaded(
    folder: Path, tmp_path: Path, table: str, old: str, new: str, says: str
) -> None:
    path = folder / f"{table}.csv"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as error:
        run.load(str(tmp_path / "store.db"), folder)
    assert says in str(error.value)
    assert str(error.value).startswith(f"{table}.csv line ")
    assert not (tmp_path / "store.db").exists()


def test_curated_case_is_loaded_when_absent_or_changed(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = str(tmp_path / "store.db")
    monkeypatch.setattr(run, "case_folder", lambda: folder)
    first = run.ensure_case(uri)
    assert first is not None
    assert first.changed
    assert run.ensure_case(uri) is None
    with (folder / "sets.csv").open("a", encoding="utf-8") as handle:
        csv.writer(handle).writerow(["test-set", "seller", "added"])
    second = run.ensure_case(uri)
    assert second is not None
    assert second.revision == 2
