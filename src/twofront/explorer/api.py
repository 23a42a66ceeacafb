"""The interface behind the page, for programs: JSON under `/api`, described by OpenAPI.

    GET    /api/scenario                what can be looked at and asked
    GET    /api/map                     places, and forces, wars, pacts and aid on record
    GET    /api/map/ensemble            the same in the middle of all worlds
    GET    /api/map/worlds/{world}      the same in one world
    GET    /api/series/{series}         the fan of a series, with the record on top
    GET    /api/sources/{kind}/{name}   where a number comes from
    POST   /api/what-ifs                asks a question; gives a job
    GET    /api/jobs/{job}              how far it is, and its answer so far
    DELETE /api/jobs/{job}              stops it
    POST   /api/export                  a question as address, change file and notebook lines
    POST   /api/changes                 reads a change file and says what is wrong with it

Nothing that is sent is ever run as code: a change file is data, and names are looked up, not
opened. The description itself is at `/api/openapi.json`.
"""

from __future__ import annotations

import datetime as dt
import math
import secrets
import threading
import tomllib
from collections import OrderedDict
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StrictInt

from twofront.basics import BadInput
from twofront.scenario import change_from

from . import export, questions, words
from .jobs import Busy, Job, State
from .looking import NotYet, Views
from .pointing import Impossible
from .questions import Question
from .workshop import MOST_WORLDS, Workshop

LAST_WORLD = 99_999
KEPT_JOBS = 64
Name = Annotated[str, Path(min_length=1, max_length=120)]
World = Annotated[int, Path(ge=0, le=LAST_WORLD)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Asked(_Body):
    """A question: a change, an outcome, and how long the worlds follow the record."""

    change: str = Field(max_length=120, description="id of a change, or what is pointed at")
    outcome: str = Field(max_length=120)
    until: dt.date | None = Field(None, description="the record is followed to this day")
    number: float = Field(0.0, allow_inf_nan=False, description="strength, or weeks of delay")
    worlds: StrictInt = Field(500, ge=2, le=MOST_WORLDS)


class File(_Body):
    """The text of a change file."""

    toml: str = Field(max_length=50_000)


class Problem(BaseModel):
    """What is wrong, and what would do."""

    detail: Any


class Making(BaseModel):
    """It is being made: ask again."""

    stage: str
    part: float


class Told(BaseModel):
    """An answer, as sentences and as numbers."""

    headline: str
    sentences: list[str]
    base: float | None
    changed: float | None
    effect: float | None
    interval: list[float | None]
    worlds: int
    wanted: int
    ancestors: int
    rests_on: str


class JobState(BaseModel):
    """A job: how far it is, and what it has found."""

    id: str
    state: State
    stage: str
    part: float
    error: str
    answer: Told | None


class Taken(BaseModel):
    """A question to take away."""

    address: str
    toml: str
    snippet: str


class Read(BaseModel):
    """A change file that could be read."""

    title: str
    asks: str
    entries: int
    toml: str


class Jobs:
    """Jobs by a name that nobody can guess; the oldest that are over go first."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, job: Job) -> str:
        """Keeps a job."""
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._jobs[name] = job
            over = [key for key, kept in self._jobs.items() if kept.over]
            for key in over[: max(0, len(self._jobs) - KEPT_JOBS)]:
                del self._jobs[key]
        return name

    def find(self, name: str) -> Job:
        """A job by its name. Raises 404."""
        with self._lock:
            job = self._jobs.get(name)
        if job is None:
            raise HTTPException(404, "There is no such job.")
        return job


def finite(thing: Any) -> Any:
    """The same data without numbers (None instead) and letters that JSON cannot carry."""
    if isinstance(thing, dict):
        return {key: finite(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [finite(value) for value in thing]
    if isinstance(thing, str):
        # Half of a surrogate pair cannot be sent.
        return thing.encode("utf-8", "replace").decode()
    return None if isinstance(thing, float) and not math.isfinite(thing) else thing


def interface(workshop: Workshop, views: Views) -> FastAPI:
    """The application that is mounted at `/api`."""
    scenario, jobs = workshop.scenario, Jobs()
    wrong: dict[int | str, dict[str, Any]] = {
        status: {"model": Problem} for status in (400, 413, 414, 422)
    }
    none: dict[int | str, dict[str, Any]] = {**wrong, 404: {"model": Problem}}
    busy: dict[int | str, dict[str, Any]] = {**wrong, 429: {"model": Problem}}
    waiting: dict[int | str, dict[str, Any]] = {
        **none, 202: {"model": Making}, 429: {"model": Problem}, 503: {"model": Problem},
    }  # fmt: skip
    app = FastAPI(
        title="Twofront explorer", version="1", docs_url=None, redoc_url=None,
        description=f"Worlds of “{scenario.title}”: look at them, ask what-ifs, find sources.",
    )  # fmt: skip

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        told = [
            {"where": ".".join(map(str, row["loc"])), "what": row["msg"]} for row in error.errors()
        ]
        return JSONResponse({"detail": finite(told)}, 422)

    @app.exception_handler(Impossible)
    async def impossible(_: Request, why: Impossible) -> JSONResponse:
        offer = why.offer.to_query() if why.offer else None
        return JSONResponse({"detail": {"limit": why.limit, "offer": offer}}, 422)

    @app.exception_handler(BadInput)
    async def bad(_: Request, error: BadInput) -> JSONResponse:
        return JSONResponse({"detail": finite(str(error))}, 422)

    @app.exception_handler(NotYet)
    async def not_yet(_: Request, why: NotYet) -> JSONResponse:
        made = Making(stage=why.stage, part=finite(why.part) or 0.0)
        return JSONResponse(made.model_dump(), 202, {"retry-after": "1"})

    @app.exception_handler(Busy)
    async def overcrowded(_: Request, why: Busy) -> JSONResponse:
        return JSONResponse({"detail": str(why)}, 429, {"retry-after": "5"})

    def question_of(asked: Asked) -> Question:
        query = asked.model_dump(mode="json", exclude={"worlds"}, exclude_none=True)
        question = questions.from_query(scenario, query)
        if question is None:
            raise HTTPException(422, "This scenario has no such change or outcome.")
        return question

    def state_of(name: str, job: Job) -> JobState:
        answer = job.result if job.state == "done" else job.partial
        part = job.done / job.whole if job.whole else 0.0
        return JobState(
            id=name, state=job.state, stage=job.stage, part=finite(part) or 0.0, error=job.error,
            answer=None if answer is None else told_of(answer),
        )  # fmt: skip

    def told_of(answer: words.Answer) -> Told:
        said, found = words.tell(scenario, answer), answer.comparison
        return Told(
            headline=said.headline,
            sentences=[s for s in (said.sentence, said.draw, said.unknown, *said.reminders) if s],
            base=finite(found.base), changed=finite(found.changed), effect=finite(found.effect),
            interval=finite(list(found.interval)), worlds=found.worlds, wanted=answer.wanted,
            ancestors=answer.ancestors, rests_on=said.rests_on,
        )  # fmt: skip

    @app.get("/scenario", responses=wrong)
    def scenario_() -> dict[str, Any]:
        """What can be looked at, and what can be asked."""
        return views.contents()

    @app.get("/map", responses=wrong)
    def map_() -> dict[str, Any]:
        """The record: strengths on their days, wars, pacts, aid and events."""
        return views.record

    @app.get("/map/ensemble", responses=waiting)
    def ensemble() -> Any:
        """The middle of all worlds, with places for every theatre; 202 until it has been run."""
        return JSONResponse(finite(views.ensemble()))

    @app.get("/map/worlds/{world}", responses=waiting)
    def world_(world: World) -> Any:
        """One world of the free run."""
        return JSONResponse(finite(views.world(world)))

    @app.get("/series/{series}", responses=waiting)
    def series_(series: Name) -> Any:
        """The fan of a series as a Vega-Lite chart; 202 until the worlds have been run."""
        if series not in {one.id for one in scenario.series}:
            raise HTTPException(404, "There is no such series.")
        return JSONResponse(finite(views.chart(series)))

    @app.get("/sources/{kind}/{name}", responses=none)
    def sources(kind: Name, name: Name) -> dict[str, Any]:
        """Where a number, an event or a claim comes from."""
        found = views.origins.find(kind, name)
        if found is None:
            raise HTTPException(404, "Nothing is known by this name.")
        return found.to_dict()

    @app.post("/what-ifs", status_code=202, responses=busy)
    def what_if(asked: Asked) -> JobState:
        """Asks a question. The answer is in the job, and is refined while it runs."""
        job = workshop.ask(question_of(asked), asked.worlds)
        return state_of(jobs.add(job), job)

    @app.get("/jobs/{job}", responses=none)
    def job_(job: Name) -> JobState:
        """How far a job is, and what it has found so far."""
        return state_of(job, jobs.find(job))

    @app.delete("/jobs/{job}", responses=none)
    def stop(job: Name) -> JobState:
        """Stops a job."""
        found = jobs.find(job)
        found.stop()
        return state_of(job, found)

    @app.post("/export", responses=wrong)
    def export_(asked: Asked) -> Taken:
        """A question as an address, a change file, and lines for a notebook."""
        return Taken(**vars(export.take(scenario, question_of(asked), asked.worlds)))

    @app.post("/changes", responses=wrong)
    def changes(file: File) -> Read:
        """Reads a change file as data, and says what is wrong with it."""
        try:
            document = tomllib.loads(file.toml)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise HTTPException(422, finite(f"This is not TOML: {error}")) from None
        change = change_from(document, scenario, id="sent")
        return Read(
            title=change.title, asks=change.asks, entries=len(change.change),
            toml=export.change_file(change),
        )  # fmt: skip

    return app
