"""What a reader sees go wrong, in his words. A lesson says in `symptoms` which of them it is about."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("symptoms.toml")


@dataclass(frozen=True, kw_only=True)
class Symptom:
    slug: str
    title: str
    sees: str  # what it looks like
    look: str  # how to make sure
    words: tuple[str, ...]  # what people type to find it


@lru_cache
def get_symptoms() -> dict[str, Symptom]:
    """Return all of them by slug, in the order of the file."""
    declared = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {slug: Symptom(slug=slug, **{**said, "words": tuple(said["words"])}) for slug, said in declared.items()}
