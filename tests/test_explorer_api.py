"""The interface behind the page: what it says, and what it says to nonsense."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from twofront.scenario import load_scenario

pytest.importorskip("nicegui", reason="NiceGUI is not installed")
schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

from hypothesis import HealthCheck, given, settings  # noqa: E402
from schemathesis.checks import not_a_server_error  # noqa: E402
from schemathesis.generation import GenerationMode  # noqa: E402
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient  # noqa: E402

from twofront.explorer.api import interface  # noqa: E402
from twofront.explorer.limits import LARGEST_BODY, Limits  # noqa: E402
from twofront.explorer.looking import Views  # noqa: E402
from twofront.explorer.workshop import AT_ONCE, Workshop  # noqa: E402

SCENARIO, WORLDS = load_scenario("two-states"), 16
ASKED = {"change": "half-guard", "outcome": "southern_strike", "worlds": WORLDS}


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    workshop = Workshop(SCENARIO, WORLDS, threads=1)
    job = workshop.ensemble()
    while not job.over:
        time.sleep(0.01)
    assert job.state == "done", job.error
    return workshop


@pytest.fixture(scope="module")
def app(workshop: Workshop) -> Any:
    return Limits(interface(workshop, Views(workshop, {})))


@pytest.fixture(scope="module")
def client(app: Any) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


OPERATIONS = (
    "/scenario", "/map", "/map/ensemble", "/map/worlds/{world}", "/series/{series}",
    "/sources/{kind}/{name}", "/what-ifs", "/jobs/{job}", "/export", "/changes",
)  # fmt: skip
SENT = [(path, GenerationMode.POSITIVE) for path in OPERATIONS]
# The first three take nothing that could be wrong.
SENT += [(path, GenerationMode.NEGATIVE) for path in OPERATIONS[3:]]


@pytest.fixture(scope="module")
def described(app: Any) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def test_every_address_is_described(described: Any) -> None:
    assert {found.ok().path for found in described.get_all_operations()} == set(OPERATIONS)


@pytest.mark.parametrize(("path", "mode"), SENT)
def test_nonsense_is_refused_and_breaks_nothing(described: Any, path: str, mode: Any) -> None:
    for found in described.get_all_operations():
        operation = found.ok()
        if operation.path != path:
            continue

        @settings(
            max_examples=12, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def sent(case: Any) -> None:
            case.call_and_validate(
                checks=[
                    not_a_server_error, status_code_conformance, content_type_conformance,
                    response_schema_conformance,
                ]
            )  # fmt: skip

        sent()


def answer(client: TestClient, asked: dict[str, Any]) -> dict[str, Any]:
    job = client.post("/what-ifs", json=asked)
    assert job.status_code == 202, job.text
    for _ in range(2000):
        found = client.get(f"/jobs/{job.json()['id']}").json()
        if found["state"] in ("done", "failed", "stopped"):
            return found
        time.sleep(0.01)
    raise AssertionError("no answer")


def test_a_what_if_is_asked_and_answered_with_its_interval(client: TestClient) -> None:
    found = answer(client, ASKED)
    assert found["state"] == "done"
    low, high = found["answer"]["interval"]
    assert low <= found["answer"]["effect"] <= high
    assert found["answer"]["worlds"] == WORLDS


def test_the_scenario_lists_what_the_other_addresses_know(client: TestClient) -> None:
    contents = client.get("/scenario").json()
    for series in contents["series"]:
        assert "layer" in client.get(f"/series/{series}").json()["wide"]
    for group in contents["changes"].values():
        for change in group:
            asked = {**ASKED, "change": change}
            if "1902" in contents["title"] or change.startswith("battle."):
                asked["until"] = "1902-03-31"
            if change.startswith("pin."):
                asked["number"] = 3.0
            assert client.post("/export", json=asked).status_code == 200, change


def test_one_world_on_the_map_is_the_same_each_time_and_unlike_another(client: TestClient) -> None:
    first, again, other = (client.get(f"/map/worlds/{n}").json() for n in (5, 5, 6))
    assert first == again
    assert first["stands"] != other["stands"]


def test_an_impossible_change_is_refused_with_an_offer(client: TestClient) -> None:
    asked = {**ASKED, "change": "pin.north.march", "number": 1e6}
    refused = client.post("/what-ifs", json=asked)
    assert refused.status_code == 422
    assert refused.json()["detail"]["offer"]["number"] == "60"


@pytest.mark.parametrize(
    "change", ["../../../../etc/passwd", "/etc/passwd", "..", "changes/half-guard.toml", ""]
)
def test_a_change_is_looked_up_and_no_file_is_opened(client: TestClient, change: str) -> None:
    assert client.post("/what-ifs", json={**ASKED, "change": change}).status_code == 422


def test_a_change_file_is_read_as_data_and_its_faults_are_named(client: TestClient) -> None:
    toml = client.post("/export", json=ASKED).json()["toml"]
    assert client.post("/changes", json={"toml": toml}).json()["entries"] == 1
    for text, says in (
        ("title = __import__('os')", "not TOML"),
        ('title = "t"\nasks = "?"\n[[change]]\ndo = "exec"\ncode = "1"', "change[0]"),
        (toml.replace("north", "nroth"), "north"),
    ):
        refused = client.post("/changes", json={"toml": text})
        assert refused.status_code == 422
        assert says in refused.text


@pytest.mark.parametrize("worlds", [0, 1, 2001, 10**9, "many", 16.5])
def test_worlds_have_a_limit(client: TestClient, worlds: Any) -> None:
    assert client.post("/what-ifs", json={**ASKED, "worlds": worlds}).status_code == 422


def test_a_body_has_a_limit(client: TestClient) -> None:
    long = {"toml": "#" * LARGEST_BODY}
    assert client.post("/changes", json=long).status_code == 413


def test_jobs_have_a_limit_and_can_be_stopped(client: TestClient, workshop: Workshop) -> None:
    gate = threading.Event()
    held = [workshop.begin(lambda job: gate.wait(20)) for _ in range(AT_ONCE)]
    try:
        assert client.post("/what-ifs", json=ASKED).status_code == 429
    finally:
        gate.set()
    for job in held:
        while not job.over:
            time.sleep(0.01)
    job = client.post("/what-ifs", json={**ASKED, "worlds": 2000}).json()["id"]
    assert client.delete(f"/jobs/{job}").status_code == 200
    for _ in range(1000):
        state = client.get(f"/jobs/{job}").json()["state"]
        if state == "stopped":
            break
        time.sleep(0.01)
    assert state == "stopped"
    assert client.get("/jobs/nobody").status_code == 404
