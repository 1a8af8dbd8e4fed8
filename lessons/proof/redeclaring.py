"""What to write into lesson.toml so that it says what is so: a line that the contract takes."""

from collections.abc import Collection
from dataclasses import dataclass

import django

from lessons.course.contract import Depends, Environment, Lesson

_ROOM = 1.2


@dataclass(frozen=True, kw_only=True)
class Redeclaration:
    """A remedy: another value of a key that may differ by engine."""

    first: str  # what would be better: "Mend naive.py"
    key: str
    table: str  # that the key is in: "[saves]"
    declared: Depends
    value: str | float | None  # where the fault is; None for nothing
    engines: tuple[str, ...]  # names of those that the lesson is for

    def on(self, names: Collection[str]) -> str:
        """The remedy in a sentence, where the value holds on the engines of these names alone."""
        values = {name: self.value if name in names else self._declared_on(name) for name in self.engines}
        if not any(_is_declarable(value) for value in values.values()):
            return f"{self.first}, or take `{self.key}` out of {self.table}."
        return f"{self.first}, or declare {self.key} = {_toml(values)} in {self.table}."

    def _declared_on(self, engine_name: str) -> str | float | None:
        value: str | float | None = self.declared.value(
            Environment(engine=engine_name, django=django.get_version())
        )
        return value


def redeclared_saving(lesson: Lesson, kind: str, declared: Depends, ratio: float) -> Redeclaration:
    """The remedy where optimized ÷ naive is `ratio`: a bound with room for noise, as far as it is a saving."""
    return Redeclaration(
        first="Make it save more",
        key=kind,
        table="[saves]",
        declared=declared,
        value=float(f"{ratio * _ROOM:.2g}"),
        engines=lesson.engines,
    )


def _toml(values: dict[str, str | float | None]) -> str:
    """Values by engine as an author writes them: { default = 0.2, mysql = 0.9 }."""
    by_value: dict[str | float | None, list[str]] = {}
    for engine, value in values.items():
        by_value.setdefault(value, []).append(engine)
    if len(by_value) == 1:
        return _literal(next(iter(by_value)))
    if None in by_value:
        del by_value[None]
        default = []
    else:
        lowest = min(by_value, key=lambda value: (isinstance(value, str), value))
        del by_value[lowest]
        default = [f"default = {_literal(lowest)}"]
    rest = [f"{_key(engines)} = {_literal(value)}" for value, engines in by_value.items()]
    return f"{{ {', '.join(default + rest)} }}"


def _is_declarable(value: str | float | None) -> bool:
    """Whether it may stand alone: a ratio may be above 1 beside a default that is below."""
    return value is not None and (isinstance(value, str) or value < 1)


def _key(engines: list[str]) -> str:
    return f'"{", ".join(engines)}"' if engines[1:] else engines[0]


def _literal(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
