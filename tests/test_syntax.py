"""What the editor takes for an error of syntax, asked in Node: what Python cannot read, and no code of a lesson."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

NODE = shutil.which("node", path=f"{os.environ['PATH']}{os.pathsep}{Path(sys.executable).parent}")
pytestmark = [
    pytest.mark.skipif(NODE is None, reason="Node is missing: make static/build/editor.js installs one"),
    pytest.mark.skipif(
        not (ROOT / "node_modules/@codemirror/lang-python").exists(),
        reason="CodeMirror is missing: make static/build/editor.js",
    ),
]
WRONG = {
    "def run()\n    return 1\n": 1,
    "for book in books\n    print(book)\n": 1,
    "books = [1, 2\n": 1,
    "x = 1 +\ny = 2\n": 1,
    "x = (1, 2]\n": 1,
    "def run():\n    return Book.objects.\n": 2,
    "import\n": 1,
    "x = 1\nprint x\n": 2,
    ")": 1,
}


def first_errors(texts):
    asked = json.dumps(texts).encode()
    done = subprocess.run([NODE, "tests/syntax.mjs"], cwd=ROOT, input=asked, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_code_of_lessons_is_not_wrong():
    files = sorted((ROOT / "lessons" / "content").rglob("*.py"))
    errors = first_errors([path.read_text() for path in files])
    assert files
    assert {str(path): error for path, error in zip(files, errors, strict=True) if error} == {}


def test_what_python_cannot_read_is_found_at_its_line():
    found = first_errors(list(WRONG))
    lines = {
        text: error and text[: error["from"]].count("\n") + 1 for text, error in zip(WRONG, found, strict=True)
    }
    assert lines == WRONG
    assert all(error["from"] < error["to"] <= len(text) for text, error in zip(WRONG, found, strict=True))


def test_empty_file_is_not_wrong():
    assert first_errors(["", "\n", "# nothing\n"]) == [None, None, None]
