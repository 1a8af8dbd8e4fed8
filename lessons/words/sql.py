"""SQL and parameters as a page shows them."""

import re
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import SqlLexer

from lessons.words.sql_text import layout, values

_TABLE_PREFIX = re.compile(r'<span class="ss">[^<]*</span><span class="p">\.</span>')
# MariaDB's quotes come as operators; let its names look like those of the other engines.
_BACKTICKED = re.compile(r'<span class="o">`</span><span class="\w+">([^<]*)</span><span class="o">`</span>')
_MOST = 12  # parameters of a sample
_MANY = 6  # columns, beyond which a page folds them


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


def parameters(params):
    """Return one sample of parameters as HTML, shortened where long."""
    if not params:
        return ""
    texts = values(params)
    shown = format_html_join(", ", "<code>{}</code>", ((text,) for text in texts[:_MOST]))
    return shown if len(texts) <= _MOST else format_html("{}, … {} in all", shown, len(texts))


def row(value):
    """Return a row of a run as HTML: a tuple, a dict, or a single plain value."""
    return parameters(value if isinstance(value, (dict, list, tuple)) else [value])
