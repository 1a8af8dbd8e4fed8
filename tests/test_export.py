"""An export is whole: every link in it leads to a file of it, and nothing in it names a server."""

import json
import re
import sys
from html import unescape
from html.parser import HTMLParser
from subprocess import DEVNULL
from time import monotonic, sleep
from urllib.parse import unquote, urldefrag, urljoin

import psutil
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from lessons.export.rewriting import MARKUP
from tests.exported import LESSONS, UNDER, export

pytestmark = pytest.mark.xdist_group("export")  # one worker makes it for all
PREFIX = f"/{UNDER}/"
LINK = re.compile(r'\s(?:href|src|action|formaction|hx-get|data-index|data-ranking)="([^"]*)"')


@pytest.fixture(scope="module")
def files(exported):
    """{address below the host: text} of all pages."""
    root = exported / UNDER
    return {
        PREFIX + path.relative_to(root).as_posix().removesuffix("index.html"): path.read_text()
        for path in sorted(root.rglob("*.html"))
        if "static" not in path.relative_to(root).parts
    }


def page(files, address):
    return files[f"{PREFIX}{address}"]


class Parsed(HTMLParser):
    """The start tags of a page, as they are written."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(self.get_starttag_text())


def test_what_is_rewritten_is_what_a_parser_finds(files):
    for address, text in files.items():
        found = [each["tag"] or each["opens"] for each in MARKUP.finditer(text)]
        assert [tag for tag in found if tag] == Parsed(text).tags, address


def test_every_link_leads_to_a_file_and_every_place_is_on_it(exported, files):
    assert len(files) > 100
    wrong, places = [], {}
    for address, text in files.items():
        for link in LINK.findall(text):
            there, place = urldefrag(urljoin(address, unescape(link)))
            if there.startswith("https://"):
                continue
            there, _, asked = there.partition("?")
            assert not asked or there == f"{PREFIX}search/", link  # a script answers it
            file = exported / there.lstrip("/")
            if (
                not there.startswith(PREFIX)
                or not (file / "index.html" if there.endswith("/") else file).is_file()
            ):
                wrong.append((address, link))
            elif place and there in files and there != f"{PREFIX}play/":  # a script reads that address
                if there not in places:
                    places[there] = set(re.findall(r'\bid="([^"]*)"', files[there]))
                if unquote(place) not in places[there]:
                    wrong.append((address, link))
    assert wrong == []


def test_addresses_in_json_lead_to_files(exported, files):
    root = exported / UNDER
    found = [each["url"] for each in json.loads((root / "search" / "index.json").read_text())["documents"]]
    for lesson in LESSONS[:2]:
        challenge = json.loads((root / "lessons" / lesson / "challenge.json").read_text())
        block = re.search(r'id="challenge-runtime"[^>]*>(.*?)</script>', page(files, f"lessons/{lesson}/naive/"))
        runtime = json.loads(block[1])
        found += [challenge["url"], runtime["challenge"], runtime["models"], *runtime["scripts"].values()]
        found += [each["url"] for each in (runtime["python"]["worker"], *runtime["python"]["files"])]
    for address in found:
        there = address.partition("#")[0]
        assert there.startswith(PREFIX)
        file = exported / there.lstrip("/")
        assert (file / "index.html" if there.endswith("/") else file).is_file() or _is_left_out(there)


def _is_left_out(there):
    """A search of the whole course finds lessons that a part of it has not."""
    return there.startswith(f"{PREFIX}lessons/")


def test_nothing_names_a_server(files):
    for address, text in files.items():
        main = re.sub(r"<pre.*?</pre>|<code.*?</code>", "", text, flags=re.DOTALL)
        assert not re.search(r"testserver|127\.0\.0\.1|localhost|files\.example", main), address


def test_a_run_says_when_and_by_what_it_was_recorded(files):
    said = r"on \d+ \w+ \d{4} with Django [\d.]+, Python [\d.]+"
    lesson = f"lessons/{LESSONS[0]}"
    for where in ("naive/", "naive/books-10/", "compare/", "claims/", "engines/", "curve/"):
        text = page(files, f"{lesson}/{where}")
        assert re.search(said, text), where
        assert "just now" not in text
        assert "Run again" not in text
    assert re.search(
        rf"One recorded run, {said}, on SQLite [\d.]+ with 10 books", page(files, f"{lesson}/naive/books-10/")
    )
    assert re.search(rf"One race, run {said}, on", page(files, f"lessons/{LESSONS[2]}/naive/"))


def test_each_page_leads_to_how_to_run_it(files):
    for address, text in files.items():
        if address != f"{PREFIX}play/embed/":  # it stands in others' pages
            assert f'href="{PREFIX}run-it-yourself/">Run it yourself</a>' in text, address
    assert "make run" in page(files, "run-it-yourself/")


def test_what_is_not_in_it_leads_to_how_to_run_it(files):
    lesson = f"lessons/{LESSONS[0]}/naive/"
    plan = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>plan</a>')
    assert plan.search(page(files, lesson))[1] == f"{PREFIX}{lesson}plan/1/"
    assert plan.search(page(files, f"{lesson}books-10/"))[1] == f"{PREFIX}run-it-yourself/"
    measure = re.search(r'<a [^>]*id="measure"[^>]*>', page(files, lesson))[0]
    assert f'href="{PREFIX}run-it-yourself/"' in measure
    assert "hx-get" not in measure
    assert f'hx-get="{PREFIX}{lesson}books-10/"' in page(files, lesson)
    race = page(files, f"lessons/{LESSONS[2]}/naive/")
    assert re.search(rf'<form action="{PREFIX}run-it-yourself/" class="order"', race)


def test_each_guess_has_its_answer(files):
    question = page(files, f"lessons/{LESSONS[2]}/")
    for word in ("kept", "broken"):
        assert f'formaction="{PREFIX}lessons/{LESSONS[2]}/guess-{word}/"' in question
        assert "data-truth=" in page(files, f"lessons/{LESSONS[2]}/guess-{word}/")
    answer = page(files, f"lessons/{LESSONS[0]}/guess-0/")
    assert 'data-answer="101 queries" data-value="101"' in answer


def test_static_files_are_there_once_by_their_hashed_names(exported):
    root = exported / UNDER / "static"
    names = [path.name for path in root.rglob("*") if path.is_file()]
    assert "icon.svg" not in names
    assert any(re.fullmatch(r"icon\.[0-9a-f]{12}\.svg", name) for name in names)
    assert not (root / "admin").exists()
    assert not [name for name in names if name.endswith((".gz", ".br"))]


# What two runs have of their own: when they were, how long they took, and what is drawn or said of that.
TIMES = [
    (r"\d[\d,.]* ms", "t ms"),
    (r"<dd>[\d.,]+</dd>", "<dd>t</dd>"),
    (r"\d+ \w+ \d{4}(, \d\d:\d\d)?", "a day"),
    (r'<span class="heaviest">most of the time</span>', ""),
    (r'<log-chart.*?</log-chart>|<p class="growth".*?</p>|<rect [^>]*>', ""),
    (r'\s(title|href|hx-get|data-runs)="[^"]*"', ""),  # another part of the course has other links
]
CURVES = [("<td.*?</td>", "")]


def masked(path, text):
    """The text of a page without them."""
    for pattern, instead in [*TIMES, *(CURVES if "curve" in path.parts else [])]:
        text = re.sub(pattern, instead, text, flags=re.DOTALL)
    return text


@pytest.mark.soak
def test_two_exports_of_a_lesson_differ_in_times_alone(exported, tmp_path):
    export(tmp_path / "again", lessons=LESSONS[:1])
    first, second = exported / UNDER, tmp_path / "again"
    files = [path.relative_to(second) for path in sorted(second.rglob("*")) if path.is_file()]
    lesson = [
        path for path in files if path.as_posix().startswith((f"lessons/{LESSONS[0]}/", "static/", "search/"))
    ]
    assert len(lesson) > 60
    for path in lesson:
        one, other = (first / path).read_bytes(), (second / path).read_bytes()
        if path.suffix == ".html":
            assert masked(path, one.decode()) == masked(path, other.decode()), path
        else:
            assert one == other, path


def test_takes_the_place_of_an_earlier_export_alone(shelves, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CommandError, match="is not empty, and is no earlier export"):
        call_command("export_site", str(tmp_path), base_url="https://files.example/", engines=["sqlite"])
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def _is_a_worker(process):
    try:
        return "spawn_main" in "".join(process.cmdline())
    except psutil.Error:  # it has ended meanwhile
        return False


def test_workers_end_with_a_command_that_is_killed(shelves, tmp_path):
    told = f"export_site {tmp_path / 'out'} --base-url https://files.example/ --engines sqlite --books 10"
    command = psutil.Popen(
        [sys.executable, "manage.py", *told.split()], cwd=settings.BASE_DIR, stdout=DEVNULL, stderr=DEVNULL
    )
    deadline = monotonic() + 60
    while not (workers := [each for each in command.children() if _is_a_worker(each)]):
        assert monotonic() < deadline
        assert command.poll() is None
        sleep(0.1)
    command.kill()
    command.wait()
    _, alive = psutil.wait_procs(workers, timeout=30)
    for each in alive:
        each.kill()
    assert alive == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"base_url": "files.example"}, "Give the address of the export: https://host/folder/"),
        ({"base_url": "https://files.example/a b/"}, "Name its folders with letters"),
        ({"lessons": ["n_plus_one/none"]}, "There is no lesson n_plus_one/none"),
        ({"engines": ["oracle"]}, "There is no engine oracle. There are: sqlite, postgresql, mysql."),
        (
            {"books": [7]},
            "has no shelf of 7 books. Make it: python manage.py seed_library --engine sqlite --books 7",
        ),
        ({"processes": 0}, "--processes is 0. Give 1 or more."),
        ({"source": "github"}, "--source is github"),
    ],
)
def test_bad_values_are_told(shelves, tmp_path, options, said):
    told = {"base_url": "https://files.example/", "engines": ["sqlite"], **options}
    with pytest.raises(CommandError, match=re.escape(said)):
        call_command("export_site", str(tmp_path / "out"), **told)
    assert [*tmp_path.iterdir()] == []
