"""Checks a lesson's words: title, prose, and that the scaffold's own are gone."""

import re

from markdown_it import MarkdownIt

from lessons.course.contract import Lesson, LessonError
from lessons.course.scaffolding import placeholders
from lessons.vocabulary.glossary import get_glossary

LONGEST_TITLE = 60  # characters
_LONGEST_TASK = 200
_blocks = MarkdownIt().disable("inline")  # of every lesson, at each start of a process


def check_title(lesson: Lesson) -> None:
    """Raise LessonError for a title that a search would not find."""
    title = lesson.title
    if len(title) > LONGEST_TITLE:
        raise LessonError(
            lesson.path,
            f"has a title of {len(title)} characters: “{title}”.",
            f"Say it in {LONGEST_TITLE} at the most: the name of the ORM, or the trouble.",
        )
    if not any(names(title, taught) for taught in lesson.teaches) and not any(get_glossary().find(title)):
        raise LessonError(
            lesson.path,
            f"has a title that nobody would search for: “{title}”.",
            f"Name one of what it teaches ({', '.join(lesson.teaches) or 'nothing yet'}), or use a word of "
            "lessons/vocabulary/glossary.toml.",
        )


def names(text: str, taught: str) -> bool:
    """Whether a text names something of the ORM: “select_related()” names select_related."""
    return re.search(rf"(?<!\w){re.escape(taught)}(?!\w)", text, re.IGNORECASE) is not None


def check_prose(lesson: Lesson) -> None:
    readme = lesson.folder / "README.md"
    if not readme.exists():
        raise LessonError(lesson.path, "has no README.md.", "Write the prose of the lesson there.")
    for token in _blocks.parse(readme.read_text(encoding="utf-8")):
        if token.type in {"fence", "code_block"}:
            line = token.map[0] + 1 if token.map else 1
            raise LessonError(
                lesson.path,
                f"has a block of code in README.md, line {line}.",
                "Put code in a variant, where it is run, and let the prose name it.",
            )


def check_challenge(lesson: Lesson) -> None:
    """Raise LessonError for a challenge that does not say what must come out, and for reasons that are none."""
    if lesson.no_challenge is None and "correctness" in lesson.saves and lesson.task is None:
        fault = "has a naive variant whose rows are wrong, and does not say which are right."
        raise LessonError(lesson.path, fault, 'Say it to whoever mends the code: task = "…".')
    if lesson.no_challenge and lesson.task:
        raise LessonError(lesson.path, "has a task and no challenge.", "Take `task` out.")
    for key in ("task", "no_browser", "no_challenge"):
        text = getattr(lesson, key) or "."
        if len(text) > _LONGEST_TASK or text[-1] not in ".?":
            fault = f"has {key} = {text!r}."
            raise LessonError(lesson.path, fault, f"Say it in a sentence or two, of {_LONGEST_TASK} characters.")


def check_written(lesson: Lesson) -> None:
    """Raise LessonError where the scaffold's own words are still there."""
    for name in ("lesson.toml", "README.md"):
        for line in (lesson.folder / name).read_text(encoding="utf-8").splitlines():
            if line in placeholders(lesson.kind):
                fault = f"still says what start_lesson wrote in {name}: {line}"
                raise LessonError(lesson.path, fault, "Put your own words there.")
