import re
from urllib.parse import urlencode

import pytest

from lab.recording.report import Report, Status
from lessons.runs.row_diff import diff_reports

PAGE = "/lessons/a_track/a_lesson/compare/"
ROWS = "from library.models import Book\n\n\ndef run():\n    yield from {rows}\n"


def report(*rows, returned=None):
    return Report(status=Status.OK, preview=rows, rows=len(rows) if returned is None else returned)


def differences(left, right, *, ordered=True):
    diff = diff_reports(report(*left), report(*right), ordered=ordered)
    return [(each.alike, *map(row_or_dash, (each.left, each.right))) for each in diff.differences], diff.alike


def row_or_dash(side):
    return side[0] if side else "–"


def test_rows_are_aligned_around_what_is_alike():
    assert differences("abcd", "abXd") == ([(2, "c", "X")], 1)
    assert differences("abbc", "abc") == ([(2, "b", "–")], 1)
    assert differences("ac", "abcd") == ([(1, "–", "b"), (1, "–", "d")], 0)


def test_order_counts_only_where_the_lesson_says_so():
    assert differences("ab", "ba", ordered=False) == ([], 2)
    assert differences("ab", "ba")[0] != []


def test_equal_values_of_other_types_are_alike():
    from decimal import Decimal

    assert differences([(Decimal("1.50"),)], [[Decimal("1.5")]]) == ([], 1)


def test_same_difference_in_a_row_is_counted():
    diff = diff_reports(report(*"aaab"), report(*"ab"), ordered=True)
    assert [(each.left, each.right, each.count) for each in diff.differences] == [(("a",), (), 2)]


def test_row_may_be_none():
    assert differences([None, 1], [1]) == ([(0, None, "–")], 1)


def test_long_difference_is_cut_and_counted():
    diff = diff_reports(report(*range(100)), report(*"abc"), ordered=True)
    assert (len(diff.differences), diff.hidden, diff.cut) == (12, 88, False)


def test_rows_beyond_those_compared_are_told():
    assert diff_reports(report("a", returned=2_000), report("a"), ordered=True).cut


@pytest.fixture
def get(get):
    return lambda **query: get(f"?{urlencode({'books': 10, **query})}")


def test_page_shows_the_rows_that_differ(course, get):
    course.write("naive.py", ROWS.format(rows="[('Maps', 2), ('Poetry', 6)]"))
    course.write("optimized.py", ROWS.format(rows="[('Maps', 2), ('Poetry', 3)]"))
    html = get()
    assert "They return different rows." in html
    assert '<td colspan="2">1 row alike</td>' in html
    assert '<td class="left"><code>&#x27;Poetry&#x27;</code>, <code>6</code></td>' in html
    assert '<td class="right"><code>&#x27;Poetry&#x27;</code>, <code>3</code></td>' in html


def test_page_of_equal_rows_has_no_such_table(get):
    assert "row-diff" not in get()


def test_rendered_text_has_no_such_table(course, get):
    course.write("naive.py", "def run():\n    return 'a'\n")
    course.write("optimized.py", "def run():\n    return 'b'\n")
    html = get()
    assert "They return different rows." in html
    assert "<code>&#x27;a&#x27;</code> (" in html
    assert "row-diff" not in html


BEYOND = {
    "past those that are compared": (
        "range(2_000)",
        "[n if n != 1_500 else 0 for n in range(2_000)]",
        True,
        ("1500", "0"),
    ),
    "in a heap": ("range(2_000)", "[*range(1, 2_000), 'x']", False, ("0", "&#x27;x&#x27;")),
    "equal values": ("range(2_000)", "[*map(float, range(1_999)), 'x']", True, ("1999", "&#x27;x&#x27;")),
}


@pytest.mark.parametrize("where", BEYOND)
def test_page_shows_the_first_row_that_differs_where_the_table_cannot(course, get, where):
    left, right, ordered, (naive, optimized) = BEYOND[where]
    course.write("naive.py", ROWS.format(rows=left))
    course.write("optimized.py", ROWS.format(rows=right))
    course.change("lesson.toml", "ordered = true", f"ordered = {str(ordered).lower()}")
    html = get()
    assert re.search(
        rf"The first row that differs: <code>{naive}</code> \(.*?\) and <code>{optimized}</code> \(", html
    )
    assert "row-diff" not in html
