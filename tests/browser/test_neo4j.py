"""The app on a Neo4j server: the first page, an answer, an entity found by search."""

import re

import pytest
from playwright.sync_api import expect

from loaders import run
from tests.browser.canvas import WAIT, Canvas
from tests.browser.conftest import Watched, serving
from tests.neo4j_server.place import Place

pytestmark = [pytest.mark.browser, pytest.mark.neo4j]


@pytest.mark.parametrize("watched", ["light"], indirect=True)
def test_from_the_first_page_to_an_answer_on_a_server(watched: Watched, neo4j: Place) -> None:
    run.load(neo4j.uri, run.case_folder())
    page = watched.page
    with serving(neo4j.uri) as url:
        page.goto(url)
        expect(page.get_by_text("No shipment of parts from Belavia").first).to_be_visible(
            timeout=WAIT
        )
        page.get_by_text("Open this question").first.click()
        page.wait_for_url(re.compile("/routes"), timeout=WAIT)
        assert Canvas(page).route()[1] == "belavia"
        page.goto(f"{url}/entity?id=belavia")
        expect(page.get_by_text("Belavia").first).to_be_visible(timeout=WAIT)
        neo4j.empty()  # the store goes away under an open page
        page.goto(f"{url}/routes")
        expect(page.get_by_text("is empty: fill it with").first).to_be_visible(timeout=WAIT)
    assert watched.outside == []
    assert watched.complaints == []
