"""Two of each on one data folder, from nothing."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from lab.shelves import Shelf
from tests.conftest import ROOT
from tests.faults.sites import READS, WRITES, environment_of

pytestmark = pytest.mark.soak


def test_two_sites_and_two_seedings_from_nothing(make_site, settings, tmp_path):
    folder = tmp_path / "nothing"
    sites = [make_site(folder).start() for _ in range(2)]
    for site in sites:
        answer = site.get(READS)
        assert (answer.status, "SQLite has no shelves yet" in answer.text) == (503, True)
    command = ["manage.py", "seed_library", "--engine", "sqlite", "--books", "100", "--books", "1000"]
    both = [
        subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment_of(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert [err for _, err in told] == ["", ""]
    with ThreadPoolExecutor(4) as pool:
        answers = [*pool.map(lambda n: sites[n % 2].get(WRITES if n < 2 else READS), range(4))]
    assert [answer.status for answer in answers] == [200] * 4
    sites[0].kill_all()
    sites[1].stop()
    sites[0].start()
    assert sites[0].get(WRITES).status == 200
    assert sites[0].copies == []
    settings.DATA_DIR = folder
    assert all(Shelf(books=books).is_current() for books in (100, 1_000))
