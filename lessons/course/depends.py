"""Reads what a declaration makes depend on the engine and the Django version: counts, savings, verdicts."""

from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from lessons.course.contract import ENGINES, SAVINGS, Condition, Depends
from lessons.course.toml_table import TomlTable

Cases = list[tuple[Condition, Any]]


def read_django(table: TomlTable, text: str) -> SpecifierSet:
    try:
        return SpecifierSet(text)
    except InvalidSpecifier:
        table.fail(f"has django = {text!r}.", 'Write it as pip does: ">=6.1".')


def read_raises(table: TomlTable) -> Depends:
    """A name; or {postgresql = "NotSupportedError"}, with a `default` or without: elsewhere it raises nothing."""
    value = table.take("raises", (str, dict), {})
    cases = _by_environment(table, value, needs_default=False)
    if cases is None or not all(isinstance(name, str) and name.isidentifier() for _, name in cases):
        table.fail(
            f"has raises = {value!r}.",
            'Give the name of an error, "FieldError" say, or by engine: { postgresql = "NotSupportedError" }.',
        )
    return Depends(cases=tuple(cases))


def read_counts(table: TomlTable) -> dict[int, Depends]:
    """Turn {10 = 11, mysql = {10 = 12}} into {10: Depends(…)}."""
    declared = table.take("queries", dict, {})
    cases: Cases = [(Condition(), {key: value for key, value in declared.items() if not isinstance(value, dict)})]
    cases += [(read_condition(table, key), value) for key, value in declared.items() if isinstance(value, dict)]
    counts: dict[int, Cases] = {}
    for condition, values in cases:
        for key, count in values.items():
            if not key.isdigit() or not isinstance(count, int) or isinstance(count, bool) or count < 0:
                table.fail(f"declares queries {key} = {count!r}.", "Write books = queries, both whole numbers.")
            counts.setdefault(int(key), []).append((condition, count))
    return {books: Depends(cases=tuple(values)) for books, values in counts.items()}


def read_condition(table: TomlTable, text: str) -> Condition:
    """Parse "mysql", "django<6" or both with a comma between."""
    engines, django = set(), list[str]()
    for part in text.split(","):
        part = part.strip()
        if part in ENGINES:
            engines.add(part)
        elif part.startswith("django"):
            django.append(part.removeprefix("django").strip())
        else:
            table.fail(
                f"has a condition that is neither engine nor version, {part!r}.",
                f'Use one of {", ".join(ENGINES)}, or a version: "django<6".',
            )
    return Condition(engines=frozenset(engines), django=read_django(table, ",".join(django)))


def read_savings(top: TomlTable) -> tuple[dict[str, Depends | str], int | None]:
    """Return ([saves], number of books on the shelf that it is proved on, where it names one)."""
    declared = dict(top.take("saves", dict, {}))
    books = declared.pop("books", None)
    if books is not None and (not isinstance(books, int) or isinstance(books, bool) or books < 1):
        top.fail(f"has books = {books!r} in [saves].", "Give the size of a shelf, 10000 say.")
    return {key: _saving(top, key, value) for key, value in declared.items()}, books


def _saving(top: TomlTable, key: str, value: Any) -> Depends | str:
    if key not in SAVINGS:
        top.fail(f"has an unknown key in [saves], `{key}`.", f"It may say: {', '.join(SAVINGS)}, books.")
    if key == "correctness":
        if not isinstance(value, str) or not value:
            top.fail("has an empty correctness in [saves].", "Say in a sentence why the rows differ.")
        return value
    cases = _by_environment(top, value)
    if cases is None or not all(_is_bound(bound, condition) for condition, bound in cases):
        top.fail(
            f"has {key} = {value!r} in [saves].",
            "Give optimized ÷ naive, at the most: 0.2, say, or { default = 0.2, mysql = 0.9 }.",
        )
    return Depends(cases=tuple(cases))


def _is_bound(value: Any, condition: Condition) -> bool:
    """A saving is below 1; where it is none, on some engine, what it costs there may be said."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    return value > 0 and (value < 1 or bool(condition.specificity))


def _by_environment(table: TomlTable, value: Any, *, needs_default: bool = True) -> Cases | None:
    """Turn a value, or {default = …, mysql = …}, into cases of a Depends; None where a default is missing."""
    if not isinstance(value, dict):
        return [(Condition(), value)]
    if needs_default and "default" not in value:
        return None
    conditions = {key: Condition() if key == "default" else read_condition(table, key) for key in value}
    return [(conditions[key], special) for key, special in value.items()]


def read_expectations(table: TomlTable, value: Any) -> Depends | dict[str, Depends]:
    """true; {default = true, mysql = false} by environment; or a table by the conditions the claim returns."""
    if isinstance(value, dict) and "default" not in value:
        return {condition: _expectation(table, verdict) for condition, verdict in value.items()}
    return _expectation(table, value)


def _expectation(table: TomlTable, value: Any) -> Depends:
    cases = _by_environment(table, value)
    if cases is None or not all(isinstance(verdict, bool) for _, verdict in cases):
        table.fail(f"has expect = {value!r}.", "Each verdict is true or false.")
    return Depends(cases=tuple(cases))
