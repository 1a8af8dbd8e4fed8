"""The editor of a challenge in a real Chromium, under the site's policy: a violation is an error, and fails the test."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, check_look, fits_soon
from tests.editor import BUILT, CODE, open_editor, write

pytestmark = BUILT
NAIVE = "from library.models import Book\n\n\ndef run():\n    for book in Book.objects.all():\n        yield book.author\n"
MARKS = [
    {"line": 5, "column": 16, "end_line": 5, "end_column": 34, "key": 1},
    {"line": 6, "column": 14, "end_line": 6, "end_column": 25, "key": "2"},
]


@pytest.fixture
def editor(site, page):
    return open_editor(page, site, NAIVE)


def text(page):
    return page.evaluate("editor.text")


def test_policy_is_in_force(editor):
    assert editor.trouble == []
    editor.evaluate(
        "document.head.append(Object.assign(document.createElement('style'), { textContent: 'p {}' }))"
    )
    assert "Content Security Policy" in editor.trouble.pop()
    assert editor.evaluate("document.adoptedStyleSheets.length") == 2
    assert editor.evaluate("getComputedStyle(document.querySelector('.cm-scroller')).display") == "flex"


def test_typing_is_text_and_is_told(editor):
    write(editor, NAIVE + "|")
    editor.keyboard.type("x = 1")
    assert text(editor) == f"{NAIVE}x = 1"
    assert editor.evaluate("changed.at(-1)") == f"{NAIVE}x = 1"


def test_python_is_indented_closed_and_undone(editor):
    write(editor, "|")
    editor.keyboard.type("def run():\nreturn [1")
    assert text(editor) == "def run():\n    return [1]"
    editor.keyboard.press("Control+z")
    editor.keyboard.press("Control+z")
    assert text(editor) != "def run():\n    return [1]"
    write(editor, "x = 1|")
    editor.keyboard.press("Home")
    editor.keyboard.press("Tab")
    assert text(editor) == "    x = 1"
    editor.keyboard.press("Shift+Tab")
    assert text(editor) == "x = 1"


def test_python_is_coloured(editor):
    colours = editor.evaluate(
        """() => ["tok-keyword", "tok-variableName"].map((css) =>
             getComputedStyle(document.querySelector(`.cm-content .${css}`)).color)"""
    )
    assert len(set(colours)) == 2


def test_key_runs_the_code(editor):
    write(editor, "x = 1|")
    editor.keyboard.press("Control+Enter")
    assert editor.evaluate("ran") == ["x = 1"]
    assert text(editor) == "x = 1"


def test_escape_lets_the_next_tab_leave(editor):
    write(editor, "x = 1|")
    editor.keyboard.press("Tab")
    expect(editor.locator(CODE)).to_be_focused()
    editor.keyboard.press("Escape")
    editor.wait_for_timeout(2500)  # nobody has to hurry
    editor.keyboard.press("Tab")
    expect(editor.locator(CODE)).not_to_be_focused()
    assert editor.evaluate("!document.activeElement.closest('.cm-editor')")
    editor.keyboard.press("Shift+Tab")
    expect(editor.locator(CODE)).to_be_focused()
    editor.keyboard.press("Escape")
    editor.keyboard.press("Shift+Tab")
    expect(editor.locator(CODE)).not_to_be_focused()


def test_escape_closes_the_offers_and_lets_the_next_tab_leave(editor):
    write(editor, "from library.models import Book\n\nBook.objects.sel|")
    editor.keyboard.press("Control+Space")
    offers = editor.locator(".cm-tooltip-autocomplete")
    expect(offers).to_be_visible()
    editor.keyboard.press("Escape")
    expect(offers).to_have_count(0)
    expect(editor.locator(CODE)).to_be_focused()
    editor.keyboard.press("Tab")
    expect(editor.locator(CODE)).not_to_be_focused()


def test_any_other_key_lets_tab_indent_again(editor):
    write(editor, "x = 1|")
    editor.keyboard.press("Escape")
    editor.keyboard.press("Home")
    editor.keyboard.press("Tab")
    assert text(editor) == "    x = 1"


def test_screen_reader_hears_name_and_way_out(editor):
    box = editor.get_by_role("textbox", name="Your code")
    expect(box).to_have_accessible_description(
        "To leave the editor, press Escape, then Tab. Ctrl+Enter runs the code; on a Mac, ⌘ Enter."
    )
    expect(editor.locator(".editor-keys")).to_be_visible()


def test_error_of_syntax_is_shown_after_a_pause(editor):
    write(editor, "def run():\n    books = [1, 2\n    return books|")
    wrong = editor.locator(".cm-lintRange-error")
    editor.keyboard.type(" ")
    editor.wait_for_timeout(300)
    assert wrong.count() == 0
    expect(wrong).to_have_count(1)
    write(editor, "def run():\n    return [1, 2]|")
    expect(wrong).to_have_count(0)


def test_marks_and_statements_light_each_other(editor):
    editor.evaluate("marks => editor.mark(marks)", MARKS)
    marked = editor.locator(f"{CODE} mark")
    assert marked.all_inner_texts() == ["Book.objects.all()", "book.author"]
    editor.hover("#s2 .sql")
    lit = editor.locator(f"{CODE} mark.lit")
    expect(lit).to_have_text(["book.author"])
    editor.evaluate("editor.mark([])")
    editor.evaluate("marks => { editor.mark(marks); editor.setCounts({ 5: 1 }) }", MARKS)
    expect(lit).to_have_text(["book.author"])  # however often the editor draws itself
    editor.hover("h1")
    expect(lit).to_have_count(0)
    marked.nth(1).hover()
    expect(editor.locator(".statements .lit")).to_have_attribute("id", "s2")
    editor.evaluate("editor.mark([])")
    expect(marked).to_have_count(0)


def test_marks_move_with_the_text(editor):
    editor.evaluate("marks => editor.mark(marks)", MARKS)
    editor.keyboard.press("Control+Home")
    editor.keyboard.type("# mine\n")
    assert editor.locator(f"{CODE} mark").all_inner_texts() == ["Book.objects.all()", "book.author"]


def test_place_outside_of_the_text_breaks_nothing(editor):
    editor.evaluate("editor.mark([{ line: 99, column: 4, end_line: 99, end_column: 9, key: 1 }])")
    editor.evaluate("editor.setCounts({ 99: 4, 0: 1 })")
    editor.evaluate("editor.showError(99, 'NameError')")
    expect(editor.locator(".cm-failure")).to_have_text("NameError")


def test_counts_stand_in_the_gutter_and_are_read_out(editor):
    editor.evaluate("editor.setCounts({ 5: 1, 6: 1000 })")
    counts = editor.locator(".cm-counts .cm-gutterElement span:visible")
    expect(counts).to_have_text(["×1", "×1,000"])
    assert counts.last.get_attribute("title") == "1,000 queries from this line"
    top = "(css, at) => [...document.querySelectorAll(css)].at(at).getBoundingClientRect().top"
    line = editor.evaluate(f"() => ({top})('.cm-line', 5)")
    assert abs(counts.last.bounding_box()["y"] - line) < 6
    heard = editor.locator(".cm-editor + div li")
    assert heard.all_inner_texts() == ["Line 5: 1 query", "Line 6: 1,000 queries"]
    editor.evaluate("editor.setText('x = 1')")
    expect(counts).to_have_count(0)
    expect(heard).to_have_count(0)


def test_error_is_shown_below_its_line_until_an_edit(editor):
    editor.evaluate("editor.showError(6, 'AttributeError: <b>no</b> such thing')")
    shown = editor.locator(".cm-failure")
    expect(shown).to_have_text("AttributeError: <b>no</b> such thing")
    expect(editor.locator(".cm-failedLine")).to_have_text("        yield book.author")
    editor.evaluate("editor.showError(null)")
    expect(shown).to_have_count(0)
    editor.evaluate("editor.showError(1, 'ImportError')")
    editor.keyboard.type("#")
    expect(shown).to_have_count(0)


def test_search_in_the_code(editor):
    editor.keyboard.press("Control+f")
    field = editor.locator(".cm-search [name=search]")
    expect(field).to_be_focused()
    field.press_sequentially("book")
    expect(editor.locator(f"{CODE} .cm-searchMatch").first).to_be_visible()
    for size in (PHONE, {"width": 320, "height": 800}):
        editor.set_viewport_size(size)
        assert fits_soon(editor)
    editor.keyboard.press("Escape")
    expect(editor.locator(".cm-search")).to_have_count(0)
    expect(editor.locator(CODE)).to_be_focused()


def test_it_goes_without_a_trace(editor):
    editor.evaluate("editor.destroy()")
    assert editor.evaluate("parent.innerHTML") == ""


def test_two_on_a_page(editor):
    editor.evaluate(
        """async () => {
          const { createEditor } = await import("/static/build/editor.js");
          createEditor({ parent, text: "other", label: "Other", onRun() {} });
        }"""
    )
    assert editor.locator("[id^=editor-keys-]").count() == 2
    assert (
        len(set(editor.evaluate("[...document.querySelectorAll('[id^=editor-keys-]')].map(({ id }) => id)"))) == 2
    )
    expect(editor.get_by_role("textbox", name="Other")).to_have_text("other")


def test_long_lines_wrap_on_a_phone(editor):
    editor.set_viewport_size(PHONE)
    write(editor, f"books = {' + '.join(['Book.objects.count()'] * 9)}|")
    editor.evaluate(
        "editor.showError(1, 'a message that is so long that it has to wrap on a small phone, ' + 'x'.repeat(99))"
    )
    assert fits_soon(editor)
    write(editor, "from library.models import Book\n\nBook.objects.bulk|")
    editor.keyboard.press("Control+Space")
    offers = editor.locator(".cm-tooltip-autocomplete")
    expect(offers).to_be_visible()
    box = offers.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert fits_soon(editor)


def test_it_is_accessible(editor):
    write(editor, f"{NAIVE}\n\nx = [1, 'a', None]  # a comment\nclass A: pass\nBook.objects.|")
    editor.evaluate(
        "marks => { editor.mark(marks); editor.setCounts({ 5: 1, 6: 10 }); editor.showError(8, 'ValueError') }",
        MARKS,
    )
    editor.keyboard.press("Control+f")
    check_look(editor)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_offers_can_be_read(editor, scheme):
    from tests.look import check_colours

    write(editor, "from library.models import Book\n\nBook.objects.sel|")
    editor.keyboard.press("Control+Space")
    expect(editor.locator(".cm-tooltip-autocomplete")).to_be_visible()
    check_colours(editor, scheme, ".cm-tooltip-autocomplete")


def test_chosen_offer_is_seen_without_colours(editor):
    editor.emulate_media(forced_colors="active")
    write(editor, "from library.models import Book\n\nBook.objects.sel|")
    editor.keyboard.press("Control+Space")
    chosen = editor.locator(".cm-tooltip-autocomplete li[aria-selected]")
    assert chosen.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_theme_that_the_reader_chose(editor):
    background = "getComputedStyle(document.querySelector('.cm-editor')).backgroundColor"
    light = editor.evaluate(background)
    editor.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert editor.evaluate(background) != light
