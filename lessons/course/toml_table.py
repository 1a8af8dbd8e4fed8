"""TOML, read strictly: a key that is unknown, missing or of the wrong kind is a fault with a remedy."""

import tomllib
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from lessons.course.contract import LessonError

_REQUIRED: Any = object()


def load_toml(lesson: str, path: Path, *, missing: str) -> dict[str, Any]:
    """Return what the file says. Raises LessonError, of `lesson`. missing: the remedy where there is no file"""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LessonError(lesson, f"has no {path.name}.", missing) from None
    except OSError as error:
        fault, remedy = f"cannot be read: {error.strerror}", "Let the site read it."
    except UnicodeDecodeError as error:
        fault, remedy = f"is not UTF-8, from byte {error.start:,}", "Save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        fault, remedy = f"is not valid TOML: {error}", "Mend that line."
    raise LessonError(lesson, f"{path.name} {fault}.", remedy)


class TomlTable:
    """A TOML table whose keys are taken one by one; `finish` complains of those that are left.

    Every fault is a LessonError that names the lesson and `where` it is.
    """

    def __init__(self, lesson: str, values: dict[str, Any], where: str) -> None:
        self.lesson, self.where = lesson, where
        self.values, self.known = dict(values), list[str]()

    def fail(self, fault: str, remedy: str) -> NoReturn:
        raise LessonError(self.lesson, f"{self.where} {fault}", remedy)

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = _REQUIRED) -> Any:
        self.known.append(key)
        value = self.values.pop(key, default)
        if value is _REQUIRED:
            self.fail(f"does not say `{key}`.", f"Add {key} = … to it.")
        if value is not default and not isinstance(value, kind):
            self.fail(f"has {key} = {value!r}.", f"Make it {_describe(kind)}.")
        return value

    def text(self, key: str, default: Any = _REQUIRED) -> Any:
        value = self.take(key, str, default)
        if value == "" and value is not default:
            self.fail(f"leaves `{key}` empty.", "Say it in a sentence, or leave the key out if it is optional.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list, [])
        if not all(isinstance(value, str) and value for value in values):
            self.fail(f"has {key} = {values!r}.", 'Make it a list of texts: ["…", "…"].')
        return tuple(values)

    def flag(self, key: str, default: bool) -> bool:
        return self.take(key, bool, default)

    def choice(self, key: str, options: Sequence[str], default: str) -> str:
        value = self.take(key, str, default)
        if value not in options:
            self.fail(f"has {key} = {value!r}.", f"Choose one of: {', '.join(options)}.")
        return value

    def choices(
        self, key: str, options: tuple[str, ...], *, default: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        """default: where the key is not there; all options unless said"""
        values = self.texts(key) or (options if default is None else default)
        for value in values:
            if value not in options:
                self.fail(f"has {value!r} in `{key}`.", f"Choose from: {', '.join(options)}.")
        return values

    def tables(self, key: str) -> "dict[str, TomlTable]":
        return {name: self._inner(f"[{key}.{name}]", values) for name, values in self.take(key, dict, {}).items()}

    def table(self, key: str) -> "TomlTable":
        return self._inner(f"[{key}]", self.take(key, dict, {}))

    def table_list(self, key: str) -> "list[TomlTable]":
        return [self._inner(f"[[{key}]]", values) for values in self.take(key, list, [])]

    def _inner(self, where: str, values: Any) -> "TomlTable":
        if not isinstance(values, dict):
            self.fail(f"has {where} = {values!r}.", "Make it a table of its own.")
        prefix = "" if self.where == "lesson.toml" else f"{self.where} "
        return TomlTable(self.lesson, values, f"{prefix}{where}")

    def finish(self) -> None:
        for key in self.values:
            near = get_close_matches(key, self.known, n=1)
            remedy = f"Did you mean `{near[0]}`?" if near else f"It may say: {', '.join(self.known)}."
            self.fail(f"has an unknown key, `{key}`.", remedy)


def _describe(kind: type | tuple[type, ...]) -> str:
    names = {str: "a text", bool: "true or false", list: "a list", dict: "a table"}
    return " or ".join(names[each] for each in (kind if isinstance(kind, tuple) else (kind,)))
