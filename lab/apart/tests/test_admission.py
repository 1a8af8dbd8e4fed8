"""Who gets a runner, who waits, who is refused: all at once, by a clock of the test's own."""

import pytest

from lab.apart import admission
from lab.apart.admission import PATIENCE, Admission, Place, Refusal


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def two(clock):
    """Two runners; four may wait."""
    return Admission(2, 4, clock)


def admitted(admission, *, heavy=False, key=""):
    place = admission.ask(heavy, key)
    assert isinstance(place, Place)
    admission.grant(admission.runners - len(admission.running))
    return place


def begun(place):
    return place.began is not None


def test_first_come_first_served(two):
    first, second, third, fourth = (admitted(two) for _ in range(4))
    assert [begun(place) for place in (first, second, third, fourth)] == [True, True, False, False]
    two.end(second)
    assert two.grant(1) is third


def test_heavy_work_never_has_every_runner(two):
    heavies = [admitted(two, heavy=True) for _ in range(2)]
    assert [begun(place) for place in heavies] == [True, False]
    assert begun(admitted(two)), "light work goes past what waits and may not begin"


def test_one_runner_is_for_all(clock):
    assert begun(admitted(Admission(1, 4, clock), heavy=True))


def test_not_more_wait_than_may(two):
    for _ in range(6):
        admitted(two)
    assert isinstance(two.ask(False), Refusal)
    assert (two.count_waiting(), two.refused) == (4, 1)


def test_heavy_work_fills_half_of_those_who_wait_at_the_most(two):
    for _ in range(3):
        admitted(two, heavy=True)
    assert isinstance(two.ask(True), Refusal)
    assert two.count_waiting(True) <= 2


def test_who_would_wait_too_long_is_refused(two, clock):
    place = admitted(two)
    for _ in range(20):  # work takes long, as it turns out
        clock.now += 3 * PATIENCE[False]
        two.end(place)
        place = admitted(two)
    admitted(two)
    assert isinstance(two.ask(False), Refusal)


def test_work_that_lately_took_long_is_heavy(two, clock):
    first = two.ask(False, what="10,000 books")
    two.grant(2)
    clock.now += 8
    two.end(first)
    assert two.ask(False, what="10,000 books").heavy
    assert not two.ask(False, what="10 books").heavy


@pytest.mark.parametrize(("seconds", "wait"), [(0.01, 20), (1.9, 4)])
def test_work_is_expected_to_take_as_long_as_it_lately_did(clock, seconds, wait):
    """So many wait for two runners, where each is to wait no longer than a reader would."""
    admission = Admission(2, 20, clock)
    first = admission.ask(False, what="a page")
    admission.grant(2)
    clock.now += seconds
    admission.end(first)
    while isinstance(admission.ask(False, what="a page"), Place):
        while admission.grant(2 - len(admission.running)):
            pass
    assert admission.count_waiting() == wait


def test_what_is_known_of_work_is_bounded(two, monkeypatch):
    monkeypatch.setattr(admission, "_MOST_KNOWN", 3)
    for n in range(10):
        place = two.ask(False, what=str(n))
        two.grant(2)
        two.end(place)
    assert [*two._known] == ["7", "8", "9"]


def test_ticket_goes_before_those_who_insist(two, clock):
    running = [admitted(two) for _ in range(2)]
    for _ in range(4):
        admitted(two)
    refusal = two.ask(False)
    clock.now += refusal.retry_after
    assert isinstance(two.ask(False), Refusal), "everybody else is refused as before"
    back = two.ask(False, ticket=refusal.ticket)
    two.end(running[0])
    assert two.grant(1) is back


def test_who_comes_too_early_keeps_his_time(two, clock):
    for _ in range(6):
        admitted(two)
    told = [two.ask(False) for _ in range(20)][-1]
    clock.now += 2
    early = two.ask(False, ticket=told.ticket)
    assert early == Refusal(told.retry_after - 2, told.ticket)
    clock.now += early.retry_after
    assert isinstance(two.ask(False, ticket=told.ticket), Place)


def test_ticket_lets_follow_too_what_others_make(two, clock):
    """Where all places are taken by who waits for the same result."""
    for _ in range(3):
        admitted(two, heavy=True, key="a curve")
    refusal = two.ask(True, "a curve")
    assert isinstance(refusal, Refusal)
    clock.now += refusal.retry_after
    assert isinstance(two.ask(True, "a curve", ticket=refusal.ticket), Place)


def test_ticket_counts_once_and_when_it_is_due(two, clock):
    for _ in range(6):
        admitted(two)
    late, used = (two.ask(False) for _ in range(2))
    clock.now += used.retry_after
    assert isinstance(two.ask(False, ticket=used.ticket), Place)
    assert isinstance(two.ask(False, ticket=used.ticket), Refusal)
    assert isinstance(two.ask(False, ticket="of my own"), Refusal)
    clock.now += 60
    assert isinstance(two.ask(False, ticket=late.ticket), Refusal)


def test_not_many_tickets_count_at_once(two, clock):
    """Each who waits holds a thread of the site's."""
    for _ in range(6):
        admitted(two)
    tickets = [two.ask(False) for _ in range(10)]
    clock.now += max(each.retry_after for each in tickets)
    for each in tickets:
        two.ask(False, ticket=each.ticket)
    assert two.count_waiting() <= 4 + 2


def test_not_many_tickets_follow_what_others_make(two, clock):
    for _ in range(3):
        admitted(two, heavy=True, key="a curve")
    tickets = [two.ask(True, "a curve") for _ in range(10)]
    for each in sorted(tickets, key=lambda ticket: ticket.retry_after):
        clock.now = max(clock.now, 100.0 + each.retry_after)
        two.ask(True, "a curve", ticket=each.ticket)
    assert two.count_waiting() <= 4 + 2


def test_refused_are_told_to_come_one_after_another(two, clock):
    for _ in range(6):
        admitted(two)
    told = [two.ask(False).retry_after for _ in range(40)]
    assert told == sorted(told)
    assert told[0] < told[-1]
    clock.now += 1_000
    assert two.ask(False).retry_after <= told[0] + 1, "what was promised is past"


def test_who_comes_when_told_is_let_in(two, clock):
    """Clients that do as they are told, on work that takes as long as it lately took."""
    waiting = [clock.now] * 30  # when each comes
    running, refused, returned = [], 0, 0
    for _ in range(3_000):
        clock.now += 0.01
        for place, ends in [*running]:
            if clock.now >= ends:
                running.remove((place, ends))
                two.end(place)
        for when in [each for each in waiting if each <= clock.now]:
            waiting.remove(when)
            answer = two.ask(False)
            returned += when > 100.0
            if isinstance(answer, Refusal):
                refused += when > 100.0
                waiting.append(clock.now + answer.retry_after)
        while place := two.grant(2 - len(running)):
            running.append((place, clock.now + 0.3))
    assert not waiting
    assert returned > 10
    assert refused < returned / 5


def test_same_work_is_waited_for_and_not_done_twice(two):
    first = admitted(two, heavy=True, key="curve")
    second, third = (admitted(two, heavy=True, key="curve") for _ in range(2))
    assert (begun(second), len(two.waiting)) == (False, 0)
    assert isinstance(two.ask(True, "curve"), Refusal), "they hold threads too"
    assert two.end(third) == []
    assert two.end(first) == [second]
    assert begun(admitted(two, heavy=True, key="curve"))


def test_who_leaves_frees_his_place(two):
    places = [admitted(two) for _ in range(6)]
    two.end(places[3])
    assert two.count_waiting() == 3
    admitted(two)
