from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

from store import cache

ALICE_IS_LATE = "carol carol carol carol alice bob bob bob bob alice"
BOB_IS_LATE = "alice alice bob bob bob carol carol carol carol bob"


def the_writer_stores_it(race):
    """If the writer stores the new value itself after the COMMIT, the cache is always right."""
    return {
        "a reader is late": race("writers_set", ALICE_IS_LATE).kept,
        "a writer is late": race("writers_set", BOB_IS_LATE).kept,
    }


def get_or_set_computes_once(log):
    """`cache.get_or_set()` is atomic, so of two requests at once only one computes the value."""
    both_compute, computed = Barrier(2, timeout=2), []

    def compute():
        try:
            both_compute.wait()
        except BrokenBarrierError:
            pass
        computed.append(uuid4().hex)
        return computed[-1]

    with ThreadPoolExecutor(2) as pool:
        got = list(pool.map(lambda _: cache.get_or_set("value", compute), range(2)))
    return {"one of them computes": len(computed) == 1, "both get the same value": len(set(got)) == 1}


def a_new_version_is_empty(log):
    """`cache.incr_version(key)` makes the old value unreachable: a reader of the new version misses."""
    cache.set("page", "old")
    version = cache.incr_version("page")
    return cache.get("page", version=version) is None
