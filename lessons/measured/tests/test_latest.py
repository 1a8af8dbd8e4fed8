import time as module_of_time
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from django.core.cache import cache
from django.utils import timezone

from lab import leaving
from lab.exceptions import Busy, Left
from lessons.measured import latest as module
from lessons.measured.latest import age, latest, peek


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
    with module._turn("a"), pytest.raises(Busy, match="being measured"):
        latest("a", measure)
    assert measure.times == 0


def test_reader_who_leaves_waits_no_longer(measure, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 60)
    with module._turn("a"), leaving.calling(lambda: True), pytest.raises(Left):
        latest("a", measure)
    assert measure.times == 0


def test_measurement_that_is_left_is_not_kept(measure):
    def left():
        measure()
        leaving.check()

    with leaving.calling(lambda: True), pytest.raises(Left):
        latest("a", left)
    assert latest("a", measure).number == 2


def test_failed_measurement_lets_the_next_reader_try(measure):
    with pytest.raises(ZeroDivisionError):
        latest("a", lambda: 1 / 0)
    assert latest("a", measure).number == 1


def test_age_is_in_seconds(measure, monkeypatch):
    measured = measure()
    monkeypatch.setattr(timezone, "now", lambda: measured.measured_at + timedelta(seconds=42.9))
    assert age(measured) == 42


@pytest.fixture
def set_back(monkeypatch):
    """Sets the clock back by so many seconds, for the site and for what it keeps things in."""

    def set_back(seconds):
        now, time = timezone.now, module_of_time.time
        monkeypatch.setattr(timezone, "now", lambda: now() - timedelta(seconds=seconds))
        monkeypatch.setattr(module_of_time, "time", lambda: time() - seconds)

    return set_back


def test_clock_set_back_keeps_nothing_for_longer(measure, set_back):
    assert latest("a", measure).number == 1
    set_back(3_600)
    assert peek(["a"]) == {}
    assert [latest("a", measure, again=again).number for again in (False, False, True)] == [2, 2, 3]
    assert peek(["a"])["a"].number == 3


def test_age_is_never_negative(measure, set_back):
    measured = latest("a", measure)
    set_back(30)
    assert latest("a", measure) == measured
    assert age(measured) == 0


def test_measuring_while_the_clock_is_set_back_ends(measure, set_back):
    def measure_meanwhile():
        set_back(3_600)
        return measure()

    assert [latest("a", each, again=True).number for each in (measure_meanwhile, measure)] == [1, 2]
