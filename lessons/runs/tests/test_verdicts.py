"""The claims of a lesson, tried: what the page says of them."""

import re

import pytest

CLAIM = 'def so(log):\n    """It is so."""\n    return {returned}\n'
DECLARED = '\n[claims.so]\nid = "C01"\nexpect = {expected}\ntruth = "It is not."\n'


@pytest.mark.parametrize(
    ("returned", "word", "conditions"),
    [
        ("True", "true", []),
        ("False", "false", []),
        ('{"by day": True, "by night": False}', "it depends", [("true", "by day"), ("false", "by night")]),
        ('{"by day": False, "by night": False}', "false", [("false", "by day"), ("false", "by night")]),
        ('{"by day": True, "by night": True}', "true", [("true", "by day"), ("true", "by night")]),
    ],
)
def test_verdict_in_words(course, get, returned, word, conditions):
    course.write("claims.py", CLAIM.format(returned=returned))
    course.add("lesson.toml", DECLARED.format(expected="false"))
    html = get("/lessons/a_track/a_lesson/claims/")
    assert re.findall(r'class="verdict [\w-]+">([^<]*)<', html) == [word]
    assert re.findall(r"<li><b>([^<]*)</b> ([^<]*)</li>", html) == conditions


def test_claim_that_is_a_coroutine(course, get):
    course.write("claims.py", f"async {CLAIM.format(returned='False')}")
    course.add("lesson.toml", DECLARED.format(expected="false"))
    html = get("/lessons/a_track/a_lesson/claims/")
    assert "It is so." in html
    assert re.findall(r'class="verdict [\w-]+">([^<]*)<', html) == ["false"]


def test_claim_that_breaks_is_not_tried(course, get):
    course.write("claims.py", CLAIM.format(returned="1 / 0"))
    course.add("lesson.toml", DECLARED.format(expected="false"))
    html = get("/lessons/a_track/a_lesson/claims/")
    assert '<span class="verdict not-tried">not tried</span>' in html
    assert "ZeroDivisionError" in html
