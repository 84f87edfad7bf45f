"""Measures over time: lanes by regime and layer, tracks that do not overlap, half-open bars."""

from itertools import pairwise

import msgspec
import pytest

from graph import dates
from graph.lanes import Lanes, lanes
from graph.model import Measure
from graph.show import ShownMeasure, show
from graph.store import Reader
from tests.graphs import MemoryReader, entity

DAY = dates.day_of("2025-06-15")


def row(start: str = "", end: str = "", **fields: str) -> dict[str, str]:
    return {"regime": "US", "layer": "EAR", "programme": "TDO", "action": "imposed"} | {
        **fields,
        "start": start,
        "end": end,
    }


def drawn(*rows: dict[str, str]) -> Lanes:
    given = [
        msgspec.convert({"id": f"m{at}", "entity": "test-air", "kind": "listing"} | fields, Measure)
        for at, fields in enumerate(rows)
    ]
    reader = MemoryReader([entity("test-air", "Airline")], [], measures=given)
    return lanes(show(reader, "test-air", DAY).measures)


def marks(found: Lanes) -> list[tuple[str, int, str, str]]:
    return sorted(
        (m.form, m.track, dates.iso(m.first), "" if m.last is None else dates.iso(m.last))
        for m in found.marks
    )


def names(found: Lanes) -> list[tuple[str, str]]:
    return [(track.lane, track.programme) for track in found.tracks]


def test_a_lane_is_a_regime_and_a_layer_and_says_its_name_once() -> None:
    found = drawn(
        row("2022"),
        row("2023", programme="GP10"),
        row("2021", layer="OFAC", programme="SDN"),
        row("2020", regime="EU", layer="airspace", programme="765"),
    )
    assert names(found) == [
        ("EU · airspace", "765"),
        ("US · OFAC", "SDN"),
        ("US · EAR", "TDO"),
        ("", "GP10"),
    ]


def test_renewals_go_on_in_one_track_and_cut_what_they_renew() -> None:
    found = drawn(row("2022-04-07"), row("2023-09", "2024-09", action="renewed"))
    assert marks(found) == [
        ("interval", 0, "2022-04-07", "2023-09-01"),
        ("interval", 0, "2023-09-01", "2024-09-01"),
    ]


def test_what_runs_beside_gets_a_track_of_its_own_and_free_tracks_are_used_again() -> None:
    found = drawn(row("2022", "2024"), row("2023", "2025"), row("2024", "2026"))
    assert [(m.track, m.measure.start) for m in found.marks] == [
        (0, "2022"),
        (0, "2024"),
        (1, "2023"),
    ]
    assert names(found) == [("US · EAR", "TDO"), ("", "")]


def test_carve_out_stands_below_its_licence() -> None:
    found = drawn(row("2025-09-12", action="forbidden"), row("2025-09-12", action="licence"))
    assert [(m.track, m.kind) for m in found.marks] == [(0, "listing"), (1, "carve-out")]


def test_ending_stands_where_the_ended_bar_ends() -> None:
    found = drawn(row("2022", "2024-05-01"), row("2023"), row("2024-05-01", action="lifted"))
    assert ("ending", 0, "2024-05-01", "2024-05-01") in marks(found)


def test_sighting_without_a_known_start_holds_from_the_first_one_on() -> None:
    seen = row(action="in force", observed_from="2025-01-01", observed_to="2025-03-01")
    assert marks(drawn(seen)) == [
        ("interval", 0, "2025-01-01", ""),
        ("sighting", 0, "2025-01-01", "2025-01-01"),
        ("sighting", 0, "2025-03-01", "2025-03-01"),
    ]
    known = drawn(row("2020"), seen)
    assert [m[0] for m in marks(known)] == ["interval", "sighting", "sighting"]


def test_undated_measure_is_told_apart() -> None:
    found = drawn(row())
    assert (found.tracks, found.marks, len(found.undated)) == ((), (), 1)


@pytest.fixture(scope="module")
def belavia(case: Reader) -> tuple[ShownMeasure, ...]:
    return show(case, "belavia", dates.day_of("2025-10-15")).measures


def test_belavia_is_drawn_whole_and_no_two_bars_of_a_track_overlap(
    belavia: tuple[ShownMeasure, ...],
) -> None:
    found = lanes(belavia)
    assert {mark.measure.id for mark in found.marks} == {measure.id for measure in belavia}
    assert [track.lane for track in found.tracks if track.lane] == [
        *("EU · airspace", "EU · asset freeze", "CH · asset freeze", "US · EAR", "US · OFAC")
    ]
    for track in range(len(found.tracks)):
        bars = [m for m in found.marks if m.track == track and m.form == "interval"]
        spans = sorted((m.first, m.last or dates.NO_END) for m in bars)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_every_measure_of_the_case_is_drawn_or_said_to_have_no_date(case: Reader) -> None:
    for subject in sorted({measure.entity for measure in case.measures()}):
        measures = show(case, subject, DAY).measures
        found = lanes(measures)
        told = {m.measure.id for m in found.marks} | {m.id for m in found.undated}
        assert told == {measure.id for measure in measures}
        assert all(mark.track < len(found.tracks) for mark in found.marks)
