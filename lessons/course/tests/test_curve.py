import pytest

from lessons.course.contract import LessonError
from lessons.course.curve import Curve
from lessons.course.reading import read_lesson

RACES = "Take [curve] out: nothing is given to a session."
KEYWORD = "Write def run(page=1): in it, or take [curve] out."
RISING = "Give three whole numbers or more, each above the one before: [1, 10, 100]; or leave `values` out."


def test_curve_is_over_books_unless_declared(course):
    assert read_lesson(course.folder).curve is None


def test_curve_over_a_keyword(paged_course):
    curve = read_lesson(paged_course.folder).curve
    assert curve == Curve(over="page")
    assert (curve.word, curve.at(1_000)) == ("page", "page 1,000")
    assert Curve(over="batch_size").word == "batch size"


def test_values_may_be_declared(paged_course):
    paged_course.add("lesson.toml", "values = [1, 10, 1000]\n")
    assert read_lesson(paged_course.folder).curve.values == (1, 10, 1_000)


@pytest.mark.parametrize(
    ("old", "new", "fault", "remedy"),
    [
        ('over = "page"', "", "[curve] does not say `over`.", "Add over = … to it."),
        ("over = ", "ovr = ", "[curve] does not say `over`.", "Add over = … to it."),
        ('"page"', '"the page"', "[curve] has over = 'the page'.", 'Name a keyword of run(): over = "page".'),
        ('"page"', '"import"', "[curve] has over = 'import'.", 'Name a keyword of run(): over = "page".'),
        ('"page"', '"page"\nvalue = [1]', "[curve] has an unknown key, `value`.", "Did you mean `values`?"),
        *(
            ('"page"', f'"page"\nvalues = {values}', f"[curve] has values = {values}.", RISING)
            for values in ("[]", "[1, 2]", "[0, 1, 2]", "[1, 3, 2]", "[1, 1, 2]", "[1, 2, '3']", "[1, 2, 3.5]")
        ),
        (
            '"page"',
            '"depth"',
            "run() of naive.py has no such keyword with a default.",
            "Write def run(depth=1): in",
        ),
    ],
)
def test_curve_that_cannot_be(paged_course, old, new, fault, remedy):
    paged_course.change("lesson.toml", old, new)
    with pytest.raises(LessonError) as raised:
        read_lesson(paged_course.folder)
    assert fault in raised.value.fault
    assert remedy in raised.value.remedy


@pytest.mark.parametrize(
    "takes", ["", "page", "size=10", "page, /", "page=1, /", "*, page", "*page", "**page", "page, size=10"]
)
def test_variant_that_does_not_take_the_keyword(paged_course, takes):
    paged_course.change("optimized.py", "run(page=1)", f"run({takes})")
    with pytest.raises(LessonError, match=r"over 'page', and run\(\) of optimized.py has no such") as raised:
        read_lesson(paged_course.folder)
    assert raised.value.remedy == KEYWORD


@pytest.mark.parametrize(
    "takes", ["page=1", "*, page=1", "size=10, page=1", "*, size=10, page=1", "page: int = 1"]
)
def test_variant_that_takes_the_keyword(paged_course, takes):
    paged_course.change("optimized.py", "def run(page=1)", f"async def run({takes})")
    assert read_lesson(paged_course.folder).curve.over == "page"


def test_variant_that_is_no_python_says_so_when_it_is_run(paged_course):
    paged_course.write("optimized.py", "def run(:\n")
    assert read_lesson(paged_course.folder).curve.over == "page"


def test_sessions_that_race_have_no_curve(race_course):
    race_course.add("lesson.toml", '\n[curve]\nover = "page"\n')
    with pytest.raises(LessonError) as raised:
        read_lesson(race_course.folder)
    assert (raised.value.fault, raised.value.remedy) == (
        "has a [curve], and its variants are sessions that race.",
        RACES,
    )
