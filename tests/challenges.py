"""A challenge whose Python and editor are fakes (tests/fakes/): what its page does with what they say."""

import json
import re
from functools import partial
from pathlib import Path

from playwright.sync_api import expect

LESSON = "n_plus_one/forward_foreign_key"
FAKES = Path(__file__).parent / "fakes"
NAIVE = "naive.py"
LOOP = {"file": NAIVE, "line": 5, "end_line": 5, "column": 16, "end_column": 44}
ACCESS = {"file": NAIVE, "line": 6, "end_line": 6, "column": 26, "end_column": 37}


def group(n, place, **others):
    """A statement of a run, as lessons.browser.telling tells it."""
    told = {
        "n": n,
        "counted": True,
        "count": 1,
        "kind": "select",
        "sql": [["k", "SELECT"], ["", " "], ["ss", '"title"'], ["", "\n"], ["k", "FROM"], ["", " book"]],
        "rows": 100,
        "columns": 5,
        "affected": None,
        "ms": 1.5,
        "cause": "iteration",
        "way": "",
        "place": place,
        "error": None,
        "distinct": 1,
        "samples": [],
    }
    return {**told, **others}


RUN = {
    "status": "ok",
    "error": None,
    "error_place": None,
    "seconds": 0.0421,
    "queries": 101,
    "rows": 200,
    "cells": 900,
    "affected": 0,
    "transactions": 2,
    "returned": 100,
    "preview": [["'Dune'", "'Frank Herbert'"]] * 12,
    "rendered": None,
    "groups": [
        group(1, LOOP),
        group(2, ACCESS, count=100, distinct=80, samples=[["1"], ["2"]], cause="author"),
        group(102, None, counted=False, kind="transaction", sql=[["k", "COMMIT"]], rows=0),
    ],
}
OVER = {
    "kind": "budget",
    "text": "It sends 41 queries with 40 books, and may send 1. Most come from “book.author”.",
    "shelf": 40,
    "difference": [],
    "group": ACCESS,
    "place": None,
}
WRONG = {
    "kind": "rows",
    "text": "The rows are not the ones that the code must return.",
    "shelf": 40,
    "difference": [
        {"alike": 3, "count": 1, "expected": ["'Dune'", "1"], "got": ["'Dune'", "2"]},
        {"alike": 0, "count": 2, "expected": ["'Emma'", "1"], "got": None},
    ],
    "group": None,
    "place": None,
}
SHELF = {
    "books": 40,
    "rows": 40,
    "expected_rows": 40,
    "same": False,
    "figures": {"queries": {"yours": 41, "budget": 1}},
}
FAILED = {"solved": False, "rule": "Join it.", "missing": [WRONG, OVER], "shelves": [SHELF]}
SOLVED = {"solved": True, "rule": "Join it with `select_related()`.", "missing": [], "shelves": [SHELF]}
PLAN = {"verdict": "Reads every row of book.", "notes": [], "remark": None, "raw": "SCAN book"} | {
    "nodes": [{"title": "SCAN book", "says": "reads every row of book", "children": []}]
}
ANSWERS = {"run": {"run": RUN}, "judge": {"verdict": FAILED}, "explain": {"plan": PLAN}}


def fake(page, *, start=None, **answers):
    """Let Python answer this on the page's next address. start: why it does not"""
    for name in ("editor", "runtime"):
        page.route(re.compile(rf"/build/{name}(\.\w+)?\.js$"), partial(_fulfill, path=FAKES / f"{name}.js"))
    page.route(re.compile(r"/build/editor_models(\.\w+)?\.json$"), lambda route: route.fulfill(json={}))
    page.add_init_script(f"window.answers = {json.dumps(ANSWERS | answers)}; window.start = {json.dumps(start)};")


def _fulfill(route, path):
    route.fulfill(path=path)


def go_to(page, site, path=LESSON):
    page.goto(f"{site}/lessons/{path}/naive/?books=10")


def open_desk(page, site, path=LESSON):
    """Open the challenge of a lesson; returns the field of its code."""
    go_to(page, site, path)
    page.get_by_role("button", name="Solve it here").click()
    field = editor(page)
    expect(field).to_be_visible()
    return field


def editor(page):
    return page.get_by_role("textbox", name="Your code, naive.py")


def run(page):
    page.get_by_role("button", name="Run ", exact=False).click()
    return page.locator(".challenge .log > [role=status]")


def answer(page, **answers):
    """Let Python answer this from now on."""
    page.evaluate("answers => Object.assign(window.answers, answers)", answers)
