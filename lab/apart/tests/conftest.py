import pytest

from lab.apart.tests.having import having_runners


@pytest.fixture
def runners(tmp_path_factory):
    folder = tmp_path_factory.mktemp("apart")
    with having_runners(DATA_DIR=folder, RUNNER_MEMORY=300, RUNS_WAITING=4):
        yield
