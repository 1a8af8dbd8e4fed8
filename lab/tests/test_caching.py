from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache, caches

from lab.caching import own_cache
from lab.recording.places import StackPlaces
from lab.running import runner

COUNT = """
    from django.core.cache import cache
    from library.models import Book

    def run():
        return [cache.get_or_set("books", Book.objects.count)]
"""


@pytest.fixture(params=["memory", "redis"])
def kept(request):
    """What is in the site's cache, be it in memory or on a Redis: {key: value}."""
    if request.param == "redis":
        request.getfixturevalue("redis")
    cache.set("site", "kept")
    yield lambda: _keys(request.param)
    cache.clear()


def _keys(kind):
    backend = caches["default"]
    if kind == "memory":
        return {key.encode() for key in backend._cache}
    return set(backend._cache.get_client().keys())


def test_cache_is_empty_and_goes(kept):
    with own_cache():
        assert cache.get("site") is None
        cache.set("a", 1)
        cache.set("a", 2, version=2)
        cache.set_many({"b": 3, "c": 4}, timeout=None)
        cache.incr_version("b")
        assert (cache.get("a"), cache.get("a", version=2), cache.get("b", version=2)) == (1, 2, 3)
    assert cache.get("a") is None
    assert kept() == {b":1:site"}


def test_clear_takes_nothing_of_others(kept):
    with own_cache():
        cache.set("outer", 1)
        with own_cache():
            cache.set("inner", 2)
            cache.clear()
            assert cache.get("inner") is None
        assert cache.get("outer") == 1
    assert cache.get("site") == "kept"


def test_runs_do_not_find_what_others_kept(kept, snippet, shelves):
    for size, shelf in shelves.items():
        snippet.shelf = shelf
        report = snippet.record(COUNT)
        assert (report.preview, report.queries) == ((size,), 1)
    assert kept() == {b":1:site"}


def test_runs_in_threads_do_not_meet(kept, snippet, shelves):
    run, places = snippet.load(COUNT)["run"], StackPlaces(snippet.folder)

    def count(size):
        return runner.record(run, shelf=shelves[size], places=places).preview[0]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(count, [10, 100] * 10)) == [10, 100] * 10


def test_coroutines_have_the_cache_of_their_run(kept, snippet):
    report = snippet.record("""
        import asyncio
        from asgiref.sync import sync_to_async
        from django.core.cache import cache

        async def run():
            await cache.aset("a", 1)
            await asyncio.gather(cache.aset("b", 2))
            return [cache.get("a"), cache.get("b"), await sync_to_async(cache.get)("a"), cache.get("site")]
    """)
    assert report.preview == (1, 2, 1, None)
    assert kept() == {b":1:site"}


def test_what_is_prepared_is_not_in_the_cache_of_the_run(snippet):
    run = snippet.load(COUNT)["run"]
    places = StackPlaces(snippet.folder)
    report = runner.record(run, shelf=snippet.shelf, places=places, prepare=lambda: cache.set("books", 0))
    assert report.preview == (10,)


def test_timed_runs_begin_with_an_empty_cache(snippet):
    namespace = snippet.load("""
        from django.core.cache import cache

        found = []

        def run():
            found.append(cache.get("warm"))
            cache.set("warm", 1)
            return [1]
    """)
    runner.measure(namespace["run"], shelf=snippet.shelf, runs=2)
    assert namespace["found"] == [None] * 3


def test_cache_server_that_is_gone_is_the_error_of_the_run(redis, snippet):
    redis.kill()
    report = snippet.record(COUNT)
    assert (report.status, report.error_type) == ("raised", "ConnectionError")


def test_runs_leave_no_connection_to_the_server(redis, snippet):
    for _ in range(5):
        snippet.record(COUNT)
    assert len(caches["default"]._cache.get_client().client_list()) <= 2
