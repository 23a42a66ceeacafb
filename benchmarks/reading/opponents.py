"""Who reads beside Twofront, how each is installed, and how it is spoken to.

Every opponent lives in an environment of its own, made from `requirements/NAME.txt`; a reader in
this folder speaks for it (see `adapter.py`). What cannot be installed or started is reported with
its reason.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PATIENCE = 600  # seconds for one text before a reader is given up
OWN = "twofront"  # the tool the others are compared with

Mentions = list[dict[str, Any]]


class Missing(Exception):
    """A tool that cannot take part, and why."""


@dataclass(frozen=True)
class Tool:
    """One way of reading: a reader, one of its variants, and what it reads."""

    name: str
    title: str
    reader: str
    types: tuple[str, ...]
    languages: tuple[str, ...]
    variant: str = ""
    home: str | None = None  # its environment; None: this one
    merges: str | None = None  # the tool whose neighbouring dates it joins to intervals


_EN, _RU, _BOTH = ("en",), ("ru",), ("en", "ru")
_DATE, _QUANTITY = ("DATE",), ("QUANTITY",)

TOOLS = (
    Tool(OWN, "Twofront", "read_twofront.py", ("DATE", "QUANTITY", "QUOTE"), _BOTH),
    Tool("heideltime-merged", "HeidelTime 2.2.1, narrative, neighbours joined",
         "read_heideltime.py", _DATE, _BOTH, "narrative", "heideltime", "heideltime"),
    Tool("heideltime", "HeidelTime 2.2.1, narrative",
         "read_heideltime.py", _DATE, _BOTH, "narrative", "heideltime"),
    Tool("heideltime-news-merged", "HeidelTime 2.2.1, news, neighbours joined",
         "read_heideltime.py", _DATE, _BOTH, "news", "heideltime", "heideltime-news"),
    Tool("heideltime-news", "HeidelTime 2.2.1, news",
         "read_heideltime.py", _DATE, _BOTH, "news", "heideltime"),
    Tool("recognizers", "Recognizers-Text 1.0.2a2, dates",
         "read_recognizers.py", _DATE, _EN, "date", "recognizers"),
    Tool("natasha", "natasha 1.6 DatesExtractor", "read_natasha.py", _DATE, _RU, "", "natasha"),
    Tool("duckling", "Duckling (pyduckling-native-phihos 0.3), times",
         "read_duckling.py", _DATE, _BOTH, "time", "duckling"),
    Tool("dateparser-year", "dateparser 1.5 search_dates, year required",
         "read_dateparser.py", _DATE, _BOTH, "year", "dateparser"),
    Tool("dateparser", "dateparser 1.5 search_dates",
         "read_dateparser.py", _DATE, _BOTH, "any", "dateparser"),
    Tool("recognizers-number", "Recognizers-Text 1.0.2a2, numbers",
         "read_recognizers.py", _QUANTITY, _EN, "number", "recognizers"),
    Tool("quantulum3", "quantulum3 0.10", "read_quantulum3.py", _QUANTITY, _EN, "", "quantulum3"),
    Tool("duckling-number", "Duckling (pyduckling-native-phihos 0.3), numbers",
         "read_duckling.py", _QUANTITY, _BOTH, "number", "duckling"),
    Tool("number-parser", "number-parser 0.3.2",
         "read_number_parser.py", _QUANTITY, _BOTH, "", "number-parser"),
    Tool("digits", r"floor: \d+", "read_marks.py", _QUANTITY, _BOTH, "digits"),
    Tool("marks", "floor: what stands between marks, nearest capitalised word",
         "read_marks.py", ("QUOTE",), _BOTH, "marks"),
)  # fmt: skip

NOT_RUN = {
    "quotations": "no tool was found that can be installed without a trained model from elsewhere:"
    " textacy wants a parsed spaCy text, others a model hub",
    "spaCy, Stanza, CoreNLP (SUTime)": "their makers do not publish models on the package index",
    "chrono, compromise": "JavaScript; only tools for Python and Java are called",
}


# ---- environments


def _python(home: Path) -> Path:
    return home / ("Scripts" if os.name == "nt" else "bin") / "python"


def _stamp(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()


def set_up(folder: Path, say: Any) -> None:
    """Makes the environments that are not there yet. A failure is written down beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for requirements in sorted((HERE / "requirements").glob("*.txt")):
        home, stamp = folder / requirements.stem, _stamp(requirements)
        installed, failed = home / ".installed", folder / f"{requirements.stem}.failed"
        if installed.exists() and installed.read_text() == stamp:
            continue
        say(f"installing {requirements.stem}")
        failed.unlink(missing_ok=True)
        venv.create(home, clear=True, with_pip=True)
        pip = [str(_python(home)), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
        done = subprocess.run(
            [*pip, "-r", str(requirements)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            errors = [x for x in done.stderr.splitlines() if x.startswith("ERROR")]
            failed.write_text(" ".join(errors[:1]) or "pip failed")
            shutil.rmtree(home, ignore_errors=True)
        else:
            installed.write_text(stamp)


def interpreter(tool: Tool, folder: Path) -> Path:
    """The Python of a tool's environment. Raises `Missing`."""
    if tool.home is None:
        return Path(sys.executable)
    failed = folder / f"{tool.home}.failed"
    if failed.exists():
        raise Missing(f"could not be installed: {failed.read_text().strip()}")
    if not _python(folder / tool.home).exists():
        raise Missing("not installed (--setup DIR installs the opponents)")
    if tool.home == "heideltime" and not shutil.which("java"):
        raise Missing("needs Java")
    return _python(folder / tool.home)


# ---- conversation


class Reader:
    """A reader in a process of its own, on one core."""

    def __init__(self, tool: Tool, folder: Path) -> None:
        env = dict(os.environ, PYTHONIOENCODING="utf-8")
        for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
            env[name] = "1"
        if tool.name == OWN:
            known = [os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else []
            env["PYTHONPATH"] = os.pathsep.join([*known, str(ROOT / "src")])
        self.process = subprocess.Popen(
            [str(interpreter(tool, folder)), str(HERE / tool.reader)], env=env, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            preexec_fn=_one_core if hasattr(os, "sched_setaffinity") else None,
        )  # fmt: skip
        self.version = self._answer()["version"]

    def ask(self, text: str, language: str, date: str, variant: str) -> dict[str, Any]:
        """Mentions and seconds, or an error. Raises `Missing` when the reader has ended."""
        asked = {"text": text, "language": language, "date": date, "variant": variant}
        try:
            self.process.stdin.write(json.dumps(asked) + "\n")  # type: ignore[union-attr]
            self.process.stdin.flush()  # type: ignore[union-attr]
        except OSError:
            raise Missing("its reader ended") from None
        return self._answer()

    def close(self) -> None:
        """Ends the process."""
        self.process.stdin.close()  # type: ignore[union-attr]
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _answer(self) -> dict[str, Any]:
        clock = threading.Timer(PATIENCE, self.process.kill)
        clock.start()
        line = self.process.stdout.readline()  # type: ignore[union-attr]
        clock.cancel()
        if not line:
            raise Missing("its reader does not start, or ended")
        return json.loads(line)


def _one_core() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


# ---- intervals out of neighbours

_BETWEEN = re.compile(r"\s*(?:-|–|—|to|until|till|through|по|до)\s*")
_AND = {"and": "between", "и": "между"}


def join_neighbours(text: str, mentions: Mentions) -> Mentions:
    """Dates that are the two ends of an interval become one: HeidelTime has no intervals."""
    joined: Mentions = []
    for mention in sorted(mentions, key=lambda m: (m["start"], m["end"])):
        before = joined[-1] if joined else None
        if before and _are_ends(text, before, mention):
            first, last = before["value"], mention["value"]
            joined[-1] = before | {"end": mention["end"], "value": f"{first}/{last}"}
        else:
            joined.append(mention)
    return joined


def _are_ends(text: str, first: dict[str, Any], last: dict[str, Any]) -> bool:
    low, high = first["value"], last["value"]
    if not low or not high or "/" in low + high or low[:4] > high[:4]:
        return False
    gap = text[first["end"] : last["start"]].lower()
    opener = text[max(0, first["start"] - 12) : first["start"]].lower().split()
    joins = gap.strip() in _AND and opener and opener[-1] == _AND[gap.strip()]
    return bool(joins or _BETWEEN.fullmatch(gap))
