import shutil

import pytest

from tests.faults.sites import Site, shelf_name


@pytest.fixture
def data_dir(shelves, settings, tmp_path):
    """A data folder with SQLite's shelves of 10, 100 and 1,000 books."""
    folder = tmp_path / "data"
    fill(folder, settings.DATA_DIR)
    return folder


def fill(folder, source):
    shelves = folder / "shelves" / "sqlite"
    shelves.mkdir(parents=True)
    for books in (10, 100, 1_000):
        shutil.copy(source / "shelves" / "sqlite" / shelf_name(books), shelves)


@pytest.fixture
def make_site(static_files, data_dir, tmp_path):
    """Makes a Site, on `data_dir` unless another is named. All are stopped at the end."""
    made = []

    def make(folder=data_dir, **environment):
        made.append(Site(folder, tmp_path / f"site-{len(made)}.log", **environment))
        return made[-1]

    yield make
    for site in made:
        site.stop()


@pytest.fixture
def own_site(make_site):
    """A Site that serves `data_dir`."""
    return make_site().start()
