from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from django.core.cache import cache
from django.utils import timezone

from lab.exceptions import Busy
from lessons.measured import latest as module
from lessons.measured.latest import age, latest


@dataclass(frozen=True, kw_only=True)
class Measured:
    number: int
    measured_at: datetime


@pytest.fixture
def measure():
    """Counts how often it measures."""

    def measure():
        measure.times += 1
        return Measured(number=measure.times, measured_at=timezone.now())

    measure.times = 0
    cache.clear()
    return measure


def test_lately_measured_is_not_measured_again(measure):
    assert [latest("a", measure).number for _ in range(3)] == [1, 1, 1]


def test_each_key_is_measured_for_itself(measure):
    assert [latest(key, measure).number for key in "abab"] == [1, 2, 1, 2]


def test_again_accepts_none_that_was_there(measure):
    assert [latest("a", measure, again=again).number for again in (False, True, False)] == [1, 2, 2]


@pytest.mark.parametrize("again", [False, True])
def test_readers_at_once_share_one_measurement(measure, again):
    begun, go, seen = Event(), Event(), []

    def slowly():
        begun.set()
        go.wait(5)
        return measure()

    readers = [Thread(target=lambda: seen.append(latest("a", slowly, again=again))) for _ in range(3)]
    readers[0].start()
    begun.wait(5)
    for reader in readers[1:]:
        reader.start()
    for reader in readers[1:]:
        reader.join(0.05)  # let it ask before the first is done
    go.set()
    for reader in readers:
        reader.join(10)
    assert [measured.number for measured in seen] == [1, 1, 1]


def test_impatient_reader_is_told_to_come_back(measure, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    with module._turn(), pytest.raises(Busy, match="being measured"):
        latest("a", measure)
    assert measure.times == 0


def test_failed_measurement_lets_the_next_reader_try(measure):
    with pytest.raises(ZeroDivisionError):
        latest("a", lambda: 1 / 0)
    assert latest("a", measure).number == 1


def test_age_is_in_seconds(measure, monkeypatch):
    measured = measure()
    monkeypatch.setattr(timezone, "now", lambda: measured.measured_at + timedelta(seconds=42.9))
    assert age(measured) == 42
