"""Reads a lesson's folder and checks its form. Every fault is one sentence with its remedy."""

import ast
import re
import tomllib
from difflib import get_close_matches

from markdown_it import MarkdownIt
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from lessons.contract import (
    ENGINES,
    FIXED_FILES,
    RESERVED,
    SAVINGS,
    SIZES,
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

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[TBC]\d{2,3}")
_OUTCOMES = (
    "committed",
    "rolled back",
    "deadlock",
    "serialization failure",
    "lock timeout",
    "locked",
    "error",
)
_REQUIRED = object()


def read_lesson(folder):
    """Return the Lesson in `folder`, a Path. Raises LessonError."""
    name = f"{slug_of(folder.parent)}/{slug_of(folder)}"
    top = _Table(name, _load(name, folder / "lesson.toml"), "lesson.toml")
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
        challenge=top.flag("challenge", True),
        browser=top.flag("browser", True),
        variants=tuple(sorted(variants, key=_variant_order)),
        saves=_saves(top),
        claims=tuple(_claim(key, table) for key, table in top.tables("claims").items()),
        files=tuple(_shown_file(folder, table) for table in top.table_list("files")),
    )
    top.finish()
    for check in (_check_variants, _check_files, _check_prose, _check_claims, _check_docs):
        check(lesson)
    return lesson


def _load(lesson, path):
    if not path.exists():
        raise LessonError(lesson, "has no lesson.toml.", f"Start one: manage.py start_lesson {lesson}")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LessonError(lesson, f"lesson.toml is not valid TOML: {error}.", "Mend that line.") from None


class _Table:
    """A TOML table whose keys are taken one by one; `finish` complains of those that are left."""

    def __init__(self, lesson, values, where):
        self.lesson, self.where = lesson, where
        self.values, self.known = dict(values), []

    def fail(self, fault, remedy):
        raise LessonError(self.lesson, f"{self.where} {fault}", remedy)

    def take(self, key, kind, default=_REQUIRED):
        self.known.append(key)
        value = self.values.pop(key, default)
        if value is _REQUIRED:
            self.fail(f"does not say `{key}`.", f"Add {key} = … to it.")
        if value is not default and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            self.fail(f"has {key} = {value!r}.", f"Make it {_describe(kind)}.")
        return value

    def text(self, key, default=_REQUIRED):
        value = self.take(key, str, default)
        if value == "" and value is not default:
            self.fail(f"leaves `{key}` empty.", "Say it in a sentence, or leave the key out if it is optional.")
        return value

    def texts(self, key):
        values = self.take(key, list, [])
        if not all(isinstance(value, str) and value for value in values):
            self.fail(f"has {key} = {values!r}.", 'Make it a list of texts: ["…", "…"].')
        return tuple(values)

    def flag(self, key, default):
        return self.take(key, bool, default)

    def choice(self, key, options, default):
        value = self.take(key, str, default)
        if value not in options:
            self.fail(f"has {key} = {value!r}.", f"Choose one of: {', '.join(options)}.")
        return value

    def choices(self, key, options):
        values = self.texts(key) or options
        for value in values:
            if value not in options:
                self.fail(f"has {value!r} in `{key}`.", f"Choose from: {', '.join(options)}.")
        return values

    def tables(self, key):
        return {name: self._inner(f"[{key}.{name}]", values) for name, values in self.take(key, dict, {}).items()}

    def table_list(self, key):
        return [self._inner(f"[[{key}]]", values) for values in self.take(key, list, [])]

    def _inner(self, where, values):
        if not isinstance(values, dict):
            self.fail(f"has {where} = {values!r}.", "Make it a table of its own.")
        prefix = "" if self.where == "lesson.toml" else f"{self.where} "
        return _Table(self.lesson, values, f"{prefix}{where}")

    def finish(self):
        for key in self.values:
            near = get_close_matches(key, self.known, n=1)
            remedy = f"Did you mean `{near[0]}`?" if near else f"It may say: {', '.join(self.known)}."
            self.fail(f"has an unknown key, `{key}`.", remedy)


def _describe(kind):
    names = {str: "a text", bool: "true or false", list: "a list", dict: "a table", int: "a whole number"}
    return names.get(kind, "a number")


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
    declared = top.take("saves", dict, {})
    for key, value in declared.items():
        if key not in SAVINGS:
            top.fail(f"has an unknown key in [saves], `{key}`.", f"It may say: {', '.join(SAVINGS)}.")
        if key == "correctness":
            if not isinstance(value, str) or not value:
                top.fail("has an empty correctness in [saves].", "Say in a sentence why the rows differ.")
        elif isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1:
            top.fail(f"has {key} = {value!r} in [saves].", "Give optimized ÷ naive, at the most: 0.2, say.")
    return declared


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
    if isinstance(value, bool):
        return Depends(cases=((Condition(), value),))
    if "default" in value:
        rest = {key: verdict for key, verdict in value.items() if key != "default"}
        cases = [(Condition(), value["default"]), *((_condition(table, key), v) for key, v in rest.items())]
        if not all(isinstance(verdict, bool) for _, verdict in cases):
            table.fail(f"has expect = {value!r}.", "Each verdict is true or false.")
        return Depends(cases=tuple(cases))
    return {condition: _expect(table, verdict) for condition, verdict in value.items()}


def _shown_file(folder, table):
    shown = ShownFile(path=folder / table.text("name"), language=table.text("language"), check=table.text("check"))
    if not shown.path.exists():
        table.fail(f"names {shown.path.name}, which is not there.", "Add the file or take the table out.")
    table.finish()
    return shown


def _check_variants(lesson):
    names = {variant.name for variant in lesson.variants}
    for name in ("naive", "optimized"):
        if name not in names:
            raise LessonError(
                lesson.path, f"declares no {name} variant.", f"Add [variants.{name}.queries] to lesson.toml."
            )
    for variant in lesson.variants:
        if not variant.path.exists():
            raise LessonError(
                lesson.path,
                f"declares the variant {variant.name} without a file.",
                f"Write {variant.path.name}.",
            )
        missing = [size for size in SIZES if size not in variant.counts]
        if missing and not variant.races:
            raise LessonError(
                lesson.path,
                f"does not declare the queries of {variant.name} at {missing[0]} books.",
                f"Add {missing[0]} = … to [variants.{variant.name}.queries]; run_lesson shows the number.",
            )


def _check_files(lesson):
    ours = {*FIXED_FILES, *(v.path.name for v in lesson.variants), *(f.path.name for f in lesson.files)}
    for path in lesson.folder.iterdir():
        if path.name in ours or path.name in {"templates", "__pycache__"} or path.name.startswith("."):
            continue
        raise LessonError(
            lesson.path,
            f"has a stray file, {path.name}.",
            f"Declare it as [variants.{path.stem}] or in [[files]], or remove it.",
        )


def _check_prose(lesson):
    readme = lesson.folder / "README.md"
    if not readme.exists():
        raise LessonError(lesson.path, "has no README.md.", "Write the prose of the lesson there.")
    for token in MarkdownIt().parse(readme.read_text(encoding="utf-8")):
        if token.type in {"fence", "code_block"}:
            raise LessonError(
                lesson.path,
                f"has a block of code in README.md, line {token.map[0] + 1}.",
                "Put code in a variant, where it is run, and let the prose name it.",
            )


def _check_claims(lesson):
    path = lesson.folder / "claims.py"
    defined = set(claim_names(path)) if path.exists() else set()
    declared = {claim.name for claim in lesson.claims}
    for name in sorted(defined - declared):
        raise LessonError(lesson.path, f"claims.py has {name}(), which is not declared.", f"Add [claims.{name}].")
    for name in sorted(declared - defined):
        raise LessonError(lesson.path, f"[claims.{name}] has no function.", f"Add {name}(log) to claims.py.")


def claim_names(path):
    """Names of the public functions of a claims.py, in its order."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"]


def _check_docs(lesson):
    for url in lesson.docs:
        if not url.startswith("https://"):
            raise LessonError(lesson.path, f"has {url!r} in `docs`.", "Give a whole address: https://…")
