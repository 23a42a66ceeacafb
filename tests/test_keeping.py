"""Kept runs: whatever happens to one, it is never wrong, and little of it is lost."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from twofront.basics import BadInput
from twofront.lab import keeping, run
from twofront.lab.gathering import Fans
from twofront.scenario import load_scenario

TWOFRONT = Path(sys.executable).with_name("twofront")
WORLDS = 200
FILES = ("outcomes.parquet", "events.parquet", "pairs.parquet", "fans.nc", "manifest.json")


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("two-states")


@pytest.fixture(scope="module")
def whole(scenario, tmp_path_factory) -> Path:
    """A run that nothing happened to."""
    folder = tmp_path_factory.mktemp("whole")
    run(scenario, WORLDS, seed=3, directory=folder)
    return folder


def command(folder: Path, worlds: int = WORLDS, *more: str) -> list[str]:
    return [str(TWOFRONT), "run", "two-states", "--worlds", str(worlds), "--seed", "3",
            "--threads", "2", "-o", str(folder), *more]  # fmt: skip


def twofront(folder: Path, worlds: int = WORLDS, *more: str, code: int = 0, **options):
    done = subprocess.run(
        command(folder, worlds, *more), capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def copy(whole: Path, folder: Path) -> Path:
    for name, raw in contents(whole).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


# Interrupted.


def begun(folder: Path, worlds: int, parts: int) -> subprocess.Popen:
    """A run of its own process, when it has kept some parts."""
    # Tests run in the background of a shell are deaf to the interrupt; the run is not to be.
    process = subprocess.Popen(
        command(folder, worlds), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    end = time.monotonic() + 300
    while len(list((folder / "parts").glob("part-*"))) < parts:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.005)
    return process


def test_an_interrupted_run_says_so_and_goes_on_to_the_same_bits(scenario, tmp_path):
    folder = tmp_path / "run"
    process = begun(folder, 20_000, 3)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Interrupted. What was finished is kept; the same command goes on." in errors
    assert "Traceback" not in errors
    kept = len(list((folder / "parts").iterdir()))
    assert kept >= 3
    assert not json.loads((folder / "manifest.json").read_text("utf-8"))["finished"]
    # Two threads may leave a gap behind the last part they finished.
    names = [path.name for path in (folder / "parts").iterdir()]
    whole = next(n for n in range(kept + 1) if not any(f"{n:05d}" in name for name in names))
    worlds = 64 * whole
    assert "Nothing to run" in twofront(folder, worlds).stderr
    again = tmp_path / "again"
    run(scenario, worlds, seed=3, directory=again)
    # A part beyond the gap stays for whoever asks for more worlds.
    assert contents(again).items() <= contents(folder).items()


@pytest.mark.parametrize("parts", [1, 6])
def test_a_killed_run_leaves_whole_files_and_goes_on_to_the_same_bits(scenario, tmp_path, parts):
    folder = tmp_path / "run"
    process = begun(folder, 20_000, parts)
    process.kill()
    process.communicate()
    kept = sorted((folder / "parts").glob("part-*"))
    assert len(kept) >= parts
    before = {path: path.stat().st_mtime_ns for path in kept}
    (folder / f"{keeping.UNFINISHED}left.npz").write_bytes(b"half")
    worlds = 64 * (len(kept) + 1)
    assert run(scenario, worlds, seed=3, directory=folder).worlds_run <= 64 * 5
    assert {path: path.stat().st_mtime_ns for path in kept} == before
    again = tmp_path / "again"
    run(scenario, worlds, seed=3, directory=again)
    assert contents(folder) == contents(again)


# Damaged.


def test_every_byte_of_a_part_is_watched(whole, scenario):
    manifest = json.loads((whole / "manifest.json").read_text("utf-8"))
    identity = keeping.identity_of(
        {n: v for n, v in manifest.items() if n not in ("worlds", "finished", "files",
                                                        "events_lost")}
    )  # fmt: skip
    raw = (whole / "parts" / "part-00001.npz").read_bytes()
    assert keeping.unpacked(raw, identity) is not None
    rng = np.random.default_rng(1)
    ends = [*range(200), *range(len(raw) - 200, len(raw))]
    for place in (*ends, *rng.integers(0, len(raw), 300)):
        bit = 1 << int(rng.integers(8))
        harmed = bytearray(raw)
        harmed[place] ^= bit
        assert keeping.unpacked(bytes(harmed), identity) is None, place
    assert keeping.unpacked(raw, "0" * 64) is None


@pytest.mark.parametrize("name", ["parts/part-00002.npz", *FILES[:4]])
@pytest.mark.parametrize("harm", ["flipped", "cut", "gone"])
def test_a_damaged_file_is_made_again(whole, scenario, tmp_path, name, harm):
    folder = copy(whole, tmp_path)
    path = folder / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 4
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(raw if harm == "flipped" else raw[: len(raw) // 2])
    again = run(scenario, WORLDS, seed=3, directory=folder)
    assert again.worlds_run == (64 if name.startswith("parts") else 0)
    assert contents(folder) == contents(whole)


def test_a_part_of_another_run_is_not_taken_for_ones_own(whole, scenario, tmp_path):
    folder = copy(whole, tmp_path)
    run(scenario, 64, seed=4, directory=tmp_path / "other")
    (folder / "parts" / "part-00000.npz").write_bytes(
        (tmp_path / "other" / "parts" / "part-00000.npz").read_bytes()
    )
    assert run(scenario, WORLDS, seed=3, directory=folder).worlds_run == 64


def test_a_run_without_its_manifest_is_not_believed_to_be_finished(whole, scenario, tmp_path):
    folder = copy(whole, tmp_path)
    (folder / "manifest.json").unlink()
    run(scenario, WORLDS, seed=3, directory=folder)
    assert contents(folder) == contents(whole)


def test_a_damaged_manifest_is_named(whole, tmp_path):
    folder = copy(whole, tmp_path)
    (folder / "manifest.json").write_text("{")
    assert "manifest.json is damaged" in twofront(folder, code=2).stderr


# Full.


def test_a_full_disk_gives_one_sentence_and_a_run_that_goes_on(whole, tmp_path):
    size = (whole / "parts" / "part-00000.npz").stat().st_size

    def small() -> None:
        # No file may be larger: the parts of 64 worlds are, those of a few are not.
        resource.setrlimit(resource.RLIMIT_FSIZE, (size - 1, size - 1))

    folder = tmp_path / "run"
    done = twofront(folder, code=2, preexec_fn=small)
    told = [line for line in done.stderr.splitlines() if "cannot be written" in line]
    assert len(told) == 1
    assert "part-0000" in told[0]
    assert "the same command goes on" in told[0]
    assert not list(folder.rglob(f"{keeping.UNFINISHED}*"))
    twofront(folder)
    assert contents(folder) == contents(whole)


@pytest.mark.parametrize("name", ["part-00001.npz", *FILES])
def test_a_disk_that_fills_at_any_file_leaves_a_run_that_goes_on(
    whole, scenario, tmp_path, monkeypatch, name
):
    folder = tmp_path / "run"
    replace = os.replace

    def full(source, target) -> None:
        if Path(target).name == name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(source))
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(keeping.os, "replace", full)
        with pytest.raises(BadInput, match=rf"{name}: cannot be written: No space left"):
            run(scenario, WORLDS, seed=3, directory=folder)
    assert not list(tmp_path.rglob(f"{keeping.UNFINISHED}*"))
    left = set(contents(folder)) if folder.exists() else set()
    assert name not in {Path(path).name for path in left}
    run(scenario, WORLDS, seed=3, directory=folder)
    assert contents(folder) == contents(whole)


def test_a_full_disk_for_series_and_events_is_told_too(scenario, monkeypatch):
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    spool = keeping.Spool(None)
    spool.file = type("Full", (), {"seek": lambda *_: 0, "write": full})()  # type: ignore
    with pytest.raises(BadInput, match="No space left"):
        spool.add(np.zeros(3))


def test_a_place_without_permission_is_told(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("everything is permitted to root")
    tmp_path.chmod(0o500)
    assert "Permission denied" in twofront(tmp_path / "run", code=2).stderr


# Recognised.


def test_the_same_run_is_recognised_and_nothing_is_touched(whole, tmp_path):
    folder = copy(whole, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    done = twofront(folder)
    assert f"Nothing to run: {folder} has these 200 worlds already." in done.stderr
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_fewer_worlds_are_taken_from_more_and_more_go_on_from_fewer(whole, scenario, tmp_path):
    folder = copy(whole, tmp_path / "run")
    assert "Nothing to run" in twofront(folder, 70).stderr
    assert list(pd.read_parquet(folder / "outcomes.parquet")["world"]) == list(range(70))
    run(scenario, 70, seed=3, directory=tmp_path / "short")
    for name in FILES:
        assert (folder / name).read_bytes() == (tmp_path / "short" / name).read_bytes(), name
    assert "Nothing to run" in twofront(folder).stderr
    assert contents(folder) == contents(whole)
    assert "200 of 300 worlds" not in twofront(folder, 300).stderr  # the last part was short
    assert run(scenario, 300, seed=3, directory=folder).worlds_run == 0


@pytest.mark.parametrize(
    ("entry", "value", "says"),
    [
        ("version", "0.0.9", "made by version 0.0.9, this is "),
        ("seed", 8, "its seed is 8, this one's is 3"),
        ("scenario", "Three states", 'its scenario is "Three states", this is "Two states'),
        ("scenario_hash", "0", "numbers of the scenario have been edited"),
        ("changes", ["Half the guard"], 'made with the change "Half the guard"'),
        ("laws", "0", "laws"),
        ("sources", {"combat": "0"}, ""),
    ],
)
def test_another_run_is_refused_by_what_differs_and_left_alone(whole, tmp_path, entry, value, says):
    folder = copy(whole, tmp_path)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest[entry] = {**manifest[entry], **value} if entry == "sources" else value
    if entry == "sources":
        manifest["laws"] = "0"
        says = "combat was edited since"
    path.write_text(json.dumps(manifest), "utf-8")
    before = contents(folder)
    done = twofront(folder, code=2)
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert contents(folder) == before


def test_one_run_at_a_time_works_in_a_directory(tmp_path):
    folder = tmp_path / "run"
    process = begun(folder, 20_000, 1)
    try:
        assert "another run is at work" in twofront(folder, 20_000, code=2).stderr
    finally:
        process.kill()
        process.communicate()


# Lean.


def test_tables_do_not_depend_on_how_the_run_was_cut(whole, scenario, tmp_path, monkeypatch):
    monkeypatch.setattr("twofront.lab.ensemble.PART_WORLDS", 48)
    run(scenario, WORLDS, seed=3, directory=tmp_path)
    for name in FILES[:4]:
        assert (tmp_path / name).read_bytes() == (whole / name).read_bytes(), name


def test_fans_are_exact_quantiles_of_all_worlds(monkeypatch):
    rng = np.random.default_rng(5)
    series = rng.normal(size=(50, 7, 3)).astype(np.float32)
    monkeypatch.setattr("twofront.lab.gathering.GROUP_BYTES", 4 * 3 * 50 * 2)  # two weeks at once
    fans = Fans()
    for rows in (slice(0, 16), slice(16, 17), slice(17, 50)):
        part = type("Part", (), {"series": series[rows], "series_weeks": np.arange(7.0),
                                 "world_id": np.arange(50)[rows]})()  # fmt: skip
        fans.add(part)
    wanted = np.quantile(series, (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975), axis=0)
    assert np.array_equal(fans.quantiles(3), np.transpose(wanted, (2, 1, 0)))


def test_a_kept_run_reads_as_it_is_in_memory(whole, scenario):
    plain = run(scenario, WORLDS, seed=3)
    assert plain.outcomes.equals(pd.read_parquet(whole / "outcomes.parquet"))
    assert plain.events.equals(pd.read_parquet(whole / "events.parquet"))
    pairs = pd.read_parquet(whole / "pairs.parquet")
    assert plain.pairs["probability"].equals(pairs["probability"])
    with xr.open_dataset(whole / "fans.nc", engine="scipy") as fans:
        assert plain.fans["value"].equals(fans["value"])
    assert len(plain.parameters) == WORLDS


MEASURE = """
import re, sys
from pathlib import Path
import twofront as tf
scenario = tf.scenario("two-states")
worlds = int(sys.argv[1])
tf.run(scenario, worlds, seed=3, directory=sys.argv[2])
# Not getrusage: that remembers the parent's size through fork and exec.
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
def test_a_hundred_thousand_worlds_would_fit_into_600_megabytes(tmp_path):
    # Below ten thousand worlds, buffers of fixed size are still filling up.
    peaks = []
    for worlds in (10_000, 30_000):
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, str(worlds), str(tmp_path / str(worlds))],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        peaks.append(int(done.stdout) * 1024)
    small, large = peaks
    assert large + 3.5 * max(0, large - small) < 600e6
