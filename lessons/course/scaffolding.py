"""Makes the folder of a new lesson from the files in scaffold/, which are Django templates."""

from functools import cache
from pathlib import Path

from django.template import Context, Engine

from lessons.course.contract import Kind, slug_of

SCAFFOLD = Path(__file__).with_name("scaffold")
_SUFFIX = "-tpl"  # of Python files, so that nothing takes them for code


def write_lesson(content: Path, track: str, slug: str, kind: Kind) -> Path:
    """Make the lesson's folder in `content`, and its track's if there is none, and return it.

    What is in a folder without a lesson.toml stays. Raises FileExistsError where the lesson is there.
    """
    parent = _numbered(content, track)
    folder = _numbered(parent, slug)
    folder.mkdir(parents=True, exist_ok=not (folder / "lesson.toml").exists())
    words = {"track": _title(track), "lesson": _title(slug)}
    if not (parent / "track.toml").exists():
        _render(SCAFFOLD / "track", parent, words)
    for part in ("lesson", str(kind)):
        _render(SCAFFOLD / part, folder, words)
    return folder


@cache
def placeholders(kind: Kind) -> frozenset[str]:
    """The lines that tell an author what to write there: those that end as sentences do."""
    files = (SCAFFOLD / "lesson" / "README.md", SCAFFOLD / kind / "lesson.toml")
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return frozenset(line for line in lines if line.endswith((".", '."')))


def _numbered(parent: Path, slug: str) -> Path:
    """The folder of this slug in `parent`, or the one it would have, numbered ten after the last."""
    there = sorted(path for path in parent.glob("[0-9][0-9][0-9]_*") if path.is_dir())
    for folder in there:
        if slug_of(folder) == slug:
            return folder
    last = int(there[-1].name[:3]) if there else 0
    return parent / f"{last // 10 * 10 + 10:03}_{slug}"


def _title(slug: str) -> str:
    return slug.replace("_", " ").capitalize()


def _render(source: Path, folder: Path, words: dict[str, str]) -> None:
    for path in source.iterdir():
        made = folder / path.name.removesuffix(_SUFFIX)
        if not made.exists():
            text = Engine().from_string(path.read_text(encoding="utf-8")).render(Context(words, autoescape=False))
            made.write_text(text, encoding="utf-8")
