import tracemalloc

import pytest

from lab.running.differing import first_difference
from lessons.course.reading import read_lesson
from lessons.runs.differing import tell_first_difference
from lessons.runs.shelved import ShelvedLesson

LONG = "'The same for a hundred characters. ' * 4"
FIRST = [
    ("[1, 2, 3]", "[1, 5, 6]", True, ("2", "5")),
    ("[1, 2, 3]", "[1, 3, 2]", True, ("2", "3")),
    ("[1, 2, 3]", "[1, 2]", True, ("3", "none")),
    ("[1, 2]", "[1, 2, 3]", True, ("none", "3")),
    ("[None]", "[]", True, ("None", "none")),
    ("[1, 2, 3]", "[1, 3, 2]", False, None),
    ("[1, 2, 3]", "[3, 4, 1]", False, ("2", "4")),
    ("[1, 2, 2]", "[2, 1]", False, ("2", "none")),
    ("[0, Decimal('1.0')]", "[False, 1]", True, None),
    ("range(5_000)", "[n if n != 4_321 else 'x' for n in range(5_000)]", True, ("4321", "'x'")),
    ("{'Ada': 1, 'Bo': 2}", "{'Bo': 0, 'Ada': 1}", True, ("('Bo', 2)", "('Bo', 0)")),
    ("'<ul>\\n<li>a\\n</ul>'", "'<ul>\\n<li>b\\n</ul>'", True, ("'<li>a\\n'", "'<li>b\\n'")),
    (
        f"[{LONG} + 'a']",
        f"[{LONG} + 'b']",
        True,
        ("…ame for a hundred characters. a'", "…ame for a hundred characters. b'"),
    ),
    (
        f"['a' + {LONG}]",
        "[1]",
        True,
        ("'aThe same for a hundred characters. The same for a hundred characters. The same for a hun…", "1"),
    ),
]


@pytest.mark.parametrize(("naive", "optimized", "ordered", "expected"), FIRST)
def test_first_row_that_differs(course, shelf, naive, optimized, ordered, expected):
    for name, rows in {"naive": naive, "optimized": optimized}.items():
        course.write(f"{name}.py", f"from decimal import Decimal\n\n\ndef run():\n    return {rows}\n")
    course.change("lesson.toml", "ordered = true", f"ordered = {str(ordered).lower()}")
    lesson = read_lesson(course.folder)
    shelved = ShelvedLesson(lesson=lesson, shelf=shelf)
    sides = [(shelved, lesson.variant(name)) for name in ("naive", "optimized")]
    assert tell_first_difference(*sides) == expected


def test_first_difference_keeps_no_rows():
    """Eight bytes a row, and not the rows: those would take some twenty megabytes here."""
    tracemalloc.start()
    try:
        found = first_difference(
            lambda take: take(("x" * 200, n) for n in range(60_000)),
            lambda take: take(("x" * 200, n) for n in range(60_000) if n != 59_000),
            ordered=True,
        )
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (found.left[0][1], found.right[0][1]) == (59_000, 59_001)
    assert peak < 4_000_000
