import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lessons.vocabulary.model_fields import describe_lookups, describe_models
from lessons.vocabulary.orm_api import describe_methods, describe_modules


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # they read every lesson
    help = (
        "Write what the editor of a challenge completes, as JSON: models, fields, lookups and the ORM's methods."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        known = {
            "models": describe_models(),
            "lookups": describe_lookups(),
            "methods": describe_methods(),
            "modules": describe_modules(),
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(known, separators=(",", ":")), encoding="utf-8")
