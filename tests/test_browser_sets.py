"""A teacher's link to a set of lessons, and a class that walks it, each reader in a Chromium of their own."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, check_look
from tests.conftest import ROOT

SLUGS = ("forward_foreign_key", "nested_path", "one_to_one")
LESSONS = [f"/lessons/n_plus_one/{slug}/" for slug in SLUGS]
SET = f"/set/?set={','.join(f'n_plus_one/{slug}' for slug in SLUGS)}&engine=sqlite&books=10&title=Week+3"
CARRIED = "?engine=sqlite&books=10"
KEY = "queryshelf-progress"

built = pytest.mark.skipif(
    not (ROOT / "static/build/progress.js").exists(),
    reason="the scripts are not built: make static/build/progress.js",
)


def bar(page):
    return page.get_by_role("navigation", name="The set")


def done(page):
    """The slugs of the lessons that this browser has as done."""
    lessons = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))["lessons"]
    return {path.rpartition("/")[2] for path, lesson in lessons.items() if "done" in lesson}


def mark_done(page):
    button = page.get_by_role("button", name="Mark as done")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


@built
def test_class_walks_a_set_and_each_sees_their_own_progress_alone(site, page_with, tmp_path):
    ada, ben, cleo = (page_with(viewport=size) for size in (DESKTOP, DESKTOP, PHONE))
    for reader in (ada, ben, cleo):
        reader.goto(f"{site}{SET}")
        assert "Nobody else sees it, your teacher neither." in reader.inner_text("main")
        reader.get_by_role("link", name="Start: N+1 on a foreign key").click()
        reader.wait_for_url(f"**{LESSONS[0]}{CARRIED}")
        expect(bar(reader)).to_contain_text(re.compile(r"Set:\s+Week 3,\s+1 of 3"))

    # Ada guesses, and her first run is on the set's shelf.
    ada.fill("#guess", "101")
    ada.press("#guess", "Enter")
    expect(ada.locator(".score")).to_contain_text("Yes: 101 queries.")
    ada.click("text=See it run")
    ada.wait_for_url(f"**{LESSONS[0]}naive/?books=10")
    expect(ada.locator(".figures div:first-child dd")).to_have_text("11")
    mark_done(ada)
    bar(ada).get_by_role("link", name="Next").click()
    ada.wait_for_url(f"**{LESSONS[1]}{CARRIED}")
    mark = ".neighbours [rel=next]"
    expect(ada.locator(mark)).to_have_text(re.compile(r"Next in the set\s+N\+1 on a OneToOneField"))
    ada.locator(mark).click()
    ada.wait_for_url(f"**{LESSONS[2]}{CARRIED}")

    # Ben leaves, and comes back at his place.
    bar(ben).get_by_role("link", name="Next").click()
    ben.wait_for_url(f"**{LESSONS[1]}{CARRIED}")
    bar(ben).get_by_role("button", name="Leave the set").click()
    expect(bar(ben)).to_be_hidden()
    expect(ben.locator("[data-walk=left]")).to_have_text("You have left the set. Your progress is kept.")
    expect(ben.locator(".neighbours [rel=next]")).not_to_contain_text("in the set")
    ben.goto(f"{site}{LESSONS[2]}")
    expect(bar(ben)).to_be_hidden()
    ben.goto(f"{site}{SET}")
    ben.get_by_role("link", name="Continue: lesson 2").click()
    ben.wait_for_url(f"**{LESSONS[1]}{CARRIED}")
    expect(bar(ben)).to_contain_text("2 of 3")

    # Cleo has done nothing; Ada takes hers home to another browser.
    assert done(cleo) == done(ben) == set()
    ada.goto(f"{site}/progress/")
    with ada.expect_download() as download:
        ada.get_by_role("button", name="Export to a file").first.click()
    download.value.save_as(tmp_path / "ada.json")
    home = page_with(viewport=DESKTOP)
    home.goto(f"{site}/progress/")
    home.set_input_files("input[type=file]", tmp_path / "ada.json")
    expect(home.locator("[data-told]")).to_have_text("Taken from the file: 1 lesson.")
    assert done(home) == {"forward_foreign_key"}
    home.goto(f"{site}{SET}")
    expect(home.get_by_role("link", name="Continue: lesson 3")).to_be_visible()
    expect(home.locator(".mark").first).to_have_text("✓ done")
    for reader in (ada, ben, cleo, home):
        assert reader.context.cookies() == []


@built
def test_lesson_that_is_done_is_not_where_to_continue(site, page):
    page.goto(f"{site}{SET}")
    page.goto(f"{site}{LESSONS[0]}naive/")
    mark_done(page)
    page.goto(f"{site}{SET}")
    expect(page.locator("[data-walk=start]")).to_have_text(re.compile("^Continue: lesson 2, "))
    expect(page.locator("[data-walk=start]")).to_have_attribute("href", f"{LESSONS[1]}{CARRIED}")


@built
def test_ends_of_a_set(site, page):
    page.goto(f"{site}{SET}")
    page.goto(f"{site}{LESSONS[0]}")
    assert bar(page).get_by_text("Previous").get_attribute("href") is None
    assert page.locator(".neighbours [rel=prev]").count() == 0
    page.goto(f"{site}{LESSONS[2]}")
    assert bar(page).get_by_text("Next").get_attribute("href") is None
    expect(bar(page).get_by_role("link", name="Previous")).to_have_attribute("href", f"{LESSONS[1]}{CARRIED}")
    page.locator(".neighbours [rel=next]", has_text="The end of the set").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Week 3")


@built
def test_lesson_that_is_not_of_the_set_is_as_ever(site, page):
    page.goto(f"{site}{SET}")
    page.goto(f"{site}/lessons/n_plus_one/reverse_foreign_key/")
    expect(bar(page)).to_be_hidden()
    expect(page.locator(".neighbours [rel=prev]")).to_have_attribute("href", LESSONS[2])


@built
def test_teacher_makes_a_link(site, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/set/")
    page.fill("#set-title", "Week <3>")
    page.select_option("#set-engine", "sqlite")
    page.select_option("#set-books", "10")
    for label in ("N+1 on a OneToOneField, from both sides", "N+1 on a foreign key: select_related()"):
        page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Week <3>")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.inner_text("#set-link")
    page.goto(link)
    hrefs = [each.get_attribute("href") for each in page.locator(".entries a").all()]
    assert hrefs == [f"{LESSONS[0]}{CARRIED}", f"{LESSONS[2]}{CARRIED}"]


def test_set_without_javascript(site, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(f"{site}/set/")
    page.get_by_label("N+1 on a foreign key: select_related()", exact=True).check()
    page.select_option("#set-books", "10")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.get_by_role("link", name="Start: N+1 on a foreign key").click()
    expect(bar(page)).to_be_hidden()
    page.fill("#guess", "7")
    page.click(".guess button")
    page.click("text=See it run")
    expect(page).to_have_url(f"{site}{LESSONS[0]}naive/?books=10")


@pytest.mark.parametrize("path", ["/set/", SET, LESSONS[0], f"{LESSONS[0]}naive/?books=10"])
def test_set_fits_and_is_accessible(site, page, path):
    page.goto(f"{site}{SET}")
    page.goto(f"{site}{path}")
    if path == LESSONS[0]:
        expect(bar(page)).to_be_visible()
    check_look(page)


def test_what_there_is_not_fits_and_is_accessible(site, page):
    response = page.goto(f"{site}/set/?set=n_plus_one/nested_pth,n_plus_one/one_to_one&engine=oracle&books=7")
    assert response.status == 400
    check_look(page)
    page.get_by_role("link", name="Go on with what there is: 1 lesson").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A lesson")
    assert [text for text in page.trouble if "400" not in text] == []
    page.trouble.clear()
