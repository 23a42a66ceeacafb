"""The page in a real browser with the network cut: nothing sticks out, nothing complains."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import report_fixture as fixture
from chromium import axe_violations, needs_axe, needs_chromium
from twofront.report import write_report

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("report")
    return write_report(folder / "report.html", **fixture.study()).as_uri()


def opened(
    browser: Any, address: str, width: int, height: int, **more: Any
) -> tuple[Any, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **more)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda r: said.append(r.url) if r.url.startswith("http") else None)
    page.goto(address)
    return page, said


@pytest.mark.parametrize(("width", "height"), [(390, 844), (768, 1024), (1280, 800)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_sideways_scroll_no_complaint_no_request(
    browser: Any, address: str, width: int, height: int, scheme: str
) -> None:
    page, said = opened(browser, address, width, height, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    page.context.close()


def test_the_first_two_verdicts_are_above_the_fold(browser: Any, address: str) -> None:
    page, _ = opened(browser, address, 1280, 800)
    row = page.locator("table.glance tbody tr").nth(2).bounding_box()
    assert row["y"] + row["height"] <= 800
    page.context.close()


def test_one_map_shows_at_a_time_and_tabs_change_it(browser: Any, address: str) -> None:
    page, said = opened(browser, address, 1280, 800)
    shown = page.locator(".frame:visible")
    assert shown.count() == 1
    page.locator(".tabs button").first.click()
    assert shown.first.get_attribute("id") == "map-1701-01-03"
    assert page.locator(".tabs button").first.get_attribute("aria-pressed") == "true"
    assert said == []
    page.context.close()


def test_without_scripts_every_map_is_there(browser: Any, address: str) -> None:
    page, _ = opened(browser, address, 1280, 800, java_script_enabled=False)
    assert page.locator(".frame:visible").count() == page.locator(".frame").count() > 2
    assert page.locator("button:visible").count() == 0
    page.context.close()


def test_a_chart_leaves_as_svg_in_light_colours(browser: Any, address: str, tmp_path: Path) -> None:
    page, _ = opened(browser, address, 1280, 800, accept_downloads=True, java_script_enabled=False)
    with page.expect_download() as download:
        page.locator("#record a[download$=svg]").first.click()
    download.value.save_as(tmp_path / "chart.svg")
    text = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert text.startswith("<svg")
    assert "var(--" not in text
    page.context.close()


def test_a_table_leaves_as_csv_without_a_script(browser: Any, address: str, tmp_path: Path) -> None:
    page, _ = opened(browser, address, 1280, 800, accept_downloads=True, java_script_enabled=False)
    with page.expect_download() as download:
        page.locator("#inputs a[download]").click()
    download.value.save_as(tmp_path / "inputs.csv")
    assert (tmp_path / "inputs.csv").read_text().startswith("input,title,value")
    page.context.close()


@needs_axe
@pytest.mark.parametrize(
    ("width", "scheme", "rules"),
    [
        (1280, "light", ()),
        (1280, "dark", ("color-contrast",)),
        (390, "light", ("color-contrast", "target-size", "scrollable-region-focusable")),
    ],
)
def test_axe_finds_no_violation_with_everything_open(
    browser: Any, address: str, width: int, scheme: str, rules: tuple[str, ...]
) -> None:
    # Colours and sizes alone differ from screen to screen; everything else is asked once.
    # The page's own policy forbids foreign scripts, so it is set aside for this one.
    page, _ = opened(browser, address, width, 844, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.evaluate("document.querySelectorAll('.frame').forEach(f => { f.hidden = false })")
    assert axe_violations(page, rules) == []
    page.context.close()


def test_the_keyboard_alone_reaches_verdicts_evidence_and_maps(browser: Any, address: str) -> None:
    page, _ = opened(browser, address, 1280, 800)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#verdicts"
    fold = page.locator("#battle summary")
    fold.focus()
    page.keyboard.press("Enter")
    assert page.locator("#battle details").get_attribute("open") is not None
    tab = page.locator(".tabs button").first
    tab.focus()
    page.keyboard.press("Space")
    assert tab.get_attribute("aria-pressed") == "true"
    page.context.close()


def test_on_paper_nothing_is_stranded_and_evidence_is_open(
    browser: Any, address: str, tmp_path: Path
) -> None:
    page, _ = opened(browser, address, 1280, 800, java_script_enabled=False)
    page.pdf(path=str(tmp_path / "report.pdf"), prefer_css_page_size=True, print_background=True)
    headings = page.locator("h2, h3, h4").all_inner_texts()
    page.context.close()
    sheets = [sheet.extract_text() for sheet in PdfReader(tmp_path / "report.pdf").pages]
    assert len(sheets) <= 9  # six cards and all chapters
    whole = " ".join(" ".join(sheets).split())
    assert whole.count("The exact question") == 6
    for sheet in sheets:
        last = sheet.strip().splitlines()[-1].strip()
        assert last not in {heading.strip() for heading in headings}
