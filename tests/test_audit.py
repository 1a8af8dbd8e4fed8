"""requirements.lock is what the image installs, and `make audit` says what is known of it."""

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import audit
from tests.conftest import ROOT

IMAGE = {**default_environment(), "python_version": "3.13", "python_full_version": "3.13.0", "extra": ""}
HASH = r"--hash=sha256:[0-9a-f]{64}"


def asked():
    """The requirements that the image has, as the files name them."""
    for name in ("requirements.txt", "requirements-mysql.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if text := line.partition("#")[0].strip():
                yield Requirement(text)


def locked():
    """{package: version}"""
    lines = re.sub(r" \\\n\s*", " ", (ROOT / "requirements.lock").read_text()).splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not re.search(rf" {HASH}( {HASH})*$", line)] == []
    found = [Requirement(line.partition(" --hash")[0]) for line in pins]
    return {canonicalize_name(each.name): str(each.specifier).removeprefix("==") for each in found}


def test_lock_has_what_the_requirements_name():
    pins = locked()
    named = [each for each in asked() if each.marker is None or each.marker.evaluate(IMAGE)]
    assert len(named) > 20
    wrong = [
        str(each) for each in named if not each.specifier.contains(pins.get(canonicalize_name(each.name), "0"))
    ]
    assert wrong == [], "To make requirements.lock anew: make lock"


def test_lock_has_what_those_need_in_turn():
    """As far as the packages are installed here, which tell what they need."""
    pins, waiting, seen = locked(), list(asked()), set()
    missing = []
    while waiting:
        each = waiting.pop()
        name = canonicalize_name(each.name)
        if (name, *sorted(each.extras)) in seen or not _is_for_the_image(each, {""}):
            continue
        seen.add((name, *sorted(each.extras)))
        if name not in pins or not each.specifier.contains(pins[name], prereleases=True):
            missing.append(str(each))
        try:
            needs = [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:
            continue
        waiting += [_without_marker(need) for need in needs if _is_for_the_image(need, {"", *each.extras})]
    assert len(seen) > 30
    assert missing == [], "To make requirements.lock anew: make lock"


def _is_for_the_image(requirement, extras):
    return requirement.marker is None or any(
        requirement.marker.evaluate({**IMAGE, "extra": each}) for each in extras
    )


def _without_marker(requirement):
    requirement.marker = None
    return requirement


def test_image_installs_by_hash_alone():
    commands = re.findall(r"^RUN .*pip install.*$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    files = [re.search(r" -r (\S+)$", command)[1] for command in commands]
    assert files == ["requirements.lock", "requirements-browser.txt"]
    assert all(" --require-hashes " in command for command in commands)


PACKAGE = {"name": "django", "version": "6.1.3", "vulns": []}
HOLE = {"id": "PYSEC-2026-1", "fix_versions": ["6.1.4"]}
SKIPPED = {"name": "redis", "skip_reason": "Dependency not found on PyPI and could not be audited: redis (8.1.0)"}


@pytest.mark.parametrize(
    ("packages", "advisories", "unasked"),
    [
        ([PACKAGE], [], []),
        ([{**PACKAGE, "vulns": [HOLE]}], ["Python: django 6.1.3: PYSEC-2026-1, mended in 6.1.4"], []),
        ([PACKAGE, SKIPPED], [], [f"Python: nothing is known of 1 of 2 packages: {SKIPPED['skip_reason']}"]),
    ],
)
def test_what_pip_audit_says_is_told(packages, advisories, unasked):
    assert audit.of_python(json.dumps({"dependencies": packages, "fixes": []})) == (advisories, unasked)


def test_no_answer_is_not_taken_for_safe():
    assert audit.of_python("")[1] == ["Python: pip-audit gave no answer."]
    refused = {"message": "405 Method Not Allowed", "statusCode": 405}
    assert audit.of_node(json.dumps(refused)) == ([], ["Node: npm's advisory service gave no answer."])
    assert audit.of_node("")[1]


def test_what_npm_says_is_told():
    hole = {"esbuild": {"range": "<=0.24.2", "severity": "moderate"}}
    assert audit.of_node(json.dumps({"vulnerabilities": hole})) == (["Node: esbuild <=0.24.2: moderate"], [])
    assert audit.of_node(json.dumps({"vulnerabilities": {}})) == ([], [])


def test_without_its_programs_it_says_that_nothing_was_asked():
    environment = {"PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "tests.audit", "no-such-program"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2, done.stderr
    assert "pip-audit gave no answer" in done.stdout
    assert "no word on whether they are safe" in done.stdout
