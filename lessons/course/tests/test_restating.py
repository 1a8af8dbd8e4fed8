from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.course.contract import DJANGO, ENGINES, Condition, Depends, Environment
from lessons.course.depends import read_condition
from lessons.course.restating import restate
from lessons.course.toml_table import TomlTable

OLD, NEW = DJANGO


def depends(declared):
    """{"": 1, "mysql": 2} as a Depends."""
    table = TomlTable("a_track/a_lesson", {}, "lesson.toml")
    return Depends(
        cases=tuple(
            (read_condition(table, text) if text else Condition(), value) for text, value in declared.items()
        )
    )


def measured(django, *values):
    return {
        Environment(engine=engine, django=django): value
        for engine, value in zip(ENGINES, values, strict=False)
        if value is not None
    }


def told(declared):
    return {str(condition): value for condition, value in declared.cases}


@pytest.mark.parametrize(
    ("declared", "django", "values", "expected"),
    [
        pytest.param({}, NEW, (1, 1, 1), {"": 1}, id="first"),
        pytest.param({}, NEW, (1, 1, 2), {"": 1, "mysql": 2}, id="first, one engine differs"),
        pytest.param({}, NEW, (1,), {"": 1}, id="first, one engine at hand"),
        pytest.param({"": 1}, NEW, (2, 2, 2), {"": 2}, id="the code has changed"),
        pytest.param({"": 1}, NEW, (2,), {"": 2}, id="the code has changed, one engine at hand"),
        pytest.param({"": 1}, OLD, (4, 1, 1), {"": 1, "sqlite, django<6": 4}, id="one engine differs on this Django"),
        pytest.param({"": 1}, NEW, (1, 1, 2), {"": 1, "mysql, django>=6": 2}, id="and on the newer one"),
        pytest.param({"": 1, "mysql, django<6": 2}, NEW, (1, 1, 2), {"": 1, "mysql": 2}, id="then on both"),
        pytest.param({"": 1, "mysql": 2}, NEW, (1, 1, 1), {"": 1}, id="no more"),
        pytest.param({"": 1, "mysql": 2}, NEW, (3, 3), {"": 3, "mysql": 2}, id="an engine that is not at hand"),
        pytest.param({"": 1, "django<6": 2}, NEW, (3, 3, 3), {"": 3, "django<6": 2}, id="a Django that is not"),
        pytest.param({"": 1, "mysql": 2}, NEW, (1, 1, 3), {"": 1, "mysql": 3}, id="one changed"),
        pytest.param({"": 1, "sqlite, django<6": 4}, OLD, (5, 1), {"": 1, "sqlite, django<6": 5}, id="the same condition"),
        pytest.param({"": 1, "sqlite, django<6": 4}, OLD, (5,), {"": 1, "sqlite, django<6": 5}, id="it alone at hand"),
        pytest.param({"": 1, "django>=7": 9}, NEW, (2, 2, 2), {"": 2, "django>=7": 9}, id="a Django to come"),
        pytest.param({"": True, "mysql": False}, NEW, (True, True, False), {"": True, "mysql": False}, id="nothing"),
    ],
)  # fmt: skip
def test_what_was_measured_is_said_briefly(declared, django, values, expected):
    assert told(restate(depends(declared), measured(django, *values), ENGINES)) == expected


@pytest.mark.parametrize(
    ("declared", "django", "values", "expected"),
    [
        pytest.param({}, NEW, (True, True, True), {"": True}, id="first"),
        pytest.param({"": True}, NEW, (False, False, False), {"": True, "django>=6": False}, id="on this Django"),
        pytest.param({"": True}, OLD, (False, False, False), {"": True, "django<6": False}, id="on the older one"),
        pytest.param({"": True, "django>=6": False}, OLD, (False, False, False), {"": False}, id="then on both"),
        pytest.param({"": True}, NEW, (False,), {"": True, "sqlite, django>=6": False}, id="one engine at hand"),
        pytest.param({"": True, "sqlite, django>=6": False}, NEW, (False, False, False), {"": True, "django>=6": False}, id="then all"),
        pytest.param({"": True, "mysql": False}, NEW, (True, True, True), {"": True, "mysql, django<6": False}, id="an engine does now"),
        pytest.param({"": True, "mysql": False}, NEW, (False, False, False), {"": True, "mysql": False, "django>=6": False}, id="all do not"),
    ],
)  # fmt: skip
def test_what_does_not_spread_stays_elsewhere(declared, django, values, expected):
    found = measured(django, *values)
    after = restate(depends(declared), found, ENGINES, spreads=False)
    assert told(after) == expected


conditions = st.sampled_from([*ENGINES, "django<6", "django>=6", *(f"{name}, django<6" for name in ENGINES)])
counts = st.integers(1, 3)


@settings(deadline=None)
@given(
    general=st.none() | counts,
    special=st.dictionaries(conditions, counts, max_size=4),
    values=st.tuples(*[st.none() | counts] * 3).filter(any),
    django=st.sampled_from(DJANGO),
    spreads=st.booleans(),
)
def test_what_was_measured_is_said_and_the_rest_is_kept(general, special, values, django, spreads):
    before = depends({**({"": general} if general else {}), **special})
    found = measured(django, *values)
    after = restate(before, found, ENGINES, spreads=spreads)
    assert {environment: after.value(environment) for environment in found} == found
    for environment in (Environment(engine=name, django=each) for name, each in product(ENGINES, DJANGO)):
        case = before.case(environment)
        true_somewhere = [value for each, value in found.items() if before.case(each) is case]
        if environment in found or not case:
            continue
        if not spreads or not true_somewhere or case[1] in true_somewhere:
            assert after.value(environment) == case[1]
    assert restate(after, found, ENGINES, spreads=spreads) == after
