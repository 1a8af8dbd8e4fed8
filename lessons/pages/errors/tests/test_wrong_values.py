import re
from html import unescape

import pytest
from django.utils.http import urlencode

from lessons.pages.errors.faults import nearest_name, nearest_number, shown
from lessons.pages.tests.addresses import NAIVE

LESSON = "/lessons/a_track/a_lesson/"
THIRD = "\n[variants.third.queries]\n10 = 1\n100 = 1\n1000 = 1\n"
CURVE = f"{LESSON}curve/?left=naive&right=optimized&latency="


def nearest(html):
    return unescape(re.search(r'The nearest address that there is: <a rel="nofollow" href="(.*?)"', html)[1])


@pytest.mark.parametrize(
    ("address", "instead"),
    [
        (f"{NAIVE}?books=50", f"{NAIVE}?books=37"),
        (f"{NAIVE}?books=5000", f"{NAIVE}?books=1000"),
        (f"{NAIVE}?books=1,000", f"{NAIVE}?books=1000"),
        (f"{NAIVE}?books=1e2", f"{NAIVE}?books=100"),
        (f"{NAIVE}?books=-7", f"{NAIVE}?books=10"),
        (f"{NAIVE}?books=" + "9" * 5_000, f"{NAIVE}?books=1000"),
        (f"{NAIVE}?books=many&measure=1", f"{NAIVE}?measure=1&books=100"),
        (f"{NAIVE}?books=", f"{NAIVE}?books=100"),
        (f"{NAIVE}?books=10&engine=SQLite", f"{NAIVE}?books=10&engine=sqlite"),
        (f"{NAIVE}?engine=oracle&books=7", f"{NAIVE}?engine=sqlite&books=10"),
        (f"{LESSON}?guess=many", LESSON),
        (f"{LESSON}?guess=" + "7" * 5_000, LESSON),
        (f"{LESSON}compare/?left=naiv&right=optimised", f"{LESSON}compare/?left=naive&right=optimized"),
        (f"{LESSON}engines/?variant=optimised&books=10", f"{LESSON}engines/?books=10&variant=optimized"),
        (f"{LESSON}gain/?beside=xyz", f"{LESSON}gain/?beside=optimized"),
        (f"{LESSON}curve/?latency=3", f"{LESSON}curve/?latency=2"),
        (f"{LESSON}curve/?latency=slow", f"{LESSON}curve/?latency=0"),
        (f"{LESSON}curve/?latency=1e400", f"{LESSON}curve/?latency=20"),
        (f"{LESSON}staircase/?by=tme", f"{LESSON}staircase/?by=time"),
        (f"{NAIVE}plan/2/?books=10&beside=optimised.1", f"{NAIVE}plan/2/?books=10&beside=optimized.1"),
        (f"{NAIVE}plan/2/?books=10&beside=naive.x.maria", f"{NAIVE}plan/2/?books=10&beside=naive.1.mysql"),
        ("/claims/?track=a_trak&verdict=it_depends", "/claims/?track=a_track&verdict=it-depends"),
        ("/summary/?track=a_trak", "/summary/?track=a_track"),
    ],
)
def test_address_with_a_mistake_offers_the_nearest(get, course, address, instead):
    course.write("third.py", (course.folder / "optimized.py").read_text(encoding="utf-8"))
    course.add("lesson.toml", THIRD)
    html = get(address, status=400)
    assert "<h1>This address has a mistake.</h1>" in html
    assert nearest(html) == instead
    assert get.response["Cache-Control"] == "no-store"
    if not any(page in instead for page in ("curve", "engines", "maria", "mysql")):  # which take long, or are off
        get(instead)


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("schedule=alice+bobb", "schedule=alice bob"),
        ("schedule=" + "alice+" * 70, "schedule=" + " ".join(["alice"] * 60)),
        ("isolation=serialisable&engine=postgresql", "engine=postgresql&isolation=serializable"),
        ("isolation=read+committed&engine=SQLITE", "engine=sqlite&isolation=deferred"),
        ("look=carol", "look=alice"),
    ],
)
def test_race_with_a_mistake_offers_the_nearest(race_course, get, query, instead):
    html = get(f"{NAIVE}?{query}", status=400)
    path, _, said = nearest(html).partition("?")
    assert (path, said.replace("+", " ")) == (NAIVE, instead)


def test_guess_of_a_race_with_a_mistake(race_course, get):
    assert nearest(get(f"{LESSON}?guess=kep", status=400)) == LESSON


HOSTILE = [
    "<script>alert(1)</script>",
    '"><b>',
    "x" * 5_000,
    "7" * 5_000,
    "\x00\x1b[31m\n",
    "\u202eevil",
    "\udcff",
    "%",
    "nan",
    "inf",
    "-inf",
    "²",
    "{{ x }}",
]


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
@pytest.mark.parametrize(
    "page",
    [
        *(f"{NAIVE}?{name}" for name in ("engine", "books")),
        f"{LESSON}?guess",
        *(f"{LESSON}compare/?{name}" for name in ("left", "right")),
        f"{LESSON}engines/?variant",
        f"{LESSON}curve/?latency",
        f"{NAIVE}plan/1/?beside",
        "/claims/?verdict",
        "/claims/?track",
        "/summary/?track",
    ],
)
def test_value_is_shown_short_and_safe(get, client, page, value):
    path, _, name = page.partition("?")
    response = client.get(f"{path}?{name}={_quoted(value)}")
    assert response.status_code == 400
    told = re.search(r'<p class="lede">(.*?)</p>', response.text, re.DOTALL)[1]
    assert "<" not in told
    assert unescape(told).isprintable()
    assert len(unescape(told)) < 400


def _quoted(value):
    return urlencode({"": value.encode(errors="surrogateescape")})[1:]


def test_htmx_keeps_the_page_and_links_the_nearest(get):
    html = get(f"{NAIVE}?books=50", status=400, hx_request="true", hx_target="lab")
    assert get.response["HX-Retarget"] == "#refused"
    assert nearest(html) == f"{NAIVE}?books=37"


def test_nothing_runs_for_an_address_with_a_mistake(get, monkeypatch):
    def record(*args, **options):
        raise AssertionError("it ran")

    monkeypatch.setattr("lessons.runs.shelved.ShelvedLesson.record", record)
    get(f"{NAIVE}?engine=x&books=x", status=400)


@pytest.mark.parametrize(
    ("text", "found"),
    [("Postgres", "postgresql"), ("oracle", "sqlite"), ("", "sqlite"), ("x" * 5_000, "sqlite")],
)
def test_nearest_name(text, found):
    assert nearest_name(text, ["sqlite", "postgresql", "mysql"]) == found


@pytest.mark.parametrize(
    ("text", "found"), [("54", 10), ("56", 100), ("x", 37), ("inf", 100), ("-1e999", 10), ("9" * 999, 100)]
)
def test_nearest_number(text, found):
    assert nearest_number(text, [10, 100], otherwise=37) == found


def test_shown_is_short_and_printable():
    assert shown("a\x00b\u202ec") == "a\ufffdb\ufffdc"
    assert len(shown("x" * 5_000)) == 60
