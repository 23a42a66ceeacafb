"""What the live page can be asked, how it answers, and whom it lets in; no browser needed."""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib.util
import socket
import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from twofront.basics import BadInput
from twofront.explorer import (
    chair,
    export,
    layout,
    limits,
    parting,
    pointing,
    questions,
    server,
    stored,
    words,
)
from twofront.explorer.jobs import Job, Stopped
from twofront.explorer.origins import Origins
from twofront.explorer.pointing import Impossible
from twofront.explorer.spans import wars
from twofront.explorer.workshop import Workshop
from twofront.lab import Model, condition
from twofront.lab.compare import Comparison, compare_values
from twofront.ledger import load_ledger
from twofront.scenario import Scenario, change_from, load_scenario
from twofront.sources import read_document, samples

LARGE, SMALL = load_scenario("two-fronts"), load_scenario("two-states")
BOTH = pytest.mark.parametrize("scenario", [LARGE, SMALL], ids=["large", "small"])
GARRISON = next(iter(pointing.everything(LARGE)))
EVERY_KIND = ["pin.ussr.soviet_far_east", "pact.soviet_japanese_neutrality", "battle.khalkhin_gol",
              "report.dimitrov_notes", "supply.usa.japan"]  # fmt: skip


# What can be asked


def everything(scenario: Scenario) -> list[str]:
    return [*questions.changes(scenario), *pointing.everything(scenario)]


@BOTH
def test_everything_offered_can_be_asked(scenario: Scenario) -> None:
    for change in everything(scenario):
        assert questions.build(scenario, questions.usual(scenario, change)).change


@BOTH
def test_a_question_survives_in_the_address(scenario: Scenario) -> None:
    for change in everything(scenario):
        asked = questions.usual(scenario, change)
        assert questions.from_query(scenario, asked.to_query()) == asked


@pytest.mark.parametrize(
    "spoilt", [{"change": "nonsense"}, {"outcome": "nonsense"}, {"until": "soon"}, {"change": ""}]
)
def test_a_spoilt_address_asks_nothing(spoilt: dict[str, str]) -> None:
    query = questions.start_with(LARGE).to_query() | spoilt
    assert questions.from_query(LARGE, query) is None


def recorded(asked: questions.Question) -> float | None:
    thing = pointing.pointed(LARGE, GARRISON)
    assert isinstance(thing, pointing.Garrison)
    return thing.recorded(asked.until)


def test_a_swept_garrison_starts_at_half_of_what_is_on_record() -> None:
    asked = questions.usual(LARGE, GARRISON)
    known = recorded(asked)
    assert known is not None
    assert asked.number == pytest.approx(known / 2)


def test_a_garrison_is_compared_with_the_recorded_one() -> None:
    asked = questions.usual(LARGE, GARRISON)
    held, other = questions.build(LARGE, asked), questions.baseline(LARGE, asked)
    assert other is not None
    assert held.deeds[0].strength == asked.number
    assert other.deeds[0].strength == recorded(asked)
    assert held.deeds[0].from_ == other.deeds[0].from_ == asked.until
    assert held.deeds[0].to == questions.ends(LARGE, asked.outcome)


def test_where_the_record_is_silent_the_model_is_the_other_side() -> None:
    asked = replace(questions.usual(LARGE, GARRISON), until=LARGE.start + dt.timedelta(days=7))
    assert questions.baseline(LARGE, asked) is None


# What cannot, and what is offered instead


@pytest.mark.parametrize(
    ("strength", "offered"),
    [(1e6, LARGE.actor("ussr").war_ceiling.value), (-1.0, 0.0), (float("nan"), 0.0)],
)
def test_an_impossible_garrison_is_refused_with_its_limit(strength: float, offered: float) -> None:
    asked = replace(questions.usual(LARGE, GARRISON), number=strength)
    with pytest.raises(Impossible) as caught:
        questions.build(LARGE, asked)
    assert caught.value.offer is not None
    assert caught.value.offer.number == offered
    assert questions.build(LARGE, caught.value.offer).change


def refusal(asked: questions.Question) -> Impossible | None:
    try:
        questions.build(LARGE, asked)
    except Impossible as why:
        return why
    return None


def test_every_refusal_offers_a_question_that_can_be_asked() -> None:
    refused = 0
    for change in everything(LARGE):
        for outcome in LARGE.outcomes:
            for until in [None, *questions.days(LARGE)]:
                asked, offers = questions.Question(change, outcome.id, until, 5.0), 0
                while why := refusal(asked):
                    assert why.offer is not None, asked
                    assert why.label, asked
                    asked, offers, refused = why.offer, offers + 1, refused + 1
                    assert offers <= 2, asked
    assert refused


@pytest.mark.parametrize("key", EVERY_KIND)
def test_every_kind_of_pointing_becomes_a_change_file_that_reads_back(key: str) -> None:
    asked = questions.usual(LARGE, key)
    change = questions.build(LARGE, asked)
    again = change_from(tomllib.loads(export.change_file(change)), LARGE, id=change.id)
    assert again == change
    assert asked.until is None or LARGE.start < asked.until < questions.ends(LARGE, asked.outcome)


def test_a_warning_is_late_by_as_many_weeks_as_the_reader_says() -> None:
    asked = replace(questions.usual(LARGE, "report.dimitrov_notes"), number=3.0)
    late, on_time = questions.build(LARGE, asked), questions.baseline(LARGE, asked)
    assert on_time is not None
    assert late.deeds[0].date - on_time.deeds[0].date == dt.timedelta(weeks=3)


@pytest.mark.parametrize("name", ["half-guard", "pin.north.march", "battle.battle_of_the_ford"])
def test_the_notebook_lines_give_the_page_its_numbers(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = questions.usual(SMALL, name)
    exec(compile(export.take(SMALL, asked, 16).snippet, "notebook", "exec"), {})
    told = [float(part) for part in capsys.readouterr().out.split()[:2]]
    job = Workshop(SMALL, worlds=16, threads=1).ask(asked, 16)
    found = finished(job).comparison
    assert told == [found.base, found.changed]


def finished(job: Job) -> Any:
    while not job.over:
        time.sleep(0.01)
    assert job.state == "done", job.error
    return job.result


def test_a_posterior_is_kept_bit_for_bit_and_a_damaged_one_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, day = Model(SMALL), dt.date(1902, 3, 31)
    posterior = condition(model, day, 16)
    monkeypatch.setenv("TWOFRONT_CACHE_DIR", str(tmp_path))
    assert stored.found(model, 16, day) is None
    stored.keep(posterior)
    again = stored.found(model, 16, day)
    assert again is not None
    for name, values in posterior.snapshot.state.items():
        assert (again.snapshot.state[name] == values).all(), name
    assert (again.snapshot.parameters == posterior.snapshot.parameters).all()
    assert (again.ancestors == posterior.ancestors).all()
    assert (again.births == posterior.births).all()
    assert (again.power, again.log_evidence) == (posterior.power, posterior.log_evidence)
    assert (again.week, again.seed, again.ess, again.resamplings, again.surprises) == (
        posterior.week, posterior.seed, posterior.ess, posterior.resamplings, posterior.surprises
    )  # fmt: skip
    path = stored.place(model, 16, day)
    for spoilt in (b"", path.read_bytes()[:-9], path.read_bytes().replace(b"posterior 2", b"x")):
        path.write_bytes(spoilt)
        assert stored.found(model, 16, day) is None


def test_more_worlds_refine_an_answer_and_begin_with_the_same() -> None:
    asked = questions.usual(SMALL, "battle.battle_of_the_ford")
    workshop = Workshop(SMALL, worlds=16, threads=1)
    few = finished(workshop.ask(asked, 16))
    job = workshop.ask(asked, 48)
    many = finished(job)
    assert job.rounds == 2
    assert not job.partial.settled
    assert many.settled
    assert many.comparison.worlds == 48
    assert (many.comparison.differences[:16] == few.comparison.differences).all()
    assert many.ancestors == few.ancestors


# Two worlds, and a chair


@pytest.fixture(scope="module")
def small() -> Workshop:
    return Workshop(SMALL, worlds=48, threads=1)


def test_two_worlds_share_every_decision_until_they_part(small: Workshop) -> None:
    asked = questions.usual(SMALL, "half-guard")
    found = finished(small.begin(lambda job: parting.find(job, small, asked)))
    assert 0 < len(found.parted) < found.worlds
    for world in found.parted[:3]:
        pair = parting.tell(Job(), SMALL, found, world)
        assert pair.parts is not None
        both = [*pair.left, *pair.right]
        assert min(one.week for one in both) == pair.parts.week
        assert all(one.week <= pair.parts.week for one in pair.shared)
        weighed = [one.mind for one in both if one.kind in ("plan", "pact")]
        assert all(mind and 0.0 <= mind.chance <= 1.0 for mind in weighed)
    alike = next(w for w in range(found.worlds) if w not in found.parted)
    assert parting.tell(Job(), SMALL, found, alike).parts is None


def seat(small: Workshop, *moves: chair.Move, world: int = 5) -> chair.Table:
    sitting = chair.Sitting("south", dt.date(1902, 3, 31), world, moves)
    return chair.open_table(Job(), small, sitting)


def test_in_the_chair_a_power_strikes_when_told_to_and_never_otherwise(small: Workshop) -> None:
    blow, attack = chair.Move("strike", "north", "march"), "The South attacks the North"

    def share(move: chair.Move, world: int) -> chair.Fate:
        rows = seat(small, move, world=world).twins(Job()).rows
        return next((row for row in rows if row.title == attack), chair.Fate(attack, 0.0, 0.0))

    keen = next(world for world in range(48) if share(blow, world).model > 0.02)
    assert share(blow, keen).reader == 1.0
    waited = share(chair.Move("wait"), keen)
    assert waited.reader == 0.0
    assert waited.model == share(blow, keen).model


def test_a_view_tells_what_followed_from_the_move_and_offers_what_is_left(small: Workshop) -> None:
    first = seat(small).view()
    titles = [option.title for option in first.options]
    assert titles[0] == "Wait"
    assert "Attack the North in the March" in titles
    second = seat(small, chair.Move("strike", "north", "march")).view()
    assert second.turn == 1
    assert any("The South attacks the North" in line for line in second.since)
    assert not any(option.move.act == "strike" for option in second.options)
    assert seat(small).view() == first


def test_an_interval_of_twins_covers_what_it_should() -> None:
    # 2,000 fresh shares at p = 0.03: coverage 0.95, and 0.93 fails 1 time in 20,000.
    counts = np.random.default_rng(1).binomial(chair.TWINS, 0.03, 2000)
    ends = [chair.draw_of(count / chair.TWINS, chair.TWINS) for count in counts]
    assert np.mean([low <= 0.03 <= high for low, high in ends]) > 0.93


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
    assert "500 worlds that agree with the record are worth only nine" in told.reminders[0]
    assert (told.enough, told.more_worlds) == (False, 2000)
    assert words.tell(LARGE, answer(compared(0.02, 0.04), ancestors=10)).enough


def test_what_would_have_no_verdict_in_the_report_says_so_in_the_answer() -> None:
    few = words.tell(LARGE, answer(compared(0.02, 0.04), ancestors=29))
    assert few.headline == "More often, by too few pasts for a verdict."
    assert few.reminders[0].startswith("These worlds are worth 29 independent ones; a verdict ")
    assert words.tell(LARGE, answer(compared(0.02, 0.04), ancestors=30)).headline == "More often."


def test_a_change_that_no_world_felt_is_not_called_no_difference_by_chance() -> None:
    told = words.tell(LARGE, answer(compared(0.02, 0.02)))
    assert told.headline == "No world felt the change."


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
    job = Job()
    assert "another question" in words.progress(job)[0]
    job.state = "preparing"
    assert "compiled" in words.progress(job)[0]
    more = job.begin("Worlds", 500)
    more(120)
    assert words.progress(job) == ("Worlds: 120 of 500 worlds.", 0.24)
    job.stop()
    assert words.progress(job)[1] is None


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
        workshop.ask(replace(questions.usual(LARGE, GARRISON), number=1e6))


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


def sent(body: bytes, *, length: bytes | None = None) -> int:
    """Status of a request whose body comes in two parts."""
    statuses: list[int] = []
    parts = [body[: len(body) // 2], body[len(body) // 2 :]]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: Any) -> None:
        if "status" in message:
            statuses.append(message["status"])

    headers = [(b"content-length", length)] if length else []
    scope = {"type": "http", "path": "/api/changes", "headers": headers}
    asyncio.run(limits.Limits(app)(scope, receive, send))
    return statuses[0]


def test_a_long_body_is_refused_whether_it_says_so_or_not() -> None:
    long = b"x" * (limits.LARGEST_BODY + 1)
    assert sent(long[1:]) == 200
    assert sent(long) == 413
    assert sent(b"", length=str(len(long)).encode()) == 413
    assert sent(b"", length=b"-1") == 413


# What is looked at


def test_wars_last_from_the_blow_to_the_peace_or_the_fall() -> None:
    day = dt.date(1901, 1, 1)
    week = dt.timedelta(weeks=1)
    rows = [
        (day, "strike", "a", "b", "k", "event/x"), (day + week, "join", "c", "a", "", ""),
        (day + 2 * week, "peace", "b", "a", "", ""), (day + 3 * week, "strike", "a", "d", "", ""),
        (day + 4 * week, "collapse", "a", "", "", ""), (day + 5 * week, "strike", "c", "d", "", ""),
    ]  # fmt: skip
    found = [(s.one, s.other, s.begin, s.end) for s in wars(rows, day + 9 * week)]
    days = [(day + n * week).isoformat() for n in range(10)]
    assert found == [
        ("a", "b", days[0], days[2]), ("c", "a", days[1], days[4]), ("a", "d", days[3], days[4]),
        ("c", "d", days[5], days[9]),
    ]  # fmt: skip


def test_places_on_the_map_do_not_cover_each_other() -> None:
    told = layout.layout(LARGE, 3.0, {one.id: (1.0, 2) for one in LARGE.theatres})
    places = list(told["wide"]["places"].values())
    assert len(places) == len(LARGE.theatres)
    apart = [
        abs(a["x"] - b["x"]) + abs(a["y"] - b["y"])
        for n, a in enumerate(places) for b in places[n + 1 :]
    ]  # fmt: skip
    assert min(apart) > 40
    split = [key for view in told["narrow"] for key in view["places"]]
    assert sorted(split) == sorted(told["wide"]["places"])


def test_every_recorded_number_opens_its_grade_and_its_support() -> None:
    origins = Origins(LARGE, set(EVERY_KIND), {})
    for n in range(len(LARGE.record.levels)):
        found = origins.find("level", str(n))
        assert found is not None
        assert found.grade
        assert found.range
        assert found.reason or found.facts or found.sources or found.statements
    for event in LARGE.record.events:
        found = origins.find("event", event.id)
        assert found is not None
        assert found.grade
    stated = origins.find("thesis", "garrison")
    assert stated is not None
    assert all(s.where and s.verdict for s in stated.statements)
    assert origins.find("report", "dimitrov_notes") is None
    assert origins.find("level", "../../etc/passwd") is None
    supply = origins.find("event", "embargo_by_usa")
    assert supply is not None
    assert supply.point == "supply.usa.japan"


def test_with_a_copy_of_the_text_the_passage_itself_is_shown() -> None:
    (english, *_) = samples()
    copy = read_document(english, doc_id="sample-en")
    claim = next(
        claim for claim in load_ledger(LARGE.ledger).claims if claim.docs == ("sample-en",)
    )
    without, with_copy = (
        Origins(LARGE, set(), copies).find("claim", claim.id) for copies in ({}, {copy.id: copy})
    )
    assert without is not None
    assert with_copy is not None
    assert without.statements[0].passage == ""
    locator = claim.locators[0]
    assert with_copy.statements[0].passage == copy.sentence(locator.para, locator.sent)
    with pytest.raises(BadInput, match="not in the ledger"):
        Origins(LARGE, set(), {"nobody": copy})


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
    for worlds in (1, 100_000):
        with pytest.raises(BadInput, match="worlds"):
            server.serve(SMALL, worlds=worlds)
