"""The saboteur in a small repository of its own: what it says must be so."""

import subprocess

import pytest

from tests import saboteur
from tests.saboteur import Sabotage, attempt_all, main

FILES = {
    "pyproject.toml": '[tool.pytest.ini_options]\nmarkers = ["soak: takes minutes"]\n',
    "add.py": "def add(one, other):\n    return one + other\n\n\ndef twice(number):\n    return 2 * number\n",
    "test_add.py": "from add import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n",
    "test_twice.py": "from add import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n",
    "test_broken.py": "def test_that_fails_anyway():\n    assert False\n",
}


@pytest.fixture
def repository(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # a run then takes a fraction of a second
    monkeypatch.setattr(saboteur, "_WHOLE", [])
    root = tmp_path / "repository"
    root.mkdir()
    for name, text in FILES.items():
        (root / name).write_text(text)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "--quiet"], ["add", "."], [*who, "commit", "--quiet", "--message", "Begin"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    return root


def attempt(root, old, new, tests="test_add.py", path="add.py"):
    sabotage = Sabotage(name="a slip", path=path, old=old, new=new, tests=tests)
    return next(attempt_all([sabotage], jobs=1, root=root))


def test_slip_is_caught_by_the_tests_named(repository):
    assert attempt(repository, "one + other", "one - other").caught_by == "test_add.py::test_add"


def test_slip_that_they_miss_is_caught_by_the_rest(repository):
    assert attempt(repository, "2 * number", "3 * number").caught_by == "test_twice.py::test_twice"


@pytest.mark.parametrize(
    ("new", "tests", "fault"),
    [
        ("one - other", "test_broken.py", "test_broken.py::test_that_fails_anyway fails without it, too."),
        ("one + ", "test_add.py", "pytest could not run its tests (exit code 2)"),
        ("one - other", "test_gone.py", "pytest could not run its tests (exit code 4)"),
    ],
)
def test_what_is_no_catch_is_told(repository, new, tests, fault):
    found = attempt(repository, "one + other", new, tests=tests)
    assert found.caught_by is None
    assert found.fault.startswith(fault)


def test_slip_that_no_test_sees_is_not_caught(repository):
    (repository / "test_broken.py").unlink()
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qam", "Mend"],
        cwd=repository,
        check=True,
    )
    found = attempt(repository, "other\n\n\ndef twice", "other\n\n\ndef thrice():\n    pass\n\n\ndef twice")
    assert (found.caught_by, found.fault) == (None, None)
    assert str(found).startswith("✗ NOT CAUGHT")


def test_run_that_does_not_end_is_ended(repository, monkeypatch):
    monkeypatch.setattr(saboteur, "_SECONDS", 2)
    monkeypatch.setattr(saboteur, "_GRACE", 2)  # a shell in the background lets nobody be interrupted
    found = attempt(repository, "return one + other", "while True:\n        pass")
    assert found.fault == "its tests had not ended after 2 s."


@pytest.mark.parametrize("old", ["one × other", "number"])
def test_slip_that_does_not_fit_says_where_to_look(repository, old):
    assert "it no longer fits: add.py has its old text" in attempt(repository, old, "").fault


def test_unknown_name_says_how_to_see_them(capsys):
    with pytest.raises(SystemExit):
        main([], ["a slip"])
    assert "python -m tests.sabotage --list" in capsys.readouterr().err
