"""Cards: shares of many causes, totals by grade, forced signs, variants, sources left out."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from typing import Any

import jsonschema
import numpy as np
import pytest

from twofront.basics import BadInput
from twofront.lab import (
    Laboratory,
    Model,
    branch,
    card_schema,
    compare,
    condition,
    interactions,
    run,
    shapley,
    shapley_of,
    theses,
)
from twofront.lab.card import checked
from twofront.lab.checklist import checklist
from twofront.lab.factorial import share_out, shares_in_words
from twofront.lab.parts import free_worlds, from_prior, part, partners, with_parameters
from twofront.lab.sensitivity import LUCK, PAST, groups_of, total_index, totals
from twofront.lab.signs import sign_forced
from twofront.lab.variants import among, stance
from twofront.scenario import Scenario, load_change, load_scenario, new_scenario
from twofront.scenario.left_out import sources_cited, without_source

UNTIL = dt.date(1903, 1, 5)


# Shares of a known game.


def game(n: int, worth: Any) -> np.ndarray:
    """Values of all coalitions; worth(set of players)."""
    return np.array([float(worth({i for i in range(n) if c >> i & 1})) for c in range(2**n)])


def test_the_glove_game_has_its_known_shares():
    # One left glove, two right ones: a pair is worth 1 (Shapley 1953).
    values = game(3, lambda s: 0 in s and bool(s & {1, 2}))
    assert shapley(values) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_the_airport_game_has_its_known_shares():
    # A runway as long as the largest user needs: each stretch is paid by those who need it.
    cost = [1.0, 2.0, 4.0]
    values = game(3, lambda s: max((cost[i] for i in s), default=0.0))
    assert shapley(values) == pytest.approx([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 2])


def test_shares_add_up_to_the_whole_and_orderings_give_the_same():
    rng = np.random.default_rng(2)
    values = rng.normal(size=16)
    shares = shapley(values)
    assert shares.sum() == pytest.approx(values[15] - values[0])
    mean = np.zeros(4)
    for order in itertools.permutations(range(4)):
        there = 0
        for i in order:
            mean[i] += (values[there | 1 << i] - values[there]) / 24
            there |= 1 << i
    assert shares == pytest.approx(mean)


def test_interactions_are_nought_when_causes_add_and_one_when_each_needs_the_other():
    weight = np.array([0.3, -1.0, 2.0])
    assert interactions(game(3, lambda s: sum(weight[i] for i in s))) == pytest.approx(0)
    table = interactions(game(2, lambda s: len(s) == 2))
    assert table == pytest.approx(np.array([[0, 1], [1, 0]]))
    # Substitutes stand in for each other.
    assert interactions(game(2, lambda s: len(s) > 0))[0, 1] == pytest.approx(-1)
    # A pair of three that needs the third as well: Grabisch & Roubens give 1/2 to each pair.
    assert interactions(game(3, lambda s: len(s) == 3))[0, 1] == pytest.approx(0.5)


def test_values_that_are_no_game_are_refused():
    with pytest.raises(ValueError, match="2\\^n"):
        shapley(np.zeros(6))


def test_shares_have_intervals_that_cover_by_families():
    # 40 families of 1 to 5; most of the noise is shared by a family. True shares are 1 and 2.
    rng = np.random.default_rng(5)
    covered, trials = 0, 200
    for _ in range(trials):
        sizes = rng.integers(1, 6, 40)
        families = np.repeat(np.arange(40), sizes)
        own = np.repeat(rng.normal(1.0, 1.0, 40), sizes)
        two = np.full(len(own), 2.0)
        values = np.stack([0 * own, own, two, own + two], axis=1)
        found = share_out(values, families, [("a", "A"), ("b", "B")], seed=1)
        low, high = next(f["interval"] for f in found["factors"] if f["id"] == "a")
        covered += low <= 1.0 <= high
    # A percentile interval of 40 families covers about .93; four errors of .018 below is .86.
    assert 0.86 < covered / trials < 0.99


def test_words_name_the_largest_share_and_how_sure_it_is():
    values = np.stack([np.zeros(50), np.full(50, 0.3), np.full(50, 0.1), np.full(50, 0.4)], axis=1)
    found = share_out(values, np.arange(50), [("a", "A"), ("b", "B")])
    assert shares_in_words(found, 0.4) == "The largest share, 75 %, falls to A."
    noise = np.random.default_rng(0).normal(0, 1, (50, 4))
    assert "No cause" in shares_in_words(
        share_out(noise, np.arange(50), [("a", "A"), ("b", "B")]), 1
    )


# Totals by group.


def test_a_total_index_is_that_of_a_known_function():
    # y = a + 2b + 3ab, a and b standard normal: variances 1, 4, 9; totals of a: 10/14, b: 13/14.
    rng = np.random.default_rng(3)
    a, b, other = rng.normal(size=(3, 12_000))

    def y(a, b):
        return a + 2 * b + 3 * a * b

    # On ranks the shares are near, not equal, to those of the variances; a sum is exact in order.
    found, (low, high) = total_index(a + b, other + b, np.arange(12_000))
    assert low < found < high
    assert found == pytest.approx(0.5, abs=0.05)
    first, _ = total_index(y(a, b), y(other, b), np.arange(12_000))
    second, _ = total_index(y(a, b), y(a, other), np.arange(12_000))
    assert first < second
    assert first + second > 1  # they interact
    assert total_index(a, a, np.arange(12_000))[0] == 0.0
    assert total_index(np.ones(5), np.ones(5), np.arange(5)) == (0.0, (0.0, 0.0))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("two-states")


@pytest.fixture(scope="module")
def posterior(scenario):
    return condition(scenario, UNTIL, worlds=96, seed=5)


def test_a_placebo_exchanged_changes_nothing_and_the_luck_does(scenario, posterior):
    names, parameters = posterior.system.parameters, posterior.snapshot.parameters
    groups = groups_of(names, np.ptp(parameters, axis=0) > 0, scenario)
    mixed = parameters.copy()
    columns = groups["placebo"]
    assert len(columns) >= 2
    mixed[:, columns] = parameters[partners(posterior.ancestors)][:, columns]
    assert not np.array_equal(mixed, parameters)
    plain, other = (
        branch(Model(scenario), "southern_strike", p).values
        for p in (posterior, with_parameters(posterior, mixed))
    )
    assert np.array_equal(plain, other)
    found = totals(
        posterior, scenario, lambda p: branch(Model(scenario), "southern_strike", p).values
    )
    by = {row["group"]: row for row in found}
    assert {PAST, LUCK, "assumed"} <= set(by)
    assert all(row["index"] > 0 for row in (by["assumed"], by[LUCK]))


# Other worlds.


def test_a_part_takes_from_every_stretch_of_worlds(posterior):
    few = part(posterior, 24)
    assert few.worlds == 24
    assert set(few.ancestors) <= set(posterior.ancestors)
    assert np.array_equal(few.snapshot.parameters[0], posterior.snapshot.parameters[0])
    assert part(posterior, 96) is posterior


def test_partners_are_of_another_family():
    families = np.repeat([5, 1, 9, 3], [3, 2, 4, 1])
    other = partners(families)
    assert sorted(other) == list(range(10))
    assert (families[other] != families).all()


def test_draws_from_the_prior_fill_the_ranges_and_keep_the_past(posterior):
    drawn = from_prior(posterior)
    system = posterior.system
    assert (
        (drawn.snapshot.parameters >= system.low) & (drawn.snapshot.parameters <= system.high)
    ).all()
    assert drawn.snapshot.state is posterior.snapshot.state


def test_worlds_that_never_saw_the_record_are_the_same_in_one_stop_or_two(scenario):
    early = dt.date(1902, 1, 6)
    both = {p.until: p for p in free_worlds(Model(scenario), [UNTIL, early], 32, 5)}
    (alone,) = free_worlds(Model(scenario), [UNTIL], 32, 5)
    assert set(both) == {early, UNTIL}
    # A stop in between forgets nothing that matters to what follows.
    assert np.array_equal(alone.snapshot.state["force"], both[UNTIL].snapshot.state["force"])
    assert np.array_equal(alone.ancestors, np.arange(32))


# Signs.


def test_a_sign_is_forced_when_no_world_of_the_prior_reverses_it():
    up = np.linspace(0.01, 1, 200)
    found = sign_forced(0.1, up, up)
    assert found is not None
    assert found["forced"]
    assert found["at_most"] == pytest.approx(3 / 200)
    mixed = np.where(np.arange(200) == 7, -0.5, up)
    assert sign_forced(0.1, up, mixed)["forced"] is False  # type: ignore[index]
    assert sign_forced(-0.1, up, up)["same"] == [0, 0]  # type: ignore[index]
    # Worlds that do not move say nothing, and too few say nothing either.
    assert sign_forced(0.1, np.r_[up, np.zeros(500)], up)["moved"] == [200, 200]  # type: ignore[index]
    assert sign_forced(0.1, up, up[:20]) is None


def test_a_variant_reverses_only_with_its_whole_interval():
    assert stance({"effect": 0.1, "interval": (0.05, 0.2)}, 0.3) == "same"
    assert stance({"effect": -0.1, "interval": (-0.2, 0.05)}, 0.3) == "unclear"
    assert stance({"effect": -0.1, "interval": (-0.2, -0.05)}, 0.3) == "reversed"
    assert stance({"effect": -0.1}, 0.3) == "reversed"


# Cards.

SMALLEST = (
    '{ value = 0.02, range = [0.01, 0.05], unit = "probability", grade = "assumed", note = "n" }'
)
MORE = f"""
[[thesis]]
id = "why"
title = "Guard and respect"
question = "What share has each?"
claims = ["T001"]
kind = "factorial"
outcome = "southern_strike"
until = 1903-01-05
horizon = 1905-12-31
smallest_effect = {SMALLEST}
factors = [
    {{ id = "guard", title = "the guard", change = "half-guard" }},
    {{ id = "respect", title = "Southern respect", change = "scorn" }},
]

[[thesis]]
id = "curve"
title = "A curve"
question = "How does it fall?"
claims = ["T001"]
kind = "sweep"
change = "half-guard"
outcome = "southern_strike"
until = 1903-01-05
horizon = 1905-12-31
smallest_effect = {SMALLEST}
sweep = {{ path = "pin.north.march", title = "guard", unit = "DE", values = [2, 8], \
alongside = [["scorn"]] }}

[[thesis]]
id = "beyond"
title = "Beyond"
question = "What came after?"
claims = ["T001"]
kind = "outside"
sentence_outside = "Outside the model: it ends."

[[variant]]
id = "hot"
title = "Hotheads only"
about = "prior"
among = {{ strike_base = [-8.6, 0] }}
"""

SCORN = """
title = "The South thinks little of the North"
asks = "Was respect a cause?"

[[change]]
do = "set_belief"
actor = "south"
about = "north"
value = -1
date = 1903-01-12
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> Scenario:
    """The two states with a thesis of every kind and a variant of two kinds."""
    mine = new_scenario(tmp_path_factory.mktemp("cards") / "mine", "two-states")
    path = mine / "theses.toml"
    path.write_text(path.read_text("utf-8") + MORE, "utf-8")
    (mine / "changes" / "scorn.toml").write_text(SCORN, "utf-8")
    return load_scenario(mine)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def laboratory(asked, kept, monkeypatch):
    monkeypatch.setattr(theses, "cache_directory", lambda: kept)
    return Laboratory(asked, worlds=128, sample=64, seed=5)


@pytest.fixture
def cards(laboratory) -> dict[str, dict[str, Any]]:
    names = [thesis.id for thesis in laboratory.scenario.theses]
    found = laboratory.test_all(names)
    assert [card["thesis"] for card in found] == names
    return {card["thesis"]: card for card in found}


def test_cards_of_every_kind_fit_the_schema(cards):
    schema = card_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(list(cards.values()), schema)
    for broken in ({"grade": "E"}, {"worlds": "many"}, {"surprise": 1}, {"interval": [0.1]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([{**cards["guard"], **broken}], schema)


def test_a_card_says_how_it_was_made(cards):
    card = cards["curve"]
    assert card["evidence_until"] == "1903-01-05"
    assert (card["worlds"], card["sample"]) == (128, 64)
    assert card["variants"][0]["id"] == "calm"
    assert all(v["worlds"] <= 64 for v in card["variants"])
    assert {row["group"] for row in card["totals"]} >= {PAST, LUCK}
    assert len(card["forced_sign"]["moved"]) == 2
    assert [p["date"] for p in card["horizon_curve"]["points"]][2] == "1905-12-31"
    assert card["antecedent"]["prices"][0]["entry"].startswith("pin")
    assert card["both"]["low"] <= card["both"]["value"] <= card["both"]["high"]
    curve = card["curve"]
    assert [p["x"] for p in curve["points"]] == [2, 8]
    assert [c["changes"] for c in curve["alongside"]] == [["scorn"]]
    assert curve["alongside"][0]["points"] != curve["points"]
    assert card["checklist"]["undoes"] == "partly"
    assert cards["beyond"]["grade"] == "outside"
    assert cards["guard"]["totals"] == []  # nothing to exchange in a run from the first day


def test_shares_of_a_thesis_add_up_to_its_effect(cards):
    card = cards["why"]
    shares = card["shares"]
    values = shares["combinations"]
    assert sum(f["share"] for f in shares["factors"]) == pytest.approx(values[3] - values[0])
    assert {f["id"] for f in shares["factors"]} == {"guard", "respect"}
    assert card["checklist"]["rewrite"] == [
        "pin: north, march, 2.5 DE", "set belief: south, north, -1 ln"
    ]  # fmt: skip


def test_finished_cards_are_kept_and_others_made(laboratory, cards, monkeypatch):
    monkeypatch.setattr(theses, "branch", None)  # nothing may be run again
    again = Laboratory(laboratory.scenario, worlds=128, sample=64, seed=5)
    assert again.test("curve").card == cards["curve"]
    with pytest.raises(TypeError):
        Laboratory(laboratory.scenario, worlds=128, sample=64, seed=6).test("guard")


def test_an_edited_change_makes_another_card(laboratory):
    thesis = laboratory.scenario.thesis("guard")
    before = laboratory._key(thesis)
    path = laboratory.scenario.directory / "changes" / "half-guard.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("2.5", "2.4"), "utf-8")
    try:
        assert laboratory._key(thesis) != before
    finally:
        path.write_text(text, "utf-8")
    assert laboratory._key(thesis) == before


def test_what_is_recorded_stands_on_one_side_only(asked, kept, monkeypatch):
    monkeypatch.setattr(theses, "cache_directory", lambda: kept)
    curve = next(thesis for thesis in asked.theses if thesis.id == "curve")
    turned = curve.model_copy(update={"as_recorded": "half-guard", "change": "scorn"})
    assert turned.sides == (("half-guard",), ("scorn",))
    scenario = asked.model_copy(update={"theses": (turned,)})
    plain = Laboratory(asked, worlds=64, sample=0, seed=5).test("curve").card
    card = Laboratory(scenario, worlds=64, sample=0, seed=5).test("curve").card
    assert card["base"] == plain["changed"]
    assert card["effect"] != 0.0
    # Nor does it stand beside a change that is tried instead.
    tried = turned.model_copy(update={"variants": ("scorn",), "id": "tried"})
    scenario = asked.model_copy(update={"theses": (tried,), "variants": ()})
    row = Laboratory(scenario, worlds=64, sample=64, seed=5).test("tried").card["variants"][0]
    assert row["effect"] == pytest.approx(card["effect"])


def test_a_thesis_can_be_asked_of_worlds_that_know_less(asked, kept, monkeypatch):
    monkeypatch.setattr(theses, "cache_directory", lambda: kept)
    own, early, none = (
        Laboratory(asked, worlds=64, sample=0, seed=5, until=day).test("curve").card
        for day in (dt.date(1903, 1, 5), dt.date(1902, 1, 6), None)
    )
    assert own["base"] == none["base"] != early["base"]
    assert early["evidence_until"] == early["checklist"]["branching"] == "1902-01-06"
    assert early["command"].endswith("--until 1902-01-06")
    assert 0 < early["effective_ancestors"] <= early["ancestors"]
    with pytest.raises(BadInput, match="does not lie before what"):
        Laboratory(asked, worlds=64, until=dt.date(1904, 1, 4)).test("curve")


def test_without_a_sample_a_card_has_no_variants_and_is_not_firm(asked, kept, monkeypatch):
    monkeypatch.setattr(theses, "cache_directory", lambda: kept)
    card = Laboratory(asked, worlds=64, sample=0, seed=5).test("curve").card
    assert card["sample"] == 0
    assert card["variants"] == card["totals"] == []
    assert card["forced_sign"] is None
    assert card["grade"] != "A"


def test_a_verdict_shows_itself(cards):
    from twofront.lab import Verdict

    verdict = Verdict(cards["why"])
    assert verdict._repr_html_().startswith("<article>")
    frame = verdict.to_dataframe()
    assert frame["name"].iloc[0] == "the verdict"
    assert len(frame) == 1 + len(cards["why"]["variants"])
    assert verdict.plot().to_dict()["layer"]
    shares = shapley_of(verdict)
    assert shares is not None
    assert len(shares.to_dataframe()) == 2
    assert len(shares.interactions()) == 1
    assert "<table" in shares._repr_html_()
    assert shapley_of(Verdict(cards["guard"])) is None
    assert "Outside the model" in Verdict(cards["beyond"])._repr_html_()


def test_worlds_show_themselves(scenario, posterior):
    ensemble = run(scenario, worlds=24, seed=3)
    found = compare(ensemble, run(scenario.change("half-guard"), worlds=24, seed=3), "march_held")
    for thing, rows in ((ensemble, 24), (posterior, 96), (found, 4)):
        assert len(thing.to_dataframe()) == rows
        assert "<table" in thing._repr_html_()
        assert thing.plot().to_dict()
    assert found.to_dataframe()["value"].tolist()[2] == found.effect


def test_a_variant_that_names_nothing_known_is_refused(asked):
    (first, *rest) = asked.variants
    wrong = first.model_copy(update={"set": {"security_dilema": 0.0}})
    with pytest.raises(BadInput, match="security_dilemma"):
        Laboratory(asked.model_copy(update={"variants": (wrong, *rest)}))


def test_too_few_worlds_of_a_part_of_the_prior_say_nothing(scenario, posterior):
    side = branch(Model(scenario), "southern_strike", posterior)
    assert among(side, side, {"strike_base": (-99, 99)}, "x") is not None
    assert among(side, side, {"strike_base": (5, 6)}, "x") is None


def test_a_checklist_reads_dates_from_the_change_and_its_events(scenario):
    flagship = load_scenario("two-fronts")
    change = load_change("no-august-pact", flagship)
    rows = checklist(change, flagship, dt.date(1939, 8, 21), dt.date(1941, 12, 31))
    assert rows["antecedent"] == "1939-08-23"
    assert rows["branching"] == "1939-08-21"
    assert rows["months_to_outcome"] == pytest.approx(28.3, abs=0.1)
    assert rows["rewrite"][0] == "drop event: pact_germany_ussr"
    assert rows["connects"]
    bare = load_change("poorer-south", scenario)
    assert checklist(bare, scenario, None, None)["connects"] is None


def test_an_ill_formed_card_is_refused():
    from pydantic import ValidationError

    with pytest.raises(ValidationError):
        checked({"thesis": "x"})


# Sources left out.


def test_a_source_left_out_widens_what_it_alone_supports():
    flagship = load_scenario("two-fronts")
    key, inputs = sources_cited(flagship).most_common(1)[0]
    low, high = (without_source(flagship, key, end) for end in ("low", "high"))
    assert key not in sources_cited(low)
    assert sources_cited(flagship)[key] == inputs
    others = set(sources_cited(flagship)) - {key}
    assert all(sources_cited(low)[k] == sources_cited(flagship)[k] for k in others)
    assert low.hash != high.hash
    assert json.dumps(low.theses[0].model_dump(mode="json")) == json.dumps(
        flagship.theses[0].model_dump(mode="json")
    )


def test_amounts_of_a_change_have_their_units():
    flagship = load_scenario("two-fronts")

    def rewritten(name: str) -> list[str]:
        return checklist(load_change(name, flagship), flagship, None, None)["rewrite"]

    assert rewritten("half-garrison") == ["pin: ussr, soviet_far_east, 20.7 DE"]
    assert rewritten("warning-believed-1941")[0] == "report: ussr, germany, 4 ln odds"
    assert rewritten("red-army-not-renewed-1941") == ["actor.ussr.war_ceiling: 480 becomes 240 DE"]
    assert rewritten("yalta-promised")[-1] == "promise: ussr, japan, germany, 13 weeks"
    first = rewritten("hostilities-from-disputes")[0]
    assert first == "hostility.ussr.japan.value: 0.35 becomes 0.36"


def test_a_card_may_take_the_record_at_its_full_word(asked, kept, monkeypatch):
    monkeypatch.setattr(theses, "cache_directory", lambda: kept)
    plain, full = (
        Laboratory(asked, worlds=64, sample=0, seed=5, **held).test("curve").card
        for held in ({}, {"power": 1.0, "moves": 1})
    )
    assert (full["power"], full["moves"]) == (1.0, 1)
    assert (plain["power"], plain["moves"]) == (asked.conditioning.likelihood_power.value, 0)
    assert full["command"] == plain["command"] + " --power 1.0 --moves 1"
    assert full["base"] != plain["base"]
    for held, what in (({"power": 2.0}, "power: 2.0"), ({"moves": -1}, "moves")):
        with pytest.raises(BadInput, match=what):
            Laboratory(asked, worlds=64, seed=5, **held).test("curve")
