"""The lessons that are not the same on all engines and under all versions of Django."""

from lessons.pages.differing import differences_of


def list_differences(catalog):
    """Return LessonDifferences for each lesson that has any."""
    found = [differences_of(lesson) for lesson in catalog.lessons]
    return [each for each in found if each.rows or each.differences]
