"""Law as data: what is refused, what one changed value does, and the committed schema."""

import json
import shutil
from pathlib import Path

import pytest

from graph.exc import BadInput, NotFound
from graph.law.files import json_schema
from graph.law.regimes import Law, Shelf, law_files, load_law
from graph.settings import data_root
from tests.law.conftest import Judge, layers, part


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "regimes"
    made.mkdir()
    for path in law_files():
        shutil.copy(path, made)
    return made


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_schema_is_the_one_that_the_structs_make() -> None:
    committed = data_root() / "regimes" / "schema.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == json.loads(
        json.dumps(json_schema())
    )


def test_every_entry_has_text_address_and_review(law: Law) -> None:
    for _, rule in law.rules():
        assert rule.text, rule.id
        assert rule.url.startswith("http"), rule.id
        assert rule.last_reviewed, rule.id


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("us-ear.yml", "binds:", "bind:", "unknown field `bind`"),
        ("us-ear.yml", "status: in_force", "status: alive", "Invalid enum value 'alive'"),
        ("us-ear.yml", "from: 2022-02-24", "from: 2022-02-30", "from: '2022-02-30' is no date"),
        ("us-ear.yml", "read: false", "read: sometimes", "Expected `bool`, got `str`"),
        ("us-ear.yml", "destinations: [RU]", "destinations: [RUSSIA]", "'RUSSIA' is no country code"),
        ("us-ear.yml", "id: us-bis-letter\n", "id: us-ear-tdo\n", "us-ear-tdo: id: stands twice"),
        ("us-ear.yml", "    layer: EAR\n", "    layer: XYZ\n", "layer: 'XYZ' is no layer of US"),
        ("us-ofac.yml", "lifts: [us-ofac-blocking]", "lifts: [nothing]", "lifts: 'nothing' is no rule"),
        ("us-ofac.yml", "to: 2023-09-08", "to: 2022-09-08", "to: 2022-09-08 comes before 2023-08-09"),
        ("eu.yml", "regime: EU", "regime: [EU", "eu.yml cannot be read"),
        ("coverage.yml", "layer: OFAC", "layer: OFFAC", "layer: US has no 'OFFAC'"),
        ("words.yml", "last_reviewed", "reviewed", "words.yml"),
    ],
)  # fmt: skip
def test_bad_entry_is_refused_with_file_key_and_reason(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    change(folder, name, old, new)
    with pytest.raises(BadInput) as refused:
        load_law(folder)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_refusal_names_the_entry(folder: Path) -> None:
    change(folder, "us-ear.yml", "read: false", "read: sometimes")
    with pytest.raises(BadInput, match=r"us-ear\.yml: entries\[4\]\.read \(us-ear-avs\): Expected"):
        load_law(folder)


def test_missing_file_is_said(folder: Path) -> None:
    (folder / "coverage.yml").unlink()
    with pytest.raises(BadInput, match=r"coverage\.yml cannot be read"):
        load_law(folder)


def test_what_was_read_before_stays_when_a_file_goes_bad(folder: Path) -> None:
    shelf = Shelf(folder)
    before = shelf.law()
    change(folder, "us-ear.yml", "binds:", "bind:")
    assert shelf.law() is before
    assert "us-ear.yml: entries[0]" in shelf.complaint
    change(folder, "us-ear.yml", "bind:", "binds:")
    assert shelf.law() is not before
    assert shelf.complaint == ""


def test_law_that_was_never_good_is_refused(folder: Path) -> None:
    change(folder, "us-ear.yml", "binds:", "bind:")
    with pytest.raises(BadInput):
        Shelf(folder).law()


def test_one_date_changes_the_answer(folder: Path, ask: Judge) -> None:
    asked = part("2025-09-12")
    assert layers(ask(asked, load_law(folder)))["EAR"] == "licensed"
    change(folder, "us-ear.yml", "from: 2025-09-12\n    status", "from: 2025-09-13\n    status")
    assert layers(ask(asked, load_law(folder)))["EAR"] == "prohibited"


def test_one_carve_out_changes_the_answer(folder: Path, ask: Judge) -> None:
    asked = part("2025-10-15")
    assert layers(ask(asked, load_law(folder)))["EAR"] == "licensed"
    change(folder, "us-ear.yml", "[RU, CU, IR, KP, SY]", "[BY, RU, CU, IR, KP, SY]")
    assert layers(ask(asked, load_law(folder)))["EAR"] == "prohibited"


def test_dates_and_country_codes_need_no_quotes(folder: Path) -> None:
    change(folder, "uk.yml", "from: 2022-03-08", "from: 2022")
    law = load_law(folder)
    assert law.find("uk-ru-aviation")[1].start == "2022"
    assert "NO" in law.countries(["COALITION"])


def test_measure_is_found_by_its_id_and_by_that_of_the_research(law: Law) -> None:
    for name in ("us-ofac-gl11", "US-OFAC-GL11"):
        regime, rule = law.find(name)
        assert (regime, rule.id) == ("US", "us-ofac-gl11")
    with pytest.raises(NotFound, match="no measure 'nothing'"):
        law.find("nothing")
