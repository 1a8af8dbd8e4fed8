"""A file of a lesson as a page shows it: highlighted, the counts in the gutter, the expressions marked."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape

from django.apps import apps
from django.urls import get_script_prefix, reverse
from django.utils.safestring import mark_safe
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

from lab.recording.places import Place

_DEEPEST = 12  # columns
_CLASS = re.compile(r"^class (\w+)", re.MULTILINE)
_LONG = 40  # lines, beyond which a file would push the SQL out of sight
# Where a long line may wrap within a chain of calls: before a dot, and behind a bracket that holds something.
_BREAKS = re.compile(r'(?=<span class="o">\.</span>)|(?<=<span class="p">\(</span>)(?!<span class="p">\))')


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What becomes of the expression at a place."""

    place: Place
    key: str  # what lights together has a key in common
    index: int | None = None  # of the Group of its statements; None where it is answered without
    queries: int = 0


@dataclass(frozen=True, kw_only=True)
class Line:
    number: int
    html: str
    count: int  # of the queries that start here
    indexes: tuple[int, ...]  # of their groups
    keys: tuple[str, ...]  # of the marks that start here
    indent: int  # columns, for where it goes on if it wraps: even, and no deeper than a phone has room for


@dataclass(frozen=True, kw_only=True)
class Listing:
    name: str
    lines: tuple[Line, ...]
    classes: tuple[str, ...] = ()  # that it defines

    @property
    def is_counted(self):
        """Whether a query of the run comes from here."""
        return any(line.count for line in self.lines)

    @property
    def is_long(self):
        return len(self.lines) > _LONG

    @property
    def is_folded(self):
        """Whether it only prepares what the run finds, at length."""
        return self.name == "setup.py" and self.is_long and not any(line.keys for line in self.lines)


def list_file(path, *, name, language=None, groups=(), accesses=()):
    """Return the Listing of the file at `path`, known as `name` to `groups` (of a Report) and `accesses`.

    language: a name that Pygments knows; without it, Python or a template, by the suffix
    """
    language = language or ("python" if path.suffix == ".py" else "html+django")
    source = path.read_text(encoding="utf-8")
    marks = [*map(_mark_statements, groups), *(_mark_access(access) for access in accesses if not access.queries)]
    here = [mark for mark in marks if mark.place is not None and mark.place.file == name]
    lines = list(_unmarked(source, language, get_script_prefix()))
    for number, tokens in enumerate(_tokens(source, language) if here else (), start=1):
        if any(mark.place.line <= number <= mark.place.end_line for mark in here):
            lines[number - 1] = _line(number, tokens, here)
    return Listing(name=name, lines=tuple(lines), classes=tuple(_CLASS.findall(source)))


def access_key(access):
    """The key of an Access, unlike any of a statement, which is a number."""
    return f"a{access.index}"


def highlighted_python(source):
    """Return Python as HTML, as a listing has it, but without numbers, counts and marks."""
    lines = _tokens(source, "python")
    return mark_safe("\n".join("".join(_piece(text, css) for text, css in line) for line in lines))


def _mark_statements(group):
    queries = group.count if group.is_query else 0
    return Mark(place=group.place, key=str(group.index), index=group.index, queries=queries)


def _mark_access(access):
    return Mark(place=access.place, key=access_key(access))


@lru_cache(maxsize=256)
def _tokens(source, language):
    """Split the source into lines of (text, css class)."""
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    lines: list[list[tuple[str, str]]] = [[]]
    for token, text in lexer.get_tokens(source.rstrip("\n")):
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append((part, STANDARD_TYPES.get(token, "")))
    return lines


@lru_cache(maxsize=1024)
def _unmarked(source, language, prefix):
    """The Lines of a file without a run, most of those with one. prefix: of the addresses in them"""
    return tuple(_line(number, tokens, ()) for number, tokens in enumerate(_tokens(source, language), start=1))


def _line(number, tokens, marks):
    starting = [mark for mark in marks if mark.place.line == number]
    return Line(
        number=number,
        html=_html(tokens, _spans(number, tokens, marks)),
        count=sum(mark.queries for mark in starting),
        indexes=tuple(mark.index for mark in starting if mark.index is not None),
        keys=tuple(mark.key for mark in starting),
        indent=min(_indent(_text(tokens)) // 2 * 2, _DEEPEST),
    )


def _text(tokens):
    return "".join(part for part, _ in tokens)


def _indent(text):
    return len(text) - len(text.lstrip())


def _spans(number, tokens, marks):
    """Return (start column, end column, mark) of what this line has of each mark's expression."""
    text = _text(tokens)
    indent, end = _indent(text), len(text.rstrip())
    spans = []
    for mark in marks:
        place = mark.place
        if place.line <= number <= place.end_line:
            whole = place.column is None
            first = indent if whole or number > place.line else place.column
            last = end if whole or number < place.end_line else place.end_column
            spans.append((first, last, mark))
    return spans


def _html(tokens, spans):
    """Cut the line wherever a token or a mark begins or ends, and wrap each piece."""
    cuts = sorted({column for first, last, _ in spans for column in (first, last)})
    html, column, open_marks = [], 0, ()
    for text, css in tokens:
        for piece in _cut(text, column, cuts):
            now = tuple(mark for first, last, mark in spans if first <= column < last)
            if now != open_marks:
                html.append(("</mark>" if open_marks else "") + (_tag(now) if now else ""))
                open_marks = now
            html.append(_piece(piece, css))
            column += len(piece)
    return mark_safe(_BREAKS.sub("<wbr>", "".join(html)) + ("</mark>" if open_marks else ""))


def _piece(text, css):
    """A token as HTML; the name of a model leads to its place in the diagram."""
    html = f'<span class="{css}">{escape(text)}</span>' if css else escape(text)
    return f'<a class="model-link" href="{reverse("models")}#{text}">{html}</a>' if text in _models() else html


@cache
def _models():
    return {model.__name__ for model in apps.get_app_config("library").get_models()}


def _cut(text, column, cuts):
    ends = [cut - column for cut in cuts if column < cut < column + len(text)]
    for first, last in zip([0, *ends], [*ends, len(text)], strict=True):
        yield text[first:last]


def _tag(marks):
    without = [mark.index is None for mark in marks]
    css = "" if not any(without) else ' class="unasked"' if all(without) else ' class="both"'
    return f'<mark{css} data-statements="{" ".join(mark.key for mark in marks)}">'
