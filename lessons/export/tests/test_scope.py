import pytest

from lessons.export.scope import Scope

LESSON = "/course/lessons/n_plus_one/forward_foreign_key/"
RACE = "/course/lessons/transactions/the_last_copy/"
OTHER = "/course/lessons/n_plus_one/nested_path/"
SIZES = frozenset({10, 100, 1_000})


@pytest.fixture
def scope(settings):
    settings.ROOT_URLCONF = "lessons.export.urls"
    lessons = {"n_plus_one/forward_foreign_key", "transactions/the_last_copy"}
    shelves = {"sqlite": SIZES, "postgresql": SIZES}
    return Scope(
        prefix="/course/", lessons=frozenset(lessons), engines=frozenset(shelves), books=SIZES, shelves=shelves
    )


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/course/", "index.html"),
        ("/course/glossary/", "glossary/index.html"),
        ("/course/plans/", "plans/index.html"),
        ("/course/search/index.json", "search/index.json"),
        ("/course/claims/?verdict=true&track=raw_sql", "claims/track-raw_sql/verdict-true/index.html"),
        (f"{LESSON}naive/", "naive/index.html"),
        (f"{LESSON}naive/?books=100", "naive/index.html"),  # what it opens on anyway
        (f"{LESSON}naive/?engine=postgresql&books=10", "naive/books-10/engine-postgresql/index.html"),
        (f"{LESSON}naive/?books=10&engine=postgresql", "naive/books-10/engine-postgresql/index.html"),
        (f"{LESSON}compare/?books=100&left=naive&right=optimized", "compare/index.html"),
        (f"{LESSON}compare/?books=10", "compare/books-10/index.html"),
        (f"{LESSON}compare/?engine=postgresql", "compare/engine-postgresql/index.html"),
        (f"{LESSON}curve/?books=1000", "curve/index.html"),  # all shelves are on it
        (f"{LESSON}naive/plan/2/?books=100", "naive/plan/2/index.html"),
        (f"{LESSON}?guess=0", "guess-0/index.html"),
        (f"{LESSON}test.py", "test.py"),
        (f"{RACE}?guess=kept", "guess-kept/index.html"),
        (f"{RACE}naive/?engine=postgresql", "naive/index.html"),  # which it opens on
        (f"{RACE}compare/?isolation=serializable", "compare/isolation-serializable/index.html"),
        (f"{RACE}compare/?engine=sqlite", "compare/engine-sqlite/index.html"),
    ],
)
def test_part_is_a_file(scope, address, file):
    below = address.partition("lessons/")[2].rpartition("/")[0]
    found = scope.part(address).file
    assert found.endswith(file)
    assert not below or found.startswith("lessons/")


@pytest.mark.parametrize(
    "address",
    [
        "/glossary/",  # another site of the host
        "/course/status/",
        "/course/set/",
        "/course/robots.txt",
        "/course/no/such/page/",
        f"{OTHER}naive/",  # another lesson
        f"{LESSON}naive/?books=10000",
        f"{LESSON}naive/?engine=mysql",
        f"{LESSON}naive/?measure=1",
        f"{LESSON}compare/?engine=postgresql&books=10",
        f"{LESSON}compare/?engine=postgresql&right=prefetched",
        f"{LESSON}nothing/",
        f"{LESSON}curve/?latency=20",
        f"{LESSON}curve/?engine=postgresql",
        f"{LESSON}claims/?engine=postgresql",
        f"{LESSON}naive/plan/2/?books=10",
        f"{LESSON}naive/plan/2/?books=100&beside=optimized.1",
        f"{LESSON}?guess=7",
        f"{LESSON}orders/",
        f"{RACE}naive/?schedule=alice",  # which the lesson does not tell
        f"{RACE}naive/?look=alice",
        f"{RACE}naive/?isolation=none",
        f"{RACE}naive/?isolation=immediate&engine=sqlite",  # it opens on another engine
        f"{RACE}compare/?isolation=immediate&engine=sqlite",
        f"{RACE}claims/?engine=sqlite",
    ],
)
def test_others_are_no_part(scope, address):
    assert scope.part(address) is None


def test_no_page_runs_on_an_engine_without_shelves(scope):
    scope.shelves.pop("postgresql")
    assert scope.part(f"{LESSON}naive/") is not None
    assert scope.part(f"{LESSON}naive/?engine=postgresql") is None
