"""The curve's charts in a real Chromium."""

import re
import sys

import pytest
from playwright.sync_api import expect

from lessons.conftest import Course
from lessons.tests import paged_lesson
from tests.conftest import ROOT, free_port, gunicorn, serve
from tests.test_leaving import WITH_COURSE

CURVE = "/lessons/n_plus_one/forward_foreign_key/curve/"

pytestmark = pytest.mark.skipif(
    not (ROOT / "static/build/curve.js").exists(), reason="the charts are not built: make static/build/curve.js"
)

# What is painted in a colour of the site: how many pixels of each chart, and on how wide a part of it.
PAINTED = """token => [...document.querySelectorAll("log-chart")].map((chart) => {
  const canvas = chart.querySelector("canvas");
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${token})`;
  const wanted = getComputedStyle(probe).color.match(/[0-9]+/g).map(Number);
  probe.remove();
  const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const columns = new Set();
  for (let i = 0; i < data.length; i += 4)
    if (wanted.every((part, j) => Math.abs(part - data[i + j]) < 3) && data[i + 3] > 250) columns.add((i / 4) % width);
  return columns.size / width;
})"""


def see_charts(page):
    """Scroll to them and wait until they are drawn."""
    for chart in page.locator("log-chart").all():
        chart.scroll_into_view_if_needed()
    expect(page.locator("log-chart canvas")).to_have_count(2)


@pytest.fixture
def charts(site, page):
    page.goto(site + CURVE)
    see_charts(page)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_both_lines_are_drawn_across_both_charts(site, page_with, width, scheme):
    page = page_with(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(site + CURVE)
    see_charts(page)
    for token in ("--naive", "--optimized"):
        assert all(share > 0.5 for share in page.evaluate(PAINTED, token)), token


def test_colours_follow_the_scheme(charts):
    charts.emulate_media(color_scheme="dark")
    charts.wait_for_timeout(100)
    assert all(share > 0.5 for share in charts.evaluate(PAINTED, "--naive"))


def test_charts_are_drawn_once_they_come_into_view(site, page_with):
    page = page_with(viewport={"width": 375, "height": 120})
    page.goto(site + CURVE)
    page.wait_for_function("customElements.get('log-chart') !== undefined")
    assert page.locator("log-chart canvas").count() == 0
    see_charts(page)


def test_chart_follows_the_width(charts):
    charts.set_viewport_size({"width": 375, "height": 800})
    expect(charts.locator("log-chart canvas").first).to_be_visible()
    charts.wait_for_timeout(100)
    widths = charts.evaluate("[...document.querySelectorAll('log-chart canvas')].map((c) => c.clientWidth)")
    assert all(200 < width < 375 for width in widths)
    assert charts.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pointer_reads_the_values_of_a_shelf_in_both(charts):
    readings = charts.locator("log-chart p")
    expect(readings.first).to_have_text("Naive 1,001Optimized 1 at 1,000 books")
    area = charts.locator("log-chart .u-over").first
    area.hover(position={"x": 5, "y": 20})
    expect(readings.first).to_have_text("Naive 11Optimized 1 at 10 books")
    expect(readings.last).to_have_text(re.compile(r"^Naive [\d.]+Optimized [\d.]+ at 10 books$"))
    charts.hover("h1")
    expect(readings.first).to_have_text("Naive 1,001Optimized 1 at 1,000 books")


def test_tap_reads_the_values_of_a_shelf(site, page_with):
    page = page_with(viewport={"width": 375, "height": 800}, has_touch=True)
    page.goto(site + CURVE)
    see_charts(page)
    # What it reads at once: in a Chromium without a window a mouse, which no phone has, goes on from there.
    page.locator("log-chart p").first.evaluate(
        "read => { window.told = []; new MutationObserver(() => told.push(read.textContent)).observe(read, {childList: true}) }"
    )
    page.locator("log-chart .u-over").first.tap(position={"x": 5, "y": 20})
    page.wait_for_function("told.includes('Naive 11Optimized 1 at 10 books')")


def test_round_trip_redraws_without_measuring_again(charts):
    measured = charts.inner_text(".growth-table .naive tr:last-child td:last-child")
    when = re.search(r"\d\d:\d\d:\d\d", charts.inner_text(".measured"))[0]
    charts.evaluate("window.sameDocument = true")
    charts.click("#latency-2")
    charts.wait_for_url("**latency=2")
    expect(charts.locator("#lab figcaption").last).to_have_text("Time in ms, with 2 ms for every query (computed)")
    see_charts(charts)
    expect(charts.locator("log-chart p").last).to_have_text(re.compile(r"^Naive [2-9],\d\d\dOptimized"))
    assert charts.inner_text(".growth-table .naive tr:last-child td:nth-last-child(2)") == measured
    assert when in charts.inner_text(".measured")
    assert charts.evaluate("window.sameDocument")
    assert charts.evaluate("document.activeElement.id") == "latency-2"


def test_charts_come_and_go_with_the_lab(site, page):
    page.goto(site + CURVE.replace("curve", "compare"))
    page.click("#show-curve")
    see_charts(page)
    page.click("#show-naive")
    expect(page.locator("canvas")).to_have_count(0)
    page.click("#show-curve")
    see_charts(page)
    page.click("#measure")
    expect(page.locator(".measured")).to_contain_text("just now")
    see_charts(page)


def test_without_javascript_there_is_the_table(site, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(site + CURVE)
    expect(page.locator("noscript p")).to_have_text(
        "The chart needs JavaScript. The table has all of its numbers."
    )
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator(".charts")).to_be_hidden()
    page.click("#latency-3")
    assert "computed with 20 ms" in page.inner_text(".growth-table")
    page.click("#measure")
    assert "just now" in page.inner_text(".measured")


# A lesson whose curve is over pages, served by a site of its own.


@pytest.fixture(scope="module")
def paged(shelves_at_hand, static_files, tmp_path_factory):
    """The address of its curve."""
    folder, port = tmp_path_factory.mktemp("paged"), free_port()
    paged_lesson.write(Course(folder / "content"))
    command = [sys.executable, "-c", WITH_COURSE, str(folder / "log"), str(folder / "content")]
    for site in serve([*command, *gunicorn(port)[1:]], port):
        yield f"{site}/lessons/a_track/a_lesson/curve/"


@pytest.mark.parametrize("width", [375, 1280])
def test_curve_over_pages_is_read_by_page(paged, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(paged)
    see_charts(page)
    readings = page.locator("log-chart p")
    expect(readings.first).to_have_text("Naive 2Optimized 1 at page 100")
    page.locator("log-chart .u-over").first.hover(position={"x": 5, "y": 20})
    expect(readings.first).to_have_text("Naive 2Optimized 1 at page 1")
    expect(readings.last).to_have_text(re.compile(r"^Naive [\d.]+Optimized [\d.]+ at page 1$"))
    assert all(share > 0.5 for share in page.evaluate(PAINTED, "--optimized"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_another_shelf_has_a_curve_of_other_pages(paged, page):
    page.goto(paged)
    expect(page.locator("#books-1000")).to_have_attribute("aria-current", "page")
    page.click("#books-100")
    expect(page.locator("#books-100")).to_have_attribute("aria-current", "page")
    see_charts(page)
    expect(page.locator("log-chart p").first).to_have_text("Naive 2Optimized 1 at page 10")
    assert page.title().startswith("The curve by page: ")
    page.click("#show-naive")
    expect(page.locator("#show-naive")).to_have_attribute("aria-current", "page")
    page.click("#show-curve")
    expect(page.locator("#books-1000")).to_have_attribute("aria-current", "page")


def test_curve_over_pages_without_javascript(paged, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(paged)
    table = page.locator(".growth-table")
    assert table.locator("thead th").first.inner_text() == "page"
    assert table.locator(".naive [scope=row]").all_inner_texts() == ["1", "2", "5", "10", "20", "50", "100"]
