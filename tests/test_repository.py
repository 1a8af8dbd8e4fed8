"""What people expect in a repository that they may carry on, and that it says one thing in one place."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_setup import environment

MAKEFILE = (ROOT / "Makefile").read_text()
WITHOUT_GIT = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}  # a hook's own
# A file that each hook refuses, and a word of the refusal.
REFUSED = {
    "ruff-check": ("unused.py", "import os\n", "F401"),
    "ruff-format": ("quotes.py", "x = 'a'\n", "1 file would be reformatted"),
    "djade": ("templates/tag.html", "{%load static%}\n", "Would reformat: templates/tag.html"),
    "mypy": ("lab/typed.py", 'x: int = "a"\n', "Incompatible types in assignment"),
    "hadolint": ("Dockerfile", "FROM debian\n", "DL3006"),
    "check-jsonschema": ("compose.yaml", "servces: {}\n", "'servces' does not match"),
}


def read_yaml(name):
    yaml = pytest.importorskip("yaml", reason="PyYAML is missing: make test installs it")
    return yaml.load((ROOT / name).read_text(), yaml.BaseLoader)  # else YAML takes GitHub's `on` for true


def hooks():
    (local,) = read_yaml(".pre-commit-config.yaml")["repos"]
    assert local["repo"] == "local"
    return local["hooks"]


def text_files():
    """Every file of the repository, with its text; pictures have none."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix != ".png":
            yield name, path.read_bytes().decode()


def test_make_help_names_every_target():
    done = subprocess.run(["make", "help"], cwd=ROOT, env=environment(), capture_output=True, text=True)
    named = re.findall(r"^make (\S+) +\S", done.stdout, re.MULTILINE)
    targets = " ".join(re.findall(r"^\.PHONY: (.*)", MAKEFILE, re.MULTILINE)).split()
    assert sorted(named) == sorted(set(targets) - {"port", "ready", "packed"})  # which are steps of run


def test_make_alone_runs_the_course():
    assert re.findall(r"^([\w-]+):", MAKEFILE, re.MULTILINE)[0] == "run"


def test_hooks_are_the_linters_of_make_lint():
    lint = re.search(r"^lint:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)[1]
    linters = [line.removeprefix("\t@").replace("$(BIN)", ".venv/bin") for line in lint.splitlines()]
    assert {hook["id"] for hook in hooks()} == {*REFUSED, "lint-imports"}  # whose contracts are of the whole tree
    assert [hook["entry"] for hook in hooks()] == [line.partition(" $$(git ls-files")[0] for line in linters]


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """A repository of files that the hooks refuse, and nothing else but what they need."""
    folder = tmp_path_factory.mktemp("refused")
    for name in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["files"]:
        (folder / name).mkdir()
        (folder / name / "__init__.py").touch()
    (folder / "templates").mkdir()
    for name, text, _ in REFUSED.values():
        (folder / name).write_text(text)
    for name in (".pre-commit-config.yaml", ".gitignore", "pyproject.toml"):
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(Path(sys.prefix) / "bin")
    for command in (["git", "init", "--quiet"], ["git", "add", "."]):
        subprocess.run(command, cwd=folder, env=WITHOUT_GIT, check=True)
    return folder


@pytest.mark.parametrize("hook", REFUSED)
def test_hook_refuses_what_its_linter_refuses(refused, tmp_path, hook):
    pytest.importorskip("pre_commit", reason="pre-commit is missing: make test installs it")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", hook, "--all-files"],
        cwd=refused, env={**WITHOUT_GIT, "PRE_COMMIT_HOME": str(tmp_path)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert REFUSED[hook][-1] in done.stdout


def test_workflow_checks_out_and_calls_ci_run_and_nothing_else():
    (job,) = read_yaml(".github/workflows/ci.yml")["jobs"].values()
    checkout, ci = job["steps"]
    assert checkout["uses"].startswith("actions/checkout@")
    assert checkout["with"]["fetch-depth"] == "0"
    assert ci == {"run": ".ci/run"}
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_form_of_a_claim_asks_for_all_that_a_test_of_it_needs():
    fields = {field["id"]: field for field in read_yaml(".github/ISSUE_TEMPLATE/claim.yml")["body"]}
    assert set(fields) == {"page", "engine", "engine-version", "django-version", "says", "saw", "show"}
    assert all(field["validations"]["required"] == "true" for field in fields.values())


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"])
def test_links_lead_to_files_that_there_are(name):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text()):
        assert (ROOT / target).exists(), target


def test_readme_links_what_a_newcomer_asks_for():
    readme = (ROOT / "README.md").read_text()
    for name in ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE"):
        assert f"[{name}]({name})" in readme


def test_changelog_opens_with_what_is_unreleased():
    headings = re.findall(r"^## (.*)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_files_are_as_editorconfig_says():
    for name, text in text_files():
        assert "\r" not in text, name
        assert text == "" or text.endswith("\n"), name
        assert not re.search(r"[ \t]+$", text, re.MULTILINE), name
        assert name.endswith(("Makefile", "Caddyfile")) or not re.search(r"^\t", text, re.MULTILINE), name
