import pytest

from lessons.course.catalog import get_catalog

LESSONS = [lesson for lesson in get_catalog().lessons if lesson.track == "where_queries_hide"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_each_says_how_to_find_it_in_a_project_of_ones_own(lesson):
    """Its readers come from there."""
    headings = [line for line in (lesson.folder / "README.md").read_text().splitlines() if line.startswith("## ")]
    assert headings[-1] == "## In your own project"
