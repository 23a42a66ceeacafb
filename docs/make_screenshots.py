"""Makes docs/screenshots/: the live page and the report, at the desk and on a phone.

    python docs/make_screenshots.py [--worlds N] [--report FILE]

Starts the live page on the flagship, clicks through it in Debian's Chromium, and keeps small
pictures in 128 colours. A report is shown when there is one (`make demo` writes out/report.html).
"""

from __future__ import annotations

import argparse
import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
DESK, PHONE = (1280, 860), (390, 844)
PATIENCE = 300_000  # ms; the first run on a machine compiles the engine


@contextlib.contextmanager
def explorer(worlds: int) -> Iterator[str]:
    """The address of a live page of our own, as long as it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "from twofront.cli import main; main()"
    arguments = ["explore", "--port", str(port), "--no-browser", "--worlds", str(worlds)]
    process = subprocess.Popen([sys.executable, "-c", program, *arguments])
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def opened(browser: Any, address: str, size: tuple[int, int], **how: Any) -> Any:
    """A page with its map and fan drawn."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, **how)
    page.goto(address)
    page.locator("#tf-map-wait[hidden]").wait_for(state="attached", timeout=PATIENCE)
    page.locator("#tf-fan svg").wait_for(timeout=PATIENCE)
    return page


def ask(page: Any) -> None:
    """Asks the question that the page begins with."""
    page.get_by_role("button", name="Ask the worlds").click()
    page.locator(".card .sentence").wait_for(timeout=PATIENCE)


def part(page: Any) -> None:
    """Finds worlds that part and reads the first pair."""
    page.get_by_role("button", name="Find worlds that part").click()
    page.locator(".told-pair .columns").wait_for(timeout=PATIENCE)
    page.locator("#tf-worlds").scroll_into_view_if_needed()


def sit(page: Any) -> None:
    """Takes Japan's chair."""
    page.get_by_label("whose chair").select_option("japan")
    page.get_by_role("button", name="Sit down").click()
    page.locator(".option").first.wait_for(timeout=PATIENCE)


def keep(page: Any, name: str, selector: str = "") -> None:
    """One picture, in few colours."""
    from PIL import Image

    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.png"
    page.wait_for_timeout(300)
    (page.locator(selector) if selector else page).screenshot(path=str(path))
    # Rare colours, those of the powers, are kept.
    coverage = Image.Quantize.MAXCOVERAGE
    image = Image.open(path).convert("RGB").quantize(128, coverage, dither=Image.Dither.NONE)
    image.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")


def main() -> None:
    """Draws all pictures."""
    from playwright.sync_api import sync_playwright

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--worlds", type=int, default=500)
    asked.add_argument("--report", type=Path, default=ROOT / "out" / "report.html")
    given = asked.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    from chromium import CHROMIUM, FLAGS

    shots: list[tuple[str, tuple[int, int], Callable[[Any], None], str, dict[str, Any]]] = [
        ("explorer-desk", DESK, ask, "", {}),
        ("explorer-dark", DESK, lambda page: None, "", {"color_scheme": "dark"}),
        ("explorer-phone", PHONE, lambda page: None, "", {}),
        ("explorer-phone-ask", PHONE, ask, "#tf-ask", {}),
        ("explorer-worlds", DESK, part, "#tf-worlds", {}),
        ("explorer-chair", DESK, sit, "#tf-chair", {}),
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with explorer(given.worlds) as address:
            for name, size, prepare, selector, how in shots:
                page = opened(browser, address, size, **how)
                prepare(page)
                keep(page, name, selector)
                page.close()
        if given.report.is_file():
            for name, (width, height) in (("report-desk", DESK), ("report-phone", PHONE)):
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(given.report.resolve().as_uri())
                keep(page, name)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
