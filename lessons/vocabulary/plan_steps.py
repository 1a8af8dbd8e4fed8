"""Every step of a database's plans that the course shows, with our words for it, and where it is to be seen."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.text import slugify

FILE = Path(__file__).with_name("plan_steps.toml")  # made by manage.py list_plan_steps
_WORDS = Path(__file__).with_name("plan_words.toml")


@dataclass(frozen=True, kw_only=True)
class Place:
    """The plan of statement n of a variant, on the shelf of so many books."""

    lesson: str  # its path
    variant: str
    n: int
    books: int

    def __str__(self) -> str:
        return f"{self.lesson} {self.variant} {self.n} {self.books}"

    @classmethod
    def read(cls, text: str) -> "Place":
        lesson, variant, n, books = text.split()
        return cls(lesson=lesson, variant=variant, n=int(n), books=int(books))


@dataclass(frozen=True, kw_only=True)
class KnownStep:
    engine: str  # its name
    name: str  # the engine's own, without what differs from statement to statement
    says: str  # one sentence, without a capital; "" where nobody has written it
    lessons: int  # that have it
    seen: tuple[Place, ...]  # in some of them

    @property
    def slug(self) -> str:
        """Names its entry on the page of all steps."""
        return f"{self.engine}-{slugify(self.name)}"


@lru_cache
def get_plan_words() -> dict[str, dict[str, str]]:
    """Return {engine: {step: what it does}}, as far as it is written by hand."""
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


@lru_cache
def get_plan_steps() -> dict[str, tuple[KnownStep, ...]]:
    """Return {engine: its steps}, those of the most lessons first."""
    declared = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        engine: tuple(
            KnownStep(
                engine=engine,
                name=name,
                says=get_plan_words().get(engine, {}).get(name) or step.get("says", ""),
                lessons=step["lessons"],
                seen=tuple(map(Place.read, step["seen"])),
            )
            for name, step in sorted(those["steps"].items(), key=lambda each: -each[1]["lessons"])
        )
        for engine, those in declared.items()
    }


@lru_cache
def get_made_on() -> dict[str, str]:
    """Return {engine: the version of it that the steps were seen on}."""
    declared = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {engine: those["version"] for engine, those in declared.items()}
