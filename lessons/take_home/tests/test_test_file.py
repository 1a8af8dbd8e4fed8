import ast

import pytest

from lessons.course.catalog import get_catalog
from lessons.course.contract import ENGINES, Environment, LessonError
from lessons.take_home.test_file import missing_tests, write_test

HERE = Environment(engine="sqlite", django="6.1")
MODEL = "from django.db import models\n\n\nclass Draft(models.Model):\n    pass\n\n\ndef setup():\n    Draft.objects.create()\n"


@pytest.fixture
def written(course):
    def write(**options):
        return write_test(get_catalog().lessons[0], HERE, **options).text

    return write


def test_number_of_queries_is_the_one_that_is_declared(course, written):
    course.change("lesson.toml", "[variants.optimized.queries]\n10 = 1", "[variants.optimized.queries]\n10 = 7")
    text = written()
    assert "with self.assertNumQueries(7):\n            list(run())" in text
    assert '.select_related("author")' in text


def test_naive_code_is_put_to_the_same_test(written):
    assert "assertNumQueries(1)" in written(variant="naive")
    assert "select_related" not in written(variant="naive")


def test_transactions_of_writes_are_not_counted(course, written):
    course.change("lesson.toml", "ordered = true", 'ordered = true\naccess = "write"')
    assert 'startswith(("SAVEPOINT", "RELEASE"))' in written()


def test_tables_of_models_are_made_before_the_tests(course, written):
    course.change("lesson.toml", "ordered = true", 'ordered = true\naccess = "write"')
    course.write("setup.py", MODEL)
    text = written()
    assert text.index("class Draft") < text.index("def setUpModule()") < text.index("class ALessonTests")
    assert "for model in [Draft]:" in text


def test_templates_stand_in_the_file(course, written):
    course.write("templates/books.html", "{{ books }}")
    text = written()
    assert '"books.html": """{{ books }}"""' in text
    assert "@override_settings(TEMPLATES=TEMPLATES)" in text


def test_race_is_run_in_the_order_in_which_all_commit(race_course, written):
    text = written()
    ast.parse(text)
    assert 'order = "alice bob ' in text
    assert "in_turns(order, alice=alice, bob=bob)" in text
    assert "class Session(Thread):" in text


def test_race_is_rather_one_that_the_naive_code_loses(race_course, written):
    begins = "[variants.optimized]\n"
    first = '[[variants.optimized.races]]\ntitle = "One after the other"\nschedule = "alice alice bob bob"\n'
    for engine in ENGINES:
        first += f'outcome.{engine} = {{ alice = "committed", bob = "committed", invariant = "kept" }}\n'
    race_course.change("lesson.toml", begins, begins + first)
    assert 'order = "alice bob alice bob"' in written()


def test_lesson_may_write_its_own(course, written):
    course.write("take_home.py", "from optimized import run\n\n\ndef test_own():\n    run()\n")
    assert "def test_own():" in written()
    assert "assertNumQueries" not in written()


def test_lesson_about_something_else_must_write_its_own(course, written):
    course.change("lesson.toml", "ordered = true", 'ordered = true\n\n[guess]\nasks = "rows"')
    with pytest.raises(LessonError, match=r"Write take_home\.py"):
        written()
    assert "is not about a number of queries" in next(missing_tests(get_catalog().lessons))
