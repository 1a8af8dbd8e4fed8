"""What lessons teach about the cache is true of Redis too, where CACHE_URL names one."""

import pytest
from django.core.cache import caches

from lessons.course.catalog import get_catalog
from lessons.proof.proof import prove

LESSONS = [
    lesson
    for lesson in get_catalog().lessons
    if any("django.core.cache import cache" in path.read_text() for path in lesson.folder.glob("*.py"))
]


def test_there_are_lessons_that_cache():
    assert "around_the_orm/cache_a_result" in [lesson.path for lesson in LESSONS]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.path)
def test_lesson_keeps_its_promises_on_redis(lesson, shelves, redis):
    assert [str(fault) for fault in prove(lesson, [shelves[10], shelves[100]]).faults] == []
    client = caches["default"]._cache.get_client()
    assert client.info("commandstats")["cmdstat_set"]["calls"] > 0
    assert client.dbsize() == 0
