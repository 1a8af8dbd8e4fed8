import re
from html import unescape

import pytest

from lab.race import race as lab_race
from lab.recording.bounds import Bounds
from lessons.pages.tests.markup import words
from lessons.tests.race_lesson import QUEUED

LESSON = "/lessons/a_track/a_lesson/"
NAIVE, OPTIMIZED = f"{LESSON}naive/", f"{LESSON}optimized/"


class Page:
    """What a reader finds on a page with the lanes of a race."""

    def __init__(self, html):
        self.html = html
        self.text = words(html)
        self.rows = re.findall(r'<tr role="row" id=.*?</tr>', html, re.DOTALL)

    def cells(self, number):
        """[text] of the sessions' lanes and of the committed rows after a turn."""
        return [words(cell) for cell in re.findall(r'<td role="cell".*?</td>', self.rows[number], re.DOTALL)]

    def cell(self, number, column):
        return self.cells(number)[column]

    def link(self, key):
        """The address that the link of an id leads to, None if it leads nowhere."""
        tag = re.search(rf'<a [^>]*id="{key}"[^>]*>', self.html)[0]
        href = re.search(r' href="([^"]*)"', tag)
        return unescape(href[1]) if href else None

    def choices(self, prefix):
        return re.findall(rf'<a [^>]*id="{prefix}-([\w-]+)"', self.html)

    @property
    def order(self):
        return re.search(r'name="schedule" value="([^"]*)"', self.html)[1]


@pytest.fixture
def get(race_course, get):
    return lambda *args, **options: Page(get(*args, **options))


def test_declared_story_is_told_whole(get):
    page = get(NAIVE)
    assert len(page.rows) == 5  # before the first turn, and after each of four
    alice, bob, _ = page.cells(1)
    assert alice.startswith("alice naive.py line 5 book = Book.objects.only(")
    assert "SELECT … book" in alice
    assert "reads 1 row: 1, 5" in alice
    assert bob == ""
    assert page.cell(2, 0) == ""
    assert "UPDATE … book SET stock = 4" in page.cell(4, 1)
    assert "1 row updated returns 'sold'" in page.cell(4, 1)


def test_committed_rows_are_told_after_each_turn_and_what_changed_is_marked(get):
    page = get(NAIVE)
    told = [page.cell(number, -1) for number in range(5)]
    assert [re.search(r"stock (\d)", text)[1] for text in told] == ["5", "5", "5", "4", "4"]
    assert ["was" in text for text in told] == [False, False, False, True, False]
    assert re.search(r"stock <mark>4</mark> <small>\(was 5\)", page.rows[3])


def test_row_says_why_nobody_could_look(race_course, get):
    race_course.write("naive.py", QUEUED)
    page = get(f"{NAIVE}?schedule=alice+bob+alice")
    assert ["would have to wait for a lock" in page.cell(number, -1) for number in range(4)] == [
        False,
        False,
        True,
        True,
    ]
    assert "stock 5" in page.cell(2, -1)


def test_invariant_and_ends_are_told_in_words(get):
    page = get(NAIVE)
    assert "expected another end" not in page.text
    assert "✗ Broken. Two were sold, and 4 of five are left." in page.text
    assert "alice returns 'sold' committed bob returns 'sold' committed" in page.text
    page = get(f"{NAIVE}?schedule=alice+alice+bob+bob")
    assert "✓ Kept. Two were sold, and 3 of five are left." in page.text


def test_wait_is_told_while_it_lasts(get):
    page = get(f"{OPTIMIZED}?schedule=alice+bob+alice")
    assert page.cell(2, 1).endswith("waits for alice")
    assert "UPDATE … book SET stock = (stock - 1)" in page.cell(2, 1)
    assert "commits returns 'sold'" in page.cell(3, 0)
    assert "had waited for alice; 1 row updated" in page.cell(3, 1)


def test_turn_in_which_time_passes_ends_a_wait(get):
    page = get(f"{OPTIMIZED}?schedule=alice+bob+wait+alice")
    assert page.order == "alice bob wait alice bob"
    assert "time passes" in page.rows[3]
    assert "OperationalError: database is locked" in page.cell(3, 1)
    assert "bob" in page.cell(3, 1)
    assert [page.link(f"{name}-wait-1") for name in ("earlier", "later")] == [None, None]
    assert page.link("later-bob-1") is None
    assert "commits returns 'sold'" in page.cell(4, 0)


def test_lane_of_who_waits_stands_still(race_course, get):
    race_course.change(
        "optimized.py",
        '.update(stock=F("stock") - 1)',
        '.update(stock=F("stock") - 1)\n        Book.objects.count()',
    )
    page = get(f"{OPTIMIZED}?schedule=alice+bob+alice+alice")
    assert page.cell(3, 1) == "bob still waits for alice"
    assert 'class="lane lane-2 stands"' in page.rows[3]


def test_sql_comes_whole_with_what_began_it(get):
    details = re.search(r"<details>.*?</details>", get(OPTIMIZED).rows[1], re.DOTALL)[0]
    assert "BEGIN" in words(details)
    assert re.search(r"UPDATE .*stock.* WHERE", words(details))
    assert "with 1, 1" in words(details)


def test_error_of_the_engine_is_told(race_course, get):
    race_course.change(
        "optimized.py",
        "        Book.objects.filter",
        "        Book.objects.first()\n        Book.objects.filter",
    )
    page = get(f"{OPTIMIZED}?schedule=alice+bob+alice+bob")
    assert "OperationalError: database is locked" in page.cell(4, 1)
    assert "failed" in page.rows[4]
    assert "bob ends: locked OperationalError: database is locked" in page.text


def test_error_of_the_code_is_told_in_its_lane(race_course, get):
    race_course.change("naive.py", 'return "sold"', 'raise ValueError("sold out")')
    assert "ends: error ValueError: sold out" in get(NAIVE).cell(4, 1)


@pytest.mark.parametrize(
    ("key", "order"),
    [
        ("earlier-bob-1", "bob alice alice bob"),
        ("later-alice-1", "bob alice alice bob"),
        ("later-bob-1", "alice alice bob bob"),
        ("later-alice-2", "alice bob bob alice"),
    ],
)
def test_turn_is_swapped_with_its_neighbour(get, key, order):
    page = get(get(NAIVE).link(key))
    assert page.order == order
    assert f'id="{key}"' in page.html  # the same button, wherever it went: so the focus stays


def test_first_turn_has_no_earlier_and_the_last_no_later(get):
    page = get(NAIVE)
    assert page.link("earlier-alice-1") is None
    assert page.link("later-bob-2") is None


def test_steps_of_one_session_keep_their_order(get):
    page = get(f"{NAIVE}?schedule=alice+alice+bob+bob")
    assert page.link("later-alice-1") is None
    assert "The steps of alice keep their order." in page.html
    assert page.link("later-alice-2") is not None


def test_turn_does_not_go_where_its_session_waits(get):
    page = get(f"{OPTIMIZED}?schedule=alice+bob+alice")
    assert page.order == "alice bob alice bob"
    assert page.link("earlier-bob-2") is None
    assert "bob could not go on before that step of alice." in page.html


def test_links_tell_the_turns_that_were_had(get):
    page = get(f"{OPTIMIZED}?schedule=alice+bob+bob+bob+alice")
    assert page.order == "alice bob alice bob"
    assert "schedule=bob+alice+alice+bob" in page.link("earlier-bob-1")


def test_look_shows_what_a_session_sees(race_course, get):
    page = get(OPTIMIZED)
    shown = get(page.link("look-1-alice"))
    assert len(shown.rows) == 2
    assert "alice sees title" in shown.cell(1, -1)
    assert "stock 4 (committed 5)" in shown.cell(1, -1)
    assert "thrown away" in shown.text
    assert "Kept" not in shown.text
    assert "alice sees the same" in get(page.link("look-0-alice")).cell(0, -1)


def test_look_leads_to_the_end_of_the_story(get):
    shown = get(f"{OPTIMIZED}?schedule=alice&look=alice")
    assert get(shown.link("whole")).order == "alice alice bob bob"


def test_only_who_could_look_is_offered(get):
    page = get(f"{OPTIMIZED}?schedule=alice+bob+alice+bob")
    assert [page.choices(f"look-{number}") for number in range(5)] == [
        ["alice", "bob"],
        ["alice", "bob"],
        ["alice"],
        ["bob"],
        [],
    ]


def test_who_cannot_look_is_told_so(get):
    shown = get(f"{OPTIMIZED}?schedule=alice+bob&look=bob")
    assert "bob cannot look here" in shown.text


def test_stories_are_links_and_the_first_of_the_engine_is_shown(race_course, get):
    page = get(NAIVE)
    assert page.link("story-1") == f"{NAIVE}?schedule=alice+bob+alice+bob"
    assert page.link("story-2") == f"{NAIVE}?engine=postgresql&isolation=serializable&schedule=alice+alice+bob+bob"
    assert "One after the other (PostgreSQL)" in page.text
    assert re.search(r'id="story-1"[^>]*aria-current', page.html)


def test_first_story_that_names_the_engine_is_shown(race_course, get):
    text = (race_course.folder / "lesson.toml").read_text()
    first, second = text.split("[[variants.naive.races]]")[1:3]
    first = "\n".join(line for line in first.splitlines() if "sqlite" not in line)
    second = second.replace('isolation = "serializable"\noutcome.postgresql', "outcome.sqlite")
    race_course.write(
        "lesson.toml",
        f"[[variants.naive.races]]{first}\n[[variants.naive.races]]{second}".join(
            [text.split("[[variants.naive.races]]")[0], ""]
        ),
    )
    assert get(NAIVE).order == "alice alice bob bob"


def test_isolation_levels_are_those_of_the_engine(get):
    page = get(NAIVE)
    assert page.choices("isolation") == ["deferred", "immediate", "wal"]
    assert page.link("isolation-wal") == f"{NAIVE}?isolation=wal&schedule=alice+bob+alice+bob"
    page = get(page.link("isolation-wal"))
    assert re.search(r'id="isolation-wal"[^>]*aria-current', page.html)
    assert "(wal)" in page.text
    assert "Wal: deferred, with a write-ahead log" in page.text
    assert "isolation=wal" in page.link("later-alice-1")
    assert ("isolation", "wal") in re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)"', page.html)


def test_variants_and_engines_are_links_that_keep_the_order(get):
    page = get(f"{NAIVE}?schedule=bob+alice&isolation=wal")
    assert page.link("show-optimized") == f"{OPTIMIZED}?isolation=wal&schedule=bob+alice"
    assert page.choices("show") == ["naive", "optimized", "compare"]
    assert page.link("engine-postgresql") in (
        f"{NAIVE}?engine=postgresql&schedule=bob+alice",
        "/status/#postgresql",
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("schedule=alice+carol", "“carol” is in the order of turns and is no session. There are: alice, bob."),
        ("schedule=" + "+".join(["alice"] * 61), "That is an order of 61 turns. Ask for 60 at the most."),
        (
            "isolation=serializable",
            "SQLite has no isolation level “serializable”. It has: deferred, immediate, wal.",
        ),
        ("look=carol", "“carol” is no session that could look. There are: alice, bob."),
        ("engine=oracle", "There is no engine “oracle”."),
    ],
)
def test_what_there_is_not_is_told_with_what_there_is(get, query, message):
    assert message in get(f"{NAIVE}?{query}", status=400).text


def test_sixty_turns_are_run(get):
    assert get(f"{NAIVE}?schedule={'+'.join(['alice'] * 60)}").order == "alice alice bob bob"


def test_no_turns_are_an_order_too(get):
    assert get(f"{NAIVE}?schedule=").order == "alice alice bob bob"


def test_code_is_shown_with_what_must_hold(get):
    html = get(NAIVE).html
    assert re.findall("<figcaption>(.*?)</figcaption>", html)[0] == "naive.py"
    assert re.search(r"<details class=\"preview\">.*<figcaption>race.py</figcaption>.*</details>", html, re.DOTALL)
    assert "×2" in html  # at the line that both sessions' queries come from


def test_race_that_is_stopped_says_so(race_course, get, monkeypatch):
    monkeypatch.setattr(lab_race, "Bounds", lambda: Bounds(queries=130))
    race_course.change("naive.py", "    book.stock -= 1", "    while True:\n        Book.objects.count()")
    page = get(f"{NAIVE}?schedule=bob+alice")
    assert "The race was stopped after 130 statements." in page.text
    assert "Broken" not in page.text
    assert len(page.rows) == 101
    assert re.search(r"… and \d+ turns? more", page.text)[0] == "… and 160 turns more"


def test_race_that_cannot_run_says_why_and_shows_the_code(race_course, get):
    race_course.change("lesson.toml", "[variants.naive]", '[variants.naive]\ndjango = ">=99"')
    page = get(NAIVE)
    assert "Naive needs Django >=99" in page.text
    assert "book.stock" in page.text
    assert page.rows == []


def test_broken_promise_is_told(race_course, get):
    race_course.change(
        "lesson.toml", 'alice bob alice bob"\noutcome.sqlite', 'alice alice bob bob"\noutcome.sqlite'
    )
    assert "This lesson expected another end here." in get(NAIVE).text


def test_text_of_the_lesson_is_escaped(race_course, get):
    race_course.change("naive.py", '"sold"', '"<script>alert(1)</script>"')
    assert "<script>alert" not in get(NAIVE).html


def test_htmx_gets_the_lab_alone(get):
    html = get(NAIVE, HX_Request="true").html
    assert html.lstrip().startswith("<title>Naive: Two sales")
    assert "<html" not in html


def test_engine_that_is_off_leads_to_the_race_elsewhere(get, settings):
    settings.MYSQL_URL = ""
    shown = get(f"{NAIVE}?engine=mysql&isolation=serializable&schedule=bob", status=503)
    assert f'href="{NAIVE}?schedule=bob">The same page on SQLite' in shown.html
