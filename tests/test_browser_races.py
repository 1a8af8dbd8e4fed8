"""The pages of races in a real Chromium, with JavaScript and without."""

from playwright.sync_api import expect

RACE = "/lessons/transactions/the_last_copy/"
# An order that begins so, whatever comes then. Alice's second statement changes what is watched.
STORY = "alice bob alice"
NAIVE = f"{RACE}naive/?engine=sqlite&schedule=alice+bob+alice"


def see_order(page, order):
    """Wait until the first turns in the lanes have this order."""
    for number, session in enumerate(order.split()):
        expect(turns(page).nth(number)).to_have_attribute("data-session", session)
    assert page.input_value("#schedule").startswith(order)


def turns(page):
    return page.locator(".lanes tr[data-session]")


def focus_id(page):
    return page.evaluate("document.activeElement.id")


def test_turns_are_reordered_with_the_keyboard_alone(site, page):
    page.goto(f"{site}{NAIVE}")
    page.evaluate("window.sameDocument = true")
    see_order(page, STORY)
    for _ in range(80):
        page.keyboard.press("Tab")
        if focus_id(page) == "earlier-bob-1":
            break
    page.keyboard.press("Enter")
    see_order(page, "bob alice alice")
    page.wait_for_url("**schedule=bob+alice+alice+*")
    assert focus_id(page) == "earlier-bob-1"  # where it went, though it can go no further
    page.keyboard.press("Tab")
    assert focus_id(page) == "later-bob-1"
    page.keyboard.press("Enter")
    see_order(page, STORY)
    assert focus_id(page) == "later-bob-1"
    assert page.evaluate("window.sameDocument")


def drag(page, source, target, *, part=0.75):
    """Drag the row of one key to the lower (or another) part of another's, by its number."""
    start = page.locator(f"#{source} .turn-number").bounding_box()
    end = page.locator(f"#{target}").bounding_box()
    page.mouse.move(start["x"] + 3, start["y"] + 3)
    page.mouse.down()
    page.mouse.move(start["x"] + 3, start["y"] + 12)
    page.mouse.move(end["x"] + 20, end["y"] + end["height"] * part, steps=5)


def test_turns_are_dragged_with_the_mouse(site, page_with):
    page = page_with(viewport={"width": 1280, "height": 2400})
    page.goto(f"{site}{NAIVE}")
    page.evaluate("window.sameDocument = true")
    drag(page, "bob-1", "alice-2")
    expect(page.locator("#alice-2")).to_have_class("lane-1 drop-after")
    page.mouse.up()
    see_order(page, "alice alice bob")
    page.wait_for_url("**schedule=alice%20alice%20bob%20*")
    drag(page, "bob-1", "alice-1", part=0.25)
    page.mouse.up()
    see_order(page, "bob alice alice")
    assert page.evaluate("window.sameDocument")


def test_drag_that_is_given_up_changes_nothing(site, page_with):
    page = page_with(viewport={"width": 1280, "height": 2400})
    page.goto(f"{site}{NAIVE}")
    drag(page, "bob-1", "alice-2")
    page.keyboard.press("Escape")
    assert page.locator(".dragged, .drop-after").count() == 0
    page.mouse.up()
    drag(page, "alice-1", "alice-1", part=0.9)
    page.mouse.up()
    page.wait_for_timeout(200)
    assert page.url == f"{site}{NAIVE}"


def test_order_is_typed(site, page):
    page.goto(f"{site}{RACE}naive/?engine=sqlite&isolation=wal")
    page.fill("#schedule", "bob bob bob bob")
    page.press("#schedule", "Enter")
    page.wait_for_url("**isolation=wal&schedule=bob%20bob%20bob%20bob")
    expect(page.locator("#bob-1 .turn-number")).to_have_text("1")


def test_look_is_shown_in_its_row(site, page):
    page.goto(f"{site}{NAIVE}")
    count = turns(page).count()
    page.click("#look-3-alice")
    expect(page.locator("#seen-3")).to_contain_text("alice sees")
    expect(page.locator("#seen-3 mark").first).to_be_visible()
    assert turns(page).count() == count > 3
    assert focus_id(page) == "look-3-alice"
    assert page.url == f"{site}{NAIVE}"


def test_step_lights_its_code(site, page):
    page.goto(f"{site}{NAIVE}")
    page.hover("#alice-2 .deed")
    assert page.locator("mark.lit").all_inner_texts() == ['book.save(update_fields=["stock"])']


def test_without_javascript_the_story_is_told_and_reordered(site, page_with):
    page = page_with(java_script_enabled=False)
    page.goto(f"{site}{RACE}")
    page.click("button[value=kept]")
    assert "kept" in page.inner_text(".score")
    page.click("text=See it happen")
    assert "returns" in page.inner_text(".race-end")
    assert turns(page).count() > 3
    page.fill("#schedule", STORY)
    page.click(".order button")
    see_order(page, STORY)
    page.click("#later-alice-1")
    see_order(page, "bob alice alice")
    assert page.url.endswith("#alice-1")
    page.click("#look-1-bob")
    assert "bob sees the same" in page.inner_text("#seen-1")
    page.click("#whole")
    page.click("#engine-sqlite")
    page.click("#isolation-immediate")
    expect(page.locator(".log .note >> nth=-1")).to_contain_text("(immediate)")
    page.click("#orders")
    assert "The invariant" in page.inner_text(".growth")
    page.click(".all-orders a >> nth=0")
    expect(page.locator(".lanes")).to_have_count(1)
    page.click("#show-compare")
    expect(page.locator(".lanes")).to_have_count(2)
