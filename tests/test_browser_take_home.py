"""What a reader takes along, in a real Chromium: copies of code, of SQL and of the test, and the command."""

import ast
import shlex

import pytest

from tests.browser import check_look

LESSON = "/lessons/n_plus_one/forward_foreign_key/"
RACE = "/lessons/transactions/wallet_transfer/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def copied(page_with):
    """Opens an address, presses the button of this name, and returns what is in the clipboard then."""
    page = page_with(permissions=CLIPBOARD)

    def copy(address, name):
        if page.url != address:
            page.goto(address)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        page.get_by_role("button", name=f"Copy {name}", exact=True).last.click()
        page.wait_for_selector("text=Copied")
        return page.evaluate("navigator.clipboard.readText()")

    copy.page = page
    return copy


def test_code_is_copied_without_its_numbers(site, copied):
    code = copied(f"{site}{LESSON}naive/?books=10", "naive.py")
    assert code.startswith("from library.models import Book\n\n\ndef run():\n    for book in ")
    ast.parse(code)


def test_statement_is_copied_a_line_each(site, copied):
    sql = copied(f"{site}{LESSON}naive/?books=10", "the SQL")
    assert sql.splitlines()[0].startswith('SELECT "library_author"."id"')
    assert sql.splitlines()[1] == 'FROM "library_author"'
    assert "columns" not in sql  # what folds them


def test_switched_page_has_copies_too(site, copied):
    copied(f"{site}{LESSON}naive/?books=10", "naive.py")
    copied.page.click("#show-optimized")
    copied.page.wait_for_url("**/optimized/**")
    assert ".select_related(" in copied(copied.page.url, "optimized.py")


def test_test_is_copied_and_downloaded(site, copied):
    test = copied(f"{site}{LESSON}optimized/?books=10", "the test")
    assert "class ForwardForeignKeyTests(TestCase):" in test
    ast.parse(test)
    with copied.page.expect_download() as download:
        copied.page.click("text=Download test_forward_foreign_key.py")
    assert download.value.suggested_filename == "test_forward_foreign_key.py"
    assert download.value.path().read_text().strip() == test.strip()


@pytest.mark.parametrize(
    ("address", "options"),
    [
        (f"{LESSON}optimized/?books=10", "--variant optimized --books 10 --engine sqlite"),
        (f"{LESSON}compare/?books=10&engine=postgresql", "--variant all --books 10 --engine postgresql"),
        (
            f"{RACE}naive/?engine=sqlite&schedule=alice+bob",
            "--variant naive --engine sqlite --schedule 'alice bob'",
        ),
    ],
)
def test_command_says_what_the_page_shows(site, page, address, options):
    page.goto(f"{site}{address}")
    command = page.text_content(".run-it code")
    assert shlex.split(command)[:3] == ["python", "manage.py", "run_lesson"]
    assert command.endswith(options)


def test_without_javascript_there_is_no_button(site, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(f"{site}{LESSON}naive/?books=10")
    assert page.locator(".copy").count() == 0
    assert page.is_visible(".run-it")


@pytest.mark.parametrize("address", [f"{LESSON}optimized/?books=10", f"{RACE}optimized/?engine=sqlite"])
def test_what_is_taken_home_fits_and_is_accessible(site, page, address):
    page.goto(f"{site}{address}")
    page.evaluate("for (const each of document.querySelectorAll('.take-home details')) each.open = true")
    check_look(page)
