"""What tests in a real browser share: Playwright, Debian's Chromium, and why they skip."""

from __future__ import annotations

import importlib.util
import shutil

import pytest

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
needs_nicegui = pytest.mark.skipif(
    importlib.util.find_spec("nicegui") is None, reason="NiceGUI is not installed"
)
