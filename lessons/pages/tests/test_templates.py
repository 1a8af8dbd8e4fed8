"""A page's module and its template have one name, in folders of one shape."""

import importlib
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from lessons import pages
from lessons.pages.base import LessonPage

ROOMS = ("runs", "races", "measured", "overviews")
MODULES = Path(pages.__file__).parent
TEMPLATES = settings.BASE_DIR / "templates" / "lessons"


def pages_of_lessons(kind=LessonPage):
    for each in kind.__subclasses__():
        yield each
        yield from pages_of_lessons(each)


@pytest.mark.parametrize("room", ROOMS)
def test_template_has_the_module_that_makes_its_page(room):
    templates = {path.stem for path in (TEMPLATES / room).glob("*.html") if path.name[0] != "_"}
    assert templates
    assert templates - {path.stem for path in (MODULES / room).glob("*.py")} == set()


def test_page_of_a_lesson_has_its_template():
    for room in ROOMS:
        importlib.import_module(f"lessons.pages.{room}.views")
    shown = [each for each in pages_of_lessons() if each.__module__.rpartition(".")[2] != "base"]
    assert len(shown) > 12
    for page in shown:
        get_template(page.template.fget(object.__new__(page)))
