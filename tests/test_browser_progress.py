"""What a reader's browser keeps of their progress, in a real Chromium."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lessons.course.catalog import get_catalog
from tests.browser import DESKTOP, PHONE, check_look, moved, watch_for_moves
from tests.conftest import ROOT

FIRST, SECOND = "n_plus_one/forward_foreign_key", "n_plus_one/several_foreign_keys"
KEY = "queryshelf-progress"
DAY = "2026-05-03T10:00:00.000Z"
GUESS = {"guess": "100", "truth": "101 queries", "right": False, "time": DAY}
KEPT = {
    "version": 1,
    "lessons": {FIRST: {"read": DAY, "predicted": GUESS, "done": DAY}, SECOND: {"read": DAY}},
    "last": {"url": f"/lessons/{SECOND}/naive/?books=10", "title": "Several"},
    "places": {},
}

pytestmark = pytest.mark.skipif(
    not (ROOT / "static/build/progress.js").exists(),
    reason="the scripts are not built: make static/build/progress.js",
)


def kept(page):
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))


def keep(page, text):
    """The text is kept, or KEPT with what else it has."""
    text = text if isinstance(text, str) else json.dumps({**KEPT, **text})
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])


def see_end(page):
    page.locator("section.done").scroll_into_view_if_needed()


def wait_until_last(page, url):
    """Wait until this is where they were. htmx sets the address of a page before it has all of it."""
    for _ in range(100):
        if (last := kept(page)["last"]["url"]) == url:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"The last page is {last}, not {url}")


def wait_until_kept(page, path, what):
    """Wait until this is kept of the lesson at a path. Return it."""
    for _ in range(100):
        if found := kept(page)["lessons"].get(path, {}).get(what):
            return found
        page.wait_for_timeout(50)
    return pytest.fail(f"{what} of {path} is not kept")


def mark_done(page, path):
    page.get_by_role("button", name="Mark as done").click()
    wait_until_kept(page, path, "done")


def imported(page, name, text):
    """Import a file of this text; returns what the page says of it."""
    told = page.locator("[data-told]")
    page.evaluate("document.querySelector('[data-told]').textContent = ''")
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "application/json", "buffer": text.encode()}
    )
    expect(told).not_to_be_empty()
    return told.inner_text()


@pytest.fixture
def progress(site, page):
    """The page of one's progress, with KEPT."""
    page.goto(f"{site}/status/")
    keep(page, {})
    page.goto(f"{site}/progress/")
    expect(page.locator(".kept")).to_be_visible()
    return page


def test_guess_run_and_done_are_kept_and_shown(site, page):
    page.goto(f"{site}/lessons/{FIRST}/")
    page.fill("#guess", "1,000")
    page.press("#guess", "Enter")
    expect(page.locator(".score")).to_be_visible()
    guess = wait_until_kept(page, FIRST, "predicted")
    assert (guess["guess"], guess["truth"], guess["right"]) == ("1,000", "101 queries", False)
    page.goto(f"{site}/lessons/n_plus_one/")
    mark = page.locator(f".mark[data-lesson='{FIRST}']")
    expect(mark).to_have_text("guessed")

    page.goto(f"{site}/lessons/{FIRST}/naive/?books=10")
    assert "read" not in kept(page)["lessons"][FIRST]
    see_end(page)
    wait_until_kept(page, FIRST, "read")
    button = page.get_by_role("button", name="Mark as done")
    expect(button).to_have_attribute("aria-pressed", "false")
    mark_done(page, FIRST)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("section.done [role=status]")).to_have_text("Done. Kept in this browser alone.")
    page.click(".breadcrumbs summary")
    expect(page.locator(f".breadcrumbs .mark[data-lesson='{FIRST}']")).to_have_text("✓ done")

    page.goto(site)
    assert page.inner_text(".resume p >> nth=0").startswith(f"1 of {len(get_catalog().lessons)} lessons done.")
    expect(page.locator("#n_plus_one summary")).to_have_text("14 lessons, 1 done")
    expect(page.locator("#transactions summary")).not_to_contain_text("done")
    page.goto(f"{site}/lessons/n_plus_one/")
    expect(mark).to_have_text("✓ done")

    page.goto(f"{site}/lessons/{FIRST}/naive/?books=10")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert set(kept(page)["lessons"][FIRST]) == {"predicted", "read"}
    assert page.context.cookies() == []


def test_guess_of_a_race_is_kept(site, page):
    path = "transactions/wallet_transfer"
    page.goto(f"{site}/lessons/{path}/?guess=kept")
    page.wait_for_selector(".score[data-truth]")
    answer = page.inner_text(".score")
    guess = wait_until_kept(page, path, "predicted")
    assert (guess["guess"], guess["right"]) == ("kept", guess["truth"] == "kept")
    assert guess["truth"] in answer


def test_first_guess_counts(site, page):
    for guess in ("7", "101"):
        page.goto(f"{site}/lessons/{FIRST}/?guess={guess}")
        page.wait_for_selector(".score")
        assert wait_until_kept(page, FIRST, "predicted")["guess"] == "7"


def test_continue_where_you_left(site, page):
    page.goto(site)
    expect(page.locator(".resume")).to_be_hidden()
    page.goto(f"{site}/lessons/{FIRST}/naive/?books=10")
    page.click("#show-optimized")
    wait_until_last(page, f"/lessons/{FIRST}/optimized/?books=10")
    page.goto(site)
    page.get_by_role("link", name="Continue where you left: N+1 on a foreign key").click()
    page.wait_for_url(f"**/{FIRST}/optimized/?books=10")


def test_page_of_progress_says_what_is_kept(progress):
    totals = {each: progress.inner_text(f"[data-total={each}]") for each in ("done", "predicted", "right", "read")}
    assert totals == {"done": "1", "predicted": "1", "right": "0", "read": "2"}
    expect(progress.locator(f"[data-kept-of='{FIRST}']")).to_have_text(
        "You guessed 100. The answer was 101 queries. Guessed, read and done on 3 May 2026."
    )
    expect(progress.locator(f"[data-kept-of='{SECOND}']")).to_have_text("Read on 3 May 2026.")
    assert "Nobody else sees it" in progress.inner_text(".lede")


def test_export_forget_import_round_trip(progress, tmp_path):
    with progress.expect_download() as download:
        progress.click(".controls [data-export] >> nth=0")
    assert download.value.suggested_filename == "queryshelf-progress.json"
    path = tmp_path / "taken-home.json"
    download.value.save_as(path)
    assert json.loads(path.read_text()) == KEPT

    progress.get_by_role("button", name="Forget everything …").click()
    progress.get_by_role("dialog").get_by_role("button", name="Forget everything").click()
    expect(progress.locator("[data-told]")).to_have_text("Everything is forgotten.")
    assert progress.evaluate(f"localStorage.getItem('{KEY}')") is None
    expect(progress.locator("[data-total=done]")).to_have_text("0")

    progress.set_input_files("input[type=file]", path)
    expect(progress.locator("[data-told]")).to_have_text("Taken from the file: 2 lessons.")
    assert kept(progress) == KEPT
    expect(progress.locator("[data-total=done]")).to_have_text("1")


def test_forgetting_asks_first(progress):
    progress.get_by_role("button", name="Forget everything …").click()
    dialog = progress.get_by_role("dialog", name="Forget everything?")
    with progress.expect_download() as download:
        dialog.get_by_role("button", name="Export to a file").click()
    assert json.loads(Path(download.value.path()).read_text()) == KEPT
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_be_hidden()
    progress.get_by_role("button", name="Forget everything …").click()
    progress.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert kept(progress) == KEPT


def test_import_adds_and_names_what_it_does_not_take(progress):
    earlier, later = "2026-01-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z"
    third = "n_plus_one/nested_path"
    lessons = {
        FIRST: {"done": later, "read": earlier, "predicted": {**GUESS, "guess": "5", "time": later}},
        third: {"done": later, "strange": [1]},
        "no_track/of_ours": {"done": later},
        "fetch_less/iterator": {"done": "some day", "predicted": {"guess": 1}},
        "<b>": {"done": later},
    }
    file = {"version": 1, "lessons": lessons, "last": {"url": "//elsewhere.example/", "title": "Elsewhere"}}
    said = imported(progress, "other.json", json.dumps(file))
    assert said == (
        "Taken from the file: 2 lessons. Not taken, for this course does not have them: no_track/of_ours."
        " Not taken, for they cannot be read: fetch_less/iterator, <b>."
    )
    assert kept(progress) == {
        **KEPT,
        "lessons": {
            FIRST: {"read": earlier, "predicted": GUESS, "done": DAY},
            SECOND: {"read": DAY},
            third: {"done": later},
        },
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is not JSON"),
        ("{", "it is not JSON"),
        ("null", "it has no version or no lessons"),
        ("[1]", "it has no version or no lessons"),
        ('{"version": 1, "lessons": 7}', "it has no version or no lessons"),
        ('{"version": 2, "lessons": {}}', "is of version 2; this site reads version 1"),
        ('"' + "x" * 5_000_001 + '"', "is too large"),
    ],
    ids=["empty", "broken", "null", "list", "number", "version", "large"],
)
def test_bad_file_is_refused_and_loses_nothing(progress, text, why):
    said = imported(progress, "bad.json", text)
    assert "“bad.json”" in said and why in said and said.endswith("Nothing has changed.")
    assert kept(progress) == KEPT


def test_file_of_nothing(progress):
    assert imported(progress, "none.json", '{"version": 1, "lessons": {}}') == "The file has no lesson to take."
    assert kept(progress) == KEPT


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:1"]
)
def test_place_elsewhere_is_not_kept(site, page, address):
    page.goto(f"{site}/status/")
    keep(page, {"last": {"url": address, "title": "Elsewhere"}})
    page.goto(site)
    expect(page.locator(".resume")).to_be_visible()
    expect(page.locator("[data-resume]")).to_be_hidden()


REFUSED = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


@pytest.mark.parametrize(("script", "says"), [(REFUSED, "its storage is off"), (FULL, "its storage is full")])
def test_browser_that_keeps_nothing(site, page_with, script, says):
    page = page_with(viewport=DESKTOP)
    page.add_init_script(script)
    page.goto(site)
    expect(page.locator(".resume")).to_be_hidden()
    page.goto(f"{site}/lessons/{FIRST}/naive/?books=10")
    button = page.get_by_role("button", name="Mark as done")
    button.click()
    expect(page.locator("section.done [role=status]")).to_contain_text(says)
    expect(button).to_have_attribute("aria-pressed", "false")
    page.click("#show-optimized")
    page.wait_for_url("**/optimized/?books=10")
    page.goto(f"{site}/progress/")
    if script == REFUSED:
        expect(page.locator("[data-trouble]")).to_contain_text(says)
    said = imported(page, "mine.json", json.dumps(KEPT))
    assert says in said and said.endswith("Nothing has changed.")
    page.get_by_role("button", name="Export to a file").first.click()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "cannot be read"),
        ("null", "cannot be read"),
        ('{"lessons": {}}', "cannot be read"),
        ('{"version": 2, "lessons": {"new": 1}}', "by a newer version of this site"),
    ],
)
def test_what_cannot_be_read_is_left_as_it_is(site, page, text, says):
    page.goto(f"{site}/lessons/{FIRST}/naive/?books=10")
    keep(page, text)
    page.reload()
    page.get_by_role("button", name="Mark as done").click()
    expect(page.locator("section.done [role=status]")).to_contain_text(says)
    assert page.evaluate(f"localStorage.getItem('{KEY}')") == text
    page.goto(site)
    expect(page.locator(".resume")).to_be_hidden()
    page.goto(f"{site}/progress/")
    expect(page.locator("[data-trouble]")).to_contain_text(says)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export to a file").first.click()
    assert Path(download.value.path()).read_text() == text
    page.get_by_role("button", name="Forget everything …").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget everything").click()
    expect(page.locator("[data-trouble]")).to_be_hidden()
    page.goto(f"{site}/lessons/{FIRST}/naive/?books=10")
    mark_done(page, FIRST)


def test_parts_that_cannot_be_read_lose_no_others(site, page):
    page.goto(f"{site}/status/")
    keep(
        page,
        {
            "lessons": {FIRST: {"done": DAY, "read": 7}, SECOND: 7, "gone/lesson": {"done": DAY}},
            "set": {"lessons": 7},
        },
    )
    page.goto(f"{site}/progress/")
    expect(page.locator("[data-total=done]")).to_have_text("1")
    expect(page.locator("[data-gone]")).to_contain_text("gone/lesson")
    page.goto(f"{site}/lessons/{SECOND}/naive/?books=10")
    mark_done(page, SECOND)
    assert kept(page)["lessons"][FIRST] == {"done": DAY}
    assert kept(page)["lessons"]["gone/lesson"] == {"done": DAY}


def test_two_tabs_lose_nothing_of_each_other(site, page, window):
    page.goto(f"{site}/lessons/{FIRST}/naive/?books=10")
    other = window.new_page()
    other.goto(f"{site}/lessons/{SECOND}/naive/?books=10")
    home = window.new_page()
    home.goto(site)
    mark_done(page, FIRST)
    mark_done(other, SECOND)
    wait_until_kept(page, SECOND, "done")  # the tabs may be processes, which learn of each other's writing
    assert {path for path, lesson in kept(page)["lessons"].items() if "done" in lesson} == {FIRST, SECOND}
    expect(home.locator("#n_plus_one summary")).to_have_text("14 lessons, 2 done")
    other.close()
    home.close()


def test_lesson_that_was_moved_keeps_its_progress(site, page):
    lesson = next(lesson for lesson in get_catalog().lessons if lesson.was)
    old = lesson.was[0]
    page.goto(f"{site}/status/")
    keep(page, {"lessons": {old: {"done": DAY}, lesson.path: {"read": DAY}}})
    page.goto(site)
    expect(page.locator(f"#{lesson.track} summary")).to_contain_text("1 done")
    assert kept(page)["lessons"] == {lesson.path: {"read": DAY, "done": DAY}}
    keep(page, {"lessons": {old: {"done": DAY}}})
    page.goto(f"{site}/lessons/{old}/naive/")
    expect(page.get_by_role("button", name="Mark as done")).to_have_attribute("aria-pressed", "true")


def test_without_javascript_the_page_says_that_it_needs_it(site, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(f"{site}/progress/")
    expect(page.get_by_text("This page needs JavaScript")).to_be_visible()
    expect(page.locator("button:visible, input[type=file]:visible")).to_have_count(0)
    page.goto(f"{site}/lessons/{FIRST}/naive/?books=10")
    expect(page.get_by_role("button", name="Mark as done")).to_be_hidden()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    "path", ["/", "/lessons/n_plus_one/", f"/lessons/{FIRST}/", f"/lessons/{FIRST}/naive/?books=10", "/progress/"]
)
def test_nothing_moves_when_it_is_shown(site, page_with, size, path):
    page = page_with(viewport=size)
    page.goto(f"{site}/status/")
    lessons = [{"path": FIRST, "title": "A lesson", "url": f"/lessons/{FIRST}/"}]
    keep(page, {"set": {"title": "A set", "url": "/set/", "lessons": lessons}})
    watch_for_moves(page, f"{site}{path}")
    assert page.locator(".mark:not(:empty)").count() > 0
    assert moved(page) == []


@pytest.mark.parametrize("path", ["/", "/lessons/n_plus_one/", f"/lessons/{FIRST}/naive/?books=10"])
def test_marks_fit_and_are_accessible(site, page, path):
    page.goto(f"{site}/status/")
    keep(page, {})
    page.goto(f"{site}{path}")
    page.evaluate(
        "document.querySelectorAll('main details, .breadcrumbs details').forEach(each => each.open = true)"
    )
    check_look(page)


def test_page_of_progress_fits_and_is_accessible(progress):
    check_look(progress)
    progress.get_by_role("button", name="Forget everything …").click()
    check_look(progress)
