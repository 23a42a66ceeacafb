"""What tests in a real browser share: Playwright, Debian's Chromium, and why they skip."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import pytest

AXE = "axe_playwright_python"
"""The package that carries axe-core's script; only the script is used."""
api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
needs_axe = pytest.mark.skipif(
    importlib.util.find_spec(AXE) is None, reason="axe-playwright-python is not installed"
)
needs_nicegui = pytest.mark.skipif(
    importlib.util.find_spec("nicegui") is None, reason="NiceGUI is not installed"
)


def axe_violations(page: Any, rules: Sequence[str] = ()) -> list[str]:
    """What axe-core finds wrong with a page, one line for each rule: all rules, or those named."""
    page.evaluate((files(AXE) / "axe.min.js").read_text(encoding="utf-8"))
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    found = page.evaluate("options => axe.run(options)", options)
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found["violations"]]
