"""The admin, the debug toolbar and Silk: on a developer's machine, and on a server where they are asked for, if at all."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.test_silk import status


def settings(**environment):
    """The process that reads the settings, and prints whether the admin, the toolbar and Silk are on."""
    program = "from config import settings as s; print(s.ADMIN, s.DEBUG_TOOLBAR, s.QUERYSHELF_SILK)"
    merged = {**os.environ, "ADMIN": None, "DEBUG_TOOLBAR": None, **environment}
    merged = {name: value for name, value in merged.items() if value is not None}
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=merged, capture_output=True, text=True)


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/silk/", "/__debug__/render_panel/"])
def test_a_server_has_none_of_them(site, path):
    assert status(site + path) == 404


@pytest.mark.parametrize(
    ("environment", "on"),
    [
        ({"DEBUG": "0"}, "False False False"),
        ({"DEBUG": "0", "ADMIN": "1"}, "True False False"),
        ({"DEBUG": "1"}, "True True False"),
        ({"DEBUG": "1", "ADMIN": "0", "DEBUG_TOOLBAR": "0", "QUERYSHELF_SILK": "1"}, "False False True"),
    ],
)
def test_variables_say_which_are_on(environment, on):
    assert settings(**environment).stdout.strip() == on


@pytest.mark.parametrize("tool", ["DEBUG_TOOLBAR", "QUERYSHELF_SILK"])
def test_what_shows_the_inside_is_refused_on_a_server(tool):
    done = settings(DEBUG="0", **{tool: "1"})
    assert done.returncode != 0
    assert f"{tool} is set, and DEBUG is off" in done.stderr
