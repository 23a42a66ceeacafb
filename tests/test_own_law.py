"""A law of one's own: one file, named by its user, checked before it runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from helpers import ROOT
from twofront.basics import BadInput
from twofront.engine.run import simulate
from twofront.lab import Model, run
from twofront.lab.model import law_from
from twofront.scenario import load_scenario

TWOFRONT = Path(sys.executable).with_name("twofront")
EXAMPLE = ROOT / "docs" / "examples" / "camp_fever.py"
PAGE = ROOT / "docs" / "how-to-add-a-law.md"


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("two-states")


@pytest.fixture(scope="module")
def feverish(scenario) -> Model:
    return with_law(scenario, EXAMPLE)


def with_law(scenario, path: Path) -> Model:
    """The usual week with a law from a file."""
    law, after, numbers = law_from(path)
    return Model(scenario).with_(law, after, numbers)


def twofront(*words: object, code: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [str(TWOFRONT), *map(str, words)], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def edited(folder: Path, *changes: tuple[str, str], name: str = "camp_fever") -> Path:
    """The example with some of its text changed."""
    text = EXAMPLE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{name}.py"
    path.write_text(text, "utf-8")
    return path


# The page is true.


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_the_page_shows_the_example_as_it_is():
    assert blocks("python")[0] == EXAMPLE.read_text("utf-8")


def test_the_page_knows_the_order_of_the_week(scenario):
    words = " ".join(PAGE.read_text("utf-8").split())
    assert ", ".join(law.name for law in Model(scenario).order) in words


def test_the_python_on_the_page_runs_and_fever_matters(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    names: dict = {}
    exec(compile(blocks("python")[1], str(PAGE), "exec"), names)
    effect = float(capsys.readouterr().out)
    assert np.isfinite(effect)
    well, sick = names["well"], names["sick"]
    assert not np.array_equal(well.fans["value"].values, sick.fans["value"].values)
    assert well.parameters["mobility"].equals(sick.parameters["mobility"])  # the same luck


def test_the_command_on_the_page_runs_and_the_run_names_the_law(tmp_path):
    command = next(line for line in PAGE.read_text("utf-8").splitlines() if "twofront run" in line)
    words = command.split()[1:]
    words[words.index("--worlds") + 1] = "64"
    folder = tmp_path / "run"
    twofront(*words, "-o", folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert list(manifest["sources"]).index("camp_fever") == (
        list(manifest["sources"]).index("movement") + 1
    )
    told = twofront("run", "two-states", "--worlds", 64, "-o", folder, code=2).stderr
    assert "a law camp_fever that is not here" in told
    other = edited(tmp_path, ("rate * dt", "rate * dt * 1.0"))
    words[words.index("--mechanism") + 1] = str(other)
    assert "camp_fever was edited since" in twofront(*words, "-o", folder, code=2).stderr


def test_the_time_to_compile_one_more_law_is_told_once(tmp_path, monkeypatch):
    # A week of this law alone: the whole one takes most of a minute.
    from twofront.lab.ensemble import Job, compile_laws

    monkeypatch.setenv("TWOFRONT_CACHE_DIR", str(tmp_path))
    model = Model(load_scenario("two-states"))
    law, _, numbers = law_from(edited(tmp_path, ("1.0 - exp", "1.00 - exp"), name="slow_fever"))
    system = model.with_(law, "movement", numbers).system()
    assert compile_laws(Job(system, (law,), 3)) > 0
    assert compile_laws(Job(system, (law,), 3)) == 0


# It keeps the books.


def test_who_falls_sick_is_lost_and_accounted_for(feverish):
    system = feverish.system()
    whole = simulate(system, feverish.order, worlds=32, seed=3, keep=True)
    assert whole.snapshot is not None
    state = whole.snapshot.state
    have = state["force"].sum(2) + state["transit"].sum((1, 3))
    account = have + state["losses"] + state["disbanded"] - state["produced"]
    start = np.broadcast_to(system.start["force"].sum(1), account.shape)
    assert account == pytest.approx(start, rel=1e-9)
    assert (state["losses"] > 0).any()


def test_fever_takes_its_share_of_an_army_abroad_and_none_at_home(feverish):
    law = next(law for law in feverish.order if law.name == "camp_fever")
    assert [m.name for m in feverish.order].index("camp_fever") == 1 + [
        m.name for m in feverish.order
    ].index("movement")
    system = feverish.system()
    run_alone = simulate(system, (law,), worlds=1, seed=3, last_week=10.0, keep=True)
    assert run_alone.snapshot is not None
    force = run_alone.snapshot.state["force"][0]
    for a, home in enumerate(system.fixed["home"]):
        for k, before in enumerate(system.start["force"][a]):
            left = 1.0 if k == home else np.exp(-0.01 * 10.0 * system.dt)
            assert force[a, k] == pytest.approx(before * left, rel=1e-9)


@pytest.mark.slow
def test_worker_processes_run_a_users_own_law_to_the_same_bits(feverish, tmp_path):
    plain, apart = tmp_path / "plain", tmp_path / "apart"
    run(feverish, 128, seed=3, directory=plain)
    run(feverish, 128, seed=3, directory=apart, executor="processes")
    for path in plain.rglob("*.*"):
        assert path.read_bytes() == (apart / path.relative_to(plain)).read_bytes()


# What is wrong is told.


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ([("continue", "contin ue")], "camp_fever.py:{line}: is not Python"),
        ([("exp, kernel", "expo, kernel")], "camp_fever.py:{line}: ImportError"),
        ([("def step", "def stepp")], "has no step"),
        ([("@kernel\n", "")], "step is not compiled"),
        ([("force, losses", "force, loses"), ("losses[a", "loses[a")], 'did you mean "losses"?'),
        ([('"camp_fever_rate": 0.01', '"fever_rate": 0.01')], 'did you mean "fever_rate"?'),
        ([('"camp_fever_rate": 0.01', '"camp_fever_rate": "1 %"')], "a finite number"),
        ([('"camp_fever_rate": 0.01', '"camp_fever_rate": 1, "mobility": 1')], '"mobility" has a'),
        ([('AFTER = "movement"', 'AFTER = "movment"')], 'did you mean "movement"?'),
        ([('AFTER = "movement"', "AFTER = 3")], "AFTER: is not a name"),
        ([("+= lost", "+= lots")], "law camp_fever: does not compile: NameError: name 'lots'"),
        ([("== home[a]", "== home.a")], "camp_fever.py, line {line}"),
        ([("CONSTANTS =", "raise SystemExit(3)\nCONSTANTS =")], "SystemExit: 3"),
        (
            [
                (
                    "                losses[a",
                    "                home[a] += 1\n                losses[a",
                )
            ],
            'step writes "home", which the scenario fixes',
        ),
    ],
)
def test_a_fault_in_a_law_is_told_in_one_sentence(tmp_path, scenario, changes, says):
    path = edited(tmp_path, *changes)
    lines = path.read_text("utf-8").splitlines()
    line = next((n for n, text in enumerate(lines, 1) if changes[0][1] in text), 0)
    with pytest.raises(BadInput) as error:
        run(with_law(scenario, path), 16)
    assert says.replace("{line}", str(line)) in str(error.value)
    assert len(error.value.problems) == 1


def test_a_law_that_fails_while_it_runs_is_named_with_its_line(tmp_path, scenario):
    # A week of this law alone: the whole one takes most of a minute to compile.
    from twofront.lab.ensemble import Job, run_range

    path = edited(
        tmp_path, ("    for a in range", "    raise ValueError('no fever')\n    for a in range")
    )
    law, after, numbers = law_from(path)
    system = Model(scenario).with_(law, after, numbers).system()
    with pytest.raises(BadInput) as error:
        run_range(Job(system, (law,), 7), 0, 16)
    line = path.read_text("utf-8").splitlines().index("    raise ValueError('no fever')") + 1
    assert f"law camp_fever: fails: ValueError: no fever (camp_fever.py, line {line})" in str(
        error.value
    )


def test_a_law_that_leaves_no_number_is_refused_with_its_week(tmp_path, scenario):
    from twofront.lab.ensemble import Job, run_range

    path = edited(
        tmp_path, ("    for a in range", "    force[:, :, 3] = np.nan\n    for a in range"),
        ("from twofront.engine", "import numpy as np\nfrom twofront.engine"),
    )  # fmt: skip
    law, after, numbers = law_from(path)
    system = Model(scenario).with_(law, after, numbers).system()
    with pytest.raises(BadInput, match=r"world 3, week \d+: a law made something that is no numb"):
        run_range(Job(system, (law,), 7), 0, 16)


def test_an_index_beyond_an_array_is_found_in_plain_python(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    given = ("run", "two-states", "--worlds", 1, "--mechanism")
    sound = twofront(*given, EXAMPLE)
    assert "1 world left to itself" in sound.stdout
    path = edited(tmp_path, ("losses[a, w] += lost", "losses[len(losses) + a, w] += lost"))
    assert "IndexError: index" in twofront(*given, path, code=2).stderr


def test_the_command_line_tells_faults_of_a_law_too(tmp_path):
    path = edited(tmp_path, ("force, losses", "force, loses"), ("losses[a", "loses[a"))
    given = ("run", "two-states", "--worlds", 16, "--mechanism")
    told = twofront(*given, path, code=2).stderr.strip()
    assert "\n" not in told
    assert 'did you mean "losses"?' in told
    assert "no such file" in twofront(*given, tmp_path / "nowhere.py", code=2).stderr
    assert 'did you mean "combat"?' in twofront(*given, EXAMPLE, "--after", "comat", code=2).stderr
    assert "--mechanism" in twofront("run", "two-states", "--after", "combat", code=2).stderr


@pytest.mark.parametrize("name", ["movement", "camp-fever", "2fever"])
def test_a_name_that_is_taken_or_none_is_refused(tmp_path, scenario, name):
    path = edited(tmp_path, name=name)
    with pytest.raises(BadInput, match="name"):
        with_law(scenario, path)


def test_no_file_is_loaded_that_was_not_named(tmp_path, scenario):
    (tmp_path / "camp_fever.py").write_text("raise SystemExit('loaded')", "utf-8")
    done = subprocess.run(
        [str(TWOFRONT), "run", "two-states", "--worlds", "16"], cwd=tmp_path,
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert not list(tmp_path.glob("__pycache__"))


def test_loading_a_law_leaves_nothing_beside_it(tmp_path):
    law_from(edited(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["camp_fever.py"]
