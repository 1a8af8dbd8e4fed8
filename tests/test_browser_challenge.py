"""The challenge at the end of a lesson, in a real Chromium, with fakes of Python and of the editor."""

import re

import pytest
from playwright.sync_api import expect

from lessons.course.catalog import get_catalog
from tests.browser import DESKTOP, check_look
from tests.challenges import (
    ACCESS,
    FAILED,
    LESSON,
    LOOP,
    OVER,
    RUN,
    SOLVED,
    answer,
    editor,
    fake,
    go_to,
    group,
    open_desk,
    run,
)
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    not (ROOT / "static/build/challenge.js").exists(),
    reason="the scripts are not built: make static/build/challenge.js",
)
SOURCE = get_catalog().lesson(LESSON).variant("naive").source


@pytest.fixture(autouse=True)
def left(site, page):
    """What is kept as the page is left must not be the next test's."""
    yield
    page.goto(f"{site}/status/")


@pytest.fixture
def challenge(page):
    """A page on which Python and the editor are fakes."""
    fake(page)
    return page


def test_button_says_what_it_costs_and_opens_the_editor(site, challenge):
    go_to(challenge, site)
    section = challenge.get_by_role("region", name="Your turn")
    assert re.search(r"Your browser fetches .*: [\d.]+ MB\.", section.inner_text())
    assert "It may send 1 query, however many books there are." in section.inner_text()
    challenge.get_by_role("button", name="Solve it here").click()
    expect(editor(challenge)).to_be_focused()
    assert editor(challenge).input_value() == SOURCE
    expect(section.get_by_text("Python is ready.")).to_be_visible()
    expect(section.get_by_role("progressbar")).to_have_count(0)
    assert challenge.evaluate("window.addresses.files.map(({ name }) => name)") == [
        "pyodide.asm.wasm", "python_stdlib.zip", "packages", "site", "shelves",
    ]  # fmt: skip
    assert challenge.evaluate("window.addresses.files.every(({ url, bytes }) => url && bytes)")


def test_transfer_is_told_in_bytes(site, page):
    fake(page, start="never")
    open_desk(page, site)
    told = page.locator(".transfer")
    expect(told).to_contain_text(re.compile(r"Fetching Python: ([\d.]+) of ([\d.]+) MB"))
    done, fetched = map(float, re.findall(r"[\d.]+", told.inner_text()))
    assert done == pytest.approx(fetched / 2, abs=0.1)
    assert told.get_by_role("progressbar").evaluate("bar => bar.value / bar.max") == 0.5


def test_run_shows_figures_statements_and_rows(site, challenge):
    field = open_desk(challenge, site)
    field.fill("def run():\n    return []\n")
    run(challenge)
    log = challenge.locator(".challenge .log")
    expect(log.locator(".figures")).to_contain_text("101")
    assert [*log.locator(".figures dt").all_inner_texts()] == ["queries", "rows fetched", "ms, in your browser"]
    statements = log.locator(".statements > li")
    assert statements.count() == 3
    assert "ran 100 times" in statements.nth(1).aria_snapshot()
    assert "naive.py line 6" in statements.nth(1).inner_text()
    assert statements.nth(2).get_attribute("class") == "uncounted"
    assert statements.nth(0).locator(".sql .line").all_inner_texts()[0].strip() == 'SELECT "title"'
    assert log.locator(".preview summary").inner_text() == "100 rows returned"
    log.locator(".preview summary").click()
    log.get_by_role("button", name="More rows").click()
    assert log.locator(".preview li").count() == 12
    expect(log.locator(".preview")).to_contain_text("The first 12 are shown.")
    assert challenge.evaluate("window.asked.map(({ do: what, code }) => [what, code])") == [
        ["run", "def run():\n    return []\n"],
        ["judge", "def run():\n    return []\n"],
    ]
    assert challenge.evaluate("window.asked[0].lesson.path") == LESSON


def test_editor_marks_what_fires_queries_until_the_code_changes(site, challenge):
    field = open_desk(challenge, site)
    run(challenge)
    expect(challenge.locator(".challenge .statements")).to_be_visible()
    assert challenge.evaluate("window.editor.counts") == {"5": 1, "6": 100}
    assert [mark["key"] for mark in challenge.evaluate("window.editor.marks")] == ["c1", "c2"]
    field.press("End")
    field.type(" ")
    assert challenge.evaluate("[window.editor.counts, window.editor.marks]") == [{}, []]


def test_statement_lights_with_its_expression(site, challenge):
    open_desk(challenge, site)
    run(challenge)
    statement = challenge.locator(".challenge .statements > li").first
    statement.locator(".sql").hover()
    expect(statement).to_have_class(re.compile("lit"))
    assert challenge.locator("#lab .lit").count() == 0


def test_verdict_says_each_thing_that_is_missing(site, challenge):
    open_desk(challenge, site)
    told = run(challenge)
    expect(told).to_contain_text(OVER["text"])
    table = challenge.get_by_role("table", name="The rows that differ, aligned")
    assert table.get_by_role("columnheader").all_inner_texts() == ["Expected", "Your code returned"]
    cells = [row.replace("\t", "|") for row in table.locator("tbody tr").all_inner_texts()]
    assert cells == ["3 rows alike", "'Dune', 1|'Dune', 2", "×2 'Emma', 1|no such row"]
    challenge.get_by_text("How it was judged").click()
    expect(challenge.locator(".judged tbody")).to_contain_text("41 of 1")
    told.get_by_role("button", name="naive.py line 6").click()
    expect(editor(challenge)).to_be_focused()
    assert challenge.evaluate("window.editor.focused") == ACCESS


def test_place_elsewhere_is_no_link(site, challenge):
    place = {**ACCESS, "file": "templates/page.html"}
    open_desk(challenge, site)
    answer(challenge, judge={"verdict": {**FAILED, "missing": [{**OVER, "group": place}]}})
    told = run(challenge)
    expect(told).to_contain_text("templates/page.html line 6")
    assert told.get_by_role("button").count() == 0


def test_many_columns_are_folded(site, challenge):
    columns = [["k", "SELECT"], ["", " "], *[["", f"a{n}, "] for n in range(6)], ["", "f(x, y)\n"], ["k", "FROM"]]
    open_desk(challenge, site)
    answer(challenge, run={"run": {**RUN, "groups": [group(1, LOOP, sql=columns)]}})
    run(challenge)
    sql = challenge.locator(".challenge .sql")
    expect(sql.locator(".line.many")).to_have_count(1)
    sql.get_by_label("all 7 columns").check()
    assert sql.locator(".line.many").evaluate("line => getComputedStyle(line).display") == "block"


def test_run_waits_for_python_and_says_so(site, page):
    fake(page, start="never")
    open_desk(page, site)
    run(page)
    expect(page.locator(".challenge .columns p[role=status]")).to_contain_text("Python starts")


def test_plan_comes_on_demand(site, challenge):
    field = open_desk(challenge, site)
    run(challenge)
    plan = challenge.locator(".challenge").get_by_role("button", name="plan").first
    field.fill("changed since")
    plan.click()
    expect(challenge.locator(".plan-place").first).to_contain_text("Reads every row of book.")
    asked = challenge.evaluate("window.asked.at(-1)")
    assert (asked["do"], asked["n"], asked["code"]) == ("explain", 1, SOURCE)  # of the run that is shown
    expect(plan).to_have_attribute("aria-expanded", "true")
    plan.click()
    expect(challenge.locator(".plan-place").first).to_be_empty()


def test_exception_is_shown_at_its_line(site, page):
    raised = {**RUN, "status": "raised", "error": "NameError: x", "error_place": ACCESS, "groups": []}
    missing = {**OVER, "kind": "raised", "text": "It raises NameError: x.", "group": None, "place": ACCESS}
    fake(page, run={"run": raised}, judge={"verdict": {**FAILED, "missing": [missing], "shelves": []}})
    open_desk(page, site)
    told = run(page)
    expect(told).to_contain_text("It raises NameError: x. naive.py line 6")
    assert page.evaluate("window.editor.errors") == [[6, "NameError: x"], [6, "It raises NameError: x."]]
    expect(page.get_by_text("How it was judged")).to_have_count(0)
    expect(page.locator(".challenge .statements")).to_contain_text("No statement reached the database.")


def test_code_that_cannot_be_loaded_is_told_by_the_judge(site, page):
    missing = {**OVER, "kind": "load", "text": "Line 1 is not valid Python.", "place": {**ACCESS, "line": 1}}
    fake(page, run={"fault": "It cannot be loaded."}, judge={"verdict": {**FAILED, "missing": [missing]}})
    open_desk(page, site)
    expect(run(page)).to_contain_text("Line 1 is not valid Python. naive.py line 1")
    assert page.evaluate("window.editor.errors") == [[1, "Line 1 is not valid Python."]]
    expect(page.locator(".challenge .statements")).to_have_count(0)


def test_judge_that_cannot_judge_says_why(site, page):
    fake(page, judge={"fault": "No shelf is here."})
    open_desk(page, site)
    expect(run(page)).to_contain_text("It is not your code: No shelf is here.")


def test_run_that_a_bound_stopped_is_not_judged(site, page):
    stopped = {**RUN, "status": "stopped", "error": "stopped after 5,000 queries"}
    fake(page, run={"run": stopped})
    open_desk(page, site)
    expect(run(page)).to_contain_text("The run was stopped after 5,000 queries.")
    assert page.evaluate("window.asked.length") == 1


def test_stop_ends_a_run_and_the_next_one_runs(site, page):
    fake(page, run=None)
    open_desk(page, site)
    told = run(page)
    runs, stop = page.get_by_role("button", name="Run "), page.get_by_role("button", name="Stop")
    expect(runs).to_have_attribute("aria-disabled", "true")
    runs.press("Enter")
    assert page.evaluate("window.asked.length") == 1
    stop.focus()
    page.keyboard.press("Enter")
    expect(told).to_contain_text("You stopped it.")
    expect(stop).to_be_hidden()
    expect(runs).to_be_focused()
    answer(page, run={"run": RUN})
    run(page)
    expect(page.locator(".challenge .statements")).to_be_visible()


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (["time"], "It took too long"),
        (["fault", "the limit of memory is reached"], "more memory than a run may have"),
        (["fault", "Failed to fetch"], "The site could not be reached"),
        (["fault", "The server does not give /static/x.zip: 404."], "A file that a run needs is missing"),
        (["fault", "<b>Python</b> is gone"], "It is not your code: <b>Python</b> is gone"),
    ],
)
def test_every_end_is_told_in_words(site, page, end, words):
    fake(page, judge={"end": end})
    open_desk(page, site)
    expect(run(page)).to_contain_text(words)


def test_start_that_fails_is_told_and_can_be_tried_again(site, page):
    fake(page, start=["fault", "Failed to fetch"])
    open_desk(page, site)
    expect(page.locator(".challenge")).to_contain_text("Press Run to try again.")
    page.evaluate("window.start = null")
    expect(run(page)).to_contain_text("41 queries")


def test_what_cannot_be_loaded_is_told(site, page):
    fake(page)
    page.route("**/challenge.json", lambda route: route.fulfill(status=503))
    go_to(page, site)
    page.get_by_role("button", name="Solve it here").click()
    expect(page.locator(".opening [role=status]")).to_contain_text("Reload this page to try again.")
    page.trouble.clear()  # Chromium tells of a 503 as an error


def test_nothing_that_code_says_becomes_html(site, page):
    evil = "<img src=x onerror=alert(1)>"
    told = group(
        1, {**ACCESS, "file": evil}, sql=[["k", evil]], cause=evil, way=evil, error=evil, samples=[[evil]]
    )
    differs = {"alike": 0, "count": 1, "expected": [evil], "got": [evil]}
    shortfall = {**OVER, "text": evil, "difference": [differs]}
    fake(
        page,
        run={"run": {**RUN, "preview": [[evil]], "groups": [told]}},
        judge={"verdict": {**FAILED, "missing": [shortfall]}},
        explain={"plan": {"reason": evil}},
    )
    open_desk(page, site)
    expect(run(page)).to_contain_text(evil)
    expect(page.locator(".challenge .way")).to_have_text(evil)
    page.locator(".challenge").get_by_role("button", name="plan").click()
    expect(page.locator(".plan-place")).to_contain_text(evil)
    assert page.locator(".challenge img").count() == 0


def test_hints_come_one_at_a_time(site, page):
    path = next(
        lesson.path for lesson in get_catalog().lessons if len(lesson.hints) > 1 and not lesson.no_challenge
    )
    go_to(page, site, path)
    hints = page.locator(".challenge .hints details")
    expect(hints.nth(1)).to_be_hidden()
    hints.nth(0).locator("summary").click()
    expect(hints.nth(1)).to_be_visible()


def test_solution_is_shown_beside_the_readers_code(site, challenge):
    go_to(challenge, site)
    solution = challenge.locator(".challenge .solution")
    solution.locator("summary").click()
    expect(solution.locator(".listing")).to_contain_text("select_related")
    challenge.get_by_role("button", name="Solve it here").click()
    expect(solution.locator(".diff .left.changed")).to_have_count(1)
    expect(solution.locator(".diff .right.changed")).to_contain_text("only here: ")
    solution.locator("summary").click()
    editor(challenge).fill("def mine():\n    pass\n")
    solution.locator("summary").click()
    expect(solution.locator(".diff")).to_contain_text("def mine():")


def test_without_scripts_all_but_the_running_is_there(site, page_with):
    page = page_with(java_script_enabled=False, viewport=DESKTOP)
    go_to(page, site)
    section = page.locator("#challenge")
    expect(section).to_contain_text("JavaScript is off")
    assert section.locator(".task").inner_text()
    expect(section.get_by_role("button", name="Solve it here")).to_be_hidden()
    section.locator(".solution summary").click()
    expect(section.locator(".solution .listing")).to_be_visible()
    assert all(hint.is_visible() for hint in section.locator(".hints details").all())


def test_browser_that_cannot_run_it_says_why(site, page):
    page.add_init_script("delete window.WebAssembly")
    go_to(page, site)
    expect(page.locator("#challenge [role=status]")).to_contain_text("This browser has no WebAssembly")
    expect(page.get_by_role("button", name="Solve it here")).to_be_hidden()


def test_keyboard_alone_solves_it(site, challenge):
    go_to(challenge, site)
    challenge.get_by_role("button", name="Solve it here").focus()
    challenge.keyboard.press("Enter")
    expect(editor(challenge)).to_be_focused()
    answer(challenge, judge={"verdict": SOLVED})
    challenge.keyboard.press("Control+Enter")
    told = challenge.locator(".challenge .log > [role=status]")
    expect(told).to_contain_text("Solved. Join it with select_related().")
    expect(editor(challenge)).to_be_focused()
    reached = []
    for _ in range(9):
        challenge.keyboard.press("Tab")
        reached.append(challenge.evaluate("document.activeElement.textContent.trim()"))
    assert [words.split()[0] for words in reached[:2]] == ["Run", "Reset"]
    assert {"100 rows returned", "naive.py line 5", "plan"} <= set(reached)


@pytest.mark.parametrize("verdict", [FAILED, SOLVED], ids=["failed", "solved"])
def test_challenge_fits_and_is_accessible(site, challenge, verdict):
    open_desk(challenge, site)
    answer(challenge, judge={"verdict": verdict})
    expect(run(challenge)).not_to_be_empty()
    challenge.locator(".challenge").get_by_role("button", name="plan").first.click()
    expect(challenge.locator(".plan-place .plan").first).to_be_visible()
    challenge.mouse.move(0, 0)
    check_look(challenge)
