"""The command that does in a terminal what a page shows."""

import shlex

from lessons.course.contract import Lesson


def run_command(lesson: Lesson, variant: str, **options: object) -> str:
    """options: of manage.py run_lesson, those that are None or "" left out"""
    given = {"variant": variant, **options}
    words = [word for name, value in given.items() if value for word in (f"--{name}", str(value))]
    return shlex.join(["python", "manage.py", "run_lesson", lesson.path, *words])
