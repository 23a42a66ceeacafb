"""What the live page can be asked, how it answers, and whom it lets in; no browser needed."""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib.util
import socket
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from twofront.basics import BadInput
from twofront.explorer import questions, server, words
from twofront.explorer.questions import Impossible
from twofront.explorer.workshop import Job, Stopped, Workshop
from twofront.lab.compare import Comparison, compare_values
from twofront.scenario import Scenario, load_scenario

LARGE, SMALL = load_scenario("two-fronts"), load_scenario("two-states")
BOTH = pytest.mark.parametrize("scenario", [LARGE, SMALL], ids=["large", "small"])
GARRISON = next(iter(questions.garrisons(LARGE)))


# What can be asked


@BOTH
def test_everything_offered_can_be_asked(scenario: Scenario) -> None:
    for change in [*questions.changes(scenario), *questions.garrisons(scenario)]:
        assert questions.build(scenario, questions.usual(scenario, change)).change


@BOTH
def test_a_question_survives_in_the_address(scenario: Scenario) -> None:
    for change in [*questions.changes(scenario), *questions.garrisons(scenario)]:
        asked = questions.usual(scenario, change)
        assert questions.from_query(scenario, asked.to_query()) == asked


@pytest.mark.parametrize(
    "spoilt", [{"change": "nonsense"}, {"outcome": "nonsense"}, {"until": "soon"}, {"change": ""}]
)
def test_a_spoilt_address_asks_nothing(spoilt: dict[str, str]) -> None:
    query = questions.start_with(LARGE).to_query() | spoilt
    assert questions.from_query(LARGE, query) is None


def test_a_swept_garrison_starts_at_half_of_what_is_on_record() -> None:
    asked = questions.usual(LARGE, GARRISON)
    known = questions.recorded(LARGE, GARRISON, asked.until)
    assert known is not None
    assert asked.strength == pytest.approx(known / 2)


def test_a_garrison_is_compared_with_the_recorded_one() -> None:
    asked = questions.usual(LARGE, GARRISON)
    held, other = questions.build(LARGE, asked), questions.baseline(LARGE, asked)
    assert other is not None
    assert held.deeds[0].strength == asked.strength
    assert other.deeds[0].strength == questions.recorded(LARGE, GARRISON, asked.until)
    assert held.deeds[0].from_ == other.deeds[0].from_ == asked.until
    assert held.deeds[0].to == questions.ends(LARGE, asked.outcome)


def test_where_the_record_is_silent_the_model_is_the_other_side() -> None:
    asked = replace(questions.usual(LARGE, GARRISON), until=LARGE.start + dt.timedelta(days=7))
    assert questions.baseline(LARGE, asked) is None


# What cannot, and what is offered instead


@pytest.mark.parametrize(
    ("strength", "offered"), [(1e6, questions.most(LARGE, GARRISON)), (-1.0, 0.0)]
)
def test_an_impossible_garrison_is_refused_with_its_limit(strength: float, offered: float) -> None:
    asked = replace(questions.usual(LARGE, GARRISON), strength=strength)
    with pytest.raises(Impossible) as caught:
        questions.build(LARGE, asked)
    assert caught.value.offer is not None
    assert caught.value.offer.strength == offered
    assert questions.build(LARGE, caught.value.offer).change


def refusal(asked: questions.Question) -> Impossible | None:
    try:
        questions.build(LARGE, asked)
    except Impossible as why:
        return why
    return None


def test_every_refusal_offers_a_question_that_can_be_asked() -> None:
    refused = 0
    for change in [*questions.changes(LARGE), *questions.garrisons(LARGE)]:
        for outcome in LARGE.outcomes:
            for until in [None, *questions.days(LARGE)]:
                asked, offers = questions.Question(change, outcome.id, until, 5.0), 0
                while why := refusal(asked):
                    assert why.offer is not None, asked
                    assert why.label, asked
                    asked, offers, refused = why.offer, offers + 1, refused + 1
                    assert offers <= 2, asked
    assert refused


# Answers


def compared(base: float, changed: float, worlds: int = 500, spread: float = 0.0) -> Comparison:
    luck = np.linspace(-1, 1, worlds) * spread
    return compare_values(
        np.full(worlds, base), np.clip(changed + luck, 0, 1), np.arange(worlds), "any"
    )


def answer(comparison: Comparison, outcome: str = "", **more: Any) -> words.Answer:
    start = questions.start_with(LARGE)
    question = replace(start, outcome=outcome or start.outcome)
    known: dict[str, Any] = {
        "compared_with": "", "watched": True, "ancestors": 200, "hangs_on": (), "placebo": 0.0,
    } | more  # fmt: skip
    return words.Answer(question, "A change", comparison=comparison, **known)


def test_an_answer_counts_whole_worlds_of_a_thousand() -> None:
    told = words.tell(LARGE, answer(compared(0.0204, 0.0367)))
    assert "in 37 of 1,000 worlds instead of 20." in told.sentence
    assert told.headline == "More often."
    assert told.draw == "Chance of the draw: +16 to +16 of 1,000."
    assert told.enough


def test_less_is_said_and_rare_is_not_zero() -> None:
    told = words.tell(LARGE, answer(compared(0.02, 0.0004)))
    assert told.headline == "Less often."
    assert "in fewer than 1 of 1,000 worlds instead of 20." in told.sentence


def test_an_interval_with_zero_in_it_is_no_difference() -> None:
    told = words.tell(LARGE, answer(compared(0.5, 0.501, spread=0.4)))
    assert told.headline == "No difference beyond the chance of the draw."


def test_too_few_ancestors_are_said_first_and_more_worlds_offered() -> None:
    told = words.tell(LARGE, answer(compared(0.02, 0.04), ancestors=9))
    assert told.headline == "Too few worlds to say."
    assert "Only nine worlds of 500" in told.reminders[0]
    assert (told.enough, told.more_worlds) == (False, 2000)


def test_two_cases_are_too_few_unless_every_world_gave_a_probability() -> None:
    comparison = compared(0.0, 0.004)
    assert not words.tell(LARGE, answer(comparison, watched=False)).enough
    assert words.tell(LARGE, answer(comparison, watched=True)).enough


def test_worlds_that_only_say_yes_or_no_are_counted_by_side() -> None:
    base, changed = np.zeros(500), np.zeros(500)
    changed[:40], base[480:] = 1.0, 1.0
    comparison = compare_values(base, changed, np.arange(500), "any")
    told = words.tell(LARGE, answer(comparison, watched=False))
    assert told.unknown == "The change turned 80 of 1,000 worlds toward it and 40 away from it."


def test_the_assumption_is_named_with_its_grade() -> None:
    name = next(n for n, p in LARGE.parameters.items() if p.grade == "assumed")
    row = {"name": name, "title": "Cost of it.", "index": 0.3, "grade": "assumed"}
    told = words.tell(LARGE, answer(compared(0.02, 0.04), hangs_on=(row,), placebo=0.02))
    assert told.rests_on == "It rests most on cost of it, which we had to assume."
    assert told.leading_input == name
    noise = words.tell(LARGE, answer(compared(0.02, 0.04), hangs_on=(row,), placebo=0.2))
    assert "No single input" in noise.rests_on


@BOTH
def test_every_outcome_can_be_told(scenario: Scenario) -> None:
    for outcome in scenario.outcomes:
        question = replace(questions.start_with(scenario), outcome=outcome.id)
        found = words.Answer(question, "A change", "", compared(0.25, 0.5), False, 200, (), 0.0)
        told = words.tell(scenario, found)
        assert told.sentence.endswith(".")
        assert told.draw
        assert told.unknown
        assert "nan" not in f"{told.sentence} {told.draw} {told.unknown}"


def test_a_missing_outcome_is_no_answer() -> None:
    told = words.tell(LARGE, answer(compared(float("nan"), 0.5)))
    assert told.headline == "No world gave an answer."
    assert not told.enough


def test_progress_is_honest_about_the_engine_and_the_queue() -> None:
    assert "compiled" in words.progress("preparing", "", 0, 1, "", False)[0]
    assert "another question" in words.progress("waiting", "", 0, 1, "", False)[0]
    assert words.progress("running", "Worlds", 120, 500, "worlds", False) == (
        "Worlds: 120 of 500 worlds.", 0.24,
    )  # fmt: skip
    assert words.progress("running", "Worlds", 120, 500, "worlds", True)[1] is None


# Work in the background


def test_a_stopped_job_stops_at_its_next_step() -> None:
    job = Job()
    more = job.begin("Worlds", 100)
    more(16)
    assert (job.state, job.done) == ("running", 16)
    job.stop()
    with pytest.raises(Stopped):
        more(16)


def test_an_impossible_question_is_refused_before_any_work() -> None:
    workshop = Workshop(LARGE, worlds=16)
    with pytest.raises(Impossible):
        workshop.ask(replace(questions.usual(LARGE, GARRISON), strength=1e6))


# Who is let in


def status(host: str | None, origin: str | None = None, kind: str = "http") -> Any:
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> dict[str, str]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", host.encode())] if host is not None else []
    headers += [(b"origin", origin.encode())] if origin is not None else []
    guard = server.Guard(app, port=8080)
    asyncio.run(guard({"type": kind, "headers": headers}, receive, send))
    return sent[0].get("status", sent[0].get("code"))


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080"])
@pytest.mark.parametrize("origin", [None, "http://localhost:8080", "http://127.0.0.1:8080"])
def test_its_own_page_is_let_in(host: str, origin: str | None, kind: str) -> None:
    assert status(host, origin, kind) == 200


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (None, None), ("example.org", None), ("example.org:8080", None), ("localhost:81", None),
        ("127.0.0.1", None), ("localhost.example.org:8080", None),
        ("localhost:8080", "http://example.org"), ("localhost:8080", "null"),
        ("localhost:8080", "https://localhost:8080"), ("localhost:8080", "http://localhost:81"),
    ],
)  # fmt: skip
def test_strangers_are_kept_out(host: str | None, origin: str | None) -> None:
    assert status(host, origin) == 403
    assert status(host, origin, "websocket") == 1008


def test_every_answer_forbids_other_hosts() -> None:
    policy = server.Guard(lambda *_: None, port=8080).policy.decode()  # type: ignore[arg-type]
    assert policy.startswith("default-src 'self'")
    assert "https" not in policy


# Bad input


def test_without_nicegui_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda *_: None)
    with pytest.raises(BadInput, match=r"pip install 'twofront\[explorer\]'"):
        server.serve(SMALL)


@pytest.mark.parametrize("port", [0, -1, 70000])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    pytest.importorskip("nicegui", reason="NiceGUI is not installed")
    with pytest.raises(BadInput, match="--port"):
        server.serve(SMALL, port=port)


def test_a_taken_port_and_too_few_worlds_are_refused() -> None:
    pytest.importorskip("nicegui", reason="NiceGUI is not installed")
    with socket.socket() as taken:
        taken.bind((server.HOST, 0))
        taken.listen()
        with pytest.raises(BadInput, match="in use"):
            server.serve(SMALL, port=taken.getsockname()[1])
    with pytest.raises(BadInput, match="worlds"):
        server.serve(SMALL, worlds=1)
