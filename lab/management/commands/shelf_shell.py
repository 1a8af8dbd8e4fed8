from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lab import reach
from lab.engines import NAMES
from lab.exceptions import LabError
from lab.shelves import Shelf


class Command(BaseCommand):
    help = "Open shell_plus on a shelf, which it may only read, and print the SQL of every query."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--books", type=int, default=1_000, metavar="N", help="the shelf's size")
        parser.add_argument("--engine", default="sqlite", help=", ".join(NAMES))

    def handle(self, *, books: int, engine: str, **options: Any) -> None:
        try:
            with Shelf(books=books, engine_name=engine).open():
                reach.allow(processes=True, threads=True)  # whoever types is no lesson
                call_command("shell_plus", "--print-sql")
        except LabError as error:
            raise CommandError(str(error)) from error
