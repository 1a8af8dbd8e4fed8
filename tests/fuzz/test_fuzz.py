"""Whatever is asked: never an error of the site, a trace, a hang, or a text that is not escaped."""

import time
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.asking import requests
from tests.fuzz.parameters import PARAMETERS, PARTS, parts_of, routes

_BATCH = 500
_LONGEST = timedelta(minutes=20)  # of the crawl: what is left then is left out


def crawl(site, number, **options):
    """options: hypothesis's settings"""

    @settings(
        max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck), **options
    )
    @given(requests(site.survey()))
    def ask(asked):
        site.ask(asked)

    return ask


def test_some_requests(site_under_fuzz):
    crawl(site_under_fuzz, 60, derandomize=True)()


@pytest.mark.soak
def test_tens_of_thousands_of_requests(site_under_fuzz, remembered):
    ask, end = crawl(site_under_fuzz, _BATCH), time.monotonic() + _LONGEST.total_seconds()
    for _ in range(0, 30_000, _BATCH):
        if time.monotonic() < end:
            ask()
    assert site_under_fuzz.answered > _BATCH


def test_every_parameter_is_known(site_under_fuzz):
    """tests/fuzz/parameters.py says what a new one may be, and what it may not."""
    read = set().union(*site_under_fuzz.survey().values())
    assert read <= set(PARAMETERS)
    assert set(PARAMETERS) - read == {"next"}  # of the admin
    assert {name for route in routes() for _, name in parts_of(route)} == set(PARTS)
