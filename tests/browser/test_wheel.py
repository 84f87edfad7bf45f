"""The wheel holds all of the app: pages, scripts, style sheets, data; it runs from there alone."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.canvas import Canvas
from tests.browser.conftest import ROOT, Watched, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the wheel, as an installer lays them down."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_canvas_is_drawn_from_the_wheel_alone(
    unpacked: Path, case_path: Path, chromium: Browser
) -> None:
    with serving(case_path, unpacked) as url:
        context = chromium.new_context(viewport={"width": 1280, "height": 720})
        watched = Watched(context.new_page())
        watched.page.goto(f"{url}/routes")
        assert Canvas(watched.page).route()[1] == "belavia"
        assert watched.outside == []
        assert watched.complaints == []
        context.close()


def test_licences_of_what_is_vendored_go_along(unpacked: Path) -> None:
    vendored = unpacked / "ui" / "frontend" / "vendor"
    assert (vendored / "vis-network.min.mjs").is_file()
    assert "Apache License" in (vendored / "vis-network.LICENSE-APACHE-2.0").read_text()
    assert "Permission is hereby granted" in (vendored / "vis-network.LICENSE-MIT").read_text()


def test_data_goes_along(unpacked: Path) -> None:
    assert (unpacked / "loophole_data" / "belavia" / "entities.csv").is_file()
    assert (unpacked / "loophole_data" / "reference" / "countries.csv").is_file()
