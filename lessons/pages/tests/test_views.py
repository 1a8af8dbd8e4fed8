import re
from html import unescape

import pytest

from lab.exceptions import Busy
from lessons.pages.tests.addresses import NAIVE


def test_home_lists_tracks_and_lessons(get):
    html = get("/")
    assert 'href="/lessons/a_track/a_lesson/"' in html
    assert re.search(r'class="naive">1,001</span>.*class="optimized">1</span>', html, re.DOTALL)


def test_lessons_leads_home(get, client):
    assert client.get("/lessons/").url == "/"


def test_question_asks_and_does_not_reveal(get):
    html = get("/lessons/a_track/a_lesson/")
    assert "How many queries does the naive variant run?" in html
    assert "What happens?" in html
    assert "100 books" in html
    assert "What you saw" not in html
    assert "101" not in html


@pytest.mark.parametrize(
    ("guess", "answer"),
    [
        ("101", "<strong>Yes: 101 queries.</strong>"),
        ("7", "You said 7. The answer is <strong>101 queries</strong>: 14 times what you said."),
    ],
)
def test_guess_is_scored(get, guess, answer):
    html = get(f"/lessons/a_track/a_lesson/?guess={guess}")
    assert answer in html
    assert f'href="{NAIVE}?books=100"' in html


def test_lesson_that_saves_rows_asks_for_rows(get, course):
    course.add("lesson.toml", '\n[guess]\nasks = "rows"\nwhy = "A row for each book, and one for its author."\n')
    assert "How many rows does the naive variant fetch from the database?" in get("/lessons/a_track/a_lesson/")
    html = get("/lessons/a_track/a_lesson/?guess=199")
    assert "Nearly: you said 199." in html
    assert "The answer is <strong>200 rows fetched</strong>: one more than you said." in html
    assert "A row for each book, and one for its author." in html
    assert "How many rows" in html


def test_lesson_that_saves_time_asks_how_much(get, course):
    for name in ("naive.py", "optimized.py"):
        course.change(name, 'order_by("pk")', 'order_by("pk")[:10]')  # they are timed again and again
    course.add("lesson.toml", '\n[guess]\nasks = "time"\nquestion = "How much quicker is one query?"\n')
    html = get("/lessons/a_track/a_lesson/")
    assert "How much quicker is one query?" in html
    assert re.findall(r'<button name="guess" value="(\w+)">', html) == ["same", "few", "some", "many"]
    html = get("/lessons/a_track/a_lesson/?guess=same")
    # It is right where the machine is busy enough.
    assert re.search(r"You said about the same\. The answer is|<strong>Yes: about the same", html)
    assert re.findall(r"<dt>(\w+)</dt>", html) == ["Naive", "Optimized"]
    assert "“7” is no guess. Go back and choose one of: same" in get(
        "/lessons/a_track/a_lesson/?guess=7", status=400
    )


def test_wrong_rows_are_counted(get, course):
    course.change("optimized.py", "yield book.title, book.author.name", "yield book.title, book.author.name[:3]")
    course.add("lesson.toml", '\n[guess]\nasks = "differing"\n[saves]\ncorrectness = "So."\n')
    assert "<strong>Yes: 100 wrong rows.</strong>" in get("/lessons/a_track/a_lesson/?guess=100")


def test_question_has_the_tabs_and_the_other_variants_folded(get):
    html = get("/lessons/a_track/a_lesson/")
    assert f'href="{NAIVE}?books=100"' in html
    assert 'href="/lessons/a_track/a_lesson/compare/?books=100"' in html
    folded = re.search(r'<details class="folded optimized">.*?</details>', html, re.DOTALL)[0]
    assert "optimized.py" in folded


def test_other_ways_are_a_menu(course, get):
    for name in ("third", "fourth"):
        course.write(f"{name}.py", (course.folder / "optimized.py").read_text())
        course.add(
            "lesson.toml",
            f'\n[variants.{name}]\ntitle = "The {name}"\n[variants.{name}.queries]\n10 = 1\n100 = 1\n1000 = 1\n',
        )
    html = get(NAIVE)
    menu = re.search(
        r'<details class="menu">.*?</details>', html[html.index('aria-label="What to run"') :], re.DOTALL
    )[0]
    assert re.findall(r">(The \w+)</a>", menu) == ["The third", "The fourth"]
    assert "Other ways" in menu
    assert '<summary id="other-ways">The third</summary>' in get("/lessons/a_track/a_lesson/third/")


def test_variant_shows_what_is_gained(get):
    html = get(f"{NAIVE}?books=1000")
    gain = re.search(r'<dl class="gain">.*?</dl>', html, re.DOTALL)[0]
    assert re.findall(r"<b>(.*?)</b>", gain) == ["1,001 queries", "1 query"]
    assert re.findall(r'<rect width="(.*?)"', gain) == ["100.00%", "0.10%"]


def test_gain_in_queries_is_measured_where_it_is_not_declared(get, monkeypatch):
    monkeypatch.setattr("lessons.pages.runs.lab.declared_gain", lambda *args, **known: None)
    assert 'hx-get="/lessons/a_track/a_lesson/gain/?books=1000"' in get(f"{NAIVE}?books=1000")


def test_gain_that_needs_a_run_is_asked_for_apart(get, course):
    course.add("lesson.toml", '\n[guess]\nasks = "rows"\n')
    assert 'hx-get="/lessons/a_track/a_lesson/gain/?books=1000"' in get(f"{NAIVE}?books=1000")
    html = get("/lessons/a_track/a_lesson/gain/?books=1000")
    gain = re.search(r'<dl class="gain">.*?</dl>', html, re.DOTALL)[0]
    assert re.findall(r"<b>(.*?)</b>", gain) == ["2,000 rows fetched", "1,000 rows fetched"]
    assert "Side by side" in html


def test_most_of_the_queries_are_marked(get):
    html = get(f"{NAIVE}?books=1000")
    marked = re.search(r'<li id="s2".*?</li>', html, re.DOTALL)[0]
    assert "most of the queries" in marked
    assert html.count('class="heaviest"') == 1


def test_in_short_is_on_top_once_it_is_revealed(get):
    assert "<b>In short</b> Join what you read." in get(NAIVE)
    assert "In short" not in get("/lessons/a_track/a_lesson/")


def test_guess_that_is_no_number(get):
    assert "“many” is not a whole number." in get("/lessons/a_track/a_lesson/?guess=many", status=400)


def test_variant_shows_counts_beside_the_code(get):
    html = get(f"{NAIVE}?books=1000")
    assert '<dd class="naive">1,001</dd>' in html
    assert '<span class="visually-hidden">1,000 queries from this line</span></a>' in html
    marked = re.search(r'<mark data-statements="2">(.*?)</mark>', html)[1]
    assert re.sub("<[^>]*>", "", marked) == "book.author"
    assert "foreign key access" in html
    assert "with 388 different parameters" in html
    assert len(re.findall(r'<li id="s\d', html)) == 2


def test_variant_lights_each_tag_of_a_template_for_itself(course, get, settings):
    assert not settings.DEBUG
    course.write(
        "templates/books.html",
        "{% for author in authors %}{{ author.books.count }} {{ author.books.count }}{% endfor %}",
    )
    course.write(
        "naive.py",
        "from django.template.loader import render_to_string\nfrom library.models import Author\n\n\ndef run():\n"
        "    return render_to_string('books.html', {'authors': Author.objects.all()})\n",
    )
    html = get(f"{NAIVE}?books=10")
    marked = re.findall(r'<mark data-statements="(\d)">(.*?)</mark>', html)
    assert [(key, unescape(re.sub("<[^>]*>", "", text))) for key, text in marked] == [
        ("1", "{% for author in authors %}"),
        ("2", "{{ author.books.count }}"),
        ("3", "{{ author.books.count }}"),
    ]
    assert html.count('<span class="visually-hidden">ran 5 times</span></b>') == 2


@pytest.mark.parametrize(
    ("fetch", "told"), [("fetchone", "at least 1 row affected"), ("fetchall", ">10 rows affected")]
)
def test_variant_says_where_the_driver_does_not_know_how_many_rows(course, get, fetch, told):
    course.change("lesson.toml", "ordered = true", 'ordered = true\naccess = "write"')
    course.write(
        "naive.py",
        "from django.db import connection\n\n\ndef run():\n    with connection.cursor() as cursor:\n"
        f"        cursor.execute('UPDATE library_book SET stock = 1 RETURNING id')\n        cursor.{fetch}()\n    return [1]\n",
    )
    assert told in get(f"{NAIVE}?books=10")


def test_variant_switches_are_links(get):
    html = get(NAIVE)
    assert f'href="{NAIVE}?books=1000"' in html
    assert 'href="/lessons/a_track/a_lesson/optimized/?books=100"' in html
    assert 'href="/lessons/a_track/a_lesson/compare/?books=100"' in html


def test_variant_measured(get):
    assert "median" not in get(NAIVE)
    assert re.search(r"median <b>[\d.]+ ms</b> of 7 warm runs", get(f"{NAIVE}?books=10&measure=1"))


def test_htmx_gets_the_lab_alone(get):
    html = get(NAIVE, HX_Request="true")
    assert html.lstrip().startswith("<title>Naive: Titles")
    assert '<section id="lab"' in html
    assert "<html" not in html
    assert "HX-Request" in get.response["Vary"]


def test_going_back_gets_the_whole_page(get):
    assert "<!doctype html>" in get(NAIVE, HX_Request="true", HX_History_Restore_Request="true")


def test_compare_tells_equal_rows_and_marks_the_difference(get):
    html = get("/lessons/a_track/a_lesson/compare/?books=10")
    assert "Both return the same 10 rows." in html
    assert re.findall(r'class="(?:left|right) name">(.*?)<', html) == ["naive.py", "optimized.py"]
    assert len(re.findall(r'class="left changed"', html)) == 1
    assert len(re.findall(r'class="right changed"', html)) == 1


@pytest.mark.parametrize("side", ["left", "right"])
def test_compare_shows_each_file_on_its_side(course, get, side):
    html = get("/lessons/a_track/a_lesson/compare/?books=10&left=optimized&right=naive")
    shown = re.findall(rf'<div class="{side}[^"]*"[^>]*>.*?<code class="in-\d+">(.*?)</code>', html)
    lines = [unescape(re.sub("<.*?>", "", line)) for line in shown]
    name = {"left": "optimized.py", "right": "naive.py"}[side]
    assert lines == (course.folder / name).read_text().splitlines()


def test_links_of_a_comparison_keep_its_sides(get):
    html = get("/lessons/a_track/a_lesson/compare/?books=10&left=optimized&right=naive")
    assert set(re.findall(r"left=(\w+)&amp;right=(\w+)", html)) == {("optimized", "naive")}


@pytest.mark.parametrize(("rows", "opened"), [("[1]", True), ("[1, 2, 3, 4, 5, 6]", False)])
def test_few_rows_are_open_where_the_lesson_is_about_them(course, get, rows, opened):
    course.add("lesson.toml", '\n[saves]\ncorrectness = "One is right."\n')
    course.write("naive.py", f"def run():\n    return {rows}\n")
    assert ('<details class="preview" open>' in get(NAIVE)) is opened


def test_compare_tells_unequal_rows(course, get):
    course.write("optimized.py", "def run():\n    return [1]\n")
    assert "They return different rows." in get("/lessons/a_track/a_lesson/compare/?books=10")


def test_claims_are_put_to_the_test(course, get):
    course.write(
        "claims.py",
        'from library.models import Book\n\n\ndef so(log):\n    """It is so."""\n    Book.objects.count()\n    return len(log) == 2\n',
    )
    course.add("lesson.toml", '\n[claims.so]\nid = "C01"\nexpect = false\ntruth = "It is not."\n')
    html = get("/lessons/a_track/a_lesson/claims/")
    assert re.search(r'class="verdict false">false</span> “It is so.”', html)
    assert "It is not." in html
    assert "COUNT" in html
    assert "expected another verdict" not in html


def test_outcomes_are_told(course, get):
    course.write("naive.py", "def run():\n    return [1 / 0]\n")
    assert "ZeroDivisionError: division by zero" in get(NAIVE)


def test_variant_that_cannot_run_shows_its_code_and_needs(course, get):
    course.change(
        "lesson.toml", "[variants.naive.queries]", '[variants.naive]\ndjango = ">=99"\n[variants.naive.queries]'
    )
    html = get(NAIVE)
    assert "needs Django &gt;=99" in html
    assert "order_by" in html


def test_text_in_code_and_rows_is_escaped(course, get):
    course.write("naive.py", 'def run():\n    return ["<script>alert(1)</script>"]\n')
    assert "<script>alert" not in get(NAIVE)


@pytest.mark.parametrize("books", ["0", "-5", "11", "many", "10.5", "1e3", "٣"])
def test_unknown_shelf_says_which_there_are(get, books):
    html = get(f"{NAIVE}?books={books}", status=400)
    assert "There are: 10, 37, 100, 1,000." in html


@pytest.mark.parametrize(
    "url",
    [
        "/lessons/none/",
        "/lessons/a_track/none/",
        "/lessons/a_track/a_lesson/third/",
    ],
)
def test_unknown_page_is_not_found(get, url):
    assert "no such page" in get(url, status=404)


def test_file_without_run_says_what_to_do(course, get):
    course.write("naive.py", "x = 1\n")
    assert "naive.py has no run(). Define run() in it." in get(NAIVE, status=503)


def test_lesson_takes_no_post(course, shelves, client):
    assert client.post(NAIVE).status_code == 405


def test_full_house_is_told_to_come_back(get, full_house):
    assert "Try again in a moment" in get(NAIVE, status=503)
    assert get.response["Retry-After"] == "2"


def test_pages_allow_no_other_host(get):
    get(NAIVE)
    policy = [directive.split() for directive in get.response["Content-Security-Policy"].split(";")]
    assert ["default-src", "'self'"] in policy
    assert {source for _, *sources in policy for source in sources} == {"'self'", "'none'", "data:"}


def test_templates_are_shown_as_they_are_mentioned(course, get):
    course.write("naive.py", 'def run():\n    return "list.html"\n')
    course.write("templates/a_partial.html", "<li></li>")
    course.write("templates/list.html", '{% extends "page.html" %}{% include "a_partial.html" %}')
    course.write("templates/page.html", "<main></main>")
    lab = get(NAIVE).partition('<section class="challenge"')[0]
    names = re.findall("<figcaption>(.*?)</figcaption>", lab)
    assert names == ["naive.py", "templates/list.html", "templates/page.html", "templates/a_partial.html"]


def test_old_address_leads_to_the_new_one(course, client):
    course.change("lesson.toml", "ordered = true", 'ordered = true\nwas = ["old_track/old"]')
    response = client.get("/lessons/old_track/old/naive/?books=1000")
    assert (response.status_code, response.url) == (301, f"{NAIVE}?books=1000")


def test_refusal_keeps_the_page_and_tries_again(get, monkeypatch):
    def busy(*args, **options):
        raise Busy("Others run.")

    monkeypatch.setattr("lessons.runs.shelved.ShelvedLesson.record", busy)
    html = get(NAIVE, status=503, hx_request="true", hx_target="lab")
    assert (get.response["HX-Retarget"], get.response["HX-Reselect"]) == ("#refused", ".refusal")
    assert get.response["HX-Push-Url"] == "false"
    assert "Others run." in html
    assert f'hx-get="{NAIVE}" hx-trigger="click, load delay:2s"' in html
    assert "<h1>" not in html
    assert "That cannot be shown." in get(NAIVE, status=503)
    assert get("/lessons/a_track/a_lesson/gain/", status=204, hx_request="true", hx_target="gain") == ""


def test_rendered_page_is_shown_as_text(client, shelves):
    html = client.get("/lessons/n_plus_one/hidden_in_a_template/naive/", {"books": 10}).text
    assert "&lt;main" in html
    assert html.count("<main") == 1
