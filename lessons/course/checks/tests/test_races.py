"""What a lesson whose variants race must declare, and that its races are proved."""

import pytest

from lessons.course.contract import Kind, LessonError
from lessons.course.reading import read_lesson
from lessons.proof.proof import prove
from lessons.runs.shelved import ShelvedLesson, race_shelf

TOML = """\
title = "Deposits in a transaction"
summary = "Two customers pay into one wallet."
rule = "Let the database add."
sessions = ["alice", "bob"]

[[variants.naive.races]]
title = "Both read first"
schedule = "alice bob alice bob"
outcome.sqlite = { alice = "committed", bob = "committed", invariant = "broken" }

[[variants.optimized.races]]
title = "The same"
schedule = "alice bob"
outcome.sqlite = { alice = "committed", bob = "committed", invariant = "kept" }
"""
NAIVE = """\
from library.models import Wallet


def deposit(amount):
    wallet = Wallet.objects.get(pk=1)
    wallet.balance += amount
    wallet.save(update_fields=["balance"])


def alice():
    deposit(10)


def bob():
    deposit(20)
"""
OPTIMIZED = """\
from django.db.models import F

from library.models import Wallet


def alice():
    Wallet.objects.filter(pk=1).update(balance=F("balance") + 10)


def bob():
    Wallet.objects.filter(pk=1).update(balance=F("balance") + 20)
"""
SETUP = (
    "from library.models import Wallet\n\n\ndef setup():\n    Wallet.objects.filter(pk=1).update(balance=100)\n"
)
RULES = '''\
from library.models import Wallet


def watch():
    return list(Wallet.objects.filter(pk=1).values("balance"))


def invariant():
    """What is paid in arrives."""
    balance = Wallet.objects.get(pk=1).balance
    return balance == 130, f"30 were paid in, {balance - 100} arrived."
'''


@pytest.fixture
def racing(course):
    """The course, with a lesson that races."""
    for name, text in {
        "lesson.toml": TOML,
        "naive.py": NAIVE,
        "optimized.py": OPTIMIZED,
        "setup.py": SETUP,
        "race.py": RULES,
    }.items():
        course.write(name, text)
    return course


def test_declared_races_are_read(racing):
    lesson = read_lesson(racing.folder)
    assert lesson.kind is Kind.RACES
    [race] = lesson.variant("naive").races
    assert (race.title, race.schedule) == ("Both read first", ("alice", "bob", "alice", "bob"))


@pytest.mark.parametrize(
    ("name", "old", "new", "fault", "remedy"),
    [
        ("lesson.toml", '"alice", "bob"]', '"alice"]', "has the sessions alice.", "two to four"),
        ("lesson.toml", '"alice", "bob"]', '"bob", "bob"]', "has the sessions bob, bob.", "two to four"),
        ("lesson.toml", 'sessions = ["alice", "bob"]\n', "", "has a race.py and no sessions.", "Name them"),
        ("lesson.toml", '"alice bob"', '"alice carol"', "gives a turn to carol.", "alice, bob"),
        ("lesson.toml", '"alice bob"', '" "', "has 0 turns.", "from 1 to 60"),
        ("lesson.toml", '"alice bob"', f'"{"alice " * 61}"', "has 61 turns.", "from 1 to 60"),
        (
            "lesson.toml",
            'outcome.sqlite = { alice = "committed", bob = "committed", invariant = "kept" }',
            "",
            "does not declare the outcome of the race “The same” of optimized.",
            "check_lessons --record a_track/a_lesson",
        ),
        (
            "lesson.toml",
            "[[variants.optimized.races]]",
            "[variants.optimized]\nqueries = { 10 = 1 }\n[[variants.optimized.races]]",
            "declares queries of optimized, which races.",
            "Take [variants.optimized.queries] out",
        ),
        ("lesson.toml", 'title = "The same"\n', "", "does not say `title`.", "Add title"),
        (
            "lesson.toml",
            'bob = "committed", invariant = "kept"',
            'invariant = "kept"',
            "does not declare bob of the race “The same” of optimized on sqlite.",
            "check_lessons --record a_track/a_lesson",
        ),
        (
            "lesson.toml",
            'invariant = "kept"',
            'carol = "locked", invariant = "kept"',
            "declares carol",
            "Take it out",
        ),
        ("lesson.toml", 'invariant = "kept"', 'invariant = "good"', "invariant = 'good'", "kept, broken"),
        ("lesson.toml", 'bob = "committed", invariant = "kept"', 'bob = "fine"', "bob = 'fine'", "deadlock"),
        (
            "lesson.toml",
            'schedule = "alice bob"\n',
            'schedule = "alice bob"\nisolation = "snapshot"\n',
            "isolation = 'snapshot', which sqlite does not offer.",
            "deferred, immediate, wal",
        ),
    ],
)
def test_fault_is_one_sentence_with_its_remedy(racing, name, old, new, fault, remedy):
    racing.change(name, old, new)
    with pytest.raises(LessonError) as raised:
        read_lesson(racing.folder)
    assert fault in str(raised.value)
    assert remedy in str(raised.value)


def test_race_py_is_needed(racing):
    (racing.folder / "race.py").unlink()
    with pytest.raises(LessonError, match=r"no race\.py"):
        read_lesson(racing.folder)


def test_race_py_without_sessions_is_a_fault(course):
    course.write("race.py", RULES)
    with pytest.raises(LessonError, match=r"has a race\.py and no sessions"):
        read_lesson(course.folder)


def test_variant_without_a_race_is_a_fault(racing):
    racing.write("third.py", NAIVE)
    racing.add("lesson.toml", '\n[variants.third]\ntitle = "Third"\n')
    with pytest.raises(LessonError, match="declares no race of third"):
        read_lesson(racing.folder)


def test_declared_races_are_proved(racing, shelves):
    assert prove(read_lesson(racing.folder), [shelves[10]]).faults == []


def test_race_that_ends_otherwise_is_a_fault(racing, shelves):
    racing.change("lesson.toml", 'invariant = "broken"', 'invariant = "kept"')
    [fault] = prove(read_lesson(racing.folder), [shelves[10]]).faults
    assert "the race “Both read first” of naive on SQLite ends with" in str(fault)
    assert "invariant broken, and declares alice committed, bob committed, invariant kept." in str(fault)


def test_session_that_ends_otherwise_is_a_fault(racing, shelves):
    ends = 'alice = "committed", bob = "committed", invariant = "broken" }'
    racing.change("lesson.toml", f"sqlite = {{ {ends}", f"sqlite = {{ {ends.replace('committed', 'deadlock', 1)}")
    [fault] = prove(read_lesson(racing.folder), [shelves[10]]).faults
    assert "and declares alice deadlock, bob committed, invariant broken." in str(fault)


def test_optimized_variant_that_breaks_its_invariant_is_a_fault(racing, shelves):
    racing.write("optimized.py", NAIVE)
    racing.change("lesson.toml", '"alice bob"\n', '"alice bob alice bob"\n')
    racing.change("lesson.toml", 'invariant = "kept"', 'invariant = "broken"')
    [fault] = prove(read_lesson(racing.folder), [shelves[10]]).faults
    assert "optimized on SQLite breaks its invariant: 30 were paid in, 20.00 arrived." in str(fault)


def test_session_that_fails_is_a_fault_unless_it_is_declared(racing, shelves):
    racing.write("naive.py", NAIVE.replace("deposit(20)", "1 / 0"))
    [fault] = prove(read_lesson(racing.folder), [shelves[10]]).faults
    assert "ends in an error of bob, ZeroDivisionError: division by zero." in str(fault)
    racing.change("lesson.toml", 'bob = "committed", invariant = "broken"', 'bob = "error", invariant = "broken"')
    assert prove(read_lesson(racing.folder), [shelves[10]]).faults == []


def test_missing_session_is_a_fault(racing, shelves):
    racing.write("naive.py", NAIVE.replace("def bob", "def carol"))
    [fault] = prove(read_lesson(racing.folder), [shelves[10]]).faults
    assert "naive.py has no bob()." in str(fault)


def test_race_of_a_lesson(racing, shelves):
    lesson = read_lesson(racing.folder)
    report = ShelvedLesson(lesson=lesson, shelf=race_shelf("sqlite")).race(
        lesson.variant("naive"), ["alice", "bob", "alice", "bob"]
    )
    assert (report.kept, report.words) == (False, "30 were paid in, 20.00 arrived.")
    assert report.turns[0].steps[0].place.line == 5


def test_variant_may_have_an_invariant_of_its_own(racing, shelves):
    racing.write("naive.py", NAIVE + "\n\ndef invariant(results):\n    return True, f'{results}'\n")
    lesson = read_lesson(racing.folder)
    report = ShelvedLesson(lesson=lesson, shelf=race_shelf("sqlite")).race(lesson.variant("naive"), ["alice"])
    assert (report.kept, report.words) == (True, "{'alice': None, 'bob': None}")


def test_orders_of_a_lesson(racing, shelves):
    lesson = read_lesson(racing.folder)
    orders = ShelvedLesson(lesson=lesson, shelf=race_shelf("sqlite")).race_in_all_orders(lesson.variant("naive"))
    assert (len(orders.reports), len(orders.broken), orders.is_complete) == (6, 4, True)
    assert (
        not ShelvedLesson(lesson=lesson, shelf=race_shelf("sqlite"))
        .race_in_all_orders(lesson.variant("optimized"))
        .broken
    )


@pytest.mark.parametrize("verdict", [True, False])
def test_claim_may_race(racing, shelves, verdict):
    racing.write(
        "claims.py",
        'def lost(race):\n    """Lost."""\n    return not race("naive", "alice bob alice bob").kept\n',
    )
    racing.add("lesson.toml", f'\n[claims.lost]\nid = "C77"\nexpect = {str(verdict).lower()}\ntruth = "It is."\n')
    lesson = read_lesson(racing.folder)
    assert ShelvedLesson(lesson=lesson, shelf=shelves[10]).examine(lesson.claims[0]).result is True
    assert len(prove(lesson, [shelves[10]]).faults) == (0 if verdict else 1)


def test_races_without_sessions_are_a_fault(course):
    race = 'title = "A"\nschedule = "alice"\noutcome.sqlite = {}\n'
    course.add("lesson.toml", f"\n[[variants.naive.races]]\n{race}")
    with pytest.raises(LessonError, match="declares races and no sessions"):
        read_lesson(course.folder)
