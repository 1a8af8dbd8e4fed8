"""A challenge failed in each way, hinted and solved in a real Chromium, with the real Python, by the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, check_look

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
SOLUTION = """\
from library.models import Book


def run():
    for book in Book.objects.select_related("author").order_by("pk"):
        yield book.title, book.author.name
"""
SHORT = {
    "def run(:\n": "is not valid Python",
    "def other():\n    return []\n": "has no run()",
    "def run():\n    return 1 / 0\n": "raises ZeroDivisionError",
    "def run():\n    return [object()]\n": "plain",
    "def run():\n    return [('Dune', 'Frank Herbert')]\n": "gives 1 row; expected: 40",
    SOLUTION.replace('order_by("pk")', 'order_by("-pk")'): "in another order",
    SOLUTION.replace('.select_related("author")', ""): "runs 41 queries; 1 will do",
    f"{SOLUTION}        while True: pass\n": "It took too long",
}


@pytest.fixture(scope="module")
def desk(site, window):
    """The page of a lesson whose challenge is open, and its Python ready."""
    page = window.new_page()
    page.set_viewport_size(DESKTOP)
    page.goto(f"{site}{LESSON}optimized/?books=10")
    reach(page, "Solve it here").press("Enter")
    expect(page.get_by_text("Python is ready.")).to_be_visible(timeout=60_000)
    yield page
    page.close()


def reach(page, name):
    """Tab until the button of this name has the focus."""
    button = page.get_by_role("button", name=name).first
    for _ in range(200):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            return button
    return pytest.fail(f"Tab does not get to “{name}”")


def write(page, code):
    """In the editor, which has the focus."""
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


def verdict(page):
    return page.locator("#challenge .outcome")


@pytest.mark.parametrize("code", SHORT, ids=SHORT.values())
def test_it_says_what_is_missing(desk, code):
    desk.locator(".cm-content").focus()
    write(desk, code)
    desk.keyboard.press("Control+Enter")
    expect(verdict(desk).first).to_contain_text(SHORT[code], timeout=60_000)


def solve(page):
    page.locator(".cm-content").focus()
    write(page, SOLUTION)
    page.keyboard.press("Escape")
    reach(page, "Run").press("Enter")
    expect(verdict(page)).to_contain_text("Solved.", timeout=60_000)


def test_it_is_hinted_and_solved_without_a_mouse(desk):
    desk.locator(".hints summary").first.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Hint 2")).to_be_visible()
    solve(desk)
    expect(verdict(desk)).to_contain_text("select_related()")
    expect(desk.get_by_text("Kept in your progress")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_looks_right_when_solved(desk, size):
    desk.set_viewport_size(size)
    check_look(desk)


def test_stop_ends_what_runs_and_nothing_is_lost(desk):
    desk.set_viewport_size(DESKTOP)
    desk.locator(".cm-content").focus()
    write(desk, "def run():\n    while True: pass\n")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Stop")).to_be_visible()
    desk.keyboard.press("Escape")
    reach(desk, "Stop").press("Enter")
    expect(verdict(desk).first).to_contain_text("You stopped it.")
    expect(desk.locator(".cm-content")).to_contain_text("while True")


def test_next_challenge_has_the_same_python(desk):
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.locator(".cm-content").focus()
    desk.keyboard.press("Escape")
    reach(desk, "Next challenge: ").press("Enter")
    expect(desk.locator("#challenge h2")).to_contain_text("Your turn: ")
    title = desk.locator("#challenge h2").inner_text()
    expect(desk.locator(".cm-content")).to_be_focused()
    desk.keyboard.press("Control+Enter")
    expect(verdict(desk).first).to_contain_text("will do", timeout=60_000)
    assert [url.rpartition("/")[2] for url in asked] == ["challenge.json"]
    check_look(desk)
    desk.locator(".cm-content").focus()
    desk.keyboard.press("Escape")
    reach(desk, "Next challenge: ").press("Enter")
    expect(desk.locator("#challenge h2")).not_to_have_text(title)


def test_what_was_solved_is_kept(desk, site):
    page = f"{site}{LESSON}optimized/?books=10"
    desk.goto(page)
    desk.get_by_role("button", name="Solve it here").click()
    expect(desk.locator(".cm-content")).to_be_focused()
    solve(desk)
    desk.goto(page)
    expect(desk.locator("[data-solved]")).to_contain_text("You solved it on")
    desk.get_by_role("button", name="Solve it here").click()
    expect(desk.locator(".cm-content")).to_contain_text("select_related")
