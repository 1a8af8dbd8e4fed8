"""The keys of the pages in a real Chromium."""

import pytest
from playwright.sync_api import expect

from tests.browser import check_look
from tests.conftest import ROOT

LESSON = "/lessons/n_plus_one/nested_path/"  # it has one before and one after
NAIVE = f"{LESSON}naive/?books=10"
pytestmark = pytest.mark.skipif(
    not (ROOT / "static/build/keys.js").exists(), reason="the keys are not built: make static/build/keys.js"
)


@pytest.fixture
def opened(site, page):
    page.goto(f"{site}{NAIVE}")
    page.evaluate("window.sameDocument = true")
    return page


@pytest.fixture
def dialog(opened):
    opened.keyboard.press("?")
    return opened.locator("dialog#keys")


def there(page, key):
    """Where the link leads that has the key."""
    return page.locator(f"a[aria-keyshortcuts='{key}']").get_attribute("href")


@pytest.mark.parametrize(("key", "address"), [("o", "optimized/?books=10"), ("c", "compare/?books=10")])
def test_key_shows_a_variant_in_place(site, opened, key, address):
    opened.evaluate(
        "document.addEventListener('htmx:afterSettle', ({ detail: { target } }) => {"
        " if (target.id === 'lab') document.documentElement.dataset.settled = 'yes' })"
    )
    opened.keyboard.press(key)
    opened.wait_for_url(f"{site}{LESSON}{address}")
    expect(opened.locator("html")).to_have_attribute("data-settled", "yes")  # htmx has taken over its links
    opened.keyboard.press("n")
    opened.wait_for_url(f"{site}{NAIVE}")
    assert opened.evaluate("window.sameDocument")


def test_key_is_a_link_where_the_page_is_not_swapped(site, page):
    page.goto(f"{site}{LESSON}")
    page.keyboard.press("n")
    page.wait_for_url(f"**{LESSON}naive/**")


def test_r_runs_again_without_a_step_back(site, opened):
    opened.evaluate("document.querySelector('#lab').dataset.run = 'last'")
    steps = opened.evaluate("history.length")
    with opened.expect_response(f"{site}{NAIVE}") as answer:
        opened.keyboard.press("r")
    assert answer.value.request.headers["hx-request"] == "true"
    expect(opened.locator("#lab")).not_to_have_attribute("data-run", "last")
    assert opened.url == f"{site}{NAIVE}"
    assert opened.evaluate("history.length") == steps


@pytest.mark.parametrize("key", ["ArrowLeft", "ArrowRight"])
def test_arrow_leads_to_the_neighbour(site, opened, key):
    lesson = there(opened, key)
    opened.keyboard.press(key)
    opened.wait_for_url(f"{site}{lesson}")


@pytest.mark.parametrize(
    "html",
    [
        f"<pre tabindex=0 class=wide>{'wide ' * 99}</pre>",
        "<p role=radiogroup><i role=radio tabindex=0>1</i></p>",
        "<select></select>",
    ],
)
def test_arrow_is_left_to_what_needs_it(opened, html):
    opened.evaluate(
        """html => {
          document.querySelector("main").insertAdjacentHTML("afterbegin", html);
          for (const wide of document.querySelectorAll("pre.wide")) Object.assign(wide.style, { overflow: "auto", whiteSpace: "pre" });
        }""",
        html,
    )
    opened.locator("main > select, main > pre, main [role=radio]").first.focus()
    opened.keyboard.press("ArrowRight")
    opened.wait_for_timeout(200)
    assert opened.url.endswith(NAIVE)


def test_letters_are_text_while_typing(opened):
    field = opened.locator("#search")
    field.press_sequentially("no?pr/")
    expect(field).to_have_value("no?pr/")
    assert opened.url.endswith(NAIVE)
    expect(opened.locator("dialog#keys")).to_be_hidden()
    expect(opened.locator("html")).to_have_attribute("data-projector", "off")


@pytest.mark.parametrize("key", ["Control+o", "Alt+o", "Meta+o", "Shift+ArrowRight"])
def test_key_with_another_one_is_not_ours(opened, key):
    opened.keyboard.press(key)
    opened.wait_for_timeout(200)
    assert opened.url.endswith(NAIVE)


def test_list_has_what_works_here(site, opened, dialog):
    shown = dialog.locator("[data-key]:visible kbd")
    expect(shown).to_have_text(["n", "o", "c", "r", "Esc", "←", "→", "p", "/", "?"])
    opened.goto(site)
    opened.keyboard.press("?")
    expect(shown).to_have_text(["/", "?"])


def test_list_keeps_the_focus_and_gives_it_back(opened):
    opened.focus("#show-optimized")
    opened.keyboard.press("?")
    dialog = opened.locator("dialog#keys")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    opened.keyboard.press("o")  # does nothing while it is open
    for _ in range(3):
        opened.keyboard.press("Tab")
        assert opened.evaluate("document.activeElement.closest('dialog, body').matches('dialog, body')")
        assert not opened.evaluate("!!document.activeElement.closest('main')")
    opened.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opened.locator("#show-optimized")).to_be_focused()
    assert opened.url.endswith(NAIVE)


def test_list_is_found_without_its_key(opened):
    opened.get_by_role("button", name="Keys").click()
    dialog = opened.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_keys_can_be_turned_off_for_good(opened, dialog):
    dialog.get_by_role("checkbox").uncheck()
    opened.keyboard.press("Escape")
    for _ in range(2):
        for key in ("o", "?", "/", "ArrowRight", "p"):
            opened.keyboard.press(key)
        opened.wait_for_timeout(200)
        assert opened.url.endswith(NAIVE)
        expect(dialog).to_be_hidden()
        expect(opened.locator("#search")).not_to_be_focused()
        expect(opened.locator("html")).to_have_attribute("data-projector", "off")
        opened.reload()
    opened.get_by_role("button", name="Keys").click()
    dialog.get_by_role("checkbox").check()
    opened.keyboard.press("Escape")
    opened.keyboard.press("o")
    opened.wait_for_url("**/optimized/**")


def test_list_fits_and_is_accessible(opened, dialog):
    expect(dialog).to_be_visible()
    check_look(opened)
