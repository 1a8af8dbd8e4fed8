"""A challenge whose run() has a keyword: it is judged by its default, whether or not the reader keeps it."""

import pytest

from lessons.tests.paged_lesson import NAIVE, OPTIMIZED


@pytest.mark.parametrize(
    ("code", "solved"),
    [
        (OPTIMIZED, True),
        (OPTIMIZED.replace("(page=1)", "()").replace("10 * page - 10", "0"), True),
        (OPTIMIZED.replace("page=1", "page=2"), False),
        (OPTIMIZED.replace("page=1", "page"), False),
        (NAIVE, False),
    ],
)
def test_judged_by_the_default(paged_course, judged, code, solved):
    assert judged("a_track/a_lesson", code).solved is solved
