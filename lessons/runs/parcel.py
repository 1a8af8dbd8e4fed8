"""A lesson as it goes to the reader's browser: the files that run, and what must be known to run them."""

from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

from lessons.course.contract import Claim, Depends, Lesson, Variant
from lessons.course.guess import Guess

_NOT_RUN = ("take_home.py", "claims.py")
_FACTS = ("title", "rule", "ordered", "access", "modules", "sessions")


def parcel(lesson: Lesson, *, claims: bool = False) -> dict[str, Any]:
    """Return plain values, of which unparcel() makes a lesson that runs. claims: whether its claims run too"""
    kept = [path for path in lesson.folder.glob("*.py") if path.name not in _NOT_RUN or claims]
    files = [*kept, *(path for path in lesson.folder.glob("templates/**/*") if path.is_file())]
    return {
        "path": lesson.path,
        "files": {
            path.relative_to(lesson.folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(files)
        },
        "variants": {
            variant.name: {"title": variant.title, "django": str(variant.django)} for variant in lesson.variants
        },
        "claims": [claim.name for claim in lesson.claims] if claims else [],
        "saves": sorted(lesson.saves),
        **{fact: getattr(lesson, fact) for fact in _FACTS},
    }


def unparcel(sent: dict[str, Any], root: Path) -> Lesson:
    """Write the files of a parcel into a folder of their own in `root`, and return the Lesson there."""
    folder = root / sent["path"]
    for name, text in sent["files"].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    track, _, slug = sent["path"].partition("/")
    return Lesson(
        track=track,
        slug=slug,
        folder=folder,
        summary="",
        guess=Guess(asks="queries", question=None, why=""),
        engines=("sqlite",),
        variants=tuple(_variant(folder, name, facts) for name, facts in sent["variants"].items()),
        saves=dict.fromkeys(sent["saves"], Depends()),
        claims=tuple(Claim(name=name, truth="", expect=Depends()) for name in sent["claims"]),
        **{fact: _frozen(sent[fact]) for fact in _FACTS},
    )


def _variant(folder: Path, name: str, facts: dict[str, str]) -> Variant:
    return Variant(
        name=name,
        title=facts["title"],
        path=folder / f"{name}.py",
        counts={},
        raises=Depends(),
        django=SpecifierSet(facts["django"]),
        races=(),
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
