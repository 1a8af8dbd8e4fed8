"""The files of a lesson: which of them run, what they define, and what they say of themselves."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import ModuleType

from django.apps import apps

from lab.race import Rules
from lab.running.closed import closed, once
from lab.running.loading import as_module, load
from lab.running.process import Process
from lab.running.setup import Setup, load_setup
from lessons.course.contract import Lesson, LessonError, Variant
from lessons.course.docstrings import docstrings

_RULES = ("watch", "invariant")
Modules = dict[str, ModuleType]


def load_function(lesson: Lesson, path: Path, name: str, modules: Modules | None = None) -> Callable:
    return load_functions(lesson, path, [name], modules=modules)[name]


def load_functions(
    lesson: Lesson,
    path: Path,
    names: Iterable[str],
    *,
    optional: Iterable[str] = (),
    modules: Modules | None = None,
) -> dict[str, Callable]:
    """{name: function} of one of the lesson's files, loaded anew; of `optional` those that are there.

    modules: what load_modules() gives, for several files of one run. Raises LessonError, or LoadError.
    """
    modules = load_modules(lesson) if modules is None else modules
    namespace = load(path.read_text(encoding="utf-8"), str(path), modules=modules)
    for name in names:
        if not callable(namespace.get(name)):
            raise LessonError(lesson.path, f"{path.name} has no {name}().", f"Define {name}() in it.")
    return {name: namespace[name] for name in (*names, *optional) if name in namespace}


def load_modules(lesson: Lesson) -> Modules:
    """What a run of the lesson can import beside what is installed: its setup, and its own modules, loaded anew.

    Each of these can import those before it. Raises LoadError.
    """
    setup = setup_of(lesson)
    modules = {"setup": setup.module} if setup else {}
    for name, path in lesson.module_paths.items():
        namespace = load(path.read_text(encoding="utf-8"), str(path), modules=dict(modules))
        modules[name] = as_module(name, namespace)
    return modules


def setup_of(lesson: Lesson) -> Setup | None:
    """The lesson's setup.py, if it has one: the same all through a run. Raises LoadError.

    It is loaded once for all runs, since its models are classes, and many to make. Where loading it changes the
    process, as a receiver does that it connects, it is loaded again for each run, which undoes that.
    """
    path = lesson.folder / "setup.py"
    if not path.exists():
        return None
    text = path.read_text(encoding="utf-8"), str(path)
    if text not in _lasting:
        with closed():
            setup, changes = once(text, partial(_load_setup, *text))
        if changes:
            return setup
        if len(_lasting) > _MOST:  # an author edits and edits
            _lasting.clear()
        _lasting[text] = setup
    return _lasting[text]


def lasts(setup: Setup) -> bool:
    """Whether it is loaded once for all runs."""
    return any(setup is each for each in _lasting.values())


def models_of(lesson: Lesson) -> list[type]:
    """The bookstore's models, and those of the lesson's setup.py; join tables' too."""
    setup = setup_of(lesson)
    return [*apps.get_models(include_auto_created=True), *(setup.models if setup else ())]


def load_rules(lesson: Lesson, variant: Variant, modules: Modules) -> Rules:
    """Its sessions, with watch() and invariant(): those of race.py, unless the variant has its own."""
    load = partial(load_functions, lesson, modules=modules)
    rules = load(lesson.folder / "race.py", _RULES)
    functions = load(variant.path, lesson.sessions, optional=_RULES)
    rules.update((name, functions.pop(name)) for name in _RULES if name in functions)
    return Rules(functions, **rules)


_MOST = 256
_lasting: dict[tuple[str, str], Setup] = {}  # by text and path


def _load_setup(source: str, filename: str) -> tuple[Setup, list[str]]:
    """It, and what it has changed in the process."""
    before = Process()
    return load_setup(source, filename), before.changes()


def running_files(lesson: Lesson, variant: Variant) -> list[tuple[str, Path]]:
    """Return [(name, path)] of what runs: the variant's file, the setup after it, and between them the lesson's
    templates and modules, as they are first mentioned.
    """
    text, shown = variant.source, [variant.path]
    others = {path.name: path for path in sorted(lesson.folder.glob("templates/**/*.*"))} | lesson.module_paths
    while mentioned := [name for name in others if re.search(rf"\b{re.escape(name)}\b", text)]:
        path = others.pop(min(mentioned, key=text.index))
        text += path.read_text(encoding="utf-8")
        shown.append(path)
    shown += lesson.folder.glob("setup.py")
    return [(path.relative_to(lesson.folder).as_posix(), path) for path in shown]


def promise_of(lesson: Lesson, variant: Variant) -> str:
    """What must hold at the end of a race, as invariant() says it: the variant's own, or that of race.py."""
    own = docstrings(variant.path).get("invariant")
    return own if own is not None else docstrings(lesson.folder / "race.py").get("invariant", "")
