import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.test import override_settings

from lab.shelves import Shelf
from lessons.challenge.shelves import SEEDS
from lessons.course.contract import SIZES
from library import seeding


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Pack the shelves of a reader's browser, those that challenges are judged on among them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "archive", type=Path, metavar="OUT.zip", help="not compressed: that is done as it is sent"
        )

    def handle(self, *, archive: Path, **options: Any) -> None:
        with TemporaryDirectory() as folder, override_settings(DATA_DIR=Path(folder)):
            for books, seed in {**dict.fromkeys(SIZES, seeding.SEED), **SEEDS}.items():
                Shelf(books=books).build(seed=seed)
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
                for path in sorted(Path(folder).rglob("*.sqlite3")):
                    _settle(path)
                    # ZipInfo has one date for all, so that the bytes are the same again.
                    packed.writestr(zipfile.ZipInfo(path.name), path.read_bytes())


def _settle(path: Path) -> None:
    """Take out what tells when the shelf was made, and make the file as small as it can be."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE django_migrations SET applied = '2026-01-01 00:00:00'")
        connection.commit()
        connection.execute("VACUUM")
