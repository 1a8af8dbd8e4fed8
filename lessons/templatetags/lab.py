from urllib.parse import urlsplit

from django import template

from lessons import sql
from lessons.pages.switches import lesson_url, plan_page
from lessons.prose import render_line

register = template.Library()

register.filter("sql", sql.highlighted)
register.filter("parameters", sql.parameters)
register.filter("row", sql.row)
register.filter("prose", render_line)


@register.filter
def ms(nanoseconds):
    """Milliseconds with about three figures: 0.042, 1.53, 38.1, 1,204."""
    return _three_figures(nanoseconds / 1e6)


@register.filter
def figure(value):
    """A number of any kind: 10,000 rows, 4.02 rows, 0.042 ms."""
    return f"{value:,.0f}" if value == int(value) else _three_figures(value)


def _three_figures(value):
    decimals = 3 if value < 0.1 else 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{decimals}f}"


@register.simple_tag
def plan_url(lab, n):
    """The address of the plan of statement n of a lab."""
    return lesson_url(lab.lesson, plan_page(lab.variant, n), lab.shelf)


@register.filter
def times(count):
    return f"×{count:,}"


@register.filter
def docs_title(url):
    """“Django: QuerySet API reference”-like words for a link into the documentation."""
    parts = urlsplit(url)
    page = [part for part in parts.path.split("/") if part][-1]
    words = (parts.fragment or page).replace("-", " ").replace("_", " ")
    site = "Django’s documentation" if parts.hostname == "docs.djangoproject.com" else parts.hostname
    return f"{site}: {words}"
