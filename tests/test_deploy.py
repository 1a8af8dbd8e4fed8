"""What deploy/ and compose.yaml say is what the programs that read them understand."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import yaml

from config import ending
from tests.conftest import ROOT, free_port, gunicorn, serve

DEPLOY = ROOT / "deploy"
WEB = ("web1", "web2")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def has(program, package):
    if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip(f"{program} is missing: apt-get install {package}")


def run(*command, **environment):
    path = f"{os.environ['PATH']}:/usr/sbin"
    done = subprocess.run(command, env={**os.environ, "PATH": path, **environment}, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_compose_is_one():
    checker = Path(sys.executable).with_name("check-jsonschema")
    code, said = run(str(checker), "--builtin-schema", "vendor.compose-spec", str(ROOT / "compose.yaml"))
    assert code == 0, said


def test_web_machines_share_servers_and_no_folder(compose):
    services = compose["services"]
    folders = [services[name].pop("volumes") for name in WEB]
    assert services["web1"] == services["web2"]
    assert not {*folders[0]} & {*folders[1]}
    assert {each.partition(":")[0] for folder in folders for each in folder} <= {*compose["volumes"]}
    assert services["caddy"]["environment"]["WEB"] == " ".join(f"{name}:8000" for name in WEB)


def test_web_machines_may_write_to_data_and_tmp_alone(compose):
    for name in WEB:
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["tmpfs"] == ["/tmp"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert f"USER {service['user']}" in (ROOT / "Dockerfile").read_text()


def test_all_that_compose_starts_starts_again(compose):
    for service in compose["services"].values():
        assert service["restart"] == "unless-stopped"
        for each in service.get("depends_on", {}).values():
            assert each["condition"] == "service_healthy"


def test_caddy_understands_its_file():
    has("caddy", "caddy")
    config = str(DEPLOY / "Caddyfile")
    code, said = run(
        "caddy", "validate", "--config", config, "--adapter", "caddyfile", SITE=":8000", WEB="a:1 b:1"
    )
    assert code == 0, said
    assert run("caddy", "fmt", config) == (0, (DEPLOY / "Caddyfile").read_text())


def test_systemd_understands_the_unit(tmp_path):
    has("systemd-analyze", "systemd")
    units = [tmp_path / name for name in ("queryshelf.service", "queryshelf.socket")]
    for unit in units:
        text = (DEPLOY / unit.name).read_text().replace("/opt/queryshelf/.venv/bin/python", sys.executable)
        unit.write_text(text.replace("/opt/queryshelf", str(ROOT)))
    assert run("systemd-analyze", "verify", "--man=no", *map(str, units)) == (0, "")


def test_stop_takes_less_than_docker_and_systemd_wait():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(DEPLOY / "queryshelf.service")
    settings = {}
    exec((ROOT / "config" / "gunicorn.py").read_text(), settings)
    assert int(unit["Service"]["TimeoutStopSec"].removesuffix("s")) == 10  # as `docker stop`
    assert (
        ending.GRACE + 3 < settings["graceful_timeout"] < int(unit["Service"]["TimeoutStopSec"].removesuffix("s"))
    )
    assert unit["Service"]["KillMode"] == "mixed"


def test_nginx_proxies_the_site(shelves_at_hand, static_files, tmp_path):
    has("nginx", "nginx-light")
    port, front = free_port(), free_port()
    text = (DEPLOY / "nginx.conf").read_text()
    text = re.sub(r"listen 80;", f"listen 127.0.0.1:{front};", text).replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    places = "".join(
        f"{name} {tmp_path}/{name};"
        for name in (
            "access_log",
            "client_body_temp_path",
            "proxy_temp_path",
            "fastcgi_temp_path",
            "uwsgi_temp_path",
            "scgi_temp_path",
        )
    )
    whole = tmp_path / "whole.conf"
    whole.write_text(f"daemon off; pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {places} {text} }}")
    if os.geteuid() == 0:
        whole.write_text(f"user root; {whole.read_text()}")  # for the temporary folders
    assert run("nginx", "-t", "-q", "-c", str(whole)) == (0, "")
    nginx = [shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-c", str(whole)]
    for _ in serve(gunicorn(port), port):
        for address in serve(nginx, front):
            asked = urllib.request.Request(f"{address}/summary/", headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(asked, timeout=60) as response:
                assert response.headers["Content-Encoding"] == "gzip"
                assert response.headers["Server"].startswith("nginx")
