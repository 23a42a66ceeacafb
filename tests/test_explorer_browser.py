"""The live page in a real browser: every promise is clicked, at the desk and on a phone.

Every screen is also held against axe-core, once it shows what it can show.
"""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from chromium import AXE, api, axe_violations, needs_chromium, needs_nicegui
from twofront.scenario import load_scenario

pytestmark = [needs_chromium, needs_nicegui]
SCENARIO, WORLDS = load_scenario("two-states"), 32
COMPILING = 240_000  # ms; the first run on a machine compiles the engine
DESK, PHONE = (1280, 800), (390, 844)
BOTH = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
SERVE = (
    "from twofront.scenario import load_scenario; from twofront.explorer import serve; "
    "serve(load_scenario('{name}'), port={port}, open_browser=False, worlds={worlds})"
)


@contextlib.contextmanager
def served(name: str, worlds: int) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    program = SERVE.format(name=name, port=number, worlds=worlds)
    # Under its own test variable the framework would expect its own test harness.
    env = {key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"}
    process = subprocess.Popen([sys.executable, "-c", program], env=env)
    try:
        for _ in range(1200):
            assert process.poll() is None, "the server ended"
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", number)):
                break
            time.sleep(0.1)
        yield number
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(SCENARIO.name, WORLDS) as number:
        yield number


class Reader:
    """Somebody with the page open, and all that their browser complained about or asked for."""

    def __init__(self, browser: Any, port: int, size: tuple[int, int], path: str = "", **how: Any):
        width, height = size
        self.context = browser.new_context(viewport={"width": width, "height": height}, **how)
        self.page, self.said, self.width = self.context.new_page(), [], width
        said = self.said
        own = (f"http://127.0.0.1:{port}/", f"ws://127.0.0.1:{port}/", "data:", "blob:")
        self.page.on(
            "console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None
        )
        self.page.on("pageerror", lambda error: said.append(str(error)))
        self.page.on("request", lambda r: None if r.url.startswith(own) else said.append(r.url))
        self.page.on("websocket", lambda s: None if s.url.startswith(own) else said.append(s.url))
        self.page.goto(own[0] + path)
        self.page.locator("#tf-map-wait[hidden]").wait_for(state="attached", timeout=COMPILING)

    def ask(self) -> Any:
        self.page.get_by_role("button", name="Ask the worlds").click()
        sentence = self.page.locator(".card .sentence")
        sentence.wait_for(timeout=COMPILING)
        return sentence

    def finds_no_barrier(self, *rules: str) -> None:
        """Holds the page, with all folds open, against axe-core, if that is installed."""
        if importlib.util.find_spec(AXE) is None:
            return
        self.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert axe_violations(self.page, rules) == []

    def leave(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width
        assert self.said == []
        self.context.close()


def wait(page: Any, selector: str, text: str) -> None:
    api.expect(page.locator(selector).first).to_contain_text(text, timeout=COMPILING)


@BOTH
def test_the_map_is_scrubbed_and_shows_record_model_or_one_world(
    browser: Any, port: int, size: tuple[int, int]
) -> None:
    reader = Reader(browser, port, size)
    page = reader.page
    api.expect(page.get_by_role("heading", level=1)).to_have_text(SCENARIO.question)
    wait(page, "#tf-week", "Week of 7 January 1901")
    reader.finds_no_barrier()
    slider = page.get_by_label("week", exact=True)
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    wait(page, "#tf-week", "Week of 21 January 1901")
    api.expect(slider).to_have_attribute("aria-valuetext", "Week of 21 January 1901")
    wait(page, "#tf-in-model", "Bound by a pact: The North and The South in 1000 of 1,000 worlds")
    api.expect(page.locator("#tf-map path.pact").first).to_be_attached()
    dashed = page.locator("#tf-map .hit rect[stroke-dasharray]")
    api.expect(dashed.first).to_be_attached()
    page.get_by_role("button", name="Record", exact=True).click()
    api.expect(dashed).to_have_count(0)
    page.get_by_role("button", name="One world").click()
    page.get_by_label("world", exact=True).fill("3")
    page.get_by_label("world", exact=True).press("Tab")
    slider.press("End")
    wait(page, "#tf-in-model", "war")
    api.expect(dashed.first).to_be_attached()
    slider.press("Home")
    page.get_by_role("button", name="Play").click()
    api.expect(page.locator("#tf-week")).not_to_have_text("Week of 7 January 1901")
    page.get_by_role("button", name="Pause").click()
    reader.leave()


@BOTH
def test_the_fan_of_any_series_is_drawn_with_the_record_on_top(
    browser: Any, port: int, size: tuple[int, int]
) -> None:
    reader = Reader(browser, port, size)
    page = reader.page
    page.locator("#tf-fan svg").wait_for()
    wait(page, "#tf-fan-title", "recorded value lies")
    assert page.locator("#tf-fan svg .mark-symbol path").count() == len(SCENARIO.record.levels)
    page.get_by_label("Through time").select_option("march_share")
    wait(page, "#tf-fan-sub", "Share of the March that the North holds")
    assert page.locator("#tf-fan svg .mark-area path").count() >= 3
    reader.leave()


@BOTH
def test_a_number_opens_its_source_and_becomes_a_what_if(
    browser: Any, port: int, size: tuple[int, int]
) -> None:
    reader = Reader(browser, port, size)
    page = reader.page
    page.locator("#tf-map .hit[data-bar='march/north']").press("Enter")
    dialog = page.locator("#tf-origin")
    wait(page, "#tf-origin", "Grade")
    reader.finds_no_barrier()
    assert "assumed" in dialog.inner_text()
    assert "the middle of 32 worlds" in dialog.inner_text()
    page.keyboard.press("Escape")
    api.expect(dialog).to_be_hidden()
    page.locator("#tf-map .hit[data-bar='march/north']").click()
    dialog.get_by_role("button", name="Change this in a what-if").click()
    api.expect(page.get_by_label("what is changed")).to_have_value("pin.north.march")
    page.get_by_label("strength in").fill("9")
    page.get_by_label("strength in").press("Tab")
    sentence = reader.ask()
    assert "of 1,000 worlds instead of" in sentence.inner_text()
    sentence.get_by_role("button").first.click()
    wait(page, "#tf-origin", "pairs that share their luck")
    page.get_by_role("button", name="Close").click()
    page.locator("#tf-inputs .row").first.click()
    wait(page, "#tf-origin", "Range")
    reader.finds_no_barrier()
    reader.leave()


@BOTH
def test_a_thesis_is_asked_and_its_answer_has_its_interval(
    browser: Any, port: int, size: tuple[int, int]
) -> None:
    reader = Reader(browser, port, size)
    page, thesis = reader.page, SCENARIO.theses[0]
    api.expect(page.get_by_role("heading", name="Nothing asked yet")).to_be_visible()
    page.get_by_label("a thesis to start from").select_option(thesis.id)
    wait(page, ".claimed", thesis.question)
    page.get_by_label("how many worlds").select_option(str(4 * WORLDS))
    assert "of 1,000 worlds instead of" in reader.ask().inner_text()
    wait(page, ".card", f"{4 * WORLDS} paired worlds")
    assert re.search(r"Chance of the draw: \S+ to \S+ of 1,000", page.locator(".card").inner_text())
    page.get_by_label("what is changed").select_option("battle.battle_of_the_ford")
    api.expect(page.get_by_label("how long worlds follow")).to_have_value("1902-03-31")
    reader.ask()
    wait(page, ".card", f"{WORLDS} pasts agree with the record until 31 March 1902")
    reader.finds_no_barrier()
    reader.leave()


@BOTH
def test_two_worlds_part_and_say_why(browser: Any, port: int, size: tuple[int, int]) -> None:
    reader = Reader(browser, port, size)
    page = reader.page
    page.get_by_role("button", name="Find worlds that part").click()
    wait(page, ".pairing", "of 1,000 pairs part")
    wait(page, ".told-pair", "Here they part.")
    told = page.locator(".told-pair").inner_text()
    for word in ("Where they part", "As it was", "With the change", "Believed", "Feared", "Hoped"):
        assert word in told
    reader.finds_no_barrier()
    reader.leave()


@BOTH
def test_a_chair_is_taken_and_the_twins_are_shown_after_the_choice(
    browser: Any, port: int, size: tuple[int, int]
) -> None:
    reader = Reader(browser, port, size)
    page = reader.page
    page.get_by_label("whose chair").select_option("south")
    page.get_by_role("button", name="Sit down").click()
    wait(page, ".sitting", "You are the South · week of")
    assert "Your army:" in page.locator(".knows").inner_text()
    reader.finds_no_barrier()
    assert page.get_by_role("button", name="twins went").count() == 0
    page.get_by_role("button", name="Attack the North in the March").click()
    wait(page, ".sitting .decisions", "The South attacks the North")
    page.get_by_role("button", name="See how 1,000 twins went").click()
    page.locator(".fates").wait_for(timeout=COMPILING)
    cells = page.locator(".fates tr", has_text="The South attacks the North").locator("td")
    assert cells.nth(0).inner_text().startswith("1,000 (")
    assert not cells.nth(1).inner_text().startswith("1,000")
    reader.finds_no_barrier()
    reader.leave()


def test_a_question_is_taken_away_as_link_file_and_notebook_lines(browser: Any, port: int) -> None:
    reader = Reader(browser, port, DESK)
    page = reader.page
    page.get_by_label("what is changed").select_option("pin.north.march")
    page.get_by_label("strength in").fill("9")
    page.get_by_label("strength in").press("Tab")
    page.get_by_text("Take this question away").click()
    wait(page, "#tf-toml", "strength = 9")
    wait(page, "#tf-notebook", "compare_branches")
    other = Reader(browser, port, PHONE, page.locator("#tf-address").inner_text().lstrip("/"))
    api.expect(other.page.get_by_label("what is changed")).to_have_value("pin.north.march")
    api.expect(other.page.get_by_label("strength in")).to_have_value("9")
    other.leave()
    reader.leave()


def test_two_readers_share_nothing_and_a_limit_is_offered(browser: Any, port: int) -> None:
    one, other = Reader(browser, port, DESK), Reader(browser, port, DESK)
    one.page.get_by_label("what is changed").select_option("pin.north.march")
    box = one.page.get_by_label("strength in")
    box.fill("99999")
    box.press("Tab")
    one.page.get_by_role("button", name="Ask the worlds").click()
    api.expect(one.page.get_by_role("heading", name="This change cannot be made")).to_be_visible()
    one.finds_no_barrier()
    one.page.get_by_role("button", name="Set to").click()
    api.expect(one.page.get_by_label("strength in")).not_to_have_value("99999")
    api.expect(other.page.get_by_role("heading", name="Nothing asked yet")).to_be_visible()
    assert other.page.get_by_label("strength in").count() == 0
    one.leave()
    other.leave()


def request(port: int, method: str, path: str, body: Any = None) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    sent = None if body is None else json.dumps(body)
    connection.request(method, f"/api{path}", sent, {"content-type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def test_while_the_engine_is_busy_the_page_answers_and_work_can_be_cancelled(
    browser: Any, port: int
) -> None:
    reader = Reader(browser, port, DESK)
    page = reader.page
    asked = {"change": "half-guard", "outcome": "southern_strike", "worlds": 2000}
    job = request(port, "POST", "/what-ifs", asked)["id"]
    page.get_by_role("button", name="Ask the worlds").click()
    wait(page, ".card", "Waiting for another question")
    moved = (
        "() => new Promise(done => { const e = document.getElementById('tf-when');"
        "const began = performance.now(); e.value = +e.value + 1;"
        "e.dispatchEvent(new Event('input'));"
        "requestAnimationFrame(() => setTimeout(() => done(performance.now() - began))); })"
    )
    delays = [page.evaluate(moved) for _ in range(9)]
    assert request(port, "GET", f"/jobs/{job}")["state"] in ("preparing", "running")
    assert statistics.median(delays) < 100, delays
    page.get_by_role("button", name="Cancel").click()
    wait(page, ".card", "Stopped.")
    request(port, "DELETE", f"/jobs/{job}")
    for _ in range(200):
        found = request(port, "GET", f"/jobs/{job}")
        if found["state"] == "stopped":
            break
        time.sleep(0.05)
    assert found["state"] == "stopped"
    assert found["answer"] is None or found["answer"]["worlds"] < 2000
    reader.leave()


def test_the_page_is_dark_where_the_reader_wants_it(browser: Any, port: int) -> None:
    reader = Reader(browser, port, DESK, color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert reader.page.evaluate(paper) == "rgb(22, 24, 28)"
    reader.ask()
    reader.finds_no_barrier("color-contrast")
    reader.leave()


@pytest.mark.parametrize(
    ("week", "event", "change", "aid"),
    [
        ("1941-07-28", "event/embargo_by_usa", "supply.usa.japan", 0),
        ("1941-06-16", "event/dimitrov_notes", "report.dimitrov_notes", 1),
        ("1939-08-14", "event/khalkhin_gol", "battle.khalkhin_gol", 1),
        ("1941-06-16", "treaty/soviet_japanese_neutrality", "pact.soviet_japanese_neutrality", 1),
    ],
)
def test_what_is_told_of_a_week_can_be_changed(
    browser: Any, flagship: int, week: str, event: str, change: str, aid: int
) -> None:
    reader = Reader(browser, flagship, DESK)
    page = reader.page
    page.evaluate(f"twofront.go('{week}')")
    assert page.locator("#tf-map path.war").count()
    assert page.locator("#tf-map path.aid").count() == aid
    page.locator(f"#tf-on-record [data-origin='{event}']").first.click()
    wait(page, "#tf-origin", "Grade")
    page.get_by_role("button", name="Change this in a what-if").click()
    api.expect(page.get_by_label("what is changed")).to_have_value(change)
    assert " instead of " in reader.ask().inner_text()
    reader.leave()


@pytest.fixture(scope="module")
def flagship() -> Iterator[int]:
    with served("two-fronts", 16) as number:
        yield number


def answered(port: int, path: str, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_strangers_reach_neither_page_nor_interface_nor_socket(port: int) -> None:
    socket_path = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    own = f"http://127.0.0.1:{port}"
    for path in ("/", "/api/scenario", "/api/openapi.json", "/vega.js"):
        assert answered(port, path) == 200
        assert answered(port, path, Host="example.org") == 403
        assert answered(port, path, Origin="http://example.org") == 403
    assert answered(port, "/api/../../etc/passwd") == 404
    assert answered(port, "/static/..%2f..%2fpage.py") == 404
    assert answered(port, "/_nicegui_ws/socket.io/?EIO=4&transport=polling",
                    Origin="http://example.org") == 403  # fmt: skip
    assert answered(port, socket_path, Origin="http://example.org", **upgrade) == 403
    assert answered(port, socket_path, Origin=own, **upgrade) == 101
