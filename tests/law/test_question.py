"""Words become facts, and what no word says stays unknown."""

import pytest

from graph.exc import BadInput
from graph.law.question import Asker, with_typical_eccn
from graph.law.regimes import Law
from graph.law.transaction import Goods, Party, Transaction


def read(asker: Asker, **question: object) -> Transaction:
    return asker.file({"question": {"date": "2025-09-20", **question}})[0].transaction


@pytest.mark.parametrize(
    ("words", "activity"),
    [
        ("supply of a part", "supply"),
        ("repair service with US-origin parts", "service"),
        ("flight from Minsk to Moscow", "flight"),
        ("ticket settlement with no goods", "finance"),
        ("reinsurance", ""),
        ("insurance of an aircraft", "insurance"),
        ("road transit", "supply"),
        ("export", "supply"),
        ("something else", ""),
    ],
)
def test_activity(asker: Asker, words: str, activity: str) -> None:
    assert read(asker, activity=words).activity == activity


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("Belavia", Party(id="belavia", country="BY")),
        ("Белавия", Party(id="belavia", country="BY")),
        ("aeroflot", Party(id="aeroflot", country="RU")),
        ("US distributor", Party(country="US")),
        ("Turkish MRO", Party(country="TR")),
        ("UK manufacturer", Party(country="GB")),
        ("South Korean airline", Party(country="KR")),
        ("TR", Party(country="TR")),
        ("a company", Party()),
        ("", Party()),
    ],
)
def test_party(asker: Asker, words: str, party: Party) -> None:
    assert asker.party(words) == party


def test_places_on_the_way_become_countries_and_unknown_ones_stay_open(asker: Asker) -> None:
    assert read(asker, via=["Istanbul", "RU", "Nowhere"]).via == ("TR", "RU", "")
    assert read(asker, via=[]).via == ()
    assert read(asker).via is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("maintenance of one of the eight", True),
        ("a letter-covered 737", True),
        ("a 737 outside the eight", False),
        ("a 737 not one of the eight", False),
        ("a 737", None),
    ],
)
def test_aircraft_named_in_the_letter(asker: Asker, words: str, named: bool | None) -> None:
    assert read(asker, end_use=words).named is named


def test_payment_without_goods_moves_nothing(asker: Asker) -> None:
    goods = {"hs6": None, "eccn": None, "subject_to_ear": False}
    assert read(asker, activity="payment", goods=goods).goods is None
    assert read(asker, activity="supply", goods=goods).goods == Goods(subject_to_ear=False)


def test_typical_eccn_is_taken_only_where_one_is_typical_and_is_said(law: Law) -> None:
    goods, said = with_typical_eccn(law, Goods(hs="880730"))
    assert goods.eccn == "9A991.d"
    assert said == ("ECCN 9A991.d, which is typical of HS 880730",)
    assert with_typical_eccn(law, Goods(hs="880330"))[0].eccn == "9A991.d"  # the 2017 edition
    assert with_typical_eccn(law, Goods(hs="401130")) == (Goods(hs="401130"), ())
    assert with_typical_eccn(law, Goods(hs="88")) == (Goods(hs="88"), ())


def test_what_was_not_used_is_said(asker: Asker) -> None:
    assert read(asker, colour="red").assumed == ("colour of the question was not used",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "the file holds no question"),
        ("text", "the file holds no question"),
        ({"cases": []}, "the file holds no question"),
        ([{"id": "a"}], "question 1 has no `question`"),
        ({"id": "a", "question": {}}, "question a: Object missing required field `date`"),
        ({"id": "a", "question": {"date": "2025-13"}}, "question a: '2025-13' is no date"),
        ({"id": "a", "question": {"date": "2025", "regime": "XX"}}, "there is no regime 'XX'"),
        (
            {"id": "a", "question": {"date": "2025", "via": "RU"}},
            "question a: Expected `array | null`",
        ),
    ],
)
def test_bad_questions_are_refused_in_one_sentence(
    asker: Asker, content: object, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        asker.file(content)
    assert said in str(refused.value)
