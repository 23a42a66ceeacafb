"""Executors: the same bits whoever runs the worlds, and whoever dies while doing so."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from twofront.basics import BadInput
from twofront.lab import Model, executors, run
from twofront.lab import ensemble as ensembles
from twofront.lab.model import law_from
from twofront.scenario import load_scenario

TWOFRONT = Path(sys.executable).with_name("twofront")
WORLDS = 200
has_dask = importlib.util.find_spec("distributed") is not None
needs_dask = pytest.mark.skipif(not has_dask, reason="distributed is not installed")


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("two-states")


@pytest.fixture(scope="module")
def whole(scenario, tmp_path_factory) -> dict[str, bytes]:
    """What one thread leaves behind."""
    folder = tmp_path_factory.mktemp("whole")
    run(scenario, WORLDS, seed=3, threads=1, directory=folder)
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def twofront(*words: object, code: int = 0) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [str(TWOFRONT), *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    "executor",
    [
        "threads",
        pytest.param("processes", marks=pytest.mark.slow),
        pytest.param("dask", marks=[needs_dask, pytest.mark.slow]),
    ],
)
def test_every_executor_leaves_the_same_bytes(whole, tmp_path, executor):
    folder = tmp_path / "run"
    twofront("run", "two-states", "--worlds", WORLDS, "--seed", 3, "--threads", 2,
             "--executor", executor, "-o", folder)  # fmt: skip
    assert contents(folder) == whole


@pytest.mark.slow
def test_a_run_begun_by_one_executor_is_finished_by_another(scenario, whole, tmp_path):
    run(scenario, 64, seed=3, directory=tmp_path)
    rest = run(scenario, WORLDS, seed=3, directory=tmp_path, executor="processes")
    assert rest.worlds_run == WORLDS - 64
    assert contents(tmp_path) == whole


@pytest.mark.parametrize("executor", ["thread", "processes=2", "dask=nowhere", "dask=tcp://a/b"])
def test_an_unknown_executor_is_refused(executor, scenario):
    with pytest.raises(BadInput, match="executor"):
        run(scenario, 16, executor=executor)


def test_a_bad_executor_is_told_in_one_sentence():
    told = twofront("run", "two-states", "--executor", "treads", code=2).stderr
    assert 'did you mean "threads"?' in told
    assert len(told.strip().splitlines()) == 1


@needs_dask
def test_a_scheduler_that_does_not_answer_is_told_soon(scenario):
    began = time.monotonic()
    with pytest.raises(BadInput, match="does not answer"):
        run(scenario, 16, executor="dask=tcp://127.0.0.1:9")
    assert time.monotonic() - began < 20


def test_dask_that_is_not_installed_is_told_with_what_installs_it(scenario, monkeypatch):
    monkeypatch.setattr(executors.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(BadInput, match=r"pip install 'twofront\[dask\]'"):
        run(scenario, 16, executor="dask")


# Lost workers.


def killing_one(workers: list[int], when: Path) -> threading.Thread:
    """Kills the first worker once two parts are kept."""

    def kill() -> None:
        while len(list((when / "parts").glob("part-*"))) < 2:
            time.sleep(0.005)
        os.kill(workers[0], signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


@needs_dask
@pytest.mark.slow
def test_a_dask_worker_killed_on_the_way_changes_no_bit(scenario, tmp_path):
    import dask
    from distributed import Client, LocalCluster

    worlds = 2_000
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 3}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
            dashboard_address="127.0.0.1:0", scheduler_kwargs={"dashboard": False},
            silence_logs=50,
        ) as cluster,
    ):  # fmt: skip
        with Client(cluster.scheduler_address, set_as_default=False) as client:
            workers = list(client.run(os.getpid).values())
        assert len(set(workers)) == 2
        killer = killing_one(workers, tmp_path / "run")
        address = f"dask={cluster.scheduler_address}"
        run(scenario, worlds, seed=3, executor=address, directory=tmp_path / "run")
        killer.join()
        with Client(cluster.scheduler_address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
            assert set(client.run(os.getpid).values()) != set(workers)
    run(scenario, worlds, seed=3, directory=tmp_path / "plain")
    assert contents(tmp_path / "run") == contents(tmp_path / "plain")


def children() -> list[int]:
    """Worker processes of this one."""
    import multiprocessing

    return [child.pid for child in multiprocessing.active_children() if child.pid]


@pytest.mark.slow
def test_a_worker_process_killed_on_the_way_changes_no_bit(scenario, tmp_path):
    killed = []

    def kill() -> None:
        while len(list((tmp_path / "run" / "parts").glob("part-*"))) < 2:
            time.sleep(0.005)
        killed.append(children()[0])
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    run(scenario, 2_000, seed=3, executor="processes", directory=tmp_path / "run")
    killer.join()
    assert killed
    run(scenario, 2_000, seed=3, directory=tmp_path / "plain")
    assert contents(tmp_path / "run") == contents(tmp_path / "plain")


def test_workers_that_keep_dying_are_given_up(monkeypatch, scenario):
    monkeypatch.setattr(ensembles, "run_shipped", os._exit)
    monkeypatch.setattr(executors, "RENEWALS", 1)
    monkeypatch.setattr(executors.Crew, "elsewhere", True)
    monkeypatch.setattr(executors.Crew, "submit", lambda crew, work, *given: _exiting(crew))
    with pytest.raises(BadInput, match="keep dying"):
        run(scenario, 16, executor="processes")


def _exiting(crew):
    crew.hire()
    return crew._pool.submit(os._exit, 1)


# Nobody stays behind.


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")
@pytest.mark.slow
def test_no_worker_outlives_a_killed_run(tmp_path):
    process = subprocess.Popen(
        [str(TWOFRONT), "run", "two-states", "--worlds", "20000", "--executor", "processes",
         "--threads", "2", "-o", str(tmp_path / "run")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while len(list((tmp_path / "run" / "parts").glob("part-*"))) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(found) >= 2
    process.kill()
    process.wait()
    end = time.monotonic() + 10
    while any(_alive(int(pid)) for pid in found):
        assert time.monotonic() < end
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@needs_dask
@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="looks into /proc")
def test_a_cluster_of_ones_own_listens_on_this_machine_only():
    crew = executors.Crew("dask", 1)
    before = _listening()
    crew.hire()
    try:
        opened = _listening() - before
        assert opened
        assert {address for address, _ in opened} == {"0100007F"}  # 127.0.0.1
        assert 8787 not in {port for _, port in opened}
    finally:
        crew.dismiss()


def _listening() -> set[tuple[str, int]]:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    six = [line.split() for line in Path("/proc/net/tcp6").read_text().splitlines()[1:]]
    places = [row[1].split(":") for row in rows + six if row[3] == "0A"]
    return {(address, int(port, 16)) for address, port in places}


# What travels.


def test_laws_travel_by_name_and_a_users_own_by_its_text(scenario):
    law, after, numbers = law_from(
        Path(__file__).parents[1] / "docs" / "examples" / "camp_fever.py"
    )
    model = Model(scenario).with_(law, after, numbers)
    sent = executors.unshipped(executors.shipped(executors.Job(model.system(), model.order, 3)))
    assert sent.seed == 3
    assert [one.source for one in sent.order] == [one.source for one in model.order]
    same = [one is other for one, other in zip(sent.order, model.order)]
    assert same.count(False) == 1
    assert sent.order[same.index(False)].name == "camp_fever"


def test_a_worker_with_another_engine_refuses(scenario, monkeypatch):
    data = executors.shipped(executors.Job(Model(scenario).system(), Model(scenario).order, 3))
    monkeypatch.setattr(executors, "_ours", lambda: ("0.0.9", "other"))
    executors.unshipped.cache_clear()
    told = ensembles.run_shipped(data, 0, 16)
    assert isinstance(told, list)
    assert "0.0.9" in str(told[0])
