import os
import re
import subprocess
import sys

import pytest
from django.conf import settings


def type_into_shell(home, *lines, books=10, engine="sqlite"):
    """What the shell prints; `home` is where Python would keep the history of what was typed."""
    return subprocess.run(
        [sys.executable, "manage.py", "shelf_shell", f"--books={books}", f"--engine={engine}"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "HOME": str(home)},
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
    )


def words(text):
    """Without the colours, the layout, and the engine's own quotes."""
    return " ".join(re.sub(r"\x1b\[[\d;]*m", "", text).replace("`", '"').split())


def test_shell_is_on_the_shelf_and_may_only_read(engine_shelves, engine, tmp_path):
    """It prints whole statements. Whoever types may start what a lesson may not, as help() does its pager."""
    before = engine.checksum(10)
    done = type_into_shell(
        tmp_path,
        "import os, threading; os.system('true'); threading.Thread(target=threading.Event().wait, daemon=True).start()",
        "Book.objects.count()",
        'len(Book.objects.select_related("author__country", "publisher__country", "editor"))',
        "Book.objects.update(stock=0)",
        engine=engine.name,
    )
    assert done.returncode == 0
    assert 'SELECT COUNT(*) AS "__count" FROM "library_book" Execution time: ' in words(done.stdout)
    assert words(done.stdout).count("LEFT OUTER JOIN") == 1
    assert re.findall(r"^(?:>>> )?(\d+)$", done.stdout, re.MULTILINE) == ["0", "10", "10"]
    refused = r"^django\.db\.utils\.\w+Error: .*(read-?.?only|denied)"
    assert re.search(refused, done.stderr, re.MULTILINE | re.IGNORECASE)
    assert "lab.exceptions" not in done.stderr
    assert engine.checksum(10) == before


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"books": 11}, "SQLite has no shelf of 11 books. Make it: python manage.py seed_library"),
        ({"engine": "oracle"}, "oracle"),
    ],
)
def test_shell_without_a_shelf_says_what_to_do(shelves, tmp_path, asked, told):
    done = type_into_shell(tmp_path, **asked)
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: ")
    assert told in done.stderr
