"""The live page in a real browser: one what-if at the desk, one on a phone, nobody else asked."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from chromium import CHROMIUM, FLAGS, api, needs_chromium, needs_nicegui
from twofront.scenario import load_scenario

pytestmark = [needs_chromium, needs_nicegui]
SCENARIO, WORLDS = load_scenario("two-states"), 32
COMPILING = 240_000  # ms; the first run on a machine compiles the engine
SERVE = (
    "from twofront.scenario import load_scenario; from twofront.explorer import serve; "
    "serve(load_scenario('{name}'), port={port}, open_browser=False, worlds={worlds})"
)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    program = SERVE.format(name=SCENARIO.name, port=number, worlds=WORLDS)
    # Under its own test variable the framework would expect its own test harness.
    env = {key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"}
    process = subprocess.Popen([sys.executable, "-c", program], env=env)
    try:
        for _ in range(300):
            assert process.poll() is None, "the server ended"
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", number)):
                break
            time.sleep(0.1)
        yield number
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser: Any, port: int, width: int, height: int) -> tuple[Any, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": height})
    page, said = context.new_page(), []
    own = (f"http://127.0.0.1:{port}/", f"ws://127.0.0.1:{port}/", "data:", "blob:")
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(own) else said.append(r.url))
    page.on("websocket", lambda s: None if s.url.startswith(own) else said.append(s.url))
    page.goto(own[0])
    return page, said


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_a_what_if_is_asked_and_answered(browser: Any, port: int, width: int, height: int) -> None:
    page, said = opened(browser, port, width, height)
    api.expect(page.get_by_role("heading", level=1)).to_have_text(SCENARIO.question)
    api.expect(page.get_by_role("heading", name="Nothing asked yet")).to_be_visible()
    page.get_by_role("button", name=f"Ask {WORLDS} worlds").click()
    sentence = page.locator(".card .sentence")
    sentence.wait_for(timeout=COMPILING)
    assert "of 1,000 worlds instead of" in sentence.inner_text()
    assert "Chance of the draw" in page.locator(".card").inner_text()
    assert "change=" in page.url
    page.locator("figure svg.chart:visible").wait_for(timeout=COMPILING)
    page.get_by_label("week", exact=True).press("ArrowRight")
    page.get_by_label("week", exact=True).press("ArrowRight")
    api.expect(page.get_by_label("week", exact=True)).to_have_value("2")
    number = page.locator(".list details").first
    number.locator("summary").click()
    api.expect(number.get_by_text("Range", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    page.context.close()


def test_two_readers_share_nothing_and_a_limit_is_offered(browser: Any, port: int) -> None:
    one, said = opened(browser, port, 1280, 800)
    other, _ = opened(browser, port, 1280, 800)
    garrison = one.get_by_label("what is changed").locator("option[value^='pin.']").first
    one.get_by_label("what is changed").select_option(garrison.get_attribute("value"))
    box = one.get_by_label("strength in")
    box.fill("99999")
    box.press("Tab")
    one.get_by_role("button", name=f"Ask {WORLDS} worlds").click()
    api.expect(one.get_by_role("heading", name="This change cannot be made")).to_be_visible()
    one.get_by_role("button", name="Set to").click()
    api.expect(one.get_by_label("strength in")).not_to_have_value("99999")
    api.expect(other.get_by_role("heading", name="Nothing asked yet")).to_be_visible()
    assert other.get_by_label("strength in").count() == 0
    assert said == []
    one.context.close()
    other.context.close()


def answered(port: int, path: str, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_strangers_reach_neither_page_nor_socket(port: int) -> None:
    socket_path = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    own = f"http://127.0.0.1:{port}"
    assert answered(port, "/") == 200
    assert answered(port, "/", Host="example.org") == 403
    assert answered(port, "/", Origin="http://example.org") == 403
    assert answered(port, "/_nicegui_ws/socket.io/?EIO=4&transport=polling",
                    Origin="http://example.org") == 403  # fmt: skip
    assert answered(port, socket_path, Origin="http://example.org", **upgrade) == 403
    assert answered(port, socket_path, Origin=own, **upgrade) == 101
