import tomllib
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lab.engines import NAMES, Engine, all_engines
from lab.exceptions import EngineUnavailable
from lessons.course.catalog import get_catalog
from lessons.proof.plan_steps import Sighting, look, written
from lessons.vocabulary.plan_steps import FILE, get_made_on, get_plan_steps, get_plan_words

_HEAD = """# Which steps the course's plans have, and where to see them: lesson, variant, statement and books.
# Made by `manage.py list_plan_steps`. What a step does, where the lab's words name tables: plan_words.toml.
"""


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # they read every lesson
    help = "Look at the plans of all lessons, and write which steps they have. It takes minutes an engine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--engine",
            action="append",
            choices=NAMES,
            help="may be repeated; all that can be reached, if not given. What the file says of others stays",
        )

    def handle(self, *, engine: list[str] | None, **options: Any) -> None:
        chosen = [each for each in all_engines() if each.name in (engine or NAMES) and self._is_at_hand(each)]
        if not chosen:
            raise CommandError("No engine is at hand.")
        told = _told()
        for each in chosen:
            told[each.name] = written(_version(each), each.name, self._look(each))
        FILE.write_text("\n\n".join([_HEAD.rstrip(), *told.values()]) + "\n", encoding="utf-8")
        for read in (get_plan_steps, get_made_on, get_plan_words):
            read.cache_clear()
        for steps in get_plan_steps().values():
            self.stdout.write(f"{steps[0].engine}: {len(steps)} steps")
            for step in steps:
                if not step.says:
                    self.stdout.write(f"! plan_words.toml says nothing of {step.engine}'s {step.name}")

    def _is_at_hand(self, engine: Engine) -> bool:
        try:
            engine.version()
        except EngineUnavailable as error:
            self.stdout.write(f"! {engine.label} is off, and stays as it is: {error}")
            return False
        return True

    def _look(self, engine: Engine) -> list[Sighting]:
        return [sighting for lesson in get_catalog().lessons for sighting in look(lesson, engine)]


def _told() -> dict[str, str]:
    """{engine: what the file says of it now}"""
    if not FILE.exists():
        return {}
    text = FILE.read_text(encoding="utf-8")
    starts = {engine: text.index(f"[{engine}]\n") for engine in tomllib.loads(text)}
    ends = [*list(starts.values())[1:], len(text)]
    return {engine: text[start:end].strip() for (engine, start), end in zip(starts.items(), ends, strict=True)}


def _version(engine: Engine) -> str:
    version = engine.version()
    return f"{engine.label} {version}"  # MariaDB is known as such by its version
