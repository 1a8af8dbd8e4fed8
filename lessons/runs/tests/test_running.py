import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from lab.exceptions import NoAccesses, NoStatement
from lab.recording.report import Status
from lessons.course.reading import read_lesson
from lessons.runs.shelved import ShelvedLesson

PARTIAL = "<li>{{ book.author.name }}</li>"


def naive(course, source):
    course.write("naive.py", source)
    lesson = read_lesson(course.folder)
    return lesson, lesson.variant("naive")


def test_run_renders_the_lessons_own_templates(course, shelf):
    course.write("templates/book.html", PARTIAL)
    lesson, variant = naive(
        course,
        "from django.template.loader import render_to_string\nfrom library.models import Book\n\n\ndef run():\n"
        "    for book in Book.objects.order_by('pk'):\n        yield render_to_string('book.html', {'book': book})\n",
    )
    report = ShelvedLesson(lesson=lesson, shelf=shelf).record(variant)
    assert report.error is None
    assert (report.groups[1].place.file, report.groups[1].place.line, report.groups[1].count) == (
        "templates/book.html",
        1,
        10,
    )
    assert ShelvedLesson(lesson=lesson, shelf=shelf).measure(variant, runs=1).runs == 1


def test_templates_of_a_lesson_are_found_in_its_runs_alone(course, shelf):
    course.write("templates/same.html", "one")
    source = "from django.template.loader import get_template\n\n\ndef run():\n    get_template('same.html')\n"
    lesson, variant = naive(course, source)
    assert ShelvedLesson(lesson=lesson, shelf=shelf).record(variant).error is None
    with pytest.raises(TemplateDoesNotExist):
        get_template("same.html")


def test_two_lessons_may_use_one_template_name(course, shelf):
    for folder, text in [("020_one", "one"), ("030_two", "two")]:
        path = course.track / folder
        path.mkdir()
        for file in course.folder.iterdir():
            (path / file.name).write_text(file.read_text())
        (path / "templates").mkdir()
        (path / "templates" / "same.html").write_text(text)
        (path / "naive.py").write_text(
            "from django.template.loader import render_to_string\n\n\ndef run():\n    return render_to_string('same.html')\n"
        )
        lesson = read_lesson(path)
        assert ShelvedLesson(lesson=lesson, shelf=shelf).record(lesson.variant("naive")).rendered == text


def test_run_may_be_a_coroutine(course, shelf):
    lesson, variant = naive(
        course, "from library.models import Book\n\n\nasync def run():\n    return [await Book.objects.acount()]\n"
    )
    report = ShelvedLesson(lesson=lesson, shelf=shelf).record(variant)
    assert (report.preview, report.queries) == ((10,), 1)


def test_writing_lesson_has_a_copy_for_each_run_and_claim(course, shelf):
    course.change("lesson.toml", "ordered = true", 'ordered = true\naccess = "write"')
    course.add("lesson.toml", '\n[claims.gone]\nid = "C01"\nexpect = true\ntruth = "Gone."\n')
    course.write(
        "claims.py",
        "from library.models import Review\n\n\ndef gone(log):\n    return Review.objects.all().delete()[0] == 20\n",
    )
    lesson, variant = naive(
        course,
        "from library.models import Review\n\n\ndef run():\n    return [Review.objects.all().delete()[0]]\n",
    )
    for _ in range(2):
        assert ShelvedLesson(lesson=lesson, shelf=shelf).record(variant).preview == (20,)
        assert ShelvedLesson(lesson=lesson, shelf=shelf).examine(lesson.claims[0]).result is True


def test_what_is_for_another_django_is_not_even_loaded(course, shelf):
    course.change(
        "lesson.toml", "[variants.naive.queries]", '[variants.naive]\ndjango = "<5"\n[variants.naive.queries]'
    )
    lesson, variant = naive(course, "raise RuntimeError\n")
    shelved = ShelvedLesson(lesson=lesson, shelf=shelf)
    assert shelved.record(variant).status == Status.UNAVAILABLE
    with pytest.raises(NoStatement, match="Django"):
        shelved.explain(variant, 1)
    with pytest.raises(NoAccesses, match="Django"):
        shelved.accesses(variant)
