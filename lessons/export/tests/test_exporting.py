from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.export.exporting import _by_length


def test_what_takes_long_is_asked_for_first():
    """No process is left alone with a long lesson at the end: what waits, what prepares rows, what asks often."""
    lessons = sorted([lesson.path for lesson in get_catalog().lessons] + [""], key=_by_length)
    kinds = [_kind(path) for path in lessons]
    assert kinds == sorted(kinds)
    assert set(kinds) == {"1 races", "2 has a setup", "3 has none", "4 of no lesson"}
    of_many, of_few = map(lessons.index, ("n_plus_one/nested_path", "n_plus_one/over_joining"))
    assert of_many < of_few


def _kind(path):
    if not path:
        return "4 of no lesson"
    lesson = get_catalog().lesson(path)
    if lesson.kind is Kind.RACES:
        return "1 races"
    return "2 has a setup" if (lesson.folder / "setup.py").exists() else "3 has none"
