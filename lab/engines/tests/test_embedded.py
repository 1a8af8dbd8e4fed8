import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path

import psycopg
import pytest

from lab.engines import embedded, programs
from lab.engines.embedded import EmbeddedPostgres
from lab.engines.programs import is_open
from lab.exceptions import EngineUnavailable

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[3]
USE = """
    import signal, sys
    from pathlib import Path
    from lab.engines.embedded import EmbeddedPostgres
    EmbeddedPostgres(Path(sys.argv[1])).start()
    print("running", flush=True)
    signal.pause()
"""


@pytest.fixture
def data_dir():
    """A data folder whose server another user may enter, as root's has to be."""
    folder = Path(tempfile.mkdtemp(prefix="queryshelf-embedded-"))
    folder.chmod(0o755)
    yield folder
    remove(folder)  # then the keeper stops the server


def remove(folder):
    """Its server may be writing into it until it sees that it is gone."""
    while folder.exists():
        shutil.rmtree(folder, ignore_errors=True)


def use(data_dir):
    """Start a process that uses the server."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(USE), data_dir], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "running\n"
    return process


def end(process, how):
    process.send_signal(how)
    process.communicate()


def answer(settings):
    with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]) as connection:
        return connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"
        ).fetchone()


def is_alive(server):
    try:
        os.kill(server, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(condition, seconds=20):
    for _ in range(seconds * 20):
        if condition():
            return True
        time.sleep(0.05)
    return False


def server_of(postgres):
    return int((postgres.data / "postmaster.pid").read_text().split()[0])


def test_one_server_however_many_ask(data_dir):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(answer(EmbeddedPostgres(data_dir).start()))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    process = use(data_dir)
    for thread in threads:
        thread.join()
    end(process, signal.SIGTERM)
    assert len(found) == 4
    assert len(set(found)) == 1


def test_server_outlives_any_process_and_stops_with_the_last(data_dir):
    postgres = EmbeddedPostgres(data_dir)
    first, second = use(data_dir), use(data_dir)
    server = server_of(postgres)
    end(first, signal.SIGKILL)
    time.sleep(5)  # longer than the keeper's patience
    assert is_alive(server)
    end(second, signal.SIGKILL)
    assert wait_for(lambda: not is_alive(server))


def test_killed_server_is_started_again(data_dir):
    postgres = EmbeddedPostgres(data_dir)
    settings = postgres.start()
    before = answer(settings)
    server = server_of(postgres)
    os.kill(server, signal.SIGKILL)
    assert wait_for(lambda: not is_alive(server))
    assert answer(postgres.start()) != before


def test_no_mode_above_the_data_folder_changes(data_dir):
    folders = [*data_dir.parents, Path(sys.prefix), *Path(sys.prefix).parents]
    before = [stat.S_IMODE(folder.stat().st_mode) for folder in folders]
    EmbeddedPostgres(data_dir).start()
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == before


@pytest.mark.parametrize("closed", ["data folder", "programs"])
def test_root_keeps_closed_folders_closed(data_dir, closed, monkeypatch):
    """Where the server's user may not pass, its files go where it may."""
    if os.geteuid():
        for module in (embedded, programs):
            monkeypatch.setattr(module, "is_root", lambda: False)
    shut = data_dir / "shut"
    shut.mkdir(mode=0o700)
    if closed == "data folder":
        postgres = EmbeddedPostgres(shut)
    else:
        monkeypatch.setattr(programs, "is_open", lambda path: path.parent.name != "bin" and is_open(path))
        postgres = EmbeddedPostgres(data_dir)
    assert answer(postgres.start())
    assert (postgres.home in postgres.programs.folder.parents) == (closed == "programs" and os.geteuid() == 0)
    assert stat.S_IMODE(shut.stat().st_mode) == 0o700
    remove(shut)
    if postgres.home.parent == Path(tempfile.gettempdir()):
        assert wait_for(lambda: not postgres.home.exists())  # nothing is left of it elsewhere


def test_removed_data_folder_ends_the_server(data_dir):
    postgres = EmbeddedPostgres(data_dir)
    postgres.start()
    server = server_of(postgres)
    remove(data_dir)
    assert wait_for(lambda: not is_alive(server), seconds=10)  # PostgreSQL itself looks once a minute
    data_dir.mkdir()


def test_long_path_is_too_long_for_a_socket(data_dir):
    deep = data_dir / ("x" * 80)
    deep.mkdir(mode=0o755)
    assert answer(EmbeddedPostgres(deep).start())


def test_what_a_vanished_data_folder_left_elsewhere_is_removed(data_dir):
    left = Path(tempfile.gettempdir()) / f"queryshelf-{os.geteuid()}-left"
    left.mkdir(exist_ok=True)
    (left / "data_dir").write_text(str(data_dir / "gone"))
    EmbeddedPostgres(data_dir).start()
    assert not left.exists()


def test_another_users_folder_is_refused(data_dir, monkeypatch):
    (data_dir / "postgresql").symlink_to("/")
    with pytest.raises(EngineUnavailable, match="belongs to another user"):
        EmbeddedPostgres(data_dir).start()


def test_server_that_does_not_start_says_why(data_dir):
    postgres = EmbeddedPostgres(data_dir)
    postgres.start()
    server = server_of(postgres)
    os.kill(server, signal.SIGKILL)
    assert wait_for(lambda: not is_alive(server))
    (postgres.data / "postgresql.conf").write_text("nonsense\n")
    with pytest.raises(EngineUnavailable, match=r"does not start\. pg_ctl says: .*Examine the log output"):
        postgres.start()


def test_missing_package_says_what_to_type(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "PACKAGE", "no_such_package")
    assert "pip install -r requirements.txt" in EmbeddedPostgres(tmp_path).off()


def test_interrupted_initialization_is_begun_again(data_dir):
    partial = data_dir / "postgresql" / "data.partial"
    partial.mkdir(parents=True)
    (partial / "PG_VERSION").write_text("18")
    assert answer(EmbeddedPostgres(data_dir).start())
