import html
import re
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.recording.places import Place
from lessons.words.listing import list_file

SOURCE = """\
from library.models import Book


def run():
    for book in Book.objects.order_by("pk"):
        yield f"{book.title} – ü", book.author.name
"""
LINES = SOURCE.splitlines()


def fired(index, line, column, end_line, end_column, count=1):
    place = Place(file="naive.py", line=line, end_line=end_line, column=column, end_column=end_column)
    return SimpleNamespace(index=index, place=place, count=count, is_query=True)


def text(markup):
    return html.unescape(re.sub("<[^>]*>", "", markup))


def answered(index, line, column, end_line, end_column):
    place = Place(file="naive.py", line=line, end_line=end_line, column=column, end_column=end_column)
    return SimpleNamespace(index=index, place=place, queries=0)


def listing(tmp_path, *groups, accesses=()):
    path = tmp_path / "naive.py"
    path.write_text(SOURCE, encoding="utf-8")
    return list_file(path, name="naive.py", groups=groups, accesses=accesses)


def test_listing_marks_the_expression_and_counts_in_the_gutter(tmp_path):
    column = LINES[5].index("book.author")
    lines = listing(tmp_path, fired(2, 6, column, 6, column + 11, count=1_000)).lines
    assert [line.count for line in lines] == [0, 0, 0, 0, 0, 1_000]
    line = lines[5]
    assert (line.number, line.count, line.indexes) == (6, 1_000, (2,))
    assert text(re.search(r'<mark data-statements="2">(.*)</mark>', line.html)[1]) == "book.author"


@pytest.mark.parametrize(("spaces", "indent"), [(0, 0), (4, 4), (7, 6), (20, 12)])
def test_long_line_goes_on_below_its_beginning(tmp_path, spaces, indent):
    path = tmp_path / "naive.py"
    path.write_text(f"if it:\n{' ' * spaces}pass", encoding="utf-8")
    assert [line.indent for line in list_file(path, name="naive.py").lines] == [0, indent]


def test_long_chain_may_wrap_before_a_dot_and_behind_a_bracket(tmp_path):
    path = tmp_path / "naive.py"
    path.write_text("Book.objects.all().first(pk)", encoding="utf-8")
    [line] = list_file(path, name="naive.py").lines
    assert text(line.html.replace("<wbr>", "|")) == "Book|.objects|.all()|.first(|pk)"


def test_listing_marks_what_is_answered_without_a_query(tmp_path):
    span = (6, LINES[5].index("book.author"), 6, LINES[5].index("book.author") + 11)
    [line] = listing(tmp_path, accesses=[answered(3, *span)]).lines[5:]
    assert (line.count, line.indexes, line.keys) == (0, (), ("a3",))
    assert (
        text(re.search(r'<mark class="unasked" data-statements="a3">(.*)</mark>', line.html)[1]) == "book.author"
    )
    [line] = listing(tmp_path, fired(3, *span), accesses=[answered(3, *span)]).lines[5:]
    assert (line.count, line.indexes, line.keys) == (1, (3,), ("3", "a3"))
    assert '<mark class="both" data-statements="3 a3">' in line.html


def test_listing_leaves_the_mark_of_queries_to_their_statements(tmp_path):
    asked = answered(1, 6, 0, 6, 5)
    asked.queries = 2
    assert "<mark" not in listing(tmp_path, accesses=[asked]).lines[5].html


def test_listing_marks_a_template_line_whole(tmp_path):
    place = Place(file="a.html", line=2, end_line=2, column=None, end_column=None)
    (tmp_path / "a.html").write_text("<ul>\n  {{ book.author }}\n</ul>")
    group = SimpleNamespace(index=1, place=place, count=3, is_query=True)
    line = list_file(tmp_path / "a.html", name="a.html", groups=[group]).lines[1]
    assert text(re.search(r"<mark[^>]*>(.*)</mark>", line.html)[1]) == "{{ book.author }}"


def test_listing_counts_where_an_expression_begins(tmp_path):
    lines = listing(tmp_path, fired(1, 5, 0, 6, 5)).lines
    assert [line.number for line in lines if line.count] == [5]


@st.composite
def places(draw):
    line, end_line = sorted(draw(st.lists(st.integers(1, len(LINES)), min_size=2, max_size=2)))
    column = draw(st.integers(0, len(LINES[line - 1])))
    first = column if line == end_line else 0
    return line, column, end_line, draw(st.integers(first, max(first, len(LINES[end_line - 1]))))


@settings(deadline=None)
@given(st.lists(places(), max_size=5), st.lists(places(), max_size=5))
def test_listing_never_changes_the_text(tmp_path_factory, asking, unasked):
    groups = [fired(index, *place) for index, place in enumerate(asking, start=1)]
    accesses = [answered(index, *place) for index, place in enumerate(unasked, start=1)]
    lines = listing(tmp_path_factory.getbasetemp(), *groups, accesses=accesses).lines
    assert [text(line.html) for line in lines] == LINES
    for line in lines:
        assert line.html.count("<mark") == line.html.count("</mark>")


@pytest.mark.parametrize(
    ("name", "lines", "fires", "folded"),
    [
        ("setup.py", 41, 0, True),
        ("setup.py", 40, 0, False),
        ("setup.py", 41, 7, False),
        ("naive.py", 41, 0, False),
    ],
)
def test_long_setup_is_folded_unless_the_run_calls_it(tmp_path, name, lines, fires, folded):
    path = tmp_path / name
    path.write_text("class A:\n    b = 1\n\n\nclass C(A):\n" + "    d = 1\n" * (lines - 5))
    place = Place(file=name, line=fires, end_line=fires, column=0, end_column=5)
    groups = [SimpleNamespace(index=1, place=place, count=1, is_query=True)] if fires else []
    listing = list_file(path, name=name, groups=groups)
    assert (len(listing.lines), listing.is_folded, listing.classes) == (lines, folded, ("A", "C"))
