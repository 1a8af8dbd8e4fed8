"""Free play in a real Chromium, with the real Python."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE, check_look
from tests.conftest import ROOT

LINKS = json.loads((ROOT / "tests" / "play_links.json").read_text())
PACKED = ROOT / "static" / "build" / "python" / "site.pack"
pytestmark = pytest.mark.skipif(not PACKED.exists(), reason="Python for the browser is not packed: make built")
CODE = "from library.models import Book\n[(book.pk, book.author.name) for book in Book.objects.order_by('pk')]\n"
JOINED = "from library.models import Book\nBook.objects.order_by('pk').values_list('pk', 'author__name')\n"
MODELS = """\
from django.db import models


class Parcel(models.Model):
    code = models.CharField(max_length=9)
    inside = models.ForeignKey("self", models.CASCADE, null=True, related_name="contents")


def setup():
    box = Parcel.objects.create(code="box")
    Parcel.objects.create(code="<b>ring</b>", inside=box)
"""
READY = 60_000  # ms that Python may take to be there


@pytest.fixture
def play(site, page):
    page.goto(f"{site}/play/")
    expect(page.get_by_role("tab", name="run.py")).to_be_visible()
    return page


def tab(page, name):
    return page.get_by_role("tab", name=f"{name}, another way" if name == "other.py" else name, exact=True)


def write(page, code, name="run.py"):
    tab(page, name).click()
    page.get_by_role("textbox", name=name).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")  # or Chromium styles what takes its place
    page.keyboard.insert_text(code)


def run(page):
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".log .way, .log .outcome").first).to_be_visible(timeout=READY)


def link_of(page):
    """The address, once it has the code."""
    page.wait_for_timeout(1_000)  # the address waits for the last key
    assert "#v1." in page.url
    return page.url


def test_code_runs_and_its_queries_are_pinned(play):
    expect(play.get_by_text(re.compile(r"your browser fetches .*: [\d.]+ MB"))).to_be_visible()
    write(play, CODE)
    run(play)
    way = play.get_by_role("region", name="What came of run.py")
    expect(way.locator(".figures")).to_contain_text(re.compile(r"queries\s*101"))
    expect(way.get_by_text("It returned 100 rows")).to_be_visible()
    assert way.locator("table.rows tbody tr").count() == 100
    expect(play.locator(".cm-counts")).to_contain_text("×101")
    way.locator(".statements li").nth(1).get_by_role("button", name="plan").click()
    expect(way.locator(".plan-verdict")).to_contain_text("author")
    way.get_by_text("Every access, in order").click()
    expect(way.locator(".trace")).to_contain_text("foreign key access")
    way.get_by_text("All tables, after this run").click()
    expect(way.get_by_text("library_book 100 rows")).to_be_visible()
    check_look(play)


def test_two_ways_are_compared(play):
    write(play, CODE)
    play.get_by_role("button", name="Try another way beside it").click()
    write(play, JOINED, "other.py")
    run(play)
    both = play.get_by_role("region", name="Both ways")
    expect(both).to_contain_text("Both return the same rows.")
    expect(both.get_by_role("row", name="Queries")).to_contain_text(re.compile(r"101\s*1"))
    write(play, JOINED.replace("'pk')", "'-pk')", 1), "other.py")
    run(play)
    expect(both).to_contain_text("in another order")
    expect(both.get_by_role("table", name="The rows that differ, aligned")).to_be_visible()


def test_own_models_have_tables_and_a_diagram(play):
    play.get_by_role("tab", name="models.py").click()
    expect(play.get_by_role("region", name="The bookstore’s models.py")).to_contain_text("class Wallet")
    play.get_by_role("button", name="Use my own models").click()
    write(play, MODELS, "models.py")
    write(play, "from shop.models import Parcel\n[(p.code, p.contents.count()) for p in Parcel.objects.all()]\n")
    run(play)
    way = play.get_by_role("region", name="What came of run.py")
    expect(way.locator("table.rows")).to_contain_text("<b>ring</b>")  # as text
    assert way.locator("table.rows b").count() == 0
    play.get_by_text("The models as a diagram").click()
    expect(play.get_by_role("img", name="Parcel has inside to Parcel")).to_be_visible()
    check_look(play)


def test_what_does_not_run_says_what_to_change(play):
    write(play, "Book.objects.all()\n")
    run(play)
    expect(play.locator(".log .advice")).to_have_text("Write this above: from library.models import Book")
    write(play, "while True: pass\n")
    play.get_by_role("button", name="Run", exact=True).click()
    play.get_by_role("button", name="Stop").click()
    expect(play.locator(".log .outcome")).to_contain_text("You stopped it.")
    write(play, CODE)
    run(play)
    expect(play.get_by_role("region", name="What came of run.py")).to_be_visible(timeout=READY)


def test_link_opens_in_another_browser_and_waits(site, play, page_with):
    write(play, CODE)
    play.get_by_label("The bookstore has").select_option("10")
    link = link_of(play)
    assert "Book" not in link
    play.reload()  # it is the reader's own: nothing warns of it
    expect(play.get_by_role("textbox", name="run.py")).to_contain_text("book.author.name")
    expect(play.locator("#play-said")).to_be_empty()
    other = page_with(viewport=PHONE)
    other.goto(link)
    expect(other.get_by_role("textbox", name="run.py")).to_contain_text("book.author.name")
    expect(other.locator("#play-said")).to_contain_text("somebody else may have written it")
    expect(other.get_by_label("The bookstore has")).to_have_value("10")
    assert other.locator(".log").inner_text() == ""  # nothing has run
    run(other)
    expect(other.locator(".figures")).to_contain_text(re.compile(r"queries\s*11"))
    check_look(other)


@pytest.mark.parametrize("link", LINKS, ids=[link["name"] for link in LINKS])
def test_links_of_the_first_version_open(site, page, link):
    page.goto(f"{site}/play/{link['fragment']}")
    expect(page.get_by_role("tab", name="run.py")).to_be_visible()
    for name, text in link["files"].items():
        tab(page, name).click()
        shown = page.get_by_role("textbox", name=name).inner_text()
        assert shown.split() == text.split()
    expect(page.get_by_label("The bookstore has")).to_have_value(str(link["books"]))


@pytest.mark.parametrize(
    ("fragment", "says"),
    [
        ("#v1.q1ZKy8xJLVayqlYqKi", "a part of it is missing"),
        ("#v1.!!!", "a part of it is missing"),
        ("#v2.q1ZKy8xJLVay", "made by a newer version"),
        ("#lesson=no/such", "The server does not give"),
    ],
)
def test_link_that_cannot_be_read_says_so(site, page, fragment, says):
    page.goto(f"{site}/play/{fragment}")
    expect(page.locator("#play-said")).to_contain_text(says)
    expect(page.get_by_role("textbox", name="run.py")).to_be_visible()
    page.trouble.clear()  # Chromium tells of the 404


def test_lesson_opens_with_both_ways(site, page):
    page.goto(f"{site}/play/#lesson=n_plus_one/hidden_in_a_template")
    expect(page.get_by_role("tab", name="other.py, another way")).to_be_visible()
    expect(page.locator("#play-said")).to_contain_text("This is the code of the lesson")
    run(page)
    expect(page.get_by_role("region", name="Both ways")).to_contain_text("Both return the same rows.")


def test_embedded_page_shows_what_was_recorded(site, play, page_with):
    write(play, CODE)
    run(play)
    play.get_by_text("Share it").click()
    play.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    play.get_by_role("button", name="Copy for embedding").click()
    expect(play.get_by_text("The HTML is copied.")).to_be_visible()
    address = re.search(r'src="([^"]*)"', play.evaluate("window.copied"))[1]
    play.get_by_role("button", name="Copy as Markdown").click()
    expect(play.get_by_text("Copied, with the last result.")).to_be_visible()
    text = play.evaluate("window.copied")
    assert "**run.py**: 101 queries, 200 rows fetched" in text
    assert "```sql\nSELECT" in text
    other = page_with(viewport=PHONE)
    other.goto(address)
    expect(other.get_by_role("heading", name="run.py: 101 queries")).to_be_visible()
    expect(other.get_by_text(re.compile(r"Recorded on \d{4}-\d\d-\d\d, with 100 books: Django 6"))).to_be_visible()
    assert other.locator(".statements li").count() == 2
    check_look(other)


def test_file_is_saved_and_opened(play, tmp_path):
    write(play, CODE)
    play.get_by_text("Share it").click()
    with play.expect_download() as download:
        play.get_by_role("button", name="Save as a file").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    write(play, "1\n")
    play.locator("input[type=file]").set_input_files(saved)
    expect(play.get_by_role("textbox", name="run.py")).to_contain_text("book.author.name")
    play.get_by_role("button", name="Bring mine back").click()
    expect(play.get_by_role("textbox", name="run.py")).to_have_text("1")
    saved.write_text('{"queryshelf": 1, "files": {"../x.py": "1"}}')
    play.locator("input[type=file]").set_input_files(saved)
    expect(play.locator(".share [role=status]")).to_contain_text("It has a file that cannot be one: ../x.py")
