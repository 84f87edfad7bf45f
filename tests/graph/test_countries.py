"""Countries have names."""

from graph.countries import country_name
from graph.store import Reader


def test_known_codes_have_names_and_others_keep_their_code() -> None:
    assert country_name("BY") == "Belarus"
    assert country_name("US") == "United States"
    assert country_name("ZZ") == "ZZ"
    assert country_name("") == "country unknown"


def test_every_country_of_the_case_has_a_name(case: Reader) -> None:
    codes = {entity.country for entity in case.entities() if len(entity.country) == 2}
    assert codes
    assert {code for code in codes if country_name(code) == code} == set()
