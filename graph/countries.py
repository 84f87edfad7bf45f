"""Names of countries by ISO 3166-1 code, from `data/reference/countries.csv`."""

import csv
from functools import lru_cache

from graph.settings import data_root


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    with (data_root() / "reference" / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def country_name(code: str) -> str:
    """The everyday English name; the code itself where it is none of ISO's; unknown when empty."""
    return _names().get(code, code) if code else "country unknown"


def country_code(name: str) -> str:
    """The ISO 3166-1 code of a country's everyday English name, in any case; or empty."""
    wanted = name.casefold()
    return next((code for code, known in _names().items() if known.casefold() == wanted), "")
