"""The map: places where they belong, nothing on top of anything, days chosen from the record."""

from __future__ import annotations

import datetime as dt
import re

import numpy as np
import pytest

import report_fixture as fixture
from twofront.report import moments
from twofront.report.against import forces
from twofront.report.map import Atlas
from twofront.report.map_layout import Spot, push_apart, stretches
from twofront.report.projection import equal_earth, frame_for, land_path


def test_equal_earth_agrees_with_the_published_extent() -> None:
    # Šavrič et al. (2019): the equator is 2.7066 earth radii from the middle to the edge.
    assert equal_earth(180, 0, 0)[0] == pytest.approx(2.70663, abs=1e-4)
    assert equal_earth(0, 90, 0)[1] == pytest.approx(1.31736, abs=1e-4)
    assert equal_earth(0, -30, 0)[1] == -equal_earth(0, 30, 0)[1]


def test_every_theatre_that_fits_lies_in_the_frame() -> None:
    points = [(10.0, 52.0), (172.0, 18.0), (130.0, 50.0), (-98.0, 40.0)]
    frame = frame_for(points)
    inside = [frame.place(frame.turned(lon), lat) for lon, lat in points]
    assert sum(0 <= x <= frame.width and 0 <= y <= frame.height for x, y in inside) == 3


def test_land_stays_on_the_page() -> None:
    frame = frame_for([(-100.0, 40.0), (10.0, 50.0)])
    points = []
    for line in land_path(frame).split("M")[1:]:
        steps = np.array(re.findall(r"-?\d*\.?\d+", line), float).reshape(-1, 2)
        points.append(steps.cumsum(axis=0))  # each point is told from the one before
    x, y = np.concatenate(points).T
    assert len(x) > 200
    assert (x >= -4).all()
    assert (x <= frame.width + 4).all()
    assert (y >= -4).all()
    assert (y <= frame.height + 4).all()


def test_spots_that_cover_each_other_are_pushed_apart() -> None:
    spots = [Spot(str(n), ["x"], (500, 200), [], 500 + n, 200, 40, 30, 20) for n in range(4)]
    push_apart(spots, (0, 0, 1000, 470))
    for i, one in enumerate(spots):
        for other in spots[i + 1 :]:
            apart_x = abs(one.x - other.x) >= one.half + other.half - 0.5
            upper, lower = sorted((one, other), key=lambda spot: spot.y)
            assert apart_x or lower.y - lower.above >= upper.y + upper.below - 0.5


def test_a_phone_gets_two_frames_where_there_is_a_wide_gap() -> None:
    frame = frame_for([(10.0, 50.0), (130.0, 40.0)])
    assert len(stretches([(100, 1), (150, 1), (700, 1), (800, 1)], frame)) == 2
    assert len(stretches([(100, 1), (180, 1), (230, 1)], frame)) == 1


def test_days_begin_with_the_first_and_follow_the_record() -> None:
    days = moments.choose(fixture.scenario(), fixture.ensemble().fans)
    assert days[0].day == fixture.START
    assert dt.date(1706, 6, 22) in [moment.day for moment in days]
    assert 4 <= len(days) <= 6
    assert days == sorted(days, key=lambda moment: moment.day)


def test_wars_and_pacts_hold_from_their_day_until_they_end() -> None:
    days = {m.day: m for m in moments.choose(fixture.scenario(), None)}
    in_war = days[dt.date(1706, 6, 22)]
    assert ("wes", "ard", "middle") in in_war.wars
    assert ("ard", "isl") in in_war.pacts
    last = days[max(days)]
    assert all("wes" not in war for war in last.wars)  # fallen
    assert in_war.bars["east"][0].recorded == 40


def test_a_bar_of_the_model_stands_beside_the_record() -> None:
    scenario = fixture.scenario()
    days = moments.choose(scenario, fixture.ensemble().fans)
    atlas = Atlas(scenario, days, forces(scenario).told)
    rows = [row for row in atlas.rows() if row["date"] == "1706-06-22"]
    east = next(row for row in rows if row["power"] == "Ardania" and "East" in row["theatre"])
    assert east["recorded"] == pytest.approx(0.68)
    assert east["model_median"] is not None
    drawings = [frame.drawing for frame in atlas.frames()]
    assert all('class="map wide"' in drawing for drawing in drawings)
    assert re.search(r'class="[^"]*\bmodel\b', drawings[-1])


def test_an_unknown_colour_key_is_grey_and_carries_letters() -> None:
    scenario = fixture.scenario()
    days = moments.choose(scenario, None)
    atlas = Atlas(scenario, days, forces(scenario).told)
    assert atlas.powers["odd"].colour == "grey"
    assert any("Odd 0.15" in frame.drawing for frame in atlas.frames())


def test_aid_and_growth_are_arrows_and_sentences() -> None:
    scenario = fixture.scenario()
    days = moments.choose(scenario, fixture.ensemble().fans)
    atlas = Atlas(scenario, days, forces(scenario).told)
    given = next(m for m in days if m.day == dt.date(1706, 6, 22))
    assert given.aid == (("ard", "val", ("tanks",)),)
    assert not days[0].aid
    frame = next(f for f in atlas.frames() if f.id == "map-1706-06-22")
    assert "Aid: Ardania to Valdis (tanks)." in frame.said
    before = days[days.index(given) - 1]
    was, now = (m.bars["east"][0] for m in (before, given))
    first = next(one for one in given.arrivals if one.theatre == "east")
    # The record is silent on the day before, so the middle world's growth is told, and said so.
    assert (was.recorded, first.recorded) == (None, False)
    assert first.more == pytest.approx(now.model - was.model)
    assert "the Coast +0.42 (in the middle world)" in frame.said
    assert re.search(r'class="[^"]*\bgrowth\b', frame.drawing)
    rows = [row for row in atlas.rows() if row["date"] == "1706-06-22"]
    kinds = {"force", "war", "pact", "aid", "growth"}
    assert {row["what"] for row in rows} == kinds
    assert len({tuple(row) for row in rows}) == 1  # the same columns for all
