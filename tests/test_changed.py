"""Which lessons CI proves on every shelf of every engine."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.test_repository import WITHOUT_GIT

LESSON = "lessons/content/010_a_track/020_a_lesson"
FILES = {
    "lesson.toml": 'title = "A"\nordered = true\n[variants.naive]\ntitle = "B"\nqueries = { 10 = 11 }\n',
    "naive.py": "1\n",
    "README.md": "Prose.\n",
}


@pytest.fixture
def repository(tmp_path):
    """With one lesson, committed."""
    folder = tmp_path / LESSON
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "--quiet"], ["add", "."], [*who, "commit", "--quiet", "--message", "Begin"]):
        subprocess.run(["git", *command], cwd=tmp_path, env=WITHOUT_GIT, check=True)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "proved"),
    [
        ("README.md", "Prose", "Other prose", False),
        ("lesson.toml", '"A"', '"Another"', False),
        ("lesson.toml", '"B"', '"Another"', False),
        ("lesson.toml", "10 = 11", "10 = 12", True),
        ("lesson.toml", "true", "false", True),
        ("lesson.toml", "true", "true\nunheard_of = 1", True),
        ("naive.py", "1", "2", True),
    ],
)
def test_lesson_is_proved_where_more_than_its_words_differ(repository, name, old, new, proved):
    path = repository / LESSON / name
    path.write_text(path.read_text().replace(old, new))
    assert changed(repository) == ("a_track/a_lesson" if proved else "")


def test_new_lesson_is_proved(repository):
    folder = repository / "lessons/content/010_a_track/030_another"
    folder.mkdir()
    (folder / "lesson.toml").write_text(FILES["lesson.toml"])
    subprocess.run(["git", "add", "."], cwd=repository, env=WITHOUT_GIT, check=True)
    (repository / LESSON / "naive.py").write_text("2\n")
    assert changed(repository) == "a_track/a_lesson or a_track/another"


def changed(repository):
    command = [sys.executable, ROOT / ".ci" / "changed", "HEAD"]
    done = subprocess.run(command, cwd=repository, env=WITHOUT_GIT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
