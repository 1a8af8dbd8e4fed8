"""A newcomer's clone: the README's commands, run as written."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.conftest import ROOT, free_port, wait_for

pytestmark = pytest.mark.xdist_group("clone")  # which takes a minute to set up

README = (ROOT / "README.md").read_text()
# What this run sets and a newcomer does not; make hands its own variables down by MAKEFLAGS.
OURS = (
    "DEBUG", "DEBUG_TOOLBAR", "SECRET_KEY", "DATA_DIR", "DATABASE_URL", "POSTGRES_URL", "MYSQL_URL", "CACHE_URL", "STATIC_ROOT",
    "LOG_FORMAT", "LOG_LEVEL", "METRICS", "METRICS_TOKEN", "RUNS_APART", "RUNNERS", "RUNNER_MEMORY", "RUNS_WAITING",
    "PUBLIC_URL", "ADMIN", "DJANGO_SETTINGS_MODULE",
    "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "PYTHON", "VENV", "PORT", "HOST",
)  # fmt: skip
NAIVE = "lessons/n_plus_one/forward_foreign_key/naive/?books=1000"


@pytest.fixture(scope="module")
def set_up(tmp_path_factory):
    """A clone as git would give it to a newcomer, this change included, and what make printed as it set it up."""
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder, run(folder, "make", "setup")


@pytest.fixture(scope="module")
def clone(set_up):
    return set_up[0]


def environment(**more):
    return {key: value for key, value in os.environ.items() if key not in OURS} | more


def run(folder, *command, check=True, **more):
    if command[0] == "make":
        command = (*command, f"PYTHON={sys.executable}")
    done = subprocess.run(command, cwd=folder, env=environment(**more), capture_output=True, text=True)
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


def commands(heading):
    """The indented lines of a section of the README."""
    section = re.search(rf"^#+ {heading}\n(.*?)(?=^##|\Z)", README, re.MULTILINE | re.DOTALL)[1]
    return [line.strip() for line in section.splitlines() if line.startswith("    ")]


def test_readme_starts_by_line_twenty():
    assert README.splitlines().index("    make run") < 20


@pytest.mark.soak
def test_make_run_serves_the_course(clone):
    port = free_port()
    make = subprocess.Popen(
        ["make", "run", f"PORT={port}", f"PYTHON={sys.executable}"],
        cwd=clone, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    try:
        naive = wait_for(f"http://127.0.0.1:{port}/{NAIVE}", make, seconds=120).decode()
        optimized = (
            urllib.request.urlopen(f"http://127.0.0.1:{port}/{NAIVE.replace('naive', 'optimized')}")
            .read()
            .decode()
        )
    finally:
        os.killpg(make.pid, signal.SIGTERM)
        output = make.communicate(timeout=20)[0].decode()
    assert '<dd class="naive">1,001</dd>' in naive
    assert '<dd class="optimized">1</dd>' in optimized
    assert f"http://127.0.0.1:{port}/" in output


@pytest.mark.soak
def test_make_setup_prints_lines_of_its_own_and_what_took_long(set_up):
    _, done = set_up
    assert done.stderr == ""
    assert not re.search("warn|deprecated|notice", done.stdout, re.IGNORECASE)
    assert re.search(r"^Packages: \d+ s$", done.stdout, re.MULTILINE)


@pytest.mark.soak
@pytest.mark.parametrize(("status", "shown"), [(0, False), (1, True)])
def test_make_shows_what_an_installer_prints_where_it_fails(clone, status, shown):
    installer = f"PIP=sh -c 'echo a word of pip; echo a warning of pip >&2; exit {status}'"
    done = run(clone, "make", ".venv/installed-dev", installer, check=False)
    (clone / ".venv" / "installed-dev").unlink(missing_ok=True)
    assert (done.returncode != 0) is shown
    assert ("a word of pip\na warning of pip\n" in done.stderr) is shown
    assert "of pip" not in done.stdout


@pytest.mark.soak
def test_make_setup_twice_changes_nothing(clone):
    assert run(clone, "make", "setup").stdout.count("up to date") >= 4


@pytest.mark.soak
def test_make_run_tells_of_a_port_in_use(clone):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        done = run(clone, "make", "run", f"PORT={port}", check=False)
    assert done.returncode != 0
    assert f"Port {port} of 127.0.0.1 is in use. Choose another: make run PORT=8001" in done.stdout


@pytest.mark.soak
@pytest.mark.parametrize(
    "command",
    [
        *commands("Start"),
        *commands("Without make"),
        *commands("What is in it"),
        *commands("Add a lesson"),
    ],
)
def test_readme_command(clone, command):
    words = shlex.split(command)
    if words[0] in ("git", "make", "python3") or words[2:3] == ["pytest"] or "runserver" in words:
        assert command in (
            "git clone <this repository> queryshelf && cd queryshelf",
            "make run",
            "make test",
            "python3 -m venv .venv",
            '.venv/bin/python -m pytest -m "not soak"',
            ".venv/bin/python manage.py runserver",
        )  # tested above, or this very run
        return
    if command.endswith(" check_lessons"):
        words.append("n_plus_one/nested_path")  # the whole course is proved by test_content
    # As the README says of a machine without Node: make has put one there.
    run(clone, *words, PATH=f"{os.environ['PATH']}:{clone / '.venv' / 'bin'}")


@pytest.mark.soak
def test_make_goes_on_where_the_charts_cannot_be_built(clone):
    built = clone / "static" / "build" / "curve.js"
    built.unlink(missing_ok=True)
    (clone / "failing").mkdir()
    npm = clone / "failing" / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)
    done = run(clone, "make", "setup", PATH=f"{npm.parent}:{os.environ['PATH']}")
    assert "The charts and the search as you type could not be built" in done.stdout
    assert "make static/build/curve.js" in done.stdout
    run(clone, "make", "static/build/curve.js")
    assert built.exists()


@pytest.mark.soak
def test_shell_plus_prints_its_sql(clone):
    done = run(
        clone, ".venv/bin/python", "manage.py", "shell_plus", "--print-sql", "--quiet-load", "--plain",
        "--command", "print(Book.objects.count())",
    )  # fmt: skip
    assert "1000" in done.stdout
    assert "COUNT" in done.stdout
    assert "Execution time" in done.stdout


@pytest.mark.soak
def test_without_debug_and_key_it_says_what_to_set(clone):
    done = subprocess.run(
        [".venv/bin/python", "manage.py", "check"],
        cwd=clone, env={**environment(), "DEBUG": "0"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode != 0
    assert "SECRET_KEY is not set, and DEBUG is off." in done.stderr
    assert "cp .env.example .env" in done.stderr
