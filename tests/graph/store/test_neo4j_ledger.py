"""A ledger says of two states what two dictionaries say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.exc import StoreError
from graph.store.neo4j_ledger import Ledger

TEXTS = st.text(alphabet="abé龍\0😀'\"", max_size=3)
ROWS = st.dictionaries(TEXTS, st.tuples(TEXTS, st.integers(0, 99)), max_size=9)


@given(before=ROWS, after=ROWS, asked=st.sets(TEXTS))
def test_ledger_against_dictionaries(
    before: dict[str, tuple[str, int]], after: dict[str, tuple[str, int]], asked: set[str]
) -> None:
    with Ledger() as ledger:
        for side, rows in (("before", before), ("after", after)):
            for key, (kind, number) in rows.items():
                assert ledger.put(side, "t", key, {"kind": kind, "number": number}, kind)  # type: ignore[arg-type]
                ledger.put(side, "other", key + "x", {"number": 0}, kind)  # type: ignore[arg-type]
        wanted = [
            ({"kind": before[k][0], "number": before[k][1]} if k in before else None, kind, number)
            for kind, k, number in sorted((kind, k, n) for k, (kind, n) in after.items())
        ]
        found = [(was, row["kind"], row["number"]) for was, row in ledger.pairs("t")]
        assert found == wanted
        assert [row["number"] for row in ledger.rows("t")] == [number for _, _, number in wanted]
        gone = sorted(row["number"] for row in ledger.gone("t"))
        assert gone == sorted(before[k][1] for k in before.keys() - after.keys())
        assert ledger.absent("t", asked) == asked - after.keys()


def test_row_stands_once_after_and_the_last_one_before() -> None:
    with Ledger() as ledger:
        assert ledger.put("after", "t", "k", {"n": 1}, "a")
        assert not ledger.put("after", "t", "k", {"n": 2}, "b")
        assert [row["n"] for row in ledger.rows("t")] == [1]
        ledger.drop("t", "k")
        assert ledger.put("after", "t", "k", {"n": 2}, "b")
        ledger.put("before", "t", "k", {"n": 3})
        ledger.put("before", "t", "k", {"n": 4})
        assert [*ledger.pairs("t")] == [({"n": 4}, {"n": 2})]


def test_what_others_have_put_in_a_property_is_never_what_it_was() -> None:
    with Ledger() as ledger:
        ledger.put("before", "t", "k", {"name": object()})
        ledger.put("after", "t", "k", {"name": "x"})
        ((was, row),) = ledger.pairs("t")
        assert was is not None
        assert was != row


def test_folder_without_room_is_told() -> None:
    with Ledger() as ledger:
        ledger._db.execute("PRAGMA max_page_count = 50")
        with pytest.raises(StoreError, match=r"cannot be written down .* SQLITE_TMPDIR"):
            ledger.put("after", "t", "k", {"text": "x" * 1_000_000})
