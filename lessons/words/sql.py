"""SQL and parameters as a page shows them."""

import re
from functools import lru_cache

import sqlparse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import SqlLexer
from sqlparse.exceptions import SQLParseError

# sqlparse takes seconds for thousands of placeholders, and nobody reads them.
_LONG_LIST = re.compile(r"((?:\(?%s\)?, ){4})(?:\(?%s\)?, ){3,}(\(?%s)")
_WHEN = r"WHEN (?:(?!\bWHEN\b|\bELSE\b|\bEND\b).)+"
_LONG_CASE = re.compile(rf"((?:{_WHEN}){{3}})(?:{_WHEN}){{3,}}({_WHEN})")
_ELLIPSIS = "/* … */ "
_NEVER = 1_000_000  # lists stay on one line; the page wraps them
_TABLE_PREFIX = re.compile(r'<span class="ss">[^<]*</span><span class="p">\.</span>')
# MariaDB's quotes come as operators; let its names look like those of the other engines.
_BACKTICKED = re.compile(r'<span class="o">`</span><span class="\w+">([^<]*)</span><span class="o">`</span>')
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+[\"`]?(?:library_)?(\w+)")
_LONGEST = 48  # characters of a parameter
_MOST = 12  # parameters of a sample
_MANY = 6  # columns, beyond which a page folds them


def layout(sql):
    """Break and indent a statement; long lists of placeholders and of WHENs are cut."""
    cut = _LONG_LIST.sub(rf"\1{_ELLIPSIS}\2", sql)
    cut = _LONG_CASE.sub(rf"\1{_ELLIPSIS}\2", cut)
    try:
        return _draw_in(sqlparse.format(cut, reindent=True, wrap_after=_NEVER).strip())
    except SQLParseError:  # of a statement too long for it
        return cut


def _draw_in(sql):
    """Two columns a level, where sqlparse aligns: a subquery then still fits on a phone."""
    lines = [(len(line) - len(line.lstrip()), line.lstrip()) for line in sql.splitlines()]
    levels = sorted({indent for indent, _ in lines})
    return "\n".join("  " * levels.index(indent) + line for indent, line in lines)


@lru_cache(maxsize=1024)
def highlighted(sql):
    """Return the statement as HTML, a span a line, so that a long list of columns wraps with an indent."""
    laid_out = layout(sql)
    html = highlight(laid_out, SqlLexer(), HtmlFormatter(nowrap=True)).rstrip()
    html = _BACKTICKED.sub(r'<span class="ss">`\1`</span>', html)
    html = _TABLE_PREFIX.sub(r'<span class="prefix">\g<0></span>', html)
    lines = zip(laid_out.split("\n"), html.split("\n"), strict=True)
    return mark_safe("".join(_line(text, line) for text, line in lines))


def _line(text, html):
    """A line of a statement; many columns are folded behind a checkbox, which needs no JavaScript."""
    columns = _columns(text) if text.lstrip().startswith(("SELECT ", "RETURNING ")) else 0
    if columns <= _MANY:
        return f'<span class="line">{html}\n</span>'
    fold = f'<label class="fold"><input type="checkbox"> all {columns} columns\n</label>'
    return f'<span class="line many">{html}\n</span>{fold}'


def _columns(text):
    """How many columns a line lists: its commas outside of brackets, and one."""
    depth = commas = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        commas += character == "," and depth == 0
    return commas + 1


def summary(sql):
    """The first word of a statement, and the table it is about: SELECT … book."""
    word = sql.split(maxsplit=1)[0].upper() if sql.strip() else ""
    found = _TABLE.search(sql)
    return f"{word} … {found[1]}" if found else word


def parameters(params):
    """Return one sample of parameters as HTML, shortened where long."""
    if not params:
        return ""
    if isinstance(params, dict):
        values = [f"{name}: {_short(value)}" for name, value in params.items()]
    else:
        values = [_short(value) for value in params]
    shown = format_html_join(", ", "<code>{}</code>", ((value,) for value in values[:_MOST]))
    return shown if len(values) <= _MOST else format_html("{}, … {} in all", shown, len(values))


def row(value):
    """Return a row of a run as HTML: a tuple, a dict, or a single plain value."""
    return parameters(value if isinstance(value, (dict, list, tuple)) else [value])


def _short(value):
    # Of an int by another name, as psycopg's Int2 or a choice of an enumeration, the number is what is sent.
    text = int.__repr__(value) if isinstance(value, int) and not isinstance(value, bool) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
