import re
from html import unescape

import pytest
from django.urls import get_resolver

from lessons.pages.errors.nearest import COURSE, words_of
from lessons.pages.tests.addresses import NAIVE

LESSON = "/lessons/a_track/a_lesson/"


def near(html):
    """The addresses of the list of near pages."""
    return re.findall(r'<a href="([^"]+)"><strong>', html)


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        "/lessons/none/",
        "/lessons/a_track/none/",
        f"{LESSON}third/",
        f"{LESSON}naive/plan/x/",
        f"{LESSON}orders/",
    ],
)
def test_page_that_is_none_says_so_and_leads_on(get, address):
    html = get(address, status=404)
    assert "<h1>There is no such page.</h1>" in html
    assert '<form class="search-form"' in html
    assert '<a href="/">To the lessons</a>' in html
    assert get.response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/lessons/a_trak/", "/lessons/a_track/"),
        ("/lessons/a_track/a_leson/", LESSON),
        ("/lessons/a_track/a_leson/naive/plan/1/", LESSON),
        ("/a_lesson/", LESSON),
        ("/glosary/", "/glossary/"),
        ("/symptom", "/symptoms/"),
    ],
)
def test_nearest_page_by_spelling_comes_first(get, address, nearest):
    assert near(get(address, status=404))[0] == nearest


def test_pages_that_the_words_find_come_after(get):
    html = get("/docs/titles-of-one-query.html", status=404)
    assert LESSON in near(html)
    assert 'value="docs titles of one query"' in html
    assert "Every book, and who wrote it." in html


def test_wrong_page_of_a_lesson_offers_those_that_it_has(get):
    html = get(f"{LESSON}optimised/", status=404)
    own = re.search(r'<ul class="near">.*?</ul>', html, re.DOTALL)[0]
    assert "What “Titles of one query” has" in html
    assert re.findall('href="(.*?)"', own) == [
        LESSON, NAIVE, f"{LESSON}optimized/", f"{LESSON}compare/", f"{LESSON}curve/", f"{LESSON}engines/", f"{LESSON}claims/",
    ]  # fmt: skip
    assert LESSON not in near(html)


def test_page_that_a_lesson_does_not_have_says_why(get):
    html = get(f"{LESSON}staircase/", status=404)
    assert "this lesson has two variants. They stand side by side." in html
    assert f'href="{LESSON}compare/"' in html


def test_plan_that_is_none_leads_to_the_last(get):
    html = get(f"{NAIVE}plan/12/?books=10", status=404)
    assert "This run has 11 statements, and no number 12." in html
    nearest = re.search(r'The nearest that there is: <a rel="nofollow" href="(.*?)"', html)[1]
    assert re.fullmatch(rf"{NAIVE}plan/\d+/\?books=10", nearest)
    get(nearest)


@pytest.mark.parametrize(
    "path",
    [
        "/<script>alert(1)</script>/",
        "/" + "x" * 5_000,
        "/a\x00\x1b[31m/",
        "/\udcff/",
        "/%00/",
        "/%ff%fe/",
        "/٣/",
        "/" + "7" * 5_000,
    ],
)
def test_path_is_shown_short_and_safe(get, path):
    html = get(path.encode(errors="surrogateescape").decode(errors="replace"), status=404)
    told = re.search(r'<p class="lede">(.*?)</p>', html)[1]
    assert "<" not in told
    assert unescape(told).isprintable()
    assert len(unescape(told)) < 100


def test_htmx_keeps_the_page(get):
    html = get(f"{LESSON}optimised/", status=404, hx_request="true", hx_target="lab")
    assert (get.response["HX-Retarget"], get.response["HX-Reselect"]) == ("#refused", ".refusal")
    assert get.response["HX-Push-Url"] == "false"
    assert "There is no variant “optimised” here." in html
    assert "<h1>" not in html
    assert "HX-Request" in get.response["Vary"]


def test_static_file_that_is_none_is_plain(get):
    assert get("/static/css/none.css", status=404) == "There is no such file.\n"
    assert get.response["Content-Type"] == "text/plain"
    assert "Content-Security-Policy" in get.response


def test_missing_slash_is_added(get, client):
    response = client.get("/glossary")
    assert (response.status_code, response.url) == (301, "/glossary/")


@pytest.mark.parametrize("address", ["/nothing/", "/lessons/none/", "/lessons/a_track/a_lesson/matrix/"])
def test_readers_see_no_list_of_patterns_with_debug(get, settings, address):
    settings.DEBUG = True
    html = get(address, status=404)
    assert "<h1>There is no such page.</h1>" in html
    assert "URLconf" not in html


def test_missing_slash_is_added_with_debug(client, settings):
    settings.DEBUG = True
    assert client.get("/glossary").url == "/glossary/"


@pytest.mark.django_db
@pytest.mark.urls("tests.with_admin")
def test_pages_of_the_admin_are_left_to_django(client, admin_user, settings):
    assert client.get("/admin/nothing/").url == "/admin/login/?next=/admin/nothing/"
    client.force_login(admin_user)
    assert "There is no such page." in client.get("/admin/nothing/").text
    settings.DEBUG = True
    assert "URLconf" in client.get("/admin/nothing/").text


def test_course_has_every_page_of_its_own():
    """A page that is about the whole course, and whose address takes nothing."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    without = {name for name in names if "%" not in get_resolver().reverse_dict.getlist(name)[0][0][0][0]}
    machines = {"healthz", "readyz", "robots", "search_index", "manifest", "service_worker"}
    others = {"home", "offline", "play_embed", *machines}
    assert without - others == set(COURSE)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/lessons/n_plus_one/select-related/", "n plus one select related"),
        ("/2024/01/index.php", ""),
        ("/", ""),
    ],
)
def test_words_of_a_path(path, words):
    assert words_of(path) == words
