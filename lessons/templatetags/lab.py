from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html

from lessons.course.prose import render_line
from lessons.words import figures, sql, ways

register = template.Library()

register.filter("sql", sql.highlighted)
register.filter("parameters", sql.parameters)
register.filter("row", sql.row)
register.filter("prose", render_line)
register.filter("ms", figures.ms)
register.filter("figure", figures.figure)
register.filter("megabytes", figures.megabytes)
register.filter("by_way_of", ways.by_way_of)


@register.simple_tag
def plan_url(lab, n):
    """The address of the plan of statement n of a lab."""
    return lab.plan_url(n)


@register.filter
def times(count, verb=""):
    """×1,000, which is read out as “1,000 times”, behind a verb if there is one."""
    read = f"{verb} {'once' if count == 1 else f'{count:,} times'}".strip()
    return format_html(
        '<span aria-hidden="true">×{}</span><span class="visually-hidden">{}</span>', f"{count:,}", read
    )


@register.filter
def from_line(count):
    """“1,000 queries from this line”, for a count in the gutter."""
    return f"{count:,} quer{'y' if count == 1 else 'ies'} from this line"


@register.filter
def docs_title(url):
    """“Django: QuerySet API reference”-like words for a link into the documentation."""
    parts = urlsplit(url)
    page = [part for part in parts.path.split("/") if part][-1]
    words = (parts.fragment or page.removesuffix(".html")).replace("-", " ").replace("_", " ")
    site = "Django’s documentation" if parts.hostname == "docs.djangoproject.com" else parts.hostname
    return f"{site}: {words}"
