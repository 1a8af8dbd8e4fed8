import pytest

from lessons.course.reading import read_lesson
from lessons.proof.findings import About
from lessons.proof.proof import compare_engines, prove
from lessons.proof.sentences import tell


@pytest.fixture
def proof_of(course, shelves):
    def prove_it(*sizes):
        return prove(read_lesson(course.folder), [shelves[size] for size in sizes or (10, 100)])

    return prove_it


def test_good_lesson_is_proved(proof_of):
    proof = proof_of()
    assert proof.faults == []
    assert proof.reports["naive", 100].queries == 101


def test_shelf_that_no_lesson_declares(proof_of):
    proof = proof_of(37)
    assert proof.faults == []
    assert proof.reports["naive", 37].queries == 38


def _rows(text):
    return lambda course: course.write(
        "optimized.py", f"from library.models import Book\n\n\ndef run():\n    return {text}\n"
    )


PLAIN = "[(book.title, book.author.name) for book in Book.objects.select_related('author').order_by('pk')]"
FAULTS = {
    "a wrong count": (
        lambda c: c.change("lesson.toml", "10 = 11", "10 = 12"),
        "naive at 10 books on SQLite runs 11 queries, and declares 12.",
        "check_lessons --record",
    ),
    "unequal rows": (
        _rows("[(book.title, '?') for book in Book.objects.all()]"),
        "naive and optimized at 10 and 100 books on SQLite give different rows.",
        "correctness = ",
    ),
    "rows in another order": (
        _rows(
            "[(book.title, book.author.name) for book in Book.objects.select_related('author').order_by('-pk')]"
        ),
        "different rows",
        "ordered = false",
    ),
    "no rows": (
        _rows("list(Book.objects.filter(pk=0))"),
        "optimized at 10 and 100 books on SQLite gives no rows.",
        "Return or yield rows",
    ),
    "a query without a place": (
        _rows("Book.objects.order_by('pk').values_list('title', 'author__name')"),
        "a query that no line of the lesson fires",
        "Evaluate querysets inside run()",
    ),
    "an undeclared write": (
        _rows("[Book.objects.update(stock=0)]"),
        "optimized at 10 and 100 books on SQLite writes.",
        'access = "write" in lesson.toml',
    ),
    "an undeclared error": (
        _rows("1 / 0"),
        "raises ZeroDivisionError: division by zero, and declares no error.",
        'declare raises = "ZeroDivisionError"',
    ),
    "an error that does not come": (
        lambda c: c.change(
            "lesson.toml",
            "[variants.optimized.queries]",
            '[variants.optimized]\nraises = "FieldError"\n[variants.optimized.queries]',
        ),
        "raises nothing, and declares FieldError.",
        "take `raises` out of [variants.optimized]",
    ),
    "objects for rows": (_rows("list(Book.objects.all())"), "run() gave a Book.", "plain rows"),
    "no run()": (
        lambda c: c.write("optimized.py", "x = 1\n"),
        "optimized.py has no run().",
        "Define run() in it.",
    ),
    "a file that cannot be loaded": (
        lambda c: c.write("optimized.py", "def run(:\n"),
        "cannot be loaded: SyntaxError",
        "",
    ),
    "a query on loading": (
        lambda c: c.write("optimized.py", "from library.models import Book\nB = Book.objects.count()\n"),
        "runs a query while it is loaded",
        "Move it into run().",
    ),
    "nothing saved": (
        lambda c: (
            c.change("lesson.toml", "10 = 1\n100 = 1\n1000 = 1\n", "10 = 11\n100 = 101\n1000 = 1001\n"),
            c.write("optimized.py", (c.folder / "naive.py").read_text()),
        ),
        "optimized on SQLite runs no fewer queries than naive.",
        "in [saves]",
    ),
    "rows not saved": (
        lambda c: c.add("lesson.toml", "\n[saves]\nrows = 0.1\n"),
        "optimized ÷ naive of rows at 100 books on SQLite is 0.5, and declares 0.1.",
        "declare rows =",
    ),
    "correct after all": (
        lambda c: c.add("lesson.toml", '\n[saves]\ncorrectness = "They differ."\n'),
        "naive and optimized on SQLite give equal rows.",
        "Take correctness out",
    ),
    "a claim that turns out otherwise": (
        lambda c: (
            c.add("lesson.toml", '\n[claims.so]\nid = "C01"\nexpect = true\ntruth = "Yes."\n'),
            c.write("claims.py", "def so(log):\n    return False\n"),
        ),
        "the claim so at 10 and 100 books on SQLite turns out False, and expects True.",
        "look at its `truth`",
    ),
    "a claim that fails": (
        lambda c: (
            c.add("lesson.toml", '\n[claims.so]\nid = "C01"\nexpect = true\ntruth = "Yes."\n'),
            c.write("claims.py", "def so(log):\n    return 1 / 0\n"),
        ),
        "the claim so at 10 and 100 books on SQLite raised: ZeroDivisionError",
        "claims.py",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_broken_promise_is_one_sentence_with_its_remedy(course, proof_of, fault):
    break_it, what, remedy = FAULTS[fault]
    break_it(course)
    [message] = tell(proof_of().faults, engines=["SQLite"])
    assert message.startswith("a_track/a_lesson: ")
    assert what in message
    assert remedy in message
    assert "\n" not in message


def test_rows_that_differ_are_shown(course, proof_of):
    """The first of the smallest shelf, once, though those of the others are not the same."""
    row = "[(book.pk, book.pk < {} * Book.objects.count()) for book in Book.objects.order_by('pk')]"
    _rows(row.format(0.7))(course)
    course.write("naive.py", (course.folder / "optimized.py").read_text().replace("0.7", "0.5"))
    [message] = tell([each for each in proof_of().faults if each.about == About.ROWS], engines=["SQLite"])
    assert "give different rows. The first row that differs at 10 books is (5, False) in naive, and" in message
    assert "and (5, True) in optimized. Make them equal" in message


def test_declared_error_is_an_outcome(course, proof_of):
    course.write(
        "blocked.py",
        "from library.models import Book\n\n\ndef run():\n    return list(Book.objects.filter(colour=1))\n",
    )
    course.add(
        "lesson.toml",
        '\n[variants.blocked]\nraises = "FieldError"\n[variants.blocked.queries]\n10 = 0\n100 = 0\n1000 = 0\n',
    )
    proof = proof_of()
    assert proof.faults == []
    assert proof.reports["blocked", 10].error_type == "FieldError"


RAISES = """\
from django.db import connection
from library.models import Book


def run():
    if connection.vendor == "postgresql":
        raise LookupError
    for book in Book.objects.order_by("pk"):
        yield book.title, book.author.name
"""


def test_error_may_be_declared_for_an_engine(course, shelves_everywhere):
    course.write("naive.py", RAISES)
    course.change(
        "lesson.toml", "[variants.naive.queries]\n", "[variants.naive.queries]\npostgresql = { 10 = 0 }\n"
    )
    course.add("lesson.toml", '\n[saves]\ncorrectness = "It fails on PostgreSQL."\nrows = 0.5\n')
    told = [str(fault) for proof in proofs(course, shelves_everywhere) for fault in proof.faults]
    assert any("raises LookupError" in sentence for sentence in told)
    course.change(
        "lesson.toml",
        "[variants.naive.",
        '[variants.naive]\nraises = { postgresql = "LookupError" }\n[variants.naive.',
    )
    found = proofs(course, shelves_everywhere)
    assert [str(fault) for proof in found for fault in proof.faults] == []
    assert compare_engines(found) == []


FEWER_ON_A_LARGE_SHELF = """\
from library.models import Book


def run():
    for start in range(0, Book.objects.count(), 50):
        for title in Book.objects.order_by("pk").values_list("title", flat=True)[start : start + 50]:
            yield title
"""


def test_saving_is_proved_on_the_shelf_that_the_lesson_names(course, shelves, proof_of):
    course.write("naive.py", FEWER_ON_A_LARGE_SHELF)
    course.write("optimized.py", FEWER_ON_A_LARGE_SHELF.replace("50", "200"))
    course.change("lesson.toml", "10 = 11\n100 = 101\n1000 = 1001\n", "10 = 2\n100 = 3\n1000 = 21\n")
    course.change("lesson.toml", "10 = 1\n100 = 1\n1000 = 1\n", "10 = 2\n100 = 2\n1000 = 6\n")
    assert proof_of(10, 37).faults[0].does == "runs no fewer queries than naive."
    course.add("lesson.toml", "\n[saves]\nbooks = 100\n")
    assert (proof_of(10, 1_000).faults, proof_of(10, 100).unproved) == ([], [])
    small = proof_of(10, 37)
    assert (small.faults, small.unproved) == ([], ["[saves], which takes a shelf of 100 books"])
    course.change("lesson.toml", "books = 100", "books = 5000")
    [missing] = proof_of(10, 1_000).faults
    assert "seed_library --engine sqlite --books 5000" in str(missing)


def test_variant_of_another_version_is_unavailable(course, proof_of):
    course.write("later.py", "from django.db.models import OF_NEXT_CENTURY\n")
    course.add(
        "lesson.toml", '\n[variants.later]\ndjango = ">=99"\n[variants.later.queries]\n10 = 0\n100 = 0\n1000 = 0\n'
    )
    proof = proof_of()
    assert proof.faults == []
    assert "needs Django >=99" in proof.unavailable["later"]


def test_declared_difference_is_proved(course, proof_of):
    _rows("[(book.title,) for book in Book.objects.order_by('pk')]")(course)
    course.add("lesson.toml", '\n[saves]\ncorrectness = "The author is left out."\n')
    assert proof_of().faults == []


def test_saving_is_bounded_by_engine(course, proof_of):
    course.add("lesson.toml", "\n[saves]\nrows = { default = 0.1, sqlite = 0.5 }\n")
    assert proof_of().faults == []
    course.change("lesson.toml", "sqlite = 0.5", "mysql = 0.5")
    assert "optimized ÷ naive of rows at 100 books on SQLite is 0.5," in str(proof_of().faults[0])


def test_time_and_memory_are_proved_on_the_largest_shelf_alone(course, proof_of):
    for name in ("naive.py", "optimized.py"):
        course.change(name, 'order_by("pk")', 'order_by("pk")[:10]')  # they are timed again and again
    course.change("lesson.toml", "100 = 101\n1000 = 1001", "100 = 11\n1000 = 11")
    course.add("lesson.toml", "\n[saves]\ntime = 0.0001\nmemory = 0.0001\n")
    small, large = proof_of(100), proof_of(1_000)
    assert small.faults == []
    assert small.unproved == [
        "[saves] time, which takes a shelf of 1,000 books",
        "[saves] memory, which takes a shelf of 1,000 books",
    ]
    assert large.unproved == []
    assert [fault.what for fault in large.faults] == [
        "optimized ÷ naive of time",
        "optimized ÷ naive of memory",
    ]


def test_claim_that_depends_is_proved_by_condition(course, proof_of):
    course.write("claims.py", 'def so(log):\n    return {"here": True, "there": False}\n')
    course.add(
        "lesson.toml", '\n[claims.so]\nid = "C01"\nexpect = { here = true, there = false }\ntruth = "Depends."\n'
    )
    assert proof_of().faults == []
    course.change("lesson.toml", "there = false", "there = true")
    assert "turns out" in str(proof_of().faults[0])


VENDOR = "from django.db import connection\n\n\ndef run():\n    connection.cursor().execute('SELECT 1')\n    return [{}]\n"


def proofs(course, shelves_everywhere):
    return [prove(read_lesson(course.folder), [shelves[10]]) for shelves in shelves_everywhere.values()]


@pytest.mark.parametrize("row", ["connection.vendor", "connection.vendor == 'sqlite'"])
def test_rows_that_differ_by_engine_are_a_fault_unless_it_is_said_why(course, shelves_everywhere, row):
    for name in ("naive.py", "optimized.py"):
        course.write(name, VENDOR.format(row))
    found = compare_engines(proofs(course, shelves_everywhere))
    told, _, example = str(found[0]).partition(" The first row that differs at 10 books is ")
    assert told == (
        "a_track/a_lesson: naive and optimized at 10 books give different rows on SQLite, PostgreSQL and MariaDB."
    )
    on_sqlite, on_postgresql = ("'sqlite'", "'postgresql'") if row == "connection.vendor" else ("True", "False")
    assert example.startswith(f"{on_sqlite} on SQLite, and {on_postgresql} on PostgreSQL. Make them equal")
    assert found[1:] == []
    course.change("lesson.toml", "ordered = true", 'ordered = true\ndiffers = "Names."')
    assert compare_engines(proofs(course, shelves_everywhere)) == []


def test_saying_that_rows_differ_is_a_fault_where_they_do_not(course, shelves_everywhere):
    course.change("lesson.toml", "ordered = true", 'ordered = true\ndiffers = "Names."')
    found = proofs(course, shelves_everywhere)
    assert "Take `differs` out" in str(compare_engines(found)[0])
    assert compare_engines(found[:2]) == []  # an engine that was not asked may differ
