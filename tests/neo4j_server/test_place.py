"""Tests empty only what they may."""

import pytest

from tests.neo4j_server.place import Place, place

pytestmark = pytest.mark.neo4j


def test_database_of_a_user_is_refused_without_their_word(
    neo4j: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_TEST_URI", neo4j.uri)
    with place() as allowed:
        assert allowed.uri == neo4j.uri
    with neo4j.driver() as driver:
        driver.execute_query("CREATE (:Precious) WITH 1 AS x MATCH (t:LoopholeTest) REMOVE t.may")
        with pytest.raises(RuntimeError, match="tests would empty the database"), place():
            pass
        found = driver.execute_query("MATCH (n:Precious) RETURN count(n)").records[0].value()
        driver.execute_query("MATCH (t:LoopholeTest) SET t.may = 'be emptied'")
    assert found == 1
