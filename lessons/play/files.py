"""The reader's own modules, by whatever name their code imports them."""

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

from lab.exceptions import LoadError
from lab.running.loading import as_module, load
from lessons.play.stand_ins import StandIn, stand_in_for

WAYS = ("run.py", "other.py")  # the files that run, each on data of its own
_OWN = "lessons.play.reader"  # so that models belong to the app Own
_LESSON = "library.lesson"  # as the files of a lesson are known


class Files(Mapping[str, ModuleType]):
    """What an import finds beside what is installed: each file, loaded when it is first asked for.

    Code that was pasted says `from shop.models import Order`, or `from .models import Order`: that is models.py.
    """

    def __init__(self, folder: Path, texts: Mapping[str, str]) -> None:
        self.folder = folder
        self.opened: dict[str, ModuleType] = {}  # by the name of the file without .py
        self.stood_in: dict[str, StandIn] = {}  # by what is not installed
        self.texts = texts
        # Of a lesson there is its setup.py, whose models are in the bookstore's app.
        self.module_name = _LESSON if "setup.py" in texts else _OWN
        self._opening: list[str] = []

    def text(self, name: str) -> str:
        """Raises LoadError."""
        if name not in self.texts:
            raise LoadError(f"There is no {name}.")
        return self.texts[name]

    def open(self, name: str) -> ModuleType:
        """The module of a file, such as models.py. Raises LoadError."""
        stem = name.removesuffix(".py")
        if name in self._opening:
            raise LoadError(
                f"{' imports '.join([*self._opening, name])}: files cannot import one another in a circle."
            )
        if stem not in self.opened:
            self._opening.append(name)
            try:
                path = str(self.folder / name)
                self.opened[stem] = as_module(
                    stem, load(self.text(name), path, modules=self, name=self.module_name)
                )
            finally:
                self._opening.pop()
        return self.opened[stem]

    @property
    def modules(self) -> list[str]:
        """The names of those files that others import."""
        return [name for name in self.texts if name.endswith(".py") and "/" not in name and name not in WAYS]

    def __getitem__(self, name: str) -> ModuleType:
        if file := self._file(name):
            return self.open(file)
        if name == "":
            return as_module("", {stem: self.open(f"{stem}.py") for stem in self._stems() - set(self._now())})
        if name not in self.stood_in:
            found = None if _is_installed(name) else stand_in_for(name)
            if found is None:
                raise KeyError(name)
            self.stood_in[name] = found
        return self.stood_in[name].module

    def __contains__(self, name: object) -> bool:
        try:
            return isinstance(name, str) and self[name] is not None
        except KeyError:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._stems()))

    def __len__(self) -> int:
        return len(self._stems())

    def _file(self, name: str) -> str | None:
        """Of `models`, and of `shop.models` where there is no shop."""
        top, _, last = name.rpartition(".")
        file = f"{last}.py"
        is_own = file in self.texts and file not in self._opening
        return file if is_own and (not top or not _is_installed(name)) else None

    def _stems(self) -> set[str]:
        return {name.removesuffix(".py") for name in self.modules}

    def _now(self) -> list[str]:
        return [name.removesuffix(".py") for name in self._opening]


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
