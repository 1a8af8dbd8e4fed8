"""A lesson's prose as HTML, in which the first use of each of the field's terms links to what it means."""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from lessons.course.contract import Lesson
from lessons.vocabulary.glossary import Term, get_glossary

_markdown = MarkdownIt("commonmark", {"typographer": True}).enable(["replacements", "smartquotes", "table"])


def split(lesson: Lesson) -> tuple[SafeString, SafeString]:
    """Return the HTML of (the question, what comes after the run): the prose before and from its first heading."""
    return _render_with_terms(_text(lesson), get_script_prefix())[0]


def terms_of(lesson: Lesson) -> tuple[Term, ...]:
    """Return the terms of the glossary that the prose uses, in the order of their first use."""
    return _render_with_terms(_text(lesson), get_script_prefix())[1]


@lru_cache(maxsize=512)
def render(text: str) -> SafeString:
    return mark_safe(_markdown.render(text))


@lru_cache(maxsize=512)
def render_line(text: str) -> SafeString:
    """Render a sentence with `code` in it, without a paragraph around."""
    return mark_safe(_markdown.renderInline(text))


def _text(lesson: Lesson) -> str:
    return (lesson.folder / "README.md").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _render_with_terms(text: str, prefix: str) -> tuple[tuple[SafeString, SafeString], tuple[Term, ...]]:
    """prefix: which reverse() puts before the addresses in it"""
    question, heading, rest = text.partition("\n## ")
    used: dict[Term, None] = {}
    parts = [mark_safe(_linking.render(part, {"used": used})) for part in (question, heading + rest)]
    return (parts[0], parts[1]), tuple(used)


def _link_terms(state: StateCore) -> None:
    """Rule of markdown-it: link first uses, but not in headings, in code, or within another link."""
    in_heading = False
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            in_heading = token.type == "heading_open"
        elif token.type == "inline" and not in_heading:
            token.children = list(_linked(token.children or [], state.env["used"]))


def _linked(children: list[Token], used: dict[Term, None]) -> Any:
    in_link = 0
    for child in children:
        in_link += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type != "text" or in_link:
            yield child
            continue
        at = 0
        for match, term in get_glossary().find(child.content):
            if term in used:
                continue
            used[term] = None
            yield _text_token(child.content[at : match.start()])
            yield Token("link_open", "a", 1, attrs={"href": f"{reverse('glossary')}#{term.slug}", "class": "term"})
            yield _text_token(match[0])
            yield Token("link_close", "a", -1)
            at = match.end()
        yield _text_token(child.content[at:])


def _text_token(content: str) -> Token:
    return Token("text", "", 0, content=content)


_linking = MarkdownIt("commonmark", {"typographer": True}).enable(["replacements", "smartquotes", "table"])
_linking.core.ruler.push("terms", _link_terms)
