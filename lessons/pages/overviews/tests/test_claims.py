"""The page of all claims."""

import re
from shutil import copytree

import pytest

CLAIMS = """
[claims.so]
id = "C01"
expect = {so}
truth = "It is what `it` is."

[claims.thus]
id = "C02"
expect = {thus}
truth = "It is thus."
"""
FUNCTIONS = '''def so(log):
    """It is `so`."""


def thus(log):
    """It is
    thus."""
'''


@pytest.fixture
def declare(course):
    """declare(so="true", thus="…"): the lesson has these two claims."""

    def declare(so="true", thus="false"):
        course.write("claims.py", FUNCTIONS)
        course.add("lesson.toml", CLAIMS.format(so=so, thus=thus))

    return declare


@pytest.fixture
def two_tracks(course, declare):
    """A track with one claim that is true and one false, and a second track like it."""
    declare()
    other = course.content / "020_other_track"
    copytree(course.track, other)
    (other / "track.toml").write_text('title = "Other track"\nsummary = "Of others."\n')


def outcomes(html):
    """The texts of the lists under claims."""
    main = html.partition("<main")[2].partition("</main>")[0]
    items = re.findall(r"<li>(.*?)</li>", main, re.DOTALL)
    return [re.sub("<[^>]*>", "", item) for item in items]


def verdicts(html):
    return re.findall(r'class="verdict [\w-]+">([^<]*)<', html)


def choices(html):
    """{label: (count, whether it is the current one)}"""
    nav = re.search("<nav class=.switches.*?</nav>", html, re.DOTALL)[0]
    found = re.findall(r"<a href=\S+?( aria-current=.page.)?>([^<]*) <small>([\d,]+)</small>", nav)
    return {label: (int(count), bool(current)) for current, label, count in found}


def test_claim_is_listed_with_its_verdict_and_its_evidence(declare, get):
    declare()
    html = get("/claims/")
    assert verdicts(html) == ["true", "false"]
    assert "“It is <code>so</code>.”" in html
    assert "“It is thus.”" in html
    assert "It is what <code>it</code> is." in html
    assert '<span class="claim-id">C02</span>' in html
    assert 'href="/lessons/a_track/a_lesson/claims/#claim-thus"' in html
    assert 'id="claim-thus"' in get("/lessons/a_track/a_lesson/claims/")


def test_no_claim_is_tried(course, declare, get):
    declare()
    course.write("claims.py", FUNCTIONS + "\n\n1 / 0\n")
    assert verdicts(get("/claims/")) == ["true", "false"]


def test_conditions_are_listed_in_their_order(declare, get):
    declare(so='{ "by day" = true, "by `night`" = true, "at dawn" = false, "at noon" = true }')
    html = get("/claims/")
    assert verdicts(html) == ["it depends", "false"]
    assert outcomes(html) == ["true: by day; by night", "false: at dawn", "true: at noon"]


def test_conditions_that_agree(declare, get):
    declare(so='{ "by day" = false, "by night" = false }')
    html = get("/claims/")
    assert verdicts(html) == ["false", "false"]
    assert outcomes(html) == ["false: by day; by night"]


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("{ default = true, postgresql = false }", "true, on PostgreSQL false"),
        ('{ default = false, "django<6.1" = true }', "false, on Django &lt; 6.1 true"),
        (
            '{ default = true, "postgresql, sqlite, django>=6.1, django<7" = false, sqlite = true }',
            "true, on SQLite and PostgreSQL with Django &gt;= 6.1 and &lt; 7 false, on SQLite true",
        ),
        (
            '{ "by day" = { default = true, "django<6.1" = false }, "by night" = { default = true, sqlite = true } }',
            "true, on Django &lt; 6.1 false: by day|true: by night",
        ),
    ],
)
def test_environments_that_differ(declare, get, expect, said):
    declare(so=expect)
    html = get("/claims/")
    assert verdicts(html) == ["it depends", "false"]
    assert outcomes(html) == said.split("|")


def test_environments_that_agree_need_no_words(declare, get):
    declare(so="{ default = true, postgresql = true }")
    html = get("/claims/")
    assert verdicts(html) == ["true", "false"]
    assert outcomes(html) == []


def test_claims_are_shown_a_track_at_a_time(two_tracks, get):
    html = get("/claims/")
    assert "/lessons/a_track/a_lesson/claims/#claim-thus" in html
    assert "/lessons/other_track/a_lesson/claims/#claim-thus" not in html
    assert choices(html)["A track"] == (2, True)


def test_filters_combine_and_count(two_tracks, get):
    html = get("/claims/?track=all")
    assert verdicts(html) == ["true", "false", "true", "false"]
    assert choices(html) == {
        "All": (4, True),
        "True": (2, False),
        "False": (2, False),
        "It depends": (0, False),
        "All tracks": (4, True),
        "A track": (2, False),
        "Other track": (2, False),
    }
    html = get("/claims/?verdict=false&track=other_track")
    assert verdicts(html) == ["false"]
    assert "/lessons/other_track/a_lesson/claims/#claim-thus" in html
    assert choices(html) == {
        "All": (2, False),
        "True": (1, False),
        "False": (1, True),
        "It depends": (0, False),
        "All tracks": (2, False),
        "A track": (1, False),
        "Other track": (1, True),
    }


def test_a_choice_keeps_the_other(two_tracks, get):
    html = get("/claims/?verdict=it-depends&track=other_track")
    assert 'href="/claims/?verdict=false&amp;track=other_track"' in html
    assert 'href="/claims/?verdict=it-depends&amp;track=a_track"' in html
    assert 'href="/claims/?verdict=it-depends&amp;track=all"' in html
    assert 'href="/claims/?track=other_track"' in html


def test_nothing_of_this_choice(two_tracks, get):
    html = get("/claims/?verdict=it-depends&track=a_track")
    assert verdicts(html) == []
    assert 'No claim of this choice. <a href="/claims/">All claims</a>' in html


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("verdict=maybe", "“maybe” is no verdict. There are: true, false, it-depends."),
        ("track=none", "There is no track “none”. There are: a_track, other_track."),
        ("track=a_track&verdict=<b>", "“&lt;b&gt;” is no verdict."),
    ],
)
def test_unknown_choice_says_which_there_are(two_tracks, get, query, answer):
    assert answer in get(f"/claims/?{query}", status=400)


def test_home_tells_a_false_claim_of_each_track(two_tracks, get):
    html = get("/")
    assert verdicts(html) == ["false", "false"]
    for track in ("a_track", "other_track"):
        assert f"/lessons/{track}/a_lesson/claims/#claim-" in html


def test_home_of_a_course_without_claims(get):
    assert 'class="verdict' not in get("/")


def test_every_page_leads_to_the_claims(get):
    assert 'href="/claims/"' in get("/status/")
