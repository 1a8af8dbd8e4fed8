"""Reads a lesson's folder. Every fault is one sentence with its remedy."""

import re
import tomllib

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from lessons.contract import (
    ENGINES,
    RESERVED,
    SAVINGS,
    Claim,
    Condition,
    Depends,
    Lesson,
    LessonError,
    Race,
    ShownFile,
    Variant,
    slug_of,
)
from lessons.form import check_form
from lessons.tables import Table

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[TBC]\d{2,3}")
_OUTCOMES = ("committed", "rolled back", "deadlock", "serialization failure", "lock timeout", "locked", "error")


def read_lesson(folder):
    """Return the Lesson in `folder`, a Path. Raises LessonError."""
    name = f"{slug_of(folder.parent)}/{slug_of(folder)}"
    top = Table(name, _load(name, folder / "lesson.toml"), "lesson.toml")
    variants = tuple(_variant(folder, key, table) for key, table in top.tables("variants").items())
    lesson = Lesson(
        track=slug_of(folder.parent),
        slug=slug_of(folder),
        folder=folder,
        title=top.text("title"),
        summary=top.text("summary"),
        rule=top.text("rule"),
        covers=_ids(top, "covers"),
        teaches=top.texts("teaches"),
        docs=top.texts("docs"),
        hints=top.texts("hints"),
        access=top.choice("access", ("read", "write"), "read"),
        ordered=top.flag("ordered", False),
        engines=top.choices("engines", ENGINES),
        differs=top.text("differs", None),
        challenge=top.flag("challenge", True),
        browser=top.flag("browser", True),
        trace=top.flag("trace", False),
        variants=tuple(sorted(variants, key=_variant_order)),
        saves=_saves(top),
        claims=tuple(_claim(key, table) for key, table in top.tables("claims").items()),
        files=tuple(_shown_file(folder, table) for table in top.table_list("files")),
    )
    top.finish()
    check_form(lesson)
    return lesson


def _load(lesson, path):
    if not path.exists():
        raise LessonError(lesson, "has no lesson.toml.", f"Start one: manage.py start_lesson {lesson}")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LessonError(lesson, f"lesson.toml is not valid TOML: {error}.", "Mend that line.") from None


def _ids(table, key):
    ids = table.texts(key)
    for value in ids:
        if not _ID.fullmatch(value):
            table.fail(f"has {value!r} in `{key}`.", 'Use ids of the syllabus, such as "T01".')
    return ids


def _variant(folder, name, table):
    if not _NAME.fullmatch(name) or name in RESERVED:
        table.fail(
            "has a name that cannot be in a URL.", f"Use a-z, 0-9 and _, and none of: {', '.join(RESERVED)}."
        )
    variant = Variant(
        name=name,
        title=table.text("title", name.replace("_", " ").capitalize()),
        path=folder / f"{name}.py",
        raises=table.text("raises", None),
        django=_django(table, table.text("django", "")),
        counts=_counts(table),
        races=tuple(_race(race) for race in table.table_list("races")),
    )
    table.finish()
    return variant


def _variant_order(variant):
    """Naive first, optimized next, then the others as declared: sorted() keeps their order."""
    return {"naive": 0, "optimized": 1}.get(variant.name, 2)


def _django(table, text):
    try:
        return SpecifierSet(text)
    except InvalidSpecifier:
        table.fail(f"has django = {text!r}.", 'Write it as pip does: ">=6.1".')


def _counts(table):
    """Turn {10 = 11, mysql = {10 = 12}} into {10: Depends(…)}."""
    declared = table.take("queries", dict, {})
    cases = [(Condition(), {key: value for key, value in declared.items() if not isinstance(value, dict)})]
    cases += [(_condition(table, key), value) for key, value in declared.items() if isinstance(value, dict)]
    counts = {}
    for condition, values in cases:
        for key, count in values.items():
            if not key.isdigit() or not isinstance(count, int) or isinstance(count, bool) or count < 0:
                table.fail(f"declares queries {key} = {count!r}.", "Write books = queries, both whole numbers.")
            counts.setdefault(int(key), []).append((condition, count))
    return {books: Depends(cases=tuple(values)) for books, values in counts.items()}


def _condition(table, text):
    """Parse "mysql", "django<6" or both with a comma between."""
    engines, django = set(), []
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
    return Condition(engines=frozenset(engines), django=_django(table, ",".join(django)))


def _race(table):
    race = Race(
        schedule=table.text("schedule"),
        isolation=table.text("isolation", None),
        outcome=table.take("outcome", dict),
    )
    for engine, ends in race.outcome.items():
        if engine not in ENGINES or not isinstance(ends, dict):
            table.fail(f"has outcome.{engine}.", f"Give each engine a table; engines are: {', '.join(ENGINES)}.")
        for session, end in ends.items():
            allowed = ("kept", "broken") if session == "invariant" else _OUTCOMES
            if end not in allowed:
                table.fail(f"has outcome.{engine}.{session} = {end!r}.", f"Choose one of: {', '.join(allowed)}.")
    table.finish()
    return race


def _saves(top):
    return {key: _saving(top, key, value) for key, value in top.take("saves", dict, {}).items()}


def _saving(top, key, value):
    if key not in SAVINGS:
        top.fail(f"has an unknown key in [saves], `{key}`.", f"It may say: {', '.join(SAVINGS)}.")
    if key == "correctness":
        if not isinstance(value, str) or not value:
            top.fail("has an empty correctness in [saves].", "Say in a sentence why the rows differ.")
        return value
    cases = _by_environment(top, value)
    if cases is None or not all(_is_ratio(bound) for _, bound in cases):
        top.fail(
            f"has {key} = {value!r} in [saves].",
            "Give optimized ÷ naive, at the most: 0.2, say, or { default = 0.2, mysql = 0.9 }.",
        )
    return Depends(cases=tuple(cases))


def _is_ratio(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1


def _by_environment(table, value):
    """Turn a value, or {default = …, mysql = …}, into cases of a Depends; None for a table without a default."""
    if not isinstance(value, dict):
        return [(Condition(), value)]
    if "default" not in value:
        return None
    rest = {key: special for key, special in value.items() if key != "default"}
    return [(Condition(), value["default"]), *((_condition(table, key), special) for key, special in rest.items())]


def _claim(name, table):
    claim = Claim(
        name=name,
        id=table.text("id"),
        truth=table.text("truth"),
        expect=_expect(table, table.take("expect", (bool, dict))),
    )
    if not _ID.fullmatch(claim.id):
        table.fail(f"has id = {claim.id!r}.", 'Use an id of the syllabus, such as "C02".')
    table.finish()
    return claim


def _expect(table, value):
    """true; {default = true, mysql = false} by environment; or a table by the conditions the claim returns."""
    cases = _by_environment(table, value)
    if cases is None:
        return {condition: _expect(table, verdict) for condition, verdict in value.items()}
    if not all(isinstance(verdict, bool) for _, verdict in cases):
        table.fail(f"has expect = {value!r}.", "Each verdict is true or false.")
    return Depends(cases=tuple(cases))


def _shown_file(folder, table):
    shown = ShownFile(path=folder / table.text("name"), language=table.text("language"), check=table.text("check"))
    if not shown.path.exists():
        table.fail(f"names {shown.path.name}, which is not there.", "Add the file or take the table out.")
    table.finish()
    return shown
