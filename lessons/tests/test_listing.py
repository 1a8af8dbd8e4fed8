import html
import re
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from lab.places import Place
from lessons.listing import list_file

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


def listing(tmp_path, *groups):
    path = tmp_path / "naive.py"
    path.write_text(SOURCE, encoding="utf-8")
    return list_file(path, name="naive.py", groups=groups)


def test_listing_marks_the_expression_and_counts_in_the_gutter(tmp_path):
    column = LINES[5].index("book.author")
    lines = listing(tmp_path, fired(2, 6, column, 6, column + 11, count=1_000)).lines
    assert [line.count for line in lines] == [0, 0, 0, 0, 0, 1_000]
    line = lines[5]
    assert (line.number, line.count, line.indexes) == (6, 1_000, (2,))
    assert text(re.search(r'<mark data-statements="2">(.*)</mark>', line.html)[1]) == "book.author"


def test_listing_marks_a_template_line_whole(tmp_path):
    place = Place(file="a.html", line=2, end_line=2, column=None, end_column=None)
    (tmp_path / "a.html").write_text("<ul>\n  {{ book.author }}\n</ul>")
    group = SimpleNamespace(index=1, place=place, count=3, is_query=True)
    line = list_file(tmp_path / "a.html", name="a.html", groups=[group]).lines[1]
    assert text(re.search(r"<mark[^>]*>(.*)</mark>", line.html)[1]) == "{{ book.author }}"


@st.composite
def places(draw):
    line, end_line = sorted(draw(st.lists(st.integers(1, len(LINES)), min_size=2, max_size=2)))
    column = draw(st.integers(0, len(LINES[line - 1])))
    first = column if line == end_line else 0
    return line, column, end_line, draw(st.integers(first, max(first, len(LINES[end_line - 1]))))


@given(st.lists(places(), max_size=5))
def test_listing_never_changes_the_text(tmp_path_factory, found):
    groups = [fired(index, *place) for index, place in enumerate(found, start=1)]
    lines = listing(tmp_path_factory.getbasetemp(), *groups).lines
    assert [text(line.html) for line in lines] == LINES
    for line in lines:
        assert line.html.count("<mark") == line.html.count("</mark>")
