import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.course import catalog
from lessons.course.contract import Kind
from lessons.course.scaffolding import write_lesson

_PATH = re.compile(r"([a-z][a-z0-9_]*)/([a-z][a-z0-9_]*)")
_NEXT = """\
{folder}
Write its variants and its prose. Then
  see what a variant does:        manage.py run_lesson {lesson} --variant naive
  have what it does declared:     manage.py check_lessons --record {lesson}
  prove it, or hear what is left: manage.py check_lessons {lesson}
CONTRIBUTING.md says what each file is."""


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # they warn of lessons that cannot be read
    help = "Make the folder of a new lesson, one step from complete."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("lesson", metavar="track/lesson")
        parser.add_argument("--race", action="store_true", help="one whose variants are sessions that race")

    def handle(self, *, lesson: str, race: bool, **options: Any) -> None:
        match = _PATH.fullmatch(lesson)
        if not match:
            raise CommandError(f"“{lesson}” is not a lesson's address. Write track/lesson, with a-z, 0-9 and _.")
        try:
            folder = write_lesson(catalog.CONTENT, match[1], match[2], Kind.RACES if race else Kind.RUNS)
        except FileExistsError as error:
            raise CommandError(
                f"{error.filename} is there already. Choose another name, or go on from what is in it."
            ) from None
        self.stdout.write(_NEXT.format(folder=folder, lesson=lesson))
