"""The reader's code for a challenge, and that it is solved: kept in their browser, taken out and brought back."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import check_look
from tests.challenges import LESSON, SOLVED, answer, editor, fake, go_to, open_desk, run
from tests.conftest import ROOT
from tests.test_browser_progress import DAY, KEPT, imported, keep, kept, wait_until_kept

pytestmark = pytest.mark.skipif(
    not (ROOT / "static/build/challenge.js").exists(),
    reason="the scripts are not built: make static/build/challenge.js",
)
MINE = "def run():\n    return ['mine']\n"
CODE = {"text": MINE, "stamp": "of an older code", "time": DAY}
LATER = "2026-11-01T00:00:00.000Z"


@pytest.fixture(autouse=True)
def left(site, page):
    """What is kept as the page is left must not be the next test's."""
    yield
    page.goto(f"{site}/status/")


@pytest.fixture
def challenge(page):
    fake(page)
    return page


def with_lesson(**parts):
    return {**KEPT, "lessons": {LESSON: parts}}


def test_code_is_kept_until_it_is_reset(site, challenge):
    field = open_desk(challenge, site)
    first = field.input_value()
    field.fill(MINE)
    assert wait_until_kept(challenge, LESSON, "code")["text"] == MINE
    assert open_desk(challenge, site).input_value() == MINE
    expect(challenge.get_by_text("has changed since")).to_have_count(0)
    challenge.get_by_role("button", name="Reset").click()
    assert field.input_value() == first
    challenge.get_by_role("button", name="Bring mine back").click()
    assert field.input_value() == MINE
    challenge.get_by_role("button", name="Reset").click()
    assert open_desk(challenge, site).input_value() == first
    assert "code" not in kept(challenge)["lessons"].get(LESSON, {})


def test_last_key_is_kept_when_the_page_is_left(site, challenge):
    open_desk(challenge, site).fill(MINE)
    assert open_desk(challenge, site).input_value() == MINE


@pytest.mark.parametrize("answered", ["Go on with mine", "Begin with the new code"])
def test_reader_is_asked_where_the_lesson_has_changed(site, challenge, answered):
    go_to(challenge, site)
    keep(challenge, with_lesson(code=CODE))
    assert open_desk(challenge, site).input_value() == MINE
    expect(challenge.get_by_role("group", name="The lesson has changed")).to_be_visible()
    expect(challenge.get_by_role("button", name="Go on with mine")).to_be_focused()
    check_look(challenge)
    challenge.get_by_role("button", name=answered).click()
    expect(editor(challenge)).to_be_focused()
    goes_on = answered == "Go on with mine"
    assert (editor(challenge).input_value() == MINE) is goes_on
    assert (open_desk(challenge, site).input_value() == MINE) is goes_on
    expect(challenge.get_by_text("has changed since")).to_have_count(0)


def test_unanswered_question_is_asked_again(site, challenge):
    go_to(challenge, site)
    keep(challenge, with_lesson(code=CODE))
    open_desk(challenge, site).fill(f"{MINE}# more")
    open_desk(challenge, site)
    expect(challenge.get_by_role("group", name="The lesson has changed")).to_be_visible()


def test_code_that_is_too_long_is_not_kept(site, challenge):
    open_desk(challenge, site).fill("#" * 20_001)
    expect(challenge.get_by_text("too long to be kept")).to_be_visible()
    assert "code" not in kept(challenge)["lessons"].get(LESSON, {})


def test_browser_that_keeps_nothing_says_so(site, challenge):
    challenge.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
    )
    open_desk(challenge, site).fill(MINE)
    expect(challenge.locator(".challenge")).to_contain_text("its storage is full")


def test_solved_is_kept_and_shown(site, challenge):
    open_desk(challenge, site)
    answer(challenge, judge={"verdict": SOLVED})
    run(challenge)
    solved = wait_until_kept(challenge, LESSON, "solved")
    expect(challenge.get_by_text("Kept in your progress")).to_be_visible()
    run(challenge)
    go_to(challenge, site)
    expect(challenge.locator("#challenge")).to_contain_text("You solved it on")
    assert kept(challenge)["lessons"][LESSON]["solved"] == solved  # the first time
    challenge.goto(f"{site}/lessons/n_plus_one/")
    expect(challenge.locator(f".mark[data-lesson='{LESSON}']")).to_have_text("solved")
    challenge.goto(site)
    expect(challenge.locator(".resume")).to_contain_text("Challenges solved: 1.")
    challenge.goto(f"{site}/progress/")
    expect(challenge.locator("[data-total=solved]")).to_have_text("1")
    expect(challenge.locator(f"[data-kept-of='{LESSON}']")).to_contain_text("olved on")


def test_done_and_solved_are_marked_both(site, page):
    page.goto(f"{site}/status/")
    keep(page, with_lesson(done=DAY, solved=DAY))
    page.goto(f"{site}/lessons/n_plus_one/")
    mark = page.locator(f".mark[data-lesson='{LESSON}']")
    expect(mark).to_have_text("✓ done, solved")
    page.goto(f"{site}/progress/")
    expect(page.locator(f"[data-kept-of='{LESSON}']")).to_have_text("Done and solved on 3 May 2026.")


def test_code_and_solved_are_exported_and_imported(site, page, tmp_path):
    page.goto(f"{site}/status/")
    mine = with_lesson(solved=DAY, code=CODE)
    keep(page, mine)
    page.goto(f"{site}/progress/")
    with page.expect_download() as download:
        page.click(".controls [data-export] >> nth=0")
    path = tmp_path / "taken-home.json"
    download.value.save_as(path)
    assert json.loads(path.read_text()) == mine
    page.evaluate("localStorage.clear()")
    page.set_input_files("input[type=file]", path)
    expect(page.locator("[data-told]")).to_have_text("Taken from the file: 1 lesson.")
    assert kept(page) == mine


@pytest.mark.parametrize(("time", "wins"), [(LATER, "theirs"), ("2026-01-01T00:00:00.000Z", "mine")])
def test_of_two_codes_the_last_one_stays_and_of_two_solved_the_first(site, page, time, wins):
    page.goto(f"{site}/status/")
    keep(page, with_lesson(solved=DAY, code={**CODE, "text": "mine"}))
    page.goto(f"{site}/progress/")
    file = with_lesson(solved=time, code={"text": "theirs", "stamp": "another", "time": time})
    imported(page, "other.json", json.dumps(file))
    lesson = kept(page)["lessons"][LESSON]
    assert lesson["code"]["text"] == wins
    assert lesson["solved"] == min(DAY, time)


@pytest.mark.parametrize(
    "code",
    [
        7,
        {"text": MINE, "time": DAY},
        {**CODE, "text": 7},
        {**CODE, "text": "#" * 20_001},
        {**CODE, "stamp": "x" * 201},
        {**CODE, "time": "some day"},
    ],
)
def test_code_that_is_none_is_not_taken(site, page, code):
    page.goto(f"{site}/progress/")
    imported(page, "strange.json", json.dumps(with_lesson(done=DAY, solved="never", code=code)))
    assert kept(page)["lessons"][LESSON] == {"done": DAY}
