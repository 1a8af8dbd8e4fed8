import tomllib

import pytest

from lessons.course.contract import Condition, Depends
from lessons.course.lesson_toml import LessonToml

ON_MYSQL = Condition(engines=frozenset({"mysql"}))
TEXT = """\
title = "A title"  # as on the page

# The pair.
[variants.naive.queries]

[variants.optimized.queries]  # one, and one more
10 = 1  # for ten
100 = 1
mysql = { 10 = 2 }
# And the rest:

[variants.third]
title = "Third"

[variants.fourth]
queries = { 10 = 1 }  # in braces

[[variants.fifth.races]]
title = "One"
outcome.sqlite = { alice = "committed", bob = "locked" }  # at once
outcome.postgresql = { alice = "committed", bob = "committed" }

[[variants.fifth.races]]
title = "Two"

[claims.so]
truth = "Yes."

[claims.that]
truth = "No."
[claims.that.expect]
"a" = true  # look
"b" = { default = true, mysql = false }

# The end.
[claims.plain]
expect = true  # always
truth = "Yes."
"""


@pytest.fixture
def changed(tmp_path):
    """Change the file, and return ([what is said to have changed], its text)."""
    path = tmp_path / "lesson.toml"
    path.write_text(TEXT)

    def changed(change):
        toml = LessonToml(path)
        change(toml)
        return toml.save(), path.read_text()

    return changed


def depends(value, *cases):
    return Depends(cases=((Condition(), value), *cases))


CHANGES = {
    "counts where there were none": (
        lambda toml: toml.set_counts("naive", {10: depends(11), 100: depends(101, (ON_MYSQL, 102))}),
        ["naive.queries 10: – → 11", "naive.queries 100: – → 101", "naive.queries mysql 100: – → 102"],
        "[variants.naive.queries]\n",
        "[variants.naive.queries]\n10 = 11\n100 = 101\nmysql = { 100 = 102 }\n",
    ),
    "a count, beside its comment": (
        lambda toml: toml.set_counts("optimized", {10: depends(3), 100: depends(1)}),
        ["optimized.queries 10: 1 → 3", "optimized.queries mysql 10: 2 → –"],
        "10 = 1  # for ten\n100 = 1\nmysql = { 10 = 2 }\n",
        "10 = 3  # for ten\n100 = 1\n",
    ),
    "a count more, before the comment on what follows": (
        lambda toml: toml.set_counts("optimized", {10: depends(1, (ON_MYSQL, 2)), 100: depends(1), 1000: depends(1)}),
        ["optimized.queries 1000: – → 1"],
        "mysql = { 10 = 2 }\n",
        "mysql = { 10 = 2 }\n1000 = 1\n",
    ),
    "a table of counts": (
        lambda toml: toml.set_counts("third", {10: depends(5)}),
        ["third.queries 10: – → 5"],
        'title = "Third"\n\n',
        'title = "Third"\n\n[variants.third.queries]\n10 = 5\n\n',
    ),
    "counts in braces": (
        lambda toml: toml.set_counts("fourth", {10: depends(1), 100: depends(2)}),
        ["fourth.queries 100: – → 2"],
        "queries = { 10 = 1 }",
        "queries = { 10 = 1, 100 = 2 }",
    ),
    "an outcome": (
        lambda toml: toml.set_outcome("fifth", 0, "sqlite", {"alice": "committed", "bob": "deadlock"}),
        ["fifth.races 1 outcome sqlite bob: locked → deadlock"],
        'bob = "locked" }  # at once',
        'bob = "deadlock" }  # at once',
    ),
    "an outcome on another engine": (
        lambda toml: toml.set_outcome("fifth", 0, "mysql", {"alice": "rolled back"}),
        ["fifth.races 1 outcome mysql alice: – → rolled back"],
        'bob = "committed" }\n',
        'bob = "committed" }\noutcome.mysql = { alice = "rolled back" }\n',
    ),
    "the first outcome": (
        lambda toml: toml.set_outcome("fifth", 1, "mysql", {"alice": "locked"}),
        ["fifth.races 2 outcome mysql alice: – → locked"],
        'title = "Two"\n',
        'title = "Two"\noutcome.mysql = { alice = "locked" }\n',
    ),
    "the first verdict": (
        lambda toml: toml.set_verdict("so", depends(True, (ON_MYSQL, False))),
        ["claims.so expect default: – → true", "claims.so expect mysql: – → false"],
        'truth = "Yes."\n\n[claims.that]',
        'truth = "Yes."\nexpect = { default = true, mysql = false }\n\n[claims.that]',
    ),
    "a verdict": (
        lambda toml: toml.set_verdict("plain", depends(False)),
        ["claims.plain expect: true → false"],
        "expect = true  # always",
        "expect = false  # always",
    ),
    "a verdict that depends": (
        lambda toml: toml.set_verdict("plain", {"with one": depends(True), "two": depends(False)}),
        ["claims.plain expect with one: – → true", "claims.plain expect two: – → false", "claims.plain expect: true → –"],
        "expect = true  # always",
        'expect = { "with one" = true, two = false }  # always',
    ),
    "verdicts by condition": (
        lambda toml: toml.set_verdict("that", {"a": depends(False), "c": depends(True), "b": depends(True)}),
        [
            "claims.that expect a: true → false",
            "claims.that expect b: – → true",
            "claims.that expect c: – → true",
            "claims.that expect b default: true → –",
            "claims.that expect b mysql: false → –",
        ],
        '"a" = true  # look\n"b" = { default = true, mysql = false }\n',
        '"a" = false  # look\n"b" = true\nc = true\n',
    ),
    "conditions that are none any more": (
        lambda toml: toml.set_verdict("that", depends(True)),
        [
            "claims.that expect: – → true",
            "claims.that expect a: true → –",
            "claims.that expect b default: true → –",
            "claims.that expect b mysql: false → –",
        ],
        '[claims.that.expect]\n"a" = true  # look\n"b" = { default = true, mysql = false }\n\n# The end.\n',
        "expect = true\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_was_measured_changes(changed, change):
    make, told, before, after = CHANGES[change]
    changes, text = changed(make)
    assert changes == told
    assert TEXT.count(before) == 1
    assert text == TEXT.replace(before, after)
    tomllib.loads(text)


def test_what_is_right_stays(changed):
    def change(toml):
        toml.set_counts("optimized", {10: depends(1, (ON_MYSQL, 2)), 100: depends(1)})
        toml.set_outcome("fifth", 0, "sqlite", {"bob": "locked", "alice": "committed"})
        toml.set_verdict("that", {"b": depends(True, (ON_MYSQL, False)), "a": depends(True)})

    assert changed(change) == ([], TEXT)
