"""An invented study to print: no power, place, text or number in it is real.

Everything is a plain namespace or dict with the names of the contracts, so the tests of the
report need neither the engine nor a ledger on disk.
"""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Thing
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

START = dt.date(1701, 1, 3)
WEEKS = 520


def number(value: float, low: float, high: float, unit: str = "1", **more: Any) -> Thing:
    """A graded number."""
    base = {
        "grade": "assumed",
        "note": "invented for a test",
        "facts": (),
        "sources": (),
        "claims": (),
    }
    return Thing(value=value, range=(low, high), unit=unit, **{**base, **more})


def scenario() -> Thing:
    """Two fronts of an invented war."""
    places = [
        ("west", "Westmark", 10.0, 52.0),
        ("middle", "Middle Plains", 45.0, 55.0),
        ("east", "Eastern Marches and the Coast", 130.0, 50.0),
        ("isles", "Isles", 140.0, 36.0),
        ("south", "Southern Valleys", 112.0, 31.0),
    ]
    actors = [
        ("ard", "Ardania", "blue", "middle"),
        ("isl", "Islandia", "brown", "isles"),
        ("val", "Valdis", "green", "south"),
        ("wes", "Westria", "silver", "west"),
        ("odd", "Oddland", "mauve", "east"),
    ]
    parameters = {
        "pact_breach_cost": number(0.8, 0.2, 1.6, title="cost of breaking a pact"),
        "attrition_rate": number(
            0.05, 0.01, 0.09, "1/week", title="losses in battle", grade="measured",
            sources=("SRC1",), note="582 invented battles",
        ),
        "window_weight": number(0.5, 0.0, 1.0, title="weight of a passing chance"),
        "garrison_share": number(
            0.2, 0.1, 0.3, "share", title="share kept at home", grade="estimated"
        ),
    }  # fmt: skip
    events = [
        Thing(id="e1", date=dt.date(1704, 5, 1), kind="strike", actor="isl", target="val",
              theatre="south", title="Islandia strikes Valdis", expires=None),
        Thing(id="e2", date=dt.date(1706, 6, 22), kind="strike", actor="wes", target="ard",
              theatre="middle", title="Westria strikes Ardania", expires=None),
        Thing(id="e3", date=dt.date(1705, 4, 13), kind="pact", actor="ard", target="isl",
              theatre=None, title="Neutrality pact", expires=dt.date(1710, 4, 13)),
        Thing(id="e4", date=dt.date(1709, 8, 9), kind="collapse", actor="wes", target=None,
              theatre=None, title="Westria falls", expires=None),
    ]  # fmt: skip
    levels = [
        Thing(date=day, actor=actor, theatre=theatre, title="", strength=number(value, 1, 99, "DE"),
              error=number(0.1, 0, 1, "ln"))
        for day, actor, theatre, value in [
            (dt.date(1704, 6, 1), "isl", "south", 20), (dt.date(1706, 6, 22), "ard", "east", 40),
            (dt.date(1706, 6, 22), "ard", "middle", 150),
            (dt.date(1706, 6, 22), "wes", "middle", 170),
            (dt.date(1706, 12, 1), "ard", "east", 75), (dt.date(1706, 6, 22), "isl", "south", 50),
            (dt.date(1709, 8, 1), "ard", "east", 90), (dt.date(1706, 6, 22), "odd", "east", 9),
        ]
    ]  # fmt: skip
    return Thing(
        name="invented-war",
        title="Invented war",
        question="Why did Islandia not attack Ardania?",
        summary="An invented war in five theatres, for tests only.",
        start=START,
        end=dt.date(1710, 12, 28),
        force_unit=Thing(name="division-equivalent", symbol="DE", men=number(17000, 15000, 20000)),
        parameters=parameters,
        grades={"measured": 21, "sourced": 140, "estimated": 48, "assumed": 26, "ungraded": 0},
        actors=[Thing(id=i, name=n, colour=c, home=h) for i, n, c, h in actors],
        theatres=[Thing(id=i, name=n, lon=x, lat=y) for i, n, x, y in places],
        labels=[Thing(theatre="south", dx=4, dy=2)],
        forces=[
            Thing(actor="ard", theatre="middle", strength=number(30, 20, 40, "DE")),
            Thing(actor="ard", theatre="east", strength=number(6, 4, 8, "DE")),
            Thing(actor="isl", theatre="isles", strength=number(11, 9, 13, "DE")),
            Thing(actor="val", theatre="south", strength=number(60, 40, 80, "DE")),
            Thing(actor="wes", theatre="west", strength=number(12, 9, 14, "DE")),
        ],
        treaties=[
            Thing(id="t", parties=("ard", "wes"), kind="neutrality", signed=dt.date(1700, 1, 1),
                  expires=dt.date(1703, 1, 1))
        ],
        aid=[
            Thing(donor="ard", receiver="val", equipment="tanks", from_=dt.date(1705, 1, 1),
                  to=dt.date(1708, 1, 1))
        ],
        record=Thing(events=events, levels=levels),
        series=[
            Thing(id="ard_east", title="Ardania in the east", actor="ard", theatres=("east",),
                  unit="DE", kind="force"),
            Thing(id="isl_south", title="Islandia in the south", actor="isl", theatres=("south",),
                  unit="DE", kind="force"),
            Thing(id="held", title="Southern Valleys held by Islandia", actor="isl",
                  theatres=("south",), unit="share", kind="control"),
        ],
        outcomes=[
            Thing(id="north_strike", kind="strike_by", title="Islandia attacks Ardania by 1707"),
            Thing(id="fall", kind="collapse_date", title="Westria falls"),
            Thing(id="ground", kind="control", title="the share of the south that Islandia holds"),
        ],
        theses=[
            Thing(id="pact", smallest_effect=number(0.01, 0, 1, "probability")),
            Thing(id="entry", smallest_effect=number(4, 0, 9, "weeks")),
        ],
        references={
            "SRC1": {"id": "SRC1", "title": "An invented source", "author": [{"family": "Nobody"}],
                     "issued": {"date-parts": [[1990]]}, "URL": "https://example.org/invented"}
        },
    )  # fmt: skip


def claim(
    key: str, doc: str, place: tuple[int, int], paraphrase: str, verdict: str, **more: Any
) -> Thing:
    """A claim of an invented text."""
    locator = Thing(doc=doc, para=place[0], sent=place[1], digest="0" * 64)
    base: dict[str, Any] = {
        "date": None,
        "attribution": (),
        "check": "",
        "references": (),
        "kind": "event",
    }
    return Thing(
        id=key, paraphrase=paraphrase, verdict=verdict, locators=(locator,), **{**base, **more}
    )


def ledger() -> Thing:
    """Two invented texts that disagree."""
    claims = (
        claim("T01", "speech", (1, 1), "Valdis pinned the army of Islandia", "disputed",
              kind="causal", check="one cause of several"),
        claim("T02", "speech", (1, 2), "the pact held until nine months before it ran out",
              "partly", date="1705-04/1709-07"),
        claim("T03", "speech", (2, 1), "a deputy said that the east was quiet", "unverifiable",
              attribution=("Chancellor Nils (1720)", "a deputy"), date="1706-06-22"),
        claim("T04", "book", (1, 1), "about 700,000 stood in the east throughout", "wrong",
              date="1706", check="0.68 million in June, 1.3 million in December"),
        claim("T05", "book", (1, 2), "after two lost battles an attack was all but ruled out",
              "interpretive", kind="causal", date="1707-02"),
        claim("T06", "book", (2, 1), "пакт подписали весной", "confirmed", date="1705-04"),
        claim("T07", "book", (2, 2), "the speech was given", "context", date="1725-05-10"),
    )  # fmt: skip
    return Thing(
        name="invented",
        title="Invented ledger",
        documents={
            "speech": Thing(id="speech", title="A speech", author="A. Speaker", language="en",
                            date="1725-05-10", genre="speech", short="the speech"),
            "book": Thing(id="book", title="A book", author="B. Writer", language="ru",
                          date="1730", genre="book excerpt", short="the book"),
        },
        claims=claims,
        topics=(
            Thing(title="Troops in the east", claims={"speech": ("T01",), "book": ("T04",)},
                  others="0.7 to 1.3 million", relation="differ"),
            Thing(title="The pact", claims={"speech": ("T02",), "book": ("T06",)},
                  others="signed 13 April 1705", relation="fit together"),
        ),
        references={},
    )  # fmt: skip


def documents() -> dict[str, Thing]:
    """The reader's own copy of one text, with a sentence that tries to be markup."""
    text = "Valdis pinned them. The pact held <script>alert(1)</script>."
    cut = text.index(" The") + 1
    return {
        "speech": Thing(
            id="speech", text=text, language="en", date=None,
            passages=(Thing(para=1, sent=1, start=0, end=cut - 1),
                      Thing(para=1, sent=2, start=cut, end=len(text))),
        ),
        "book": Thing(id="book", text="", language="ru", date=None, passages=()),
    }  # fmt: skip


def findings() -> list[Thing]:
    """Two contradictions."""
    return [
        Thing(kind="chronology", claims=("T02", "T06"), references=("SRC1",), note="",
              sentence="Nine months before the end does not fit with a pact of five years."),
        Thing(kind="quantity", claims=("T04",), references=(), note="",
              sentence="The book has 700,000 throughout; other sources have 1.3 million."),
    ]  # fmt: skip


def comparison() -> dict[str, Any]:
    """What comparing the words of the two texts found."""

    def said(doc: str, para: int, sent: int, text: str, value: str) -> Thing:
        return Thing(doc=doc, para=para, sent=sent, text=text, value=value)

    one = said("speech", 1, 2, "nine months before", "1709-07")
    other = said("book", 2, 1, "весной", "1709-04")
    year, day = said("speech", 2, 1, "in 1706", "1706"), said("book", 1, 1, "1706", "1706")
    return {
        "ties": [
            Thing(first=year, second=day, relation="corroborates", topic="attack: Westria",
                  why="1706 and 1706 overlap"),
            Thing(first=one, second=other, relation="conflict", topic="end of pact: Ardania",
                  why="July 1709 and April 1709 lie 62 days apart"),
        ],
        "clashes": [
            Thing(sentence="speech 1.2 counts nine months, but book 2.1 puts the end in April.",
                  by_convention=False, by_rounding=False, mentions=(one, other)),
        ],
        "follows": [],
    }  # fmt: skip


def pair() -> dict[str, Any]:
    """Two invented worlds that part."""

    def act(date: str, kind: str, actor: str, target: str) -> dict[str, str]:
        return {"date": date, "kind": kind, "actor": actor, "target": target}

    turning = act("1706-08-01", "plan", "isl", "ard")
    believed = {"theatre": "east", "own": 20.0, "other": 40.0, "intent": 0.3, "trust": 0.6}
    terms = {"fear of failing": -1.1, "who was busy with whom": 0.05, "what there was to win": 2.0}
    mind = {"believed": believed, "terms": terms, "impossible": [], "chance": 0.01}
    return {
        "thesis": "pact", "worlds": 100, "parted": 40, "differing": 7, "median": "1706-12-01",
        "from": "1706-06-23", "until": "1707-04-01", "world": 3,
        "shared": [act("1706-07-01", "strike", "wes", "val")],
        "sides": [[], [turning, act("1706-11-01", "strike", "isl", "ard")]],
        "holds": [False, True], "turning": {**turning, "side": 1},
        "minds": [{**mind, "impossible": ["the pact between them"]}, mind],
    }  # fmt: skip


def who(key: str, doc: str, para: int, sent: int, verdict: str) -> dict[str, Any]:
    """Who asserts a thesis."""
    return {
        "claim": key,
        "doc": doc,
        "para": para,
        "sent": sent,
        "verdict": verdict,
        "paraphrase": key,
    }


def card(thesis: str, title: str, **more: Any) -> dict[str, Any]:
    """A verdict card with everything filled in."""
    hangs = [("pact_breach_cost", "cost of breaking a pact", 0.2, "assumed"),
             ("window_weight", "weight of a passing chance", 0.17, "assumed"),
             ("attrition_rate", "losses in battle", 0.035, "measured")]  # fmt: skip
    base = {
        "thesis": thesis, "title": title, "question": f"What if not: {title}", "claims": ["T01"],
        "who": [who("T01", "speech", 1, 1, "disputed")],
        "change": {"id": "c", "title": "No pact is signed", "asks": "Does Islandia strike?"},
        "outcome": {"id": "north_strike", "title": "Islandia attacks Ardania",
                    "horizon": "1707-04-01"},
        "evidence_until": "1706-06-23", "worlds": 20000, "seed": 7, "base": 0.020, "changed": 0.104,
        "effect": 0.084, "interval": [0.073, 0.095], "epistemic": [0.002, 0.230], "risk_ratio": 5.2,
        "smallest_effect": 0.01, "necessity": {"value": 0.81, "low": 0.81, "high": 1.0},
        "sufficiency": {"value": 0.09, "low": 0.09, "high": 0.1}, "sign_share": 0.93,
        "share_beyond": 0.61, "later_anyway": 0.167, "antecedent_cost": 1.1,
        "hangs_on": [dict(zip(("name", "title", "index", "grade"), h)) for h in hangs],
        "placebo": 0.003,
        "variants": [{"title": "Rules only", "effect": 0.041, "interval": [0.03, 0.05]}],
        "unsourced": [7, 11], "ess": 9140.0, "ancestors": 6511, "grade": "B", "word": "conditional",
        "sentence": "Probably helped. This rests on what breaking a pact cost, which was assumed.",
        "warnings": ["driven by prior ranges"],
        "command": f"twofront test invented --thesis {thesis}",
        "supports": "+", "curve": None,
    }  # fmt: skip
    return {**base, **more}


def evidence() -> dict[str, Any]:
    """What newer cards carry besides: checklist, variants, shares, totals, horizon, sources."""
    share = {"interval": [0.01, 0.05], "alone": 0.02, "last": 0.04}
    return {
        "kind": "factorial",
        "checklist": {
            "rewrite": ["pin: ard, east, 20 DE", "drop event: e3"], "antecedent": "1706-06-01",
            "branching": "1706-06-23", "months_to_outcome": 9.3, "connects": "A weaker garrison.",
            "also": None, "undoes": "partly", "undone_by": "New ones came.", "open": "imposed",
            "considered": None, "projects": None, "sources": [],
        },
        "antecedent": {
            "nats": 1.25, "complete": False,
            "prices": [{"entry": "force_strike isl val", "nats": None, "sd": 2.5, "why": "far"}],
        },
        "horizon_curve": {
            "outcome": "north_strike",
            "points": [{"date": "1706-12-01", "base": 0.01, "changed": 0.05, "effect": 0.04,
                        "interval": [0.02, 0.06]}],
            "later": {"horizon": "1707-04-01", "end": "1710-12-28", "removed": 40, "came": 0.25},
        },
        "variants": [
            {"id": "r", "title": "Rules only", "about": "image", "why": "a rival image",
             "effect": -0.041, "interval": [-0.05, -0.03], "worlds": 100},
        ],
        "totals": [{"group": "assumed", "inputs": 4, "index": 0.7, "interval": [0.6, 0.8]}],
        "sources_left_out": [
            {"source": "SRC1", "title": "An invented source", "inputs": 3, "effects": [0.01, 0.09],
             "moves": 0.05, "beyond_chance": True},
        ],
        "forced_sign": {"moved": [90, 80], "same": [90, 80], "forced": True, "at_most": 0.0375},
        "shares": {
            "factors": [{"id": "a", "title": "The pact", "share": 0.03, **share},
                        {"id": "b", "title": "The war", "share": 0.02, **share}],
            "interactions": [{"first": "The pact", "second": "The war", "interaction": 0.015,
                              "low": 0.01, "high": 0.02}],
            "combinations": [], "worlds": 100,
        },
    }  # fmt: skip


def cards() -> list[dict[str, Any]]:
    """One card of every kind."""
    nothing = dict.fromkeys(
        ("base", "changed", "effect", "interval", "epistemic", "risk_ratio", "necessity",
         "sufficiency", "sign_share", "share_beyond", "later_anyway", "antecedent_cost", "placebo",
         "smallest_effect", "ess", "ancestors", "worlds", "seed", "change", "outcome", "unsourced",
         "evidence_until")
    )  # fmt: skip
    points = [(4, 60, 53, 66, 14, 290), (15, 37, 32, 41, 6, 180), (30, 20, 17, 24, 2, 96),
              (45, 14, 11, 17, 1, 62), (70, 7, 6, 9, 0.4, 30)]  # fmt: skip
    curve = {
        "path": "pin.ard.east", "title": "Ardanian divisions kept in the east", "unit": "DE",
        "recorded": 40,
        "alongside": [{"title": "No pact.", "changes": ["no-pact"],
                       "points": [{"x": 4, "p": 0.1, "interval": [0.08, 0.12],
                                   "epistemic": [0.0, 0.4]},
                                  {"x": 70, "p": 0.02, "interval": [0.01, 0.03],
                                   "epistemic": [0.0, 0.1]}]}],
        "points": [{"x": x, "p": p / 1000, "interval": [a / 1000, b / 1000],
                    "epistemic": [c / 1000, d / 1000]} for x, p, a, b, c, d in points],
    }  # fmt: skip
    return [
        card("pact", "The neutrality pact held off a war on two fronts.", **evidence()),
        card("battle", "A lost battle turned Islandia away from the north.", grade="C",
             answer="open", word="may be too small to matter", base=0.02, changed=0.003,
             effect=-0.017, interval=[-0.02, -0.014], epistemic=[-0.14, 0.004],
             supports="-", warnings=[],
             who=[who("T05", "book", 1, 2, "interpretive"),
                  who("T01", "speech", 1, 1, "disputed")]),
        card("pinned", "The war in Valdis kept Islandia from attacking.", grade="D", base=0.0004,
             changed=0.0002, word="no verdict", effect=-0.0002, interval=[-0.004, 0.003],
             epistemic=[-0.04, 0.055], sentence="Cannot be told: both directions stay open.",
             warnings=["sign built in", "too few worlds"]),
        card("garrison", "Troops in the east deterred Islandia.", curve=curve, base=0.02,
             changed=0.06, effect=0.04, interval=[0.03, 0.05], epistemic=[0.01, 0.2],
             warnings=["sign built in"], who=[who("T04", "book", 1, 1, "wrong")]),
        card("entry", "Entry brought the fall sooner.", base=190.0, changed=199.0, effect=9.0,
             interval=[7.0, 11.0], epistemic=[1.0, 22.0], smallest_effect=4.0, grade="C",
             answer="supports",
             risk_ratio=None, word="depends on the model", variants=[], curve=None),
        card("states", "The fall opened the way to new states.", **nothing, grade="outside",
             word="outside the model", hangs_on=[], variants=[], warnings=[], curve=None,
             sentence="Not something this model covers."),
    ]  # fmt: skip


def ensemble() -> Thing:
    """Quantiles of invented worlds."""
    quantiles = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
    weeks = np.arange(WEEKS)
    days = np.array([np.datetime64(START) + 7 * week for week in weeks]).astype("datetime64[ns]")
    shape = 10 + 60 / (1 + np.exp(-(weeks - 260) / 40))
    spread = np.linspace(-0.8, 1.4, 7)
    values = np.stack([
        shape[:, None] * (1 + 0.4 * spread), 0.8 * shape[:, None] * (1 + 0.5 * spread),
        np.clip(weeks[:, None] / 900 * (1 + 0.4 * spread), 0, 1),
    ])  # fmt: skip
    fans = xr.Dataset(
        {"value": (("series", "week", "quantile"), values)},
        coords={"series": ["ard_east", "isl_south", "held"], "week": weeks, "quantile": quantiles,
                "date": ("week", days)},
    )  # fmt: skip
    outcomes = pd.DataFrame({
        "world": range(200), "north_strike": [i % 50 == 0 for i in range(200)],
        "fall": [np.nan if i % 2 else 400.0 + i for i in range(200)],
        "ground": np.linspace(0.1, 0.6, 200),
    })  # fmt: skip
    return Thing(fans=fans, outcomes=outcomes, weights=np.full(200, 1 / 200))


def run_info() -> dict[str, Any]:
    """How the invented worlds were run."""
    return {
        "version": "0.0.0-test", "seed": 7, "worlds": 20000, "scenario_hash": "3f9a" * 16,
        "command": "twofront study --scenario invented-war -o out", "seconds": 12.3,
        "pairs": [
            {"actor": "isl", "target": "val", "probability": 0.83, "median_date": "1704-06-01",
             "recorded": "1704-05-01"},
            {"actor": "isl", "target": "ard", "probability": 0.0004, "median_date": None,
             "recorded": None},
        ],
    }  # fmt: skip


def study() -> dict[str, Any]:
    """Everything that `write_report` takes."""
    return {
        "scenario": scenario(), "ledger": ledger(), "documents": documents(), "cards": cards(),
        "ensemble": ensemble(), "run_info": run_info(), "findings": findings(), "mentions": None,
        "curve": None, "comparison": comparison(),
        "pair": pair(),
    }  # fmt: skip
