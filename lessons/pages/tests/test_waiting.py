import pytest

from lab.engines import get_engine
from lessons.course.catalog import get_catalog
from lessons.measured.matrix import LONG
from lessons.pages.waiting import what_runs

LONGER = "The first time takes a few seconds."


@pytest.mark.parametrize(
    ("lesson", "page", "words"),
    [
        ("n_plus_one/nested_path", "staircase", f"Running 3 variants on SQLite, several times each. {LONGER}"),
        ("n_plus_one/nested_path", "curve", f"Running two variants on every shelf of SQLite. {LONGER}"),
        ("n_plus_one/nested_path", "engines", "Running one variant on every engine."),
        ("n_plus_one/nested_path", "compare", ""),
        (
            "transactions/wallet_transfer",
            "orders",
            f"Racing the sessions on SQLite, in every order of their turns. {LONGER}",
        ),
    ],
)
def test_what_runs(lesson, page, words):
    assert what_runs(get_catalog().lesson(lesson), page, get_engine("sqlite")) == words


def test_matrix_counts_its_races():
    lesson = get_catalog().lesson("transactions/isolation_matrix")
    raced = {name for forms in lesson.matrix for name in forms}
    words = what_runs(lesson, "matrix", get_engine("postgresql"))
    assert (
        words == f"Racing {len(raced)} variants at every isolation level of PostgreSQL, for about {LONG} seconds."
    )
