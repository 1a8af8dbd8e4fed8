"""A file of a lesson as a page shows it: highlighted, the counts in the gutter, the expressions marked."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES


@dataclass(frozen=True, kw_only=True)
class Line:
    number: int
    html: str
    count: int  # of the queries that start here
    indexes: tuple[int, ...]  # of their groups


@dataclass(frozen=True, kw_only=True)
class Listing:
    name: str
    lines: tuple[Line, ...]


def list_file(path, *, name, groups=()):
    """Return the Listing of the file at `path`, whose groups (of a Report) know it as `name`."""
    language = "python" if path.suffix == ".py" else "html+django"
    lines = _tokens(path.read_text(encoding="utf-8"), language)
    here = [group for group in groups if group.place is not None and group.place.file == name]
    return Listing(
        name=name, lines=tuple(_line(number, tokens, here) for number, tokens in enumerate(lines, start=1))
    )


@lru_cache(maxsize=256)
def _tokens(source, language):
    """Split the source into lines of (text, css class)."""
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    lines = [[]]
    for token, text in lexer.get_tokens(source.rstrip("\n")):
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append((part, STANDARD_TYPES.get(token, "")))
    return lines


def _line(number, tokens, groups):
    starting = [group for group in groups if group.place.line == number]
    return Line(
        number=number,
        html=_html(tokens, _marks(number, tokens, groups)),
        count=sum(group.count for group in starting if group.is_query),
        indexes=tuple(group.index for group in starting),
    )


def _marks(number, tokens, groups):
    """Return (start column, end column, group index) of what this line has of each group's expression."""
    text = "".join(part for part, _ in tokens)
    indent, end = len(text) - len(text.lstrip()), len(text.rstrip())
    marks = []
    for group in groups:
        place = group.place
        if place.line <= number <= place.end_line:
            whole = place.column is None
            first = indent if whole or number > place.line else place.column
            last = end if whole or number < place.end_line else place.end_column
            marks.append((first, last, group.index))
    return marks


def _html(tokens, marks):
    """Cut the line wherever a token or a mark begins or ends, and wrap each piece."""
    cuts = sorted({column for first, last, _ in marks for column in (first, last)})
    html, column, open_marks = [], 0, ()
    for text, css in tokens:
        for piece in _cut(text, column, cuts):
            now = tuple(index for first, last, index in marks if first <= column < last)
            if now != open_marks:
                html.append(("</mark>" if open_marks else "") + (_mark(now) if now else ""))
                open_marks = now
            html.append(f'<span class="{css}">{escape(piece)}</span>' if css else escape(piece))
            column += len(piece)
    return mark_safe("".join(html) + ("</mark>" if open_marks else ""))


def _cut(text, column, cuts):
    ends = [cut - column for cut in cuts if column < cut < column + len(text)]
    for first, last in zip([0, *ends], [*ends, len(text)], strict=True):
        yield text[first:last]


def _mark(indexes):
    return f'<mark data-statements="{" ".join(map(str, indexes))}">'
