import pytest

from lab.plans import explain
from lab.plans.tests.asking import opened, statement


@pytest.fixture
def plan_of(engine_shelves):
    """Explain a statement on the shelf of 1,000 of each engine in turn."""

    def plan_of(sql, params=None, **options):
        with opened(engine_shelves[1_000]) as connection:
            return explain(connection, statement(sql, params, **options))

    return plan_of
