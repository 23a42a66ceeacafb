"""The house: rooms are walked one way, and promises about the repository hold."""

import ast
import inspect
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from helpers import ROOT

SOURCES = sorted((ROOT / "src" / "twofront").rglob("*.py"))
TRACKED_SUFFIXES = {".py", ".toml", ".md", ".txt", ".cff", ".json", ".css", ".js", ".j2", ".csv"}


def _texts() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    return [ROOT / name for name in listed if (ROOT / name).suffix in TRACKED_SUFFIXES]


def test_the_import_contracts_hold():
    tool = Path(sys.executable).with_name("lint-imports")
    if not tool.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([str(tool)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_module_states_its_idea():
    silent = [p for p in SOURCES if not p.read_text("utf-8").lstrip().startswith(('"""', 'r"""'))]
    assert not silent


def test_no_file_names_a_package_registry():
    parts = ("py" + r"pi\.org", "python" + "hosted", r"npm" + r"js\.(org|com)")
    hosts = re.compile("|".join(parts))
    named = [p.name for p in _texts() if hosts.search(p.read_text("utf-8", errors="ignore"))]
    assert not named


def test_constraints_pin_every_dependency_exactly():
    lines = (ROOT / "constraints.txt").read_text("utf-8").split()
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in lines)


def test_every_law_says_where_it_stops_holding_or_what_it_rests_on():
    for path in (ROOT / "src" / "twofront" / "mechanisms").glob("*.py"):
        text = path.read_text("utf-8").lower()
        assert (
            path.stem == "__init__"
            or "reference" in text
            or "stops holding" in text
            or (path.stem in ("arrivals", "movement", "allocation"))
        ), path.name


def test_every_constant_of_the_laws_has_a_grade_and_a_reason():
    from twofront.basics import GRADES
    from twofront.basics.units import UNITS
    from twofront.mechanisms import constants

    for name, entry in constants().items():
        assert entry["grade"] in GRADES, name
        assert entry["unit"] in UNITS, name
        assert len(entry["note"]) > 10, name


def test_each_decision_has_a_number_of_its_own_and_a_line_in_the_index():
    room = ROOT / "docs" / "decisions"
    files = sorted(path.name for path in room.glob("0*.md"))
    assert [name[:4] for name in files] == [f"{n:04d}" for n in range(1, len(files) + 1)]
    lines = re.findall(
        r"^\| (\d{4}) \| \[(.+)\]\((.+)\) \|$", (room / "README.md").read_text(), re.M
    )
    titles = [(room / name).read_text("utf-8").splitlines()[0].removeprefix("# ") for name in files]
    assert lines == [(name[:4], title, name) for name, title in zip(files, titles)]


def test_no_attribute_hides_a_method_of_its_class():
    from twofront.sources.speech.speakers import Speakers

    methods, attributes = {}, {}
    for one in Speakers.__mro__[:-1]:
        body = ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]
        for node in ast.walk(body):
            if isinstance(node, ast.FunctionDef):
                methods[node.name] = one.__name__
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                attributes[node.attr] = one.__name__
    hidden = methods.keys() & attributes.keys()
    assert not hidden, {name: (methods[name], attributes[name]) for name in hidden}
