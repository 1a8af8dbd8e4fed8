import ast

import pytest

from lessons.take_home.joining import Joined, NotJoined

TEST = """\
from django.test import TestCase
from optimized import run


class ATest(TestCase):
    def test_it(self):
        run()
"""
SETUP = """\
from decimal import Decimal

from django.db import models

# What is charged.
FEE = Decimal("5")


class Draft(models.Model):
    fee = models.DecimalField(default=FEE)


class Unused(models.Model):
    pass
"""


def join(test=TEST, **files):
    joined = Joined(files)
    joined.add(test)
    return joined.text()


def test_what_is_needed_of_each_file_stands_before_the_test():
    optimized = (
        "from setup import Draft\n\nfrom library.models import Book, Sale\n\n\ndef run():\n    Draft, Book\n"
    )
    text = join(setup=SETUP, optimized=optimized)
    assert text == (
        "from decimal import Decimal\n\nfrom django.db import models\nfrom django.test import TestCase\n\n"
        "from library.models import Book\n\n"
        '# What is charged.\nFEE = Decimal("5")\n\n\n'
        "class Draft(models.Model):\n    fee = models.DecimalField(default=FEE)\n\n\n"
        "def run():\n    Draft, Book\n\n\n"
        "class ATest(TestCase):\n    def test_it(self):\n        run()\n"
    )
    ast.parse(text)


def test_decorators_and_the_comments_above_stay_with_their_function():
    optimized = "# Once.\n@cache\ndef run():\n    pass\n\n\ndef cache(function):\n    return function\n"
    assert "\n\n\n# Once.\n@cache\ndef run():\n    pass\n\n\ndef cache(function):" in join(optimized=optimized)


def test_docstrings_of_files_are_left_out():
    assert "Says so." not in join(optimized='"""Says so."""\n\n\ndef run():\n    pass\n')


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"optimized": "def walk():\n    pass\n"}, "Nothing in optimized.py is called run."),
        ({"optimized": "def run(:\n"}, "optimized.py is no Python: line 1"),
        ({"optimized": "class ATest:\n    pass\n\n\ndef run():\n    ATest\n"}, "the test.py defines ATest"),
        ({"setup": "", "optimized": "import setup\n\n\ndef run():\n    setup\n"}, "Type: from setup import …"),
    ],
    ids=["missing", "syntax", "twice", "whole_module"],
)
def test_what_cannot_be_joined_is_told(files, message):
    with pytest.raises(NotJoined, match=message.replace(".", r"\.")):
        join(**files)
