import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lessons.course.catalog import read_catalog
from lessons.course.checks.folder import RESERVED
from lessons.course.contract import Environment, LessonError
from lessons.course.guess import Guess
from lessons.course.reading import read_lesson
from lessons.pages.offered import PAGES


def test_lesson_is_read(course):
    lesson = read_lesson(course.folder)
    assert (lesson.path, lesson.title, lesson.access, lesson.ordered) == (
        "a_track/a_lesson",
        "Titles of one query",
        "read",
        True,
    )
    assert [variant.name for variant in lesson.variants] == ["naive", "optimized"]


def test_lesson_needs_no_ids(course):
    course.write("claims.py", 'def so(log):\n    """It is so."""\n    return True\n')
    course.add("lesson.toml", '\n[claims.so]\nexpect = true\ntruth = "Yes."\n')
    lesson = read_lesson(course.folder)
    assert (lesson.covers, [claim.id for claim in lesson.claims]) == ((), [""])


def test_what_can_be_measured_may_be_left_to_be_recorded(course):
    course.write("claims.py", 'def so(log):\n    """It is so."""\n    return True\n')
    course.change("lesson.toml", "10 = 11\n100 = 101\n1000 = 1001\n", "")
    course.add("lesson.toml", '\n[claims.so]\ntruth = "Yes."\n')
    lesson = read_lesson(course.folder, recorded=False)
    assert (lesson.variant("naive").counts, lesson.claims[0].expect.cases) == ({}, ())


def test_further_variants_come_after_the_pair(course):
    course.write("another.py", "def run():\n    return [1]\n")
    text = (course.folder / "lesson.toml").read_text()
    course.write(
        "lesson.toml",
        text.replace(
            "[variants.naive", "[variants.another.queries]\n10 = 0\n100 = 0\n1000 = 0\n\n[variants.naive"
        ),
    )
    assert [variant.name for variant in read_lesson(course.folder).variants] == ["naive", "optimized", "another"]


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("A look, then F()", "a look, then F()"),
        ("Optimized", "optimized"),
        ("F()", "F()"),
        ("G0: dirty", "G0: dirty"),
    ],
)
def test_variant_is_called_within_a_sentence(course, title, called):
    assert replace(read_lesson(course.folder).variants[0], title=title).called == called


@pytest.mark.parametrize(
    ("engine", "django", "count"),
    [("sqlite", "6.1.3", 11), ("mysql", "6.1.3", 12), ("sqlite", "5.2.19", 13), ("mysql", "5.2.19", 14)],
)
def test_most_specific_count_wins(course, engine, django, count):
    course.change(
        "lesson.toml",
        "10 = 11\n",
        '10 = 11\nmysql = { 10 = 12 }\n"django<6" = { 10 = 13 }\n"mysql, django<6" = { 10 = 14 }\n',
    )
    declared = read_lesson(course.folder).variant("naive").counts[10]
    assert declared.value(Environment(engine=engine, django=django)) == count


@pytest.mark.parametrize(
    ("declared", "on_sqlite", "on_mysql"),
    [
        ('"FieldError"', "FieldError", "FieldError"),
        ('{ mysql = "FieldError" }', None, "FieldError"),
        ('{ default = "FieldError", mysql = "DataError" }', "FieldError", "DataError"),
        ('{ "django<6" = "FieldError" }', None, None),
        ('{ "sqlite, mysql" = "FieldError" }', "FieldError", "FieldError"),
    ],
)
def test_error_may_differ_by_engine(course, declared, on_sqlite, on_mysql):
    course.change(
        "lesson.toml",
        "[variants.naive.queries]",
        f"[variants.naive]\nraises = {declared}\n[variants.naive.queries]",
    )
    raises = read_lesson(course.folder).variant("naive").raises
    found = [raises.value(Environment(engine=name, django="6.1")) for name in ("sqlite", "mysql")]
    assert found == [on_sqlite, on_mysql]


@pytest.mark.parametrize("key", ["no_challenge", "no_browser"])
def test_lesson_without_a_challenge_says_why(course, key):
    course.change("lesson.toml", 'task = "Return every title with its author."', f'{key} = "It has no server."')
    assert read_lesson(course.folder).no_challenge == "It has no server."


def test_races_have_no_challenge(race_course):
    lesson = read_lesson(race_course.folder)
    assert lesson.no_challenge == lesson.no_browser
    assert "Python has one thread in a browser." in lesson.no_browser


def _toml(old, new):
    return lambda course: course.change("lesson.toml", old, new)


def _add(text):
    return lambda course: course.add("lesson.toml", text)


def _write(name, text):
    return lambda course: course.write(name, text)


def _show(name, language, check):
    def break_it(course):
        course.write(name, "text\n")
        course.add("lesson.toml", f'\n[[files]]\nname = "{name}"\nlanguage = "{language}"\ncheck = "{check}"\n')

    return break_it


FAULTS = {
    "an unknown key": (_toml("ordered", "orderd"), "unknown key, `orderd`.", "Did you mean `ordered`?"),
    "an unknown key of a variant": (
        _toml("[variants.naive.queries]", "[variants.naive]\nquery = 1\n[variants.naive.queries]"),
        "[variants.naive] has an unknown key, `query`.",
        "`queries`",
    ),
    "a missing key": (_toml('rule = "Join what you read."\n', ""), "does not say `rule`.", "Add rule = "),
    "a key of the wrong kind": (
        _toml("ordered = true", 'ordered = "yes"'),
        "has ordered = 'yes'.",
        "true or false",
    ),
    "an empty text": (_toml('"Titles of one query"', '""'), "leaves `title` empty.", "Say it"),
    "an unknown access": (_toml("ordered = true", 'access = "all"'), "has access = 'all'.", "read, write"),
    "an unknown engine": (
        _toml("ordered = true", 'engines = ["oracle"]'),
        "has 'oracle' in `engines`.",
        "sqlite, postgresql, mysql",
    ),
    "an id that is none": (
        _toml("ordered = true", 'covers = ["X1"]'),
        "has 'X1' in `covers`, which is not in the literature.",
        "literature.toml",
    ),
    "a claim's id that is none": (
        _add('\n[claims.so]\nid = "C999"\nexpect = true\ntruth = "Yes."\n'),
        "[claims.so] has 'C999' in `id`, which is not in the literature.",
        "or leave it out.",
    ),
    "a technique covered that is a claim": (
        _toml("ordered = true", 'covers = ["C01"]'),
        "has 'C01' in `covers`, which is not in the literature.",
        "or leave it out.",
    ),
    "a saving that is none": (
        _add("\n[saves]\nmoney = 0.5\n"),
        "unknown key in [saves], `money`.",
        "memory, rows",
    ),
    "a saving that is no ratio": (_add("\n[saves]\nrows = 2\n"), "has rows = 2 in [saves].", "optimized ÷ naive"),
    "a saving by engine without a default": (
        _add("\n[saves]\nmemory = { mysql = 0.9 }\n"),
        "has memory = {'mysql': 0.9} in [saves].",
        "default = 0.2",
    ),
    "wrong rows and no task": (
        lambda course: [
            course.change("lesson.toml", 'task = "Return every title with its author."\n', ""),
            course.add("lesson.toml", '\n[saves]\ncorrectness = "Authors are missing."\n'),
        ],
        "does not say which are right.",
        'task = "…"',
    ),
    "a task and no challenge": (
        _toml("ordered = true", 'no_challenge = "A number would do."'),
        "has a task and no challenge.",
        "Take `task` out.",
    ),
    "a reason that is no sentence": (
        _toml('task = "Return every title with its author."', 'no_browser = "no"'),
        "has no_browser = 'no'.",
        "Say it in a sentence or two",
    ),
    "correctness unexplained": (_add('\n[saves]\ncorrectness = ""\n'), "empty correctness", "why the rows differ"),
    "a count that is no number": (
        _toml("10 = 11", '10 = "many"'),
        "declares queries 10 = 'many'.",
        "books = queries",
    ),
    "a shelf for savings that is none": (
        _add('\n[saves]\nbooks = "many"\n'),
        "has books = 'many' in [saves].",
        "Give the size of a shelf, 10000 say.",
    ),
    "a saving that is none by itself": (
        _add("\n[saves]\nrows = { default = 1.4, mysql = 0.2 }\n"),
        "has rows = {'default': 1.4, 'mysql': 0.2} in [saves].",
        "optimized ÷ naive",
    ),
    "an error that has no name": (
        _toml("[variants.naive.queries]", "[variants.naive]\nraises = { mysql = 1 }\n[variants.naive.queries]"),
        "[variants.naive] has raises = {'mysql': 1}.",
        '{ postgresql = "NotSupportedError" }',
    ),
    "a missing count": (
        _toml("1000 = 1001\n", ""),
        "does not declare the queries of naive at 1,000 books.",
        "check_lessons --record a_track/a_lesson",
    ),
    "a condition that is none": (
        _toml("10 = 11\n", "10 = 11\noracle = { 10 = 12 }\n"),
        "neither engine nor version, 'oracle'.",
        "django<6",
    ),
    "a version that is none": (
        _toml("[variants.naive.queries]", '[variants.naive]\ndjango = "new"\n[variants.naive.queries]'),
        "has django = 'new'.",
        ">=6.1",
    ),
    "a variant's name that is a page": (
        _add("\n[variants.compare.queries]\n10 = 1\n"),
        "a name that cannot be in a URL.",
        "compare",
    ),
    "a variant without a file": (
        _add("\n[variants.third.queries]\n10 = 1\n"),
        "declares the variant third without a file.",
        "Write third.py.",
    ),
    "no optimized variant": (
        _toml("[variants.optimized.queries]", "[variants.other.queries]"),
        "declares no optimized variant.",
        "Add [variants.optimized]",
    ),
    "a stray file": (_write("notes.txt", "later"), "has a stray file, notes.txt.", "[[files]]"),
    "an undeclared variant": (
        _write("third.py", "def run(): ..."),
        "has a stray file, third.py.",
        "[variants.third]",
    ),
    "a code fence in prose": (
        _write("README.md", "See:\n\n```python\nx\n```\n"),
        "has a block of code in README.md, line 3.",
        "Put code in a variant",
    ),
    "indented code in prose": (
        _write("README.md", "See:\n\n    x = 1\n"),
        "has a block of code in README.md, line 3.",
        "Put code in a variant",
    ),
    "no prose": (lambda course: (course.folder / "README.md").unlink(), "has no README.md.", "Write the prose"),
    "no toml": (
        lambda course: (course.folder / "lesson.toml").unlink(),
        "has no lesson.toml.",
        "start_lesson a_track/a_lesson",
    ),
    "broken toml": (_write("lesson.toml", "title ="), "lesson.toml is not valid TOML", "Mend that line."),
    "an undeclared claim": (
        _write("claims.py", "def it_is_so(log): ..."),
        "has it_is_so(), which is not declared.",
        "Add [claims.it_is_so] with its truth",
    ),
    "an undeclared claim that is a coroutine": (
        _write("claims.py", "async def it_is_so(log): ..."),
        "has it_is_so(), which is not declared.",
        "Add [claims.it_is_so] with its truth",
    ),
    "a claim without a function": (
        _add('\n[claims.so]\nid = "C01"\nexpect = true\ntruth = "Yes."\n'),
        "[claims.so] has no function.",
        "Add so(log)",
    ),
    "claims that are no Python": (
        _write("claims.py", "def it_is_so(log:\n"),
        "claims.py is no Python: line 1: ",
        "Mend that line.",
    ),
    "a claim without a verdict": (
        lambda course: (
            course.write("claims.py", "def so(log): ..."),
            course.add("lesson.toml", '\n[claims.so]\ntruth = "Yes."\n'),
        ),
        "does not declare what [claims.so] expects.",
        "check_lessons --record a_track/a_lesson",
    ),
    "a verdict that is none": (
        _add('\n[claims.so]\nexpect = { here = { mysql = true } }\ntruth = "Yes."\n'),
        "[claims.so] has expect = {'mysql': True}.",
        "Each verdict is true or false.",
    ),
    "a claim without a truth": (
        _add('\n[claims.so]\nid = "C01"\nexpect = true\n'),
        "[claims.so] does not say `truth`.",
        "Add truth",
    ),
    "a shown file that is not there": (
        _add('\n[[files]]\nname = "a.txt"\nlanguage = "ini"\ncheck = "x.y"\n'),
        "names a.txt, which is not there.",
        "Add the file",
    ),
    "a shown file without a test": (
        _show("a.txt", "ini", "lessons.pages.runs.tests.test_shown_files.test_of_nothing"),
        "shows a.txt and names lessons.pages.runs.tests.test_shown_files.test_of_nothing as its check, which is no test.",
        "Write a test there that uses the file through the fixture `shown_files`",
    ),
    "a shown file whose test is nowhere": (
        _show("a.txt", "ini", "lessons.test_it"),
        "names lessons.test_it as its check, which is no test.",
        "Write a test",
    ),
    "a shown file checked by what is no test": (
        _show("a.txt", "ini", "lessons.course.checks.folder.check_form"),
        "names lessons.course.checks.folder.check_form as its check, which is no test.",
        "Write a test",
    ),
    "a shown file in a language unheard of": (
        _show("a.txt", "klingon", "x.y"),
        "shows a.txt as 'klingon', which Pygments does not know.",
        'such as "python"',
    ),
    "a race with an unknown end": (
        _add('\n[[variants.naive.races]]\ntitle = "A"\nschedule = "a b"\noutcome.sqlite = { a = "fine" }\n'),
        "outcome.sqlite.a = 'fine'.",
        "committed",
    ),
    "a matrix without races": (
        _toml("ordered = true", 'matrix = ["naive"]'),
        "has a matrix and no sessions.",
        "Take `matrix` out",
    ),
    "docs that are no address": (_toml("ordered = true", 'docs = ["docs"]'), "has 'docs' in `docs`.", "https://"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_one_sentence_with_its_remedy(course, fault):
    break_it, what, remedy = FAULTS[fault]
    break_it(course)
    with pytest.raises(LessonError) as raised:
        read_lesson(course.folder)
    message = str(raised.value)
    assert message.startswith("a_track/a_lesson: ")
    assert what in message
    assert remedy in message
    assert "\n" not in message


def add(folder, name="020_another"):
    """Another good lesson, or track, beside this one."""
    return Path(shutil.copytree(folder, folder.parent / name))


def faults_of(course, *, lessons):
    """What is told of the one broken folder, of a course that has these lessons all the same."""
    catalog = read_catalog(course.content)
    assert [lesson.path for lesson in catalog.lessons] == lessons
    (fault,) = catalog.faults
    assert "\n" not in str(fault)
    return str(fault)


def test_one_slug_twice_closes_the_second_alone(course):
    add(course.folder, "020_a_lesson")
    told = faults_of(course, lessons=["a_track/a_lesson"])
    assert told.startswith("a_track: has two folders for a_lesson: 010_a_lesson and 020_a_lesson.")


@pytest.mark.parametrize("name", ["a_lesson_more", "020 a lesson", "020_", "20_more", "020_ünique"])
def test_folder_of_a_bad_name_closes_itself_alone(course, name):
    add(course.folder, name)
    told = faults_of(course, lessons=["a_track/a_lesson"])
    assert told == f"a_track: has a folder named {name}. Name it like 010_a_slug."
    shutil.rmtree(course.track / name)
    add(course.track, name)
    told = faults_of(course, lessons=["a_track/a_lesson"])
    assert told == f"course: has a folder named {name}. Name it like 010_a_slug."


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "has no track.toml. Add one with its title and summary."),
        (b"\xff\xfe", "track.toml is not UTF-8, from byte 0. Save it as UTF-8."),
        (b"title", "track.toml is not valid TOML: "),
        (b'title = "Of"', "track.toml does not say `summary`."),
        (b'title = 3\nsummary = "Of"', "track.toml has title = 3. Make it a text."),
        (b'title = "A"\nsummary = "Of"\ntitel = "A"', "track.toml has an unknown key, `titel`."),
    ],
)
def test_broken_track_closes_itself_alone(course, content, fault):
    path = add(course.track) / "track.toml"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert faults_of(course, lessons=["a_track/a_lesson"]).startswith(f"another: {fault}")


@pytest.mark.parametrize("name", ["lesson.toml", "README.md", "naive.py", "optimized.py"])
def test_file_that_is_no_text_closes_its_lesson_alone(course, name):
    (add(course.folder) / name).write_bytes(b"Caf\xe9")
    told = faults_of(course, lessons=["a_track/a_lesson"])
    assert told == f"a_track/another: {name} is not UTF-8, from byte 3. Save it as UTF-8."


@pytest.mark.parametrize("name", ["lesson.toml", "README.md", "naive.py", "optimized.py"])
def test_file_that_is_a_folder_closes_its_lesson_alone(course, name):
    path = add(course.folder) / name
    path.unlink()
    path.mkdir()
    assert faults_of(course, lessons=["a_track/a_lesson"]).startswith("a_track/another: ")


def test_course_without_its_folder_is_empty_and_says_so(course):
    shutil.rmtree(course.content)
    told = faults_of(course, lessons=[])
    assert told == "course: has content, which cannot be read: No such file or directory. Put the folder back."


def test_one_broken_lesson_does_not_close_the_course(course):
    broken = course.track / "020_broken"
    broken.mkdir()
    catalog = read_catalog(course.content)
    assert [lesson.path for lesson in catalog.lessons] == ["a_track/a_lesson"]
    assert [fault.lesson for fault in catalog.faults] == ["a_track/broken"]


@pytest.mark.parametrize("name", RESERVED)
def test_variant_cannot_have_the_name_of_a_page(course, name):
    course.add("lesson.toml", f"\n[variants.{name}.queries]\n10 = 1\n")
    with pytest.raises(LessonError, match="a name that cannot be in a URL"):
        read_lesson(course.folder)


def test_every_page_is_reserved():
    assert set(PAGES) <= set(RESERVED)


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("The author behind every book", "has a title that nobody would search for"),
        ("select_related_or_so", "has a title that nobody would search for"),
        (f"A query {'and so on ' * 6}", "has a title of 68 characters"),
    ],
)
def test_title_that_no_search_finds_is_a_fault(course, title, fault):
    course.change("lesson.toml", 'title = "Titles of one query"', f'title = "{title}"')
    with pytest.raises(LessonError, match=fault):
        read_lesson(course.folder)


def test_title_that_names_what_is_taught_is_found(course):
    course.change(
        "lesson.toml",
        'title = "Titles of one query"',
        'title = "Save it: select_related()"\nteaches = ["select_related"]',
    )
    assert read_lesson(course.folder).teaches == ("select_related",)


def test_guess_and_symptoms_are_read(course):
    course.change(
        "lesson.toml",
        "ordered = true\n",
        'ordered = true\nsymptoms = ["memory_grows"]\n[guess]\nasks = "memory"\nwhy = "So."\n',
    )
    lesson = read_lesson(course.folder)
    assert (lesson.symptoms, lesson.guess) == (("memory_grows",), Guess(asks="memory", question=None, why="So."))


def test_unknown_symptom_is_a_fault_that_names_the_known_ones(course):
    course.change("lesson.toml", "ordered = true\n", 'ordered = true\nsymptoms = ["ache"]\n')
    with pytest.raises(LessonError, match=r"has 'ache' in `symptoms`\. Choose from: .*deadlock_detected"):
        read_lesson(course.folder)
